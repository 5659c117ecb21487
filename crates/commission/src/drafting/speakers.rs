//! Who speaks, at which desk, about which election, and who signs: as it was said, else as the law and the ledger have it.

use event::{Id, Key};
use law::{
    Fact, Signing, State, cec_id,
    facts::Level,
    signing_rule,
    state::{Holder, Seat},
};
use ledger::Chain;

use super::{
    body::DraftBody,
    fault::DraftFault,
    ground::Ground,
    lookup::{find_named, find_precincts},
};
use crate::described::{
    DescribedFact,
    field::{Named, Scope},
};

/// Who speaks and who signs, as far as somebody said it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Speakers<'a> {
    /// The commission.
    pub author: Option<&'a str>,
    /// The election.
    pub election: Option<&'a str>,
    /// The desk.
    pub desk: Option<&'a str>,
    /// Seats or keys that sign.
    pub signers: &'a [String],
}

/// Who speaks, about what.
#[derive(Debug, Clone)]
pub struct Speaking {
    /// The commission.
    pub author: Id,
    /// The election, if it is about one.
    pub election: Option<Id>,
}

/// The election that is named, or the only one that can be meant.
pub(super) fn find_election(
    state: &State,
    fact: &DescribedFact,
    said: &Speakers<'_>,
) -> Result<Option<Id>, DraftFault> {
    match (fact.scope, said.election) {
        // What names an election and may not is for the law to refuse.
        (Scope::NewElection, Some(text)) => {
            Id::new(text).map(Some).map_err(|_| DraftFault::ElectionId { found: text.to_owned() })
        }
        (_, Some(text)) => {
            let found = find_named(state, None, Named::Election, text);
            found.map(Some).map_err(|_| unknown_election(state, text))
        }
        (Scope::Ledger, None) => Ok(None),
        (Scope::NewElection, None) => Err(DraftFault::NewElection),
        (Scope::Election, None) => {
            let author = said.author.and_then(|text| find_named(state, None, Named::Commission, text).ok());
            let own =
                |id: &&Id| author.as_ref().is_none_or(|author| is_concerned(state, author.as_str(), id));
            let all: Vec<&Id> = state.elections.keys().filter(own).collect();
            let open = |id: &&&Id| state.elections.get(**id).is_some_and(|one| one.certificate.is_none());
            let open: Vec<&&Id> = all.iter().filter(open).collect();
            match (open.as_slice(), all.as_slice()) {
                ([one], _) => Ok(Some((**one).clone())),
                ([], [one]) => Ok(Some((*one).clone())),
                _ if state.elections.is_empty() => Err(DraftFault::NoElection),
                _ => Err(unknown_election(state, "-")),
            }
        }
    }
}

fn unknown_election(state: &State, found: &str) -> DraftFault {
    let expected = state.elections.keys().map(Id::as_str).collect::<Vec<_>>().join(", ");
    DraftFault::Election { expected, found: found.to_owned() }
}

/// Whether a commission has anything to do with an election: it organises it, stands above who does, or one of its precincts
/// votes in it.
#[must_use]
pub fn is_concerned(state: &State, author: &str, election: &Id) -> bool {
    let Some(one) = state.elections.get(election) else { return false };
    let above = Id::new(author).is_ok_and(|author| state.is_above(&author, &one.organiser));
    one.organiser.as_str() == author
        || above
        || one.polls.keys().any(|id| {
            state.precincts.get(id).is_some_and(|precinct| precinct.formed.commission.as_str() == author)
        })
}

/// Who speaks: as it was said, else whom the law names.
pub(super) fn find_speaking(
    ground: &Ground<'_>,
    fact: &DescribedFact,
    said: &Speakers<'_>,
    election: Option<Id>,
    body: &DraftBody,
) -> Result<Speaking, DraftFault> {
    if let Some(author) = ground.author() {
        return Ok(Speaking { author, election });
    }
    let author = match said.author {
        Some(text) => {
            let found = find_named(ground.state(), None, Named::Commission, text);
            Some(found.map_err(|_| DraftFault::AuthorId { found: text.to_owned() })?)
        }
        None => find_author(ground.state(), fact, election.as_ref(), body)?,
    };
    Ok(Speaking { author: author.ok_or(DraftFault::Author)?, election })
}

fn find_author(
    state: &State,
    fact: &DescribedFact,
    election: Option<&Id>,
    body: &DraftBody,
) -> Result<Option<Id>, DraftFault> {
    let organiser = || state.elections.get(election?).map(|one| one.organiser.clone());
    let precinct = || {
        let own = election.and_then(|id| state.elections.get(id));
        let found = find_precincts(state, own, body.text("precinct")?);
        state.precincts.get(found.first().filter(|_| found.len() == 1)?)
    };
    let above = || {
        let commission = state.commissions.get(body.text("commission")?)?;
        match commission.level {
            Level::Precinct => commission.parent.clone(),
            Level::Central | Level::Regional | Level::Territorial => Some(cec_id()),
        }
    };
    Ok(match fact.signing()? {
        Signing::EveryRoot | Signing::Roots | Signing::RootHandover | Signing::Office => Some(cec_id()),
        _ if fact.name == "commission-formed" => match (body.text("level"), body.text("parent")) {
            (Some("precinct"), Some(parent)) => Id::new(parent).ok(),
            (Some("central" | "regional" | "territorial"), _) => Some(cec_id()),
            (None, Some(parent)) => {
                let level = state.commissions.get(parent).map(|above| above.level);
                if level == Some(Level::Territorial) { Id::new(parent).ok() } else { level.map(|_| cec_id()) }
            }
            _ => None,
        },
        _ if fact.name == "precincts-changed" => precinct().map(|precinct| precinct.territorial.clone()),
        Signing::Board(Level::Central | Level::Regional) => above(),
        Signing::Board(_) | Signing::Chair(Level::Territorial) | Signing::Officer(Level::Territorial) => {
            organiser().or_else(above)
        }
        Signing::Chair(_) | Signing::Officer(_) | Signing::Quorum => {
            precinct().map(|precinct| precinct.formed.commission.clone())
        }
    })
}

/// The desk: `board` for acts of the whole, else the seat of the one who acts.
pub(super) fn find_desk(fact: &Fact, said: &Speakers<'_>) -> Result<Id, DraftFault> {
    let stands_in = match fact {
        Fact::PrecinctOpened(body) => body.stands_in.is_some(),
        Fact::VotingClosed(body) => body.stands_in.is_some(),
        _ => false,
    };
    let usual = match signing_rule(fact) {
        Signing::Office => "office",
        Signing::Chair(_) if stands_in => "deputy",
        Signing::Chair(_) => "chair",
        Signing::Officer(_) => "secretary",
        Signing::EveryRoot | Signing::Roots | Signing::RootHandover | Signing::Board(_) | Signing::Quorum => {
            "board"
        }
    };
    let desk = said.desk.unwrap_or(usual);
    Id::new(desk).map_err(|_| DraftFault::Desk { found: desk.to_owned() })
}

/// Who signs: those who were named, else everybody who may.
pub(super) fn find_signers(
    state: &State,
    chain: &Chain,
    fact: &Fact,
    said: &Speakers<'_>,
) -> Result<Vec<Key>, DraftFault> {
    if !said.signers.is_empty() {
        return said.signers.iter().map(|text| find_key(state, &chain.author, text)).collect();
    }
    let held = |holder: Holder| {
        let own = state.keys.iter().filter(move |(_, key)| key.holder == holder && key.revoked.is_none());
        own.map(|(key, _)| *key).collect::<Vec<_>>()
    };
    let keys = match signing_rule(fact) {
        Signing::EveryRoot => match fact {
            Fact::LedgerOpened(charter) => charter.root_keys.clone(),
            _ => held(Holder::Root),
        },
        Signing::Roots => held(Holder::Root),
        Signing::RootHandover => {
            let mut all = held(Holder::Root);
            if let Fact::RootKeysReplaced(body) = fact {
                all.extend(&body.root_keys);
            }
            all
        }
        Signing::Office => match held(Holder::Office).as_slice() {
            [one] => vec![*one],
            several => return Err(DraftFault::OfficeKey { found: several.len() }),
        },
        Signing::Chair(_) | Signing::Officer(_) => {
            return Ok(vec![find_key(state, &chain.author, chain.desk.as_str())?]);
        }
        Signing::Board(_) | Signing::Quorum => {
            let missing = seats_named_missing(fact);
            let signs = |seat: &&Seat| seat.suspended.is_none() && !missing.contains(&&seat.seat);
            let seats = state.commissions.get(&chain.author).map(|own| own.seats.as_slice());
            seats.unwrap_or_default().iter().filter(signs).filter_map(|seat| seat.key).collect()
        }
    };
    if keys.is_empty() { Err(DraftFault::NobodySigns { author: chain.author.to_string() }) } else { Ok(keys) }
}

fn seats_named_missing(fact: &Fact) -> Vec<&Id> {
    let missing = match fact {
        Fact::BallotsAccounted(body) => &body.missing,
        Fact::ProtocolSigned(body) => &body.protocol.missing,
        Fact::ProtocolSuperseded(body) => &body.protocol.missing,
        _ => return Vec::new(),
    };
    missing.iter().map(|one| &one.seat).collect()
}

/// The key of a seat of the author, or a key.
///
/// # Errors
/// [`DraftFault::Signer`].
pub fn find_key(state: &State, author: &Id, text: &str) -> Result<Key, DraftFault> {
    let commission = state.commissions.get(author);
    if let Some(key) = commission.and_then(|own| own.seat(text)).and_then(|seat| seat.key) {
        return Ok(key);
    }
    let fault = |_| DraftFault::Signer { author: author.to_string(), found: text.to_owned() };
    Key::parse(text).map_err(fault)
}
