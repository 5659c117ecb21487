//! A transcription that changed who stands before whom: people hold it beside the paper.
//!
//! Contains what it changed, and its words. Elsewhere: which transcriptions these are (`checks::transcriptions`).

use event::Id;
use serde::Serialize;
use texts::{Language, group_digits, law_text};

use crate::harmless::quote_harmlessly;

/// A protocol replaced on the ground that its paper was typed in wrongly, after which the candidates stand in another order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ChangedOrder {
    /// The election.
    pub election: Option<Id>,
    /// The precinct, by its id.
    pub precinct: Option<Id>,
    /// Its number on paper.
    pub number: String,
    /// The entry of the replacement.
    pub entry: u64,
    /// Whether the order changed among the votes of the precinct.
    pub in_precinct: bool,
    /// Whether it changed among the votes of the whole election, everything else being as it is now.
    pub in_election: bool,
    /// The votes of each candidate at the precinct, as the ballot has them.
    pub lines: Vec<ChangedLine>,
}

/// The votes of one candidate, before and after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangedLine {
    /// The candidate.
    pub candidate: Id,
    /// The names in Kazakh and Russian.
    pub names: [String; 2],
    /// Votes in the protocol that was replaced.
    pub before: u64,
    /// Votes in the one that replaced it.
    pub after: u64,
}

/// The same for programs.
#[derive(Serialize)]
pub(crate) struct TypedOrder<'a> {
    election: Option<&'a Id>,
    precinct: Option<&'a Id>,
    entry: u64,
    in_precinct: bool,
    in_election: bool,
    votes: Vec<TypedVotes<'a>>,
}

#[derive(Serialize)]
struct TypedVotes<'a> {
    candidate: &'a Id,
    before: u64,
    after: u64,
}

impl ChangedOrder {
    /// As it stands in the report as JSON.
    pub(crate) fn typed(&self) -> TypedOrder<'_> {
        let votes = self.lines.iter().map(|line| TypedVotes {
            candidate: &line.candidate,
            before: line.before,
            after: line.after,
        });
        TypedOrder {
            election: self.election.as_ref(),
            precinct: self.precinct.as_ref(),
            entry: self.entry,
            in_precinct: self.in_precinct,
            in_election: self.in_election,
            votes: votes.collect(),
        }
    }

    /// Precinct, entry, and how the votes of each candidate changed.
    pub(crate) fn value_in(&self, lang: Language) -> String {
        let number = quote_harmlessly(&self.number, &[]).into_owned();
        let place = law_text(lang, "paper-precinct", &[("number", number.into())]);
        let changed = self.lines.iter().filter(|line| line.before != line.after).map(|line| {
            let [kk, ru] = &line.names;
            let name = if lang == Language::Kk { kk } else { ru };
            let figure = |votes: u64| group_digits(&votes.to_string());
            format!("{} {} → {}", quote_harmlessly(name, &[]), figure(line.before), figure(line.after))
        });
        let votes: Vec<String> = changed.collect();
        let scope = match (self.in_precinct, self.in_election) {
            (true, true) => "changed-order-in-both",
            (false, true) => "changed-order-in-election",
            _ => "changed-order-in-precinct",
        };
        let args = [
            ("place", place.into()),
            ("entry", self.entry.to_string().into()),
            ("votes", votes.join(", ").into()),
            ("scope", law_text(lang, scope, &[]).into()),
        ];
        law_text(lang, "changed-order-value", &args)
    }
}
