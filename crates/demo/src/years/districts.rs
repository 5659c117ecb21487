//! Elections of akims of 52 districts, as announced, and of four cities: the 45 of 5 November 2023, Semey, Zhanasemey, and nine districts of
//! which nothing is known but that they make up the number.

use law::facts::{Ground, Method, Office, SyntheticKind};

use super::days::SEED;
use crate::{
    act::semey_seconds,
    contest::{Contest, Nominee},
    national::{
        self,
        people::invented_names,
        shares::{ContestTotals, apportion, precincts_of},
    },
    seed::draw_figure,
    semey,
};

/// What is made up of an election of which no more is printed than that it was.
const SYNTHETIC: [SyntheticKind; 8] = [
    SyntheticKind::BirthYears,
    SyntheticKind::Candidates,
    SyntheticKind::Counts,
    SyntheticKind::Nominators,
    SyntheticKind::Outcomes,
    SyntheticKind::Sizes,
    SyntheticKind::Votes,
    SyntheticKind::Watching,
];

/// An election without printed figures.
struct Unprinted {
    slug: &'static str,
    day: &'static str,
    kato: &'static str,
    name_ru: &'static str,
    name_kk: &'static str,
    /// Whom a page names as elected, and so the election itself.
    elected: Option<&'static str>,
}

const fn assumed(
    slug: &'static str,
    day: &'static str,
    kato: &'static str,
    names: [&'static str; 2],
) -> Unprinted {
    let [name_ru, name_kk] = names;
    Unprinted { slug, day, kato, name_ru, name_kk, elected: None }
}

/// By voting day. That Nurzhan Abdikarimov is the elected akim of Zhanasemey from 31 July 2025 on is printed (gov.kz, the district's maslikhat,
/// news 1044754; news.mail.ru/politics/68312578); the voting day is the Sunday of the week before, which no page names, and the code is made up.
const UNPRINTED: [Unprinted; 10] = [
    assumed(
        "assumed-1",
        "2024-06-16",
        "119500000",
        ["район № 1 (вымышленный, fictional)", "№ 1 аудан (ойдан шығарылған)"],
    ),
    assumed(
        "assumed-2",
        "2024-06-16",
        "159500000",
        ["район № 2 (вымышленный, fictional)", "№ 2 аудан (ойдан шығарылған)"],
    ),
    assumed(
        "assumed-3",
        "2024-06-16",
        "199500000",
        ["район № 3 (вымышленный, fictional)", "№ 3 аудан (ойдан шығарылған)"],
    ),
    assumed(
        "assumed-4",
        "2024-06-16",
        "239500000",
        ["район № 4 (вымышленный, fictional)", "№ 4 аудан (ойдан шығарылған)"],
    ),
    assumed(
        "assumed-5",
        "2024-11-24",
        "279500000",
        ["район № 5 (вымышленный, fictional)", "№ 5 аудан (ойдан шығарылған)"],
    ),
    assumed(
        "assumed-6",
        "2024-11-24",
        "319500000",
        ["район № 6 (вымышленный, fictional)", "№ 6 аудан (ойдан шығарылған)"],
    ),
    assumed(
        "assumed-7",
        "2024-11-24",
        "359500000",
        ["район № 7 (вымышленный, fictional)", "№ 7 аудан (ойдан шығарылған)"],
    ),
    assumed(
        "assumed-8",
        "2025-05-25",
        "399500000",
        ["район № 8 (вымышленный, fictional)", "№ 8 аудан (ойдан шығарылған)"],
    ),
    assumed(
        "assumed-9",
        "2025-05-25",
        "559500000",
        ["район № 9 (вымышленный, fictional)", "№ 9 аудан (ойдан шығарылған)"],
    ),
    Unprinted {
        slug: "zhanasemey",
        day: "2025-07-27",
        kato: "109500000",
        name_ru: "район Жаңасемей",
        name_kk: "Жаңасемей ауданы",
        elected: Some("Әбдікәрімов Нұржан"),
    },
];

/// Whether a district exists nowhere, and says so in its name.
pub(super) fn is_invented(slug: &str) -> bool {
    UNPRINTED.iter().any(|own| own.slug == slug && own.elected.is_none())
}

/// All of them by voting day.
pub(super) fn all_contests() -> Vec<Contest> {
    let mut all = national::all_contests();
    for contest in &mut all {
        contest.synthetic.extend([SyntheticKind::Nominators, SyntheticKind::Watching]);
    }
    all.sort_by_key(|contest| contest.midnight);
    all.extend(UNPRINTED.iter().zip(0..).map(|(own, n)| contest_of(own, n)));
    all.push(Contest { public: Some(&[]), synthetic: semey::SYNTHETIC.to_vec(), ..semey::semey_contest() });
    all
}

fn contest_of(own: &Unprinted, n: u64) -> Contest {
    let seed = format!("{SEED}/{}", own.slug);
    let people = people_of(own, &seed, n);
    let took_part = 8_000 + draw_figure(&seed, "took-part", 4_000);
    let against_all = took_part / 40;
    let first = (took_part - against_all) * 6 / 10;
    let weights: Vec<u64> = (1..people.len()).map(|line| 40 + line as u64).collect();
    let lines: Vec<u64> = std::iter::once(first)
        .chain(apportion(took_part - against_all - first, &weights))
        .chain([against_all])
        .collect();
    let totals = ContestTotals {
        precincts: 30,
        voters: took_part * 3 / 2,
        took_part,
        invalid: took_part / 100,
        outside: took_part / 40,
        by_16: None,
        absentee: 0,
        members: None,
    };
    let mark = if own.elected.is_some() { "" } else { " (assumed)" };
    let oblast = national::find_oblast(own.kato);
    let zone = if own.day < "2024-03-01" { oblast.zone } else { 5 };
    let mut synthetic = SYNTHETIC.to_vec();
    if own.elected.is_some() {
        synthetic.retain(|kind| !matches!(kind, SyntheticKind::Candidates | SyntheticKind::Outcomes));
        synthetic.push(SyntheticKind::OtherCandidates);
    } else {
        synthetic.push(SyntheticKind::Territories);
    }
    Contest {
        names: None,
        slug: own.slug.to_owned(),
        election: format!("{}-{}", own.slug, own.day.get(..4).unwrap_or_default()),
        midnight: semey_seconds(&format!("{} 00:00", own.day)) + 3_600 * (5 - i64::from(zone)),
        zone,
        name: format!("Выборы акима: {}, {}{mark}", own.name_ru, oblast.name_ru),
        office: Office::District,
        ground: Ground::TermEnds,
        territory: own.kato.to_owned(),
        kato: own.kato.to_owned(),
        oblast: (format!("oblast-{}", oblast.slug), format!("{} облыстық сайлау комиссиясы", oblast.name_kk)),
        commission: format!("{} аумақтық сайлау комиссиясы{mark}", own.name_kk),
        ballot: (0..people.len()).collect(),
        people,
        withdraws: None,
        precincts: precincts_of(&seed, &totals, &lines),
        miscounted: None,
        mistyped: None,
        certificate: format!("{:04}", 46 + n),
        watched: None,
        public: Some(&[]),
        synthetic,
        seed,
    }
}

fn people_of(own: &Unprinted, seed: &str, n: u64) -> Vec<Nominee> {
    let year: u64 = own.day.get(..4).and_then(|year| year.parse().ok()).unwrap_or(0);
    (0..3)
        .map(|place| {
            let printed = own.elected.filter(|_| place == 0).map(|name| [name.to_owned(), name.to_owned()]);
            let [name_kk, name_ru] = printed.unwrap_or_else(|| invented_names(place));
            let by_party = place == 0;
            Nominee {
                id: format!("{}-c{}", own.slug, place + 1),
                name_kk,
                name_ru,
                birth_year: year - 35 - draw_figure(seed, &format!("age/{place}"), 25),
                method: if by_party { Method::Party } else { Method::Own },
                party: by_party.then(|| national::people::invented_party(n)),
                nominated_before: None,
            }
        })
        .collect()
}
