//! Elections of akims from July 2021 to November 2025, in three ledgers: the 730 rural ones of 25 July 2021, 1,670 later rural ones, those of
//! 52 districts and four cities.
//!
//! Three, because kinds of figures that are made up are said in a charter for every election of a ledger: the sums of July 2021 are announced,
//! those of the later rural elections are not, and of the districts some names are printed. None replaces a lost one, so none continues another.
//!
//! Announced: for 25 July 2021 offices, precincts, candidates by kind, voters, turnout and the winners by party; for all years "over
//! 1,500" rural akims of six parties, "over 700" by self-nomination, and 52 of districts. Sums of a ledger are these; the elections
//! below them are made up from a public seed, and say so in their names, parties and territories.

mod change;
mod days;
mod districts;
mod rural;

use law::facts::SyntheticKind;

use crate::{contest::Contest, opening::LedgerTitle};
use days::{JULY_2021, LATER};

pub use change::{ActOfChange, StepOfChange, acts_of_the_change, call_after_the_change, count_sitting_akims};
/// The seed of every figure and key, public on purpose.
pub use days::SEED;

/// A ledger of the years.
#[derive(Debug, Clone, Copy)]
pub struct YearsLedger {
    /// The folder it is played into.
    pub folder: &'static str,
    /// What it is called.
    pub title: LedgerTitle<'static>,
    /// When its charter is signed, as in Semey.
    pub opened: &'static str,
    /// When its snapshot is published, as in Semey.
    pub published: &'static str,
    contests: fn() -> Vec<Contest>,
}

/// What is made up in every election of every ledger of the years.
const SYNTHETIC: [SyntheticKind; 4] =
    [SyntheticKind::Dates, SyntheticKind::Members, SyntheticKind::Papers, SyntheticKind::Precincts];
/// What is made up of the later rural elections: their sums as well, but how many there were and who nominated the elected.
const SYNTHETIC_LATER: [SyntheticKind; 11] = [
    SyntheticKind::BirthYears,
    SyntheticKind::Candidates,
    SyntheticKind::Counts,
    SyntheticKind::Dates,
    SyntheticKind::Members,
    SyntheticKind::Papers,
    SyntheticKind::Precincts,
    SyntheticKind::Sizes,
    SyntheticKind::Territories,
    SyntheticKind::Votes,
    SyntheticKind::Watching,
];

/// The ledgers, the oldest first.
pub const LEDGERS: [YearsLedger; 3] = [
    YearsLedger {
        folder: "july-2021",
        title: LedgerTitle {
            origin: "demo.example/hattama/rural-july-2021",
            name: "Журнал выборов сельских акимов 25 июля 2021 года: демонстрационный",
            synthetic: &SYNTHETIC,
        },
        opened: "2021-05-20 09:00",
        published: "2021-07-27 20:00",
        contests: || rural::contests_of_days(&[JULY_2021], 0),
    },
    YearsLedger {
        folder: "rural",
        title: LedgerTitle {
            origin: "demo.example/hattama/rural-2021-2025",
            name: "Журнал выборов сельских акимов 2021–2025 годов: демонстрационный",
            synthetic: &SYNTHETIC_LATER,
        },
        opened: "2021-08-20 09:00",
        published: "2025-11-30 18:00",
        contests: || rural::contests_of_days(&LATER, JULY_2021.elections),
    },
    YearsLedger {
        folder: "districts",
        title: LedgerTitle {
            origin: "demo.example/hattama/districts-2023-2025",
            name: "Журнал выборов акимов районов и городов 2023–2025 годов: демонстрационный",
            synthetic: &SYNTHETIC,
        },
        opened: "2023-09-12 09:00",
        published: "2025-11-30 18:00",
        contests: districts::all_contests,
    },
];

impl YearsLedger {
    /// Every election of it, by voting day.
    #[must_use]
    pub fn all_contests(&self) -> Vec<Contest> {
        (self.contests)()
    }

    /// So many elections of each voting day, each with one precinct, for tests that play them again and again.
    #[must_use]
    pub fn contests_cut_to(&self, elections: usize) -> Vec<Contest> {
        let mut taken: Vec<(i64, usize)> = Vec::new();
        let mut cut = Vec::new();
        for mut contest in self.all_contests() {
            let day = contest.midnight / 86_400;
            match taken.iter_mut().find(|(known, _)| *known == day) {
                Some((_, count)) => *count += 1,
                None => taken.push((day, 1)),
            }
            if taken.iter().any(|(known, count)| *known == day && *count <= elections) {
                contest.precincts.truncate(1);
                contest.miscounted = contest.miscounted.filter(|slip| slip.precinct <= 1);
                contest.mistyped = contest.mistyped.filter(|slip| slip.precinct <= 1);
                cut.push(contest);
            }
        }
        cut
    }
}

#[cfg(test)]
mod tests {
    use law::facts::{Method, Office};

    use super::*;

    fn sum(contests: &[Contest], figure: impl Fn(&crate::contest::PrecinctFigures) -> u64) -> u64 {
        contests.iter().flat_map(|contest| &contest.precincts).map(figure).sum()
    }

    fn standing(contests: &[Contest], method: Method) -> usize {
        contests.iter().flat_map(|contest| &contest.people).filter(|person| person.method == method).count()
    }

    fn elected(contests: &[Contest]) -> Vec<(Method, Option<String>)> {
        let winner = |contest: &Contest| {
            let id = contest.winner().unwrap();
            let person = contest.people.iter().find(|person| person.id == id).unwrap();
            (person.method, person.party.clone())
        };
        contests.iter().map(winner).collect()
    }

    #[test]
    fn sums_are_those_announced() {
        let [july, later, districts] = LEDGERS.map(|ledger| ledger.all_contests());
        assert_eq!((july.len(), later.len(), districts.len()), (730, 1_670, 56));
        let of_districts = districts.iter().filter(|contest| contest.office == Office::District).count();
        assert_eq!(of_districts, 52);
        assert_eq!(sum(&july, |_| 1), 1_847);
        assert_eq!(sum(&july, |precinct| precinct.voters), 1_209_817);
        assert_eq!((standing(&july, Method::Own), standing(&july, Method::Party)), (1_419, 878));
        let part = sum(&july, |precinct| precinct.votes.iter().sum());
        assert_eq!(ledger::projections::format_percent(part, 1_209_817, 2), "79.10");
        let winners = elected(&july);
        for (party, count) in days::WINNERS_2021 {
            let own = winners.iter().filter(|(_, own)| own.as_deref() == Some(party)).count();
            assert_eq!(own as u64, count, "{party}");
        }
        let all = [winners, elected(&later)].concat();
        let by = |method| all.iter().filter(|(own, _)| *own == method).count();
        assert_eq!((by(Method::Party), by(Method::Own)), (1_640, 760));
    }

    #[test]
    fn every_precinct_is_lawful_and_no_territory_lies_in_another() {
        for ledger in LEDGERS {
            let all = ledger.all_contests();
            let mut codes: Vec<&str> = all.iter().map(|contest| contest.territory.as_str()).collect();
            codes.sort_unstable();
            assert!(codes.windows(2).all(|pair| pair[0] != pair[1]), "{}", ledger.folder);
            assert!(all.is_sorted_by_key(|contest| contest.midnight / 86_400), "{}", ledger.folder);
            for contest in &all {
                let mut parties: Vec<&str> =
                    contest.people.iter().filter_map(|person| person.party.as_deref()).collect();
                parties.sort_unstable();
                let alone = parties.windows(2).all(|pair| pair[0] != pair[1]);
                assert!(alone && contest.people.len() > 1, "{}: {parties:?}", contest.slug);
                for p in &contest.precincts {
                    let at = format!("{} {}", contest.slug, p.number);
                    assert_eq!(p.votes.iter().sum::<u64>() + p.invalid, p.found, "{at}");
                    assert!(p.voters > 0 && p.voters <= 3_000 && p.issued <= p.voters, "{at}: {p:?}");
                    assert!(p.found <= p.issued && p.portable <= p.found, "{at}: {p:?}");
                    assert!(p.reports.windows(2).all(|pair| pair[0].1 <= pair[1].1), "{at}: {p:?}");
                    assert!(p.reports.iter().all(|(_, issued)| *issued <= p.issued), "{at}: {p:?}");
                }
            }
        }
    }
}
