//! Evidence files: proof of a lie, small enough to hand on, that another program can check offline.
//!
//! Contains the one format and its kinds. Elsewhere: whether a file proves what it says (`judge`), making one from what
//! a verification found (`collect`).
//!
//! ```text
//! canonical {charter, claim: {<kind>: {…}}, handovers?, v: 1}       bytes in base64, hashes in hexadecimal
//! ```
//!
//! A file holds only what others signed, and proofs over it: notes, entries, bundles, hashes. Nothing that its maker says
//! is believed. It proves misbehaviour in the ledger whose charter it carries; whether that is the ledger people speak of, the
//! ledger's id tells.

use event::{Hash, json};
use serde::{Deserialize, Serialize};

use crate::evidence::blob::Blob;

/// The version of the format.
pub const VERSION: u64 = 1;

/// Largest file that is read: the bundles of a ledger of a million entries in base64.
pub const BYTES_MAX: u64 = 2 << 30;

/// One lie, with everything that shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// The bytes of entry 0: the ledger's id, the origin, and the keys of log, office and root follow from it.
    pub charter: Blob,
    /// What is wrong.
    pub claim: Claim,
    /// How the log's key, or the root keys that replace it, changed; ascending by entry.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub handovers: Vec<Handover>,
    /// 1.
    pub v: u64,
}

/// What a file proves, by its kind: an object with one field, named for the kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "ClaimFields", into = "ClaimFields")]
pub enum Claim {
    /// A commission signed two protocols with other figures for one place in its chain.
    AuthorFork(AuthorFork),
    /// An entry that no log may take in stands in a tree that the log signed.
    BadEntry(BadEntry),
    /// The office announced a snapshot with projections that do not follow from the entries.
    FalseAnnouncement(FalseAnnouncement),
    /// A file of a snapshot does not follow from the entries under the root that the office signed with it.
    FalseFile(FalseFile),
    /// The log proved that it took an event in, and signed a tree without it.
    ReceiptNotHonoured(ReceiptNotHonoured),
    /// A checkpoint under a log key that was not in force at its size.
    RetiredKey(RetiredKey),
    /// A tree that the log signed holds an event that the law refuses.
    RuleBroken(RuleBroken),
    /// Two signed trees, neither of which is the beginning of the other.
    SplitView(SplitView),
    /// Witnesses saw the log stand still for longer than its charter promises, on a voting night.
    StaleLog(StaleLog),
    /// The office signed another root for a size than the log did.
    TwoRoots(TwoRoots),
}

/// An entry and its inclusion proof in the tree that the surrounding checkpoint signs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Proved {
    /// The leaf's bytes; absent where it has none.
    #[serde(default, skip_serializing_if = "Blob::is_empty")]
    pub entry: Blob,
    /// Its index.
    pub index: u64,
    /// RFC 6962 inclusion proof, from the leaf upwards.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub proof: Vec<Hash>,
}

/// An entry `log-key-replaced` or `root-keys-replaced`, under a checkpoint that the log signed after it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Handover {
    /// A signed note under the key in force at its size.
    pub checkpoint: Blob,
    /// The entry in that tree.
    pub proved: Proved,
}

/// Two trees: the newer one's beginning is not the older one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SplitView {
    /// A checkpoint's signed note, of the same size or a larger one.
    pub newer: Blob,
    /// A checkpoint's signed note.
    pub older: Blob,
    /// RFC 6962 consistency proof from `root` to the newer root; none when the sizes are equal.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub proof: Vec<Hash>,
    /// The root that the newer tree has at the older one's size.
    pub root: Hash,
}

/// A checkpoint under another key than the one in force at its size.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RetiredKey {
    /// Its signed note.
    pub checkpoint: Blob,
}

/// A receipt, and a later tree in which its entry does not stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReceiptNotHonoured {
    /// The signed event: canonical `{event, signatures}`.
    pub event: Blob,
    /// The later checkpoint's signed note.
    pub newer: Blob,
    /// RFC 6962 consistency proof from `root` to the newer root.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub proof: Vec<Hash>,
    /// The receipt: a C2SP tlog-proof.
    pub receipt: Blob,
    /// The root that the newer tree has at the size of the receipt's checkpoint.
    pub root: Hash,
}

/// A checkpoint that witnesses cosigned long after its last entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StaleLog {
    /// The `election-called` entry whose voting night it was.
    pub called: Proved,
    /// The cosigned note.
    pub checkpoint: Blob,
    /// The last entry of its tree.
    pub last: Proved,
}

/// Two protocols with other figures at one place of a commission's chain, one of them in the ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AuthorFork {
    /// C2SP entry bundles of 256 entries, the last one shorter: the entries from 0 to the stated size, with one of the events.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bundles: Vec<Blob>,
    /// A checkpoint's signed note, of that size or a larger one.
    pub checkpoint: Blob,
    /// The stated size: how many entries the bundles hold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entries: Option<u64>,
    /// The signed events: canonical `{event, signatures}`, ascending by event hash.
    pub events: [Blob; 2],
    /// RFC 6962 consistency proof from the tree of the bundles to the checkpoint's.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub proof: Vec<Hash>,
    /// Entries that registered keys of the signers, as older files carry them. They prove nothing: a key may have been
    /// revoked since.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub registrations: Vec<Proved>,
}

/// An entry that does not read, is not signed by its signers, or does not stand where it says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BadEntry {
    /// The checkpoint's signed note.
    pub checkpoint: Blob,
    /// Hash and proof of the entry before it, where it is the link that is wrong.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub previous: Option<Leaf>,
    /// The entry.
    pub proved: Proved,
}

/// A leaf by its hash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Leaf {
    /// RFC 6962 leaf hash.
    pub hash: Hash,
    /// Its inclusion proof.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub proof: Vec<Hash>,
}

/// Every entry up to one that the law refuses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleBroken {
    /// C2SP entry bundles of 256 entries, the last one shorter: entries 0 to the refused one.
    pub bundles: Vec<Blob>,
    /// The checkpoint's signed note.
    pub checkpoint: Blob,
    /// How many entries the bundles hold.
    pub entries: u64,
    /// RFC 6962 consistency proof from the tree of the bundles to the checkpoint's.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub proof: Vec<Hash>,
}

/// Every entry of a snapshot, and what its office signed for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FalseFile {
    /// C2SP entry bundles of 256 entries, the last one shorter: the entries under the manifest's root.
    pub bundles: Vec<Blob>,
    /// The file's bytes, for a workbook: it is compared by its parts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<Blob>,
    /// The snapshot's manifest.json.
    pub manifest: Blob,
    /// Which of its files: `projections/…`, `report/…` or `site/…`.
    pub name: event::Text,
    /// The snapshot's manifest.sig.
    pub signature: Blob,
}

/// Every entry up to an announcement of a snapshot whose projections are not those that follow.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FalseAnnouncement {
    /// C2SP entry bundles of 256 entries, the last one shorter: entries 0 to the `snapshot-published`.
    pub bundles: Vec<Blob>,
    /// How many entries the bundles hold.
    pub entries: u64,
}

/// A manifest, and a checkpoint over entries that have another root at its size.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TwoRoots {
    /// C2SP entry bundles of 256 entries, the last one shorter: as many entries as the manifest's size.
    pub bundles: Vec<Blob>,
    /// The checkpoint's signed note, of that size or a larger one.
    pub checkpoint: Blob,
    /// The snapshot's manifest.json.
    pub manifest: Blob,
    /// RFC 6962 consistency proof from the tree of the bundles to the checkpoint's.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub proof: Vec<Hash>,
    /// The snapshot's manifest.sig.
    pub signature: Blob,
}

/// The names of all kinds, in order.
pub const KINDS: [&str; 10] = [
    "author-fork",
    "bad-entry",
    "false-announcement",
    "false-file",
    "receipt-not-honoured",
    "retired-key",
    "rule-broken",
    "split-view",
    "stale-log",
    "two-roots",
];

impl Claim {
    /// The name of its kind, as it stands in the file.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::AuthorFork(_) => "author-fork",
            Self::BadEntry(_) => "bad-entry",
            Self::FalseAnnouncement(_) => "false-announcement",
            Self::FalseFile(_) => "false-file",
            Self::ReceiptNotHonoured(_) => "receipt-not-honoured",
            Self::RetiredKey(_) => "retired-key",
            Self::RuleBroken(_) => "rule-broken",
            Self::SplitView(_) => "split-view",
            Self::StaleLog(_) => "stale-log",
            Self::TwoRoots(_) => "two-roots",
        }
    }
}

impl Evidence {
    /// Reads the one spelling.
    ///
    /// # Errors
    /// The first fault, with its position.
    pub fn decode(bytes: &[u8]) -> Result<Self, json::DecodeError> {
        json::decode(bytes)
    }

    /// Its canonical bytes.
    ///
    /// # Errors
    /// Never for evidence that this crate made.
    pub fn encode(&self) -> Result<Vec<u8>, json::DecodeError> {
        json::encode(self)
    }

    /// The name under which it is kept: the kind, and the beginning of its SHA-256.
    ///
    /// # Errors
    /// As [`Self::encode`].
    pub fn file_name(&self) -> Result<String, json::DecodeError> {
        let hash = event::sha256(&[&self.encode()?]).to_string();
        Ok(format!("{}-{}.evidence", self.claim.kind(), hash.get(..12).unwrap_or_default()))
    }
}

/// The claim as it stands in the file: an object with exactly one field.
macro_rules! claims {
    ($($field:ident $kind:ident)*) => {
        #[derive(Clone, Serialize, Deserialize)]
        #[serde(deny_unknown_fields)]
        struct ClaimFields {
            $(#[serde(default, skip_serializing_if = "Option::is_none")] $field: Option<$kind>,)*
        }

        impl From<Claim> for ClaimFields {
            fn from(claim: Claim) -> Self {
                let mut claims = Self { $($field: None,)* };
                match claim {
                    $(Claim::$kind(content) => claims.$field = Some(content),)*
                }
                claims
            }
        }

        impl TryFrom<ClaimFields> for Claim {
            type Error = String;

            fn try_from(claims: ClaimFields) -> Result<Self, Self::Error> {
                let mut found = Vec::new();
                $(found.extend(claims.$field.map(Claim::$kind));)*
                let count = found.len();
                match found.pop() {
                    Some(claim) if count == 1 => Ok(claim),
                    _ => Err(format!("expected one claim, found {count}")),
                }
            }
        }
    };
}

claims! {
    author_fork AuthorFork
    bad_entry BadEntry
    false_announcement FalseAnnouncement
    false_file FalseFile
    receipt_not_honoured ReceiptNotHonoured
    retired_key RetiredKey
    rule_broken RuleBroken
    split_view SplitView
    stale_log StaleLog
    two_roots TwoRoots
}
