//! What a check or an import found, for spreadsheets and for programs; for people it is `told`.

use std::collections::BTreeMap;

use phrase::{Phrase, Phrased as _, phrase};
use serde::Serialize;

use super::{
    check::CheckedTable,
    comparison::Comparison,
    drafts::{ImportOutcome, ProtocolDraft},
    fault::ImportFault,
    row_fault::RowRefusal,
    sums::LineSum,
};

/// The kind of an item that refuses its row.
const REFUSED: &str = "refused";

/// One line of a list.
#[derive(Debug, Serialize)]
pub(super) struct ReportItem<'a> {
    pub(super) line: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) precinct: Option<&'a str>,
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    expected: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    found: Option<String>,
    words: String,
    /// The same for people, in any language.
    #[serde(skip)]
    pub(super) said: Phrase,
}

#[derive(Serialize)]
struct CheckJson<'a> {
    rows: u64,
    clean: u64,
    blank: u64,
    violations: BTreeMap<&'static str, u64>,
    notes: Vec<String>,
    /// Rows and ratios that are not among the items, because there are too many.
    #[serde(skip_serializing_if = "is_zero")]
    left_out: u64,
    refused: u64,
    sums: &'a [LineSum],
    #[serde(skip_serializing_if = "Option::is_none")]
    comparison: Option<&'a Comparison>,
    judged: Vec<&'static str>,
    not_run: Vec<NotRunJson>,
    items: Vec<ReportItem<'a>>,
}

#[derive(Serialize)]
struct NotRunJson {
    rule: &'static str,
    ratio: &'static str,
    reason: String,
}

#[derive(Serialize)]
struct ImportJson<'a> {
    rows: u64,
    blank: u64,
    drafted: Vec<DraftJson<'a>>,
    refused: u64,
    same: Vec<&'a str>,
    without_row: Vec<&'a str>,
    sums: &'a [LineSum],
    #[serde(skip_serializing_if = "Option::is_none")]
    comparison: Option<&'a Comparison>,
    notes: Vec<String>,
    items: Vec<ReportItem<'a>>,
}

#[derive(Serialize)]
struct DraftJson<'a> {
    line: u64,
    precinct: &'a str,
    fact: &'a str,
    file: String,
    event: String,
}

/// The name of a draft's file.
pub fn file_name(draft: &ProtocolDraft) -> String {
    format!("{}.json", draft.precinct)
}

fn items_of<'a>(refusals: &'a [RowRefusal]) -> impl Iterator<Item = ReportItem<'a>> {
    refusals.iter().flat_map(|refusal| {
        refusal.faults.iter().map(move |fault| ReportItem {
            line: refusal.line,
            precinct: refusal.precinct.as_deref(),
            kind: REFUSED,
            rule: fault.rule(),
            expected: None,
            found: None,
            words: fault.to_string(),
            said: phrase!("import-told-refused", "refused: {said}", said = fault.phrase()),
        })
    })
}

/// What a second set of figures says otherwise.
fn compared_items(comparison: Option<&Comparison>) -> impl Iterator<Item = ReportItem<'_>> {
    comparison.into_iter().flat_map(|own| &own.findings).map(|row| {
        let (expected, found) = row.finding.figures();
        ReportItem {
            line: row.line,
            precinct: Some(&row.precinct),
            kind: row.finding.kind(),
            rule: None,
            expected: expected.map(|figure| figure.to_string()),
            found: found.map(|figure| figure.to_string()),
            words: row.finding.to_string(),
            said: row.finding.phrase(),
        }
    })
}

/// Findings of a comparison that were counted and not kept.
pub(super) fn count_unkept(comparison: Option<&Comparison>) -> u64 {
    comparison.map_or(0, |own| own.count_findings().saturating_sub(own.findings.len() as u64))
}

pub(super) fn check_items(checked: &CheckedTable) -> Vec<ReportItem<'_>> {
    let breaches = checked.breaches.iter().map(|breach| ReportItem {
        line: breach.line,
        precinct: Some(&breach.precinct),
        kind: "ratio",
        rule: Some(breach.ratio.rule().id()),
        expected: Some(breach.violation.expected.to_string()),
        found: Some(breach.violation.found.to_string()),
        words: breach.ratio.words().to_owned(),
        said: phrase!(
            "import-told-ratio",
            "{rule}: {said}",
            rule = breach.ratio.rule().id(),
            said = Phrase::frame(&breach.violation.expected, &breach.violation.found)
        ),
    });
    let mut items: Vec<ReportItem<'_>> = breaches.chain(items_of(&checked.refused)).collect();
    items.extend(compared_items(checked.comparison.as_ref()));
    items.sort_by_key(|item| item.line);
    items
}

pub(super) fn count_violations(checked: &CheckedTable) -> BTreeMap<&'static str, u64> {
    let mut counts = BTreeMap::new();
    for (ratio, count) in checked.broken.iter().filter(|(_, count)| *count > 0) {
        *counts.entry(ratio.rule().id()).or_default() += count;
    }
    counts
}

/// Rows and ratios that were counted and not kept.
pub(super) fn count_left_out(checked: &CheckedTable) -> u64 {
    let broken: u64 = checked.broken.iter().map(|(_, count)| count).sum();
    let left =
        (broken + checked.refused_rows) - (checked.breaches.len() as u64 + checked.refused.len() as u64);
    left + count_unkept(checked.comparison.as_ref())
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde gives a reference")]
fn is_zero(number: &u64) -> bool {
    *number == 0
}

/// A check for programs.
///
/// # Errors
/// Never for what was read: every value has a form.
pub fn check_json(checked: &CheckedTable) -> Result<String, ImportFault> {
    let not_run = checked.not_run.iter().map(|not_run| NotRunJson {
        rule: not_run.ratio.rule().id(),
        ratio: not_run.ratio.words(),
        reason: not_run.reason.phrase().to_string(),
    });
    let report = CheckJson {
        rows: checked.rows,
        clean: checked.clean,
        blank: checked.blank,
        violations: count_violations(checked),
        notes: checked.notes.iter().map(ToString::to_string).collect(),
        left_out: count_left_out(checked),
        refused: checked.refused_rows,
        sums: &checked.sums,
        comparison: checked.comparison.as_ref(),
        judged: checked.run.iter().map(|ratio| ratio.words()).collect(),
        not_run: not_run.collect(),
        items: check_items(checked),
    };
    Ok(serde_json::to_string_pretty(&report)?)
}

/// A check for spreadsheets, RFC 4180.
pub fn check_csv(checked: &CheckedTable) -> String {
    write_csv(&check_items(checked))
}

fn write_csv(items: &[ReportItem<'_>]) -> String {
    let header = ["line", "precinct", "kind", "rule", "expected", "found", "words"].map(str::to_owned);
    let row = |item: &ReportItem<'_>| {
        [
            item.line.to_string(),
            item.precinct.unwrap_or_default().to_owned(),
            item.kind.to_owned(),
            item.rule.unwrap_or_default().to_owned(),
            item.expected.clone().unwrap_or_default(),
            item.found.clone().unwrap_or_default(),
            item.words.clone(),
        ]
    };
    publication::delimited::write_guarded_rows([header].into_iter().chain(items.iter().map(row)))
}

/// An import for programs.
///
/// # Errors
/// Never for what was read: every value has a form.
pub fn import_json(drafted: &ImportOutcome) -> Result<String, ImportFault> {
    let mut list = Vec::new();
    for draft in &drafted.drafts {
        list.push(DraftJson {
            line: draft.line,
            precinct: draft.precinct.as_str(),
            fact: draft.event.event.fact.as_str(),
            file: file_name(draft),
            event: draft.event.hash().to_string(),
        });
    }
    let report = ImportJson {
        rows: drafted.rows,
        blank: drafted.blank,
        drafted: list,
        refused: drafted.refused.len() as u64,
        same: drafted.same.iter().map(event::Id::as_str).collect(),
        without_row: drafted.without_row.iter().map(event::Id::as_str).collect(),
        sums: &drafted.sums,
        comparison: drafted.comparison.as_ref(),
        notes: drafted.notes.iter().map(ToString::to_string).collect(),
        items: import_items(drafted),
    };
    Ok(serde_json::to_string_pretty(&report)?)
}

/// Refused rows, and what a second set of figures says otherwise.
pub(super) fn import_items(drafted: &ImportOutcome) -> Vec<ReportItem<'_>> {
    items_of(&drafted.refused).chain(compared_items(drafted.comparison.as_ref())).collect()
}

/// The refusals of an import, and what a second set of figures says otherwise, for spreadsheets, RFC 4180.
pub fn import_csv(drafted: &ImportOutcome) -> String {
    write_csv(&import_items(drafted))
}
