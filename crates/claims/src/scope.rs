//! Which elections of the ledgers a claim speaks of, and what is missing of them.

use event::Id;
use law::state::{Candidate, Election, Poll, ProtocolStatus};
use phrase::{Phrase, phrase};

use crate::{claim::Scope, measure::Stage, persons::is_same_person, record::LedgerRecord};

/// An election of one of the ledgers.
#[derive(Clone, Copy)]
pub(crate) struct ScopedElection<'a> {
    /// Which ledger, from 1.
    pub(crate) ledger: usize,
    pub(crate) record: &'a LedgerRecord,
    pub(crate) id: &'a Id,
    pub(crate) election: &'a Election,
}

impl Scope {
    /// The elections that it speaks of, without those that another repeats.
    pub(crate) fn choose_elections<'a>(&self, ledgers: &'a [LedgerRecord]) -> Vec<ScopedElection<'a>> {
        let all = (1..).zip(ledgers).flat_map(|(ledger, record)| {
            let elections = record.state().elections.iter();
            elections.map(move |(id, election)| ScopedElection { ledger, record, id, election })
        });
        all.filter(|one| self.speaks_of(one.id, one.election)).collect()
    }

    fn speaks_of(&self, id: &Id, election: &Election) -> bool {
        let day = election.calendar.voting_starts.date_text();
        let territory = election.called.territory.as_str();
        election.repeated.is_none()
            && self.election.as_ref().is_none_or(|own| own == id.as_str())
            && self.office.is_none_or(|office| office == election.called.office)
            && self.territory.as_ref().is_none_or(|own| law::covers_territory(own, territory))
            // Days of this form are in order as texts.
            && self.from.as_ref().is_none_or(|from| from.as_str() <= day)
            && self.until.as_ref().is_none_or(|until| day <= until.as_str())
    }

    /// Whether a candidate is one of those that it speaks of.
    pub(crate) fn chooses_candidate(&self, id: &Id, candidate: &Candidate) -> bool {
        let nominated = &candidate.nominated;
        let same = |printed: &String| is_candidate(printed, id, candidate);
        let party = |printed: &String| {
            nominated.party.as_ref().is_some_and(|own| own.as_str().to_lowercase() == printed.to_lowercase())
        };
        self.candidate.as_ref().is_none_or(same)
            && self.party.as_ref().is_none_or(party)
            && self.method.is_none_or(|method| method == nominated.method)
    }

    /// The same elections with every candidate.
    pub(crate) fn without_choice_of_candidates(&self) -> Self {
        Self { candidate: None, party: None, method: None, ..self.clone() }
    }
}

/// Whether a printed name, or an id, is a candidate's.
pub(crate) fn is_candidate(printed: &str, id: &Id, candidate: &Candidate) -> bool {
    printed == id.as_str()
        || is_same_person(printed, candidate.nominated.name_kk.as_str())
        || is_same_person(printed, candidate.nominated.name_ru.as_str())
}

/// The candidate whom a result elected, if the registration was not denied.
pub(crate) fn find_winner(election: &Election) -> Option<(&Id, &Candidate)> {
    let determined = election.determined.as_ref().filter(|_| election.denied.is_none())?;
    election.candidates.get_key_value(determined.body.elected.as_ref()?)
}

/// Two ledgers that hold an election of the same office, territory and day.
pub(crate) fn find_same_election(elections: &[ScopedElection<'_>]) -> Option<Phrase> {
    let place = |one: &ScopedElection<'_>| {
        let called = &one.election.called;
        (
            called.office,
            called.territory.as_str().to_owned(),
            one.election.calendar.voting_starts.date_text().to_owned(),
        )
    };
    let mut places: Vec<_> = elections.iter().map(|one| (place(one), one.ledger)).collect();
    places.sort();
    let pairs = places.iter().zip(places.iter().skip(1));
    let same = pairs.into_iter().find(|(one, other)| one.0 == other.0 && one.1 != other.1);
    same.map(|(one, other)| {
        phrase!(
            "claim-same-election",
            "the ledgers {one} and {other} hold an election of the same office, territory and day",
            one = one.1,
            other = other.1
        )
    })
}

/// Of how many elections it speaks and how many are there, where these differ.
pub(crate) fn find_uncovered(scope: &Scope, elections: &[ScopedElection<'_>]) -> Option<Phrase> {
    let covered = elections.len() as u64;
    match scope.elections {
        Some(expected) if covered == expected => None,
        Some(expected) => Some(phrase!(
            "claim-elections",
            "the ledgers hold {covered} of {expected} elections",
            covered = covered,
            expected = expected
        )),
        None => Some(phrase!(
            "claim-elections-unstated",
            "the ledgers hold {covered} elections, and of how many is not said",
            covered = covered
        )),
    }
}

/// What is missing before a figure of these elections is whole.
pub(crate) fn find_unfinished(stage: Stage, elections: &[ScopedElection<'_>]) -> Option<Phrase> {
    if stage == Stage::Protocols {
        let polls = || elections.iter().flat_map(|one| one.election.polls.values());
        let counted = polls().filter(|poll| is_counted(poll)).count();
        let all = polls().count();
        let unfixed = elections.iter().any(|one| one.election.fixed.is_none());
        return (unfixed || counted < all).then(|| {
            phrase!("claim-protocols", "{counted} of {all} protocols are there", counted = counted, all = all)
        });
    }
    let done = elections.iter().filter(|one| has_reached(stage, one.election)).count();
    let all = elections.len();
    (done < all).then(|| match stage {
        Stage::Ballot => {
            phrase!(
                "claim-ballots",
                "{done} of {all} elections have an approved ballot",
                done = done,
                all = all
            )
        }
        Stage::Called | Stage::Fixed | Stage::Protocols => {
            phrase!(
                "claim-fixed",
                "{done} of {all} elections have their precincts fixed",
                done = done,
                all = all
            )
        }
        Stage::Voting => {
            phrase!(
                "claim-voting",
                "{done} of {all} elections have opened their polls",
                done = done,
                all = all
            )
        }
        Stage::Result => {
            phrase!("claim-results", "{done} of {all} elections have a result", done = done, all = all)
        }
        Stage::Watching => {
            phrase!(
                "claim-watching",
                "{done} of {all} elections have counted who watches",
                done = done,
                all = all
            )
        }
    })
}

fn has_reached(stage: Stage, election: &Election) -> bool {
    match stage {
        Stage::Called => true,
        Stage::Ballot => election.ballot.is_some(),
        Stage::Fixed => election.fixed.is_some(),
        Stage::Voting => election.polls.values().any(|poll| poll.opened.is_some()),
        Stage::Protocols => !election.polls.is_empty() && election.polls.values().all(is_counted),
        Stage::Result => election.determined.is_some(),
        Stage::Watching => election.observers.is_some(),
    }
}

/// A protocol is there and counts, or the precinct does not count at all.
fn is_counted(poll: &Poll) -> bool {
    let counts =
        |status: &ProtocolStatus| matches!(status, ProtocolStatus::Signed | ProtocolStatus::Received);
    poll.invalidated.is_some() || poll.current().is_some_and(|record| counts(&record.status))
}
