//! The register of keys: how a key comes in, and when it counts no longer.
//!
//! Contains SIG-02, SIG-04, SIG-06 and the facts that enrol and revoke. Does not contain who signs what (`authority`).

use alloc::{collections::BTreeSet, vec::Vec};

use event::{Hash, Id, Key, ProvedKey, Signature};
use phrase::{Phrase, phrase};

use crate::{
    Finding, Outcome, Rule, State, Statement, Violation,
    facts::{KeyEnrolled, KeyRevoked},
    lookup::name_desk,
    state::{Holder, KeyRecord},
    statement::require,
};

/// SIG-02, SIG-04: a key that is registered and not revoked.
pub(crate) fn in_force<'a>(state: &'a State, key: &Key) -> Result<&'a KeyRecord, Violation> {
    let record = state.keys.get(key).ok_or_else(|| {
        Violation::new(
            Rule::Sig02,
            phrase!("law-a-registered-key", "a registered key"),
            phrase!("law-never-registered", "{key}, never registered"),
        )
    })?;
    match &record.revoked {
        None => Ok(record),
        Some(end) => {
            let found = phrase!(
                "law-revoked-at-entry",
                "{key}, revoked at entry {index}: {ground}",
                index = end.index,
                ground = end.ground
            );
            Err(Violation::new(Rule::Sig04, phrase!("law-a-key-in-force", "a key in force"), found))
        }
    }
}

/// ATY-04: the seats that the signers hold in the author; a key of anybody else does not count.
pub(crate) fn seats_of_signers(state: &State, s: &Statement<'_>) -> Result<BTreeSet<Id>, Violation> {
    let mut seats = BTreeSet::new();
    for key in &s.event.signers {
        let record = in_force(state, key)?;
        in_its_time(s, key, record)?;
        let seat = record.seat_in(&s.event.author).ok_or_else(|| {
            let found = phrase!("law-key-holder", "{key}, {holder}", holder = holder_name(&record.holder));
            Violation::new(
                Rule::Aty04,
                phrase!(
                    "law-a-member-of-in-office",
                    "a member of {author} in office",
                    author = s.event.author
                ),
                found,
            )
        })?;
        let commission = state.commissions.get(&s.event.author);
        let suspended = commission.and_then(|c| c.seat(seat.as_str())).is_some_and(|s| s.suspended.is_some());
        require(
            !suspended,
            Rule::Aty04,
            phrase!("law-a-member-who-is-not-suspended", "a member who is not suspended"),
            seat,
        )?;
        seats.insert(seat.clone());
    }
    Ok(seats)
}

/// SIG-03: a key signs up to its last moment, by the time of receipt: an author's own clock grants nothing.
fn in_its_time(s: &Statement<'_>, key: &Key, record: &KeyRecord) -> Result<(), Violation> {
    let Some(until) = &record.until else { return Ok(()) };
    let in_time = s.received.millis() <= until.seconds().saturating_mul(1000);
    require(in_time, Rule::Sig03, phrase!("law-used-until", "{key} used until {until}"), s.received)
}

/// SIG-03: a key is registered for some time to come.
pub(crate) fn require_lasting_key(s: &Statement<'_>, until: Option<&event::Time>) -> Result<(), Violation> {
    let Some(until) = until else { return Ok(()) };
    let lasting = until.seconds() > s.event.at.seconds();
    require(
        lasting,
        Rule::Sig03,
        phrase!("law-a-last-moment-after", "a last moment after {at}", at = s.event.at),
        until,
    )
}

/// SIG-02: a key that may be registered: never before, strong, and proved by its holder.
pub(crate) fn require_registrable_key(
    (state, proved): (&State, &[ProvedKey]),
    ledger: &Hash,
    commission: &Id,
    member: &Id,
    key: &Key,
    proof: &Signature,
) -> Result<(), Violation> {
    require(
        !state.keys.contains_key(key),
        Rule::Sig02,
        phrase!("law-a-key-never-registered-before", "a key never registered before"),
        key,
    )?;
    let text = event::key_text(ledger, commission, member);
    // A weak key verifies nothing: one verification answers both, and only a refusal asks which.
    if proved.iter().any(|proved| proved.is_of(key, &text, proof))
        || event::verify(key, text.as_bytes(), proof)
    {
        return Ok(());
    }
    event::require_strong(key).map_err(|fault| {
        Violation::new(
            Rule::Sig02,
            phrase!("law-a-strong-ed25519-key", "a strong Ed25519 key"),
            phrase!("law-key-fault", "{key}: {fault}"),
        )
    })?;
    let expected = phrase!("law-proof-that-holds-the-key", "proof that {commission} {member} holds the key");
    Err(Violation::new(
        Rule::Sig02,
        expected,
        phrase!("law-a-proof-that-does-not-verify", "a proof that does not verify"),
    ))
}

/// A key for a member who has none.
pub(crate) fn key_enrolled(state: &State, s: &Statement<'_>, b: &KeyEnrolled) -> Result<(), Violation> {
    is_above(state, s, &b.commission)?;
    let seat = state.commissions.get(&b.commission).and_then(|c| c.seat(b.seat.as_str()));
    let expected = phrase!("law-a-seat-of", "a seat of {commission}", commission = b.commission);
    let seat = seat.ok_or_else(|| Violation::new(Rule::Aty01, expected, &b.seat))?;
    require(
        seat.key.is_none(),
        Rule::Pro01,
        phrase!("law-a-seat-without-a-key-in-force", "a seat without a key in force"),
        phrase!("law-has-one", "{seat} has one", seat = b.seat),
    )?;
    require_lasting_key(s, b.until.as_ref())?;
    let ledger = state.ledger.unwrap_or(Hash::ZERO);
    require_registrable_key((state, s.proved), &ledger, &b.commission, &b.seat, &b.key, &b.proof)
}

/// A key that is good no longer.
pub(crate) fn key_revoked(
    state: &State,
    s: &Statement<'_>,
    b: &KeyRevoked,
) -> Result<Vec<Finding>, Violation> {
    is_above(state, s, &b.commission)?;
    let record = in_force(state, &b.key)?;
    let own = record.seat_in(&b.commission).is_some();
    require(
        own,
        Rule::Aty02,
        phrase!("law-a-key-of", "a key of {commission}", commission = b.commission),
        holder_name(&record.holder),
    )?;
    // What the key signed since it is in doubt is listed for review, for ever.
    let since = b.since.seconds().saturating_mul(1000);
    let doubtful = record.used.iter().filter(|(_, received)| received.millis() >= since);
    Ok(doubtful.map(|(index, received)| in_doubt(b, *index, *received)).collect())
}

fn in_doubt(b: &KeyRevoked, index: u64, received: event::Stamp) -> Finding {
    let expected = phrase!(
        "law-no-entry-signed-since-by-the-key-revoked-since-then",
        "no entry signed since {since} by the key revoked since then",
        since = b.since
    );
    Finding {
        index,
        outcome: Outcome::Noted,
        violation: Violation::new(
            Rule::Sig04,
            expected,
            phrase!("law-entry-received", "entry {index}, received {received}"),
        ),
        subject: b.commission.as_str().into(),
        explanation: Some(b.ground.as_str().into()),
    }
}

/// ATY-02: a higher commission answers only for those below it.
pub(crate) fn is_above(state: &State, s: &Statement<'_>, commission: &Id) -> Result<(), Violation> {
    let Some(below) = state.commissions.get(commission) else {
        return Err(Violation::new(
            Rule::Aty01,
            phrase!("law-a-commission-formed-by-an-event", "a commission formed by an event"),
            commission,
        ));
    };
    require(
        below.dissolved.is_none(),
        Rule::Aty01,
        phrase!("law-a-commission-in-being", "a commission in being"),
        commission,
    )?;
    if below.level != crate::facts::Level::Precinct {
        return Ok(());
    }
    let above = below.parent.as_ref() == Some(&s.event.author);
    require(
        above,
        Rule::Aty02,
        phrase!("law-the-commission-above", "the commission above {commission}"),
        &s.event.author,
    )
}

fn holder_name(holder: &Holder) -> Phrase {
    match holder {
        Holder::Root => phrase!("law-a-root-key-of-the-cec", "a root key of the CEC"),
        Holder::Office => phrase!("law-an-office-key-of-the-cec", "an office key of the CEC"),
        Holder::Service => phrase!("law-the-service-key", "the service key"),
        Holder::Log => phrase!("law-the-log-key", "the log key"),
        Holder::Member { commission, seat } => {
            phrase!("law-seat-of", "{seat} of {commission}", seat = name_desk(seat.as_str()))
        }
    }
}
