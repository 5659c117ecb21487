//! `Form::read`: whatever stands in a form, every value belongs to a line of it, or every fault is told.

#![no_main]

use std::path::PathBuf;

use commission::form::{Blank, Form, FormLine, FormPart, FormValue, ValueContext};
use libfuzzer_sys::fuzz_target;

const LINES: [(&str, FormLine); 8] = [
    ("1", FormLine::Voters),
    ("2", FormLine::Received),
    ("5", FormLine::Damaged),
    ("5.1", FormLine::DamagedAct),
    ("7.1.1", FormLine::BoxApplications(1)),
    ("14", FormLine::Started),
    ("17", FormLine::Posted),
    ("18.1", FormLine::Explanation(1)),
];

fn form() -> Form {
    let blank = |(number, slot): (&str, FormLine)| Blank { number: number.to_owned(), slot, label: "words".to_owned(), also: vec!["words in another language".to_owned()] };
    let ground = ValueContext { dir: PathBuf::from("nowhere"), offset: "+05:00".to_owned(), closed: None };
    let parts = vec![FormPart { heading: "Part".to_owned(), blanks: LINES.map(blank).to_vec() }];
    Form { identity: "protocol-signed e p board-0".to_owned(), intro: vec!["Words".to_owned()], parts, ground }
}

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let form = form();
    match form.read(text) {
        Ok(filled) => {
            for (slot, value) in &filled {
                assert!(LINES.iter().any(|(_, line)| line == slot), "{slot:?} is no line of the form");
                if let FormValue::Count(number) = value {
                    assert!(text.contains(&number.to_string()[..1]), "a figure that nobody wrote");
                }
            }
            for slot in [FormLine::Voters, FormLine::Received, FormLine::BoxApplications(1), FormLine::Started, FormLine::Posted] {
                assert!(filled.contains_key(&slot), "{slot:?} was left out");
            }
            assert_eq!(form.read(text), Ok(filled));
        }
        Err(faults) => assert!(!faults.is_empty() && faults.iter().all(|fault| !fault.to_sentence().is_empty())),
    }
    // An empty form is never a filled one.
    assert!(form.read(&form.text()).is_err());
});
