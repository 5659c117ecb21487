//! Commissions and precincts: who forms them, and in which size.
//!
//! Contains ATY-01, ATY-02, SIG-02, COM-01, ARI-08 for the facts that form. Does not contain keys of members (`keys`).

use alloc::{collections::BTreeSet, vec::Vec};

use event::{Hash, Id};
use phrase::{Argument, ToArgument, phrase};

use super::keys;
use crate::{
    Finding, Outcome, Rule, State, Statement, Violation, arithmetic,
    facts::{CommissionFormed, Level, PrecinctFormed, PrecinctKind, PrecinctsFixed},
    lookup::{cec_id, id_or_none, level_name, lines_root, name_desk, require_election, require_new_id},
    state::Commission,
    statement::require,
    territory,
};

/// Most voters of a precinct (art. 23(2)(1)).
const VOTERS_MAX: u64 = 3000;
/// Above so many voters a precinct's commission has seven or nine members (art. 17(1)).
const VOTERS_LARGE: u64 = 2000;

/// A commission of lawful size, under the commission that may form it, with proved keys.
pub(crate) fn commission_formed(
    state: &State,
    s: &Statement<'_>,
    b: &CommissionFormed,
) -> Result<(), Violation> {
    let central = b.level == Level::Central;
    // The CEC's id stands in the charter; every other id must be new.
    let fresh = if central { b.commission == cec_id() } else { !state.ids.contains(&b.commission) };
    require(
        fresh,
        Rule::Aty01,
        phrase!("law-an-id-never-used-the-cecs-is-cec", "an id never used (the CEC's is cec)"),
        &b.commission,
    )?;
    require(
        !state.commissions.contains_key(&b.commission),
        Rule::Aty01,
        phrase!("law-a-commission-formed-once", "a commission formed once"),
        &b.commission,
    )?;
    require_higher_commission(state, s, b)?;
    require_seats(b)?;
    let ledger = state.ledger.unwrap_or(Hash::ZERO);
    let mut keys_here = BTreeSet::new();
    for member in &b.members {
        match (&member.key, &member.proof) {
            (None, None) => {}
            (Some(key), Some(proof)) => {
                keys::require_registrable_key(
                    (state, s.proved),
                    &ledger,
                    &b.commission,
                    &member.seat,
                    key,
                    proof,
                )?;
                let found = phrase!("law-twice", "{key} twice");
                require(
                    keys_here.insert(*key),
                    Rule::Sig06,
                    phrase!("law-each-key-for-one-member", "each key for one member"),
                    found,
                )?;
            }
            (Some(_), None) | (None, Some(_)) => {
                let expected =
                    phrase!("law-a-key-with-its-proof-or-neither", "a key with its proof, or neither");
                return Err(Violation::new(Rule::Sig02, expected, &member.seat));
            }
        }
    }
    Ok(())
}

/// ATY-01: the CEC has none above it, a region the CEC, a territory its region or the CEC, a precinct its territory.
fn require_higher_commission(
    state: &State,
    s: &Statement<'_>,
    b: &CommissionFormed,
) -> Result<(), Violation> {
    let parent = b.parent.as_ref();
    let found = id_or_none(parent);
    let there = parent.and_then(|id| state.commissions.get(id)).filter(|c| c.dissolved.is_none());
    let level = there.map(|c| c.level);
    let lawful = match b.level {
        Level::Central => parent.is_none(),
        Level::Regional => level == Some(Level::Central),
        Level::Territorial => matches!(level, Some(Level::Central | Level::Regional)),
        Level::Precinct => level == Some(Level::Territorial),
    };
    let expected = phrase!(
        "law-a-parent-of-the-level-above",
        "a parent of the level above {level}",
        level = level_name(b.level)
    );
    require(lawful, Rule::Aty01, expected, found.clone())?;
    let own = b.level != Level::Precinct || parent == Some(&s.event.author);
    require(own, Rule::Aty02, phrase!("law-parent", "parent {author}", author = s.event.author), found)
}

/// ATY-01: the lawful number of seats, named in order.
fn require_seats(b: &CommissionFormed) -> Result<(), Violation> {
    let n = b.members.len();
    let (lawful, expected) = match b.level {
        Level::Precinct => (matches!(n, 5 | 7 | 9), phrase!("law-5-7-or-9-members", "5, 7 or 9 members")),
        Level::Central | Level::Regional | Level::Territorial => {
            (n == 7, phrase!("law-7-members", "7 members"))
        }
    };
    require(lawful, Rule::Aty01, expected, n)?;
    for (i, member) in b.members.iter().enumerate() {
        let expected: alloc::string::String = match i {
            0 => "chair".into(),
            1 => "deputy".into(),
            2 => "secretary".into(),
            _ => alloc::format!("m{}", i + 1),
        };
        require(
            member.seat.as_str() == expected,
            Rule::Aty01,
            phrase!("law-seat", "seat {expected}", expected = name_desk(&expected)),
            &member.seat,
        )?;
    }
    Ok(())
}

/// A precinct under a commission of its own, in the size that its voters ask for.
pub(crate) fn precinct_formed(
    state: &State,
    s: &Statement<'_>,
    b: &PrecinctFormed,
) -> Result<Option<Finding>, Violation> {
    require_new_id(state, Rule::Com02, &b.precinct)?;
    require(
        territory::is_code(b.kato.as_str()),
        Rule::Aty02,
        phrase!("law-a-kato-code-of-nine-digits", "a KATO code of nine digits"),
        &b.kato,
    )?;
    let commission = free_commission(state, s, &b.commission, &b.precinct)?;
    number_is_free(state, &s.event.author, &b.precinct, Some(&b.number))?;
    size_for(b.voters, commission.seat_count())?;
    let large = Finding {
        index: s.index,
        outcome: Outcome::Noted,
        violation: Violation::new(
            Rule::Com02,
            phrase!("law-at-most-3000-voters-at-a-precinct", "at most 3000 voters at a precinct"),
            b.voters,
        ),
        subject: b.precinct.as_str().into(),
        explanation: None,
    };
    Ok((b.voters > VOTERS_MAX).then_some(large))
}

/// ATY-01, ATY-02: a precinct's commission in being, of this author, that no other precinct has.
pub(crate) fn free_commission<'a>(
    state: &'a State,
    s: &Statement<'_>,
    id: &Id,
    precinct: &Id,
) -> Result<&'a Commission, Violation> {
    let commission = state
        .commissions
        .get(id)
        .filter(|c| c.level == Level::Precinct && c.dissolved.is_none())
        .ok_or_else(|| {
            Violation::new(Rule::Aty01, phrase!("law-a-precincts-commission", "a precinct's commission"), id)
        })?;
    let own = commission.parent.as_ref() == Some(&s.event.author);
    require(
        own,
        Rule::Aty02,
        phrase!("law-a-commission-under", "a commission under {author}", author = s.event.author),
        id,
    )?;
    let taken = state.precincts.iter().find(|(other, p)| *other != precinct && p.formed.commission == *id);
    let found = taken
        .map_or_else(|| Argument::quote(""), |(id, _)| phrase!("law-that-of", "that of {id}").to_argument());
    require(
        taken.is_none(),
        Rule::Aty02,
        phrase!("law-a-commission-without-a-precinct", "a commission without a precinct"),
        found,
    )?;
    Ok(commission)
}

/// COM-02: a number that no other precinct of this author has.
pub(crate) fn number_is_free(
    state: &State,
    author: &Id,
    precinct: &Id,
    number: Option<&event::Text>,
) -> Result<(), Violation> {
    let same = |(id, other): &(&Id, &crate::state::Precinct)| {
        *id != precinct && other.territorial == *author && Some(&other.formed.number) == number
    };
    let taken = state.precincts.iter().find(same);
    let found = taken
        .map_or_else(|| Argument::quote(""), |(id, _)| phrase!("law-that-of", "that of {id}").to_argument());
    require(
        taken.is_none(),
        Rule::Com02,
        phrase!("law-a-number-never-used-here", "a number never used here"),
        found,
    )
}

/// ATY-01: as many members as so many voters ask for (art. 17(1)).
pub(crate) fn size_for(voters: u64, n: usize) -> Result<(), Violation> {
    let (lawful, expected) = if voters > VOTERS_LARGE {
        (
            matches!(n, 7 | 9),
            phrase!(
                "law-7-or-9-members-for-more-than-2-000-voters",
                "7 or 9 members for more than 2,000 voters"
            ),
        )
    } else {
        (
            matches!(n, 5 | 7),
            phrase!("law-5-or-7-members-for-up-to-2-000-voters", "5 or 7 members for up to 2,000 voters"),
        )
    };
    require(lawful, Rule::Aty01, expected, n)
}

/// The precincts of an election, as the ledger knows them.
pub(crate) fn precincts_fixed(state: &State, s: &Statement<'_>, b: &PrecinctsFixed) -> Result<(), Violation> {
    let election = require_election(state, s)?;
    require(
        election.fixed.is_none(),
        Rule::Pro01,
        phrase!("law-precincts-fixed-once", "precincts fixed once"),
        phrase!("law-precincts-fixed-again", "precincts-fixed again"),
    )?;
    let own: Vec<_> = state.precincts_of(election).collect();
    let closed = own.iter().filter(|(_, p)| p.formed.kind == PrecinctKind::Closed).count() as u64;
    let count = own.len() as u64;
    let root = lines_root(own.iter().map(|(id, precinct)| (*id, precinct.event)));
    let same = b.precincts.count == count && b.precincts.root == root;
    let found = phrase!(
        "law-precincts-root",
        "{count} precincts, root {root}",
        count = b.precincts.count,
        root = b.precincts.root
    );
    require(same, Rule::Com01, phrase!("law-precincts-root", "{count} precincts, root {root}"), found)?;
    require(count > 0, Rule::Com01, phrase!("law-at-least-one-precinct", "at least one precinct"), count)?;
    require(
        b.closed == closed,
        Rule::Ari08,
        phrase!("law-closed-precincts", "{closed} closed precincts"),
        b.closed,
    )?;
    require(
        b.open == count - closed,
        Rule::Ari08,
        phrase!("law-open-precincts", "{closed} open precincts", closed = count - closed),
        b.open,
    )?;
    let voters = arithmetic::sum_figures(own.iter().map(|(_, precinct)| precinct.formed.voters));
    require(b.voters == voters, Rule::Ari08, phrase!("law-voters", "{voters} voters"), b.voters)
}
