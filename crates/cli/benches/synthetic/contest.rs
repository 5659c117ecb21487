//! A synthetic contest around given precincts, for ledgers that are only measured.
//!
//! In: a territory, a commission and candidates with made-up names. Out: the precincts and their figures.

use demo::{
    act::semey_seconds,
    contest::{Contest, Nominee, PrecinctFigures},
};
use law::facts::{Ground, Method, Office};

/// The contest of that number; it has as many candidates as the first precinct has votes for.
pub(crate) fn contest(n: usize, precincts: Vec<PrecinctFigures>) -> Contest {
    let slug = format!("t{n:04}");
    let lines = precincts[0].votes.len() - 1;
    let person = |line: usize| Nominee {
        id: format!("{slug}-c{line}"),
        name_kk: format!("Кандидат {line}"),
        name_ru: format!("Кандидат {line}"),
        birth_year: 1970,
        method: Method::Party,
        party: Some(format!("Партия {line}")),
        nominated_before: None,
    };
    // Two digits of an oblast and two of a district, none of them 00.
    let territory = format!("{:02}{:02}00000", 10 + n / 99, 1 + n % 99);
    Contest {
        names: None,
        election: format!("{slug}-2023"),
        seed: slug.clone(),
        midnight: semey_seconds("2023-11-05 00:00"),
        zone: 5,
        name: format!("Выборы {n}"),
        office: Office::District,
        ground: Ground::TermEnds,
        kato: territory.clone(),
        territory,
        oblast: ("oblast-bench".to_owned(), "Облыстық комиссия".to_owned()),
        commission: format!("Комиссия {n}"),
        people: (1..=lines).map(person).collect(),
        ballot: (0..lines).collect(),
        withdraws: None,
        precincts,
        miscounted: None,
        mistyped: None,
        certificate: format!("{n}"),
        watched: None,
        public: Some(&[]),
        synthetic: Vec::new(),
        slug,
    }
}
