//! Policies: which logs and which witnesses make a checkpoint count (C2SP tlog-policy).
//!
//! ```text
//! log <vkey> [<url>]
//! witness <name> <vkey> [<url>]
//! group <name> all|any|<k> <member> ...
//! quorum <name>|none                        exactly one
//! ```
//!
//! Contains the strict parser, and judging the note of a checkpoint: one of the logs signed it, and
//! enough witnesses cosigned it. Does not contain ML-DSA-44 keys (type 06), what a URL means, how
//! long a policy is valid and who may change it, how old a cosignature may be, and writing
//! policies.
//!
//! Names and URLs are octets, of which nothing but their equality is known.

mod error;
mod judge;
mod parse;

use alloc::vec::Vec;

pub use self::error::PolicyError;
pub use self::judge::{Cosignature, JudgeError, Judged, QuorumNotMet};
use crate::cosignature::CosignerKey;
use crate::note::VerifierKey;

/// The most bytes of a policy: room for every line it may have, with long names and URLs.
pub const MAX_POLICY_BYTES: usize = 1 << 17;

/// The most logs, and the most witnesses, and the most groups; C2SP asks for at least 32 of each.
pub const MAX_OF_EACH: usize = 64;

/// Which logs are known, which witnesses, and how many of them must agree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    logs: Vec<Log>,
    witnesses: Vec<Witness>,
    /// Each group after the groups that are its members.
    groups: Vec<Group>,
    /// Nothing if no cosignature is asked for.
    quorum: Option<Member>,
}

impl Policy {
    /// Returns the logs, in the order of the text.
    #[must_use]
    pub fn logs(&self) -> &[Log] {
        &self.logs
    }

    /// Returns the witnesses, in the order of the text, whether the quorum needs them or not.
    #[must_use]
    pub fn witnesses(&self) -> &[Witness] {
        &self.witnesses
    }
}

/// A log of a policy: one signature of any of them is enough.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Log {
    /// The key, whose name is the origin of the log.
    pub key: VerifierKey,
    /// Where the log may be reached.
    pub url: Option<Vec<u8>>,
}

/// A witness of a policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Witness {
    /// The name within the policy; the name in a note is that of the key.
    pub name: Vec<u8>,
    /// The key.
    pub key: CosignerKey,
    /// Where the witness may be reached.
    pub url: Option<Vec<u8>>,
}

/// Some witnesses and groups, of which so many are enough.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Group {
    name: Vec<u8>,
    threshold: usize,
    members: Vec<Member>,
}

/// What a name stands for, by its place in the policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Member {
    Witness(usize),
    Group(usize),
}

#[cfg(test)]
mod tests;
