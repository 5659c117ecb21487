//! Who may act for the Central Election Commission: its root keys, old and new, and its office keys.

use event::Key;
use phrase::{Argument, ToArgument, phrase};

use crate::{
    Fact, Rule, State, Statement, Violation,
    lookup::{cec_id, election_name, name_desk},
    rules::keys,
    state::Holder,
    statement::require,
};

/// SIG-05: a root hands over to another: enough of the old sign, and every one of the new, as proof of possession.
pub(crate) fn by_roots_old_and_new(state: &State, s: &Statement<'_>) -> Result<(), Violation> {
    require_root_desk(s)?;
    let Fact::RootKeysReplaced(b) = s.fact else { return Ok(()) };
    let mut old = 0;
    for key in &s.event.signers {
        let new = b.root_keys.contains(key);
        match state.keys.get(key) {
            None if new => {}
            _ => {
                require_root_key(state, key)?;
                old += 1;
            }
        }
    }
    let threshold = state.threshold;
    require(
        old >= threshold,
        Rule::Sig05,
        phrase!("law-of-the-root-keys-in-force", "{threshold} of the root keys in force"),
        old,
    )?;
    let absent = b.root_keys.iter().find(|key| !s.event.signers.contains(key));
    let found = absent.map_or_else(
        || Argument::quote(""),
        |key| phrase!("law-no-signature-of", "no signature of {key}").to_argument(),
    );
    require(
        absent.is_none(),
        Rule::Sig05,
        phrase!("law-every-one-of-the-new-root-keys", "every one of the new root keys"),
        found,
    )
}

/// ATY-03: the author is the CEC.
fn require_cec(s: &Statement<'_>) -> Result<(), Violation> {
    require(s.event.author == cec_id(), Rule::Aty03, phrase!("law-author-cec", "author cec"), &s.event.author)
}

/// ATY-02: what concerns the whole ledger names no election.
pub(crate) fn require_no_election(s: &Statement<'_>) -> Result<(), Violation> {
    require(
        s.event.election.is_none(),
        Rule::Aty02,
        phrase!("law-no-election", "no election"),
        election_name(s),
    )
}

/// INT-05, SIG-05: root keys as a charter lists them: each once, in order, and a threshold that they can reach.
pub(crate) fn require_root_keys(root_keys: &[Key], threshold: u64) -> Result<(), Violation> {
    require(
        root_keys.is_sorted_by(|a, b| a < b),
        Rule::Int05,
        phrase!("law-root-keys-ascending", "root keys ascending"),
        phrase!("law-another-order", "another order"),
    )?;
    let n = root_keys.len() as u64;
    require(
        threshold >= 1 && threshold <= n,
        Rule::Sig05,
        phrase!("law-a-threshold-from-1-to", "a threshold from 1 to {n}"),
        threshold,
    )
}

/// SIG-03, ATY-04: a root key of the CEC that is in force.
fn require_root_key(state: &State, key: &Key) -> Result<(), Violation> {
    let record = keys::in_force(state, key)?;
    require(
        record.holder == Holder::Root,
        Rule::Aty04,
        phrase!("law-a-root-key-of-the-cec", "a root key of the CEC"),
        key,
    )
}

/// ATY-03, ATY-02: the CEC acts as a whole, and for no single election.
pub(crate) fn require_root_desk(s: &Statement<'_>) -> Result<(), Violation> {
    require_cec(s)?;
    require(
        s.event.desk.as_str() == "board",
        Rule::Aty03,
        phrase!("law-desk-board", "desk board"),
        name_desk(s.event.desk.as_str()),
    )?;
    require_no_election(s)
}

pub(crate) fn by_roots(state: &State, s: &Statement<'_>) -> Result<(), Violation> {
    require_root_desk(s)?;
    for key in &s.event.signers {
        require_root_key(state, key)?;
    }
    let threshold = state.threshold;
    let found = s.event.signers.len() as u64;
    require(found >= threshold, Rule::Sig05, phrase!("law-root-keys", "{threshold} root keys"), found)
}

pub(crate) fn by_office(state: &State, s: &Statement<'_>) -> Result<(), Violation> {
    require_cec(s)?;
    require(
        s.event.desk.as_str() == "office",
        Rule::Aty03,
        phrase!("law-desk-office", "desk office"),
        name_desk(s.event.desk.as_str()),
    )?;
    require_no_election(s)?;
    for key in &s.event.signers {
        let record = keys::in_force(state, key)?;
        require(
            record.holder == Holder::Office,
            Rule::Aty04,
            phrase!("law-an-office-key-of-the-cec", "an office key of the CEC"),
            key,
        )?;
    }
    require(
        s.event.signers.len() == 1,
        Rule::Sig05,
        phrase!("law-one-office-key", "one office key"),
        s.event.signers.len(),
    )
}
