//! Every fact, as lives that nobody planned state it, is drafted lawfully on a form, by flags, and by a table where it is a
//! row an act.

use std::collections::{BTreeMap, BTreeSet};

use commission::{
    described::{
        DescribedFact, all_facts, describe_fact,
        field::{Field, FieldKind},
    },
    drafting::{
        Content, DraftOrder,
        body::DraftBody,
        compose_draft,
        ground::Ground,
        sheet::{Sheet, label_of},
        speakers::Speakers,
        value::ValueGround,
    },
    many::{draft_table, facts_of_tables},
    table::{cells::TableOptions, read_table},
};
use event::{Hash, SignedEvent, Stamp};
use law::Fact;
use ledger::{Head, Prospect};
use scene::{
    STEPS, Scene, trials,
    unplanned::{Next, UnplannedLife},
};
use serde_json::Value;
use texts::program::answer_language;

use super::forms::written;

/// How often each fact is drafted in one walk.
const TIMES: usize = 4;
/// Lives that state what the small lawful life does not.
const SEEDS: [u64; 6] = [1, 2, 3, 5, 6, 13];
/// Acts of one life.
const ACTS: usize = 260;

/// A leaf of a content: its path as flags name it, its numbers as a form counts, and what is written there.
struct Leaf {
    path: String,
    numbers: String,
    field: &'static Field,
    text: String,
}

/// Every way in which a fact was drafted.
#[derive(Default)]
struct Walked {
    forms: BTreeMap<&'static str, usize>,
    tables: BTreeMap<&'static str, usize>,
    faults: Vec<String>,
}

/// By which column rows are known.
fn key_of(fields: &'static [Field]) -> Option<&'static str> {
    let named = |field: &&Field| matches!(field.name, "candidate" | "seat" | "rule");
    fields.iter().find(named).map(|field| field.name)
}

/// The row of a form that is about a key, or the next free one.
fn row_of_form(form: &str, number: &str, column: usize, key: &str, taken: &mut BTreeSet<usize>) -> usize {
    let said = |row: usize| {
        let start = format!("{number}.{row}.{column}) ");
        let line = form.lines().find(|line| line.starts_with(&start))?;
        Some(line.rsplit_once('=')?.1.trim().to_owned())
    };
    let own = (1..400).find(|row| said(*row).as_deref() == Some(key));
    let free = |row: &usize| !taken.contains(row) && said(*row).is_none_or(|text| text.is_empty());
    let row = own.unwrap_or_else(|| (1..400).find(free).unwrap());
    taken.insert(row);
    row
}

fn list_leaves(
    fields: &'static [Field],
    body: &Value,
    before: (&str, &str),
    form: &str,
    all: &mut Vec<Leaf>,
) {
    for (n, field) in fields.iter().enumerate() {
        let Some(own) = body.get(field.name) else { continue };
        let (path, numbers) = (format!("{}{}", before.0, field.name), format!("{}{}", before.1, n + 1));
        match field.kind {
            FieldKind::Group(inner) => {
                list_leaves(inner, own, (&format!("{path}."), &format!("{numbers}.")), form, all);
            }
            FieldKind::Rows(inner, _) => {
                let key = key_of(inner);
                let mut taken = BTreeSet::new();
                for (row, own) in own.as_array().unwrap().iter().enumerate() {
                    let (name, place) = match key {
                        Some(key) => {
                            let name = own[key].as_str().unwrap();
                            let column = inner.iter().position(|field| field.name == key).unwrap() + 1;
                            (name.to_owned(), row_of_form(form, &numbers, column, name, &mut taken))
                        }
                        None => ((row + 1).to_string(), row + 1),
                    };
                    list_leaves(
                        inner,
                        own,
                        (&format!("{path}.{name}."), &format!("{numbers}.{place}.")),
                        form,
                        all,
                    );
                }
            }
            // The ledger alone says it.
            FieldKind::List => {}
            _ => all.push(Leaf { path, numbers, field, text: written(field, own) }),
        }
    }
}

/// The form with everything written on its lines; lines that it does not have yet are added below.
fn fill(form: &str, leaves: &[Leaf]) -> String {
    let mut lines: Vec<String> = form.lines().map(str::to_owned).collect();
    for leaf in leaves {
        let line = format!("{}) {} = {}", leaf.numbers, label_of(leaf.field, answer_language()), leaf.text);
        let start = format!("{}) ", leaf.numbers);
        let own = lines
            .iter_mut()
            .find(|own| own.trim_start_matches("# ").starts_with(&start) && own.contains(" ="));
        match own {
            Some(own) => *own = line,
            None => lines.push(line),
        }
    }
    lines.join("\n")
}

/// A table of one row, or of one row for each member.
fn one_row(fact: &'static DescribedFact, body: &Value, leaves: &[Leaf]) -> Option<String> {
    let cell = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    let is_top = |leaf: &&Leaf| fact.fields.iter().any(|field| field.name == leaf.path);
    if fact.name == "commission-formed" {
        let tops: Vec<&Leaf> = leaves.iter().filter(is_top).collect();
        let columns = ["seat", "key", "proof", "name", "party"];
        let mut names: Vec<String> = tops.iter().map(|leaf| leaf.path.clone()).collect();
        names.extend(columns.iter().map(|column| format!("members.{column}")));
        let mut text = names.join(",") + "\n";
        for member in body["members"].as_array()? {
            let mut row: Vec<String> = tops.iter().map(|leaf| cell(&leaf.text)).collect();
            row.extend(columns.iter().map(|column| cell(member[*column].as_str().unwrap_or_default())));
            text.push_str(&(row.join(",") + "\n"));
        }
        return Some(text);
    }
    let nested = |leaf: &Leaf| {
        let top = leaf.path.split('.').next().unwrap();
        fact.fields.iter().any(|field| field.name == top && matches!(field.kind, FieldKind::Rows(..)))
    };
    if leaves.iter().any(nested) {
        return None;
    }
    let heads: Vec<&str> = leaves.iter().map(|leaf| leaf.path.as_str()).collect();
    let cells: Vec<String> = leaves.iter().map(|leaf| cell(&leaf.text)).collect();
    Some(format!("{}\n{}\n", heads.join(","), cells.join(",")))
}

impl Walked {
    /// Drafts what a life says next, in every way.
    fn draft(&mut self, head: &Head, signed: &SignedEvent, received: Stamp) {
        let event = &signed.event;
        let body: Value = serde_json::from_str(event.body.text()).unwrap();
        let fact = describe_fact(event.fact.as_str()).unwrap();
        // What was signed on an older tree or held back has the time of its signature (PRO-17).
        let late = head.last_received().is_some_and(|last| event.at.seconds() * 1000 < last.millis());
        let of_the_office = matches!(fact.name, "clock-corrected" | "snapshot-published");
        let held_back = event.seen.size != head.size() || (late && !of_the_office);
        if held_back || self.forms.get(fact.name).is_some_and(|times| *times >= TIMES) {
            return;
        }
        let signers: Vec<String> = event.signers.iter().map(ToString::to_string).collect();
        let order = DraftOrder {
            fact: fact.name,
            speakers: Speakers {
                author: Some(event.author.as_str()),
                election: event.election.as_ref().map(event::Id::as_str),
                desk: Some(event.desk.as_str()),
                signers: &signers,
            },
            at: event.at.clone(),
            received,
            dir: std::env::temp_dir(),
        };
        let ground = Ground::Ledger(Prospect::new(head));
        let sheet = Sheet::new(&ground, &order).unwrap_or_else(|fault| panic!("{}: {fault}", fact.name));
        let form = sheet.text();
        let mut leaves = Vec::new();
        list_leaves(fact.fields, &body, ("", ""), &form, &mut leaves);
        let values = ValueGround::new(ground.state(), sheet.election(), &order.dir);
        let filled = fill(&form, &leaves);
        let by_form = sheet.read(&filled, &values).map_err(|faults| format!("{faults:?}\n{filled}"));
        let by_form =
            by_form.and_then(|own| judge(&ground, &order, Content { body: own, words: Vec::new() }));
        let words = leaves.iter().map(|leaf| (leaf.path.clone(), leaf.text.clone())).collect();
        let by_flags = judge(&ground, &order, Content { body: DraftBody::default(), words });
        let by_table =
            one_row(fact, &body, &leaves).filter(|_| facts_of_tables().any(|own| own.name == fact.name));
        let by_table = by_table.map(|text| {
            let table = read_table(text.clone().into_bytes(), &TableOptions::default()).unwrap();
            match draft_table(Prospect::new(head), &order, &[], &[], table) {
                Ok(mut outcome) if outcome.refused.is_empty() && outcome.drafts.len() == 1 => {
                    Ok(body_value(&outcome.drafts.remove(0).draft.draft.fact))
                }
                other => Err(format!("{other:?}\n{text}")),
            }
        });
        for (way, done) in [("form", Some(by_form)), ("flags", Some(by_flags)), ("table", by_table)] {
            match done {
                Some(Ok(own)) if own == body => {
                    let counts = match way {
                        "form" => &mut self.forms,
                        "table" => &mut self.tables,
                        _ => continue,
                    };
                    *counts.entry(fact.name).or_default() += 1;
                }
                Some(Ok(own)) => self.faults.push(format!("{} by {way}:\n{own}\n{body}", fact.name)),
                Some(Err(fault)) => self.faults.push(format!("{} by {way}: {fault}\n{body}", fact.name)),
                None => {}
            }
        }
    }

    /// Facts that no life stated yet, and those that stand in no table yet.
    fn missing(&self) -> Vec<String> {
        let forms = all_facts().filter(|fact| !self.forms.contains_key(fact.name));
        let tables = facts_of_tables().filter(|fact| !self.tables.contains_key(fact.name));
        let tables = tables.map(|fact| format!("{} by a table", fact.name));
        forms.map(|fact| fact.name.to_owned()).chain(tables).collect()
    }
}

fn body_value(fact: &Fact) -> Value {
    serde_json::from_str(fact.body().unwrap().text()).unwrap()
}

/// Composed and let in by the law: the content.
fn judge(ground: &Ground<'_>, order: &DraftOrder<'_>, content: Content) -> Result<Value, String> {
    let draft = compose_draft(ground, order, content).map_err(|fault| fault.to_string())?;
    ground.judge(&draft.event, order.received).map_err(|fault| fault.to_string())?;
    Ok(body_value(&draft.fact))
}

/// What the small lawful life and the lawful steps of the trials state.
fn walk_scene(walked: &mut Walked) {
    let mut scene = Scene::new();
    for name in STEPS {
        let step = scene.step(name);
        let signed = scene.sign(&step);
        walked.draft(&scene.head, &signed, received_at(&signed));
        scene.play(name);
    }
    for trial in trials::all() {
        let (mut scene, step) = (trial.lawful)();
        if let Ok(signed) = scene.try_sign(&step) {
            walked.draft(&scene.head, &signed, received_at(&signed));
        }
    }
}

fn received_at(signed: &SignedEvent) -> Stamp {
    Stamp::from_millis(signed.event.at.seconds() * 1000).unwrap()
}

/// What a life states that nobody planned.
fn walk_life(walked: &mut Walked, seed: u64) {
    let mut life = UnplannedLife::new(seed, 1 + seed / 3 % 2);
    let (mut head, mut refused) = (Head::default(), 0);
    for _ in 0..ACTS {
        let said = match life.next(&head) {
            Next::Say(signed, received) => Some((*signed, received)),
            Next::Publish => life.announce(&head, Hash([7; 32])),
            Next::Over => break,
        };
        let Some((signed, received)) = said else { continue };
        match ledger::judge_event(&head, &signed, received) {
            Ok(admitted) => {
                walked.draft(&head, &signed, received);
                head.extend(admitted);
            }
            Err(_) => refused += 1,
        }
        if refused > ACTS {
            break;
        }
    }
}

#[test]
fn every_fact_of_the_registry_is_drafted_on_a_form_by_flags_and_by_a_table() {
    let mut walked = Walked::default();
    walk_scene(&mut walked);
    eprintln!("after the scene: {:?}", walked.missing());
    let more = std::env::var("HATTAMA_UNPLANNED").ok().map_or(0, |many| many.parse().unwrap());
    for seed in SEEDS.into_iter().chain(1..=more) {
        let before = walked.missing();
        walk_life(&mut walked, seed);
        let found: Vec<_> = before.into_iter().filter(|name| !walked.missing().contains(name)).collect();
        eprintln!("life {seed}: {found:?}");
    }
    eprintln!(
        "{} facts on forms and by flags, {} by tables; drafts compared {}",
        walked.forms.len(),
        walked.tables.len(),
        walked.forms.values().sum::<usize>()
    );
    let shown: BTreeSet<String> =
        walked.faults.iter().map(|fault| fault.chars().take(400).collect()).take(40).collect();
    assert!(walked.faults.is_empty(), "{} faults\n{shown:#?}", walked.faults.len());
    assert_eq!(walked.missing(), Vec::<String>::new());
}
