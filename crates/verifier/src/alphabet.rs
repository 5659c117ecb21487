//! Scanned text whose letters came out in another alphabet: many scanners take the bytes of a code for a code page that they are not.
//!
//! Contains the ways back to the bytes. Elsewhere: whether what comes of one is the event that the parts name (`sheet_parts`); nothing
//! else is believed.

use std::collections::BTreeMap;

use encoding_rs::{
    BIG5, Encoding, GB18030, IBM866, ISO_8859_5, KOI8_R, KOI8_U, MACINTOSH, SHIFT_JIS, UTF_8, WINDOWS_1250,
    WINDOWS_1251, WINDOWS_1252, WINDOWS_1254, X_MAC_CYRILLIC,
};

/// Code pages of one byte a letter that scanners and phones take for the right one.
const PAGES: [&Encoding; 10] = [
    WINDOWS_1251,
    WINDOWS_1252,
    IBM866,
    KOI8_R,
    KOI8_U,
    ISO_8859_5,
    WINDOWS_1254,
    WINDOWS_1250,
    MACINTOSH,
    X_MAC_CYRILLIC,
];

/// Letters that some systems take apart into a letter and its sign, and the whole ones.
const APART: [(&str, &str); 4] = [("И\u{306}", "Й"), ("и\u{306}", "й"), ("Е\u{308}", "Ё"), ("е\u{308}", "ё")];

/// The text of a file of scanned codes. Text of Windows may be UTF-16 behind a byte-order mark. A photograph is no text: it holds no
/// part, and that is told.
#[must_use]
pub fn read_scanned_text(bytes: &[u8]) -> String {
    UTF_8.decode(bytes).0.into_owned()
}

/// What the text may have been before it was read as another alphabet.
pub(crate) fn list_possible_texts(text: &str) -> impl Iterator<Item = String> + use<'_> {
    let whole = APART.iter().fold(text.to_owned(), |text, (apart, whole)| text.replace(apart, whole));
    let pages = PAGES.iter().filter_map(move |page| read_back(text, page));
    let wide = [SHIFT_JIS, GB18030, BIG5].into_iter().filter_map(move |page| {
        let (bytes, _, damaged) = page.encode(text);
        (!damaged).then(|| String::from_utf8(bytes.into_owned()).ok()).flatten()
    });
    let once = std::iter::once(whole).chain(read_back_latin(text)).chain(pages).chain(wide);
    // Some do it twice: the text of a code that was read wrongly is put into another wrong page.
    once.flat_map(|text| {
        let again = read_back_latin(&text).into_iter().chain(read_back(&text, WINDOWS_1252));
        let again: Vec<String> = again.collect();
        std::iter::once(text).chain(again)
    })
}

/// The bytes that a page shows so, as UTF-8 text.
fn read_back(text: &str, page: &'static Encoding) -> Option<String> {
    let mut letters: BTreeMap<char, u8> = ('\u{80}'..='\u{9f}').zip(0x80..).collect();
    let mut without = Vec::new();
    for byte in 0..=u8::MAX {
        match show_byte(byte, page) {
            Some(letter) => {
                letters.insert(letter, byte);
            }
            None => without.push(byte),
        }
    }
    // Where a page has no letter for one byte alone, its sign for "no letter" means that byte.
    if let [byte] = without.as_slice() {
        letters.insert(char::REPLACEMENT_CHARACTER, *byte);
    }
    let bytes: Option<Vec<u8>> = text.chars().map(|sign| letters.get(&sign).copied()).collect();
    String::from_utf8(bytes?).ok()
}

/// A byte as a page shows it; a control code where the page has no letter is none.
fn show_byte(byte: u8, page: &'static Encoding) -> Option<char> {
    let bytes = [byte];
    let (text, damaged) = page.decode_without_bom_handling(&bytes);
    let letter = text.chars().next().filter(|_| !damaged);
    letter.filter(|letter| byte < 0x80 || !letter.is_control())
}

/// Bytes that were shown each as the letter of the same number.
fn read_back_latin(text: &str) -> Option<String> {
    let bytes: Option<Vec<u8>> = text.chars().map(|sign| u8::try_from(u32::from(sign)).ok()).collect();
    String::from_utf8(bytes?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sheet_parts::has_strange_letters;

    const TEXT: &str = "Әкімнің өтініші бойынша: Қарсы «Иә» — 8 Й";

    /// The text as a scanner shows it that takes its bytes for a page.
    fn misread(page: &'static Encoding, without: fn(u8) -> char) -> String {
        TEXT.bytes().map(|byte| show_byte(byte, page).unwrap_or(without(byte))).collect()
    }

    #[test]
    fn what_was_read_as_another_page_comes_back() {
        let lost = misread(WINDOWS_1251, |_| char::REPLACEMENT_CHARACTER);
        assert!(lost.contains('\u{fffd}') && list_possible_texts(&lost).any(|text| text == TEXT), "{lost}");
        for page in PAGES {
            let wrong = misread(page, char::from);
            assert!(has_strange_letters(&wrong), "{}: {wrong}", page.name());
            assert!(list_possible_texts(&wrong).any(|text| text == TEXT), "{}: {wrong}", page.name());
        }
        let latin: String = TEXT.bytes().map(char::from).collect();
        assert!(list_possible_texts(&latin).any(|text| text == TEXT));
        let twice: String = latin.bytes().map(char::from).collect();
        assert!(list_possible_texts(&twice).any(|text| text == TEXT));
        assert!(list_possible_texts(&TEXT.replace('Й', "И\u{306}")).any(|text| text == TEXT));
        assert!(!has_strange_letters(TEXT));
    }

    #[test]
    fn what_is_lost_stays_lost_and_is_seen() {
        for wrong in [
            misread(WINDOWS_1252, |_| char::REPLACEMENT_CHARACTER),
            TEXT.replace(|sign: char| !sign.is_ascii(), "?"),
        ] {
            assert!(has_strange_letters(&wrong), "{wrong}");
            assert!(!list_possible_texts(&wrong).any(|text| text == TEXT), "{wrong}");
        }
    }
}
