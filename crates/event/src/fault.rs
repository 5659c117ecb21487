//! Every way in which bytes can fail to be a canonical value, each with what was expected and found.
//!
//! Contains the faults and their texts. Does not contain the reader that finds them.

use alloc::{
    boxed::Box,
    format,
    string::{String, ToString},
};
use core::fmt::{self, Display};

use serde::de::{self, Expected, Unexpected};

use phrase::{Phrase, Phrased};

use crate::json_part::JsonPart;

/// Where decoding stopped, and why.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Phrased)]
#[error("byte {at}: {fault}")]
pub struct DecodeError {
    /// Bytes from the start of what was decoded.
    pub at: usize,
    /// What was wrong there.
    pub fault: Fault,
}

/// One fault of canonical form or of a value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Phrased)]
#[non_exhaustive]
pub enum Fault {
    /// The bytes stop in the middle of a value.
    #[error("expected {expected}, found the end")]
    End {
        /// What should have followed.
        expected: JsonPart,
    },
    /// A byte that cannot stand here; white space between tokens is one of them.
    #[error("expected {expected}, found {found}")]
    Syntax {
        /// What should have stood here.
        expected: JsonPart,
        /// The byte, printable or in hexadecimal.
        found: String,
    },
    /// Bytes after the value.
    #[error("expected the end, found {found} more bytes")]
    Trailing {
        /// How many.
        found: usize,
    },
    /// Not UTF-8.
    #[error("expected UTF-8, found other bytes")]
    Utf8,
    /// The value reads, but its canonical form differs here.
    #[error("expected the canonical form, found another spelling of the same value")]
    NotCanonical,
    /// A value that has no canonical form.
    #[error("cannot be written: {reason}")]
    Unwritable {
        /// What the writer said.
        reason: String,
    },
    /// A field that stands after one that sorts behind it.
    #[error("expected fields in ascending order, found \"{found}\" after \"{before}\"")]
    Order {
        /// The field before.
        before: String,
        /// The field out of place.
        found: String,
    },
    /// A field that stands twice.
    #[error("expected each field once, found \"{field}\" again")]
    Duplicate {
        /// The field.
        field: String,
    },
    /// A field that this object does not have.
    #[error("expected one of {expected}, found field \"{field}\"")]
    UnknownField {
        /// The field.
        field: String,
        /// The fields there are.
        expected: String,
    },
    /// A field that must stand and does not.
    #[error("expected field \"{field}\", found none")]
    MissingField {
        /// The field.
        field: String,
    },
    /// A word that is none of those the field allows.
    #[error("expected one of {expected}, found \"{found}\"")]
    UnknownWord {
        /// The words there are.
        expected: String,
        /// The word.
        found: String,
    },
    /// A value of another kind.
    #[error("expected {expected}, found {found}")]
    Kind {
        /// The kind expected.
        expected: Box<Phrase>,
        /// The kind found.
        found: Box<Phrase>,
    },
    /// `null`; what is absent is left out.
    #[error("expected a value or no field at all, found null")]
    Null,
    /// `false`; a flag that is not set is left out.
    #[error("expected true or no field at all, found false")]
    False,
    /// A fraction or an exponent.
    #[error("expected an integer, found a float")]
    Float,
    /// A minus sign.
    #[error("expected an integer from 0 on, found a minus sign")]
    Negative,
    /// Digits after a leading zero.
    #[error("expected an integer without leading zeros")]
    LeadingZero,
    /// More than 2^53−1.
    #[error("expected an integer up to 9007199254740991, found {found}")]
    TooBig {
        /// The digits.
        found: String,
    },
    /// `""`; what is absent is left out.
    #[error("expected text or no field at all, found empty text")]
    EmptyText,
    /// `[]`; what is absent is left out.
    #[error("expected a list or no field at all, found an empty list")]
    EmptyList,
    /// `{{}}`; what is absent is left out.
    #[error("expected an object or no field at all, found an empty object")]
    EmptyObject,
    /// A character outside the set of the format.
    #[error("expected a character of the allowed set, found U+{code:04X}")]
    Character {
        /// Its code point.
        code: u32,
    },
    /// A space at an end, or two in a row.
    #[error("expected single spaces inside the text only, found a leading, trailing or double space")]
    Space,
    /// An escape where the character itself is allowed, or one that the set does not need.
    #[error("expected \\\" or \\\\ as the only escapes, found another")]
    Escape,
    /// Longer than its limit.
    #[error("expected at most {max} bytes, found {found}")]
    TooLong {
        /// The limit.
        max: usize,
        /// The length.
        found: usize,
    },
    /// More than [`DEPTH_MAX`](crate::json::DEPTH_MAX) objects and arrays inside one another.
    #[error("expected at most {max} levels, found more")]
    TooDeep {
        /// The limit.
        max: usize,
    },
    /// Not lower-case hexadecimal of the right length.
    #[error("expected {digits} lower-case hexadecimal digits, found \"{found}\"")]
    Hex {
        /// How many digits.
        digits: usize,
        /// The text.
        found: String,
    },
    /// Not canonical padded base64 of the right length.
    #[error("expected padded canonical base64 of {bytes} bytes, found \"{found}\"")]
    Base64 {
        /// How many bytes.
        bytes: usize,
        /// The text.
        found: String,
    },
    /// Not an id.
    #[error("expected an id ([a-z0-9]+(-[a-z0-9]+)*, at most 64), found \"{found}\"")]
    Id {
        /// The text.
        found: String,
    },
    /// Not a time of an author.
    #[error("expected a real time as 2025-10-12T21:14:00+05:00, years 2000 to 2099, found \"{found}\"")]
    Time {
        /// The text.
        found: String,
    },
    /// Not a time of a node.
    #[error("expected a real time as 2025-10-12T16:14:02.123Z, years 2000 to 2099, found \"{found}\"")]
    Stamp {
        /// The text.
        found: String,
    },
    /// A version that this program does not know.
    #[error("expected version 1, found {found}")]
    Version {
        /// The version.
        found: u64,
    },
    /// A list that must ascend without repeats.
    #[error("expected {list} in ascending order without repeats")]
    Unsorted {
        /// Which list.
        list: &'static str,
    },
    /// A list longer than it may be.
    #[error("expected at most {max} {list}, found {found}")]
    TooMany {
        /// Which list.
        list: &'static str,
        /// The limit.
        max: usize,
        /// How many.
        found: usize,
    },
    /// Anything else that a value says of itself.
    #[error("{reason}")]
    Other {
        /// What it says.
        reason: String,
    },
}

impl Fault {
    /// Whether a number is at fault: not whole, below zero, or too large.
    #[must_use]
    pub fn is_figure(&self) -> bool {
        matches!(self, Self::Float | Self::Negative | Self::TooBig { .. })
    }
}

/// Position not known yet; the reader puts in the place of the object that failed.
pub(crate) const NOWHERE: usize = usize::MAX;

impl DecodeError {
    pub(crate) fn without_place(fault: Fault) -> Self {
        Self { at: NOWHERE, fault }
    }

    /// The same fault, seen from a text in which this one starts at `start`.
    #[must_use]
    pub fn shifted_by(mut self, start: usize) -> Self {
        self.at = self.at.saturating_add(start);
        self
    }

    pub(crate) fn or_at(mut self, at: usize) -> Self {
        if self.at == NOWHERE {
            self.at = at;
        }
        self
    }
}

impl de::Error for DecodeError {
    fn custom<T: Display>(reason: T) -> Self {
        Self::without_place(Fault::Other { reason: reason.to_string() })
    }

    fn invalid_type(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        let (expected, found) = (expected.to_string(), name_unexpected(&found));
        Self::without_place(Fault::Kind {
            expected: Box::new(Phrase::verbatim(expected)),
            found: Box::new(found),
        })
    }

    fn invalid_value(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::invalid_type(found, expected)
    }

    fn unknown_field(field: &str, expected: &'static [&'static str]) -> Self {
        Self::without_place(Fault::UnknownField { field: field.to_string(), expected: words(expected) })
    }

    fn unknown_variant(found: &str, expected: &'static [&'static str]) -> Self {
        Self::without_place(Fault::UnknownWord { found: found.to_string(), expected: words(expected) })
    }

    fn missing_field(field: &'static str) -> Self {
        Self::without_place(Fault::MissingField { field: field.to_string() })
    }

    fn duplicate_field(field: &'static str) -> Self {
        Self::without_place(Fault::Duplicate { field: field.to_string() })
    }
}

/// What serde found, as a phrase with serde's own English.
fn name_unexpected(found: &Unexpected<'_>) -> Phrase {
    let id = match found {
        Unexpected::Str(_) | Unexpected::Char(_) => "json-found-text",
        Unexpected::Unsigned(_) | Unexpected::Signed(_) => "json-found-integer",
        Unexpected::Bool(_) => "json-found-flag",
        Unexpected::Map => "json-found-object",
        Unexpected::Seq => "json-found-list",
        _ => "json-found-other",
    };
    Phrase::of_foreign(id, &found.to_string())
}

fn words(list: &[&str]) -> String {
    struct Words<'a>(&'a [&'a str]);
    impl Display for Words<'_> {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            for (i, word) in self.0.iter().enumerate() {
                if i > 0 {
                    f.write_str(", ")?;
                }
                f.write_str(word)?;
            }
            Ok(())
        }
    }
    format!("{}", Words(list))
}
