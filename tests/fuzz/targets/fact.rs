//! `Fact::read_body` under every name: what a fact takes is written as the same bytes.

#![no_main]

use law::Fact;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    for name in Fact::NAMES {
        let Ok(fact) = Fact::read_body(name, data) else { continue };
        assert_eq!(fact.name(), *name);
        assert_eq!(fact.body().unwrap().text().as_bytes(), data, "a second spelling of {name}");
        let _ = (fact.precinct(), fact.papers());
    }
    assert!(Fact::read_body("none-of-these", data).is_err());
});
