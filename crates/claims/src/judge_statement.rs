//! Names and days: what was announced against what single events say.

use std::collections::BTreeSet;

use event::Id;
use law::facts::Method;
use phrase::{Phrase, phrase};

use crate::{
    claim::{Bound, Scope},
    judge_figure::{require_whole, tell_bound, tell_plain},
    measure::{DayMeasure, NameMeasure, Stage},
    outcome::EventReference,
    persons::is_same_person,
    record::{LedgerRecord, NotedAct},
    scope::{ScopedElection, find_winner, is_candidate},
    synthetic::{find_synthetic, kinds_of_day, kinds_of_name},
    verdict::Verdict,
};

/// Judges a day.
pub(crate) fn judge_day(day: DayMeasure, scope: &Scope, printed: &str, ledgers: &[LedgerRecord]) -> Verdict {
    let elections = scope.choose_elections(ledgers);
    if let Err(verdict) = require_whole(&[Stage::Called], scope, &elections) {
        return verdict;
    }
    if let Some(made_up) = find_synthetic(&kinds_of_day(day), true, &elections) {
        return Verdict::undecidable(made_up);
    }
    let (mut days, mut events) = (BTreeSet::new(), Vec::new());
    for one in &elections {
        let candidate = scope.candidate.as_ref().and_then(|printed| find_candidate(printed, one));
        let Some(act) = one.record.acts_of(day.fact(), one.id, candidate).last() else {
            return Verdict::undecidable(tell_missing(day.fact()));
        };
        days.insert(match day {
            DayMeasure::Voting => one.election.calendar.voting_starts.date_text(),
            _ => act.at.date_text(),
        });
        events.push(reference(one, act));
    }
    let found = days.iter().copied().collect::<Vec<_>>().join(", ");
    let reason = tell_bound(Bound::Exactly, printed, &found);
    Verdict::of_figure(found == printed, found, reason).resting_on(events)
}

/// Judges a name.
pub(crate) fn judge_name(
    name: NameMeasure,
    scope: &Scope,
    printed: &str,
    ledgers: &[LedgerRecord],
) -> Verdict {
    let elections = scope.choose_elections(ledgers);
    if let Err(verdict) = require_whole(&[Stage::Result], scope, &elections) {
        return verdict;
    }
    if let Some(made_up) = find_synthetic(&kinds_of_name(name), true, &elections) {
        return Verdict::undecidable(made_up);
    }
    let (mut names, mut events, mut holds) = (BTreeSet::new(), Vec::new(), true);
    for one in &elections {
        let Some(read) = read_name(name, scope, one, printed) else {
            let fact = if name == NameMeasure::CertificateSigner {
                "certificate-issued"
            } else {
                "results-determined"
            };
            return Verdict::undecidable(tell_missing(fact));
        };
        holds &= read.holds;
        names.insert(read.found);
        events.extend(read.event);
    }
    let reason = tell_plain(
        name_in_words(name, printed),
        phrase::Argument::list(names.iter().map(|found| name_in_words(name, found))),
    );
    let found = names.into_iter().collect::<Vec<_>>().join(", ");
    Verdict::of_figure(holds, found, reason).resting_on(events)
}

/// A word of the format in the reader's language; a name as it stands.
fn name_in_words(name: NameMeasure, said: &str) -> phrase::Argument {
    let text = match (name, said) {
        (NameMeasure::CertificateSigner, "chair") => "seat-chair",
        (NameMeasure::CertificateSigner, "deputy") => "seat-deputy",
        (NameMeasure::CertificateSigner, "secretary") => "seat-secretary",
        (NameMeasure::Nominator, "own") => "word-method-own",
        (NameMeasure::Nominator, "party") => "word-method-party",
        (NameMeasure::Nominator, "higher-akim") => "word-method-akim",
        _ => return phrase::Argument::quote(said),
    };
    phrase::Argument::of_phrase(Phrase::word(text.to_owned(), said))
}

/// A name of one election beside the printed one.
struct NameRead {
    found: String,
    holds: bool,
    event: Option<EventReference>,
}

fn read_name(name: NameMeasure, scope: &Scope, one: &ScopedElection<'_>, printed: &str) -> Option<NameRead> {
    if name == NameMeasure::CertificateSigner {
        let act = one.record.acts_of("certificate-issued", one.id, None).last()?;
        let found = act.seats.iter().map(Id::as_str).collect::<Vec<_>>().join(", ");
        return Some(NameRead { holds: found == printed, found, event: Some(reference(one, act)) });
    }
    let determined = one.election.determined.as_ref()?;
    let winner = find_winner(one.election);
    let (id, candidate) = match (&scope.candidate, winner) {
        (Some(printed), _) => {
            let id = find_candidate(printed, one)?;
            (id, one.election.candidates.get(id)?)
        }
        (None, winner) => winner?,
    };
    let nominated = &candidate.nominated;
    let fact = if name == NameMeasure::Winner { "results-determined" } else { "candidate-nominated" };
    let whose = Some(id).filter(|_| name == NameMeasure::Nominator);
    let event = one.record.acts_of(fact, one.id, whose).last().map(|act| reference(one, act));
    debug_assert!(determined.index < one.record.head.size(), "what was determined stands in the ledger");
    Some(match name {
        NameMeasure::Winner | NameMeasure::CertificateSigner => NameRead {
            found: format!("{} / {}", nominated.name_kk, nominated.name_ru),
            holds: is_candidate(printed, id, candidate),
            event,
        },
        NameMeasure::Nominator => {
            let found = match (nominated.method, &nominated.party) {
                (Method::Party, Some(party)) => party.to_string(),
                (Method::Party, None) => "party".to_owned(),
                (Method::Own, _) => "own".to_owned(),
                (Method::HigherAkim, _) => "higher-akim".to_owned(),
            };
            NameRead { holds: found.to_lowercase() == printed.to_lowercase(), found, event }
        }
    })
}

fn find_candidate<'a>(printed: &str, one: &ScopedElection<'a>) -> Option<&'a Id> {
    let named = |(id, own): &(&Id, &law::state::Candidate)| {
        printed == id.as_str()
            || is_same_person(printed, own.nominated.name_kk.as_str())
            || is_same_person(printed, own.nominated.name_ru.as_str())
    };
    one.election.candidates.iter().find(named).map(|(id, _)| id)
}

fn reference(one: &ScopedElection<'_>, act: &NotedAct) -> EventReference {
    EventReference { ledger: one.ledger, entry: act.entry, event: act.event }
}

fn tell_missing(fact: &'static str) -> Phrase {
    let fact = phrase::Argument::of_phrase(Phrase::word(format!("fact-{fact}"), fact));
    phrase!("claim-no-event", "no event says so yet: {fact}", fact = fact)
}
