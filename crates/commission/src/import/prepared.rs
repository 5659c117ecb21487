//! What a row must say of its precinct before it can be drafted.

use event::{Id, Key, Time};
use law::{
    Fact,
    state::{Commission, Election},
};

use super::{
    column_finder::PrecinctColumns,
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
    kato: Option<&str>,
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
    let mut found: Vec<&Id> = election.polls.keys().filter(fits).collect();
    if let Some(kato) = kato.filter(|_| !found.is_empty()) {
        found = of_territory(&found, kato, stated, place, election)?;
    }
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

/// Those of the precincts that lie where the row says: in the territory of this code, or in one that is a part of the
/// election's and that this code covers.
fn of_territory<'a>(
    named: &[&'a Id],
    kato: &str,
    stated: &str,
    place: ImportTarget<'a>,
    election: &Election,
) -> Result<Vec<&'a Id>, RowFault> {
    let code_of = |id: &Id| place.head.state().precincts.get(id).map(|own| own.formed.kato.as_str());
    let within = |fits: &dyn Fn(&str) -> bool| -> Vec<&'a Id> {
        named.iter().copied().filter(|id| code_of(id).is_some_and(fits)).collect()
    };
    let same = within(&|code| code == kato);
    if !same.is_empty() {
        return Ok(same);
    }
    let around = |code: &str| {
        law::covers_territory(election.called.territory.as_str(), kato) && law::covers_territory(kato, code)
    };
    let around = within(&around);
    if !around.is_empty() {
        return Ok(around);
    }
    let expected = named.iter().filter_map(|id| Some(format!("{}: {}", id, code_of(id)?)));
    Err(RowFault::Kato {
        precinct: stated.to_owned(),
        expected: expected.collect::<Vec<_>>().join(", "),
        found: kato.to_owned(),
    })
}
