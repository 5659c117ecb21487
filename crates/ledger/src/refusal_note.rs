//! What a node signs when it refuses an event: evidence that it was asked, and what it said.
//!
//! Contains the text, its strict reading, signing and opening the note. Does not contain why something is refused
//! (`Refusal`, `law`).
//!
//! ```text
//! hattama-refusal-v1
//! ledger <ledger id, hex>
//! event <event hash, hex>
//! rule <id of the rule>
//! time <node's time>
//! ```
//!
//! The service key of the charter signs it under the name `<origin>/node`; the log key never does.

use alloc::{
    format,
    string::{String, ToString},
};

use event::{Hash, Stamp};
use law::{Rule, facts::LedgerOpened};
use tlog::note::{KeyError, Note, NoteError, NoteSigner, VerifierKey};

/// The first line, which no other signed text has.
const FIRST_LINE: &str = "hattama-refusal-v1";

/// One refusal: which event, under which rule, when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RefusalNote {
    /// The ledger that the node keeps.
    pub ledger: Hash,
    /// The event that it was shown.
    pub event: Hash,
    /// The rule that the event does not meet.
    pub rule: Rule,
    /// When, by the node's clock.
    pub time: Stamp,
}

/// Why a text or note is no refusal of this ledger's node.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, phrase::Phrased)]
pub enum RefusalNoteError {
    /// The note does not read, or the service key did not sign it.
    #[error(transparent)]
    Note(#[from] NoteError),
    /// The charter's origin has no key name.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// Another text.
    #[error("expected the first line {FIRST_LINE}, found {found:?}")]
    FirstLine {
        /// The line.
        found: String,
    },
    /// A line that is not there, or not in its one spelling.
    #[error("expected a line `{name} …`, found {found:?}")]
    Line {
        /// Its first word.
        name: &'static str,
        /// The line.
        found: String,
    },
    /// A rule that this version does not know.
    #[error("expected the id of a rule, found {found:?}")]
    Rule {
        /// The id.
        found: String,
    },
    /// More lines, or no line feed at the end.
    #[error("expected five lines, each ending with a line feed, found another text")]
    Respelt,
    /// A refusal of another ledger.
    #[error("expected a refusal of ledger {expected}, found one of {found}")]
    ForeignLedger {
        /// The ledger asked about.
        expected: Hash,
        /// The note's.
        found: Hash,
    },
}

impl RefusalNote {
    /// The signed text.
    #[must_use]
    pub fn text(&self) -> String {
        let Self { ledger, event, rule, time } = self;
        format!("{FIRST_LINE}\nledger {ledger}\nevent {event}\nrule {}\ntime {time}\n", rule.id())
    }

    /// Reads the text, in its one spelling only.
    ///
    /// # Errors
    /// [`RefusalNoteError`].
    pub fn parse(text: &str) -> Result<Self, RefusalNoteError> {
        let mut lines = text.split('\n');
        let first = lines.next().unwrap_or_default();
        if first != FIRST_LINE {
            return Err(RefusalNoteError::FirstLine { found: first.to_string() });
        }
        let ledger = hash("ledger", lines.next())?;
        let event = hash("event", lines.next())?;
        let id = parse_value("rule", lines.next())?;
        let rule = Rule::of(id);
        let rule = rule.ok_or_else(|| RefusalNoteError::Rule { found: id.to_string() })?;
        let time = parse_value("time", lines.next())?;
        let wrong = |_| RefusalNoteError::Line { name: "time", found: time.to_string() };
        let note = Self { ledger, event, rule, time: Stamp::parse(time).map_err(wrong)? };
        // One spelling: whatever was read is written again and compared.
        if note.text() == text { Ok(note) } else { Err(RefusalNoteError::Respelt) }
    }

    /// Signs it as a note.
    ///
    /// # Errors
    /// [`RefusalNoteError::Note`]; never for a text that is made here.
    pub fn sign(&self, service: &NoteSigner) -> Result<String, RefusalNoteError> {
        Ok(service.sign(&self.text())?)
    }

    /// Opens a note that the service key of this ledger's charter signed.
    ///
    /// # Errors
    /// [`RefusalNoteError`].
    pub fn open(note: &[u8], ledger: &Hash, charter: &LedgerOpened) -> Result<Self, RefusalNoteError> {
        let note = Note::parse(note)?;
        let key = VerifierKey::new(&Self::key_name(charter), charter.service_key.key.0)?;
        note.verify(&[key])?;
        let read = Self::parse(note.text())?;
        if read.ledger != *ledger {
            return Err(RefusalNoteError::ForeignLedger { expected: *ledger, found: read.ledger });
        }
        Ok(read)
    }

    /// The name under which the service key signs.
    #[must_use]
    pub fn key_name(charter: &LedgerOpened) -> String {
        format!("{}/node", charter.origin.as_str())
    }
}

fn parse_value<'a>(name: &'static str, line: Option<&'a str>) -> Result<&'a str, RefusalNoteError> {
    let line = line.unwrap_or_default();
    let found = || RefusalNoteError::Line { name, found: line.to_string() };
    line.strip_prefix(name).and_then(|rest| rest.strip_prefix(' ')).ok_or_else(found)
}

fn hash(name: &'static str, line: Option<&str>) -> Result<Hash, RefusalNoteError> {
    let text = parse_value(name, line)?;
    Hash::parse(text).map_err(|_| RefusalNoteError::Line { name, found: text.to_string() })
}
