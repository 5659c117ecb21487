//! `json::decode`, of a manifest and of any value: one spelling each, and another reader finds the same value.

#![no_main]

use event::json;
use libfuzzer_sys::fuzz_target;
use publication::{Manifest};
use serde_json::Value;

fuzz_target!(|data: &[u8]| {
    match json::decode::<Value>(data) {
        Ok(value) => {
            assert_eq!(json::encode(&value).unwrap(), data, "a second spelling of a value");
            assert_eq!(serde_json::from_slice::<Value>(data).unwrap(), value, "readers disagree");
        }
        Err(error) => assert!(error.at <= data.len(), "{error}: a position outside of the input"),
    }
    match json::decode::<Manifest>(data) {
        Ok(manifest) => {
            assert_eq!(json::encode(&manifest).unwrap(), data, "a second spelling of a manifest");
            assert!(json::decode::<Value>(data).is_ok(), "a manifest that is no value");
        }
        Err(error) => assert!(error.at <= data.len(), "{error}: a position outside of the input"),
    }
});
