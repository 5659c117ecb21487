//! Calling an election (art. 113-1).
//!
//! In: edition, calendar, territory. Out: candidates.

use alloc::format;

use event::{Stamp, Time};

use crate::{
    Finding, Outcome, Rule, State, Statement, Violation,
    authority::election_name,
    facts::{ElectionCalled, Ground},
    judgement::require,
    territory,
};

/// A new election, with a calendar whose dates follow one another, under the edition in force.
pub(crate) fn election_called(state: &State, s: &Statement<'_>, b: &ElectionCalled) -> Result<(), Violation> {
    let fresh = s.event.election.as_ref().is_some_and(|id| !state.ids.contains(id));
    require(fresh, Rule::Pro01, "an election id never used", election_name(s))?;
    require(
        territory::is_code(b.territory.as_str()),
        Rule::Aty02,
        "a KATO code of nine digits",
        &b.territory,
    )?;
    for (id, other) in &state.elections {
        let (ours, theirs) = (b.territory.as_str(), other.called.territory.as_str());
        let same = other.called.office == b.office
            && (territory::covers(ours, theirs) || territory::covers(theirs, ours));
        let open = same && other.certificate.is_none();
        require(!open, Rule::Pro01, "no election of this office on this territory under way", id)?;
    }
    for (id, precinct) in &state.precincts {
        let foreign = precinct.territorial != s.event.author
            && territory::covers(b.territory.as_str(), precinct.formed.kato.as_str());
        let found = format!("{id} of {}", precinct.territorial);
        require(
            !foreign,
            Rule::Aty02,
            format!("a territory whose precincts are those of {}", s.event.author),
            found,
        )?;
    }
    let (first, last) = b.edition.called_between();
    let day = s.event.at.date_text();
    let governed = day >= first && day <= last;
    require(governed, Rule::Pro01, format!("called from {first} to {last} for {}", b.edition.name()), day)?;
    let c = &b.calendar;
    let dates = [
        ("nomination_starts", &c.nomination_starts),
        ("nomination_ends", &c.nomination_ends),
        ("registration_ends", &c.registration_ends),
        ("withdrawal_ends", &c.withdrawal_ends),
        ("voting_starts", &c.voting_starts),
        ("voting_ends", &c.voting_ends),
    ];
    for pair in dates.windows(2) {
        if let [(before, from), (after, to)] = pair {
            require(from.seconds() < to.seconds(), Rule::Pro02, format!("{before} before {after}"), to)?;
        }
    }
    require(b.voting_day == c.voting_starts, Rule::Pro02, &c.voting_starts, &b.voting_day)?;
    let called = s.event.at.seconds() < c.nomination_starts.seconds();
    require(called, Rule::Pro02, "called before nominations start", &s.event.at)?;
    let dated = b.ground != Ground::EarlyTermination || b.ground_date.is_some();
    require(dated, Rule::Pro01, "the day on which the powers ended", "none")
}

/// PRO-02, PRO-04: an act inside its dates by its author's time. What was done in time and arrived late is explained
/// by that and stays visible.
pub(crate) fn in_time(
    s: &Statement<'_>,
    rule: Rule,
    from: Option<&Time>,
    to: &Time,
) -> Result<Option<Finding>, Violation> {
    let at = s.event.at.seconds();
    if let Some(from) = from {
        require(at >= from.seconds(), rule, format!("not before {from}"), &s.event.at)?;
    }
    require(at <= to.seconds(), rule, format!("not after {to}"), &s.event.at)?;
    Ok(late(s.received, to).then(|| Finding {
        index: s.index,
        outcome: Outcome::Explained,
        violation: Violation::new(rule, format!("received by {to}"), s.received),
        subject: s.event.author.as_str().into(),
        explanation: Some("done in time by the author's clock, arrived late".into()),
    }))
}

fn late(received: Stamp, deadline: &Time) -> bool {
    received.millis() > deadline.seconds().saturating_mul(1000)
}
