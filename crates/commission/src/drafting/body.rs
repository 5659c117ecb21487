//! A body that is being filled in: fields by their paths, rows by what they are about, and what is still missing.

use std::path::PathBuf;

use law::state::Election;
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::{
    fault::{DraftFault, Expectation, MissingField},
    value::{ReadValue, ValueGround},
};
use crate::described::{
    DescribedFact,
    field::{Field, FieldKind, Named, Need, RowsOf},
};

/// The officers in the order in which a commission lists itself.
const OFFICERS: [&str; 3] = ["chair", "deputy", "secretary"];

/// A body with some of its fields.
#[derive(Debug, Clone, Default)]
pub struct DraftBody {
    value: Value,
    papers: Vec<PathBuf>,
}

/// One step into a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum PathStep {
    /// A field of an object.
    Field(&'static str),
    /// A row by its number, from 0.
    Row(usize),
    /// The row whose column holds this word.
    Keyed(&'static str, String),
}

impl DraftBody {
    /// A body from JSON.
    #[must_use]
    pub fn from_value(value: Value) -> Self {
        Self { value, papers: Vec::new() }
    }

    /// As JSON.
    #[must_use]
    pub fn value(&self) -> &Value {
        &self.value
    }

    /// Files that it names by hash.
    #[must_use]
    pub fn into_papers(self) -> Vec<PathBuf> {
        self.papers
    }

    /// A field at the top, as text.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<&str> {
        self.value.get(name)?.as_str()
    }

    /// Whether a field is there.
    #[must_use]
    pub fn has(&self, path: &str) -> bool {
        let mut value = &self.value;
        path.split('.').all(|name| match value.get(name) {
            Some(inner) => {
                value = inner;
                true
            }
            None => false,
        })
    }

    /// Fills a field that nobody has said; whether it was empty.
    pub(super) fn fill(&mut self, path: &str, value: &impl Serialize) -> bool {
        let Ok(value) = serde_json::to_value(value) else { return false };
        if self.has(path) {
            return false;
        }
        let mut at = &mut self.value;
        for name in path.split('.') {
            at = object_of(at).entry(name.to_owned()).or_insert(Value::Null);
        }
        *at = value;
        true
    }

    /// Sets a field as somebody wrote it: `voters`, `calendar.voting_ends`, `votes.abenov`, `members.chair.name`.
    ///
    /// # Errors
    /// [`DraftFault`]: no such field, twice the same, or a value that is none.
    pub fn set_words(
        &mut self,
        fact: &DescribedFact,
        name: &str,
        text: &str,
        values: &ValueGround<'_>,
    ) -> Result<(), DraftFault> {
        let name = name.trim();
        let unknown = || DraftFault::UnknownField {
            fact: fact.name,
            expected: list_paths(fact.fields, "").join(", "),
            found: name.to_owned(),
        };
        let (mut path, field) = resolve_path(fact.fields, name).ok_or_else(unknown)?;
        for step in &mut path {
            if let PathStep::Keyed(column @ ("candidate" | "seat"), key) = step {
                let named = if *column == "seat" { Named::Seat } else { Named::Candidate };
                let found = values.find_id(named, key);
                *key = found.map_err(|expected| wrong_value(name, expected, key))?.to_string();
            }
        }
        let read = values.read(field, text).map_err(|expected| wrong_value(name, expected, text))?;
        if self.put(&path, read) { Ok(()) } else { Err(DraftFault::Twice { field: name.to_owned() }) }
    }

    /// Puts a value where a path leads; whether nothing stood there.
    pub(super) fn put(&mut self, path: &[PathStep], read: ReadValue) -> bool {
        let mut at = &mut self.value;
        for step in path {
            at = match step {
                PathStep::Field(name) => object_of(at).entry((*name).to_owned()).or_insert(Value::Null),
                PathStep::Row(n) => {
                    let rows = rows_of(at);
                    while rows.len() <= *n {
                        rows.push(Value::Null);
                    }
                    let Some(row) = rows.get_mut(*n) else { return false };
                    row
                }
                PathStep::Keyed(column, key) => {
                    let rows = rows_of(at);
                    let own = |row: &Value| row.get(*column).and_then(Value::as_str) == Some(key.as_str());
                    let n = rows.iter().position(own).unwrap_or_else(|| {
                        rows.push(json!({ *column: key }));
                        rows.len() - 1
                    });
                    let Some(row) = rows.get_mut(n) else { return false };
                    row
                }
            };
        }
        if !at.is_null() && *at != read.value {
            return false;
        }
        *at = read.value;
        self.papers.extend(read.paper);
        true
    }

    /// Every field that a fact needs and nobody has said.
    #[must_use]
    pub fn find_missing(&self, fact: &DescribedFact) -> Vec<MissingField> {
        let mut missing = Vec::new();
        find_missing(fact.fields, &self.value, "", &mut missing);
        missing
    }

    /// Takes out the rows of a form that name a seat and say nothing of it.
    pub(super) fn drop_unsaid_seats(&mut self, fact: &DescribedFact) {
        drop_unsaid_seats(fact.fields, &mut self.value);
    }

    /// Rows and keys in the order of the format; empty rows and shares of nobody are left out.
    pub(super) fn put_in_order(&mut self, fact: &DescribedFact, election: Option<&Election>) {
        put_in_order(fact.fields, &mut self.value, election);
    }
}

fn object_of(value: &mut Value) -> &mut Map<String, Value> {
    if !value.is_object() {
        *value = Value::Object(Map::new());
    }
    match value {
        Value::Object(map) => map,
        _ => unreachable!("made an object above"),
    }
}

fn rows_of(value: &mut Value) -> &mut Vec<Value> {
    if !value.is_array() {
        *value = Value::Array(Vec::new());
    }
    match value {
        Value::Array(rows) => rows,
        _ => unreachable!("made an array above"),
    }
}

/// What a value should have been.
pub(super) fn wrong_value(field: &str, expected: Expectation, found: &str) -> DraftFault {
    DraftFault::Value { field: field.to_owned(), expected, found: found.trim().to_owned() }
}

/// The column by which rows are known, where there is one.
pub(crate) fn key_column(fields: &'static [Field]) -> Option<&'static Field> {
    fields.iter().find(|field| {
        matches!(field.kind, FieldKind::Id(Named::Candidate | Named::Seat)) || field.name == "rule"
    })
}

/// The one column that a row known by its key is about.
fn value_column(fields: &'static [Field], key: &Field) -> Option<&'static Field> {
    let mut others = fields.iter().filter(|field| field.name != key.name && field.need == Need::Must);
    others.next().filter(|_| others.next().is_none())
}

/// Where a name leads: from the top, else to the one field of that name in a group.
fn resolve_path(fields: &'static [Field], name: &str) -> Option<(Vec<PathStep>, &'static Field)> {
    let parts: Vec<&str> = name.split('.').map(str::trim).collect();
    if let Some(found) = walk_path(fields, &parts) {
        return Some(found);
    }
    let mut found = fields.iter().filter_map(|field| {
        let FieldKind::Group(inner) = field.kind else { return None };
        let (mut path, leaf) = resolve_path(inner, name)?;
        path.insert(0, PathStep::Field(field.name));
        Some((path, leaf))
    });
    found.next().filter(|_| found.next().is_none())
}

fn walk_path(fields: &'static [Field], parts: &[&str]) -> Option<(Vec<PathStep>, &'static Field)> {
    let (first, rest) = parts.split_first()?;
    let field = fields.iter().find(|field| field.name == *first)?;
    let mut path = vec![PathStep::Field(field.name)];
    match (field.kind, rest) {
        (FieldKind::Rows(inner, _), [row, rest @ ..]) => {
            let key = key_column(inner);
            let step = match (key, row.parse::<usize>().ok().and_then(|n| n.checked_sub(1))) {
                (Some(key), _) => PathStep::Keyed(key.name, (*row).to_owned()),
                (None, Some(n)) => PathStep::Row(n),
                (None, None) => return None,
            };
            path.push(step);
            if rest.is_empty() {
                let column = value_column(inner, key?)?;
                path.push(PathStep::Field(column.name));
                return Some((path, column));
            }
            let (inner, leaf) = walk_path(inner, rest)?;
            path.extend(inner);
            Some((path, leaf))
        }
        (FieldKind::Group(inner), [_, ..]) => {
            let (inner, leaf) = walk_path(inner, rest)?;
            path.extend(inner);
            Some((path, leaf))
        }
        (_, []) => Some((path, field)),
        _ => None,
    }
}

/// Every path that a fact has, rows by what they are known by.
#[must_use]
pub fn list_paths(fields: &'static [Field], before: &str) -> Vec<String> {
    let mut paths = Vec::new();
    for field in fields {
        let path = format!("{before}{}", field.name);
        match field.kind {
            FieldKind::Group(inner) => paths.extend(list_paths(inner, &format!("{path}."))),
            FieldKind::Rows(inner, _) => {
                let row = key_column(inner).map_or_else(|| "N".to_owned(), |key| key.name.to_uppercase());
                paths.extend(list_paths(inner, &format!("{path}.{row}.")));
            }
            _ => paths.push(path),
        }
    }
    paths
}

/// Takes out the rows of a form that name a seat and say nothing of it: whoever signs stands in no list of those who do not.
fn drop_unsaid_seats(fields: &'static [Field], value: &mut Value) {
    for field in fields {
        match (field.kind, value.get_mut(field.name)) {
            (FieldKind::Group(inner), Some(own)) => drop_unsaid_seats(inner, own),
            (FieldKind::Rows(inner, RowsOf::OwnSeats), Some(Value::Array(rows))) => {
                let key = key_column(inner).map(|key| key.name);
                let said = |row: &Value| {
                    row.as_object().is_some_and(|row| row.keys().any(|name| Some(name.as_str()) != key))
                };
                rows.retain(said);
            }
            _ => {}
        }
    }
}

fn find_missing(fields: &'static [Field], value: &Value, before: &str, missing: &mut Vec<MissingField>) {
    for field in fields {
        let path = format!("{before}{}", field.name);
        let own = value.get(field.name).filter(|own| !own.is_null());
        match (field.kind, own) {
            (FieldKind::Group(inner), own) if own.is_some() || field.is_required() => {
                find_missing(inner, own.unwrap_or(&Value::Null), &format!("{path}."), missing);
            }
            (FieldKind::Rows(inner, _), Some(rows)) => {
                for (n, row) in rows.as_array().into_iter().flatten().enumerate() {
                    let key = key_column(inner).and_then(|key| row.get(key.name)?.as_str());
                    let name = key.map_or_else(|| (n + 1).to_string(), str::to_owned);
                    find_missing(inner, row, &format!("{path}.{name}."), missing);
                }
            }
            (_, None) if field.is_required() => {
                missing.push(MissingField { path, meaning: field.meaning, example: field.example });
            }
            _ => {}
        }
    }
}

fn put_in_order(fields: &'static [Field], value: &mut Value, election: Option<&Election>) {
    let Value::Object(map) = value else { return };
    map.retain(|_, value| !value.is_null());
    for field in fields {
        let Some(own) = map.get_mut(field.name) else { continue };
        match field.kind {
            FieldKind::Group(inner) => put_in_order(inner, own, election),
            FieldKind::Rows(inner, _) => {
                let Value::Array(rows) = own else { continue };
                rows.retain(|row| row.as_object().is_some_and(|row| !row.is_empty()));
                // Who issued none is not among those who issued.
                rows.retain(|row| field.name != "issued_by" || row.get("issued") != Some(&json!(0)));
                rows.iter_mut().for_each(|row| put_in_order(inner, row, election));
                if let Some(key) = key_column(inner) {
                    rows.sort_by_cached_key(|row| {
                        let key = row.get(key.name).and_then(Value::as_str).unwrap_or_default().to_owned();
                        (rank(field.name, &key, election), key)
                    });
                }
            }
            FieldKind::Texts if matches!(field.name, "editions" | "checks") => {
                if let Value::Array(items) = own {
                    items.sort_by_cached_key(ToString::to_string);
                }
            }
            FieldKind::Keys => {
                if let Ok(mut keys) = serde_json::from_value::<Vec<event::Key>>(own.clone()) {
                    keys.sort();
                    *own = json!(keys);
                }
            }
            _ => {}
        }
    }
    // What is left out says no; a list without rows says nothing.
    map.retain(|name, value| {
        let may = fields.iter().any(|field| field.name == name && !field.is_required());
        !(may && (*value == json!(false) || *value == json!([]) || *value == json!({})))
    });
}

/// Votes stand in the order of the ballot, members with their officers first, all else ascending.
fn rank(rows: &str, key: &str, election: Option<&Election>) -> usize {
    let lines = election.map(Election::ballot_lines).unwrap_or_default();
    match rows {
        "votes" => lines.iter().position(|id| id.as_str() == key).unwrap_or(lines.len()),
        "members" => {
            let number = key.strip_prefix('m').and_then(|n| n.parse::<usize>().ok());
            let officer = OFFICERS.iter().position(|officer| *officer == key);
            officer.unwrap_or_else(|| number.unwrap_or(usize::MAX))
        }
        _ => 0,
    }
}
