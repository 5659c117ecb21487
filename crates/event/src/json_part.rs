//! The parts of a JSON text, as they are named where one of them should stand.

use core::fmt::{self, Display};

use phrase::{Phrase, Phrased, phrase};

/// A part of a JSON text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JsonPart {
    /// Any value.
    Value,
    /// `{`.
    Object,
    /// `:`.
    Colon,
    /// `,`.
    Comma,
    /// `"`.
    Text,
    /// A digit.
    Integer,
    /// `,` or `}`.
    CommaOrBrace,
    /// `,` or `]`.
    CommaOrBracket,
    /// The rest of a text, and `"`.
    EndOfText,
    /// A field of an object.
    Field,
    /// `[`.
    List,
    /// An element of a list.
    Element,
}

impl Phrased for JsonPart {
    fn phrase(&self) -> Phrase {
        match self {
            Self::Value => phrase!("json-value", "a value"),
            Self::Object => phrase!("json-object", "an object"),
            Self::Colon => phrase!("json-colon", "a colon"),
            Self::Comma => phrase!("json-comma", "a comma"),
            Self::Text => phrase!("json-quoted", "text in quotes"),
            Self::Integer => phrase!("json-integer", "an integer"),
            Self::CommaOrBrace => phrase!("json-comma-or-brace", "a comma or a closing brace"),
            Self::CommaOrBracket => phrase!("json-comma-or-bracket", "a comma or a closing bracket"),
            Self::EndOfText => phrase!("json-end-of-text", "the end of a text"),
            Self::Field => phrase!("json-field", "a field"),
            Self::List => phrase!("json-list", "a list"),
            Self::Element => phrase!("json-element", "an element"),
        }
    }
}

impl Display for JsonPart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.phrase().fmt(f)
    }
}

phrase::phrased_argument!(JsonPart);
