//! Free texts and papers as people write them: names, grounds, telephone numbers, addresses, numerals, formulas, bytes.

use event::Text;

/// Texts that nothing in a ledger should trip over.
const SAID: &[&str] = &[
    "Решение принято единогласно",
    "Шешім бірауыздан қабылданды",
    "Звонить +7 701 123 45 67",
    "Тел. 8 (7222) 56-12-34, приёмная",
    "Живёт: ул. Абая, д. 12, кв. 5",
    "Абай көшесі 12, 5-пәтер",
    "ИИН 900101300126",
    "Писать на aigul.k@example.kz",
    "№ 12 от 05.10.2026, пункт 3",
    "XIV шақырылым, 2-отырыс",
    "1 000 000,50 ₸",
    "=SUM(A1:A9)",
    "+1-2",
    "@cmd",
    "-2+3",
    "<script>alert(1)</script> & \"кавычки\" 'одинарные' \\ обратная",
    "a;b,c\u{a0}d",
    "—",
    "0",
    "{ $name }",
    "{\"a\":1}",
    "../../etc/passwd",
    "CON",
    "Ünïcödé Latin Ēxténdéd",
];

/// Names in Kazakh and in Russian; some say a number in one language only.
const NAMES: &[(&str, &str)] = &[
    ("Өтеев Қ.", "Утеев К."),
    ("Абаев Ә.", "Абаев А."),
    ("Әбенов Д.", "Абенов Д."),
    ("Оспанов І.", "Оспанов И."),
    ("Серіков Т.", "Сериков Т. (2)"),
    ("Қалиев Е. 1-ші", "Калиев Е."),
    ("Сериков Т.", "Cериков Т."),
    ("=1+1", "+7 701 123 45 67"),
    ("\"Жаңа\" ;, Ауыл", "<b>Новый</b> & Аул"),
];

/// A text of that number.
pub(super) fn said(number: u64) -> Text {
    let at = (number % (SAID.len() as u64 + 1)) as usize;
    let long = "Ұзақ түсініктеме ".repeat(60);
    Text::new(SAID.get(at).copied().unwrap_or_else(|| long.trim_end())).unwrap()
}

/// A name in both languages.
pub(super) fn name(number: u64) -> (Text, Text) {
    let (kk, ru) = NAMES[(number % NAMES.len() as u64) as usize];
    (Text::new(kk).unwrap(), Text::new(ru).unwrap())
}

/// The bytes of a paper: mostly its name; now and then nothing, or what a reader may take for something else.
pub(super) fn paper_bytes(kind: u64, name: &str) -> Vec<u8> {
    match kind {
        0 => Vec::new(),
        1 => format!("{name}: тел. +7 701 123 45 67, ул. Абая, д. 12, кв. 5").into_bytes(),
        2 => format!("{name}: ИИН 900101300126").into_bytes(),
        3 => [b"\x89PNG\r\n\x1a\n\xff\xfe".as_slice(), name.as_bytes()].concat(),
        4 => format!("<html><script>{name}</script>").into_bytes(),
        _ => format!("paper {name}").into_bytes(),
    }
}
