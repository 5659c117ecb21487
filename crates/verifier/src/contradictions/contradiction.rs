//! A line that a published table has otherwise than the entries.
//!
//! Contains what is known of it. Elsewhere: how it is found (`contradictions`), the words (`report::on_paper`).

use std::collections::BTreeSet;

use event::Id;

/// One line of the paper, as a table or an entry has it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum ContradictedLine {
    /// The protocol as a whole.
    Protocol,
    /// A figure by its name in `lines.csv`.
    Figure(&'static str),
    /// Votes for this candidate.
    Votes(Id),
    /// The number of the precinct.
    Number,
    /// The name of this candidate in Kazakh.
    NameKk(Id),
    /// The name of this candidate in Russian.
    NameRu(Id),
    /// Who is elected.
    Elected,
}

/// What entries say of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EntryValue {
    /// This entry has this value.
    Stated {
        /// The entry.
        index: u64,
        /// The value.
        value: String,
    },
    /// The protocols that count add up to this.
    Sum(u64),
    /// No entry has the line.
    Nothing,
}

/// A line that a published table has otherwise than the entries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contradiction {
    /// The snapshot.
    pub snapshot: u64,
    /// Its tables that say so.
    pub files: BTreeSet<String>,
    /// The election; none for what belongs to none.
    pub election: Id,
    /// The precinct; none for the election as a whole.
    pub precinct: Option<Id>,
    /// The line.
    pub line: ContradictedLine,
    /// What was published; none where the line is left out.
    pub published: Option<String>,
    /// What the entries say.
    pub entry: EntryValue,
}

/// Everything that published tables have otherwise than the entries.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Contradictions {
    /// In the order of snapshots, then elections, precincts and lines.
    pub listed: Vec<Contradiction>,
    /// How many more there are.
    pub unlisted: u64,
}
