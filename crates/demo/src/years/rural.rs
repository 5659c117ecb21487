//! Rural elections of a voting day, whose figures add up to those of the day. All of them are made up.

use law::facts::{Ground, Method, Office, SyntheticKind};

use super::days::{RuralDay, SEED};
use crate::{
    act::semey_seconds,
    contest::{Contest, CountingMistake, Nominee, PrecinctFigures},
    national::{
        people::invented_names,
        shares::{ContestTotals, apportion, precincts_of},
        territories::{OBLASTS, Oblast},
    },
    seed::draw_figure,
};

/// Ages of candidates: so many at least, and below so many more.
const AGES: (u64, u64) = (29, 30);
/// Codes of okrugs of one invented district.
const OKRUGS: u64 = 89;
/// The first code of a district that the classifier does not have; it has no odd ones above.
const FIRST_DISTRICT: u64 = 91;
/// The day from which all clocks of the country agree.
const ONE_ZONE: &str = "2024-03-01";
/// Regions that were made in June 2022.
const YOUNG: [&str; 3] = ["abai", "zhetisu", "ulytau"];

/// What is made up in each, beside what is in all of its ledger.
const SYNTHETIC: [SyntheticKind; 9] = [
    SyntheticKind::BirthYears,
    SyntheticKind::Candidates,
    SyntheticKind::Counts,
    SyntheticKind::Nominators,
    SyntheticKind::Outcomes,
    SyntheticKind::Sizes,
    SyntheticKind::Territories,
    SyntheticKind::Votes,
    SyntheticKind::Watching,
];

/// The elections of these days; `first` were held before them.
pub(super) fn contests_of_days(days: &[RuralDay], first: u64) -> Vec<Contest> {
    let mut number = first;
    let mut all = Vec::new();
    for day in days {
        all.extend(contests_of_day(day, number));
        number += day.elections;
    }
    all
}

/// How one day is shared out among its elections.
struct DayShares {
    precincts: Vec<u64>,
    voters: Vec<u64>,
    took_part: Vec<u64>,
    /// Candidates by self-nomination beside the winner.
    own: Vec<u64>,
    /// Candidates of parties beside the winner.
    party: Vec<u64>,
    winners: Vec<Option<&'static str>>,
}

fn share_out_day(day: &RuralDay) -> DayShares {
    let numbers = || 1..=day.elections;
    let noise = |what: &'static str, from: u64, below: u64| {
        move |n: u64| from + draw_figure(SEED, &format!("{}/{what}/{n}", day.day), below)
    };
    let more =
        apportion(day.precincts - day.elections, &numbers().map(noise("size", 20, 100)).collect::<Vec<_>>());
    let precincts: Vec<u64> = more.into_iter().map(|more| more + 1).collect();
    let size = noise("voters", 70, 60);
    let weights: Vec<u64> = precincts.iter().zip(numbers()).map(|(count, n)| count * size(n)).collect();
    let voters = apportion(day.voters, &weights);
    let part = noise("turnout", 92, 16);
    let weights: Vec<u64> = voters.iter().zip(numbers()).map(|(voters, n)| voters * part(n)).collect();
    let took_part = apportion((day.voters * day.turnout + 5_000) / 10_000, &weights);
    let winners = mix_winners(day);
    let [own, party] = day.candidates;
    let of_parties = winners.iter().flatten().count() as u64;
    let by_themselves = day.elections - of_parties;
    // Everybody has a rival: the second of each election first, what is left after that.
    let second_of_party = party - of_parties;
    let own_left = own - by_themselves;
    let rival_of_party =
        |n: u64| u64::from(n * second_of_party / day.elections != (n + 1) * second_of_party / day.elections);
    let party: Vec<u64> = (0..day.elections).map(rival_of_party).collect();
    let seconds: u64 = party.iter().map(|one| 1 - one).sum();
    let thirds = apportion(
        own_left.saturating_sub(seconds),
        &numbers().map(noise("third", 50, 60)).collect::<Vec<_>>(),
    );
    let own = party.iter().zip(thirds).map(|(party, third)| (1 - party) + third).collect();
    DayShares { precincts, voters, took_part, own, party, winners }
}

/// Who nominated the elected, in an order that no territory explains.
fn mix_winners(day: &RuralDay) -> Vec<Option<&'static str>> {
    let of_party =
        |(party, count): &(&'static str, u64)| vec![Some(*party); usize::try_from(*count).unwrap_or(0)];
    let mut winners: Vec<Option<&'static str>> = day.winners.iter().flat_map(of_party).collect();
    winners.resize(usize::try_from(day.elections).unwrap_or(0), None);
    let mut mixed: Vec<(u64, Option<&'static str>)> = winners
        .into_iter()
        .zip(0..)
        .map(|(winner, n): (_, u64)| {
            (draw_figure(SEED, &format!("{}/winner/{n}", day.day), u64::MAX), winner)
        })
        .collect();
    mixed.sort_unstable();
    mixed.into_iter().map(|(_, winner)| winner).collect()
}

fn contests_of_day(day: &RuralDay, first: u64) -> Vec<Contest> {
    let shares = share_out_day(day);
    let of = |figures: &[u64], n: usize| figures.get(n).copied().unwrap_or(0);
    let parties: Vec<&'static str> = day.winners.iter().map(|(party, _)| *party).collect();
    (0..usize::try_from(day.elections).unwrap_or(0))
        .map(|n| {
            let figures = RuralFigures {
                number: first + n as u64,
                day: day.day,
                precincts: of(&shares.precincts, n),
                voters: of(&shares.voters, n),
                took_part: of(&shares.took_part, n),
                own: of(&shares.own, n),
                rival: (of(&shares.party, n) > 0)
                    .then(|| choose_rival(&parties, n, shares.winners.get(n).copied().flatten()))
                    .flatten(),
                winner: shares.winners.get(n).copied().flatten(),
            };
            contest_of(&figures)
        })
        .collect()
}

/// A party that did not nominate the elected: each nominates one.
fn choose_rival(parties: &[&'static str], n: usize, winner: Option<&str>) -> Option<&'static str> {
    let from_n = parties.iter().cycle().skip(n % parties.len().max(1)).take(parties.len());
    from_n.copied().find(|party| Some(*party) != winner)
}

/// What one election has to come to.
struct RuralFigures {
    number: u64,
    day: &'static str,
    precincts: u64,
    voters: u64,
    took_part: u64,
    own: u64,
    rival: Option<&'static str>,
    winner: Option<&'static str>,
}

fn contest_of(own: &RuralFigures) -> Contest {
    let slug = format!("okrug-{:04}", own.number + 1);
    let seed = format!("{SEED}/{slug}");
    let (oblast, place) = find_region(own);
    let code =
        format!("{}{:02}{:02}000", oblast.code, FIRST_DISTRICT + place / OKRUGS * 2, 11 + place % OKRUGS);
    let people = people_of(own, &slug, &seed);
    let lines = votes_by_line(own, &seed, people.len());
    let zone = if own.day < ONE_ZONE { oblast.zone } else { 5 };
    let number = own.number + 1;
    let year = own.day.get(..4).unwrap_or_default();
    let mut precincts = precincts_of(&seed, &totals_of(own, &lines), &lines);
    precincts.iter_mut().for_each(report_more_often);
    let slip = CountingMistake { precinct: 1, from: 0, to: 1, votes: 2 };
    Contest {
        names: None,
        election: format!("{slug}-{year}"),
        midnight: semey_seconds(&format!("{} 00:00", own.day)) + 3_600 * (5 - i64::from(zone)),
        zone,
        name: format!("Выборы акима: сельский округ № {number} (вымышленный, fictional), {}", oblast.name_ru),
        office: Office::Rural,
        ground: Ground::TermEnds,
        territory: code.clone(),
        kato: code,
        oblast: (format!("oblast-{}", oblast.slug), format!("{} облыстық сайлау комиссиясы", oblast.name_kk)),
        commission: format!("№ {number} ауылдық округінің (ойдан шығарылған) аумақтық сайлау комиссиясы"),
        ballot: (0..people.len()).collect(),
        people,
        withdraws: None,
        miscounted: own.number.is_multiple_of(40).then_some(slip),
        mistyped: None,
        precincts,
        certificate: format!("{number:04}"),
        watched: None,
        public: Some(&[]),
        synthetic: SYNTHETIC.to_vec(),
        slug,
        seed,
    }
}

/// The region, and the place among the invented okrugs of it.
fn find_region(own: &RuralFigures) -> (Oblast, u64) {
    let young = own.day < "2022-06-08";
    let there: Vec<&Oblast> =
        OBLASTS.iter().filter(|oblast| !(young && YOUNG.contains(&oblast.slug))).collect();
    let oblast = there.get(usize::try_from(own.number).unwrap_or(0) % there.len().max(1));
    // Numbers of one region are at least 14 apart, and one more where there are more regions.
    (oblast.map_or(OBLASTS[0], |oblast| **oblast), own.number / 14 + u64::from(!young))
}

fn totals_of(own: &RuralFigures, lines: &[u64]) -> ContestTotals {
    let took_part: u64 = lines.iter().sum();
    ContestTotals {
        precincts: own.precincts,
        voters: own.voters,
        took_part,
        invalid: (own.voters - took_part).min(took_part / 100),
        outside: took_part / 40,
        by_16: None,
        absentee: 0,
        members: None,
    }
}

/// Votes by line, the elected first, and against all last.
fn votes_by_line(own: &RuralFigures, seed: &str, people: usize) -> Vec<u64> {
    let against_all = own.took_part * (15 + draw_figure(seed, "against", 25)) / 1_000;
    let votes = own.took_part - against_all;
    let first = votes * (560 + draw_figure(seed, "share", 240)) / 1_000;
    let weights: Vec<u64> = (1..people).map(|n| 60 + draw_figure(seed, &format!("share/{n}"), 80)).collect();
    std::iter::once(first).chain(apportion(votes - first, &weights)).chain([against_all]).collect()
}

/// The elected first: names are letters in the order of the ballot.
fn people_of(own: &RuralFigures, slug: &str, seed: &str) -> Vec<Nominee> {
    let rivals = own.rival.map(Some).into_iter();
    let nominators = std::iter::once(own.winner).chain(rivals).chain((0..own.own).map(|_| None));
    let year: u64 = own.day.get(..4).and_then(|year| year.parse().ok()).unwrap_or(0);
    nominators
        .enumerate()
        .map(|(place, party)| {
            let [name_kk, name_ru] = invented_names(place);
            Nominee {
                id: format!("{slug}-c{}", place + 1),
                name_kk,
                name_ru,
                birth_year: year - AGES.0 - draw_figure(seed, &format!("age/{place}"), AGES.1),
                method: if party.is_some() { Method::Party } else { Method::Own },
                party: party.map(str::to_owned),
                nominated_before: None,
            }
        })
        .collect()
}

/// Every two hours, as commissions report.
fn report_more_often(precinct: &mut PrecinctFigures) {
    let by_16 = precinct.reports.last().map_or(0, |(_, issued)| *issued);
    let rest = precinct.issued.saturating_sub(by_16);
    precinct.reports = vec![
        ("10:00", by_16 * 3 / 10),
        ("12:00", by_16 * 5 / 10),
        ("14:00", by_16 * 8 / 10),
        ("16:00", by_16),
        ("18:00", by_16 + rest / 2),
    ];
}
