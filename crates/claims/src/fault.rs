//! Why a file of claims is not read.

/// What is wrong with a file of claims, and with which claim, counted from 1.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, phrase::Phrased)]
pub enum ClaimsFault {
    /// Other bytes than text.
    #[error("expected UTF-8, found another byte at {at}")]
    Utf8 {
        /// Where, from 0.
        at: u64,
    },
    /// No TOML.
    #[error("line {line}: expected TOML, found {reason}")]
    Toml {
        /// Where, from 1.
        line: u64,
        /// What the parser says.
        reason: String,
    },
    /// No CSV.
    #[error("line {line}: expected CSV, found {reason}")]
    Csv {
        /// Where, from 1.
        line: u64,
        /// What the parser says.
        reason: String,
    },
    /// A column that stands twice.
    #[error("expected each column once, found `{key}` twice")]
    ColumnTwice {
        /// Its key.
        key: String,
    },
    /// Something else at the top.
    #[error("expected `title`, `[defaults]` and `[[claim]]` alone, found `{key}`, or another value under it")]
    TopKey {
        /// Its key.
        key: String,
    },
    /// No claim.
    #[error("expected at least one claim, found none")]
    Empty,
    /// Too many.
    #[error("expected at most {expected} claims, found {found}")]
    TooMany {
        /// How many may be there.
        expected: u64,
        /// How many are.
        found: u64,
    },
    /// A key that no claim has.
    #[error("claim {claim}: expected one of the keys {expected}, found `{found}`")]
    Key {
        /// Which claim; 0 is the defaults.
        claim: u64,
        /// The keys there are.
        expected: String,
        /// The key.
        found: String,
    },
    /// A key that has to be there.
    #[error("claim {claim}: expected `{key}`, found none")]
    Missing {
        /// Which claim.
        claim: u64,
        /// The key.
        key: &'static str,
    },
    /// A key that means nothing here.
    #[error("claim {claim}: expected no `{key}` beside `{beside}`, found one")]
    Beside {
        /// Which claim.
        claim: u64,
        /// The key.
        key: &'static str,
        /// What it does not go with.
        beside: String,
    },
    /// A value of another kind.
    #[error("claim {claim}: expected a text, a whole number or a list under `{key}`, found another value")]
    OtherValue {
        /// Which claim.
        claim: u64,
        /// The key.
        key: String,
    },
    /// A figure whose last zeros TOML would lose.
    #[error(
        "claim {claim}: expected a figure in quotation marks under `{key}`, so that each printed digit stays, found {found} without"
    )]
    Unquoted {
        /// Which claim.
        claim: u64,
        /// The key.
        key: String,
        /// What TOML made of it.
        found: String,
    },
    /// A list where one word is meant, or the other way.
    #[error("claim {claim}: expected one word under `{key}`, found a list")]
    List {
        /// Which claim.
        claim: u64,
        /// The key.
        key: &'static str,
    },
    /// Another number of names in a list.
    #[error("claim {claim}: expected {expected} or more under `{key}`, found {found}")]
    Few {
        /// Which claim.
        claim: u64,
        /// The key.
        key: &'static str,
        /// How many there are at least.
        expected: u64,
        /// How many there are.
        found: u64,
    },
    /// A word that is none of those known.
    #[error("claim {claim}: expected one of {expected} under `{key}`, found {found}")]
    Word {
        /// Which claim.
        claim: u64,
        /// The key.
        key: &'static str,
        /// The words there are.
        expected: String,
        /// The word.
        found: String,
    },
    /// No figure.
    #[error(
        "claim {claim}: expected digits such as 1553 or 62.79 under `{key}`, without marks between thousands, found {found}"
    )]
    Figure {
        /// Which claim.
        claim: u64,
        /// The key.
        key: &'static str,
        /// What stands there.
        found: String,
    },
    /// A count with digits after the point.
    #[error("claim {claim}: expected a whole number for a count, found {found}")]
    Fraction {
        /// Which claim.
        claim: u64,
        /// What stands there.
        found: String,
    },
    /// No day.
    #[error("claim {claim}: expected a day such as 2023-11-05 under `{key}`, found {found}")]
    Day {
        /// Which claim.
        claim: u64,
        /// The key.
        key: &'static str,
        /// What stands there.
        found: String,
    },
    /// No code of a territory.
    #[error(
        "claim {claim}: expected 2 to 9 digits of a code of the classifier of territories (15 is a region), found {found}"
    )]
    Territory {
        /// Which claim.
        claim: u64,
        /// What stands there.
        found: String,
    },
    /// An id twice.
    #[error("claim {claim}: expected an id of its own, found {id} again")]
    IdTwice {
        /// Which claim.
        claim: u64,
        /// The id.
        id: String,
    },
    /// A claim that rests on none, or on one without a figure.
    #[error("claim {claim}: expected the id of another claim of this file with a figure, found {found}")]
    Reference {
        /// Which claim.
        claim: u64,
        /// What stands there.
        found: String,
    },
    /// A text that is too long, or holds signs that are not seen.
    #[error(
        "claim {claim}: expected at most {expected} bytes of visible signs under `{key}`, found another text"
    )]
    Text {
        /// Which claim.
        claim: u64,
        /// The key.
        key: String,
        /// How many bytes there may be.
        expected: u64,
    },
}
