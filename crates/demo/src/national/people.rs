//! Candidates of the national demo: all of them invented.
//!
//! That the winners of the three contests of West Kazakhstan were nominated by AMANAT, and the others there by
//! themselves, was printed. Every other nomination is made up, and so is the split of the winners by party.

use law::facts::Method;

use super::territories::Territory;
use crate::{contest::Nominee, seed::draw_figure};

/// Surnames in Kazakh and in Russian, in the order of the Kazakh alphabet.
const SURNAMES: [(&str, &str); 36] = [
    ("Айдосов", "Айдосов"),
    ("Ақбердин", "Акбердин"),
    ("Арынов", "Арынов"),
    ("Әлімбек", "Алимбек"),
    ("Бақытов", "Бакытов"),
    ("Белгібаев", "Бельгибаев"),
    ("Бөлеков", "Болеков"),
    ("Ғалымов", "Галымов"),
    ("Дәулетов", "Даулетов"),
    ("Дүйсен", "Дуйсен"),
    ("Елубаев", "Елубаев"),
    ("Ермеков", "Ермеков"),
    ("Жарасов", "Жарасов"),
    ("Жүнісбек", "Жунусбек"),
    ("Зиятов", "Зиятов"),
    ("Исаханов", "Исаханов"),
    ("Кемелов", "Кемелов"),
    ("Қалдыбек", "Калдыбек"),
    ("Құлмағанбет", "Кульмаганбет"),
    ("Лаубаев", "Лаубаев"),
    ("Мақсатов", "Максатов"),
    ("Мырзалин", "Мырзалин"),
    ("Нарымбаев", "Нарымбаев"),
    ("Нұржауов", "Нуржауов"),
    ("Омаржан", "Омаржан"),
    ("Өтеген", "Утеген"),
    ("Райымбек", "Райымбек"),
    ("Сақтағанов", "Сактаганов"),
    ("Серікпай", "Серикпай"),
    ("Тайшыбаев", "Тайшыбаев"),
    ("Тоқсанбай", "Токсанбай"),
    ("Ұзақов", "Узаков"),
    ("Үмбетов", "Умбетов"),
    ("Шайкенов", "Шайкенов"),
    ("Шұғаев", "Шугаев"),
    ("Ыбыраев", "Ыбыраев"),
];
const INITIALS: [&str; 10] = ["А.", "Б.", "Д.", "Е.", "Ж.", "К.", "М.", "Н.", "С.", "Т."];

const AMANAT: &str = "AMANAT";
const OTHERS: [&str; 5] =
    ["Ауыл", "Ақ жол", "Қазақстан халық партиясы", "Respublica", "Жалпыұлттық социал-демократиялық партия"];

/// Years of all the elected together: 2,102 of 45 people give the mean of 46.7 that was announced.
const AGES: u64 = 2_102;

/// The candidates of a territory in the order of the ballot, and which of them wins.
#[must_use]
pub(super) fn candidates_of(
    seed: &str,
    n: usize,
    territory: &Territory,
    age_of_winner: u64,
) -> (Vec<Nominee>, usize) {
    let count = usize::try_from(territory.candidates).unwrap_or(0);
    let place =
        |label: &str, below: usize| usize::try_from(draw_figure(seed, label, below as u64)).unwrap_or(0);
    let mut chosen: Vec<usize> = Vec::new();
    let mut k = 0;
    while chosen.len() < count.min(SURNAMES.len()) {
        let next = place(&format!("surname/{k}"), SURNAMES.len());
        if !chosen.contains(&next) {
            chosen.push(next);
        }
        k += 1;
    }
    chosen.sort_unstable();
    let winner = place("winner", count);
    let printed = ["bokeyorda", "karatobe", "taskala"].contains(&territory.slug);
    let mut rank = 0;
    let person = |(line, surname): (usize, usize)| {
        let (kk, ru) = SURNAMES.get(surname).copied().unwrap_or_default();
        let initial = INITIALS.get(place(&format!("initial/{line}"), INITIALS.len())).unwrap_or(&"А.");
        let own = if line == winner {
            0
        } else {
            rank += 1;
            rank
        };
        let (method, party) = nominator_of(n, own, printed);
        let age = if own == 0 { age_of_winner } else { 31 + draw_figure(seed, &format!("age/{line}"), 32) };
        Nominee {
            id: format!("{}-c{}", territory.slug, line + 1),
            name_kk: format!("{kk} {initial}"),
            name_ru: format!("{ru} {initial}"),
            birth_year: 2023 - age,
            method,
            party: party.map(str::to_owned),
        }
    };
    (chosen.into_iter().enumerate().map(person).collect(), winner)
}

/// Who nominates the winner (`rank` 0) and the others of contest `n`.
fn nominator_of(n: usize, rank: usize, printed: bool) -> (Method, Option<&'static str>) {
    let party = |place: usize| (Method::Party, OTHERS.get(place % OTHERS.len()).copied());
    let own = (Method::Own, None);
    let leads = printed || !n.is_multiple_of(4);
    match rank {
        0 if leads => (Method::Party, Some(AMANAT)),
        0 if n.is_multiple_of(12) => party(n / 12),
        0 => own,
        _ if printed => own,
        1 if !leads => (Method::Party, Some(AMANAT)),
        1 if n.is_multiple_of(3) => party(n / 3 + 1),
        2 => party(n / 3 + 3),
        _ => own,
    }
}

/// The ages of the winners: between 34 and 60, and together what was announced.
#[must_use]
pub(super) fn winner_ages(seed: &str, count: usize) -> Vec<u64> {
    let mut ages: Vec<u64> = (0..count).map(|n| 36 + draw_figure(seed, &format!("winner/{n}"), 21)).collect();
    let mut place = 0;
    while ages.iter().sum::<u64>() != AGES && count > 0 {
        let high = ages.iter().sum::<u64>() > AGES;
        if let Some(age) = ages.get_mut(place % count) {
            *age = if high { (*age - 1).max(34) } else { (*age + 1).min(60) };
        }
        place += 7;
    }
    ages
}
