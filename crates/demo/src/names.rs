//! Invented names for members of commissions; candidates are named as the public articles print them.

use crate::seed::{SEED, draw_figure};

const SURNAMES: [&str; 24] = [
    "Айтбаев",
    "Бектуров",
    "Ваганова",
    "Ғабитова",
    "Досанов",
    "Ержігіт",
    "Жұмаш",
    "Зейнолла",
    "Иманғали",
    "Кәрімова",
    "Қанатұлы",
    "Лебедева",
    "Мұқанова",
    "Нұрлыбек",
    "Омарова",
    "Петренко",
    "Рақымжан",
    "Сәбитова",
    "Тілеуқан",
    "Уәлихан",
    "Фролова",
    "Шаяхмет",
    "Ысқақова",
    "Юсупова",
];
const INITIALS: [&str; 12] = ["А.", "Б.", "Г.", "Д.", "Е.", "Ж.", "К.", "М.", "Н.", "С.", "Т.", "Ш."];

/// The name of a member, always the same for the same seat.
pub(crate) fn member_name(commission: &str, seat: &str) -> String {
    let surname = draw_figure(SEED, &format!("surname/{commission}/{seat}"), SURNAMES.len() as u64);
    let initial = draw_figure(SEED, &format!("initial/{commission}/{seat}"), INITIALS.len() as u64);
    let pick = |list: &[&'static str], place: u64| {
        list.iter().cycle().nth(usize::try_from(place).unwrap_or(0)).copied()
    };
    let surname = pick(&SURNAMES, surname).unwrap_or_default();
    let initial = pick(&INITIALS, initial).unwrap_or_default();
    format!("{surname} {initial}")
}
