//! Drafts of protocols from a table: unsigned events, each judged by the law as if it arrived now.
//!
//! Rows become events at the places of their authors' chains; what is not taken is refused by line and reason.

use std::collections::{BTreeMap, BTreeSet};

use event::{Event, Hash, Id, SignedEvent, Stamp, Time};
use law::{Fact, Finding, Sent, Statement, Violation, facts::Count, state::Election};
use ledger::Chain;
use phrase::{Phrase, Phrased as _, phrase};
use rayon::prelude::*;

use super::{
    comparison::Comparison,
    completeness::require_complete,
    fault::ImportFault,
    invalidation,
    mapped::MappedTable,
    prepared::PreparedFact,
    protocol::{self, RowOutcome},
    row_fault::{RowFault, RowRefusal},
    second_figures::begin_comparison,
    sums::{LineSum, LineSums},
    target::{ImportTarget, no_form},
};
use crate::table::{
    cells::{ROWS_MAX, TableRow},
    fault::InputTableFault,
};

/// What became of the rows.
#[derive(Debug)]
pub struct ImportOutcome {
    /// Rows with anything in them.
    pub rows: u64,
    /// Rows with nothing in them.
    pub blank: u64,
    /// Drafts in the order of the file.
    pub drafts: Vec<ProtocolDraft>,
    /// Rows that gave none.
    pub refused: Vec<RowRefusal>,
    /// Precincts whose figures are those that the ledger has, where a table speaks of them again.
    pub same: Vec<Id>,
    /// Precincts of the election that no row names.
    pub without_row: Vec<Id>,
    /// Which column was read as which line, and the sums over drafts and unchanged rows.
    pub sums: Vec<LineSum>,
    /// What a second set of figures says, if the mapping names one.
    pub comparison: Option<Comparison>,
    /// What was found out, computed or left aside.
    pub notes: Vec<Phrase>,
}

impl ImportOutcome {
    /// Whether the sums are those that the mapping expects: if not, nothing should be written.
    #[must_use]
    pub fn sums_hold(&self) -> bool {
        self.sums.iter().all(LineSum::holds)
    }

    /// Votes and second figures of files of their own that no row named.
    fn add_orphans(&mut self, mapped: &MappedTable) {
        for orphan in mapped.table.orphans() {
            match self.comparison.as_mut().filter(|_| orphan.compared) {
                None => self.refused.push(RowRefusal::of_orphan(orphan)),
                Some(comparison) => self.refused.extend(comparison.refuse_orphan(orphan)),
            }
        }
    }
}

/// One draft.
#[derive(Debug)]
pub struct ProtocolDraft {
    /// Where its row begins.
    pub line: u64,
    /// The precinct.
    pub precinct: Id,
    /// The unsigned event.
    pub event: SignedEvent,
    /// What the ledger will note or show as explained.
    pub findings: Vec<Finding>,
}

/// Drafts from every row.
///
/// # Errors
/// When the mapping leaves out what a protocol needs, or the file cannot be read on. Single rows are refused, not the
/// whole.
pub fn draft_protocols(
    mut mapped: MappedTable,
    place: ImportTarget<'_>,
) -> Result<ImportOutcome, ImportFault> {
    let election = place.find_election()?;
    require_complete(&mapped, election)?;
    let (rows, blank) = read_all_rows(&mut mapped)?;
    let judged: Vec<_> = rows.par_iter().map(|row| draft_row(&mapped, row, place, election)).collect();
    let mut drafted = ImportOutcome {
        rows: rows.len() as u64,
        blank,
        drafts: Vec::new(),
        refused: Vec::new(),
        same: Vec::new(),
        without_row: Vec::new(),
        sums: Vec::new(),
        comparison: begin_comparison(&mapped.columns),
        notes: [mapped.table.notes.as_slice(), mapped.columns.notes(), &mapped.table.closing_notes()]
            .concat(),
    };
    let name_of = |id: &Id| election.candidates.get(id).map(|own| own.nominated.name_ru.to_string());
    let mut sums = LineSums::new(&mapped.columns, name_of);
    for (row, answer) in rows.iter().zip(refuse_repeated(judged)) {
        match compare_answer(answer, row, &mapped, drafted.comparison.as_mut()) {
            Ok(DraftedRow::Draft(draft, count)) => {
                if let Some(count) = count {
                    sums.add(&sums.values(&count, Sent::default()));
                }
                drafted.drafts.push(*draft);
            }
            Ok(DraftedRow::Same { precinct, count, .. }) => {
                sums.add(&sums.values(&count, Sent::default()));
                drafted.same.push(precinct);
            }
            Err(refusal) => drafted.refused.push(refusal),
        }
    }
    drafted.sums = sums.finish();
    drafted.add_orphans(&mapped);
    chain_drafts(&mut drafted)?;
    let named: BTreeSet<String> =
        drafted.refused.iter().filter_map(|refusal| refusal.precinct.clone()).collect();
    let done = drafted.drafts.iter().map(|draft| &draft.precinct).chain(&drafted.same);
    let done: BTreeSet<&Id> = done.collect();
    let without = election.polls.keys().filter(|id| !done.contains(id) && !named.contains(id.as_str()));
    drafted.without_row = without.cloned().collect();
    Ok(drafted)
}

/// Every row with anything in it, and how many have nothing.
fn read_all_rows(mapped: &mut MappedTable) -> Result<(Vec<TableRow>, u64), ImportFault> {
    let (mut rows, mut blank) = (Vec::new(), 0);
    loop {
        let more = mapped.table.next_rows(8_192)?;
        if more.is_empty() {
            return Ok((rows, blank));
        }
        let (read, before) = (more.len(), rows.len());
        rows.extend(more.into_iter().filter(|row| !row.is_blank()));
        blank += (read + before - rows.len()) as u64;
        if rows.len() as u64 > ROWS_MAX {
            return Err(InputTableFault::TooManyRows { expected: ROWS_MAX }.into());
        }
    }
}

/// Counts what a second set of figures says of a row; the row is refused for it where the mapping asks for that.
fn compare_answer(
    answer: Result<DraftedRow, RowRefusal>,
    row: &TableRow,
    mapped: &MappedTable,
    comparison: Option<&mut Comparison>,
) -> Result<DraftedRow, RowRefusal> {
    let Some(comparison) = comparison else { return answer };
    let precinct = match &answer {
        // Where the result is declared invalid, its figures are not read.
        Ok(DraftedRow::Draft(_, None)) => None,
        Ok(drafted) => Some(drafted.precinct_and_line().0.to_string()),
        Err(refusal) if refusal.is_no_row_of_its_own() => None,
        Err(refusal) => refusal.precinct.clone(),
    };
    let compared = mapped.columns.compare_row(row, mapped.table.own_columns());
    let Some((precinct, compared)) = precinct.zip(compared) else { return answer };
    let faults = comparison.add_row(row.line, &precinct, compared);
    match answer {
        Ok(drafted) if faults.is_empty() => Ok(drafted),
        Ok(_) => Err(RowRefusal { line: row.line, precinct: Some(precinct), faults }),
        Err(mut refusal) => {
            refusal.faults.extend(faults);
            Err(refusal)
        }
    }
}

/// What became of a row that was taken.
enum DraftedRow {
    Draft(Box<ProtocolDraft>, Option<Box<Count>>),
    Same { line: u64, precinct: Id, count: Box<Count> },
}

impl DraftedRow {
    fn precinct_and_line(&self) -> (&Id, u64) {
        match self {
            Self::Draft(draft, _) => (&draft.precinct, draft.line),
            Self::Same { line, precinct, .. } => (precinct, *line),
        }
    }
}

fn draft_row(
    mapped: &MappedTable,
    row: &TableRow,
    place: ImportTarget<'_>,
    election: &Election,
) -> Result<DraftedRow, RowRefusal> {
    let line = row.line;
    let prepared = match invalidation::prepare_invalidation(mapped, row, place, election) {
        Some(prepared) => prepared?,
        None => match protocol::prepare_protocol(mapped, row, place, election)? {
            RowOutcome::Fact(prepared) => *prepared,
            RowOutcome::Same(precinct, count) => return Ok(DraftedRow::Same { line, precinct, count }),
        },
    };
    let count = match &prepared.fact {
        Fact::ProtocolSigned(own) => Some(Box::new(own.protocol.count.clone())),
        Fact::ProtocolSuperseded(own) => Some(Box::new(own.protocol.count.clone())),
        _ => None,
    };
    let (precinct, name) = (prepared.precinct.clone(), prepared.name.clone());
    let refused = |fault| RowRefusal { line, precinct: Some(name), faults: vec![fault] };
    match judge_draft(prepared, place) {
        Ok((event, findings)) => {
            Ok(DraftedRow::Draft(Box::new(ProtocolDraft { line, precinct, event, findings }), count))
        }
        Err(fault) => Err(refused(fault)),
    }
}

/// The draft at its author's next place, and what the law says to it.
fn judge_draft(
    prepared: PreparedFact,
    place: ImportTarget<'_>,
) -> Result<(SignedEvent, Vec<Finding>), RowFault> {
    let PreparedFact { author, fact, at, signers, .. } = prepared;
    let desk = Id::new("board").map_err(no_form)?;
    let chain = Chain { author, election: Some(place.election.clone()), desk };
    let draft = place.head.draft(chain, &fact, at.clone(), signers).map_err(no_form)?;
    let hash = draft.hash();
    let statement = Statement {
        event: &draft.event,
        hash,
        fact: &fact,
        index: place.head.size(),
        received: time_of_receipt(place, &at)?,
        proved: &[],
        root_at: &|size| place.head.root_at(size),
    };
    let judged: Result<Vec<Finding>, Violation> = law::permits(place.head.state(), &statement);
    match judged {
        Ok(findings) => Ok((draft, findings)),
        Err(violation) => Err(RowFault::Law { violation }),
    }
}

/// Now; under a simulated clock the time that the author says, as `event draft` and `event append` have it.
fn time_of_receipt(place: ImportTarget<'_>, at: &Time) -> Result<Stamp, RowFault> {
    let charter = place.head.state().charter.as_ref();
    if charter.is_none_or(|charter| charter.clock != law::facts::Clock::Simulated) {
        return Ok(place.now);
    }
    let last = place.head.last_received().map_or(0, |last| last.millis());
    Stamp::from_millis(at.seconds().saturating_mul(1000).max(last)).map_err(no_form)
}

/// A precinct in two rows is refused in both: which is right, the table does not say.
fn refuse_repeated(judged: Vec<Result<DraftedRow, RowRefusal>>) -> Vec<Result<DraftedRow, RowRefusal>> {
    let place = |answer: &Result<DraftedRow, RowRefusal>| match answer {
        Ok(answer) => Some((answer.precinct_and_line().0.to_string(), answer.precinct_and_line().1)),
        Err(refusal) => refusal.precinct.clone().map(|precinct| (precinct, refusal.line)),
    };
    let mut lines: BTreeMap<String, Vec<u64>> = BTreeMap::new();
    for (precinct, line) in judged.iter().filter_map(place) {
        lines.entry(precinct).or_default().push(line);
    }
    let other = |precinct: &str, own: u64| {
        let line = lines.get(precinct)?.iter().find(|line| **line != own)?;
        Some(RowFault::Twice { line: *line })
    };
    let once = |answer: Result<DraftedRow, RowRefusal>| match answer {
        Ok(answer) => {
            let (precinct, line) = answer.precinct_and_line();
            match other(precinct.as_str(), line) {
                None => Ok(answer),
                Some(fault) => {
                    Err(RowRefusal { line, precinct: Some(precinct.to_string()), faults: vec![fault] })
                }
            }
        }
        Err(mut refusal) => {
            let twice = refusal.precinct.as_deref().and_then(|own| other(own, refusal.line));
            refusal.faults.extend(twice);
            Err(refusal)
        }
    };
    judged.into_iter().map(once).collect()
}

/// Several drafts of one author follow each other: each stands behind the one before, in the order of the file.
fn chain_drafts(drafted: &mut ImportOutcome) -> Result<(), ImportFault> {
    let mut last: BTreeMap<Id, (u64, Hash)> = BTreeMap::new();
    for draft in &mut drafted.drafts {
        if let Some((seq, hash)) = last.get(&draft.event.event.author) {
            let next = |event: &mut Event| (event.author_seq, event.author_prev) = (seq + 1, *hash);
            draft.event.event = draft.event.event.with_change(next).map_err(|error| ImportFault::Line {
                line: draft.line,
                expected: phrase!("import-canonical-event", "an event with a canonical form"),
                found: error.phrase(),
            })?;
        }
        let event = &draft.event.event;
        last.insert(event.author.clone(), (event.author_seq, event.hash()));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use law::facts::TurnoutReported;
    use ledger::Head;

    use super::*;

    /// By the law of this edition a commission has one precinct; the chain would hold if it had more.
    #[test]
    fn drafts_of_one_author_follow_each_other() {
        let id = |text: &str| Id::new(text).unwrap();
        let draft = |line: u64, author: &str| {
            let chain = Chain { author: id(author), election: Some(id("e")), desk: id("board") };
            let fact = Fact::TurnoutReported(TurnoutReported { issued: line, precinct: id("p") });
            let at = Time::parse("2025-10-12T22:30:00+05:00").unwrap();
            let event = Head::default().draft(chain, &fact, at, vec![event::Key([7; 32])]).unwrap();
            ProtocolDraft { line, precinct: id("p"), event, findings: Vec::new() }
        };
        let mut drafted = ImportOutcome {
            rows: 3,
            blank: 0,
            drafts: vec![draft(2, "a"), draft(3, "b"), draft(4, "a")],
            refused: Vec::new(),
            same: Vec::new(),
            without_row: Vec::new(),
            sums: Vec::new(),
            comparison: None,
            notes: Vec::new(),
        };
        chain_drafts(&mut drafted).unwrap();
        let places: Vec<u64> = drafted.drafts.iter().map(|own| own.event.event.author_seq).collect();
        assert_eq!(places, [0, 0, 1]);
        assert_eq!(drafted.drafts[2].event.event.author_prev, drafted.drafts[0].event.hash());
    }
}
