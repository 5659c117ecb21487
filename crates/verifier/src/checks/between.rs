//! What became of one snapshot's content in the next one: SNP-04, SNP-05.
//!
//! In: the published projections of two snapshots as they lie there, and the protocols that the ledger took in between
//! them. Out: whether each projection follows from the ledger (`snapshot`, INT-09).
//!
//! These read what the world was shown. Whoever kept only the files of two snapshots can make them, too.

use std::collections::{BTreeMap, BTreeSet};

use law::Rule;
use serde_json::Value;

use super::Facts;
use crate::{manifest::Manifest, published::Snapshot, report::Gathered};

/// What a snapshot showed, by what people call it.
struct Shown<'a> {
    n: u64,
    manifest: &'a Manifest,
    things: BTreeSet<String>,
    /// Figures of each precinct, by election and precinct.
    figures: BTreeMap<[String; 2], BTreeMap<String, u64>>,
}

/// Each snapshot beside the one before it.
pub(crate) fn between(facts: &Facts<'_>, gathered: &mut Gathered) {
    let shown: Vec<Shown<'_>> = facts.published.snapshots.iter().filter_map(shown).collect();
    for (older, newer) in shown.iter().zip(shown.iter().skip(1)) {
        gathered.examined(Rule::Snp04, older.things.len() as u64);
        gathered.examined(Rule::Snp05, older.figures.len() as u64);
        let subject = format!("snapshot {}", newer.n);
        for thing in older.things.difference(&newer.things) {
            let message = format!("expected {thing}, which snapshot {} has, found none", older.n);
            gathered.fail(Rule::Snp04, None, &subject, message);
        }
        if newer.manifest.size < older.manifest.size {
            let message =
                format!("expected at least {} entries, found {}", older.manifest.size, newer.manifest.size);
            gathered.fail(Rule::Snp04, None, &subject, message);
        }
        changed(facts, older, newer, gathered);
    }
    gathered.not_applicable(Rule::Snp04);
    gathered.not_applicable(Rule::Snp05);
}

/// SNP-05: a precinct's figures change only where a protocol came in between.
fn changed(facts: &Facts<'_>, older: &Shown<'_>, newer: &Shown<'_>, gathered: &mut Gathered) {
    for (place, before) in &older.figures {
        let [election, precinct] = place;
        let Some(after) = newer.figures.get(place) else {
            let message = format!("expected the figures that snapshot {} has, found none", older.n);
            gathered.fail(Rule::Snp05, None, precinct, message);
            continue;
        };
        let span = older.manifest.size..newer.manifest.size;
        let poll = facts.replayed.head.state().elections.get(election.as_str());
        let poll = poll.and_then(|election| election.polls.get(precinct.as_str()));
        let explained = poll.is_some_and(|poll| {
            poll.protocols.iter().any(|p| p.correction.is_some() && span.contains(&p.index))
        });
        if explained {
            continue;
        }
        let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
        for name in names.into_iter().filter(|name| before.get(*name) != after.get(*name)) {
            let told = |figure: Option<&u64>| crate::copies::told(figure.copied());
            let message = format!(
                "expected {name} {} as in snapshot {}, or a correction in between, found {} in snapshot {}",
                told(before.get(name)),
                older.n,
                told(after.get(name)),
                newer.n
            );
            gathered.fail(Rule::Snp05, None, precinct, message);
        }
    }
}

fn shown<'a>(snapshot: &'a Snapshot<'_>) -> Option<Shown<'a>> {
    let manifest = snapshot.manifest.as_ref()?.as_ref().ok()?;
    let read = |name: &str| -> Option<Value> {
        serde_json::from_slice(snapshot.files.get(format!("projections/{name}").as_str())?).ok()
    };
    let mut things: BTreeSet<String> =
        manifest.attachments.iter().map(|line| format!("attachments/{}", line.sha256)).collect();
    for (file, list, id) in
        [("precincts.json", "precincts", "precinct"), ("candidates.json", "candidates", "candidate")]
    {
        for election in elections(read(file).as_ref()) {
            let name = text(&election, "election");
            things.insert(format!("election {name}"));
            let items = election.get(list).and_then(Value::as_array).cloned().unwrap_or_default();
            things.extend(items.iter().map(|item| format!("{id} {} of {name}", text(item, id))));
        }
    }
    let mut figures = BTreeMap::new();
    for election in elections(read("tallies.json").as_ref()) {
        let precincts = election.get("precincts").and_then(Value::as_array).cloned().unwrap_or_default();
        for precinct in &precincts {
            let mut own = BTreeMap::new();
            leaves("", precinct.get("count").unwrap_or(&Value::Null), &mut own);
            figures.insert([text(&election, "election"), text(precinct, "precinct")], own);
        }
    }
    Some(Shown { n: snapshot.n, manifest, things, figures })
}

fn elections(document: Option<&Value>) -> Vec<Value> {
    let list = document.and_then(|document| document.pointer("/view/elections")).and_then(Value::as_array);
    list.cloned().unwrap_or_default()
}

fn text(value: &Value, field: &str) -> String {
    value.get(field).and_then(Value::as_str).unwrap_or_default().to_owned()
}

/// Every figure of a protocol by its place: `invalid`, `votes for abenov`, `portable/0/found`.
fn leaves(place: &str, value: &Value, into: &mut BTreeMap<String, u64>) {
    let under = |name: &str| if place.is_empty() { name.to_owned() } else { format!("{place}/{name}") };
    match value {
        Value::Number(figure) => into.extend(figure.as_u64().map(|figure| (place.to_owned(), figure))),
        Value::Object(fields) => match (fields.get("candidate").and_then(Value::as_str), fields.get("votes"))
        {
            (Some(candidate), Some(votes)) => leaves(&format!("votes for {candidate}"), votes, into),
            _ => fields.iter().for_each(|(name, field)| leaves(&under(name), field, into)),
        },
        Value::Array(list) => {
            list.iter().zip(0..).for_each(|(item, at): (_, u32)| leaves(&under(&at.to_string()), item, into));
        }
        _ => {}
    }
}
