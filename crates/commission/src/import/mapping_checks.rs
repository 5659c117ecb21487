//! What a mapping says of itself: its lines, marks of numbers that can be told apart, expected sums, exchanged columns.

use law::Line;
use phrase::{Phrase, phrase};

use super::{
    amounts::{Amounts, FigureSource},
    fault::ImportFault,
    figure_rules::{FigureRule, FigureRules},
    mapping::Mapping,
};
use crate::table::{
    cell::{CellStyle, Thousands},
    header::ColumnHeader,
};

/// What parts thousands and fractions cannot be read as digits, nor as each other.
pub(super) fn require_marks(style: &CellStyle) -> Result<(), ImportFault> {
    let Some(decimal) = style.decimal else { return Ok(()) };
    let field = |expected: Phrase| ImportFault::Field {
        field: "numbers.decimal".to_owned(),
        expected,
        found: Phrase::verbatim(format!("{decimal:?}")),
    };
    match (decimal, style.thousands) {
        (',', Some(Thousands::Comma)) | ('.', Some(Thousands::Dot)) => {
            Err(field(phrase!("import-another-mark", "another mark than the one that parts thousands")))
        }
        ('.' | ',' | '\u{66b}', _) => Ok(()),
        _ => Err(field(phrase!("import-dot-or-comma", "a dot or a comma"))),
    }
}

/// Votes that are read from a column with the name of another candidate: seldom meant.
pub(super) fn exchanged_names(mapping: &Mapping, amounts: &Amounts, header: &ColumnHeader) -> Vec<Phrase> {
    let mut notes = Vec::new();
    for (id, amount) in &amounts.votes {
        let FigureSource::Sum { columns, .. } = amount else { continue };
        for column in columns {
            let name = header.names.get(*column).map(String::as_str).unwrap_or_default();
            if name != id.as_str() && mapping.votes.contains_key(name) {
                notes.push(phrase!(
                    "import-note-exchanged",
                    "LOOK: votes for {id} are read from {column}, which is called as another candidate",
                    column = header.name(*column)
                ));
            }
        }
    }
    notes
}

/// Sums that the mapping expects, each for a line that it gives.
pub(super) fn expected_sums(mapping: &Mapping) -> Result<Vec<(String, u64)>, ImportFault> {
    let unknown = |field: String, found: &str| ImportFault::Field {
        field,
        expected: phrase!("import-line-of-mapping", "a line that the mapping gives"),
        found: Phrase::verbatim(found),
    };
    let mut sums = Vec::new();
    for (name, sum) in &mapping.totals.figures {
        if !lines_of(&mapping.figures).any(|(line, _)| line.words() == name) {
            return Err(unknown("totals.figures".to_owned(), name));
        }
        sums.push((name.replace('_', " "), *sum));
    }
    for (name, sum) in &mapping.totals.votes {
        if !mapping.votes.contains_key(name) {
            return Err(unknown("totals.votes".to_owned(), name));
        }
        sums.push((format!("votes for {name}"), *sum));
    }
    Ok(sums)
}

/// The lines that a mapping gives.
pub(super) fn lines_of(figures: &FigureRules) -> impl Iterator<Item = (Line, &FigureRule)> {
    let all = [
        (Line::Absentee, &figures.absentee),
        (Line::AgainstAll, &figures.against_all),
        (Line::Cancelled, &figures.cancelled),
        (Line::Damaged, &figures.damaged),
        (Line::Found, &figures.found),
        (Line::HomeApplications, &figures.home_applications),
        (Line::Invalid, &figures.invalid),
        (Line::Issued, &figures.issued),
        (Line::Received, &figures.received),
        (Line::Stationary, &figures.stationary),
        (Line::Voters, &figures.voters),
        (Line::Delivered, &figures.delivered),
        (Line::Listed, &figures.listed),
    ];
    all.into_iter().filter_map(|(line, figure)| figure.as_ref().map(|figure| (line, figure)))
}
