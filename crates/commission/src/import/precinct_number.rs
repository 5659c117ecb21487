//! The number of a precinct without what people and spreadsheets set around it.

/// Words that stand before the number of a precinct, or behind it.
const PRECINCT_WORDS: [&str; 18] = [
    "уик",
    "иу",
    "уч",
    "уч-к",
    "участок",
    "участка",
    "избирательный участок",
    "сайлау учаскесі",
    "учаскесі",
    "учаске",
    "су",
    "precinct",
    "polling station",
    "ps",
    "no",
    "n",
    "n°",
    "nr",
];

/// `№ 5`, `УИК №5`, `№5 сайлау учаскесі` and `5.0` are 5; what may be another number stays as it is.
pub(crate) fn plain_number(text: &str) -> &str {
    // Three zeros behind a mark may be thousands.
    let whole = text.split_once(['.', ',']).filter(|(whole, rest)| {
        is_number(whole) && (1..=2).contains(&rest.len()) && rest.bytes().all(|byte| byte == b'0')
    });
    if let Some((whole, _)) = whole {
        return whole;
    }
    let (bare, worded) = without_word_behind(text);
    let before = bare.trim_end_matches(|c: char| c.is_ascii_digit());
    let number = bare.strip_prefix(before).unwrap_or_default();
    let word = before.trim_end_matches(parts_words);
    let signed = word.ends_with(['№', '#']) && !word.bytes().any(|byte| byte.is_ascii_digit());
    let known = signed || is_precinct_word(word) || (worded && before.is_empty());
    if known && is_number(number) { number } else { text }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn parts_words(c: char) -> bool {
    c.is_whitespace() || matches!(c, '.' | '-' | ':' | '\u{2010}' | '\u{2011}' | '\u{2013}')
}

fn is_precinct_word(word: &str) -> bool {
    let word = word.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ");
    PRECINCT_WORDS.contains(&word.as_str())
}

/// The text up to its last digit, where a word for a precinct stands behind that.
fn without_word_behind(text: &str) -> (&str, bool) {
    let end = text.rfind(|c: char| c.is_ascii_digit()).map_or(0, |last| last + 1);
    let behind = text.get(end..).unwrap_or_default();
    let worded = !behind.is_empty() && is_precinct_word(behind.trim_matches(parts_words));
    (if worded { text.get(..end).unwrap_or(text) } else { text }, worded)
}

#[cfg(test)]
mod tests {
    use super::plain_number;

    #[test]
    fn a_number_is_read_without_what_stands_around_it() {
        for plain in [
            "№ 5",
            "№5",
            "УИК №5",
            "Сайлау учаскесі №5",
            "5.0",
            "5,00",
            "No. 5",
            "уик 5",
            "5",
            "уч. №5",
            "уч. 5",
            "УЧ.№ 5",
            "УИК-5",
            "№\u{a0}5",
            "УИК\u{202f}№\u{2009}5",
            "избирательный  участок № 5",
            "№5 сайлау учаскесі",
            "5-учаске",
            "5 участок",
        ] {
            assert_eq!(plain_number(plain), "5", "{plain}");
        }
        // Another number, or none: it is refused as no precinct's, and not guessed.
        for own in [
            "A-5",
            "5a",
            "12 № 5",
            "5.1",
            "Мектеп 5",
            "",
            "№",
            "5.000",
            "1,000",
            "1 234",
            "№ 1 234",
            "5-6 учаске",
            "№5/6",
            "УИК",
            "учаске",
            "5 мектеп",
            "\u{ff15}",
            "-5",
            "№5 (қосымша)",
        ] {
            assert_eq!(plain_number(own), own);
        }
    }
}
