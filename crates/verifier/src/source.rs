//! Where the bytes come from.
//!
//! In: the two shapes of a source. Out: how bytes are fetched (`folder`, `store`).

use std::collections::BTreeMap;

/// Everything that is to be verified, as bytes.
#[derive(Debug, Clone)]
pub struct Source {
    /// What the observer called it: a path or an address.
    pub name: String,
    /// What it holds.
    pub content: Content,
}

/// What a source holds.
#[derive(Debug, Clone)]
pub enum Content {
    /// A published ledger: paths with forward slashes, and bytes.
    Published(BTreeMap<String, Vec<u8>>),
    /// A ledger of this machine: its entries, and its newest signed checkpoint.
    Local {
        /// Leaves in order.
        entries: Vec<Vec<u8>>,
        /// The newest checkpoint.
        checkpoint: Option<Vec<u8>>,
    },
}

impl Source {
    /// The files of a published ledger.
    #[must_use]
    pub fn published(name: &str, files: BTreeMap<String, Vec<u8>>) -> Self {
        Self { name: name.to_owned(), content: Content::Published(files) }
    }

    /// A ledger of this machine.
    #[must_use]
    pub fn local(name: &str, entries: Vec<Vec<u8>>, checkpoint: Option<Vec<u8>>) -> Self {
        Self { name: name.to_owned(), content: Content::Local { entries, checkpoint } }
    }
}
