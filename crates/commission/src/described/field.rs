//! A field of a fact: what kind of value it holds, in which unit, whether the ledger knows it, and an example.

use event::Document;
use serde_json::{Map, Value, json};

/// Whether a fact is about an election.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// It concerns the whole ledger and names no election.
    Ledger,
    /// It is about an election that was called.
    Election,
    /// It begins an election, whose id it brings in.
    NewElection,
}

/// One field.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// Its name in the format.
    pub name: &'static str,
    /// What it holds.
    pub kind: FieldKind,
    /// Who has to say it.
    pub need: Need,
    /// The text that says what it means.
    pub meaning: &'static str,
    /// A filled example, as people write it.
    pub example: &'static str,
    /// The article that it rests on, where it is another than the fact's.
    pub article: Option<&'static str>,
}

/// Who has to say a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// Whoever drafts.
    Must,
    /// Nobody: it may be left out.
    May,
    /// The ledger, wherever it follows from what is there; else whoever drafts.
    Follows,
    /// The ledger, where there is anything to say.
    MayFollow,
}

/// What a field holds.
#[derive(Debug, Clone, Copy)]
pub enum FieldKind {
    /// The id of something.
    Id(Named),
    /// Words.
    Text,
    /// A whole number.
    Count(Unit),
    /// A local time with its offset.
    Time,
    /// A local day, which stands as the time of its beginning.
    Day,
    /// The node's time, to the millisecond.
    Stamp,
    /// A paper, by its hash.
    Document,
    /// The hash of an event.
    Event,
    /// Another hash.
    Hash,
    /// A public key.
    Key,
    /// A signature that proves who holds a key.
    Proof,
    /// Yes or no; left out it is no.
    Flag,
    /// One of some words.
    Word(&'static [Choice]),
    /// Several ids.
    Ids(Named),
    /// Several texts.
    Texts,
    /// Several keys.
    Keys,
    /// A list by its number of lines and its root.
    List,
    /// Fields of their own.
    Group(&'static [Field]),
    /// Rows of fields, each known by its first column.
    Rows(&'static [Field], RowsOf),
}

/// What an id names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Named {
    /// Something that is new and gets the id.
    New,
    /// A candidate of the election.
    Candidate,
    /// A commission.
    Commission,
    /// A complaint of the election.
    Complaint,
    /// An election.
    Election,
    /// An organisation that may send observers.
    Organisation,
    /// A precinct.
    Precinct,
    /// A seat of the commission that is spoken of, or of the author.
    Seat,
}

/// What the rows of a form are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowsOf {
    /// One for each line of the ballot.
    BallotLines,
    /// One for each seat of the author.
    OwnSeats,
    /// As many as are filled in; the form has room for so many.
    Free(usize),
}

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the words say it")]
pub enum Unit {
    Applications,
    Ballots,
    Boxes,
    Bytes,
    Candidates,
    Copies,
    Entries,
    Keys,
    Minutes,
    Number,
    People,
    Precincts,
    Signatures,
    Voters,
    Votes,
    Year,
}

/// One of some words.
#[derive(Debug, Clone, Copy)]
pub struct Choice {
    /// As it stands in the format.
    pub word: &'static str,
    /// The text that says it.
    pub text: &'static str,
}

/// A field that whoever drafts has to say.
pub(super) const fn must(
    name: &'static str,
    kind: FieldKind,
    meaning: &'static str,
    example: &'static str,
) -> Field {
    Field { name, kind, need: Need::Must, meaning, example, article: None }
}

/// A field that may be left out.
pub(super) const fn may(
    name: &'static str,
    kind: FieldKind,
    meaning: &'static str,
    example: &'static str,
) -> Field {
    Field { name, kind, need: Need::May, meaning, example, article: None }
}

/// A field that follows from the ledger.
pub(super) const fn follows(
    name: &'static str,
    kind: FieldKind,
    meaning: &'static str,
    example: &'static str,
) -> Field {
    Field { name, kind, need: Need::Follows, meaning, example, article: None }
}

impl Field {
    /// The same with an article of its own.
    #[must_use]
    pub(super) const fn by(mut self, article: &'static str) -> Self {
        self.article = Some(article);
        self
    }

    /// The same, which may be left out where the ledger has nothing to say.
    #[must_use]
    pub(super) const fn or_nothing(mut self) -> Self {
        self.need = Need::MayFollow;
        self
    }

    /// Whether a body is no fact without it.
    #[must_use]
    pub fn is_required(&self) -> bool {
        matches!(self.need, Need::Must | Need::Follows)
    }

    /// Its example as it stands in a body.
    #[must_use]
    pub fn example_value(&self) -> Value {
        let words = || self.example.split("; ");
        match self.kind {
            FieldKind::Count(_) => json!(self.example.parse::<u64>().unwrap_or_default()),
            FieldKind::Flag => json!(true),
            FieldKind::Document => json!(Document::public(self.example.as_bytes())),
            FieldKind::Ids(_) | FieldKind::Texts | FieldKind::Keys => json!(words().collect::<Vec<_>>()),
            FieldKind::List => json!(event::List { count: 1, root: event::Hash::ZERO }),
            FieldKind::Group(fields) => Value::Object(example_of(fields)),
            FieldKind::Rows(fields, _) => json!([Value::Object(example_of(fields))]),
            FieldKind::Event | FieldKind::Hash => json!(event::sha256(&[self.example.as_bytes()])),
            FieldKind::Id(_)
            | FieldKind::Text
            | FieldKind::Time
            | FieldKind::Day
            | FieldKind::Stamp
            | FieldKind::Key
            | FieldKind::Proof
            | FieldKind::Word(_) => json!(self.example),
        }
    }
}

/// The examples of fields as one object.
pub(super) fn example_of(fields: &[Field]) -> Map<String, Value> {
    fields.iter().map(|field| (field.name.to_owned(), field.example_value())).collect()
}
