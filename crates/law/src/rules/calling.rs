//! Calling an election (art. 113-1).
//!
//! Contains edition, calendar, territory. Does not contain candidates.

use alloc::{format, string::String, vec::Vec};

use event::{Stamp, Time};

use crate::{
    Finding, Outcome, Rule, State, Statement, Violation, days,
    edition::{Edition, Terms},
    facts::{Calendar, ElectionCalled, Ground, Office},
    lookup::{election_name, note_violation},
    statement::require,
    territory,
};

/// A new election, with a calendar whose dates follow one another, under the edition in force.
pub(crate) fn election_called(
    state: &State,
    s: &Statement<'_>,
    b: &ElectionCalled,
) -> Result<Vec<Finding>, Violation> {
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
            && (territory::covers_territory(ours, theirs) || territory::covers_territory(theirs, ours));
        // One certificate ends the office's turn for every election that repeats another.
        let open = same && state.certificate_of_family(id).is_none();
        require(!open, Rule::Pro01, "no election of this office on this territory under way", id)?;
    }
    for (id, precinct) in &state.precincts {
        let foreign = precinct.territorial != s.event.author
            && territory::covers_territory(b.territory.as_str(), precinct.formed.kato.as_str());
        let found = format!("{id} of {}", precinct.territorial);
        require(
            !foreign,
            Rule::Aty02,
            format!("a territory whose precincts are those of {}", s.event.author),
            found,
        )?;
    }
    let terms = require_governing_edition(s, b.edition, b.office)?;
    let c = &b.calendar;
    require_ordered_calendar(c)?;
    require(b.voting_day == c.voting_starts, Rule::Pro02, &c.voting_starts, &b.voting_day)?;
    let called = s.event.at.seconds() < c.nomination_starts.seconds();
    require(called, Rule::Pro02, "called before nominations start", &s.event.at)?;
    let dated = b.ground != Ground::EarlyTermination || b.ground_date.is_some();
    require(dated, Rule::Pro01, "the day on which the powers ended", "none")?;
    Ok(outside_terms(s, b, &terms).into_iter().map(|violation| note_violation(s, violation)).collect())
}

/// PRO-01: the edition is the one in force on the day of the call, and it elects this office.
pub(crate) fn require_governing_edition(
    s: &Statement<'_>,
    edition: Edition,
    office: Office,
) -> Result<Terms, Violation> {
    let (first, last) = edition.called_between();
    let day = s.event.at.date_text();
    let governed = day >= first && day <= last;
    require(governed, Rule::Pro01, format!("called from {first} to {last} for {}", edition.name()), day)?;
    let expected = || format!("an office that {} elects (art. 1, 3(1))", edition.name());
    edition.terms_of(office).ok_or_else(|| Violation::new(Rule::Pro01, expected(), office_name(office)))
}

fn office_name(office: Office) -> &'static str {
    match office {
        Office::District => "district",
        Office::City => "city",
        Office::Rural => "rural",
    }
}

/// PRO-02, noted: what the calendar sets later, or the call leaves shorter, than the edition's terms. The commission may
/// set other terms at the call (art. 113-3(5), 113-5(14)), so none of it is refused.
fn outside_terms(s: &Statement<'_>, b: &ElectionCalled, terms: &Terms) -> Vec<Violation> {
    let mut found = Vec::new();
    let mut note =
        |expected: String, moment: &Time| found.push(Violation::new(Rule::Pro02, expected, moment));
    let (c, voting) = (&b.calendar, &b.calendar.voting_starts);
    for (name, moment, days) in [
        ("nomination_ends", &c.nomination_ends, terms.nomination_before),
        ("registration_ends", &c.registration_ends, terms.registration_before),
        ("withdrawal_ends", &c.withdrawal_ends, terms.withdrawal_before),
    ] {
        if !days::keeps_before(moment, voting, days) {
            note(format!("{name} by 18:00 of the day {} days before {voting}", days + 1), moment);
        }
    }
    if !b.edition.judges_the_call() {
        return found;
    }
    let at = &s.event.at;
    match (b.ground, &b.ground_date) {
        (Ground::TermEnds, Some(ends)) => {
            if days::days_between(at, ends) < terms.call_before_term_ends {
                note(format!("a call at least {} days before {ends}", terms.call_before_term_ends), at);
            }
            if days::days_between(voting, ends) < terms.hold_before_term_ends {
                note(format!("a voting at least {} days before {ends}", terms.hold_before_term_ends), voting);
            }
        }
        (Ground::EarlyTermination | Ground::NewUnit, Some(since)) => {
            if days::day_number(at) > days::months_after(since, terms.call_within_months) {
                note(format!("a call within {} months of {since}", terms.call_within_months), at);
            }
            if days::days_between(at, voting) > terms.hold_within {
                note(format!("a voting at most {} days after {at}", terms.hold_within), voting);
            }
        }
        (_, None) => note("the day of the ground, to count its terms from".into(), at),
    }
    found
}

/// PRO-02: the dates of a calendar follow one another.
pub(crate) fn require_ordered_calendar(c: &Calendar) -> Result<(), Violation> {
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
    Ok(())
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
    Ok(is_late(s.received, to).then(|| Finding {
        index: s.index,
        outcome: Outcome::Explained,
        violation: Violation::new(rule, format!("received by {to}"), s.received),
        subject: s.event.author.as_str().into(),
        explanation: Some("done in time by the author's clock, arrived late".into()),
    }))
}

fn is_late(received: Stamp, deadline: &Time) -> bool {
    received.millis() > deadline.seconds().saturating_mul(1000)
}
