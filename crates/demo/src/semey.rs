//! The election of the akim of Semey: what was published of it.
//!
//! Candidates are named as the public articles print them, and the winner's year of birth is the printed one; the other years
//! of birth and the papers are synthetic.

use law::facts::{Ground, Method, Office, SyntheticKind};

use event::{CheckError, SignedEvent};

use crate::{
    act::semey_seconds,
    cast::Cast,
    contest::{Contest, ContestNames, CountingMistake, Nominee},
    figures::semey_precincts,
    opening::{LedgerTitle, signed_charter},
    seed::{SEED, draw_figure},
};

/// The id of the election of Semey.
pub const ELECTION: &str = "semey-2025";

/// Id, name in Kazakh and in Russian, in the order of nomination. All of them nominated themselves. Printed: kaz.zakon.kz/6069569,
/// zakon.kz/6493975, zakon.kz/6491257, kazpravda.kz/n/semeychane-vybirayut-akima.
const CANDIDATES: [(&str, &str, &str); 4] = [
    ("kozhanbaev", "Қожанбаев Әділет", "Кожанбаев Адилет"),
    ("toleuov", "Төлеуов Қаныш", "Толеуов Каныш"),
    ("bekzhasarov", "Бекжасаров Айболат", "Бекжасаров Айболат"),
    ("shapatov", "Шапатов Канат", "Шапатов Канат"),
];

/// What is made up; shares, names and the numbers of precincts, voters and members are as printed.
pub(crate) const SYNTHETIC: [SyntheticKind; 7] = [
    SyntheticKind::Counts,
    SyntheticKind::Dates,
    SyntheticKind::Members,
    SyntheticKind::OtherBirthYears,
    SyntheticKind::Papers,
    SyntheticKind::Precincts,
    SyntheticKind::VoteNumbers,
];

/// Who won, as printed.
const WINNER: &str = "kozhanbaev";
/// The winner's year of birth, as printed.
const WINNER_BORN: u64 = 1980;

/// The election as the script plays it.
#[must_use]
pub fn semey_contest() -> Contest {
    let person = |(id, name_kk, name_ru): (&str, &str, &str)| Nominee {
        id: id.to_owned(),
        name_kk: name_kk.to_owned(),
        name_ru: name_ru.to_owned(),
        birth_year: match id {
            WINNER => WINNER_BORN,
            _ => 1970 + draw_figure(SEED, &format!("birth/{id}"), 20),
        },
        method: Method::Own,
        party: None,
        nominated_before: None,
    };
    Contest {
        slug: "semey".to_owned(),
        election: ELECTION.to_owned(),
        seed: SEED.to_owned(),
        midnight: semey_seconds("2025-10-12 00:00"),
        zone: 5,
        name: "Выборы акима города Семей".to_owned(),
        names: Some(ContestNames {
            kk: "Семей қаласы әкімінің сайлауы",
            territory_kk: "Семей қаласы",
            territory_ru: "город Семей",
        }),
        office: Office::City,
        ground: Ground::EarlyTermination,
        territory: "101000000".to_owned(),
        kato: "101010000".to_owned(),
        oblast: ("oblast-abai".to_owned(), "Абай облыстық сайлау комиссиясы".to_owned()),
        commission: "Семей қалалық аумақтық сайлау комиссиясы".to_owned(),
        people: CANDIDATES.into_iter().map(person).collect(),
        ballot: vec![2, 0, 1, 3],
        withdraws: Some(3),
        precincts: semey_precincts(),
        miscounted: Some(CountingMistake { precinct: 23, from: 1, to: 2, votes: 14 }),
        mistyped: Some(CountingMistake { precinct: 57, from: 0, to: 2, votes: 0 }),
        certificate: "0001".to_owned(),
        watched: None,
        public: None,
        synthetic: Vec::new(),
    }
}

/// The charter of the Semey demo.
///
/// # Errors
/// Never for the values of the script.
pub fn semey_charter(cast: &mut Cast) -> Result<SignedEvent, CheckError> {
    let title = LedgerTitle {
        origin: "demo.example/hattama/semey-2025",
        name: "Журнал выборов акимов: демонстрационный",
        synthetic: &SYNTHETIC,
    };
    signed_charter(cast, title, semey_contest().seconds_at(-54, "10:00"))
}
