//! What became of a sheet that was scanned or photographed at a precinct, as a row of the report and of a table.

use std::collections::BTreeSet;

use event::{Hash, Id};
use law::facts::SyntheticKind;
use phrase::Phrase;
use publication::delimited::write_guarded_rows;

/// What the ledger says of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SheetOutcome {
    /// The same event counts in the ledger, with the same figures.
    Same,
    /// The same event is in the ledger, and a later one took its place.
    Superseded,
    /// Not there yet: it may come.
    NotThereYet,
    /// The ledger has another protocol of this precinct.
    Differs,
    /// The ledger has none of this precinct, and it can no longer come.
    Absent,
    /// Its commission gave it up later, by an act in the ledger.
    GivenUp,
    /// Signed by others than the commission of the precinct.
    Stranger,
    /// Of another ledger.
    OtherLedger,
    /// The ledger was judged only up to a place before it.
    NotJudged,
}

impl SheetOutcome {
    /// Its word in tables.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Superseded => "superseded",
            Self::NotThereYet => "not-there-yet",
            Self::Differs => "differs",
            Self::Absent => "absent",
            Self::GivenUp => "given-up",
            Self::Stranger => "stranger",
            Self::OtherLedger => "other-ledger",
            Self::NotJudged => "not-judged",
        }
    }
}

/// One line in which the sheet and the protocol that counts differ: its name, as scanned, as in the ledger.
pub(crate) type LineDifference = (String, String, String);

/// One sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComparedSheet {
    /// The photographs on which it stands; empty where it came otherwise.
    pub place: String,
    /// The precinct.
    pub precinct: String,
    /// The election that it names.
    pub election: Option<Id>,
    /// Its event.
    pub event: Hash,
    /// What became of it.
    pub outcome: SheetOutcome,
    /// The entry of the protocol that counts, where there is one.
    pub entry: Option<u64>,
    /// Lines in which it differs from that protocol.
    pub differences: Vec<LineDifference>,
    /// All this in one line.
    pub said: Phrase,
}

/// The table of sheets as CSV: a row for each, and one for each line in which it differs; what the ledger says itself to be made up
/// stands in each. No cell is run as a formula.
pub(crate) fn write_sheets<'a>(
    sheets: impl IntoIterator<Item = &'a ComparedSheet>,
    synthetic: &BTreeSet<SyntheticKind>,
) -> String {
    let mark = SyntheticKind::join_names(synthetic);
    let marked = |mark: &str| (!synthetic.is_empty()).then(|| mark.to_owned());
    let header = [
        "photographs",
        "precinct",
        "election",
        "event",
        "outcome",
        "entry",
        "line",
        "on the sheet",
        "in the ledger",
    ];
    let mut rows = vec![header.map(str::to_owned).into_iter().chain(marked("synthetic")).collect::<Vec<_>>()];
    for sheet in sheets {
        let row = |line: &str, mine: &str, theirs: &str| {
            [
                sheet.place.clone(),
                sheet.precinct.clone(),
                sheet.election.as_ref().map(Id::to_string).unwrap_or_default(),
                sheet.event.to_string(),
                sheet.outcome.word().to_owned(),
                sheet.entry.map(|entry| entry.to_string()).unwrap_or_default(),
                line.to_owned(),
                mine.to_owned(),
                theirs.to_owned(),
            ]
            .into_iter()
            .chain(marked(&mark))
            .collect()
        };
        if sheet.differences.is_empty() {
            rows.push(row("", "", ""));
        }
        rows.extend(sheet.differences.iter().map(|(line, mine, theirs)| row(line, mine, theirs)));
    }
    write_guarded_rows(rows)
}
