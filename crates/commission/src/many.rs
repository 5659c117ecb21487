//! Many acts at once: a table becomes a draft for each lawful row, and every other row is told with its reason.
//!
//! Columns are recognised by their usual Kazakh and Russian headings (`headings`); rows are drafted one after another, as if
//! the earlier ones had been taken in: who stands twice is told. Figures of protocols have a reader of their own
//! (`import`).

pub mod fault;
pub mod headings;
mod members;
mod rows;

use ledger::{Chain, Prospect};

use phrase::Phrase;

use crate::{
    described::{DescribedFact, all_facts, describe_fact, field::FieldKind},
    drafting::{Content, DraftOrder, Drafted, compose_draft, fault::DraftFault, ground::Ground},
    table::InputTable,
};
use fault::{ManyFault, RefusedRow, RowReason};
use headings::MappedColumn;
use members::{MemberGround, RowGroup};

/// Facts that a batch or a table never states: each is looked at alone.
pub const ALONE: [&str; 8] = [
    "ledger-opened",
    "root-keys-replaced",
    "ballots-accounted",
    "protocol-signed",
    "protocol-superseded",
    "results-determined",
    "certificate-issued",
    "certificate-revoked",
];

/// What became of a table.
#[derive(Debug)]
pub struct ManyOutcome {
    /// Which column was read as which field.
    pub columns: Vec<MappedColumn>,
    /// Columns that nothing was read from.
    pub unread: Vec<String>,
    /// Rows with anything in them.
    pub rows: u64,
    /// Drafts in the order of the table.
    pub drafts: Vec<RowDraft>,
    /// Rows that gave none.
    pub refused: Vec<RefusedRow>,
    /// What was found out about the file.
    pub notes: Vec<Phrase>,
}

/// The draft of one row, or of the rows of one commission.
#[derive(Debug)]
pub struct RowDraft {
    /// Where the row begins.
    pub line: u64,
    /// The draft, lawful after all before it.
    pub draft: Drafted,
}

/// Facts that a table can state: those without figures of a count, one row an act.
pub fn facts_of_tables() -> impl Iterator<Item = &'static DescribedFact> {
    all_facts().filter(|fact| {
        let nested = |kind: FieldKind| matches!(kind, FieldKind::Group(_) | FieldKind::Rows(..));
        let required = fact.fields.iter().any(|field| field.is_required() && nested(field.kind));
        !ALONE.contains(&fact.name) && (!required || fact.name == "commission-formed")
    })
}

/// Drafts of every row, one after another.
///
/// # Errors
/// [`ManyFault`] when the table as a whole cannot be read; single rows are refused, not the whole.
pub fn draft_table(
    prospect: Prospect<'_>,
    order: &DraftOrder<'_>,
    said: &[(String, String)],
    wanted: &[(String, String)],
    mut table: InputTable,
) -> Result<ManyOutcome, ManyFault> {
    let fact = describe_fact(order.fact).map_err(DraftFault::from)?;
    if !facts_of_tables().any(|one| one.name == fact.name) {
        let expected = facts_of_tables().map(|one| one.name).collect::<Vec<_>>().join(", ");
        return Err(ManyFault::NotForTables { fact: fact.name, expected });
    }
    let (columns, unread) = headings::map_columns(fact, &table.header, wanted)?;
    let state = prospect.state();
    let members = MemberGround {
        ledger: state.ledger.unwrap_or(event::Hash::ZERO),
        registered: &state.keys,
        dir: &order.dir,
        commission: said.iter().find(|(name, _)| name == "commission").map(|(_, id)| id.trim()),
    };
    let (groups, mut refused, rows) = rows::read_groups(fact, &columns, &mut table, &members)?;
    let mut outcome = ManyOutcome {
        columns,
        unread,
        rows,
        drafts: Vec::new(),
        refused: Vec::new(),
        notes: [table.notes.as_slice(), &table.closing_notes()].concat(),
    };
    let mut ground = Ground::Ledger(prospect);
    for group in groups {
        match draft_group(&mut ground, order, said, &group) {
            Ok(draft) => outcome.drafts.push(RowDraft { line: group.line, draft }),
            Err(fault) => refused.push(RefusedRow {
                line: group.line,
                name: group.name,
                reason: RowReason::Draft(Box::new(fault)),
            }),
        }
    }
    refused.sort_by_key(|row| row.line);
    outcome.refused = refused;
    Ok(outcome)
}

fn draft_group(
    ground: &mut Ground<'_>,
    order: &DraftOrder<'_>,
    said: &[(String, String)],
    group: &RowGroup,
) -> Result<Drafted, DraftFault> {
    // What a row says itself stands before what was said of all of them.
    let own = |name: &str| group.words.iter().any(|(field, _)| field == name);
    let mut words = group.words.clone();
    words.extend(said.iter().filter(|(name, _)| !own(name)).cloned());
    let draft = compose_draft(ground, order, Content { words, ..Content::default() })?;
    let findings = ground.judge(&draft.event, order.received)?;
    if let Ground::Ledger(prospect) = ground {
        prospect.expect_event(&draft.event, order.received)?;
    }
    Ok(Drafted { draft, findings })
}

impl RowDraft {
    /// The name of its file: its place in the chain comes first, since the files are sent in that order.
    #[must_use]
    pub fn file_name(&self) -> String {
        let event = &self.draft.draft.event.event;
        let chain = Chain::of_event(event);
        format!("{}-{}-{:05}-{}.json", chain.author, chain.desk, event.author_seq, event.fact)
    }
}
