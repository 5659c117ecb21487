//! The outcome of each claim for programs: CSV, one row a claim, and JSON. Both are in English in every language.

use std::collections::BTreeSet;

use event::Hash;
use law::facts::SyntheticKind;
use publication::delimited::guard_formula;
use serde::Serialize;

use crate::outcome::{EventReference, JudgedClaim, JudgedFile, JudgedLedger};

#[derive(Serialize)]
struct FileView<'a> {
    claims: Vec<ClaimView<'a>>,
    ledgers: Vec<LedgerRow<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'a str>,
}

#[derive(Serialize)]
struct ClaimView<'a> {
    basis: &'static str,
    date: &'a str,
    events: Vec<EventRow>,
    #[serde(skip_serializing_if = "Option::is_none")]
    found: Option<&'a str>,
    id: &'a str,
    outcome: &'static str,
    printed: &'a str,
    reason: String,
    says: &'a str,
    source: &'a str,
    #[serde(skip_serializing_if = "core::ops::Not::not")]
    test: bool,
}

#[derive(Serialize)]
struct EventRow {
    entry: u64,
    event: Hash,
    ledger: usize,
}

#[derive(Serialize)]
struct LedgerRow<'a> {
    elections: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    ledger: Option<Hash>,
    n: usize,
    origin: &'a str,
    root: Hash,
    size: u64,
    source: &'a str,
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    synthetic: &'a BTreeSet<SyntheticKind>,
    #[serde(skip_serializing_if = "core::ops::Not::not")]
    test: bool,
}

impl JudgedFile {
    /// Everything as JSON.
    ///
    /// # Errors
    /// Never for what this crate judged.
    pub fn to_json(&self) -> Result<String, serde_json::Error> {
        let ledgers = (1..).zip(&self.ledgers).map(|(n, own)| view_ledger(n, own)).collect();
        let view = FileView {
            claims: self.claims.iter().map(view_claim).collect(),
            ledgers,
            title: self.title.as_deref(),
        };
        serde_json::to_string_pretty(&view)
    }

    /// One row a claim, RFC 4180; with what its ledgers say themselves to be made up, where one does.
    ///
    /// # Errors
    /// Never for what this crate judged.
    pub fn to_csv(&self) -> Result<String, csv::Error> {
        let mut out = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
        let marked = self.ledgers.iter().any(|ledger| !ledger.synthetic.is_empty());
        let header = [
            "id",
            "outcome",
            "basis",
            "printed",
            "found",
            "reason",
            "events",
            "first_ledger",
            "first_entry",
            "first_event",
            "test",
            "says",
            "source",
            "date",
        ];
        out.write_record(header.into_iter().chain(marked.then_some("synthetic")))?;
        for claim in &self.claims {
            let first = claim.events.first();
            let told = |value: Option<String>| value.unwrap_or_default();
            let row = [
                guard_formula(&claim.id),
                claim.outcome.name().to_owned(),
                claim.basis.name().to_owned(),
                guard_formula(&claim.printed),
                told(claim.found.as_deref().map(guard_formula)),
                guard_formula(&claim.reason.to_string()),
                claim.events.len().to_string(),
                told(first.map(|event| event.ledger.to_string())),
                told(first.map(|event| event.entry.to_string())),
                told(first.map(|event| event.event.to_string())),
                claim.is_test.to_string(),
                guard_formula(&claim.says),
                guard_formula(&claim.source),
                claim.date.clone(),
            ];
            let mark = marked.then(|| SyntheticKind::join_names(&self.list_synthetic(claim)));
            out.write_record(row.into_iter().chain(mark))?;
        }
        let bytes = out.into_inner().map_err(|error| csv::Error::from(error.into_error()))?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }
}

fn view_ledger(n: usize, own: &JudgedLedger) -> LedgerRow<'_> {
    LedgerRow {
        elections: own.elections,
        ledger: own.ledger,
        n,
        origin: &own.origin,
        root: own.root,
        size: own.size,
        source: &own.source,
        synthetic: &own.synthetic,
        test: own.is_test,
    }
}

fn view_claim(claim: &JudgedClaim) -> ClaimView<'_> {
    let event = |one: &EventReference| EventRow { entry: one.entry, event: one.event, ledger: one.ledger };
    ClaimView {
        basis: claim.basis.name(),
        date: &claim.date,
        events: claim.events.iter().map(event).collect(),
        found: claim.found.as_deref(),
        id: &claim.id,
        outcome: claim.outcome.name(),
        printed: &claim.printed,
        reason: claim.reason.to_string(),
        says: &claim.says,
        source: &claim.source,
        test: claim.is_test,
    }
}
