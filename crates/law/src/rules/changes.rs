//! Commissions, members, keys and precincts that change (art. 10(3), 19, 20(12), 23).
//!
//! Contains ATY-01, ATY-02, SIG-02, SIG-03, PRO-01 for changes. Does not contain what is formed at first
//! (`commissions`, `keys`).

use event::{Hash, Id};
use phrase::phrase;

use super::{commissions, keys};
use crate::{
    Rule, State, Statement, Violation,
    facts::{CommissionDissolved, KeyReplaced, Level, MemberChanged, MemberSuspended, PrecinctsChanged},
    lookup::id_or_none,
    state::{Commission, Election, Seat},
    statement::require,
    territory,
};

/// A commission is dissolved by the one above, unless an election that it organises is under way.
pub(crate) fn commission_dissolved(
    state: &State,
    s: &Statement<'_>,
    b: &CommissionDissolved,
) -> Result<(), Violation> {
    let commission = require_commission(state, s, &b.commission)?;
    require(
        commission.level != Level::Central,
        Rule::Aty03,
        phrase!("law-a-commission-below-the-cec", "a commission below the CEC"),
        &b.commission,
    )?;
    let below = state
        .commissions
        .iter()
        .find(|(_, c)| c.parent.as_ref() == Some(&b.commission) && c.dissolved.is_none());
    let found = id_or_none(below.map(|(id, _)| id));
    require(
        below.is_none(),
        Rule::Pro01,
        phrase!("law-a-commission-with-none-below-it", "a commission with none below it"),
        found,
    )?;
    let organised =
        state.elections.iter().find(|(id, e)| e.organiser == b.commission && is_open(state, id, e));
    let found = id_or_none(organised.map(|(id, _)| id));
    require(
        organised.is_none(),
        Rule::Pro01,
        phrase!("law-no-election-that-it-organises-under-way", "no election that it organises under way"),
        found,
    )
}

/// Whether an election has neither a certificate in its family nor a successor.
pub(crate) fn is_open(state: &State, id: &Id, election: &Election) -> bool {
    election.repeated.is_none() && state.certificate_of_family(id).is_none()
}

/// Another person on a seat, with or without a key.
pub(crate) fn member_changed(state: &State, s: &Statement<'_>, b: &MemberChanged) -> Result<(), Violation> {
    let commission = require_commission(state, s, &b.commission)?;
    require_seat(commission, &b.commission, &b.member.seat)?;
    match (&b.member.key, &b.member.proof) {
        (None, None) => Ok(()),
        (Some(key), Some(proof)) => {
            let ledger = state.ledger.unwrap_or(Hash::ZERO);
            keys::require_registrable_key(
                (state, s.proved),
                &ledger,
                &b.commission,
                &b.member.seat,
                key,
                proof,
            )
        }
        (Some(_), None) | (None, Some(_)) => Err(Violation::new(
            Rule::Sig02,
            phrase!("law-a-key-with-its-proof-or-neither", "a key with its proof, or neither"),
            &b.member.seat,
        )),
    }
}

/// A member is suspended, or the suspension ends.
pub(crate) fn member_suspended(
    state: &State,
    s: &Statement<'_>,
    b: &MemberSuspended,
) -> Result<(), Violation> {
    let commission = require_commission(state, s, &b.commission)?;
    let seat = require_seat(commission, &b.commission, &b.seat)?;
    let expected = if b.lifted {
        phrase!("law-a-member-who-is-suspended", "a member who is suspended")
    } else {
        phrase!("law-a-member-who-is-not-suspended", "a member who is not suspended")
    };
    require(seat.suspended.is_some() == b.lifted, Rule::Pro01, expected, &b.seat)
}

/// A new key for a seat in the place of the one in force.
pub(crate) fn key_replaced(state: &State, s: &Statement<'_>, b: &KeyReplaced) -> Result<(), Violation> {
    let commission = require_commission(state, s, &b.commission)?;
    let seat = require_seat(commission, &b.commission, &b.seat)?;
    keys::in_force(state, &b.replaces)?;
    let own = seat.key == Some(b.replaces);
    require(
        own,
        Rule::Aty02,
        phrase!("law-the-key-of", "the key of {commission} {seat}", commission = b.commission, seat = b.seat),
        b.replaces,
    )?;
    keys::require_lasting_key(s, b.until.as_ref())?;
    let ledger = state.ledger.unwrap_or(Hash::ZERO);
    keys::require_registrable_key((state, s.proved), &ledger, &b.commission, &b.seat, &b.key, &b.proof)
}

/// A precinct changes. In an election under way that counts on it, only its commission and its number may.
pub(crate) fn precincts_changed(
    state: &State,
    s: &Statement<'_>,
    b: &PrecinctsChanged,
) -> Result<(), Violation> {
    let known = state.precincts.get(&b.precinct);
    let precinct = known.ok_or_else(|| {
        Violation::new(
            Rule::Com02,
            phrase!("law-a-precinct-that-was-formed", "a precinct that was formed"),
            &b.precinct,
        )
    })?;
    let (own, author) = (&precinct.territorial, &s.event.author);
    require(own == author, Rule::Aty02, own, author)?;
    let some = b.commission.is_some()
        || b.kato.is_some()
        || b.kind.is_some()
        || b.number.is_some()
        || b.voters.is_some();
    require(
        some,
        Rule::Com05,
        phrase!("law-something-that-changes", "something that changes"),
        phrase!("law-nothing", "nothing"),
    )?;
    let counts = |(id, e): &(&Id, &Election)| e.polls.contains_key(&b.precinct) && is_open(state, id, e);
    let election = state.elections.iter().find(counts);
    let narrow = b.kato.is_none() && b.kind.is_none() && b.voters.is_none();
    let found = id_or_none(election.map(|(id, _)| id));
    require(
        election.is_none() || narrow,
        Rule::Pro01,
        phrase!("law-no-election-under-way-with-this-precinct", "no election under way with this precinct"),
        found.clone(),
    )?;
    let voting = election.is_some_and(|(_, e)| {
        e.polls.get(&b.precinct).is_some_and(|poll| poll.opened.is_some() && poll.current().is_none())
    });
    require(
        !voting,
        Rule::Pro01,
        phrase!(
            "law-no-change-while-the-precinct-votes-or-counts",
            "no change while the precinct votes or counts"
        ),
        found,
    )?;
    if let Some(kato) = &b.kato {
        require(
            territory::is_code(kato.as_str()),
            Rule::Aty02,
            phrase!("law-a-kato-code-of-nine-digits", "a KATO code of nine digits"),
            kato,
        )?;
    }
    commissions::number_is_free(state, author, &b.precinct, b.number.as_ref())?;
    let commission = b.commission.as_ref().unwrap_or(&precinct.formed.commission);
    if b.commission.is_some() {
        commissions::free_commission(state, s, commission, &b.precinct)?;
    }
    let voters = b.voters.unwrap_or(precinct.formed.voters);
    let size = state.commissions.get(commission).map_or(0, Commission::seat_count);
    commissions::size_for(voters, size)
}

/// A commission in being that the author stands above.
fn require_commission<'a>(state: &'a State, s: &Statement<'_>, id: &Id) -> Result<&'a Commission, Violation> {
    keys::is_above(state, s, id)?;
    let commission = state.commissions.get(id).filter(|commission| commission.dissolved.is_none());
    commission.ok_or_else(|| {
        Violation::new(Rule::Aty01, phrase!("law-a-commission-in-being", "a commission in being"), id)
    })
}

fn require_seat<'a>(commission: &'a Commission, id: &Id, seat: &Id) -> Result<&'a Seat, Violation> {
    let known = commission.seat(seat.as_str());
    known.ok_or_else(|| {
        Violation::new(Rule::Aty01, phrase!("law-a-seat-of", "a seat of {commission}", commission = id), seat)
    })
}
