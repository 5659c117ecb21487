//! `commission::sealed`: a table of commitments. Every row is one, or the table is refused with the line.

#![no_main]

use event::{Hash, Time};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let rows = match commission::sealed::read_commitments(data) {
        Ok(rows) => rows,
        Err(fault) => return drop(fault.to_string()),
    };
    for (row, line) in rows.iter().zip(2..) {
        assert_eq!(row.line, line);
        assert_eq!(Hash::parse(&row.sealed.to_string()).ok(), Some(row.sealed));
        assert!(Time::parse(row.at.as_str()).is_ok());
    }
});
