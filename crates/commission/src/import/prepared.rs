//! What a row must say of its precinct before it can be drafted.

use event::{Id, Key, Time};
use law::{
    Fact,
    state::{Commission, Election},
};

use super::{
    columns::PrecinctColumns,
    mapped::MappedTable,
    row_fault::RowFault,
    target::{ImportTarget, no_form},
};

/// A row that can be drafted.
pub(super) struct PreparedFact {
    pub(super) precinct: Id,
    /// The precinct as a refusal names it.
    pub(super) name: String,
    pub(super) author: Id,
    pub(super) fact: Fact,
    pub(super) at: Time,
    pub(super) signers: Vec<Key>,
}

/// A precinct, its commission's id and state.
pub(super) type FoundPrecinct<'a> = (&'a Id, &'a Id, &'a Commission);

/// The precinct of the election that a row names, and its commission.
pub(super) fn find_precinct<'a>(
    stated: &str,
    mapped: &MappedTable,
    place: ImportTarget<'a>,
    election: &'a Election,
) -> Result<FoundPrecinct<'a>, RowFault> {
    let state = place.head.state();
    let fits = |id: &&Id| match mapped.columns.precinct {
        PrecinctColumns::Number { .. } => {
            state.precincts.get(*id).is_some_and(|own| own.formed.number.as_str() == stated)
        }
        PrecinctColumns::Id(_) | PrecinctColumns::Key(_) => id.as_str() == stated,
    };
    let found: Vec<&Id> = election.polls.keys().filter(fits).collect();
    let [id] = found.as_slice() else {
        return Err(match found.as_slice() {
            [] => {
                RowFault::UnknownPrecinct { election: place.election.to_string(), found: stated.to_owned() }
            }
            more => RowFault::SamePrecinctNumber {
                number: stated.to_owned(),
                found: more.iter().map(|id| id.as_str()).collect::<Vec<_>>().join(", "),
            },
        });
    };
    let author = state.precincts.get(*id).map(|precinct| &precinct.formed.commission);
    let commission = author.and_then(|author| state.commissions.get_key_value(author));
    let (author, commission) = commission.ok_or_else(|| no_form("a precinct without a commission"))?;
    Ok((id, author, commission))
}
