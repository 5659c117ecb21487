//! Every fault of form is found, at its byte.

use alloc::{string::String, vec::Vec};

use serde::{Deserialize, Serialize};

use super::{DecodeError, Fault, decode, encode};
use crate::{Hash, Id, Key, Text, Time};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Sample {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    a: Option<Text>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    b: Vec<u64>,
    c: u64,
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    d: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    e: Option<Kind>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    h: Option<Hash>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    i: Option<Id>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    k: Option<Key>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    t: Option<Time>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Kind {
    OneKind,
    Other,
}

fn fault(text: &str) -> (usize, Fault) {
    let DecodeError { at, fault } = decode::<Sample>(text.as_bytes()).expect_err(text);
    (at, fault)
}

#[test]
fn canonical_text_comes_back_byte_for_byte() {
    for text in [
        r#"{"c":0}"#,
        r#"{"a":"Ә \"x\" \\","b":[0,9007199254740991],"c":1,"d":true,"e":"one-kind","i":"tec-1"}"#,
    ] {
        let value: Sample = decode(text.as_bytes()).expect(text);
        assert_eq!(encode(&value).unwrap(), text.as_bytes());
    }
}

#[test]
fn faults_have_their_own_name_and_place() {
    assert!(matches!(fault(r#"{ "c":0}"#), (1, Fault::Syntax { .. })));
    assert!(matches!(fault(r#"{"c":0} "#), (7, Fault::Trailing { found: 1 })));
    assert!(matches!(fault(r#"{"c":0"#), (6, Fault::End { .. })));
    assert!(matches!(fault(""), (0, Fault::End { .. })));
    assert!(matches!(fault(r#"{"c":0,"b":[1]}"#), (7, Fault::Order { .. })));
    assert!(matches!(fault(r#"{"c":0,"c":0}"#), (7, Fault::Duplicate { .. })));
    assert!(matches!(fault(r#"{"c":0,"z":0}"#), (7, Fault::UnknownField { .. })));
    assert!(matches!(fault(r#"{"b":[1]}"#), (0, Fault::MissingField { .. })));
    assert!(matches!(fault(r#"{"a":null,"c":0}"#), (5, Fault::Null)));
    assert!(matches!(fault(r#"{"c":null}"#), (5, Fault::Null)));
    assert!(matches!(fault(r#"{"c":0,"d":false}"#), (11, Fault::False)));
    assert!(matches!(fault(r#"{"c":1.0}"#), (5, Fault::Float)));
    assert!(matches!(fault(r#"{"c":1e3}"#), (5, Fault::Float)));
    assert!(matches!(fault(r#"{"c":-1}"#), (5, Fault::Negative)));
    assert!(matches!(fault(r#"{"c":01}"#), (5, Fault::LeadingZero)));
    assert!(matches!(fault(r#"{"c":9007199254740992}"#), (5, Fault::TooBig { .. })));
    assert!(matches!(fault(r#"{"c":"1"}"#), (5, Fault::Kind { .. })));
    assert!(matches!(fault(r#"{"a":"","c":0}"#), (6, Fault::EmptyText)));
    assert!(matches!(fault(r#"{"b":[],"c":0}"#), (5, Fault::EmptyList)));
    assert!(matches!(fault("{}"), (0, Fault::EmptyObject)));
    assert!(matches!(fault("{\"a\":\"x\u{200b}\",\"c\":0}"), (7, Fault::Character { code: 0x200b })));
    assert!(matches!(fault(r#"{"a":"x  y","c":0}"#), (8, Fault::Space)));
    assert!(matches!(fault(r#"{"a":"\u0041","c":0}"#), (6, Fault::Escape)));
    assert!(matches!(fault(r#"{"a":"\/","c":0}"#), (6, Fault::Escape)));
    assert!(matches!(fault(r#"{"c":0,"e":"none"}"#), (11, Fault::UnknownWord { .. })));
    assert!(matches!(fault(r#"{"c":0,"h":"AB"}"#), (11, Fault::Hex { .. })));
    assert!(matches!(fault(r#"{"c":0,"i":"A"}"#), (11, Fault::Id { .. })));
    assert!(matches!(fault(r#"{"c":0,"k":"AA=="}"#), (11, Fault::Base64 { .. })));
    assert!(matches!(fault(r#"{"c":0,"t":"2025"}"#), (11, Fault::Time { .. })));
    assert!(matches!(fault(r#"{"c":0,"t":5}"#), (11, Fault::Kind { .. })));
    assert!(
        decode::<Sample>(b"{\"a\":\"\xff\",\"c\":0}").is_err_and(|e| e.at == 6 && e.fault == Fault::Utf8)
    );
    let deep: String = core::iter::repeat_n('[', 100_000).collect();
    assert!(matches!(fault(&deep), (_, Fault::TooDeep { .. } | Fault::Kind { .. })));
}
