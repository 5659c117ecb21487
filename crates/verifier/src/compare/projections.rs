//! What a snapshot shows, read from its published projections: things by name, figures by precinct.
//!
//! Contains three JSON documents as bytes. Elsewhere: what became of them in another snapshot
//! (`checks::snapshot_changes`, `diff`), whether they follow from the ledger (`checks::snapshot`).

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
};

use serde_json::Value;

/// Figures of a protocol, or totals, by their place: `invalid`, `votes for abenov`, `portable/0/found`.
pub type PublishedFigures = BTreeMap<String, u64>;

/// What somebody was shown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PublishedProjections {
    /// Elections, precincts and candidates, in words that name them.
    pub things: BTreeSet<String>,
    /// Figures by election and precinct.
    pub precincts: BTreeMap<[String; 2], PublishedFigures>,
    /// Totals by election.
    pub totals: BTreeMap<String, PublishedFigures>,
}

impl PublishedProjections {
    /// Reads projections; one that is not there, or is no JSON, shows nothing.
    #[must_use]
    pub fn of<'a>(file: impl Fn(&str) -> Option<Cow<'a, [u8]>>) -> Self {
        let read = |name: &str| -> Option<Value> { serde_json::from_slice(&file(name)?).ok() };
        let mut shown = Self::default();
        let lists =
            [("precincts.json", "precincts", "precinct"), ("candidates.json", "candidates", "candidate")];
        for (file, list, id) in lists {
            for election in
                list_items(read(file).as_ref().and_then(|document| document.pointer("/view/elections")))
            {
                let name = read_text(election, "election");
                shown.things.extend(
                    list_items(election.get(list))
                        .iter()
                        .map(|item| format!("{id} {} of {name}", read_text(item, id))),
                );
                shown.things.insert(format!("election {name}"));
            }
        }
        for election in
            list_items(read("tallies.json").as_ref().and_then(|document| document.pointer("/view/elections")))
        {
            let name = read_text(election, "election");
            for precinct in list_items(election.get("precincts")) {
                let own = read_figures(precinct.get("count"));
                shown.precincts.insert([name.clone(), read_text(precinct, "precinct")], own);
            }
            shown.totals.insert(name, read_figures(election.get("totals")));
        }
        shown
    }
}

fn list_items(list: Option<&Value>) -> &[Value] {
    list.and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}

fn read_text(value: &Value, field: &str) -> String {
    value.get(field).and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn read_figures(count: Option<&Value>) -> PublishedFigures {
    let mut figures = PublishedFigures::new();
    collect_leaves("", count.unwrap_or(&Value::Null), &mut figures);
    figures
}

/// Longest place of a figure: no protocol has a longer one, and every figure carries its own.
const PLACE_MAX: usize = 300;

fn collect_leaves(place: &str, value: &Value, into: &mut PublishedFigures) {
    if place.len() > PLACE_MAX {
        return;
    }
    let under = |name: &str| {
        let name: String = name.chars().take(PLACE_MAX + 1).collect();
        if place.is_empty() { name } else { format!("{place}/{name}") }
    };
    match value {
        Value::Number(figure) => into.extend(figure.as_u64().map(|figure| (place.to_owned(), figure))),
        Value::Object(fields) => match (fields.get("candidate").and_then(Value::as_str), fields.get("votes"))
        {
            (Some(candidate), Some(votes)) => collect_leaves(&format!("votes for {candidate}"), votes, into),
            _ => fields.iter().for_each(|(name, field)| collect_leaves(&under(name), field, into)),
        },
        Value::Array(list) => {
            for (item, at) in list.iter().zip(0_u32..) {
                let lined = item.get("candidate").is_some();
                collect_leaves(&if lined { String::new() } else { under(&at.to_string()) }, item, into);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_longer_than_any_is_no_figure() {
        let name = "k".repeat(1000);
        let nested = format!("{{\"{name}\":{{\"a\":1,\"b\":2}},\"valid\":3}}");
        let found = read_figures(Some(&serde_json::from_str(&nested).unwrap()));
        assert_eq!(found, PublishedFigures::from([("valid".to_owned(), 3)]));
    }
}
