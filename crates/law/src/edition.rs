//! Editions of the law: what differs between them, as data.
//!
//! In: which edition governs an election. Out: the rules that read it.

use serde::{Deserialize, Serialize};

/// A redaction of the constitutional law on elections.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Edition {
    /// In force for elections called from 1 January 2023 to 30 June 2026.
    #[serde(rename = "Z2025_01_01")]
    Z2025_01_01,
}

impl Edition {
    /// The edition's name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Z2025_01_01 => "Z2025_01_01",
        }
    }

    /// First and last local day on which an election may be called under it.
    #[must_use]
    pub fn called_between(self) -> (&'static str, &'static str) {
        match self {
            Self::Z2025_01_01 => ("2023-01-01", "2026-06-30"),
        }
    }
}
