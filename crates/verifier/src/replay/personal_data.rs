//! Personal data in a text: individual identification numbers (12 digits with a date and a control digit), telephone
//! numbers, addresses of homes.

use phrase::{Phrase, phrase};

use serde::{Deserialize, Serialize};

/// What was found, and a few of its letters: a report must not spread it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct PersonalData {
    pub(crate) kind: PersonalDataKind,
    shown: String,
}

/// What kind of personal data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum PersonalDataKind {
    /// An individual identification number.
    Number,
    /// A telephone number.
    Phone,
    /// A street with an apartment.
    Home,
}

impl PersonalData {
    pub(crate) fn describe_kind(&self) -> Phrase {
        let kind = match self.kind {
            PersonalDataKind::Number => {
                phrase!("found-an-identification-number", "an individual identification number")
            }
            PersonalDataKind::Phone => phrase!("found-a-telephone-number", "a telephone number"),
            PersonalDataKind::Home => phrase!("found-the-address-of-a-home", "the address of a home"),
        };
        phrase!("found-that-begins-with", "{kind} that begins with {shown}", shown = self.shown)
    }
}

/// Personal data in the bytes of one entry.
pub(crate) fn in_entry(bytes: &[u8]) -> impl Iterator<Item = PersonalData> {
    core::str::from_utf8(bytes).map(find_personal_data).unwrap_or_default().into_iter()
}

/// Found in one text, of each kind; nobody reads more of them.
const FOUND_MAX: usize = 10_000;

/// Personal data in a text.
pub(crate) fn find_personal_data(text: &str) -> Vec<PersonalData> {
    let mut found = find_personal_numbers(text);
    found.extend(find_telephones(text));
    if !text.is_ascii() {
        found.extend(find_addresses(text));
    }
    found
}

/// Twelve digits that stand alone, begin with a date of birth and end with their control digit.
fn find_personal_numbers(text: &str) -> Vec<PersonalData> {
    let mut found = Vec::new();
    // Hashes, keys and signatures are longer words of the same letters.
    let words = text.split(|c: char| !(c.is_ascii_alphanumeric() || "+/=_-".contains(c)));
    for word in words.filter(|word| word.len() == 12 && word.bytes().all(|byte| byte.is_ascii_digit())) {
        let digits: Vec<u32> = word.bytes().map(|byte| u32::from(byte - b'0')).collect();
        if is_number(&digits) {
            found.push(PersonalData { kind: PersonalDataKind::Number, shown: mask_text(word) });
        }
        if found.len() == FOUND_MAX {
            break;
        }
    }
    found
}

/// YYMMDD, a digit for century and sex, four of a series, the control digit.
fn is_number(digits: &[u32]) -> bool {
    let pair = |at: usize| Some(digits.get(at)? * 10 + digits.get(at + 1)?);
    let born = matches!(pair(2), Some(1..=12)) && matches!(pair(4), Some(1..=31));
    let century = matches!(digits.get(6), Some(0..=6));
    let sum = |shift: u32| -> u32 {
        let weights = (0..11).map(|place| (place + shift) % 11 + 1);
        digits.iter().zip(weights).map(|(digit, weight)| digit * weight).sum::<u32>() % 11
    };
    let control = match sum(0) {
        10 => sum(2),
        control => control,
    };
    born && century && digits.get(11) == Some(&control)
}

/// `+7` or `8`, and ten digits of which the first is 7, with spaces, hyphens and brackets between them.
fn find_telephones(text: &str) -> Vec<PersonalData> {
    let mut found = Vec::new();
    let bytes = text.as_bytes();
    for (at, byte) in bytes.iter().enumerate().filter(|(_, byte)| matches!(byte, b'+' | b'8')) {
        let before = at.checked_sub(1).and_then(|before| bytes.get(before)).copied().unwrap_or(b' ');
        if before.is_ascii_alphanumeric() || b"+/=_-.,".contains(&before) {
            continue;
        }
        let rest = text.get(at + 1..).unwrap_or_default();
        let rest = if *byte == b'+' { rest.strip_prefix('7') } else { Some(rest) };
        if let Some(length) = rest.and_then(ten_digits) {
            let end = at + 1 + usize::from(*byte == b'+') + length;
            found.push(PersonalData {
                kind: PersonalDataKind::Phone,
                shown: mask_text(text.get(at..end).unwrap_or_default()),
            });
        }
        if found.len() == FOUND_MAX {
            break;
        }
    }
    found
}

/// How long the ten digits are with what stands between them; nothing where they are none, or more follow.
fn ten_digits(rest: &str) -> Option<usize> {
    let (mut digits, mut between) = (0, 0);
    for (at, c) in rest.char_indices() {
        match c {
            '0'..='9' if digits == 10 => return None,
            '0'..='9' => {
                if digits == 0 && c != '7' {
                    return None;
                }
                (digits, between) = (digits + 1, 0);
            }
            _ if digits == 10 => return (!c.is_ascii_alphanumeric() && !"+/=_".contains(c)).then_some(at),
            ' ' | '-' | '(' | ')' | '\u{a0}' if between < 2 => between += 1,
            _ => return None,
        }
    }
    (digits == 10).then_some(rest.len())
}

const STREETS: [&str; 9] =
    ["көшесі", "улица", "ул.", "даңғылы", "проспект", "пр-т", "микрорайон", "мкр", "ықшам аудан"];
const APARTMENTS: [&str; 4] = ["пәтер", "квартира", "кв.", "кв "];
/// Letters between a street and the apartment.
const NEAR: usize = 80;

/// A street, and near it an apartment with its number.
fn find_addresses(text: &str) -> Vec<PersonalData> {
    let text = text.to_lowercase();
    let mut found = Vec::new();
    for street in STREETS {
        for (at, _) in text.match_indices(street) {
            let near: String = text.get(at..).unwrap_or_default().chars().take(NEAR).collect();
            let numbered = |place: usize, word: &str| {
                let before = near.get(..place).unwrap_or_default().trim_end_matches([' ', '-', '\u{a0}']);
                let after = near.get(place + word.len()..).unwrap_or_default().trim_start();
                before.ends_with(|c: char| c.is_ascii_digit())
                    || after.starts_with(|c: char| c.is_ascii_digit())
            };
            let apartment = |word: &&str| near.match_indices(*word).any(|(place, _)| numbered(place, word));
            if APARTMENTS.iter().any(apartment) {
                found.push(PersonalData { kind: PersonalDataKind::Home, shown: street.to_owned() });
            }
            if found.len() == FOUND_MAX {
                return found;
            }
        }
    }
    found
}

/// The first four letters.
fn mask_text(text: &str) -> String {
    let start: String = text.chars().take(4).collect();
    format!("{start}…")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<PersonalDataKind> {
        find_personal_data(text).into_iter().map(|found| found.kind).collect()
    }

    /// Numbers of nobody, made by the rule: 12 digits of which the last is the control digit.
    #[test]
    fn numbers_have_a_date_and_a_control_digit() {
        let all: Vec<String> = (0..10).map(|control| format!("90010130012{control}")).collect();
        let right: Vec<&String> =
            all.iter().filter(|text| kinds(text) == [PersonalDataKind::Number]).collect();
        assert_eq!(right.len(), 1, "{right:?}");
        let number = right[0];
        for hidden in [format!("\"{number}\""), format!("ИИН:{number},"), format!("ЖСН {number}.")] {
            assert_eq!(kinds(&hidden), [PersonalDataKind::Number], "{hidden}");
        }
        for other in [
            format!("{number}0"),
            format!("a{number}"),
            format!("{number}="),
            number.replacen("0101", "1301", 1),
            number.replacen("0101", "0132", 1),
            "000000000000".to_owned(),
            "103230100".to_owned(),
        ] {
            assert_eq!(kinds(&other), [], "{other}");
        }
        assert!(!find_personal_data(number)[0].describe_kind().to_string().contains(&number[..5]));
    }

    #[test]
    fn phones_and_homes_are_found_and_figures_are_not() {
        for phone in ["+7 701 123 45 67", "8 (7222) 56-12-34", "+77011234567", "тел. 87011234567;"] {
            assert_eq!(kinds(phone), [PersonalDataKind::Phone], "{phone}");
        }
        for figures in [
            "2025-10-12T22:30:00+05:00",
            "8,7011234567",
            "870112345678",
            "+7 601 123 45 67",
            "88 701 123 45 67",
            "{\"size\":87}",
            "№ 8, 7 12 345",
        ] {
            assert_eq!(kinds(figures), [], "{figures}");
        }
        assert_eq!(kinds("Абай көшесі 12, 5-пәтер"), [PersonalDataKind::Home]);
        assert_eq!(kinds("ул. Абая, д. 12, кв. 5"), [PersonalDataKind::Home]);
        assert_eq!(kinds("ул. Абая, д. 12, школа № 5"), []);
    }
}
