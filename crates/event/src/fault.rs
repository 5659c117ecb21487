//! Every way in which bytes can fail to be a canonical value, each with what was expected and found.
//!
//! Contains the faults and their texts. Does not contain the reader that finds them.

use alloc::{
    format,
    string::{String, ToString},
};
use core::fmt::{self, Display};

use serde::de::{self, Expected, Unexpected};

use crate::fault_text::FaultText;

/// Where decoding stopped, and why.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.text())]
pub struct DecodeError {
    /// Bytes from the start of what was decoded.
    pub at: usize,
    /// What was wrong there.
    pub fault: Fault,
}

/// One fault of canonical form or of a value.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    /// The bytes stop in the middle of a value.
    End {
        /// What should have followed.
        expected: &'static str,
    },
    /// A byte that cannot stand here; white space between tokens is one of them.
    Syntax {
        /// What should have stood here.
        expected: &'static str,
        /// The byte, printable or in hexadecimal.
        found: String,
    },
    /// Bytes after the value.
    Trailing {
        /// How many.
        found: usize,
    },
    /// Not UTF-8.
    Utf8,
    /// The value reads, but its canonical form differs here.
    NotCanonical,
    /// A value that has no canonical form.
    Unwritable {
        /// What the writer said.
        reason: String,
    },
    /// A field that stands after one that sorts behind it.
    Order {
        /// The field before.
        before: String,
        /// The field out of place.
        found: String,
    },
    /// A field that stands twice.
    Duplicate {
        /// The field.
        field: String,
    },
    /// A field that this object does not have.
    UnknownField {
        /// The field.
        field: String,
        /// The fields there are.
        expected: String,
    },
    /// A field that must stand and does not.
    MissingField {
        /// The field.
        field: String,
    },
    /// A word that is none of those the field allows.
    UnknownWord {
        /// The words there are.
        expected: String,
        /// The word.
        found: String,
    },
    /// A value of another kind.
    Kind {
        /// The kind expected.
        expected: String,
        /// The kind found.
        found: String,
    },
    /// `null`; what is absent is left out.
    Null,
    /// `false`; a flag that is not set is left out.
    False,
    /// A fraction or an exponent.
    Float,
    /// A minus sign.
    Negative,
    /// Digits after a leading zero.
    LeadingZero,
    /// More than 2^53−1.
    TooBig {
        /// The digits.
        found: String,
    },
    /// `""`; what is absent is left out.
    EmptyText,
    /// `[]`; what is absent is left out.
    EmptyList,
    /// `{{}}`; what is absent is left out.
    EmptyObject,
    /// A character outside the set of the format.
    Character {
        /// Its code point.
        code: u32,
    },
    /// A space at an end, or two in a row.
    Space,
    /// An escape where the character itself is allowed, or one that the set does not need.
    Escape,
    /// Longer than its limit.
    TooLong {
        /// The limit.
        max: usize,
        /// The length.
        found: usize,
    },
    /// More than [`DEPTH_MAX`](crate::json::DEPTH_MAX) objects and arrays inside one another.
    TooDeep {
        /// The limit.
        max: usize,
    },
    /// Not lower-case hexadecimal of the right length.
    Hex {
        /// How many digits.
        digits: usize,
        /// The text.
        found: String,
    },
    /// Not canonical padded base64 of the right length.
    Base64 {
        /// How many bytes.
        bytes: usize,
        /// The text.
        found: String,
    },
    /// Not an id.
    Id {
        /// The text.
        found: String,
    },
    /// Not a time of an author.
    Time {
        /// The text.
        found: String,
    },
    /// Not a time of a node.
    Stamp {
        /// The text.
        found: String,
    },
    /// A version that this program does not know.
    Version {
        /// The version.
        found: u64,
    },
    /// A list that must ascend without repeats.
    Unsorted {
        /// Which list.
        list: &'static str,
    },
    /// A list longer than it may be.
    TooMany {
        /// Which list.
        list: &'static str,
        /// The limit.
        max: usize,
        /// How many.
        found: usize,
    },
    /// Anything else that a value says of itself.
    Other {
        /// What it says.
        reason: String,
    },
}

impl core::error::Error for Fault {}

impl Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.text().fmt(f)
    }
}

impl Fault {
    /// What it says.
    #[must_use]
    pub fn text(&self) -> FaultText {
        let quoted = |text: &str| format!("\"{text}\"");
        match self {
            Self::End { expected } => FaultText::expected(expected, "the end"),
            Self::Syntax { expected, found } => FaultText::expected(expected, found),
            Self::Trailing { found } => FaultText::expected("the end", format_args!("{found} more bytes")),
            Self::Utf8 => FaultText::expected("UTF-8", "other bytes"),
            Self::NotCanonical => {
                FaultText::expected("the canonical form", "another spelling of the same value")
            }
            Self::Unwritable { reason } => FaultText::stated(format_args!("cannot be written: {reason}")),
            Self::Order { before, found } => {
                FaultText::expected("fields in ascending order", quoted(found) + " after " + &quoted(before))
            }
            Self::Duplicate { field } => FaultText::expected("each field once", quoted(field) + " again"),
            Self::UnknownField { field, expected } => {
                FaultText::expected(format_args!("one of {expected}"), format_args!("field \"{field}\""))
            }
            Self::MissingField { field } => FaultText::expected(format_args!("field \"{field}\""), "none"),
            Self::UnknownWord { expected, found } => {
                FaultText::expected(format_args!("one of {expected}"), quoted(found))
            }
            Self::Kind { expected, found } => FaultText::expected(expected, found),
            Self::Null => FaultText::expected("a value or no field at all", "null"),
            Self::False => FaultText::expected("true or no field at all", "false"),
            Self::Float => FaultText::expected("an integer", "a float"),
            Self::Negative => FaultText::expected("an integer from 0 on", "a minus sign"),
            Self::LeadingZero => FaultText::stated("expected an integer without leading zeros"),
            Self::TooBig { found } => FaultText::expected("an integer up to 9007199254740991", found),
            Self::EmptyText => FaultText::expected("text or no field at all", "empty text"),
            Self::EmptyList => FaultText::expected("a list or no field at all", "an empty list"),
            Self::EmptyObject => FaultText::expected("an object or no field at all", "an empty object"),
            Self::Character { code } => {
                FaultText::expected("a character of the allowed set", format_args!("U+{code:04X}"))
            }
            Self::Space => FaultText::expected(
                "single spaces inside the text only",
                "a leading, trailing or double space",
            ),
            Self::Escape => FaultText::expected("\\\" or \\\\ as the only escapes", "another"),
            Self::TooLong { max, found } => FaultText::expected(format_args!("at most {max} bytes"), found),
            Self::TooDeep { max } => FaultText::expected(format_args!("at most {max} levels"), "more"),
            Self::Hex { digits, found } => {
                FaultText::expected(format_args!("{digits} lower-case hexadecimal digits"), quoted(found))
            }
            Self::Base64 { bytes, found } => {
                FaultText::expected(format_args!("padded canonical base64 of {bytes} bytes"), quoted(found))
            }
            Self::Id { found } => {
                FaultText::expected("an id ([a-z0-9]+(-[a-z0-9]+)*, at most 64)", quoted(found))
            }
            Self::Time { found } => FaultText::expected(
                "a real time as 2025-10-12T21:14:00+05:00, years 2000 to 2099",
                quoted(found),
            ),
            Self::Stamp { found } => FaultText::expected(
                "a real time as 2025-10-12T16:14:02.123Z, years 2000 to 2099",
                quoted(found),
            ),
            Self::Version { found } => FaultText::expected("version 1", found),
            Self::Unsorted { list } => {
                FaultText::stated(format_args!("expected {list} in ascending order without repeats"))
            }
            Self::TooMany { list, max, found } => {
                FaultText::expected(format_args!("at most {max} {list}"), found)
            }
            Self::Other { reason } => FaultText::stated(reason),
        }
    }

    /// Whether a number is at fault: not whole, below zero, or too large.
    #[must_use]
    pub fn is_figure(&self) -> bool {
        matches!(self, Self::Float | Self::Negative | Self::TooBig { .. })
    }
}

/// Position not known yet; the reader puts in the place of the object that failed.
pub(crate) const NOWHERE: usize = usize::MAX;

impl DecodeError {
    /// What it says.
    #[must_use]
    pub fn text(&self) -> FaultText {
        self.fault.text().at(format_args!("byte {}: ", self.at))
    }

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
        Self::without_place(Fault::Kind { expected: expected.to_string(), found: found.to_string() })
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
