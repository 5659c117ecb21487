//! What follows from the ledger: the fields of a body that nobody has to write.

mod elections;
mod filling;
mod offices;
mod precincts;
mod results;

use event::Time;

use super::{body::DraftBody, ground::Ground, speakers::Speaking};
use crate::described::DescribedFact;
use filling::Known;

/// Fills in every field that follows and that nobody has said; their paths.
pub(super) fn fill_known(
    ground: &Ground<'_>,
    fact: &DescribedFact,
    speaking: &Speaking,
    at: &Time,
    body: &mut DraftBody,
) -> Vec<String> {
    let state = ground.state();
    let election = speaking.election.as_ref().and_then(|id| state.elections.get(id));
    let mut known = Known { state, author: &speaking.author, election, at, body, filled: Vec::new() };
    let has_precinct = fact.fields.iter().any(|field| field.name == "precinct" && field.is_required());
    if has_precinct && fact.name != "precinct-formed" {
        known.fill_own_precinct();
    }
    if let Ground::Ledger(prospect) = ground
        && fact.name == "snapshot-published"
    {
        known.fill("size", &prospect.head().size());
        known.fill("root", &prospect.head().root());
    }
    offices::fill_offices(&mut known, fact.name);
    elections::fill_elections(&mut known, fact.name);
    precincts::fill_precincts(&mut known, fact.name);
    results::fill_results(&mut known, fact.name);
    known.filled
}
