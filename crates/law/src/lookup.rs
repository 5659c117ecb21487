//! What the rules of several chapters look up: the election, precinct and protocol that a statement names, how far they
//! are, and the root over a list.

use alloc::{collections::BTreeSet, format};

use event::{Hash, Id};
use phrase::{Argument, Phrase, Phrased, ToArgument, phrase};

use crate::{
    Finding, Outcome, Rule, State, Statement, Violation,
    facts::{Level, SyntheticKind},
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
    s.event.election.as_ref().and_then(|id| state.elections.get(id)).ok_or_else(|| {
        Violation::new(
            Rule::Aty02,
            phrase!("law-an-election-that-was-called", "an election that was called"),
            election_name(s),
        )
    })
}

/// PRO-01: the event names an election of its own, as the one that begins with it.
pub(crate) fn require_new_election(state: &State, s: &Statement<'_>) -> Result<(), Violation> {
    require(
        s.event.election.as_ref().is_some_and(|id| !state.ids.contains(id)),
        Rule::Pro01,
        phrase!("law-an-election-id-never-used", "an election id never used"),
        election_name(s),
    )
}

/// An id that nothing has or had.
pub(crate) fn require_new_id(state: &State, rule: Rule, id: &Id) -> Result<(), Violation> {
    require(!state.ids.contains(id), rule, phrase!("law-an-id-never-used", "an id never used"), id)
}

/// PRO-01: what follows the registration of candidates.
pub(crate) fn require_registration_ended(election: &Election, s: &Statement<'_>) -> Result<(), Violation> {
    let ends = &election.calendar.registration_ends;
    require(
        s.event.at.seconds() >= ends.seconds(),
        Rule::Pro01,
        phrase!("law-not-before-registration-ends-at", "not before registration ends at {ends}"),
        &s.event.at,
    )
}

pub(crate) fn election_name(s: &Statement<'_>) -> Argument {
    id_or_none(s.event.election.as_ref())
}

/// An id, or that there is none.
pub(crate) fn id_or_none(id: Option<&Id>) -> Argument {
    id.map_or_else(|| phrase!("law-none", "none").to_argument(), ToArgument::to_argument)
}

/// Ids in the brackets of a list.
pub(crate) fn list_in_brackets<T: ToArgument>(items: impl IntoIterator<Item = T>) -> Phrase {
    phrase!("law-list", "[{items}]", items = Argument::list(items))
}

/// A desk or a seat of a commission by its name in the format.
pub(crate) fn name_desk(desk: &str) -> Argument {
    match desk {
        "board" => phrase!("desk-board", "board").to_argument(),
        "chair" => phrase!("desk-chair", "chair").to_argument(),
        "deputy" => phrase!("desk-deputy", "deputy").to_argument(),
        "office" => phrase!("desk-office", "office").to_argument(),
        "secretary" => phrase!("desk-secretary", "secretary").to_argument(),
        other => Argument::quote(other),
    }
}

/// An id, or nobody.
pub(crate) fn id_or_nobody(id: Option<&Id>) -> Argument {
    id.map_or_else(|| phrase!("law-nobody", "nobody").to_argument(), ToArgument::to_argument)
}

pub(crate) fn level_name(level: Level) -> Phrase {
    match level {
        Level::Central => phrase!("law-level-central", "central"),
        Level::Regional => phrase!("law-level-regional", "regional"),
        Level::Territorial => phrase!("law-level-territorial", "territorial"),
        Level::Precinct => phrase!("law-level-precinct", "a precinct's"),
    }
}

/// The precinct's voting day in the event's election.
pub(crate) fn require_poll<'a>(state: &'a State, s: &Statement<'_>) -> Result<&'a Poll, Violation> {
    let election = require_election(state, s)?;
    let id = s.fact.precinct();
    id.and_then(|id| election.polls.get(id)).ok_or_else(|| {
        Violation::new(
            Rule::Com02,
            phrase!("law-a-precinct-of-this-election", "a precinct of this election"),
            s.fact.phrase(),
        )
    })
}

/// PRO-01: the precinct is exactly so far.
pub(crate) fn require_status(poll: &Poll, expected: PollStatus, s: &Statement<'_>) -> Result<(), Violation> {
    let status = poll.status();
    let words = phrase!(
        "law-a-precinct-that-is-for",
        "a precinct that is {expected} for {fact}",
        expected = expected,
        fact = s.fact.phrase()
    );
    require(status == expected, Rule::Pro01, words, status)
}

/// PRO-10: the protocol that is spoken of is the one that counts.
pub(crate) fn require_current_protocol<'a>(
    poll: &'a Poll,
    named: &Hash,
) -> Result<&'a ProtocolRecord, Violation> {
    let record = poll.current();
    let record = record.ok_or_else(|| {
        Violation::new(
            Rule::Pro01,
            phrase!("law-protocol-signed-before", "protocol-signed before"),
            phrase!("law-no-protocol", "no protocol"),
        )
    })?;
    require(
        record.event == *named,
        Rule::Pro10,
        phrase!("law-the-current-protocol", "the current protocol {event}", event = record.event),
        named,
    )?;
    Ok(record)
}

/// PRO-01: the results are not determined yet.
pub(crate) fn require_undetermined(state: &State, s: &Statement<'_>) -> Result<(), Violation> {
    let election = require_election(state, s)?;
    let open = election.determined.is_none();
    require(
        open,
        Rule::Pro01,
        phrase!("law-before-results-determined", "{fact} before results-determined", fact = s.fact.phrase()),
        phrase!("law-results-determined", "results determined"),
    )?;
    let poll = s.fact.precinct().and_then(|id| election.polls.get(id));
    let counts = poll.is_none_or(|poll| poll.invalidated.is_none());
    require(
        counts,
        Rule::Pro01,
        phrase!("law-a-precinct-whose-result-counts", "a precinct whose result counts"),
        phrase!("law-invalidated", "invalidated"),
    )
}

pub(crate) fn require_determined(election: &Election) -> Result<&Determined, Violation> {
    election.determined.as_ref().ok_or_else(|| {
        Violation::new(
            Rule::Pro01,
            phrase!("law-results-determined-before", "results-determined before"),
            phrase!("law-none", "none"),
        )
    })
}

pub(crate) fn require_elected(election: &Election, candidate: &Id) -> Result<(), Violation> {
    let elected = require_determined(election)?.body.elected.as_ref();
    let name = id_or_nobody(elected);
    require(
        elected == Some(candidate),
        Rule::Pro14,
        phrase!("law-the-elected", "the elected: {name}"),
        candidate,
    )
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

/// PUB-10: only what is no real ledger holds what somebody made up.
pub(crate) fn require_test_for_synthetic(
    kinds: &BTreeSet<SyntheticKind>,
    test: bool,
) -> Result<(), Violation> {
    require(
        kinds.is_empty() || test,
        Rule::Pub10,
        phrase!(
            "law-synthetic-figures-under-the-test-flag-only",
            "synthetic figures under the test flag only"
        ),
        Argument::list(kinds),
    )
}
