//! A figure in words, as protocols write it (art. 43(8)): in Kazakh, in Russian, and in English for the reader's answers.
//!
//! A figure stands alone, so Russian takes the masculine of the ballot and the voter.

use crate::language::Language;

const KK_UNITS: [&str; 10] = ["", "бір", "екі", "үш", "төрт", "бес", "алты", "жеті", "сегіз", "тоғыз"];
const KK_TENS: [&str; 10] =
    ["", "он", "жиырма", "отыз", "қырық", "елу", "алпыс", "жетпіс", "сексен", "тоқсан"];
const KK_POWERS: [&str; 6] = ["", "мың", "миллион", "миллиард", "триллион", "квадриллион"];

const RU_UNITS: [&str; 20] = [
    "",
    "один",
    "два",
    "три",
    "четыре",
    "пять",
    "шесть",
    "семь",
    "восемь",
    "девять",
    "десять",
    "одиннадцать",
    "двенадцать",
    "тринадцать",
    "четырнадцать",
    "пятнадцать",
    "шестнадцать",
    "семнадцать",
    "восемнадцать",
    "девятнадцать",
];
const RU_TENS: [&str; 10] = [
    "",
    "",
    "двадцать",
    "тридцать",
    "сорок",
    "пятьдесят",
    "шестьдесят",
    "семьдесят",
    "восемьдесят",
    "девяносто",
];
const RU_HUNDREDS: [&str; 10] =
    ["", "сто", "двести", "триста", "четыреста", "пятьсот", "шестьсот", "семьсот", "восемьсот", "девятьсот"];
/// For one, for two to four, for more.
const RU_POWERS: [[&str; 3]; 6] = [
    ["", "", ""],
    ["тысяча", "тысячи", "тысяч"],
    ["миллион", "миллиона", "миллионов"],
    ["миллиард", "миллиарда", "миллиардов"],
    ["триллион", "триллиона", "триллионов"],
    ["квадриллион", "квадриллиона", "квадриллионов"],
];

const EN_UNITS: [&str; 20] = [
    "",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const EN_TENS: [&str; 10] =
    ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
const EN_POWERS: [&str; 6] = ["", "thousand", "million", "billion", "trillion", "quadrillion"];

/// A figure in words.
#[must_use]
pub fn spell_figure(lang: Language, figure: u64) -> String {
    match lang {
        Language::Kk => spell_in_kazakh(figure),
        Language::Ru => spell_in_russian(figure),
        Language::En => spell_in_english(figure),
    }
}

/// In Kazakh: every hundred and thousand with its count, so that nothing can be written in front.
fn spell_in_kazakh(figure: u64) -> String {
    in_words(figure, "нөл", |group, power, words| {
        let (hundreds, tens, units) = (group / 100, group / 10 % 10, group % 10);
        if hundreds > 0 {
            words.extend([word_at(&KK_UNITS, hundreds), "жүз"]);
        }
        words.extend([word_at(&KK_TENS, tens), word_at(&KK_UNITS, units), word_at(&KK_POWERS, power)]);
    })
}

/// In Russian.
fn spell_in_russian(figure: u64) -> String {
    in_words(figure, "ноль", |group, power, words| {
        let (hundreds, below) = (group / 100, group % 100);
        words.push(word_at(&RU_HUNDREDS, hundreds));
        let units = if below < 20 { below } else { below % 10 };
        words.push(word_at(&RU_TENS, if below < 20 { 0 } else { below / 10 }));
        words.push(match (power, units) {
            (1, 1) => "одна",
            (1, 2) => "две",
            _ => word_at(&RU_UNITS, units),
        });
        let form = match units {
            1 => 0,
            2..=4 => 1,
            _ => 2,
        };
        words.push(
            RU_POWERS.get(usize::try_from(power).unwrap_or(0)).and_then(|p| p.get(form)).unwrap_or(&""),
        );
    })
}

/// In English: units joined to their ten, and no "and".
fn spell_in_english(figure: u64) -> String {
    let words = in_words(figure, "zero", |group, power, words| {
        let (hundreds, below) = (group / 100, group % 100);
        if hundreds > 0 {
            words.extend([word_at(&EN_UNITS, hundreds), "hundred"]);
        }
        if below < 20 {
            words.push(word_at(&EN_UNITS, below));
        } else {
            words.push(word_at(&EN_TENS, below / 10));
            if below % 10 > 0 {
                words.extend(["-", word_at(&EN_UNITS, below % 10)]);
            }
        }
        words.push(word_at(&EN_POWERS, power));
    });
    words.replace(" - ", "-")
}

/// Groups of three digits from the left, each told by `group`; empty words are left out.
fn in_words(figure: u64, zero: &str, group: impl Fn(u64, u64, &mut Vec<&'static str>)) -> String {
    if figure == 0 {
        return zero.to_owned();
    }
    let mut words = Vec::new();
    for power in (0..6_u64).rev() {
        let here = figure / 1000_u64.pow(u32::try_from(power).unwrap_or(0)) % 1000;
        if here > 0 {
            group(here, power, &mut words);
        }
    }
    words.retain(|word| !word.is_empty());
    words.join(" ")
}

fn word_at(words: &[&'static str], index: u64) -> &'static str {
    usize::try_from(index).ok().and_then(|index| words.get(index)).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_read_as_people_say_them() {
        let cases = [
            (0, "нөл", "ноль"),
            (1, "бір", "один"),
            (2, "екі", "два"),
            (10, "он", "десять"),
            (11, "он бір", "одиннадцать"),
            (19, "он тоғыз", "девятнадцать"),
            (20, "жиырма", "двадцать"),
            (21, "жиырма бір", "двадцать один"),
            (40, "қырық", "сорок"),
            (90, "тоқсан", "девяносто"),
            (100, "бір жүз", "сто"),
            (101, "бір жүз бір", "сто один"),
            (112, "бір жүз он екі", "сто двенадцать"),
            (404, "төрт жүз төрт", "четыреста четыре"),
            (999, "тоғыз жүз тоқсан тоғыз", "девятьсот девяносто девять"),
            (1000, "бір мың", "одна тысяча"),
            (2002, "екі мың екі", "две тысячи два"),
            (5011, "бес мың он бір", "пять тысяч одиннадцать"),
            (11_000, "он бір мың", "одиннадцать тысяч"),
            (12_345, "он екі мың үш жүз қырық бес", "двенадцать тысяч триста сорок пять"),
            (21_000, "жиырма бір мың", "двадцать одна тысяча"),
            (111_111, "бір жүз он бір мың бір жүз он бір", "сто одиннадцать тысяч сто одиннадцать"),
            (
                220_761,
                "екі жүз жиырма мың жеті жүз алпыс бір",
                "двести двадцать тысяч семьсот шестьдесят один",
            ),
            (1_000_001, "бір миллион бір", "один миллион один"),
            (2_000_000, "екі миллион", "два миллиона"),
            (12_000_000, "он екі миллион", "двенадцать миллионов"),
        ];
        for (figure, kk, ru) in cases {
            assert_eq!(
                (spell_in_kazakh(figure).as_str(), spell_in_russian(figure).as_str()),
                (kk, ru),
                "{figure}"
            );
        }
        assert!(spell_in_russian(9_007_199_254_740_991).starts_with("девять квадриллионов семь триллионов"));
    }

    #[test]
    fn english_joins_units_to_their_ten() {
        for (figure, words) in [
            (0, "zero"),
            (13, "thirteen"),
            (20, "twenty"),
            (21, "twenty-one"),
            (100, "one hundred"),
            (404, "four hundred four"),
            (1_204, "one thousand two hundred four"),
            (30_045, "thirty thousand forty-five"),
            (
                999_999_999,
                "nine hundred ninety-nine million nine hundred ninety-nine thousand nine hundred ninety-nine",
            ),
        ] {
            assert_eq!(spell_figure(Language::En, figure), words);
        }
    }

    /// What a word stands for, by tables of the languages and not by the code above.
    fn value_of(word: &str) -> Option<(u64, bool)> {
        let plain = [
            (0, "нөл ноль zero"),
            (1, "бір один одна one"),
            (2, "екі два две two"),
            (3, "үш три three"),
            (4, "төрт четыре four"),
            (5, "бес пять five"),
            (6, "алты шесть six"),
            (7, "жеті семь seven"),
            (8, "сегіз восемь eight"),
            (9, "тоғыз девять nine"),
            (10, "он десять ten"),
            (11, "одиннадцать eleven"),
            (12, "двенадцать twelve"),
            (13, "тринадцать thirteen"),
            (14, "четырнадцать fourteen"),
            (15, "пятнадцать fifteen"),
            (16, "шестнадцать sixteen"),
            (17, "семнадцать seventeen"),
            (18, "восемнадцать eighteen"),
            (19, "девятнадцать nineteen"),
            (20, "жиырма двадцать twenty"),
            (30, "отыз тридцать thirty"),
            (40, "қырық сорок forty"),
            (50, "елу пятьдесят fifty"),
            (60, "алпыс шестьдесят sixty"),
            (70, "жетпіс семьдесят seventy"),
            (80, "сексен восемьдесят eighty"),
            (90, "тоқсан девяносто ninety"),
            (100, "сто"),
            (200, "двести"),
            (300, "триста"),
            (400, "четыреста"),
            (500, "пятьсот"),
            (600, "шестьсот"),
            (700, "семьсот"),
            (800, "восемьсот"),
            (900, "девятьсот"),
        ];
        let times = [
            (100, "жүз hundred"),
            (1_000, "мың тысяча тысячи тысяч thousand"),
            (1_000_000, "миллион миллиона миллионов million"),
        ];
        let find = |table: &[(u64, &str)]| {
            table.iter().find(|(_, words)| words.split(' ').any(|own| own == word)).map(|(value, _)| *value)
        };
        find(&plain).map(|value| (value, false)).or_else(|| find(&times).map(|value| (value, true)))
    }

    /// Reads words back: what stands before a hundred or a power is counted by it.
    fn read_back(words: &str) -> u64 {
        let (mut all, mut group) = (0, 0);
        for word in words.split([' ', '-']) {
            match value_of(word).unwrap_or_else(|| panic!("{word:?} in {words:?}")) {
                (value, false) => group += value,
                (100, true) => group *= 100,
                (power, _) => {
                    all += group * power;
                    group = 0;
                }
            }
        }
        all + group
    }

    /// The agreement of Russian: один and одна, and the form of the power that follows.
    fn require_agreement(words: &str) {
        let all: Vec<&str> = words.split(' ').collect();
        for (n, word) in all.iter().enumerate() {
            let before = n.checked_sub(1).and_then(|n| all.get(n)).copied().unwrap_or_default();
            let forms = [
                ("тысяча", &["одна"][..]),
                ("тысячи", &["две", "три", "четыре"]),
                ("миллион", &["один"]),
                ("миллиона", &["два", "три", "четыре"]),
            ];
            for (form, allowed) in forms {
                assert!(*word != form || allowed.contains(&before), "{words}");
            }
            let of_few = ["один", "одна", "два", "две", "три", "четыре"];
            assert!(!["тысяч", "миллионов"].contains(word) || !of_few.contains(&before), "{words}");
            let next = all.get(n + 1).copied().unwrap_or_default();
            assert!(!["одна", "две"].contains(word) || next.starts_with("тысяч"), "{words}");
        }
    }

    #[test]
    fn every_figure_reads_back_as_itself_in_every_language() {
        // Every figure of a usual precinct, then leaps through everything up to a thousand million.
        let leaps = (0..3_000_u64).map(|n| n.wrapping_mul(7_919_333) % 1_000_000_000);
        let edges = (0..9).flat_map(|power| {
            let ten = 10_u64.pow(power);
            [ten - 1, ten, ten + 1, 2 * ten, 5 * ten, 11 * ten, 21 * ten].map(|n| n.min(999_999_999))
        });
        for figure in (0..3_000).chain(leaps).chain(edges).chain([999_999_999]) {
            for lang in Language::ALL {
                let words = spell_figure(lang, figure);
                assert!(!words.contains("  ") && words == words.trim(), "{words}");
                assert_eq!(read_back(&words), figure, "{words}");
            }
            require_agreement(&spell_figure(Language::Ru, figure));
        }
    }
}
