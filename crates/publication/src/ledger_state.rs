//! What several report files ask of the state: whether it is a test, what is made up, how many precincts have a protocol.

use law::{State, facts::SyntheticKind, state::Election};

/// The column that says in each row what of it is made up.
pub(crate) const SYNTHETIC_COLUMN: &str = "synthetic";

/// The kinds of an election's figures that are made up, as words with spaces between them.
pub(crate) fn synthetic_words(state: &State, election: &Election) -> String {
    SyntheticKind::join_names(&state.synthetic_kinds_of(election))
}

/// Whether nothing in the ledger is real.
pub(crate) fn is_test_ledger(state: &State) -> bool {
    state.charter.as_ref().is_some_and(|charter| charter.test)
}

/// How many precincts have a protocol, whether or not its result was declared invalid.
pub(crate) fn count_precincts_with_protocol(election: &Election) -> u64 {
    election.polls.values().filter(|poll| poll.current().is_some()).count() as u64
}

/// Precincts whose result counts: those with a protocol, and all of them. A result that is invalid has left the totals.
pub(crate) fn count_valid_precincts(election: &Election) -> (u64, u64) {
    let counts = election.polls.values().filter(|poll| poll.invalidated.is_none());
    let reported = counts.clone().filter(|poll| poll.current().is_some());
    (reported.count() as u64, counts.count() as u64)
}
