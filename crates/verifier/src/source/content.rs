//! Where the bytes come from.
//!
//! Contains the shapes of a source. Elsewhere: how bytes are fetched (`folder`, `store`).

use std::{borrow::Cow, collections::BTreeMap, path::PathBuf};

use tlog::tile::EntriesPath;

use crate::source::{
    foreign::is_foreign,
    leaves::{Stored, Unreadable},
    own_file::OwnFile,
    paper::Paper,
};

/// Everything that is to be verified, as bytes.
#[derive(Debug, Clone)]
pub struct Source {
    /// What the observer called it: a path or an address.
    pub name: String,
    /// As what it was read: this stands in the verdict's sentence.
    pub kind: SourceKind,
    /// What it holds.
    pub content: Content,
    /// Files of systems and hosts that lie there too: no part of the ledger, and not read. Of a folder of them, its name.
    pub foreign: Vec<String>,
    /// Of a node's own store: what else lies in its folder, which nobody looked at. Of entries beyond the signed head, how
    /// many.
    pub beside: Beside,
    /// The temporary folder that holds what came in many bytes; removed with the last copy of the source.
    #[cfg(feature = "folder")]
    #[expect(dead_code, reason = "it is held so that it is removed with the source")]
    pub(crate) spool: Option<std::sync::Arc<tempfile::TempDir>>,
}

/// As what a source was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SourceKind {
    /// The files of a published ledger, from wherever they came.
    Files,
    /// A published ledger in a folder.
    Folder,
    /// A published ledger as a zip.
    Zip,
    /// A published ledger on a static server.
    Address,
    /// A node's own store: its journal and its head. Nothing that was published is looked at.
    Store,
}

impl SourceKind {
    /// The id of its text.
    #[must_use]
    pub fn text_id(self) -> &'static str {
        match self {
            Self::Files => "read-files",
            Self::Folder => "read-folder",
            Self::Zip => "read-zip",
            Self::Address => "read-address",
            Self::Store => "read-store",
        }
    }

    /// In the report as JSON, where folder, zip and address say the same of the same files.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Files | Self::Folder | Self::Zip | Self::Address => "published",
            Self::Store => "store",
        }
    }
}

/// What lies beside a node's own store and is not judged.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Beside {
    /// Names in its folder that are not the store's.
    pub names: Vec<String>,
    /// Entries of the journal behind the signed head: taken in, and not acknowledged to anybody yet.
    pub unsigned_entries: u64,
}

/// What a source holds.
#[derive(Debug, Clone)]
pub enum Content {
    /// A published ledger: paths with forward slashes, and bytes.
    Published(BTreeMap<String, Vec<u8>>),
    /// The same in a folder: its entry bundles, attachments and long files stay there and are read one after the other,
    /// everything else is here.
    Folder {
        /// The folder.
        root: PathBuf,
        /// All files but those.
        files: BTreeMap<String, Vec<u8>>,
        /// Long files with what they were found to be, by their paths inside the folder.
        apart: BTreeMap<String, Paper>,
        /// Paths of the bundles, inside the folder.
        bundles: Vec<EntriesPath>,
        /// Paths of the attachments, inside the folder.
        attachments: Vec<String>,
    },
    /// A ledger of this machine: its entries, and its newest signed checkpoint.
    Local {
        /// Leaves in order.
        entries: Vec<Vec<u8>>,
        /// The newest checkpoint.
        checkpoint: Option<Vec<u8>>,
        /// The papers that it keeps, by name.
        papers: BTreeMap<String, Paper>,
    },
}

impl Source {
    /// The files of a published ledger.
    #[must_use]
    pub fn from_published_files(name: &str, files: BTreeMap<String, Vec<u8>>) -> Self {
        let (foreign, files): (BTreeMap<_, _>, BTreeMap<_, _>) =
            files.into_iter().partition(|(path, _)| is_foreign(path));
        Self {
            name: name.to_owned(),
            kind: SourceKind::Files,
            content: Content::Published(files),
            foreign: foreign.into_keys().collect(),
            beside: Beside::default(),
            #[cfg(feature = "folder")]
            spool: None,
        }
    }

    /// A ledger of this machine.
    #[must_use]
    pub fn from_entries(name: &str, entries: Vec<Vec<u8>>, checkpoint: Option<Vec<u8>>) -> Self {
        Self {
            name: name.to_owned(),
            kind: SourceKind::Store,
            content: Content::Local { entries, checkpoint, papers: BTreeMap::new() },
            foreign: Vec::new(),
            beside: Beside::default(),
            #[cfg(feature = "folder")]
            spool: None,
        }
    }

    /// The same, with how it came.
    #[must_use]
    pub fn read_as(self, kind: SourceKind) -> Self {
        Self { kind, ..self }
    }

    /// The same, with what lies beside a node's own store.
    #[must_use]
    pub fn with_beside(self, beside: Beside) -> Self {
        Self { beside, ..self }
    }

    /// The files of a published ledger, without those that stay in its folder; nothing for a ledger of this machine.
    #[must_use]
    pub fn files(&self) -> Option<&BTreeMap<String, Vec<u8>>> {
        match &self.content {
            Content::Published(files) | Content::Folder { files, .. } => Some(files),
            Content::Local { .. } => None,
        }
    }

    /// The newest checkpoint that it has, if any.
    #[must_use]
    pub fn checkpoint(&self) -> Option<&[u8]> {
        match &self.content {
            Content::Published(files) | Content::Folder { files, .. } => {
                files.get("checkpoint").map(Vec::as_slice)
            }
            Content::Local { checkpoint, .. } => checkpoint.as_deref(),
        }
    }

    /// The attachments of a published ledger that read, with their paths.
    pub fn read_attachments(&self) -> impl Iterator<Item = (String, Vec<u8>)> {
        let read = self.list_attachments();
        read.filter_map(|(path, bytes)| Some((path.to_owned(), bytes.ok()?.into_owned())))
    }

    /// Every file of a published ledger but those of which only the entries or the hash count: bundles and attachments of a folder.
    pub(crate) fn list_own_files(&self) -> impl Iterator<Item = (&str, OwnFile<'_>)> {
        let held = self.files().into_iter().flatten();
        let held = held.map(|(path, bytes)| (path.as_str(), OwnFile::held(bytes)));
        let apart = match &self.content {
            Content::Folder { root, apart, .. } => Some((root, apart)),
            Content::Published(_) | Content::Local { .. } => None,
        };
        let apart = apart.into_iter().flat_map(|(root, apart)| {
            apart.iter().map(|(path, measured)| (path.as_str(), OwnFile::apart(root.join(path), *measured)))
        });
        held.chain(apart)
    }

    /// The bytes of one of these files; nothing where it is not there, or cannot be read.
    pub(crate) fn read_own_file(&self, path: &str) -> Option<Cow<'_, [u8]>> {
        match &self.content {
            Content::Folder { root, apart, .. } if apart.contains_key(path) => {
                let measured = apart.get(path)?;
                OwnFile::apart(root.join(path), *measured).read().ok()
            }
            _ => self.files()?.get(path).map(|bytes| Cow::Borrowed(bytes.as_slice())),
        }
    }

    /// Every attachment of a published ledger, one after the other, with its path; of one that cannot be read, why.
    pub(crate) fn list_attachments(&self) -> impl Iterator<Item = (&str, Result<Cow<'_, [u8]>, Unreadable>)> {
        let here = self.files().into_iter().flatten().filter(|(path, _)| attachment_name(path).is_some());
        let here = here.map(|(path, bytes)| (path.as_str(), Ok(Cow::Borrowed(bytes.as_slice()))));
        let (root, apart) = match &self.content {
            Content::Folder { root, attachments, .. } => (Some(root), attachments.as_slice()),
            Content::Published(_) | Content::Local { .. } => (None, [].as_slice()),
        };
        let apart = apart.iter().zip(root.into_iter().cycle());
        let read = |root: &PathBuf, path: &str| Stored::Apart(root.join(path)).read_bytes();
        here.chain(apart.map(move |(path, root)| (path.as_str(), read(root, path))))
    }

    /// Adds the papers that a ledger of this machine keeps; a published one has its own.
    #[must_use]
    pub fn with_papers(mut self, kept: BTreeMap<String, Paper>) -> Self {
        if let Content::Local { papers, .. } = &mut self.content {
            *papers = kept;
        }
        self
    }
}

/// The name in `attachments/<name>`.
pub(crate) fn attachment_name(path: &str) -> Option<&str> {
    path.strip_prefix("attachments/").filter(|name| !name.is_empty() && !name.contains('/'))
}
