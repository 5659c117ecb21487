//! What can be wrong with the text of a policy; lines are counted from one.
//!
//! Does not contain what can be wrong with a checkpoint (see [`JudgeError`](super::JudgeError)).

use alloc::string::String;

use super::{MAX_OF_EACH, MAX_POLICY_BYTES};
use crate::note::KeyError;

/// A reason to refuse the text of a policy.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, phrase::Phrased)]
pub enum PolicyError {
    /// The text is larger than a policy may be.
    #[error("expected a policy of at most {MAX_POLICY_BYTES} bytes, found {found}")]
    TooLong {
        /// How many bytes there are.
        found: usize,
    },
    /// The line has a control character that is not a tab.
    #[error("line {line}: expected no control character but tabs, found {found:#04x}")]
    Octet {
        /// Which line.
        line: usize,
        /// The octet.
        found: u8,
    },
    /// The last line breaks off.
    #[error("line {line}: expected a line feed at its end, found none")]
    UnendedLine {
        /// Which line.
        line: usize,
    },
    /// The line begins with another word.
    #[error("line {line}: expected log, witness, group or quorum, found {found:?}")]
    UnknownWord {
        /// Which line.
        line: usize,
        /// The word.
        found: String,
    },
    /// A line of a log has another form; a comment cannot follow on it.
    #[error("line {line}: expected a key and perhaps a URL after log, found {found} items")]
    LogItems {
        /// Which line.
        line: usize,
        /// How many items follow the first word.
        found: usize,
    },
    /// A line of a witness has another form; a comment cannot follow on it.
    #[error("line {line}: expected a name, a key and perhaps a URL after witness, found {found} items")]
    WitnessItems {
        /// Which line.
        line: usize,
        /// How many items follow the first word.
        found: usize,
    },
    /// A line of a group has no member.
    #[error("line {line}: expected a name, a threshold and members after group, found {found} items")]
    GroupItems {
        /// Which line.
        line: usize,
        /// How many items follow the first word.
        found: usize,
    },
    /// The line of the quorum has another form; a comment cannot follow on it.
    #[error("line {line}: expected one name after quorum, found {found} items")]
    QuorumItems {
        /// Which line.
        line: usize,
        /// How many items follow the first word.
        found: usize,
    },
    /// The key of a log or a witness is not text.
    #[error("line {line}: expected a key in UTF-8, found another byte at {valid_up_to} of it")]
    KeyNotUtf8 {
        /// Which line.
        line: usize,
        /// Where the text of the key stops.
        valid_up_to: usize,
    },
    /// The key of a log is refused.
    #[error("line {line}: {fault}")]
    LogKey {
        /// Which line.
        line: usize,
        /// What is wrong with the key.
        #[source]
        fault: KeyError,
    },
    /// The key of a witness is refused.
    #[error("line {line}: {fault}")]
    WitnessKey {
        /// Which line.
        line: usize,
        /// What is wrong with the key.
        #[source]
        fault: KeyError,
    },
    /// Two logs have one key, if under two names.
    #[error("line {line}: expected a key of no other log, found that of {found}")]
    DuplicateLog {
        /// Which line.
        line: usize,
        /// The key's name where it was listed first.
        found: String,
    },
    /// Two witnesses have one key, if under two names.
    #[error("line {line}: expected a key of no other witness, found that of {found:?}")]
    DuplicateWitness {
        /// Which line.
        line: usize,
        /// The witness that was listed first.
        found: String,
    },
    /// There are more logs than are looked at.
    #[error("line {line}: expected at most {MAX_OF_EACH} logs, found another")]
    TooManyLogs {
        /// Which line.
        line: usize,
    },
    /// There are more witnesses than are looked at.
    #[error("line {line}: expected at most {MAX_OF_EACH} witnesses, found another")]
    TooManyWitnesses {
        /// Which line.
        line: usize,
    },
    /// There are more groups than are looked at.
    #[error("line {line}: expected at most {MAX_OF_EACH} groups, found another")]
    TooManyGroups {
        /// Which line.
        line: usize,
    },
    /// A witness or group is called none.
    #[error("line {line}: expected a name other than none, which is reserved, found none")]
    ReservedName {
        /// Which line.
        line: usize,
    },
    /// Two witnesses or groups have one name.
    #[error("line {line}: expected a new name, found {found:?} again")]
    DuplicateName {
        /// Which line.
        line: usize,
        /// The name.
        found: String,
    },
    /// The threshold is not a number in the one spelling of it.
    #[error("line {line}: expected all, any or a number in plain decimal, found {found:?}")]
    ThresholdSpelling {
        /// Which line.
        line: usize,
        /// The item.
        found: String,
    },
    /// The threshold cannot be missed, or cannot be reached.
    #[error("line {line}: expected a threshold from 1 to {members}, found {found}")]
    Threshold {
        /// Which line.
        line: usize,
        /// How many members there are.
        members: usize,
        /// The threshold.
        found: u64,
    },
    /// The group has none as a member.
    #[error("line {line}: expected a witness or a group as member, found none")]
    NoneAsMember {
        /// Which line.
        line: usize,
    },
    /// A name stands for nothing on the lines before.
    #[error("line {line}: expected a name from a line before, found {found:?}")]
    UndefinedName {
        /// Which line.
        line: usize,
        /// The name.
        found: String,
    },
    /// A witness or group would be counted twice.
    #[error("line {line}: expected a member of no group yet, found {found:?}")]
    SecondMembership {
        /// Which line.
        line: usize,
        /// The name.
        found: String,
    },
    /// The quorum was said before.
    #[error("line {line}: expected one quorum, found a second one")]
    SecondQuorum {
        /// Which line.
        line: usize,
    },
    /// The quorum is not said: that none is needed must be said too.
    #[error("expected a quorum, found none in {lines} lines")]
    NoQuorum {
        /// How many lines there are.
        lines: usize,
    },
}
