//! What the store needs to know of an entry, read from its bytes alone.
//!
//! Contains place, hashes, the author's chain. Does not contain signatures and law; the ledger's replay checks those
//! (`ledger::Entry`).
//!
//! ```text
//! {"event":{"at":…,"author":A,…,"author_seq":N,…,"desk":D,"election":E,…},"index":I,"prev":P,…}
//!          └───────────── its bytes make the event hash ────────────────┘
//! ```
//!
//! Appending, opening and rebuilding all come through [`Record::read`]: what is written to the tables on the day is what
//! a rebuild writes years later.

use event::{Hash, event_hash};
use ledger::ENTRY_BYTES_MAX;

/// An entry and what its bytes say.
#[derive(Debug, Clone)]
pub(crate) struct Record {
    pub(crate) entry: Vec<u8>,
    /// The leaf hash, which the next entry names as `prev`.
    pub(crate) hash: Hash,
    pub(crate) index: u64,
    pub(crate) prev: Hash,
    pub(crate) event: Hash,
    /// `author/election/desk`, with `-` for no election: as `ledger::Chain` writes it.
    pub(crate) chain: String,
    pub(crate) author_seq: u64,
}

/// Why bytes are no entry.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, phrase::Phrased)]
pub enum RecordFault {
    /// Too long.
    #[error("expected an entry of at most {ENTRY_BYTES_MAX} bytes, found {found}")]
    Length {
        /// Its bytes.
        found: usize,
    },
    /// A field that every entry or event has.
    #[error("expected an entry with the field {name} in its one form, found none")]
    Field {
        /// Its name.
        name: &'static str,
    },
}

impl Record {
    pub(crate) fn from_entry(entry: Vec<u8>) -> Result<Self, RecordFault> {
        if entry.len() > ENTRY_BYTES_MAX {
            return Err(RecordFault::Length { found: entry.len() });
        }
        let missing = |name| RecordFault::Field { name };
        let (mut event, mut index, mut prev) = (None, None, None);
        for (name, value) in Fields::of(&entry) {
            match name {
                b"event" => event = Some(value),
                b"index" => index = parse_integer(value),
                b"prev" => prev = parse_text(value).and_then(|text| Hash::parse(text).ok()),
                _ => {}
            }
        }
        let event = event.ok_or_else(|| missing("event"))?;
        let index = index.ok_or_else(|| missing("index"))?;
        let prev = prev.ok_or_else(|| missing("prev"))?;
        let (chain, author_seq) = author_place(event)?;
        let (hash, event) = (Hash(tlog::tree::leaf_hash(&entry)), event_hash(event));
        Ok(Self { entry, hash, index, prev, event, chain, author_seq })
    }
}

fn author_place(event: &[u8]) -> Result<(String, u64), RecordFault> {
    let missing = |name| RecordFault::Field { name };
    let (mut author, mut author_seq, mut desk, mut election) = (None, None, None, "-");
    for (name, value) in Fields::of(event) {
        match name {
            b"author" => author = parse_text(value),
            b"author_seq" => author_seq = parse_integer(value),
            b"desk" => desk = parse_text(value),
            b"election" => election = parse_text(value).ok_or_else(|| missing("election"))?,
            _ => {}
        }
    }
    let author = author.ok_or_else(|| missing("author"))?;
    let desk = desk.ok_or_else(|| missing("desk"))?;
    let author_seq = author_seq.ok_or_else(|| missing("author_seq"))?;
    Ok((format!("{author}/{election}/{desk}"), author_seq))
}

fn parse_integer(value: &[u8]) -> Option<u64> {
    core::str::from_utf8(value).ok()?.parse().ok()
}

fn parse_text(value: &[u8]) -> Option<&str> {
    core::str::from_utf8(value.strip_prefix(b"\"")?.strip_suffix(b"\"")?).ok()
}

/// The names and values of a canonical JSON object, in their order; stops early where the bytes are not one.
struct Fields<'a> {
    rest: &'a [u8],
}

impl<'a> Fields<'a> {
    fn of(object: &'a [u8]) -> Self {
        Self { rest: object.strip_prefix(b"{").unwrap_or_default() }
    }
}

impl<'a> Iterator for Fields<'a> {
    type Item = (&'a [u8], &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let from = self.rest.strip_prefix(b",").unwrap_or(self.rest).strip_prefix(b"\"")?;
        // The names are fixed ASCII words: no escapes to mind.
        let (name, rest) = from.split_at_checked(from.iter().position(|byte| *byte == b'"')?)?;
        let rest = rest.strip_prefix(b"\":")?;
        let (value, rest) = rest.split_at_checked(value_length(rest)?)?;
        self.rest = rest;
        Some((name, value))
    }
}

/// How long the value at the start is: up to the comma or bracket that ends it, in no string and no inner value.
fn value_length(bytes: &[u8]) -> Option<usize> {
    let (mut depth, mut quoted, mut escaped) = (0_usize, false, false);
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            _ if quoted => {}
            b',' if depth == 0 => return Some(at),
            b'{' | b'[' => depth += 1,
            b'}' | b']' if depth == 0 => return Some(at),
            b'}' | b']' => depth -= 1,
            _ => {}
        }
    }
    None
}
