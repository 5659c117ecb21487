//! Candidates of the national demo: those whom pages name, and invented ones who say so in their names.
//!
//! That the winners of the three contests of West Kazakhstan were nominated by AMANAT, and the others there by
//! themselves, was printed. Every other nomination is made up, and so is the split of the winners by party: the parties are invented and say
//! so.

use law::facts::Method;

use super::{
    printed::{PrintedNominator, PrintedPerson, people_of},
    territories::Territory,
};
use crate::{contest::Nominee, seed::draw_figure};

/// Letters by which invented candidates are told apart, in the order of the Kazakh alphabet.
const LETTERS: [&str; 6] = ["А", "Б", "В", "Г", "Д", "Е"];
/// The one party that pages name, of the nominations that they name.
const AMANAT: &str = "AMANAT";
/// Invented parties.
const PARTIES: u64 = 6;

/// Years of all the elected together: 2,102 of 45 people give the mean of 46.7 that was announced.
const AGES: u64 = 2_102;

/// The candidates of a territory in the order of the ballot, and which of them wins: those whom a page names, the elected first, and
/// invented ones who say that they are.
#[must_use]
pub(super) fn candidates_of(
    seed: &str,
    n: usize,
    territory: &Territory,
    age_of_winner: u64,
) -> (Vec<Nominee>, usize) {
    let count = usize::try_from(territory.candidates).unwrap_or(0);
    let printed = people_of(territory.slug);
    let drawn = usize::try_from(draw_figure(seed, "winner", count as u64)).unwrap_or(0);
    let winner = if printed.is_empty() { drawn } else { 0 };
    let mut people: Vec<(bool, Nominee)> = (0..count)
        .map(|place| {
            let age = if place == winner {
                age_of_winner
            } else {
                31 + draw_figure(seed, &format!("age/{place}"), 32)
            };
            let nominee = match printed.get(place) {
                Some(person) => printed_nominee(n + place, person),
                None => invented_nominee(n, place, place - printed.len()),
            };
            (place == winner, Nominee { birth_year: 2023 - age, ..nominee })
        })
        .collect();
    people.sort_by(|(_, one), (_, other)| law::kazakh_order(&one.name_kk, &other.name_kk));
    let winner = people.iter().position(|(wins, _)| *wins).unwrap_or(0);
    let named = |(line, (_, person)): (usize, (bool, Nominee))| Nominee {
        id: format!("{}-c{}", territory.slug, line + 1),
        ..person
    };
    (people.into_iter().enumerate().map(named).collect(), winner)
}

fn printed_nominee(nth_party: usize, person: &PrintedPerson) -> Nominee {
    let (method, party) = match person.nominator {
        PrintedNominator::Amanat => (Method::Party, Some(AMANAT.to_owned())),
        PrintedNominator::Own => (Method::Own, None),
        PrintedNominator::Unknown => (Method::Party, Some(invented_party(nth_party as u64))),
    };
    Nominee {
        id: String::new(),
        name_kk: person.name.to_owned(),
        name_ru: person.name.to_owned(),
        birth_year: 0,
        method,
        party,
        nominated_before: person.nominated_before,
    }
}

/// Every other one stands by self-nomination.
fn invented_nominee(n: usize, place: usize, nth: usize) -> Nominee {
    let [name_kk, name_ru] = invented_names(nth);
    let by_party = (n + place).is_multiple_of(2);
    Nominee {
        id: String::new(),
        name_kk,
        name_ru,
        birth_year: 0,
        method: if by_party { Method::Party } else { Method::Own },
        party: by_party.then(|| invented_party((n + place) as u64)),
        nominated_before: None,
    }
}

/// The name of an invented candidate, in Kazakh and in Russian, by the place among the invented ones.
pub(crate) fn invented_names(nth: usize) -> [String; 2] {
    let letter = LETTERS.get(nth).unwrap_or(&"Я");
    [format!("Үміткер {letter} (ойдан шығарылған)"), format!("Кандидат {letter} (вымышленный, fictional)")]
}

/// Says that it is invented, in three languages.
pub(crate) fn invented_party(n: u64) -> String {
    format!("Партия № {} (ойдан шығарылған, вымышленная, fictional)", n % PARTIES + 1)
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
