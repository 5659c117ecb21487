//! What stands behind the entries from outside.

/// What anchors a ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// Nothing was pinned.
    Nothing,
    /// What was pinned does not fit this ledger.
    Contradicted,
    /// What was pinned could not be used.
    Unusable,
    /// The id, which is the hash of the first event.
    Id,
    /// An older checkpoint, or one as new.
    Checkpoint,
    /// Enough witnesses of the observer's policy.
    Witnesses,
}

impl Anchor {
    /// As it stands in the report as JSON.
    pub(crate) fn word(self) -> Option<&'static str> {
        match self {
            Self::Nothing | Self::Contradicted | Self::Unusable => None,
            Self::Id => Some("the pinned id"),
            Self::Checkpoint => Some("the pinned checkpoint"),
            Self::Witnesses => Some("the witnesses of the policy"),
        }
    }

    /// The id of its text.
    pub(crate) fn text_id(self) -> Option<&'static str> {
        match self {
            Self::Nothing | Self::Contradicted | Self::Unusable => None,
            Self::Id => Some("anchor-by-id"),
            Self::Checkpoint => Some("anchor-by-checkpoint"),
            Self::Witnesses => Some("anchor-by-witnesses"),
        }
    }
}
