//! Whether a mapping gives all that drafts of protocols need.

use std::collections::BTreeSet;

use event::Id;
use law::{Line, state::Election};
use phrase::{Argument, Phrase, phrase};

use super::{
    column_finder::{PrecinctColumns, WordsSource},
    coverage::list_lines,
    fault::ImportFault,
    mapped::MappedTable,
};

/// Lines that a protocol cannot do without.
const REQUIRED: [Line; 10] = [
    Line::Absentee,
    Line::AgainstAll,
    Line::Cancelled,
    Line::Found,
    Line::HomeApplications,
    Line::Invalid,
    Line::Issued,
    Line::Received,
    Line::Stationary,
    Line::Voters,
];

/// What a mapping for an import must say.
pub(super) fn require_complete(mapped: &MappedTable, election: &Election) -> Result<(), ImportFault> {
    let columns = &mapped.columns;
    // A list of invalid results alone needs no figures.
    if matches!(columns.invalidates.as_ref().map(|own| &own.ground), Some(WordsSource::Always(_))) {
        return match columns.precinct {
            PrecinctColumns::Key(_) => Err(unknown_to_the_ledger()),
            PrecinctColumns::Id(_) | PrecinctColumns::Number { .. } => Ok(()),
        };
    }
    let field = |field: &str, expected: Phrase, found: Phrase| ImportFault::Field {
        field: field.to_owned(),
        expected,
        found,
    };
    let missing: Vec<Line> = REQUIRED.into_iter().filter(|line| !columns.amounts.gives(*line)).collect();
    if !missing.is_empty() {
        let expected = phrase!("import-every-line", "every line of a protocol, as a column or a number");
        let found = phrase!("import-none-for", "none for {lines}", lines = list_lines(&missing));
        return Err(field("figures", expected, found));
    }
    if columns.amounts.gives(Line::Delivered) || columns.amounts.gives(Line::Listed) {
        let expected =
            phrase!("import-none-of-the-ledger", "no delivered and no listed, which the ledger itself says");
        return Err(field("figures", expected, phrase!("import-one-of-them", "one of them")));
    }
    if matches!(columns.precinct, PrecinctColumns::Key(_)) {
        return Err(unknown_to_the_ledger());
    }
    if columns.times.is_none() || columns.signers.is_none() {
        let expected = phrase!(
            "import-times-and-signers",
            "[times] with started, ended, signed, and [signers] with seats"
        );
        return Err(field("times, signers", expected, phrase!("import-one-missing", "one of them missing")));
    }
    if columns.amounts.portable.iter().any(|portable| portable.applications.is_none()) {
        let expected = phrase!("import-applications", "applications for each box");
        return Err(field("portable", expected, phrase!("import-box-without", "a box without")));
    }
    let lines: BTreeSet<&str> = election.ballot_lines().iter().map(Id::as_str).collect();
    let votes: BTreeSet<&str> = columns.amounts.votes.iter().map(|(id, _)| id.as_str()).collect();
    if lines != votes {
        let listed = |set: &BTreeSet<&str>| Argument::list(set.iter().map(Argument::quote));
        let expected =
            phrase!("import-ballot-lines", "the lines of the ballot: {lines}", lines = listed(&lines));
        return Err(field("votes", expected, Phrase::verbatim(listed(&votes))));
    }
    Ok(())
}

fn unknown_to_the_ledger() -> ImportFault {
    ImportFault::Field {
        field: "precinct".to_owned(),
        expected: phrase!("import-id-or-number", "id or number, which the ledger knows"),
        found: Phrase::verbatim("key"),
    }
}
