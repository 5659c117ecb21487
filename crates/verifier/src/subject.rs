//! What a finding is about.

use std::fmt;

use event::Id;
use serde::{Deserialize, Serialize};

use crate::found_message::bound_text;
use texts::Language;
use texts::law_text;

/// What a finding is about. Files, ids and precincts are called alike in every language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Subject {
    /// The entry at this index.
    Entry(u64),
    /// The newest checkpoint.
    Checkpoint,
    /// The published folder as a whole.
    Folder,
    /// All attachments.
    Attachments,
    /// The id that the observer pinned.
    PinnedId,
    /// A checkpoint that the observer pinned.
    PinnedCheckpoint,
    /// A snapshot by its number, or one file of it.
    Snapshot {
        /// The number.
        n: u64,
        /// The file.
        file: Option<String>,
    },
    /// A file, precinct, commission, projection or copy by its name.
    Named(String),
}

impl Subject {
    /// A snapshot as a whole.
    pub(crate) fn snapshot(n: u64) -> Self {
        Self::Snapshot { n, file: None }
    }

    /// One file of a snapshot.
    pub(crate) fn file_of(n: u64, file: &str) -> Self {
        Self::Snapshot { n, file: Some(file.to_owned()) }
    }

    /// Not longer than a report should be.
    pub(crate) fn bounded(self) -> Self {
        match self {
            Self::Snapshot { n, file: Some(file) } => Self::Snapshot { n, file: Some(bound_text(file)) },
            Self::Named(name) => Self::Named(bound_text(name)),
            other => other,
        }
    }

    /// Its name in a language, behind the entry where the finding is about one.
    #[must_use]
    pub fn text_in(&self, lang: Language, entry: Option<u64>) -> String {
        if lang == Language::En && entry.is_none() {
            return self.to_string();
        }
        let own = match self {
            Self::Entry(index) => {
                let index = index.to_string();
                law_text(lang, "range-one", &[("from", index.into())])
            }
            Self::Checkpoint => law_text(lang, "subject-checkpoint", &[]),
            Self::Folder => law_text(lang, "subject-folder", &[]),
            Self::Attachments => law_text(lang, "subject-attachments", &[]),
            Self::PinnedId => law_text(lang, "anchor-by-id", &[]),
            Self::PinnedCheckpoint => law_text(lang, "anchor-by-checkpoint", &[]),
            Self::Snapshot { n, file } => {
                let n = file.as_ref().map_or_else(|| n.to_string(), |file| format!("{n}, {file}"));
                law_text(lang, "subject-snapshot", &[("n", n.into())])
            }
            Self::Named(name) => name.clone(),
        };
        match entry {
            None => own,
            Some(entry) if *self == Self::Entry(entry) => own,
            Some(entry) => {
                let entry = entry.to_string();
                law_text(lang, "finding-entry", &[("entry", entry.into()), ("subject", own.into())])
            }
        }
    }
}

/// As it stands in the report as JSON.
impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Entry(index) => write!(f, "entry {index}"),
            Self::Checkpoint => f.write_str("checkpoint"),
            Self::Folder => f.write_str("the folder"),
            Self::Attachments => f.write_str("attachments"),
            Self::PinnedId => f.write_str("the pinned id"),
            Self::PinnedCheckpoint => f.write_str("the pinned checkpoint"),
            Self::Snapshot { n, file: None } => write!(f, "snapshot {n}"),
            Self::Snapshot { n, file: Some(file) } => write!(f, "snapshot {n}, {file}"),
            Self::Named(name) => f.write_str(name),
        }
    }
}

impl From<&str> for Subject {
    fn from(name: &str) -> Self {
        Self::Named(name.to_owned())
    }
}

impl From<String> for Subject {
    fn from(name: String) -> Self {
        Self::Named(name)
    }
}

impl From<&Id> for Subject {
    fn from(id: &Id) -> Self {
        Self::Named(id.to_string())
    }
}

impl From<&String> for Subject {
    fn from(name: &String) -> Self {
        Self::Named(name.clone())
    }
}

impl From<&Self> for Subject {
    fn from(subject: &Self) -> Self {
        subject.clone()
    }
}
