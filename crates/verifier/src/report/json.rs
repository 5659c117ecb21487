//! The report as JSON: English whatever the language, and the same bytes for everybody who verifies the same.

use std::collections::BTreeSet;

use event::{Hash, Id, Stamp};
use serde::Serialize;
use texts::{Language, page::severity_letter};

use crate::{
    brought::BroughtOutcome,
    changed_order::TypedOrder,
    contradictions::{ContradictedLine, Contradiction, EntryValue},
    findings::{CheckFinding, Row},
    found_message::bound_text,
    report::verdict::Report,
    scope_lines::{EyeLine, ScopeLine},
};
use site::pictures::Pictures;

/// The form of the report as JSON (docs/report.md): a field may come, none changes its meaning or goes.
const SCHEMA: &str = "hattama-report-2";

/// The whole report.
#[derive(Serialize)]
struct ReportJson<'a> {
    schema: &'a str,
    verdict: &'a str,
    exit_code: u8,
    ledger_verdict: &'a str,
    size: u64,
    read_as: &'a str,
    not_verified: Vec<String>,
    anchored: Option<u64>,
    anchored_by: Option<&'a str>,
    anchored_entries: Option<[u64; 2]>,
    unanchored_entries: Option<[u64; 2]>,
    scope: Vec<(&'a str, String)>,
    eyes: Vec<(&'a str, String)>,
    scope_values: Vec<TypedLine<'a>>,
    eye_values: Vec<TypedLine<'a>>,
    checks: Vec<JsonCheck<'a>>,
    findings: Vec<JsonFinding<'a>>,
    contradictions: Vec<JsonContradiction<'a>>,
    #[serde(skip_serializing_if = "is_zero")]
    unlisted_contradictions: u64,
    pictures: &'a Pictures,
}

/// A line of scope or eyes for programs: a key that no wording changes, and a value of its own type.
#[derive(Serialize)]
struct TypedLine<'a> {
    key: &'static str,
    value: TypedValue<'a>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum TypedValue<'a> {
    Count(u64),
    Flag(bool),
    Hash(Hash),
    Span { first: Stamp, last: Stamp },
    Order(TypedOrder<'a>),
    Text(String),
}

impl<'a> TypedLine<'a> {
    fn of_scope(line: &'a ScopeLine) -> Self {
        let value = match line {
            ScopeLine::Test | ScopeLine::SimulatedClock => TypedValue::Flag(true),
            ScopeLine::Entries(count) => TypedValue::Count(*count),
            ScopeLine::Snapshots(count) | ScopeLine::Pins(count) => TypedValue::Count(*count as u64),
            ScopeLine::Received { first, last } => TypedValue::Span { first: *first, last: *last },
            other => TypedValue::Text(other.value()),
        };
        Self { key: key_of(line.text_id()), value }
    }

    fn of_eyes(line: &'a EyeLine) -> Self {
        let value = match line {
            EyeLine::LedgerId(hash)
            | EyeLine::RootKey(hash)
            | EyeLine::TreeRoot(hash)
            | EyeLine::Program(hash) => TypedValue::Hash(*hash),
            EyeLine::Precincts(count) | EyeLine::Candidates(count) | EyeLine::MoreChangedOrders(count) => {
                TypedValue::Count(*count as u64)
            }
            EyeLine::ChangedOrder(changed) => TypedValue::Order(changed.typed()),
            EyeLine::Voters(count) => TypedValue::Count(*count),
            EyeLine::TestLedger(test) => TypedValue::Flag(*test),
            EyeLine::AddUp(count) => TypedValue::Text(count.text.clone()),
        };
        Self { key: key_of(line.text_id()), value }
    }
}

/// The key is the id of the line's text without its chapter.
fn key_of(text_id: &'static str) -> &'static str {
    text_id.strip_prefix("scope-").unwrap_or(text_id)
}

#[derive(Serialize)]
struct JsonCheck<'a> {
    id: &'a str,
    name: &'a str,
    severity: &'a str,
    status: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    failed: u64,
    examined: u64,
    #[serde(skip_serializing_if = "is_zero")]
    unlisted: u64,
}

#[derive(Serialize)]
struct JsonFinding<'a> {
    check: &'a str,
    message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    entry: Option<u64>,
    subject: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    explanation: Option<&'a str>,
    status: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    brought: Option<&'a str>,
}

/// A line that a published table has otherwise than the entries.
#[derive(Serialize)]
struct JsonContradiction<'a> {
    snapshot: u64,
    files: &'a BTreeSet<String>,
    election: &'a Id,
    #[serde(skip_serializing_if = "Option::is_none")]
    precinct: Option<&'a Id>,
    line: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    candidate: Option<&'a Id>,
    published: Option<&'a str>,
    stated: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    entry: Option<u64>,
}

impl<'a> JsonContradiction<'a> {
    fn of(found: &'a Contradiction) -> Self {
        let (line, candidate) = match &found.line {
            ContradictedLine::Protocol => ("protocol", None),
            ContradictedLine::Figure(name) => (*name, None),
            ContradictedLine::Votes(id) => ("votes", Some(id)),
            ContradictedLine::Number => ("number", None),
            ContradictedLine::NameKk(id) => ("name_kk", Some(id)),
            ContradictedLine::NameRu(id) => ("name_ru", Some(id)),
            ContradictedLine::Elected => ("elected", None),
        };
        let (stated, entry) = match &found.entry {
            EntryValue::Stated { index, value } => (Some(bound_text(value)), Some(*index)),
            EntryValue::Sum(sum) => (Some(sum.to_string()), None),
            EntryValue::Nothing => (None, None),
        };
        Self {
            snapshot: found.snapshot,
            files: &found.files,
            election: &found.election,
            precinct: found.precinct.as_ref(),
            line,
            candidate,
            published: found.published.as_deref(),
            stated,
            entry,
        }
    }
}

impl<'a> JsonFinding<'a> {
    fn of(found: &'a CheckFinding) -> Self {
        Self {
            check: found.check.id(),
            message: found.message.to_string(),
            entry: found.entry,
            subject: found.subject.to_string(),
            explanation: found.explanation.as_deref(),
            status: found.status.word(),
            brought: found.brought.map(BroughtOutcome::word),
        }
    }
}

impl Report {
    /// The report as JSON with a stable order, the same bytes for everybody who verifies the same.
    ///
    /// # Errors
    /// Never for a report that this crate made.
    pub fn to_json(&self) -> Result<String, serde_json::Error> {
        let check = |row: &Row| JsonCheck {
            id: row.rule.id(),
            name: row.rule.name(),
            severity: severity_letter(row.rule.severity()),
            status: row.status.word(),
            reason: row.status.reason_in(Language::En),
            failed: row.failed,
            examined: row.examined,
            unlisted: row.unlisted,
        };
        // Two observers keep their copies in two places, and get the same bytes.
        let scope = self.scope.iter().filter(|line| !line.is_of_the_observer());
        // So do those who built the same version on two kinds of machine.
        let eyes = self.eyes.iter().filter(|line| !line.is_of_the_machine());
        let (scope_values, eye_values) = (
            scope.clone().map(TypedLine::of_scope).collect(),
            eyes.clone().map(TypedLine::of_eyes).collect(),
        );
        serde_json::to_string_pretty(&ReportJson {
            schema: SCHEMA,
            verdict: self.verdict().word(),
            exit_code: self.verdict().exit_code(),
            ledger_verdict: self.ledger_verdict().word(),
            size: self.size,
            read_as: self.kind.word(),
            not_verified: self.unverified.list_in(Language::En),
            anchored: self.anchored,
            anchored_by: self.anchor.word(),
            anchored_entries: self.anchored_entries(),
            unanchored_entries: self.unanchored_entries(),
            scope: scope.map(|line| (line.name(), line.value())).collect(),
            eyes: eyes.map(|line| (line.name(), line.value())).collect(),
            scope_values,
            eye_values,
            checks: self.rows.iter().map(check).collect(),
            findings: self.findings.iter().map(JsonFinding::of).collect(),
            contradictions: self.contradictions.listed.iter().map(JsonContradiction::of).collect(),
            unlisted_contradictions: self.contradictions.unlisted,
            pictures: &self.pictures,
        })
    }
}

/// Only a ledger of garbage has more findings than are listed.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks by reference")]
fn is_zero(unlisted: &u64) -> bool {
    *unlisted == 0
}
