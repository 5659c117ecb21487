//! What of a test ledger somebody made up, so that whoever prints it says so.

use alloc::{collections::BTreeSet, string::String, vec::Vec};

use phrase::{Phrase, Phrased};
use serde::{Deserialize, Serialize};

/// A kind of figures that are not real.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SyntheticKind {
    /// Years of birth, of everybody.
    BirthYears,
    /// Names of candidates.
    Candidates,
    /// Numbers of ballots, and turnout.
    Counts,
    /// Dates before the voting.
    Dates,
    /// Names of members of commissions.
    Members,
    /// Who nominated whom: parties, and candidates themselves.
    Nominators,
    /// Years of birth, but that of the elected.
    OtherBirthYears,
    /// Names of candidates that say so themselves; the others are as printed.
    OtherCandidates,
    /// Who is elected.
    Outcomes,
    /// Documents.
    Papers,
    /// Figures of single precincts.
    Precincts,
    /// How many voters, precincts, members of commissions and candidates there are.
    Sizes,
    /// That there was an election in this territory.
    Territories,
    /// Numbers of votes; shares may be real.
    VoteNumbers,
    /// Votes by the lines of the ballot, and their shares.
    Votes,
    /// How those who watch are split.
    Watching,
}

impl SyntheticKind {
    /// Every kind, in the order of the bytes.
    pub const ALL: [Self; 16] = [
        Self::BirthYears,
        Self::Candidates,
        Self::Counts,
        Self::Dates,
        Self::Members,
        Self::Nominators,
        Self::OtherBirthYears,
        Self::OtherCandidates,
        Self::Outcomes,
        Self::Papers,
        Self::Precincts,
        Self::Sizes,
        Self::Territories,
        Self::VoteNumbers,
        Self::Votes,
        Self::Watching,
    ];

    /// As it stands in the bytes.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::BirthYears => "birth-years",
            Self::Candidates => "candidates",
            Self::Counts => "counts",
            Self::Dates => "dates",
            Self::Members => "members",
            Self::Nominators => "nominators",
            Self::OtherBirthYears => "other-birth-years",
            Self::OtherCandidates => "other-candidates",
            Self::Outcomes => "outcomes",
            Self::Papers => "papers",
            Self::Precincts => "precincts",
            Self::Sizes => "sizes",
            Self::Territories => "territories",
            Self::VoteNumbers => "vote-numbers",
            Self::Votes => "votes",
            Self::Watching => "watching",
        }
    }

    /// Several as one cell of a table has them: words with spaces between them.
    #[must_use]
    pub fn join_names(kinds: &BTreeSet<Self>) -> String {
        kinds.iter().map(|kind| kind.name()).collect::<Vec<_>>().join(" ")
    }
}

impl Phrased for SyntheticKind {
    fn phrase(&self) -> Phrase {
        Phrase::word(alloc::format!("synthetic-{}", self.name()), self.name())
    }
}

phrase::phrased_argument!(SyntheticKind);

#[cfg(test)]
mod tests {
    use super::SyntheticKind;

    #[test]
    fn kinds_stand_in_the_order_of_their_words() {
        let names = SyntheticKind::ALL.map(SyntheticKind::name);
        assert!(names.is_sorted() && SyntheticKind::ALL.is_sorted(), "{names:?}");
        for kind in SyntheticKind::ALL {
            let bytes = event::json::encode(&kind).unwrap();
            assert_eq!(bytes, alloc::format!("\"{}\"", kind.name()).into_bytes());
        }
    }
}
