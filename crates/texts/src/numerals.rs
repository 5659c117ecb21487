//! A figure in words, in Kazakh and in Russian, as protocols write it (art. 43(8)).
//!
//! A figure stands alone, so Russian takes the masculine of the ballot and the voter.

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

/// In Kazakh: every hundred and thousand with its count, so that nothing can be written in front.
pub(crate) fn kazakh_words(figure: u64) -> String {
    in_words(figure, "нөл", |group, power, words| {
        let (hundreds, tens, units) = (group / 100, group / 10 % 10, group % 10);
        if hundreds > 0 {
            words.extend([word_at(&KK_UNITS, hundreds), "жүз"]);
        }
        words.extend([word_at(&KK_TENS, tens), word_at(&KK_UNITS, units), word_at(&KK_POWERS, power)]);
    })
}

/// In Russian.
pub(crate) fn russian_words(figure: u64) -> String {
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
            assert_eq!((kazakh_words(figure).as_str(), russian_words(figure).as_str()), (kk, ru), "{figure}");
        }
        assert!(russian_words(9_007_199_254_740_991).starts_with("девять квадриллионов семь триллионов"));
    }

    /// No two figures of any precinct read alike, and none holds a double space.
    #[test]
    fn no_two_figures_read_alike() {
        let mut seen = std::collections::BTreeSet::new();
        for figure in 0..20_000 {
            for words in [kazakh_words(figure), russian_words(figure)] {
                assert!(!words.contains("  ") && words == words.trim(), "{words}");
                // A few words are the same in both languages: миллион is not reached here.
                assert!(seen.insert(words), "{figure}");
            }
        }
    }
}
