//! Passphrases that can be typed again: what a file or an editor adds to one is taken off, what no keyboard gives is named.

use icu_normalizer::{ComposingNormalizerBorrowed, DecomposingNormalizerBorrowed};
use zeroize::Zeroizing;

use super::fault::KeyFileError;
use crate::invisible::is_invisible;

/// The passphrase without a byte-order mark before it and the ends of lines behind it.
pub(crate) fn trim_marks(passphrase: &str) -> &str {
    passphrase.trim_start_matches('\u{feff}').trim_end_matches(['\r', '\n'])
}

/// The first character that cannot be typed again with certainty: a control, one that nobody sees, or an accent that is
/// written apart from its letter (a keyboard gives both as one).
pub(crate) fn find_doubtful(passphrase: &str) -> Option<char> {
    let apart = |c: char| matches!(u32::from(c), 0x300..=0x36F | 0x483..=0x489 | 0x1AB0..=0x1AFF | 0x1DC0..=0x1DFF | 0x20D0..=0x20FF | 0xFE20..=0xFE2F);
    passphrase.chars().find(|c| is_invisible(*c) || apart(*c) || *c == char::REPLACEMENT_CHARACTER)
}

/// The passphrases that a file may have been locked with: as given; as a key made now would have it; with its letters composed
/// or decomposed, as another keyboard or a copy gives them; with compatible signs, and without the spaces and unseen signs that
/// a copied passphrase has at its ends.
pub(crate) fn readings(given: &Zeroizing<String>) -> Vec<Zeroizing<String>> {
    let mut readings = vec![given.clone()];
    let mut add = |text: &str| {
        if !text.is_empty() && !readings.iter().any(|own| own.as_str() == text) {
            readings.push(Zeroizing::new(text.to_owned()));
        }
    };
    let (composed, decomposed) =
        (ComposingNormalizerBorrowed::new_nfc(), DecomposingNormalizerBorrowed::new_nfd());
    let trimmed = trim_marks(given);
    let bare = trimmed.trim_matches(|c| c == ' ' || is_invisible(c));
    for text in [trimmed, bare] {
        add(text);
        add(&composed.normalize(text));
        add(&decomposed.normalize(text));
    }
    add(&ComposingNormalizerBorrowed::new_nfkc().normalize(bare));
    readings
}

/// The first sign in a passphrase that could not be typed again with certainty, or a space at its ends: told where it opens
/// nothing.
#[must_use]
pub fn find_suspect(passphrase: &str) -> Option<char> {
    let trimmed = trim_marks(passphrase);
    let edge = (trimmed.trim_matches(' ') != trimmed).then_some(' ');
    find_doubtful(trimmed).or(edge)
}

/// Takes a passphrase for a new key: without what a file adds to it.
///
/// # Errors
/// `EmptyPassphrase`, and `DoubtfulPassphrase` for a character that could not be typed again.
pub fn accept_passphrase(given: &str) -> Result<Zeroizing<String>, KeyFileError> {
    let trimmed = trim_marks(given);
    match find_doubtful(trimmed) {
        Some(found) => Err(KeyFileError::DoubtfulPassphrase(found)),
        None if trimmed.is_empty() => Err(KeyFileError::EmptyPassphrase),
        None => Ok(Zeroizing::new(trimmed.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_typed_again_is_named() {
        assert_eq!(trim_marks("\u{feff}құпия сөз\r"), "құпия сөз");
        assert_eq!(find_doubtful("Құпия сөз й Ё 5"), None);
        for (text, c) in
            [("и\u{306}", '\u{306}'), ("a\u{a0}b", '\u{a0}'), ("a\r", '\r'), ("\u{200b}a", '\u{200b}')]
        {
            assert_eq!(find_doubtful(text), Some(c));
        }
    }
}
