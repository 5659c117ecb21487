//! The elections of akims of 5 November 2023: 45 at once in one ledger.
//!
//! Announced for all of them together: 45 elections in 17 regions, 1,553 commissions, 1,491 precincts, 1,062,327 voters,
//! 125 candidates, a turnout of 62.79 %, a mean age of the elected of 46.7, some 8,500 proxies, observers and media. The
//! sums are these; below them, what a page printed of one contest is kept, and the rest is made up from a public seed.

pub(crate) mod people;
mod printed;
pub(crate) mod shares;
pub mod sources;
pub mod territories;

use event::json::Fault;
use law::{
    Fact,
    facts::{Ground, ObserversCounted, Office, OrganisationAccredited, SyntheticKind},
};

use crate::{
    act::{Act, semey_seconds},
    contest::{Contest, CountingMistake, PrecinctFigures, board_labels, new_id, new_text},
    opening::LedgerTitle,
    seed::draw_figure,
};
use shares::{ContestTotals, apportion};
use territories::{TERRITORIES, Territory, VOTES, find_row};

/// The seed of every figure and key, public on purpose.
pub const SEED: &str = "national-2023-11-05";
/// What its ledger is called.
pub const TITLE: LedgerTitle<'static> = LedgerTitle {
    origin: "demo.example/hattama/national-2023",
    name: "Журнал выборов акимов 5 ноября 2023 года: демонстрационный",
    synthetic: &SYNTHETIC,
};

/// What is made up in every election; sums over all of them are as announced.
const SYNTHETIC: [SyntheticKind; 6] = [
    SyntheticKind::Dates,
    SyntheticKind::Members,
    SyntheticKind::Nominators,
    SyntheticKind::Papers,
    SyntheticKind::Precincts,
    SyntheticKind::Watching,
];

/// Proxies, observers and media together, as announced: some 8,500.
const WATCHING: u64 = 8_500;
/// Of them media; made up.
const MEDIA: u64 = 640;
/// Kinds of papers that are published: the others stay with the commissions, sealed.
const PUBLIC: &[&str] = &["calling", "results", "recount-decision"];

/// All 45 elections.
#[must_use]
pub fn all_contests() -> Vec<Contest> {
    let ages = people::winner_ages(SEED, TERRITORIES.len());
    let mut all: Vec<Contest> = TERRITORIES
        .iter()
        .zip(ages)
        .enumerate()
        .map(|(n, (territory, age))| contest_of(n, territory, age))
        .collect();
    set_watchers(&mut all);
    all
}

/// The same elections with so many precincts each, for tests that play them again and again.
#[must_use]
pub fn contests_cut_to(precincts: usize) -> Vec<Contest> {
    let mut all = all_contests();
    for contest in &mut all {
        contest.precincts.truncate(precincts);
        let number = contest.precincts.len();
        contest.miscounted = contest.miscounted.filter(|slip| slip.precinct <= number);
        contest.mistyped = contest.mistyped.filter(|slip| slip.precinct <= number);
    }
    set_watchers(&mut all);
    all
}

fn contest_of(n: usize, territory: &Territory, age: u64) -> Contest {
    let seed = format!("{SEED}/{}", territory.slug);
    let oblast = territory.oblast();
    let (people, winner) = people::candidates_of(&seed, n, territory, age);
    let lines = votes_by_line(&seed, territory, winner);
    let mark = if territory.is_assumed() { " (assumed)" } else { "" };
    let [name, commission] = full_names(territory);
    let slip = |precinct, from, to, votes| CountingMistake { precinct, from, to, votes };
    Contest {
        names: None,
        slug: territory.slug.to_owned(),
        election: format!("{}-2023", territory.slug),
        midnight: semey_seconds("2023-11-05 00:00") + 3_600 * (5 - i64::from(oblast.zone)),
        zone: oblast.zone,
        name: format!("Выборы акима: {name}, {}{mark}", oblast.name_ru),
        office: if territory.is_city() { Office::City } else { Office::District },
        ground: Ground::TermEnds,
        territory: territory.kato.to_owned(),
        kato: territory.kato.to_owned(),
        oblast: (format!("oblast-{}", oblast.slug), format!("{} облыстық сайлау комиссиясы", oblast.name_kk)),
        commission: format!("{commission} аумақтық сайлау комиссиясы{mark}"),
        ballot: (0..people.len()).collect(),
        people,
        withdraws: None,
        precincts: shares::precincts_of(&seed, &ContestTotals::of_territory(territory), &lines),
        // One recount in nine contests, one wrong transcription in another nine.
        miscounted: (n % 5 == 1).then(|| slip(2, winner, usize::from(winner == 0), 3)),
        mistyped: (n % 5 == 3).then(|| slip(3, 0, 1, 0)),
        certificate: format!("{:04}", n + 1),
        watched: None,
        public: Some(PUBLIC),
        synthetic: printed::synthetic_kinds_of(territory),
        seed,
    }
}

/// The territory in Russian and in Kazakh, without the shortenings of the classifier.
fn full_names(territory: &Territory) -> [String; 2] {
    let city = |name: &str, end: &str| name.strip_suffix(end).map(str::to_owned);
    let ru = city(territory.name_ru, " Г.А.").map(|name| format!("город {name}"));
    let kk = city(territory.name_kk, " қ.ә.").map(|name| format!("{name} қаласы"));
    [ru.unwrap_or_else(|| territory.name_ru.to_owned()), kk.unwrap_or_else(|| territory.name_kk.to_owned())]
}

/// Votes by the lines of the ballot, and against all last: as printed, or made up so that one line leads clearly.
fn votes_by_line(seed: &str, territory: &Territory, winner: usize) -> Vec<u64> {
    let count = usize::try_from(territory.candidates).unwrap_or(0);
    let votes = territory.took_part - territory.against_all;
    let split = match find_row(&VOTES, territory.slug) {
        Some(printed) => printed.to_vec(),
        None => {
            let first = votes * (540 + draw_figure(seed, "share", 240)) / 1_000;
            let weights: Vec<u64> =
                (1..count).map(|n| 60 + draw_figure(seed, &format!("share/{n}"), 80)).collect();
            std::iter::once(first).chain(apportion(votes - first, &weights)).collect()
        }
    };
    let mut others = split.iter().skip(1);
    let mut lines: Vec<u64> = (0..count)
        .map(|line| if line == winner { split.first() } else { others.next() }.copied().unwrap_or(0))
        .collect();
    lines.push(territory.against_all);
    lines
}

/// Who watches: proxies as registered, media and observers so that all together are as many as announced.
fn set_watchers(all: &mut [Contest]) {
    let sizes: Vec<u64> = all.iter().map(|contest| contest.precincts.len() as u64).collect();
    let registered = |precinct: &PrecinctFigures| precinct.proxies.map_or(0, |(_, count)| count);
    let proxies: Vec<u64> =
        all.iter().map(|contest| contest.precincts.iter().map(registered).sum()).collect();
    let observers = WATCHING.saturating_sub(MEDIA + proxies.iter().sum::<u64>());
    let (observers, media) = (apportion(observers, &sizes), apportion(MEDIA, &sizes));
    for (((contest, proxies), observers), media) in all.iter_mut().zip(proxies).zip(observers).zip(media) {
        contest.watched = Some(ObserversCounted { approximate: true, foreign: 0, media, observers, proxies });
    }
}

/// The CEC accredits organisations that may send observers; they are invented.
///
/// # Errors
/// Never for the values of the script.
pub fn accreditation_acts(contests: &[Contest]) -> Result<Vec<Act>, Fault> {
    let Some(first) = contests.first() else { return Ok(Vec::new()) };
    let accredited = |n: usize| {
        let fact = Fact::OrganisationAccredited(OrganisationAccredited {
            decision: first.sealed_document("accreditation", n),
            name: new_text(&format!("Общественное объединение № {n} (вымышленное)"))?,
            organisation: new_id(&format!("observers-{n:02}"))?,
            until: first.time_at(90, "18:00")?,
        });
        Ok(first.act_outside_elections(
            first.seconds_at(-40, "10:00") + n as i64 * 600,
            "cec",
            board_labels("cec"),
            fact,
        ))
    };
    (1..=12).map(accredited).collect()
}

/// The oblast of a territory's code; the first of all, where there is none.
pub(crate) fn find_oblast(code: &str) -> territories::Oblast {
    let own = territories::OBLASTS.iter().find(|oblast| code.starts_with(oblast.code));
    own.copied().unwrap_or(territories::OBLASTS[0])
}
