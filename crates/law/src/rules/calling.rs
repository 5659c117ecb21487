//! Calling an election (art. 113-1).
//!
//! Contains edition, calendar, territory. Does not contain candidates.

use alloc::vec::Vec;

use event::{Stamp, Time};
use phrase::{Argument, Phrase, phrase};

use crate::{
    Finding, Outcome, Rule, State, Statement, Violation, days,
    edition::{Edition, Terms},
    facts::{Calendar, ElectionCalled, Ground, Office},
    lookup::{note_violation, require_new_election, require_test_for_synthetic},
    statement::require,
    territory,
};

/// A new election, with a calendar whose dates follow one another, under the edition in force.
pub(crate) fn election_called(
    state: &State,
    s: &Statement<'_>,
    b: &ElectionCalled,
) -> Result<Vec<Finding>, Violation> {
    require_new_election(state, s)?;
    require(
        territory::is_code(b.territory.as_str()),
        Rule::Aty02,
        phrase!("law-a-kato-code-of-nine-digits", "a KATO code of nine digits"),
        &b.territory,
    )?;
    for (id, other) in &state.elections {
        let (ours, theirs) = (b.territory.as_str(), other.called.territory.as_str());
        let same = other.called.office == b.office
            && (territory::covers_territory(ours, theirs) || territory::covers_territory(theirs, ours));
        // One certificate ends the office's turn for every election that repeats another.
        let open = same && state.certificate_of_family(id).is_none();
        require(
            !open,
            Rule::Pro01,
            phrase!(
                "law-no-election-of-this-office-on-this-territory-under-way",
                "no election of this office on this territory under way"
            ),
            id,
        )?;
    }
    for (id, precinct) in &state.precincts {
        let foreign = precinct.territorial != s.event.author
            && territory::covers_territory(b.territory.as_str(), precinct.formed.kato.as_str());
        let found = phrase!("law-of", "{id} of {territorial}", territorial = precinct.territorial);
        require(
            !foreign,
            Rule::Aty02,
            phrase!(
                "law-a-territory-whose-precincts-are-those-of",
                "a territory whose precincts are those of {author}",
                author = s.event.author
            ),
            found,
        )?;
    }
    let terms = require_governing_edition(s, b.edition, b.office)?;
    let c = &b.calendar;
    require_ordered_calendar(c)?;
    require(b.voting_day == c.voting_starts, Rule::Pro02, &c.voting_starts, &b.voting_day)?;
    let called = s.event.at.seconds() < c.nomination_starts.seconds();
    require(
        called,
        Rule::Pro02,
        phrase!("law-called-before-nominations-start", "called before nominations start"),
        &s.event.at,
    )?;
    require_evidenced_ground(b)?;
    require_test_for_assumed(b.edition, state.charter.as_ref().is_some_and(|charter| charter.test))?;
    require_test_for_synthetic(&b.synthetic, state.charter.as_ref().is_some_and(|charter| charter.test))?;
    Ok(outside_terms(s, b, &terms).into_iter().map(|violation| note_violation(s, violation)).collect())
}

/// PRO-01: the day on which the powers ended early is said, and no decision ends a term that ends by itself.
fn require_evidenced_ground(b: &ElectionCalled) -> Result<(), Violation> {
    let dated = b.ground != Ground::EarlyTermination || b.ground_date.is_some();
    require(
        dated,
        Rule::Pro01,
        phrase!("law-the-day-on-which-the-powers-ended", "the day on which the powers ended"),
        phrase!("law-none", "none"),
    )?;
    let by_itself = b.ground == Ground::TermEnds && b.ground_decision.is_some();
    require(
        !by_itself,
        Rule::Pro01,
        phrase!(
            "law-no-decision-for-a-term-that-ends-by-itself",
            "no decision for a term that ends by itself"
        ),
        phrase!("law-a-decision-of-the-ground", "a decision of the ground"),
    )
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
    require(
        governed,
        Rule::Pro01,
        phrase!(
            "law-called-from-to-for",
            "called from {first} to {last} for {edition}",
            edition = edition.name()
        ),
        Argument::quote(day),
    )?;
    let expected = || {
        phrase!(
            "law-an-office-that-elects-art-1-3-1",
            "an office that {edition} elects (art. 1, 3(1))",
            edition = edition.name()
        )
    };
    edition.terms_of(office).ok_or_else(|| Violation::new(Rule::Pro01, expected(), office_name(office)))
}

/// PUB-10: no real election stands under an edition that was assumed.
fn require_test_for_assumed(edition: Edition, test: bool) -> Result<(), Violation> {
    require(
        edition != Edition::Assumed2021 || test,
        Rule::Pub10,
        phrase!(
            "law-an-assumed-edition-under-the-test-flag-only",
            "an assumed edition under the test flag only"
        ),
        Argument::quote(edition.name()),
    )
}

fn office_name(office: Office) -> Phrase {
    match office {
        Office::District => phrase!("law-district", "district"),
        Office::City => phrase!("law-city", "city"),
        Office::Rural => phrase!("law-rural", "rural"),
    }
}

/// PRO-02, noted: what the calendar sets later, or the call leaves shorter, than the edition's terms. The commission may
/// set other terms at the call (art. 113-3(5), 113-5(14)), so none of it is refused.
fn outside_terms(s: &Statement<'_>, b: &ElectionCalled, terms: &Terms) -> Vec<Violation> {
    let mut found = Vec::new();
    let mut note =
        |expected: Phrase, moment: &Time| found.push(Violation::new(Rule::Pro02, expected, moment));
    let (c, voting) = (&b.calendar, &b.calendar.voting_starts);
    for (name, moment, days) in [
        (phrase!("law-nomination-ends", "nomination_ends"), &c.nomination_ends, terms.nomination_before),
        (
            phrase!("law-registration-ends", "registration_ends"),
            &c.registration_ends,
            terms.registration_before,
        ),
        (phrase!("law-withdrawal-ends", "withdrawal_ends"), &c.withdrawal_ends, terms.withdrawal_before),
    ] {
        if !days::keeps_before(moment, voting, days) {
            note(
                phrase!(
                    "law-by-18-00-of-the-day-days-before",
                    "{name} by 18:00 of the day {days} days before {voting}",
                    days = days + 1
                ),
                moment,
            );
        }
    }
    if b.edition.judges_the_call() {
        found.extend(outside_terms_of_call(s, b, terms));
    }
    found
}

/// PRO-02, noted: a call or a voting too early or too late for the ground of the election.
fn outside_terms_of_call(s: &Statement<'_>, b: &ElectionCalled, terms: &Terms) -> Vec<Violation> {
    let mut found = Vec::new();
    let mut note =
        |expected: Phrase, moment: &Time| found.push(Violation::new(Rule::Pro02, expected, moment));
    let voting = &b.calendar.voting_starts;
    let at = &s.event.at;
    match (b.ground, &b.ground_date) {
        (Ground::TermEnds, Some(ends)) => {
            if days::days_between(at, ends) < terms.call_before_term_ends {
                note(
                    phrase!(
                        "law-a-call-at-least-days-before",
                        "a call at least {call_before_term_ends} days before {ends}",
                        call_before_term_ends = terms.call_before_term_ends
                    ),
                    at,
                );
            }
            if days::days_between(voting, ends) < terms.hold_before_term_ends {
                note(
                    phrase!(
                        "law-a-voting-at-least-days-before",
                        "a voting at least {hold_before_term_ends} days before {ends}",
                        hold_before_term_ends = terms.hold_before_term_ends
                    ),
                    voting,
                );
            }
        }
        (Ground::EarlyTermination | Ground::NewUnit, Some(since)) => {
            if days::day_number(at) > days::months_after(since, terms.call_within_months) {
                note(
                    phrase!(
                        "law-a-call-within-months-of",
                        "a call within {call_within_months} months of {since}",
                        call_within_months = terms.call_within_months
                    ),
                    at,
                );
            }
            if days::days_between(at, voting) > terms.hold_within {
                note(
                    phrase!(
                        "law-a-voting-at-most-days-after",
                        "a voting at most {hold_within} days after {at}",
                        hold_within = terms.hold_within
                    ),
                    voting,
                );
            }
        }
        (_, None) => note(
            phrase!(
                "law-the-day-of-the-ground-to-count-its-terms-from",
                "the day of the ground, to count its terms from"
            ),
            at,
        ),
    }
    found
}

/// PRO-02: the dates of a calendar follow one another.
pub(crate) fn require_ordered_calendar(c: &Calendar) -> Result<(), Violation> {
    let dates = [
        (phrase!("law-nomination-starts", "nomination_starts"), &c.nomination_starts),
        (phrase!("law-nomination-ends", "nomination_ends"), &c.nomination_ends),
        (phrase!("law-registration-ends", "registration_ends"), &c.registration_ends),
        (phrase!("law-withdrawal-ends", "withdrawal_ends"), &c.withdrawal_ends),
        (phrase!("law-voting-starts", "voting_starts"), &c.voting_starts),
        (phrase!("law-voting-ends", "voting_ends"), &c.voting_ends),
    ];
    for pair in dates.windows(2) {
        if let [(before, from), (after, to)] = pair {
            require(
                from.seconds() < to.seconds(),
                Rule::Pro02,
                phrase!("law-before", "{before} before {after}"),
                to,
            )?;
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
        require(at >= from.seconds(), rule, phrase!("law-not-before", "not before {from}"), &s.event.at)?;
    }
    require(at <= to.seconds(), rule, phrase!("law-not-after", "not after {to}"), &s.event.at)?;
    Ok(is_late(s.received, to).then(|| Finding {
        index: s.index,
        outcome: Outcome::Explained,
        violation: Violation::new(rule, phrase!("law-received-by", "received by {to}"), s.received),
        subject: s.event.author.as_str().into(),
        explanation: Some("done in time by the author's clock, arrived late".into()),
    }))
}

fn is_late(received: Stamp, deadline: &Time) -> bool {
    received.millis() > deadline.seconds().saturating_mul(1000)
}
