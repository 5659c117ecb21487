//! Why a check was not made.

use std::fmt;

use serde::{Deserialize, Serialize};

use texts::Language;
use texts::law_text;

/// Why a check was not made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotRun {
    /// The source holds nothing that it examines.
    NothingToExamine,
    /// This version does not make it.
    NotBuilt,
    /// No entries could be read.
    NoEntries,
    /// No ledger id was pinned.
    NoPinnedId,
    /// No older checkpoint was pinned.
    NoPinnedCheckpoint,
    /// No checkpoint of the same size was pinned.
    NoCheckpointOfSameSize,
    /// No scanned code was given.
    NoScan,
    /// No policy was given.
    NoPolicy,
    /// The ledger has no charter.
    NoCharter,
    /// No witness of the policy cosigned.
    NoCosignature,
    /// Times of receipt come from a script.
    SimulatedClock,
    /// No other copy was given.
    NoMirror,
    /// No published copy was given to compare a node's own store with.
    NoPublishedCopy,
    /// The source is no node's own store.
    NoStore,
    /// No event that a territorial commission handed out was given.
    NoHandedOutEvent,
    /// No receipt was given.
    NoReceipt,
    /// No size and root from elsewhere were given.
    NoHead,
    /// No evidence that was committed to was given.
    NoSealedEvidence,
    /// No copies of protocols were given.
    NoCopies,
    /// The ledger holds none of the protocols that copies were given of.
    NoCopyHeld,
    /// The precincts of the copies were not drawn by lot.
    NoQuickCount,
    /// The sample of a quick count is too small.
    SmallSample,
    /// A person makes it.
    ByHand,
    /// No checkpoint was signed by the log key.
    NoSignedCheckpoint,
    /// The machine did not give a file with entries.
    Unreadable,
    /// The replay did not come to the size of a snapshot, or no entry announces it.
    SnapshotNotReached,
    /// The replay did not come to a size.
    SizeNotReached {
        /// The size.
        size: u64,
    },
    /// The pages of a snapshot have a form that this program does not know.
    UnknownSiteFormat {
        /// Its number.
        format: u64,
    },
    /// This program does not know the hash of a released verifier page.
    NoReleasedVerifier,
    /// Another version made the snapshot, and its verifier page is another.
    OtherReleasesVerifier,
    /// The replay stopped.
    Stopped {
        /// The entry at which it stopped.
        entry: u64,
    },
}

impl NotRun {
    /// The id of its text.
    #[must_use]
    pub fn text_id(self) -> &'static str {
        match self {
            Self::NothingToExamine => "reason-nothing",
            Self::NotBuilt => "reason-unbuilt",
            Self::NoEntries => "reason-no-entries",
            Self::NoPinnedId => "reason-no-id",
            Self::NoPinnedCheckpoint => "reason-no-older",
            Self::NoCheckpointOfSameSize => "reason-no-same-size",
            Self::NoScan => "reason-no-code",
            Self::NoPolicy => "reason-no-policy",
            Self::NoCharter => "reason-no-charter",
            Self::NoCosignature => "reason-no-cosignature",
            Self::SimulatedClock => "reason-simulated",
            Self::NoMirror => "reason-no-mirror",
            Self::NoPublishedCopy => "reason-no-export",
            Self::NoStore => "reason-no-store",
            Self::NoHandedOutEvent => "reason-no-event",
            Self::NoReceipt => "reason-no-receipt",
            Self::NoHead => "reason-no-head",
            Self::NoSealedEvidence => "reason-no-sealed",
            Self::NoCopies => "reason-no-copies",
            Self::NoCopyHeld => "reason-no-copy-held",
            Self::NoQuickCount => "reason-no-quick-count",
            Self::SmallSample => "reason-small-sample",
            Self::ByHand => "reason-by-hand",
            Self::NoSignedCheckpoint => "reason-no-checkpoint",
            Self::Unreadable => "reason-unreadable",
            Self::SnapshotNotReached => "reason-unreached-snapshot",
            Self::SizeNotReached { .. } => "reason-unreached-size",
            Self::UnknownSiteFormat { .. } => "reason-site-format",
            Self::NoReleasedVerifier => "reason-no-verifier-page",
            Self::OtherReleasesVerifier => "reason-other-verifier-page",
            Self::Stopped { .. } => "reason-stopped",
        }
    }

    /// The reason in a language.
    #[must_use]
    pub fn text_in(self, lang: Language) -> String {
        match self {
            _ if lang == Language::En => self.to_string(),
            Self::SizeNotReached { size: n }
            | Self::Stopped { entry: n }
            | Self::UnknownSiteFormat { format: n } => {
                // Sizes and entries are not put in groups of three.
                law_text(lang, self.text_id(), &[("n", n.to_string().into())])
            }
            _ => law_text(lang, self.text_id(), &[]),
        }
    }
}

/// As it stands in the report as JSON.
impl fmt::Display for NotRun {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NothingToExamine => "nothing to examine",
            Self::NotBuilt => "not built yet",
            Self::NoEntries => "no entries could be read",
            Self::NoPinnedId => "no ledger id pinned: give --pin with the id printed elsewhere",
            Self::NoPinnedCheckpoint => "no older checkpoint pinned: give --pin with one kept from before",
            Self::NoCheckpointOfSameSize => "no checkpoint of the same size pinned",
            Self::NoScan => "no scanned code given: give --qr with the text of a slip's codes",
            Self::NoPolicy => "no policy given: give --policy with the witnesses that you trust",
            Self::NoCharter => "no charter to take the log key from",
            Self::NoCosignature => "no cosignature of a witness of the policy",
            Self::SimulatedClock => "the clock is simulated: times of receipt come from a script",
            Self::NoMirror => "no other copy given: give --mirror with an address, a folder or a zip",
            Self::NoPublishedCopy => {
                "no published copy given: give --mirror with the place it was published to"
            }
            Self::NoStore => "the source is no node's own store: only the operator can make this check",
            Self::NoHandedOutEvent => {
                "no event of a territorial commission given: give --pin with the signed file it handed out"
            }
            Self::NoReceipt => "no receipt given: give --pin with a receipt (.tlog-proof)",
            Self::NoHead => "no head from elsewhere given: give --pin with its size and root",
            Self::NoSealedEvidence => "no sealed evidence given: give --sealed with a table of commitments",
            Self::NoCopies => "no copies of protocols given: give --copies with a table of them",
            Self::NoCopyHeld => "no copy of a protocol that this ledger holds",
            Self::NoQuickCount => {
                "no quick count given: say --by-lot where the precincts of --copies were drawn by lot"
            }
            Self::SmallSample => "a sample of fewer than 30 precincts has no margin to rely on",
            Self::ByHand => {
                "for your own eyes: compare the values under \"Compare these with your own eyes\""
            }
            Self::NoSignedCheckpoint => "no checkpoint that the log key signed",
            Self::Unreadable => "a file with entries could not be read",
            Self::SnapshotNotReached => {
                "the replay did not reach the size of a snapshot, or nobody announced it"
            }
            Self::SizeNotReached { size } => return write!(f, "the replay did not reach size {size}"),
            Self::UnknownSiteFormat { format } => {
                return write!(f, "pages of form {format}, which this version cannot make: verify with a newer one");
            }
            Self::NoReleasedVerifier => "this program knows no hash of a released verify.html",
            Self::OtherReleasesVerifier => {
                "another version made the snapshot and its verify.html: compare the hash with that of its release"
            }
            Self::Stopped { entry } => return write!(f, "the replay stopped at entry {entry}"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use texts::law_catalogue;

    /// Every reason.
    const ALL: [NotRun; 31] = [
        NotRun::NothingToExamine,
        NotRun::NotBuilt,
        NotRun::NoEntries,
        NotRun::NoPinnedId,
        NotRun::NoPinnedCheckpoint,
        NotRun::NoCheckpointOfSameSize,
        NotRun::NoScan,
        NotRun::NoPolicy,
        NotRun::NoCharter,
        NotRun::NoCosignature,
        NotRun::SimulatedClock,
        NotRun::NoMirror,
        NotRun::NoPublishedCopy,
        NotRun::NoStore,
        NotRun::NoHandedOutEvent,
        NotRun::NoReceipt,
        NotRun::NoHead,
        NotRun::NoSealedEvidence,
        NotRun::NoCopies,
        NotRun::NoCopyHeld,
        NotRun::NoQuickCount,
        NotRun::SmallSample,
        NotRun::ByHand,
        NotRun::NoSignedCheckpoint,
        NotRun::Unreadable,
        NotRun::SnapshotNotReached,
        NotRun::SizeNotReached { size: 12_345 },
        NotRun::UnknownSiteFormat { format: 12_345 },
        NotRun::NoReleasedVerifier,
        NotRun::OtherReleasesVerifier,
        NotRun::Stopped { entry: 12_345 },
    ];

    #[test]
    fn every_reason_has_a_text_in_every_language() {
        for lang in Language::ALL {
            for reason in ALL {
                assert!(
                    law_catalogue().has_text(lang, reason.text_id()),
                    "{reason:?} in {}",
                    lang.iso_code()
                );
                let told = reason.text_in(lang);
                assert!(lang == Language::En || told != reason.to_string(), "{reason:?}: {told}");
                let number = matches!(reason, NotRun::SizeNotReached { .. } | NotRun::Stopped { .. });
                assert!(!number || told.contains("12345"), "{told}");
            }
        }
    }
}
