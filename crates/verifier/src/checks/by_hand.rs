//! What software cannot judge: MAN-01 to MAN-05. Their values stand in the block for your own eyes (`scope`).
//!
//! Five rows say so, and three protocols are drawn to be added up by hand. Their status is always NOT-RUN: nobody here
//! saw the paper.

use event::{Hash, Id, sha256};
use law::state::Poll;

use crate::{checks::context::Context, findings::Findings, not_run::NotRun, registry::BY_HAND};

/// How many protocols are added up by hand.
const DRAWN: usize = 3;

/// The five rows.
pub(crate) fn by_hand(findings: &mut Findings) {
    for rule in BY_HAND {
        findings.not_run(rule, NotRun::ByHand);
    }
}

/// Three protocols, drawn by the root of the tree: nobody chose them, and everybody draws the same.
pub(super) fn draw_precincts<'a>(context: &'a Context<'_>) -> Vec<(&'a Id, &'a Id, &'a Poll)> {
    let root = Hash(context.published.tree.root());
    let elections = context.replayed.head.state().elections.iter();
    let mut all: Vec<(Hash, &Id, &Id, &Poll)> = elections
        .flat_map(|(election, own)| own.polls.iter().map(move |(precinct, poll)| (election, precinct, poll)))
        .filter(|(_, _, poll)| poll.current().is_some())
        .map(|(election, precinct, poll)| {
            let lot = format!("hattama-by-hand-v1\n{root}\n{election}\n{precinct}\n");
            (sha256(&[lot.as_bytes()]), election, precinct, poll)
        })
        .collect();
    all.sort_by_key(|(lot, ..)| *lot);
    all.into_iter().take(DRAWN).map(|(_, election, precinct, poll)| (election, precinct, poll)).collect()
}
