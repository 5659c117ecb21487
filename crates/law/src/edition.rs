//! Editions of the law: what differs between them, as data.
//!
//! Contains which edition governs an election, its terms in calendar days, which offices it elects, what follows a tie.
//! Does not contain the rules that read it; how days are counted (`days`).

use serde::{Deserialize, Serialize};

/// A redaction of the constitutional law on elections.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Edition {
    /// Assumed for rural elections called from July 2021 to the end of 2022: no text of that time stands behind it. Its terms are taken from
    /// `Z2025_01_01`, and no article is cited for them.
    #[serde(rename = "assumed-2021")]
    Assumed2021,
    /// In force for elections called from 1 January 2023 to 30 June 2026.
    #[serde(rename = "Z2025_01_01")]
    Z2025_01_01,
    /// In force for elections called from 1 July 2026 on; district and regional-city akims are not elected any more.
    #[serde(rename = "Z2026_07_01")]
    Z2026_07_01,
}

/// Which akim is elected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Office {
    /// Of a district.
    District,
    /// Of a city of regional significance.
    City,
    /// Of a city of district significance, a village, a settlement, a rural okrug.
    Rural,
}

/// What follows when two or more have equally the most votes (art. 113-9).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AfterTie {
    /// A new election with new nominations.
    RepeatElection,
    /// Another voting among those who tied.
    RepeatVoting,
}

/// Until when who nominated may revoke it (art. 113-6(2)).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Revocable {
    /// Two days before registration ends.
    UntilRegistration,
    /// As long as a candidate may withdraw.
    UntilWithdrawal,
}

/// The terms of an election, in calendar days unless they say otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terms {
    /// An election is called at least so long before the term of the office ends.
    pub call_before_term_ends: i64,
    /// And held at least so long before.
    pub hold_before_term_ends: i64,
    /// After an early end or in a new unit it is called within so many months.
    pub call_within_months: i64,
    /// And held within so many days of the call.
    pub hold_within: i64,
    /// Nomination ends so long before the voting.
    pub nomination_before: i64,
    /// Registration ends so long before the voting.
    pub registration_before: i64,
    /// A candidate may withdraw until so long before the voting.
    pub withdrawal_before: i64,
    /// The deposit of a candidate, in minimum wages.
    pub deposit_wages: u64,
}

/// Nomination is extended by at most so many days (art. 113-3(6)).
pub(crate) const NOMINATION_EXTENSION: i64 = 3;
/// An election is extended by at most so many days (art. 113-7).
pub(crate) const ELECTION_EXTENSION: i64 = 15;
/// Results are determined within so many days of the voting (art. 113-10(1)).
pub const DETERMINED_WITHIN: i64 = 3;
/// Results are published, and the akim registered, within so many days of the voting (art. 44(4), 113-11).
pub const FINISHED_WITHIN: i64 = 7;
/// Proxies of one candidate at one precinct (art. 31).
pub(crate) const PROXIES_MAX: u64 = 3;

impl Edition {
    /// Every edition, the oldest first.
    pub const ALL: [Self; 3] = [Self::Assumed2021, Self::Z2025_01_01, Self::Z2026_07_01];

    /// The edition's name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Assumed2021 => "assumed-2021",
            Self::Z2025_01_01 => "Z2025_01_01",
            Self::Z2026_07_01 => "Z2026_07_01",
        }
    }

    /// First and last local day on which an election may be called under it.
    #[must_use]
    pub fn called_between(self) -> (&'static str, &'static str) {
        match self {
            Self::Assumed2021 => ("2021-05-01", "2022-12-31"),
            Self::Z2025_01_01 => ("2023-01-01", "2026-06-30"),
            Self::Z2026_07_01 => ("2026-07-01", "2099-12-31"),
        }
    }

    /// The terms for an office; none where the edition does not elect it at all (art. 1, 3(1)).
    #[must_use]
    pub fn terms_of(self, office: Office) -> Option<Terms> {
        let rural = Terms {
            call_before_term_ends: 50,
            hold_before_term_ends: 10,
            call_within_months: 1,
            hold_within: 40,
            nomination_before: 25,
            registration_before: 20,
            withdrawal_before: 2,
            deposit_wages: 1,
        };
        match (self, office) {
            (Self::Assumed2021 | Self::Z2025_01_01, Office::Rural) => Some(rural),
            (Self::Z2025_01_01, Office::District | Office::City) => Some(Terms {
                call_before_term_ends: 60,
                hold_within: 50,
                nomination_before: 30,
                registration_before: 25,
                deposit_wages: 5,
                ..rural
            }),
            (Self::Z2026_07_01, Office::Rural) => Some(Terms { call_within_months: 2, ..rural }),
            (Self::Assumed2021 | Self::Z2026_07_01, Office::District | Office::City) => None,
        }
    }

    /// What follows a tie (art. 113-9).
    #[must_use]
    pub fn after_tie(self) -> AfterTie {
        match self {
            Self::Assumed2021 | Self::Z2025_01_01 => AfterTie::RepeatElection,
            Self::Z2026_07_01 => AfterTie::RepeatVoting,
        }
    }

    /// Until when a nomination may be revoked.
    #[must_use]
    pub fn revocable(self) -> Revocable {
        match self {
            Self::Assumed2021 | Self::Z2025_01_01 => Revocable::UntilRegistration,
            Self::Z2026_07_01 => Revocable::UntilWithdrawal,
        }
    }

    /// Whether one precinct's result can be declared invalid by itself (art. 44(2-1)).
    #[must_use]
    pub fn invalidates_precincts(self) -> bool {
        self == Self::Z2026_07_01
    }

    /// Whether a nominee may leave before being registered (art. 113-6(1)).
    #[must_use]
    pub fn nominees_withdraw(self) -> bool {
        self == Self::Z2026_07_01
    }

    /// Whether the days between ground, call and voting are judged: elections of the first edition are history, and
    /// their dates are what they were.
    #[must_use]
    pub fn judges_the_call(self) -> bool {
        self == Self::Z2026_07_01
    }
}
