//! ARI-12: each correction moved the totals by exactly its own difference, in the projections that were published.
//!
//! Looks at `corrections.json` against `tallies.json` and `precincts.json`, by their JSON alone. Elsewhere: whether
//! these follow from the ledger (INT-09, `snapshot`), the same question asked of the replay (`replay::sums`).
//!
//! INT-09 asks whether the files are those that this program makes; it would not see an error that the publisher's program
//! and the observer's share. This one calls nothing that made them: totals = first announced + every difference −
//! invalidated precincts, and the corrections of a precinct lead from its first figures to its current ones.

use phrase::phrase;

use std::collections::BTreeMap;

use law::Rule;
use serde_json::Value;

use crate::{
    checks::shares::FIELDS,
    findings::Findings,
    found_message::{FoundMessage, quote},
    subject::Subject,
};

/// Figures by name.
type FiguresByName = BTreeMap<String, i128>;

/// The three projections of one snapshot.
pub(super) struct CorrectionFiles<'a> {
    pub(super) corrections: &'a [u8],
    pub(super) tallies: &'a [u8],
    pub(super) precincts: &'a [u8],
}

/// Every correction of a snapshot, and the totals that they lead to.
pub(super) fn check_corrections(subject: &Subject, published: &CorrectionFiles<'_>, findings: &mut Findings) {
    let read = |bytes: &[u8]| serde_json::from_slice::<Value>(bytes).unwrap_or_default();
    let (corrections, tallies) = (read(published.corrections), read(published.tallies));
    let precincts = read(published.precincts);
    let mut fail = |message: FoundMessage| findings.fail(Rule::Ari12, None, subject, message);
    let mut examined = 0;
    for tally in read_list(&tallies, "/view/elections") {
        let election = read_text(tally, "election");
        let of = |document: &Value, name: &str| -> Vec<Value> {
            let own = read_list(document, "/view/elections")
                .iter()
                .find(|own| read_text(own, "election") == election);
            own.map(|own| read_list(own, name).to_vec()).unwrap_or_default()
        };
        let (rows, polls) = (of(&corrections, "/corrections"), of(&precincts, "/precincts"));
        // The totals, and each correction.
        examined += 1 + rows.len() as u64;
        for told in follow_correction_rows(tally, &rows)
            .into_iter()
            .chain(compare_totals_with_corrections(tally, &rows, &polls))
        {
            fail(told.with_subject(quote(election)));
        }
    }
    if examined > 0 {
        findings.count_examined(Rule::Ari12, examined);
    }
}

/// The corrections of each precinct lead from its first figures to its current ones, link by link.
fn follow_correction_rows(tally: &Value, rows: &[Value]) -> Vec<FoundMessage> {
    let mut faults = Vec::new();
    for precinct in read_list(tally, "/precincts") {
        let id = read_text(precinct, "precinct");
        let own: Vec<&Value> = rows.iter().filter(|row| read_text(row, "precinct") == id).collect();
        let current = precinct.get("count");
        let mut figures = precinct.get("first_announced").or(current);
        let mut event: Option<&str> = None;
        for row in &own {
            if row.get("before") != figures {
                faults.push(FoundMessage::expected(
                    phrase!(
                        "found-the-correction-at-entry-to-begin-with-the-figures-that",
                        "the correction at entry {at} to begin with the figures that counted at {id}",
                        at = row.get("at").unwrap_or(&Value::Null)
                    ),
                    phrase!("found-others", "others"),
                ));
            }
            if event.is_some_and(|event| event != read_text(row, "supersedes")) {
                faults.push(FoundMessage::expected(
                    phrase!(
                        "found-a-correction-of-the-current-protocol-of",
                        "a correction of the current protocol of {id}"
                    ),
                    phrase!("found-one-of-another", "one of another"),
                ));
            }
            (figures, event) = (row.get("after"), Some(read_text(row, "event")));
        }
        let last = event.is_none_or(|event| event == read_text(precinct, "event"));
        if figures != current || !last {
            faults.push(FoundMessage::expected(
                phrase!(
                    "found-the-corrections-of-to-end-with-its-current-protocol",
                    "the corrections of {id} to end with its current protocol"
                ),
                phrase!("found-another", "another"),
            ));
        }
    }
    let known = |row: &&Value| {
        read_list(tally, "/precincts").iter().any(|p| read_text(p, "precinct") == read_text(row, "precinct"))
    };
    for row in rows.iter().filter(|row| !known(row)) {
        faults.push(FoundMessage::expected(
            phrase!(
                "found-corrections-of-precincts-with-a-protocol",
                "corrections of precincts with a protocol"
            ),
            phrase!("found-one-of-precinct", "one of {precinct}", precinct = read_text(row, "precinct")),
        ));
    }
    faults
}

/// The totals differ from those first announced by the sum of all differences, less what was invalidated.
fn compare_totals_with_corrections(tally: &Value, rows: &[Value], polls: &[Value]) -> Vec<FoundMessage> {
    let mut expected = read_totals(tally.get("first_announced"));
    for row in rows {
        add_figures(&mut expected, &read_count(row.get("after")), 1);
        add_figures(&mut expected, &read_count(row.get("before")), -1);
    }
    let invalid = |id: &str| {
        polls.iter().any(|p| read_text(p, "precinct") == id && read_text(p, "status") == "invalidated")
    };
    for precinct in
        read_list(tally, "/precincts").iter().filter(|precinct| invalid(read_text(precinct, "precinct")))
    {
        add_figures(&mut expected, &read_count(precinct.get("count")), -1);
    }
    let found = read_totals(tally.get("totals"));
    let names = expected.keys().chain(found.keys().filter(|name| !expected.contains_key(*name)));
    let figure = |figures: &FiguresByName, name: &str| figures.get(name).copied().unwrap_or_default();
    names
        .filter(|name| figure(&expected, name) != figure(&found, name))
        .map(|name| {
            let (expected, found) = (figure(&expected, name), figure(&found, name));
            FoundMessage::expected(
                phrase!(
                    "found-as-first-announced-and-corrected",
                    "{name} {expected}, as first announced and corrected"
                ),
                quote(found),
            )
        })
        .collect()
}

fn read_totals(totals: Option<&Value>) -> FiguresByName {
    let mut figures = read_figures(totals);
    figures.insert("home_found".to_owned(), read_number(totals.and_then(|t| t.get("home_found"))));
    figures
}

fn read_count(count: Option<&Value>) -> FiguresByName {
    let mut figures = read_figures(count);
    let boxes = count.map(|count| read_list(count, "/portable")).unwrap_or_default();
    let home = boxes.iter().map(|portable| read_number(portable.get("found"))).sum();
    figures.insert("home_found".to_owned(), home);
    figures
}

fn read_figures(of: Option<&Value>) -> FiguresByName {
    let field = |name: &&str| ((*name).to_owned(), read_number(of.and_then(|of| of.get(*name))));
    let mut figures: FiguresByName = FIELDS.iter().map(field).collect();
    for line in of.map(|of| read_list(of, "/votes")).unwrap_or_default() {
        *figures.entry(format!("votes for {}", read_text(line, "candidate"))).or_default() +=
            read_number(line.get("votes"));
    }
    figures
}

fn add_figures(to: &mut FiguresByName, figures: &FiguresByName, times: i128) {
    for (name, figure) in figures {
        *to.entry(name.clone()).or_default() += figure * times;
    }
}

fn read_list<'a>(value: &'a Value, pointer: &str) -> &'a [Value] {
    value.pointer(pointer).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}

fn read_text<'a>(value: &'a Value, field: &str) -> &'a str {
    value.get(field).and_then(Value::as_str).unwrap_or_default()
}

fn read_number(value: Option<&Value>) -> i128 {
    value.and_then(Value::as_u64).unwrap_or_default().into()
}
