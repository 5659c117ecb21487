//! What a schema cannot say of a NIST SP 1500-100 report: that names lead somewhere and figures add up.
//!
//! In: the skeleton, ids and references, counts, the sums (`figures`). Out: the schema itself; a file that this module
//! passes may still break it.

mod figures;
mod skeleton;

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::found_message::FoundMessage;
use skeleton::{REFERENCES, REQUIRED};

/// Faults told of one file; the rest says no more.
const FAULTS_MAX: usize = 100;

const PREFIX: &str = "ElectionResults.";
const FIGURES: [&str; 5] =
    ["BallotsCast", "BallotsRejected", "Count", "VotersParticipated", "VotersRegistered"];
const STATUSES: &[&str] =
    &["certified", "correction", "pre-election", "recount", "unofficial-complete", "unofficial-partial"];
const FORMATS: &[&str] = &["precinct-level", "summary-contest"];

/// What is wrong with a report.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "the messages say it")]
pub enum Fault {
    NotJson { found: String },
    Type { found: String },
    Required { object: String, field: &'static str },
    Word { field: &'static str, expected: &'static [&'static str], found: String },
    Date { found: String },
    DuplicateId { found: String },
    Dangling { object: String, field: &'static str, found: String },
    ReferenceType { object: String, field: &'static str, expected: &'static [&'static str], found: String },
    Count { object: String, field: &'static str, found: String },
    OtherType { object: String },
    Cycle { unit: String },
    DuplicateCount { selection: String, unit: String },
    RollUp { selection: String, unit: String, expected: u128, found: u64 },
    Balance { unit: String, expected: u64, found: u128 },
    BalanceExplained { unit: String, expected: u64, found: u128 },
    MoreBallotsThanIssued { unit: String, expected: u64, found: u64 },
    MoreBallotsExplained { unit: String, expected: u64, found: u64 },
    Turnout { unit: String, expected: u64, found: u64 },
    SubUnits { contest: String, expected: u64, found: u64 },
}

impl Fault {
    /// Its name, the same in every version.
    #[must_use]
    pub fn id(&self) -> &'static str {
        match self {
            Self::NotJson { .. }
            | Self::Type { .. }
            | Self::Required { .. }
            | Self::Word { .. }
            | Self::Date { .. } => "ERR-SKELETON",
            Self::DuplicateId { .. } => "ERR-DUP-ID",
            Self::Dangling { .. } => "ERR-DANGLING",
            Self::ReferenceType { .. } => "ERR-REF-TYPE",
            Self::Count { .. } => "ERR-COUNT",
            Self::OtherType { .. } => "ERR-OTHERTYPE",
            Self::Cycle { .. } => "ERR-GPUNIT-CYCLE",
            Self::DuplicateCount { .. } => "ERR-DUP-COUNT",
            Self::RollUp { .. } => "ERR-ROLLUP",
            Self::Balance { .. } => "ERR-BALANCE",
            Self::BalanceExplained { .. } => "WARN-BALANCE",
            Self::MoreBallotsThanIssued { .. } => "ERR-MORE-BALLOTS-THAN-ISSUED",
            Self::MoreBallotsExplained { .. } => "WARN-MORE-BALLOTS-THAN-ISSUED",
            Self::Turnout { .. } => "WARN-TURNOUT>100",
            Self::SubUnits { .. } => "ERR-SUBUNITS",
        }
    }

    /// What a finding says of it.
    #[must_use]
    pub fn message(&self) -> FoundMessage {
        match self {
            Self::NotJson { found } => FoundMessage::stated(format!("expected JSON, found: {found}")),
            Self::Type { found } => {
                FoundMessage::expected("a type of the format in @type", format!("{found:?}"))
            }
            Self::Required { object, field } => FoundMessage::expected(format!("{object}.{field}"), "none"),
            Self::Word { field, expected, found } => {
                FoundMessage::expected(format!("{field} of {expected:?}"), format!("{found:?}"))
            }
            Self::Date { found } => {
                FoundMessage::expected("GeneratedDate in whole seconds with its zone", format!("{found:?}"))
            }
            Self::DuplicateId { found } => {
                FoundMessage::expected("each @id once", format!("{found:?} again"))
            }
            Self::Dangling { object, field, found } => FoundMessage::expected(
                format!("an object that {object}.{field} can name"),
                format!("none of id {found:?}"),
            ),
            Self::ReferenceType { object, field, expected, found } => FoundMessage::expected(
                format!("{object}.{field} to name one of {expected:?}"),
                format!("{found:?}"),
            ),
            Self::Count { object, field, found } => {
                FoundMessage::expected(format!("a whole number from 0 up in {object}.{field}"), found)
            }
            Self::OtherType { object } => {
                FoundMessage::expected(format!("OtherType beside the type \"other\" in {object}"), "none")
            }
            Self::Cycle { unit } => {
                FoundMessage::expected("units within units", format!("{unit:?} within itself"))
            }
            Self::DuplicateCount { selection, unit } => {
                FoundMessage::expected(format!("one total of {selection:?} at {unit:?}"), "two")
            }
            Self::RollUp { selection, unit, expected, found } => {
                FoundMessage::expected(format!("the sum of its precincts {expected}"), found)
                    .about(format_args!("{selection:?} at {unit:?}"))
            }
            Self::Balance { unit, expected, found } => {
                FoundMessage::expected(format!("votes and rejected ballots to be the {expected} cast"), found)
                    .about(format_args!("{unit:?}"))
            }
            Self::BalanceExplained { unit, expected, found } => FoundMessage::stated(format!(
                "{unit:?}: votes and rejected ballots are {found}, cast {expected}; the protocol explains it"
            )),
            Self::MoreBallotsThanIssued { unit, expected, found } => {
                FoundMessage::expected(format!("at most the {expected} ballots issued to be cast"), found)
                    .about(format_args!("{unit:?}"))
            }
            Self::MoreBallotsExplained { unit, expected, found } => FoundMessage::stated(format!(
                "{unit:?}: {found} ballots cast of {expected} issued; the protocol explains it"
            )),
            Self::Turnout { unit, expected, found } => {
                FoundMessage::stated(format!("{unit:?}: {found} voters took part of {expected} registered"))
            }
            Self::SubUnits { contest, expected, found } => {
                FoundMessage::expected(format!("{expected} precincts reported"), found)
                    .about(format_args!("{contest:?}"))
            }
        }
    }

    /// Whether it is for people to look at, and no fault of the file.
    #[must_use]
    pub fn is_warning(&self) -> bool {
        self.id().starts_with("WARN-")
    }
}

/// Everything wrong with a report, at most a hundred faults.
#[must_use]
pub fn lint(bytes: &[u8]) -> Vec<Fault> {
    let report: Value = match serde_json::from_slice(bytes) {
        Ok(report) => report,
        Err(error) => return vec![Fault::NotJson { found: error.to_string() }],
    };
    let mut faults = Vec::new();
    let Some(root) = report.as_object().filter(|root| kind(root) == Some("ElectionReport")) else {
        return vec![Fault::Type { found: report.get("@type").map(shown).unwrap_or_default() }];
    };
    words(root, &mut faults);
    let mut objects = Vec::new();
    gather(&report, &mut objects);
    for object in &objects {
        required(object, &mut faults);
        if faults.len() >= FAULTS_MAX {
            break;
        }
    }
    let ids = ids(&objects, &mut faults);
    for object in &objects {
        references(object, &ids, &mut faults);
        counts(object, &mut faults);
        if faults.len() >= FAULTS_MAX {
            break;
        }
    }
    figures::figures(root, &mut faults);
    faults.truncate(FAULTS_MAX);
    faults
}

/// Every object, the outermost first. A reader of JSON allows no more than 128 within one another.
fn gather<'a>(value: &'a Value, objects: &mut Vec<&'a Map<String, Value>>) {
    match value {
        Value::Object(object) => {
            objects.push(object);
            object.values().for_each(|value| gather(value, objects));
        }
        Value::Array(list) => list.iter().for_each(|value| gather(value, objects)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn words(root: &Map<String, Value>, faults: &mut Vec<Fault>) {
    let mut word = |field: &'static str, expected: &'static [&'static str]| {
        let found = text(root, field);
        if let Some(found) = found.filter(|found| !expected.contains(found)) {
            faults.push(Fault::Word { field, expected, found: found.to_owned() });
        }
    };
    word("Format", FORMATS);
    word("Status", STATUSES);
    if let Some(found) = text(root, "GeneratedDate").filter(|found| !is_time(found)) {
        faults.push(Fault::Date { found: found.to_owned() });
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

fn required(object: &Map<String, Value>, faults: &mut Vec<Fault>) {
    let found = kind(object).and_then(|kind| REQUIRED.iter().find(|(known, _)| *known == kind));
    let Some((name, fields)) = found else {
        let found = object.get("@type").map(shown).unwrap_or_default();
        faults.push(Fault::Type { found });
        return;
    };
    for field in fields.iter().filter(|field| !object.contains_key(**field)) {
        faults.push(Fault::Required { object: (*name).to_owned(), field });
    }
}

/// Every id with the type of its object.
fn ids<'a>(objects: &[&'a Map<String, Value>], faults: &mut Vec<Fault>) -> BTreeMap<&'a str, &'a str> {
    let mut ids = BTreeMap::new();
    for object in objects {
        let Some(id) = text(object, "@id") else { continue };
        if ids.insert(id, kind(object).unwrap_or_default()).is_some() {
            faults.push(Fault::DuplicateId { found: id.to_owned() });
        }
    }
    ids
}

fn references(object: &Map<String, Value>, ids: &BTreeMap<&str, &str>, faults: &mut Vec<Fault>) {
    let Some(kind) = kind(object) else { return };
    for (_, field, expected) in REFERENCES.iter().filter(|(owner, ..)| *owner == kind) {
        let Some(value) = object.get(*field) else { continue };
        for name in value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice) {
            let (object, found) = (kind.to_owned(), shown(name));
            match ids.get(found.as_str()) {
                None => faults.push(Fault::Dangling { object, field, found }),
                Some(target) if !expected.contains(target) => {
                    faults.push(Fault::ReferenceType { object, field, expected, found });
                }
                Some(_) => {}
            }
        }
    }
}

fn counts(object: &Map<String, Value>, faults: &mut Vec<Fault>) {
    let name = || kind(object).unwrap_or_default().to_owned();
    for field in FIGURES {
        if let Some(value) = object.get(field).filter(|value| !value.is_u64()) {
            faults.push(Fault::Count { object: name(), field, found: shown(value) });
        }
    }
    if text(object, "Type") == Some("other") && text(object, "OtherType").is_none_or(str::is_empty) {
        faults.push(Fault::OtherType { object: name() });
    }
}

/// The type of an object, without what all types start with.
fn kind(object: &Map<String, Value>) -> Option<&str> {
    text(object, "@type")?.strip_prefix(PREFIX)
}

fn text<'a>(object: &'a Map<String, Value>, field: &str) -> Option<&'a str> {
    object.get(field).and_then(Value::as_str)
}

fn shown(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
