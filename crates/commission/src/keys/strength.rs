//! Whether a passphrase is one that guessers find soon: what it lacks is told when a key is made, and never refused.

use std::collections::BTreeSet;

use crate::invisible::is_invisible;

/// Fewer signs than this are told, whatever they are.
const SIGNS_MIN: usize = 12;
/// Bits of a passphrase that nobody finds with the file alone: each guess costs 16 MiB of memory and some 50 ms.
const BITS_MIN: usize = 50;

/// What guessers try first, in small letters; the same words typed with the other layout stand behind them.
const KNOWN: &[&str] = &[
    "password",
    "passw0rd",
    "пароль",
    "gfhjkm",
    "құпиясөз",
    "құпия",
    "сайлау",
    "cfqkfe",
    "выборы",
    "ds,jhs",
    "комиссия",
    "rjvbccbz",
    "председатель",
    "ghtlctlfntkm",
    "секретарь",
    "ctrhtnfhm",
    "төраға",
    "хатшы",
    "казахстан",
    "rfpf[cnfy",
    "қазақстан",
    "kazakhstan",
    "qazaqstan",
    "astana",
    "астана",
    "almaty",
    "алматы",
    "hattama",
    "хаттама",
    "election",
    "chair",
    "secretary",
    "admin",
    "welcome",
    "letmein",
    "sesame",
    "iloveyou",
    "dragon",
    "monkey",
    "secret",
    "секрет",
    "любовь",
    "k.,jdm",
    "привет",
    "ghbdtn",
    "қазақ",
    "махаббат",
];

/// Rows of keyboards and of the alphabet, along which fingers go.
const ROWS: &[&str] = &[
    "1234567890",
    "0987654321",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "йцукенгшщзхъ",
    "фывапролджэ",
    "ячсмитьбю",
    "әіңғүұқөһ",
    "abcdefghijklmnopqrstuvwxyz",
    "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
    "1q2w3e4r5t6y",
];

/// What is weak about a passphrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, phrase::Phrased)]
pub enum Weakness {
    /// It has few signs.
    #[error("expected at least {SIGNS_MIN} signs, found {0}")]
    Short(usize),
    /// Little of it is chance: words that guessers try first, rows of the keyboard, repetitions, years.
    #[error(
        "expected a passphrase that guessers do not try first, found mostly known words, rows of keys, years or repetitions"
    )]
    Guessable,
    /// A plain space at its beginning or end, which is easily left out when it is typed.
    #[error("expected no space at the beginning or the end, found one: it is part of the passphrase")]
    EdgeSpace,
}

/// Everything that is weak about a passphrase.
#[must_use]
pub fn find_weaknesses(passphrase: &str) -> Vec<Weakness> {
    let mut found = Vec::new();
    let signs = passphrase.trim().chars().filter(|c| !is_invisible(*c)).count();
    if signs < SIGNS_MIN {
        found.push(Weakness::Short(signs));
    }
    if estimate_bits(passphrase) < BITS_MIN {
        found.push(Weakness::Guessable);
    }
    if passphrase.trim_matches(' ') != passphrase {
        found.push(Weakness::EdgeSpace);
    }
    found
}

/// Bits of what remains when known words, rows, repetitions and years are counted as one sign each.
fn estimate_bits(passphrase: &str) -> usize {
    let mut rest = passphrase.trim().to_lowercase();
    let mut bits = 0;
    for word in KNOWN {
        while let Some((before, behind)) = rest.clone().split_once(word) {
            rest = format!("{before} {behind}");
            bits += 6;
        }
    }
    let signs: Vec<char> = rest.chars().filter(|c| !c.is_whitespace()).collect();
    let mut kinds = BTreeSet::new();
    let mut counted = 0;
    for (n, sign) in signs.iter().enumerate() {
        kinds.insert(kind_of(*sign));
        let before = n.checked_sub(1).and_then(|n| signs.get(n));
        // A repeated sign, or the next one of a row, adds little; so does a block that stood before.
        let follows = before.is_some_and(|before| before == sign || is_next_in_row(*before, *sign));
        if !(follows || n >= 3 && stood_before(&signs, n)) {
            counted += 1;
        }
    }
    // Long words of a language have some two bits a sign; short ones are typed at random more often.
    let words = passphrase.split_whitespace().count();
    let per_sign = if words >= 4 { 3 } else { 2 + kinds.len().min(3) };
    bits + counted * per_sign
}

/// Digits, Latin, other letters, everything else.
fn kind_of(sign: char) -> u8 {
    match sign {
        '0'..='9' => 0,
        'a'..='z' => 1,
        _ if sign.is_alphabetic() => 2,
        _ => 3,
    }
}

fn is_next_in_row(before: char, sign: char) -> bool {
    let next = |row: &str| row.chars().zip(row.chars().skip(1)).any(|pair| pair == (before, sign));
    ROWS.iter().any(|row| next(row))
}

/// Whether the three signs that end here stood once before.
fn stood_before(signs: &[char], n: usize) -> bool {
    let Some(own) = n.checked_sub(2).and_then(|first| signs.get(first..=n)) else { return false };
    signs.get(..n).is_some_and(|before| before.windows(3).any(|block| block == own))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weak_passphrases_are_told_and_good_ones_are_not() {
        for weak in [
            "a",
            "sesame",
            "12345678901234",
            "qwertyuiopasdf",
            "йцукенгшщзфыва",
            "пароль2025",
            "құпиясөз1234",
            "aaaaaaaaaaaaaaaa",
            "abcabcabcabcabc",
            "Сайлау2025!!",
            "gfhjkmgfhjkm",
            "1111222233334444",
        ] {
            assert!(!find_weaknesses(weak).is_empty(), "{weak}");
        }
        for good in [
            "тау бұлақ кітап қоңыр алма",
            "correct horse battery staple",
            "f7#Kq9!vLm2@xW",
            "жеті қара ат көпір асты",
            "дом река пятница окно север",
        ] {
            assert_eq!(find_weaknesses(good), [], "{good}");
        }
        assert_eq!(find_weaknesses("тау бұлақ кітап қоңыр алма "), [Weakness::EdgeSpace]);
    }
}
