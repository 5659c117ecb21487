//! What the rules of several chapters look up: the election, precinct and protocol that a statement names, how far they
//! are, and the root over a list.

use alloc::format;

use event::{Hash, Id};

use crate::{
    Finding, Outcome, Rule, State, Statement, Violation,
    facts::Level,
    state::{Determined, Election, Poll, PollStatus, ProtocolRecord},
    statement::require,
};

/// The id of the Central Election Commission, the same in every ledger.
pub fn cec_id() -> Id {
    // A literal that keeps the rules of an id.
    Id::new("cec").unwrap_or_else(|_| unreachable!("cec is an id"))
}

/// The election that the event names.
pub(crate) fn require_election<'a>(state: &'a State, s: &Statement<'_>) -> Result<&'a Election, Violation> {
    s.event
        .election
        .as_ref()
        .and_then(|id| state.elections.get(id))
        .ok_or_else(|| Violation::new(Rule::Aty02, "an election that was called", election_name(s)))
}

pub(crate) fn election_name<'a>(s: &Statement<'a>) -> &'a str {
    s.event.election.as_ref().map_or("none", Id::as_str)
}

pub(crate) fn level_name(level: Level) -> &'static str {
    match level {
        Level::Central => "central",
        Level::Regional => "regional",
        Level::Territorial => "territorial",
        Level::Precinct => "a precinct's",
    }
}

/// The precinct's voting day in the event's election.
pub(crate) fn require_poll<'a>(state: &'a State, s: &Statement<'_>) -> Result<&'a Poll, Violation> {
    let election = require_election(state, s)?;
    let id = s.fact.precinct();
    id.and_then(|id| election.polls.get(id))
        .ok_or_else(|| Violation::new(Rule::Com02, "a precinct of this election", s.fact.name()))
}

/// PRO-01: the precinct is exactly so far.
pub(crate) fn require_status(poll: &Poll, expected: PollStatus, s: &Statement<'_>) -> Result<(), Violation> {
    let status = poll.status();
    let words = format!("a precinct that is {} for {}", expected.name(), s.fact.name());
    require(status == expected, Rule::Pro01, words, status.name())
}

/// PRO-10: the protocol that is spoken of is the one that counts.
pub(crate) fn require_current_protocol<'a>(
    poll: &'a Poll,
    named: &Hash,
) -> Result<&'a ProtocolRecord, Violation> {
    let record = poll.current();
    let record =
        record.ok_or_else(|| Violation::new(Rule::Pro01, "protocol-signed before", "no protocol"))?;
    require(record.event == *named, Rule::Pro10, format!("the current protocol {}", record.event), named)?;
    Ok(record)
}

/// PRO-01: the results are not determined yet.
pub(crate) fn require_undetermined(state: &State, s: &Statement<'_>) -> Result<(), Violation> {
    let election = require_election(state, s)?;
    let open = election.determined.is_none();
    require(open, Rule::Pro01, format!("{} before results-determined", s.fact.name()), "results determined")?;
    let poll = s.fact.precinct().and_then(|id| election.polls.get(id));
    let counts = poll.is_none_or(|poll| poll.invalidated.is_none());
    require(counts, Rule::Pro01, "a precinct whose result counts", "invalidated")
}

pub(crate) fn require_determined(election: &Election) -> Result<&Determined, Violation> {
    election
        .determined
        .as_ref()
        .ok_or_else(|| Violation::new(Rule::Pro01, "results-determined before", "none"))
}

pub(crate) fn require_elected(election: &Election, candidate: &Id) -> Result<(), Violation> {
    let elected = require_determined(election)?.body.elected.as_ref();
    let name = elected.map_or("nobody", Id::as_str);
    require(elected == Some(candidate), Rule::Pro14, format!("the elected: {name}"), candidate)
}

/// RFC 6962 root over lines `<id>\n<event hash>\n`, given in byte order of id.
#[must_use]
pub fn lines_root<'a>(lines: impl Iterator<Item = (&'a Id, Hash)>) -> Hash {
    let leaves = lines.map(|(id, hash)| tlog::tree::leaf_hash(format!("{id}\n{hash}\n").as_bytes()));
    Hash(tlog::tree::root_of(leaves))
}

/// A finding that keeps nothing out.
pub(crate) fn note_violation(s: &Statement<'_>, violation: Violation) -> Finding {
    Finding {
        index: s.index,
        outcome: Outcome::Noted,
        violation,
        subject: s.fact.precinct().map_or(s.event.author.as_str(), |id| id.as_str()).into(),
        explanation: None,
    }
}
