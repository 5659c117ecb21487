//! ARI-12: each correction moved the totals by exactly its own difference, in the projections that were published.
//!
//! Looks at `corrections.json` against `tallies.json` and `precincts.json`, by their JSON alone. Elsewhere: whether
//! these follow from the ledger (INT-09, `snapshot`), the same question asked of the replay (`replay::sums`).
//!
//! INT-09 asks whether the files are those that this program makes; it would not see an error that the publisher's program
//! and the observer's share. This one calls nothing that made them: totals = first announced + every difference −
//! invalidated precincts, and the corrections of a precinct lead from its first figures to its current ones.

use std::collections::BTreeMap;

use law::Rule;
use serde_json::Value;

use crate::{checks::shares::FIELDS, findings::Findings, found_message::FoundMessage, subject::Subject};

/// Figures by name.
type FiguresByName = BTreeMap<String, i128>;

/// The three projections of one snapshot.
pub(super) struct CorrectionFiles<'a> {
    pub(super) corrections: &'a [u8],
    pub(super) tallies: &'a [u8],
    pub(super) precincts: &'a [u8],
}

/// Every correction of a snapshot, and the totals that they lead to.
pub(super) fn corrections(subject: &Subject, published: &CorrectionFiles<'_>, findings: &mut Findings) {
    let read = |bytes: &[u8]| serde_json::from_slice::<Value>(bytes).unwrap_or_default();
    let (corrections, tallies) = (read(published.corrections), read(published.tallies));
    let precincts = read(published.precincts);
    let mut fail = |message: FoundMessage| findings.fail(Rule::Ari12, None, subject, message);
    let mut examined = 0;
    for tally in list(&tallies, "/view/elections") {
        let election = word(tally, "election");
        let of = |document: &Value, name: &str| -> Vec<Value> {
            let own = list(document, "/view/elections").iter().find(|own| word(own, "election") == election);
            own.map(|own| list(own, name).to_vec()).unwrap_or_default()
        };
        let (rows, polls) = (of(&corrections, "/corrections"), of(&precincts, "/precincts"));
        // The totals, and each correction.
        examined += 1 + rows.len() as u64;
        for told in led(tally, &rows).into_iter().chain(moved(tally, &rows, &polls)) {
            fail(told.about(election));
        }
    }
    if examined > 0 {
        findings.examined(Rule::Ari12, examined);
    }
}

/// The corrections of each precinct lead from its first figures to its current ones, link by link.
fn led(tally: &Value, rows: &[Value]) -> Vec<FoundMessage> {
    let mut faults = Vec::new();
    for precinct in list(tally, "/precincts") {
        let id = word(precinct, "precinct");
        let own: Vec<&Value> = rows.iter().filter(|row| word(row, "precinct") == id).collect();
        let current = precinct.get("count");
        let mut figures = precinct.get("first_announced").or(current);
        let mut event: Option<&str> = None;
        for row in &own {
            if row.get("before") != figures {
                faults.push(FoundMessage::expected(
                    format!(
                        "the correction at entry {} to begin with the figures that counted at {id}",
                        row.get("at").unwrap_or(&Value::Null)
                    ),
                    "others",
                ));
            }
            if event.is_some_and(|event| event != word(row, "supersedes")) {
                faults.push(FoundMessage::expected(
                    format!("a correction of the current protocol of {id}"),
                    "one of another",
                ));
            }
            (figures, event) = (row.get("after"), Some(word(row, "event")));
        }
        let last = event.is_none_or(|event| event == word(precinct, "event"));
        if figures != current || !last {
            faults.push(FoundMessage::expected(
                format!("the corrections of {id} to end with its current protocol"),
                "another",
            ));
        }
    }
    let known =
        |row: &&Value| list(tally, "/precincts").iter().any(|p| word(p, "precinct") == word(row, "precinct"));
    for row in rows.iter().filter(|row| !known(row)) {
        faults.push(FoundMessage::expected(
            "corrections of precincts with a protocol",
            format!("one of {}", word(row, "precinct")),
        ));
    }
    faults
}

/// The totals differ from those first announced by the sum of all differences, less what was invalidated.
fn moved(tally: &Value, rows: &[Value], polls: &[Value]) -> Vec<FoundMessage> {
    let mut expected = totals(tally.get("first_announced"));
    for row in rows {
        add(&mut expected, &count(row.get("after")), 1);
        add(&mut expected, &count(row.get("before")), -1);
    }
    let invalid =
        |id: &str| polls.iter().any(|p| word(p, "precinct") == id && word(p, "status") == "invalidated");
    for precinct in list(tally, "/precincts").iter().filter(|precinct| invalid(word(precinct, "precinct"))) {
        add(&mut expected, &count(precinct.get("count")), -1);
    }
    let found = totals(tally.get("totals"));
    let names = expected.keys().chain(found.keys().filter(|name| !expected.contains_key(*name)));
    let figure = |figures: &FiguresByName, name: &str| figures.get(name).copied().unwrap_or_default();
    names
        .filter(|name| figure(&expected, name) != figure(&found, name))
        .map(|name| {
            let (expected, found) = (figure(&expected, name), figure(&found, name));
            FoundMessage::expected(format!("{name} {expected}, as first announced and corrected"), found)
        })
        .collect()
}

fn totals(totals: Option<&Value>) -> FiguresByName {
    let mut figures = fields(totals);
    figures.insert("home_found".to_owned(), number(totals.and_then(|t| t.get("home_found"))));
    figures
}

fn count(count: Option<&Value>) -> FiguresByName {
    let mut figures = fields(count);
    let boxes = count.map(|count| list(count, "/portable")).unwrap_or_default();
    let home = boxes.iter().map(|portable| number(portable.get("found"))).sum();
    figures.insert("home_found".to_owned(), home);
    figures
}

fn fields(of: Option<&Value>) -> FiguresByName {
    let field = |name: &&str| ((*name).to_owned(), number(of.and_then(|of| of.get(*name))));
    let mut figures: FiguresByName = FIELDS.iter().map(field).collect();
    for line in of.map(|of| list(of, "/votes")).unwrap_or_default() {
        *figures.entry(format!("votes for {}", word(line, "candidate"))).or_default() +=
            number(line.get("votes"));
    }
    figures
}

fn add(to: &mut FiguresByName, figures: &FiguresByName, times: i128) {
    for (name, figure) in figures {
        *to.entry(name.clone()).or_default() += figure * times;
    }
}

fn list<'a>(value: &'a Value, pointer: &str) -> &'a [Value] {
    value.pointer(pointer).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}

fn word<'a>(value: &'a Value, field: &str) -> &'a str {
    value.get(field).and_then(Value::as_str).unwrap_or_default()
}

fn number(value: Option<&Value>) -> i128 {
    value.and_then(Value::as_u64).unwrap_or_default().into()
}
