//! Text of any usual alphabet as UTF-8: byte-order marks, the code pages that are named, and a guess told where none is.

use encoding_rs::{Encoding, IBM866, KOI8_R, UTF_16BE, UTF_16LE, WINDOWS_1251};

use phrase::{Phrase, phrase};

use super::fault::InputTableFault;

/// Bytes in which KZ-1048 (STRK 1048-2002) differs from Windows-1251, with the letter that they mean in it.
const KAZAKH: [(u8, char); 16] = [
    (0x8D, 'Қ'),
    (0x8E, 'Һ'),
    (0x9D, 'қ'),
    (0x9E, 'һ'),
    (0xA1, 'Ұ'),
    (0xA2, 'ұ'),
    (0xA3, 'Ә'),
    (0xA5, 'Ө'),
    (0xAA, 'Ғ'),
    (0xAF, 'Ү'),
    (0xB4, 'ө'),
    (0xBA, 'ғ'),
    (0xBC, 'ә'),
    (0xBD, 'Ң'),
    (0xBE, 'ң'),
    (0xBF, 'ү'),
];

/// An alphabet of one byte a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CodePage {
    /// Windows-1251.
    Windows1251,
    /// KZ-1048, the same with the letters of Kazakh.
    Kz1048,
    /// CP866, of DOS.
    Cp866,
    /// KOI8-R.
    Koi8R,
}

impl CodePage {
    /// Its name, as `--encoding` takes it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Windows1251 => "windows-1251",
            Self::Kz1048 => "kz-1048",
            Self::Cp866 => "cp866",
            Self::Koi8R => "koi8-r",
        }
    }

    /// The text, or nothing where a byte stands for no character.
    fn decode(self, bytes: &[u8]) -> Option<String> {
        if self == Self::Kz1048 {
            return bytes.iter().map(|byte| kazakh_letter(*byte)).collect();
        }
        let encoding: &'static Encoding = match self {
            Self::Windows1251 | Self::Kz1048 => WINDOWS_1251,
            Self::Cp866 => IBM866,
            Self::Koi8R => KOI8_R,
        };
        let (text, damaged) = encoding.decode_without_bom_handling(bytes);
        (!damaged).then(|| text.into_owned())
    }
}

/// The bytes as UTF-8, without a byte-order mark.
pub(super) fn decode_text(
    mut bytes: Vec<u8>,
    encoding: Option<&str>,
    notes: &mut Vec<Phrase>,
) -> Result<Vec<u8>, InputTableFault> {
    match bytes.as_slice() {
        [0xFF, 0xFE, rest @ ..] => return decode_utf16(rest, UTF_16LE, notes),
        [0xFE, 0xFF, rest @ ..] => return decode_utf16(rest, UTF_16BE, notes),
        _ => {}
    }
    if bytes.starts_with(&[0xEF, 0xBB, 0xBF]) {
        notes.push(phrase!("table-note-utf8-mark", "UTF-8 behind a byte-order mark"));
        bytes.drain(..3);
        return require_utf8(bytes, notes);
    }
    let page = match encoding.map(str::to_ascii_lowercase).as_deref() {
        None | Some("utf-8" | "utf8") => {
            if bytes.iter().take(1_024).any(|byte| *byte == 0) {
                return Err(InputTableFault::ZeroBytes);
            }
            notes.push(phrase!("table-note-utf8", "UTF-8 without a byte-order mark"));
            return require_utf8(bytes, notes);
        }
        Some("utf-16le" | "utf-16") => return decode_utf16(&bytes, UTF_16LE, notes),
        Some("utf-16be") => return decode_utf16(&bytes, UTF_16BE, notes),
        Some("windows-1251" | "cp1251") => CodePage::Windows1251,
        Some("kz-1048" | "kz1048" | "strk1048-2002" | "rk1048" | "cp1048") => CodePage::Kz1048,
        Some("cp866" | "ibm866" | "866") => CodePage::Cp866,
        Some("koi8-r" | "koi8r") => CodePage::Koi8R,
        Some(found) => return Err(InputTableFault::Encoding { found: found.to_owned() }),
    };
    notes.push(phrase!("table-note-encoding", "encoding {name}", name = page.name()));
    let text = page.decode(&bytes).ok_or(InputTableFault::CodePage { page: page.name() })?;
    if page == CodePage::Windows1251
        && let Some((found, expected)) = kazakh_word(&bytes)
    {
        return Err(InputTableFault::Kazakh { expected, found });
    }
    Ok(text.into_bytes())
}

fn decode_utf16(
    bytes: &[u8],
    encoding: &'static Encoding,
    notes: &mut Vec<Phrase>,
) -> Result<Vec<u8>, InputTableFault> {
    let bytes = bytes.strip_prefix(&[0xFF, 0xFE]).unwrap_or(bytes);
    match encoding.decode_without_bom_handling(bytes) {
        (_, true) => Err(InputTableFault::Utf16),
        (text, false) => {
            notes.push(Phrase::verbatim(encoding.name()));
            Ok(text.into_owned().into_bytes())
        }
    }
}

fn require_utf8(bytes: Vec<u8>, notes: &mut Vec<Phrase>) -> Result<Vec<u8>, InputTableFault> {
    let error = match std::str::from_utf8(&bytes) {
        Ok(text) => {
            let lost = text.matches('\u{fffd}').count();
            if lost > 0 {
                notes.push(phrase!(
                    "table-note-lost",
                    "{lost} characters were lost when the file was saved (U+FFFD)"
                ));
            }
            return Ok(bytes);
        }
        Err(error) => error,
    };
    let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
    let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
    let byte = bytes.get(error.valid_up_to()).copied().unwrap_or_default();
    Err(InputTableFault::Utf8 { line, byte, likely: guess_page(&bytes).map(CodePage::name) })
}

fn kazakh_letter(byte: u8) -> Option<char> {
    if byte.is_ascii() {
        return Some(char::from(byte));
    }
    if let Some((_, letter)) = KAZAKH.iter().find(|(own, _)| *own == byte) {
        return Some(*letter);
    }
    let bytes = [byte];
    let (text, damaged) = WINDOWS_1251.decode_without_bom_handling(&bytes);
    text.chars().next().filter(|_| !damaged)
}

/// A word with letters of Kazakh, as Windows-1251 has it and as KZ-1048 has it.
fn kazakh_word(bytes: &[u8]) -> Option<(String, String)> {
    let kazakh = |byte: &u8| KAZAKH.iter().any(|(own, _)| own == byte);
    let mut words = bytes.split(|byte| byte.is_ascii());
    let word = words.find(|word| word.len() > 1 && word.iter().any(kazakh))?;
    let word = word.get(..word.len().min(40)).unwrap_or(word);
    Some((CodePage::Windows1251.decode(word)?, CodePage::Kz1048.decode(word)?))
}

/// The code page under which the bytes look most like words.
fn guess_page(bytes: &[u8]) -> Option<CodePage> {
    let sample = bytes.get(..bytes.len().min(1 << 16)).unwrap_or(bytes);
    let pages = [CodePage::Kz1048, CodePage::Koi8R, CodePage::Cp866];
    let scored = pages.iter().filter_map(|page| Some((likeness(&page.decode(sample)?), *page)));
    let (score, best) = scored.max_by_key(|(score, _)| *score)?;
    match best {
        _ if score <= 0 => None,
        CodePage::Kz1048 if kazakh_word(sample).is_none() => Some(CodePage::Windows1251),
        page => Some(page),
    }
}

/// Small letters of Cyrillic count for, capitals behind small letters and signs that no word has count against.
fn likeness(text: &str) -> i64 {
    let mut score = 0;
    let mut before = ' ';
    for c in text.chars() {
        score += match c {
            _ if c.is_ascii() => 0,
            'а'..='я' | 'ә' | 'і' | 'ң' | 'ғ' | 'ү' | 'ұ' | 'қ' | 'ө' | 'һ' | 'ё' => 1,
            'А'..='Я' if before.is_lowercase() => -3,
            _ if c.is_alphabetic() => 0,
            '№' | '«' | '»' | '–' | '—' | '\u{a0}' => 0,
            _ => -3,
        };
        before = c;
    }
    score
}

#[cfg(test)]
mod tests {
    use super::*;

    fn encode_kz(text: &str) -> Vec<u8> {
        let byte = |c: char| (0..=255_u8).find(|byte| kazakh_letter(*byte) == Some(c)).unwrap();
        text.chars().map(byte).collect()
    }

    #[test]
    fn a_code_page_is_guessed_and_never_taken_for_another() {
        let russian = "участок;избирателей;Абенов\n1;2;3\n";
        let kazakh = "учаске;Әкімнің өтініші\n1;2\n";
        let cases = [
            (encode_kz(kazakh), "kz-1048"),
            (WINDOWS_1251.encode(russian).0.into_owned(), "windows-1251"),
            (IBM866.encode(russian).0.into_owned(), "cp866"),
            (KOI8_R.encode(russian).0.into_owned(), "koi8-r"),
        ];
        for (bytes, name) in cases {
            let mut notes = Vec::new();
            let fault = decode_text(bytes.clone(), None, &mut notes).unwrap_err();
            assert!(
                matches!(fault, InputTableFault::Utf8 { likely: Some(own), .. } if own == name),
                "{fault:?}"
            );
            let text = decode_text(bytes, Some(name), &mut notes).unwrap();
            let expected = if name == "kz-1048" { kazakh } else { russian };
            assert_eq!(String::from_utf8(text).unwrap(), expected);
        }
        let fault = decode_text(encode_kz(kazakh), Some("windows-1251"), &mut Vec::new()).unwrap_err();
        assert!(
            matches!(&fault, InputTableFault::Kazakh { expected, .. } if expected == "Әкімнің"),
            "{fault:?}"
        );
    }

    #[test]
    fn utf_16_is_read_whole_or_refused() {
        let text = "a;ә\n";
        let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let read = |bytes: &[u8], name| decode_text(bytes.to_vec(), name, &mut Vec::new());
        assert_eq!(read(&[&[0xFF, 0xFE], little.as_slice()].concat(), None).unwrap(), text.as_bytes());
        assert_eq!(read(&[&[0xFE, 0xFF], big.as_slice()].concat(), None).unwrap(), text.as_bytes());
        assert_eq!(read(&little, Some("utf-16le")).unwrap(), text.as_bytes());
        assert!(matches!(read(&little, None), Err(InputTableFault::ZeroBytes)));
        assert!(matches!(read(&[0xFF, 0xFE, 0x61], None), Err(InputTableFault::Utf16)));
    }
}
