//! Names that look the same and are not: other letters of one shape, another case, spaces that do not break or are not seen.
//!
//! Contains the two forms of a name in which look-alikes are equal. Elsewhere: whose names are compared (`checks::look_alikes`).

use texts::is_unseen;

/// Letters that have the shape of others in capitals or in small letters; the first of each stands for all.
const SAME_SHAPE: [&str; 17] = [
    "аaα", "вbβ", "сcϲ", "еeё", "нhһη", "іiι", "јj", "кkκ", "мm", "оoο", "рpρ", "ѕs", "тtτ", "уyγ", "хxχ",
    "з3", "ԛq",
];

/// Names that are equal in this form differ by case, letters of one shape and spaces alone.
pub(crate) fn fold_shape(name: &str) -> String {
    let letters = name.chars().filter(|letter| !is_unseen(*letter)).flat_map(char::to_lowercase);
    let letters = letters.map(|letter| {
        let group = SAME_SHAPE.iter().find(|group| group.contains(letter));
        group.and_then(|group| group.chars().next()).unwrap_or(letter)
    });
    join_words(letters.map(fold_mark))
}

/// The same for digits and strokes, where the case matters: `l`, `I` and `1`, `O` and `0`.
pub(crate) fn fold_digits(name: &str) -> String {
    let letters = name.chars().filter(|letter| !is_unseen(*letter)).map(|letter| match letter {
        'l' | 'I' | '|' | 'І' | 'Ӏ' | '1' => '1',
        'O' | 'О' | 'o' | 'о' | 'ο' | '0' => '0',
        other => other,
    });
    fold_shape(&join_words(letters))
}

/// One space between words, whatever stood there.
fn join_words(letters: impl Iterator<Item = char>) -> String {
    let text: String = letters.collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Hyphens, apostrophes and quotation marks have many forms.
fn fold_mark(letter: char) -> char {
    match letter {
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        '\u{2018}' | '\u{2019}' | '\u{2bc}' | '`' => '\'',
        '«' | '»' | '\u{201c}'..='\u{201e}' => '"',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_the_same_has_the_same_form() {
        let same = [
            ("Абенов", "Aбенов"),
            ("Абенов Серік", "Абенов\u{a0}Серік"),
            ("Абенов", "АБЕНОВ"),
            ("Абенов", "Абе\u{200b}нов"),
            ("Нур-Отан", "Нур\u{2011}Отан"),
            ("Семёнов", "Семенов"),
            ("aul-1", "aul-1 "),
        ];
        for (one, other) in same {
            assert_eq!(fold_shape(one), fold_shape(other), "{one} {other}");
        }
        assert_eq!(fold_digits("aul-1"), fold_digits("aul-l"));
        assert_eq!(fold_digits("aul-10"), fold_digits("aul-1O"));
        for (one, other) in [("Абенов", "Абанов"), ("aul-1", "aul-2"), ("Абенов", "Абенова"), ("ali", "all")]
        {
            assert_ne!(fold_shape(one), fold_shape(other), "{one} {other}");
            assert_ne!(fold_digits(one), fold_digits(other), "{one} {other}");
        }
    }
}
