//! Who signs what, and how many must.
//!
//! Contains the rules ATY-01 to ATY-05, SIG-02, SIG-04, SIG-05, COM-02 that follow from it. Does not contain the table
//! (`signing`), key registration (`keys`), what a fact changes.
//!
//! A signature counts iff its key is in force in the state just before its own entry.

use alloc::{collections::BTreeSet, string::ToString, vec::Vec};

use event::{Id, Text};
use phrase::{Argument, Phrased, phrase};

use crate::{
    Fact, Finding, Outcome, Rule, State, Statement, Violation,
    cec_authority::{by_office, by_roots, by_roots_old_and_new, require_no_election},
    facts::{Level, Missing, ProtocolSigned, ProtocolSuperseded, Quorum},
    lookup::{level_name, list_in_brackets, name_desk, require_election},
    rules::keys,
    signing::{Signing, signing_rule},
    state::Commission,
    statement::require,
};

/// Refuses what this author, desk or these signers may not state.
pub(crate) fn require_authority(state: &State, s: &Statement<'_>) -> Result<(), Violation> {
    let signing = signing_now(state, s);
    match signing {
        Signing::EveryRoot | Signing::Roots => return by_roots(state, s),
        Signing::RootHandover => return by_roots_old_and_new(state, s),
        Signing::Office => return by_office(state, s),
        Signing::Board(_) | Signing::Chair(_) | Signing::Officer(_) | Signing::Quorum => {}
    }
    let author = &s.event.author;
    let commission = state.commissions.get(author).ok_or_else(|| {
        Violation::new(
            Rule::Aty01,
            phrase!("law-a-commission-formed-by-an-event", "a commission formed by an event"),
            author,
        )
    })?;
    require(
        commission.dissolved.is_none(),
        Rule::Aty01,
        phrase!("law-a-commission-in-being", "a commission in being"),
        author,
    )?;
    let level = match signing {
        Signing::Board(level) | Signing::Chair(level) | Signing::Officer(level) => level,
        Signing::Quorum | Signing::EveryRoot | Signing::Roots | Signing::RootHandover | Signing::Office => {
            Level::Precinct
        }
    };
    let found = phrase!("law-author-level", "{author}, {level}", level = level_name(commission.level));
    require(
        commission.level == level,
        Rule::Aty03,
        phrase!("law-a-commission-that-is", "a commission that is {level}", level = level_name(level)),
        found,
    )?;
    desk(s, signing, commission)?;
    require_jurisdiction(state, s, level)?;
    let seats = keys::seats_of_signers(state, s)?;
    require_enough_signers(state, s, signing, commission, &seats)
}

/// ATY-05: what somebody signs in the chair's place is noted.
pub(crate) fn stand_ins(s: &Statement<'_>) -> Vec<Finding> {
    let Some(ground) = ground_of_stand_in(s.fact) else { return Vec::new() };
    alloc::vec![Finding {
        index: s.index,
        outcome: Outcome::Noted,
        violation: Violation::new(Rule::Aty05, phrase!("law-the-chair", "the chair"), &s.event.desk),
        subject: s.fact.precinct().map_or_else(|| s.event.author.to_string(), ToString::to_string),
        explanation: Some(ground.to_string()),
    }]
}

/// Why somebody stands in for the chair, where somebody does.
fn ground_of_stand_in(fact: &Fact) -> Option<&Text> {
    if let Fact::PrecinctOpened(b) = fact {
        b.stands_in.as_ref()
    } else if let Fact::VotingClosed(b) = fact {
        b.stands_in.as_ref()
    } else {
        None
    }
}

#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "the table in `signing` names every fact; these are its exceptions"
)]
fn signing_now(state: &State, s: &Statement<'_>) -> Signing {
    let level = |id: &Id| state.commissions.get(id).map(|c| c.level);
    let own = level(&s.event.author);
    let holder = match s.fact {
        Fact::KeyEnrolled(b) => &b.commission,
        Fact::KeyReplaced(b) => &b.commission,
        Fact::KeyRevoked(b) => &b.commission,
        Fact::CommissionDissolved(b) => &b.commission,
        Fact::MemberChanged(b) => &b.commission,
        Fact::MemberSuspended(b) => &b.commission,
        // Any commission above the precincts accredits; any commission above the author of a decision cancels it.
        Fact::OrganisationAccredited(_) | Fact::CandidateRestored(_) | Fact::DecisionCancelled(_) => {
            return own
                .filter(|level| *level != Level::Precinct)
                .map_or(signing_rule(s.fact), Signing::Board);
        }
        // Whoever it is handed to takes a complaint in.
        Fact::ComplaintFiled(_) if own == Some(Level::Precinct) => return Signing::Officer(Level::Precinct),
        _ => return signing_rule(s.fact),
    };
    match level(holder) {
        Some(Level::Precinct) => Signing::Board(Level::Territorial),
        Some(Level::Central | Level::Regional | Level::Territorial) | None => signing_rule(s.fact),
    }
}

/// ATY-03: the fact fixes the desk: `board` for acts of the whole, else the seat of the one who acts.
fn desk(s: &Statement<'_>, signing: Signing, commission: &Commission) -> Result<(), Violation> {
    let desk = s.event.desk.as_str();
    let stands_in = ground_of_stand_in(s.fact).is_some();
    match signing {
        Signing::Board(_) | Signing::Quorum => {
            require(desk == "board", Rule::Aty03, phrase!("law-desk-board", "desk board"), name_desk(desk))
        }
        Signing::Chair(_) if stands_in => {
            let known = desk != "chair" && commission.seat(desk).is_some();
            require(
                known,
                Rule::Aty03,
                phrase!(
                    "law-the-seat-of-a-member-who-stands-in-for-the-chair",
                    "the seat of a member who stands in for the chair"
                ),
                name_desk(desk),
            )
        }
        Signing::Chair(_) => {
            require(desk == "chair", Rule::Aty03, phrase!("law-desk-chair", "desk chair"), name_desk(desk))
        }
        Signing::Officer(_) => require(
            commission.seat(desk).is_some(),
            Rule::Aty03,
            phrase!("law-the-seat-of-a-member-of-the-author", "the seat of a member of the author"),
            name_desk(desk),
        ),
        Signing::EveryRoot | Signing::Roots | Signing::RootHandover | Signing::Office => Ok(()),
    }
}

/// ATY-02 and COM-02: a commission acts only for its own precincts and elections.
fn require_jurisdiction(state: &State, s: &Statement<'_>, level: Level) -> Result<(), Violation> {
    let ledger_wide = matches!(
        s.fact,
        Fact::CommissionFormed(_)
            | Fact::CommissionDissolved(_)
            | Fact::MemberChanged(_)
            | Fact::MemberSuspended(_)
            | Fact::KeyEnrolled(_)
            | Fact::KeyReplaced(_)
            | Fact::KeyRevoked(_)
            | Fact::PrecinctFormed(_)
            | Fact::PrecinctsChanged(_)
            | Fact::OrganisationAccredited(_)
    );
    if ledger_wide {
        return require_no_election(s);
    }
    let calls = matches!(
        s.fact,
        Fact::ElectionCalled(_) | Fact::RepeatVotingCalled(_) | Fact::RepeatElectionCalled(_)
    );
    if calls {
        return Ok(());
    }
    let election = require_election(state, s)?;
    if matches!(s.fact, Fact::DecisionCancelled(_)) {
        // Whose decision it is that falls, the rule itself asks.
        return Ok(());
    }
    if matches!(s.fact, Fact::CandidateRestored(_)) {
        let (organiser, author) = (&election.organiser, &s.event.author);
        let above = state.is_above(author, organiser);
        return require(
            above,
            Rule::Aty02,
            phrase!("law-a-commission-above", "a commission above {organiser}"),
            author,
        );
    }
    if level == Level::Territorial {
        let found = &s.event.author;
        require(election.organiser == *found, Rule::Aty02, &election.organiser, found)?;
    }
    let Some(id) = s.fact.precinct() else { return Ok(()) };
    require(
        election.fixed.is_some(),
        Rule::Pro01,
        phrase!("law-precincts-fixed-before", "precincts-fixed before"),
        s.fact.phrase(),
    )?;
    let known = state.precincts.get(id).filter(|_| election.polls.contains_key(id));
    let precinct = known.ok_or_else(|| {
        Violation::new(
            Rule::Com02,
            phrase!("law-a-precinct-of-this-election", "a precinct of this election"),
            id,
        )
    })?;
    if level == Level::Precinct {
        let expected = phrase!(
            "law-the-commission-of",
            "{commission}, the commission of {id}",
            commission = precinct.formed.commission
        );
        require(precinct.formed.commission == s.event.author, Rule::Aty02, expected, &s.event.author)?;
    }
    Ok(())
}

/// SIG-05: enough members, and the right ones.
fn require_enough_signers(
    state: &State,
    s: &Statement<'_>,
    signing: Signing,
    commission: &Commission,
    seats: &BTreeSet<Id>,
) -> Result<(), Violation> {
    let (have, all) = (seats.len(), commission.seat_count());
    match signing {
        Signing::Board(_) => require(
            have * 2 > all,
            Rule::Sig05,
            phrase!("law-more-than-half-of-members", "more than half of {all} members"),
            have,
        ),
        Signing::Chair(_) | Signing::Officer(_) => {
            let right = have == 1 && seats.contains(&s.event.desk);
            require(
                right,
                Rule::Aty04,
                phrase!(
                    "law-the-key-of-alone",
                    "the key of {desk} alone",
                    desk = name_desk(s.event.desk.as_str())
                ),
                Argument::list(seats),
            )
        }
        Signing::Quorum => require_quorum(state, s, commission, seats),
        Signing::EveryRoot | Signing::Roots | Signing::RootHandover | Signing::Office => Ok(()),
    }
}

fn require_quorum(
    state: &State,
    s: &Statement<'_>,
    commission: &Commission,
    seats: &BTreeSet<Id>,
) -> Result<(), Violation> {
    let officers = ["chair", "deputy", "secretary"];
    let have = officers.iter().filter(|officer| seats.contains(**officer)).count();
    require(
        have >= 2,
        Rule::Sig05,
        phrase!(
            "law-two-different-officers-of-chair-deputy-and-secretary",
            "two different officers of chair, deputy and secretary"
        ),
        have,
    )?;
    if state.charter.as_ref().is_some_and(|charter| charter.quorum == Quorum::Majority) {
        let (have, all) = (seats.len(), commission.seat_count());
        require(
            have * 2 > all,
            Rule::Sig05,
            phrase!("law-more-than-half-of-members", "more than half of {all} members"),
            have,
        )?;
    }
    if let Fact::BallotsAccounted(b) = s.fact {
        everyone_named(commission, seats, &b.missing)
    } else if let Fact::ProtocolSigned(ProtocolSigned { protocol, .. })
    | Fact::ProtocolSuperseded(ProtocolSuperseded { protocol, .. }) = s.fact
    {
        everyone_named(commission, seats, &protocol.missing)
    } else {
        Ok(())
    }
}

/// SIG-11: every member either signs or is named with the reason, and nobody is both.
fn everyone_named(
    commission: &Commission,
    seats: &BTreeSet<Id>,
    missing: &[Missing],
) -> Result<(), Violation> {
    let sorted = missing.is_sorted_by(|a, b| a.seat < b.seat);
    require(
        sorted,
        Rule::Sig11,
        phrase!("law-members-who-do-not-sign-ascending-by-seat", "members who do not sign ascending by seat"),
        phrase!("law-another-order", "another order"),
    )?;
    let all: BTreeSet<&Id> = commission.seats.iter().map(|seat| &seat.seat).collect();
    let named: BTreeSet<&Id> = missing.iter().map(|m| &m.seat).collect();
    let signed: BTreeSet<&Id> = seats.iter().collect();
    let expected: Vec<&Id> = all.difference(&signed).copied().collect();
    let found: Vec<&Id> = named.into_iter().collect();
    let expected_text =
        phrase!("law-missing-members", "missing members [{expected}]", expected = Argument::list(&expected));
    require(expected == found, Rule::Sig11, expected_text, list_in_brackets(&found))
}
