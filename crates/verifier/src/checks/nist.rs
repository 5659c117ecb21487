//! What a schema cannot say of a NIST SP 1500-100 report: that names lead somewhere and figures add up.
//!
//! Looks at the skeleton, ids and references, counts, the sums (`figures`). Elsewhere: the schema itself; a file that
//! this module passes may still break it.

mod fault;
mod figures;
mod skeleton;

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::checks::nist::{
    figures::{check_figures, read_text},
    skeleton::{REFERENCES, REQUIRED},
};

pub use crate::checks::nist::fault::NistFault;

/// Faults told of one file; the rest says no more.
const FAULTS_MAX: usize = 100;

const PREFIX: &str = "ElectionResults.";
const FIGURES: [&str; 5] =
    ["BallotsCast", "BallotsRejected", "Count", "VotersParticipated", "VotersRegistered"];
const STATUSES: &[&str] =
    &["certified", "correction", "pre-election", "recount", "unofficial-complete", "unofficial-partial"];
const FORMATS: &[&str] = &["precinct-level", "summary-contest"];

/// Everything wrong with a report, at most a hundred faults.
#[must_use]
pub fn lint(bytes: &[u8]) -> Vec<NistFault> {
    let report: Value = match serde_json::from_slice(bytes) {
        Ok(report) => report,
        Err(error) => return vec![NistFault::NotJson { found: error.to_string() }],
    };
    let mut faults = Vec::new();
    let Some(root) = report.as_object().filter(|root| type_of(root) == Some("ElectionReport")) else {
        return vec![NistFault::Type { found: report.get("@type").map(print_value).unwrap_or_default() }];
    };
    check_enumerations(root, &mut faults);
    let mut objects = Vec::new();
    gather_objects(&report, &mut objects);
    for object in &objects {
        check_required_fields(object, &mut faults);
        if faults.len() >= FAULTS_MAX {
            break;
        }
    }
    let ids = collect_ids(&objects, &mut faults);
    for object in &objects {
        check_references(object, &ids, &mut faults);
        check_counts(object, &mut faults);
        if faults.len() >= FAULTS_MAX {
            break;
        }
    }
    check_figures(root, &mut faults);
    faults.truncate(FAULTS_MAX);
    faults
}

/// Every object, the outermost first. A reader of JSON allows no more than 128 within one another.
fn gather_objects<'a>(value: &'a Value, objects: &mut Vec<&'a Map<String, Value>>) {
    match value {
        Value::Object(object) => {
            objects.push(object);
            object.values().for_each(|value| gather_objects(value, objects));
        }
        Value::Array(list) => list.iter().for_each(|value| gather_objects(value, objects)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn check_enumerations(root: &Map<String, Value>, faults: &mut Vec<NistFault>) {
    let mut word = |field: &'static str, expected: &'static [&'static str]| {
        let found = read_text(root, field);
        if let Some(found) = found.filter(|found| !expected.contains(found)) {
            faults.push(NistFault::Word { field, expected, found: found.to_owned() });
        }
    };
    word("Format", FORMATS);
    word("Status", STATUSES);
    if let Some(found) = read_text(root, "GeneratedDate").filter(|found| !is_time(found)) {
        faults.push(NistFault::Date { found: found.to_owned() });
    }
}

/// `YYYY-MM-DDThh:mm:ss`, then `Z` or an offset.
fn is_time(text: &str) -> bool {
    let shape = |text: &str| -> String {
        text.chars().map(|sign| if sign.is_ascii_digit() { '0' } else { sign }).collect()
    };
    let (seconds, zone) = text.split_at_checked(19).unwrap_or((text, ""));
    let zone = shape(zone);
    shape(seconds) == "0000-00-00T00:00:00" && (zone == "Z" || zone == "+00:00" || zone == "-00:00")
}

fn check_required_fields(object: &Map<String, Value>, faults: &mut Vec<NistFault>) {
    let found = type_of(object).and_then(|kind| REQUIRED.iter().find(|(known, _)| *known == kind));
    let Some((name, fields)) = found else {
        let found = object.get("@type").map(print_value).unwrap_or_default();
        faults.push(NistFault::Type { found });
        return;
    };
    for field in fields.iter().filter(|field| !object.contains_key(**field)) {
        faults.push(NistFault::Required { object: (*name).to_owned(), field });
    }
}

/// Every id with the type of its object.
fn collect_ids<'a>(
    objects: &[&'a Map<String, Value>],
    faults: &mut Vec<NistFault>,
) -> BTreeMap<&'a str, &'a str> {
    let mut ids = BTreeMap::new();
    for object in objects {
        let Some(id) = read_text(object, "@id") else { continue };
        if ids.insert(id, type_of(object).unwrap_or_default()).is_some() {
            faults.push(NistFault::DuplicateId { found: id.to_owned() });
        }
    }
    ids
}

fn check_references(object: &Map<String, Value>, ids: &BTreeMap<&str, &str>, faults: &mut Vec<NistFault>) {
    let Some(kind) = type_of(object) else { return };
    for (_, field, expected) in REFERENCES.iter().filter(|(owner, ..)| *owner == kind) {
        let Some(value) = object.get(*field) else { continue };
        for name in value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice) {
            let (object, found) = (kind.to_owned(), print_value(name));
            match ids.get(found.as_str()) {
                None => faults.push(NistFault::Dangling { object, field, found }),
                Some(target) if !expected.contains(target) => {
                    faults.push(NistFault::ReferenceType { object, field, expected, found });
                }
                Some(_) => {}
            }
        }
    }
}

fn check_counts(object: &Map<String, Value>, faults: &mut Vec<NistFault>) {
    let name = || type_of(object).unwrap_or_default().to_owned();
    for field in FIGURES {
        if let Some(value) = object.get(field).filter(|value| !value.is_u64()) {
            faults.push(NistFault::Count { object: name(), field, found: print_value(value) });
        }
    }
    if read_text(object, "Type") == Some("other") && read_text(object, "OtherType").is_none_or(str::is_empty)
    {
        faults.push(NistFault::OtherType { object: name() });
    }
}

/// The type of an object, without what all types start with.
fn type_of(object: &Map<String, Value>) -> Option<&str> {
    read_text(object, "@type")?.strip_prefix(PREFIX)
}

fn print_value(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
