//! Voting days of rural elections, and what was announced of them; all but 25 July 2021 is made up so that the sums of all years are as
//! announced.

/// The seed of every figure and key, public on purpose.
pub const SEED: &str = "years-2021-2025";

/// A voting day of rural elections.
#[derive(Debug, Clone, Copy)]
pub(super) struct RuralDay {
    /// The day.
    pub(super) day: &'static str,
    /// How many elections.
    pub(super) elections: u64,
    /// Their precincts together.
    pub(super) precincts: u64,
    /// Voters together.
    pub(super) voters: u64,
    /// Who took part, in hundredths of a percent.
    pub(super) turnout: u64,
    /// Candidates by self-nomination, and of parties.
    pub(super) candidates: [u64; 2],
    /// The elected of parties, by party; the others nominated themselves.
    pub(super) winners: &'static [(&'static str, u64)],
}

/// Winners of 25 July 2021 by party, as a page prints them.
pub(super) const WINNERS_2021: [(&str, u64); 6] =
    [("Nur Otan", 627), ("Auyl", 33), ("Adal", 15), ("Aq Jol", 11), ("QHP", 10), ("JSDP", 1)];

/// The first day, as announced.
pub(super) const JULY_2021: RuralDay = RuralDay {
    day: "2021-07-25",
    elections: 730,
    precincts: 1_847,
    voters: 1_209_817,
    turnout: 7_910,
    candidates: [1_419, 878],
    winners: &WINNERS_2021,
};

const fn day(day: &'static str, elections: u64, winners: &'static [(&'static str, u64)]) -> RuralDay {
    RuralDay {
        day,
        elections,
        precincts: elections * 4,
        voters: elections * 2_300,
        turnout: 6_640,
        candidates: [elections * 2, elections],
        winners,
    }
}

/// Names of parties that say that they are invented.
const FIRST: &str = "Партия № 1 (ойдан шығарылған, вымышленная, fictional)";
const SECOND: &str = "Партия № 2 (ойдан шығарылған, вымышленная, fictional)";
const THIRD: &str = "Партия № 3 (ойдан шығарылған, вымышленная, fictional)";

/// The later days: 1,670 elections, 943 of the elected of parties and 727 by self-nomination.
pub(super) const LATER: [RuralDay; 10] = [
    day("2021-10-31", 220, &[(FIRST, 100), (SECOND, 20), (THIRD, 3)]),
    day("2022-03-27", 190, &[(FIRST, 90), (SECOND, 15)]),
    day("2022-07-31", 200, &[(FIRST, 90), (SECOND, 20)]),
    day("2022-11-27", 140, &[(FIRST, 70), (SECOND, 10)]),
    day("2023-03-26", 130, &[(FIRST, 65), (THIRD, 10)]),
    day("2023-08-27", 180, &[(FIRST, 90), (SECOND, 10)]),
    day("2024-03-31", 150, &[(FIRST, 70), (SECOND, 15)]),
    day("2024-08-25", 170, &[(FIRST, 80), (THIRD, 15)]),
    day("2025-03-30", 140, &[(FIRST, 70), (SECOND, 15)]),
    day("2025-08-31", 150, &[(FIRST, 70), (SECOND, 15)]),
];
