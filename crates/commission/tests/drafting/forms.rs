//! The fill-in form of every fact: written, filled in, read back to the same content.

use commission::{
    described::{
        all_facts,
        field::{Field, FieldKind},
    },
    drafting::{DraftOrder, fault::SheetFault, sheet::Sheet, speakers::Speakers, value::ValueGround},
};
use event::Stamp;
use scene::Scene;
use serde_json::Value;

use super::{body_of, ground};

/// What somebody writes behind a number, as the body has it.
pub(super) fn written(field: &Field, value: &Value) -> String {
    match (field.kind, value) {
        (FieldKind::Document, value) => match (value.get("sha256"), value.get("sealed")) {
            (Some(hash), _) => format!("sha256:{}:{}", hash.as_str().unwrap(), value["size"]),
            (None, sealed) => format!("sealed:{}", sealed.unwrap().as_str().unwrap()),
        },
        (FieldKind::Flag, _) => "yes".to_owned(),
        (_, Value::Array(items)) => {
            items.iter().map(|item| item.as_str().unwrap()).collect::<Vec<_>>().join("; ")
        }
        (_, Value::String(text)) => text.clone(),
        (_, other) => other.to_string(),
    }
}

/// Numbers with their values, as the form counts.
fn numbered(fields: &'static [Field], body: &Value, before: &str, all: &mut Vec<(String, String)>) {
    for (n, field) in fields.iter().enumerate() {
        let number = format!("{before}{}", n + 1);
        let Some(own) = body.get(field.name) else { continue };
        match field.kind {
            FieldKind::Group(inner) => numbered(inner, own, &format!("{number}."), all),
            FieldKind::Rows(inner, _) => {
                for (row, own) in own.as_array().unwrap().iter().enumerate() {
                    numbered(inner, own, &format!("{number}.{}.", row + 1), all);
                }
            }
            FieldKind::List => {}
            _ => all.push((number, written(field, own))),
        }
    }
}

/// The form with values on its lines; lines that the ledger knew are taken out of their comment.
fn fill(text: &str, values: &[(String, String)]) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    for (number, value) in values {
        let own = |line: &&mut String| {
            line.trim_start_matches("# ").starts_with(&format!("{number}) ")) && line.contains(" =")
        };
        let line = lines.iter_mut().find(own).unwrap_or_else(|| panic!("no line {number} in\n{text}"));
        let (words, _) = line.trim_start_matches("# ").split_once('=').unwrap();
        *line = format!("{words}= {value}");
    }
    lines.join("\n")
}

#[test]
fn every_fact_has_a_form_that_reads_back() {
    let scene = Scene::before("precinct-opened");
    let ground = ground(&scene);
    let time = scene::time("2025-10-12 06:00");
    let dir = tempfile::tempdir().unwrap();
    let mut read_back = 0;
    for fact in all_facts() {
        let order = DraftOrder {
            fact: fact.name,
            speakers: Speakers {
                author: Some(scene::TEC),
                election: Some(scene::ELECTION),
                ..Speakers::default()
            },
            at: time.clone(),
            received: Stamp::from_millis(time.seconds() * 1000).unwrap(),
            dir: dir.path().to_owned(),
        };
        let sheet = Sheet::new(&ground, &order).unwrap_or_else(|fault| panic!("{}: {fault}", fact.name));
        let path = dir.path().join(format!("{}.txt", fact.name));
        sheet.write_file(&path).unwrap();
        let text = std::fs::read_to_string(&path).unwrap();
        let election = scene::id(scene::ELECTION);
        let values = ValueGround::new(ground.state(), Some(&election), dir.path());
        assert!(sheet.read_file(&path, &values).is_ok(), "{}: an empty form has no fault of form", fact.name);
        let example = body_of(&fact.example().unwrap());
        let mut lines = Vec::new();
        numbered(fact.fields, &example, "", &mut lines);
        // A list is no line of a form: the ledger alone says it; rows that it knows are shown, not asked.
        if matches!(fact.name, "precincts-fixed" | "results-determined") {
            continue;
        }
        let filled = fill(&text, &lines);
        let body = sheet
            .read(&filled, &values)
            .unwrap_or_else(|faults| panic!("{}: {faults:?}\n{filled}", fact.name));
        let (mut ours, mut theirs) = (body.value().clone(), example);
        strip_rows(&mut ours);
        strip_rows(&mut theirs);
        assert_eq!(ours, theirs, "{}", fact.name);
        read_back += 1;
    }
    assert_eq!(read_back, all_facts().count() - 2);
}

/// Rows that the form has room for and nobody filled in.
fn strip_rows(value: &mut Value) {
    match value {
        Value::Object(map) => map.values_mut().for_each(strip_rows),
        Value::Array(rows) if rows.iter().any(Value::is_object) => {
            rows.truncate(1);
            rows.iter_mut().for_each(strip_rows);
        }
        _ => {}
    }
}

#[test]
fn a_form_tells_every_fault_at_once() {
    let scene = Scene::before("precinct-opened");
    let ground = ground(&scene);
    let time = scene::time("2025-10-12 06:00");
    let dir = tempfile::tempdir().unwrap();
    let order = DraftOrder {
        fact: "observers-counted",
        speakers: Speakers { author: Some(scene::TEC), ..Speakers::default() },
        at: time.clone(),
        received: Stamp::from_millis(time.seconds() * 1000).unwrap(),
        dir: dir.path().to_owned(),
    };
    let sheet = Sheet::new(&ground, &order).unwrap();
    let election = scene::id(scene::ELECTION);
    let values = ValueGround::new(ground.state(), Some(&election), dir.path());
    let text = sheet.text();
    let swapped = text.replace(
        "2) observers of foreign states and international organisations (foreign) =",
        "2) people of the media (media) = 2",
    );
    let bad = swapped
        .replace("(observers) =", "(observers) = many")
        .replace("form = observers-counted", "form = copies-issued");
    let faults = sheet.read(&format!("{bad}\n9) x = 1\nno line\n4) x = 1\n"), &values).unwrap_err();
    let has = |test: fn(&SheetFault) -> bool| faults.iter().any(test);
    assert!(has(|fault| matches!(fault, SheetFault::OtherForm { .. })), "{faults:?}");
    assert!(has(|fault| matches!(fault, SheetFault::Words { .. })), "{faults:?}");
    assert!(has(|fault| matches!(fault, SheetFault::Value { .. })), "{faults:?}");
    assert!(has(|fault| matches!(fault, SheetFault::UnknownNumber { .. })), "{faults:?}");
    assert!(has(|fault| matches!(fault, SheetFault::NoLine { .. })), "{faults:?}");
    assert!(has(|fault| matches!(fault, SheetFault::Twice { .. })), "{faults:?}");
    // A word processor's file is no text.
    let path = dir.path().join("form.docx");
    std::fs::write(&path, b"PK\x03\x04\xff\xfe").unwrap();
    assert!(sheet.read_file(&path, &values).is_err());
}
