//! Ids and texts: the characters that a statement may hold.
//!
//! Contains the allowed set, the spaces rule, ids. Does not contain translations, length limits of single fields.
//!
//! The set is in Unicode's composed form in every combination, so no Unicode table decides a verdict, and it holds no
//! sign that a reader cannot see.

use alloc::{borrow::ToOwned, string::String};
use core::fmt::{self, Debug, Display};

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{Error, Visitor},
};

use crate::{bytes::shorten_text, fault::Fault};

macro_rules! text_type {
    ($(#[$doc:meta])* $name:ident, $check:path) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(String);

        impl $name {
            /// Takes a text that keeps the rules.
            ///
            /// # Errors
            /// The [`Fault`] of the first character or form that does not.
            pub fn new(text: &str) -> Result<Self, Fault> {
                $check(text)?;
                Ok(Self(text.to_owned()))
            }

            /// The text itself.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                Debug::fmt(&self.0, f)
            }
        }

        impl core::borrow::Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Words;
                impl<'de> Visitor<'de> for Words {
                    type Value = $name;
                    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                        f.write_str("text")
                    }
                    fn visit_str<E: Error>(self, text: &str) -> Result<$name, E> {
                        $name::new(text).map_err(E::custom)
                    }
                    fn visit_newtype_struct<D: Deserializer<'de>>(
                        self,
                        inner: D,
                    ) -> Result<$name, D::Error> {
                        inner.deserialize_str(self)
                    }
                }
                deserializer.deserialize_newtype_struct(stringify!($name), Words)
            }
        }
    };
}

text_type! {
    /// A name for one thing in one ledger, never used again: `[a-z0-9]+(-[a-z0-9]+)*`, at most 64 characters.
    Id, require_id
}
text_type! {
    /// A text for people, in the allowed characters, without leading, trailing or double spaces.
    Text, require_text
}

/// Longest id.
pub(crate) const ID_BYTES_MAX: usize = 64;

pub(crate) fn require_id(text: &str) -> Result<(), Fault> {
    let word =
        |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    if text.len() <= ID_BYTES_MAX && text.split('-').all(word) {
        return Ok(());
    }
    Err(Fault::Id { found: shorten_text(text) })
}

fn require_text(text: &str) -> Result<(), Fault> {
    require_clean(text).map_err(|(_, fault)| fault)
}

/// Refuses a text that is empty, has a character outside the set, or spaces where none may be; tells the byte.
pub(crate) fn require_clean(text: &str) -> Result<(), (usize, Fault)> {
    if text.is_empty() {
        return Err((0, Fault::EmptyText));
    }
    let mut before = ' ';
    for (at, character) in text.char_indices() {
        if !is_allowed(character) {
            return Err((at, Fault::Character { code: character.into() }));
        }
        if character == ' ' && before == ' ' {
            return Err((at, Fault::Space));
        }
        before = character;
    }
    if before == ' ' {
        return Err((text.len() - 1, Fault::Space));
    }
    Ok(())
}

fn is_allowed(character: char) -> bool {
    matches!(u32::from(character),
        0x0020..=0x007E | 0x00A0..=0x00AC | 0x00AE..=0x024F | 0x0400..=0x0482 | 0x048A..=0x052F
        | 0x2010..=0x2014 | 0x2018 | 0x2019 | 0x201C..=0x201E | 0x2026 | 0x2116 | 0x20B8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_have_one_form() {
        for good in ["a", "tec-semey", "pec-semey-012", "0", "a1-b2"] {
            assert!(Id::new(good).is_ok(), "{good}");
        }
        let long = "a".repeat(65);
        for bad in ["", "-", "a-", "-a", "a--b", "A", "é", "a b", "a_b", long.as_str()] {
            assert!(matches!(Id::new(bad), Err(Fault::Id { .. })), "{bad}");
        }
    }

    #[test]
    fn kazakh_names_pass_and_invisible_signs_do_not() {
        for good in ["Әділет Қожанбаев", "№ 12 «А»", "Ғ Ң Ө Ұ Ү Һ І", "a\u{a0}b"] {
            assert!(Text::new(good).is_ok(), "{good}");
        }
        for (bad, code) in
            [("a\u{200b}b", 0x200b), ("a\u{ad}", 0xad), ("e\u{301}", 0x301), ("\u{202e}x", 0x202e)]
        {
            assert_eq!(Text::new(bad), Err(Fault::Character { code }), "{bad:?}");
        }
        for bad in [" a", "a ", "a  b"] {
            assert_eq!(Text::new(bad), Err(Fault::Space), "{bad:?}");
        }
        assert_eq!(Text::new(""), Err(Fault::EmptyText));
    }
}
