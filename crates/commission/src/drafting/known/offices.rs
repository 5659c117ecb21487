//! What follows for the charter's facts, commissions, keys and the forming of precincts.

use law::{cec_id, facts::Level, state::Holder};
use serde_json::json;

use super::filling::{Known, only};

pub(super) fn fill_offices(known: &mut Known<'_>, fact: &str) {
    let state = known.state;
    match fact {
        "ledger-opened" => {
            known.fill("rules", &1);
            known.fill("clock", &"real");
        }
        "rules-adopted" => known.fill("rules", &(state.rules + 1)),
        "clock-corrected" => known.fill_some("wrong", state.received),
        "snapshot-published" => {
            let last = state.snapshots.last().map_or(0, |(_, snapshot)| snapshot.n);
            known.fill("n", &(last + 1));
        }
        "commission-formed" => fill_commission(known),
        "member-suspended" if known.body.text("seat").is_none() => {}
        "key-replaced" => {
            let commission = known.body.text("commission").and_then(|id| state.commissions.get(id));
            let seat = known.body.text("seat");
            let old = commission.and_then(|own| own.seat(seat?)?.key);
            known.fill_some("replaces", old);
        }
        "key-revoked" => {
            // Whose key it is follows from the register.
            let key = known.body.text("key").and_then(|text| event::Key::parse(text).ok());
            let holder = key.and_then(|key| state.keys.get(&key)).map(|record| &record.holder);
            if let Some(Holder::Member { commission, .. }) = holder {
                known.fill("commission", commission);
            }
        }
        "precinct-formed" => {
            // A precinct is called as its commission, where that has the usual name.
            let name =
                known.body.text("commission").and_then(|id| id.strip_prefix("pec-")).map(str::to_owned);
            known.fill_some("precinct", name);
            let own = state.precincts.values().filter(|one| one.territorial == *known.author);
            let mut codes: Vec<&str> = own.map(|one| one.formed.kato.as_str()).collect();
            codes.extend(territories(known));
            codes.sort_unstable();
            codes.dedup();
            if let [code] = codes.as_slice() {
                let code = (*code).to_owned();
                known.fill("kato", &code);
            }
        }
        _ => {}
    }
}

/// Territories of the elections that the author organises.
fn territories<'a>(known: &Known<'a>) -> impl Iterator<Item = &'a str> {
    let author = known.author;
    let own = known.state.elections.values().filter(move |one| one.organiser == *author);
    own.map(|one| one.called.territory.as_str())
}

/// Above a precinct's commission stands the territorial one that forms it; the others are formed by the CEC.
fn fill_commission(known: &mut Known<'_>) {
    let state = known.state;
    let author = state.commissions.get(known.author);
    match (author.map(|own| own.level), known.body.text("level").map(str::to_owned).as_deref()) {
        (Some(Level::Territorial), _) => {
            known.fill("level", &Level::Precinct);
            let author = known.author;
            known.fill("parent", author);
        }
        (None, None) if *known.author == cec_id() && state.commissions.is_empty() => {
            known.fill("level", &Level::Central);
        }
        (Some(Level::Central), None) => {
            let parent = known.body.text("parent").and_then(|id| state.commissions.get(id));
            let level = match parent.map(|parent| parent.level) {
                Some(Level::Central) => Some(Level::Regional),
                Some(Level::Regional) => Some(Level::Territorial),
                _ => None,
            };
            known.fill_some("level", level);
        }
        (Some(Level::Central), Some("regional")) => known.fill("parent", &cec_id()),
        (Some(Level::Central), Some("territorial")) => {
            let above = state.commissions.iter().filter(|(_, one)| one.level == Level::Regional);
            known.fill_some("parent", only(above.map(|(id, _)| json!(id))));
        }
        _ => {}
    }
}
