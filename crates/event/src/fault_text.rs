//! What a fault says, in two halves where it has them, so that every language can put them into a frame of its own.

use alloc::{
    format,
    string::{String, ToString},
};
use core::fmt::{self, Display};

/// What a fault says; both halves name fields and ids, and are in English.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FaultText {
    /// One thing was expected, another found.
    Expected {
        /// Where it is, with the mark that separates it from what follows: `byte 7: `; or nothing.
        place: String,
        /// What was expected.
        expected: String,
        /// What was found.
        found: String,
    },
    /// A sentence in one piece.
    Stated(String),
}

impl FaultText {
    /// One thing was expected, another found.
    pub fn expected(expected: impl Display, found: impl Display) -> Self {
        Self::Expected { place: String::new(), expected: expected.to_string(), found: found.to_string() }
    }

    /// A sentence in one piece.
    pub fn stated(text: impl Display) -> Self {
        Self::Stated(text.to_string())
    }

    /// The same, with the place in front, which ends with its own mark.
    #[must_use]
    pub fn at(self, outer: impl Display) -> Self {
        match self {
            Self::Expected { place, expected, found } => {
                Self::Expected { place: format!("{outer}{place}"), expected, found }
            }
            Self::Stated(text) => Self::Stated(format!("{outer}{text}")),
        }
    }
}

impl Display for FaultText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Expected { place, expected, found } => {
                write!(f, "{place}expected {expected}, found {found}")
            }
            Self::Stated(text) => f.write_str(text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::{DecodeError, Fault};

    #[test]
    fn a_fault_is_its_text() {
        let fault = Fault::TooLong { max: 7, found: 9 };
        let error = DecodeError { at: 3, fault };
        assert_eq!(error.to_string(), "byte 3: expected at most 7 bytes, found 9");
        let FaultText::Expected { place, expected, found } = error.text() else { panic!("{error}") };
        assert_eq!([place.as_str(), &expected, &found], ["byte 3: ", "at most 7 bytes", "9"]);
        let order = Fault::Order { before: "b".into(), found: "a".into() };
        assert_eq!(order.to_string(), "expected fields in ascending order, found \"a\" after \"b\"");
        let stated = Fault::Other { reason: "no more, found less".into() };
        assert_eq!(stated.text(), FaultText::Stated("no more, found less".into()));
    }
}
