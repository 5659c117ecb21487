//! The descriptions are the structs of the law: no field is missing, none is there that the law does not have.

use std::collections::BTreeSet;

use commission::described::{
    all_facts, describe_fact,
    field::{Field, FieldKind},
    read_value,
};
use law::Fact;
use serde_json::{Value, json};
use texts::{Language, program::program_catalogue};

use super::body_of;

#[test]
fn every_fact_is_described_once_in_the_order_of_its_bytes() {
    let named: BTreeSet<&str> = all_facts().map(|fact| fact.name).collect();
    assert_eq!(named, Fact::NAMES.iter().copied().collect());
    assert_eq!(all_facts().count(), Fact::NAMES.len());
    for fact in all_facts() {
        require_ascending(fact.name, fact.fields);
        assert!(fact.signing().is_ok());
    }
    assert!(describe_fact("tea-served").is_err());
}

fn require_ascending(name: &str, fields: &'static [Field]) {
    let names: Vec<&str> = fields.iter().map(|field| field.name).collect();
    assert!(names.is_sorted_by(|a, b| a < b), "{name}: {names:?}");
    for field in fields {
        if let FieldKind::Group(inner) | FieldKind::Rows(inner, _) = field.kind {
            require_ascending(&format!("{name}.{}", field.name), inner);
        }
    }
}

#[test]
fn every_example_is_the_content_of_its_fact_and_every_field_is_needed_as_it_says() {
    for fact in all_facts() {
        let example = fact.example().unwrap_or_else(|error| panic!("{}: {error}", fact.name));
        let body = body_of(&example);
        let mut more = body.clone();
        more["zzz"] = json!(1);
        assert!(read_value(fact.name, &more).is_err(), "{}", fact.name);
        leave_out(fact.name, fact.fields, &body, "");
    }
}

/// Without each field in turn: a required one is missed, another is not.
fn leave_out(fact: &str, fields: &'static [Field], body: &Value, before: &str) {
    for field in fields {
        let pointer = format!("{before}/{}", field.name);
        let own = body.pointer(&pointer).unwrap_or_else(|| panic!("{fact}: {pointer} is not in the example"));
        let mut without = body.clone();
        without.pointer_mut(before).unwrap().as_object_mut().unwrap().remove(field.name);
        let read = read_value(fact, &without);
        assert_eq!(read.is_err(), field.is_required(), "{fact}{pointer}: {read:?}");
        match field.kind {
            FieldKind::Group(inner) => leave_out(fact, inner, body, &pointer),
            FieldKind::Rows(inner, _) => {
                assert_eq!(own.as_array().unwrap().len(), 1);
                leave_out(fact, inner, body, &format!("{pointer}/0"));
            }
            _ => {}
        }
    }
}

#[test]
fn every_field_has_its_meaning_in_three_languages() {
    fn walk(fields: &'static [Field]) {
        for field in fields {
            for lang in [Language::Kk, Language::Ru, Language::En] {
                let said = program_catalogue().format_text(lang, field.meaning, &[]);
                assert!(!said.is_empty() && said != field.meaning, "{}", field.meaning);
            }
            if let FieldKind::Group(inner) | FieldKind::Rows(inner, _) = field.kind {
                walk(inner);
            }
        }
    }
    all_facts().for_each(|fact| walk(fact.fields));
}
