//! A value of a field in words: dates as they are written here, figures grouped and in words, papers by their hash.

use event::{Document, Hash};
use serde_json::Value;
use texts::{group_digits, law_text, numerals::spell_figure};

use super::{
    dates::{local_day, local_time},
    known::KnownNames,
};
use crate::described::{
    field::{Choice, Field, FieldKind, Unit},
    words::EDITION,
};

/// Whether a paper has a figure of this unit in words too.
pub(super) fn is_spelled(unit: Unit) -> bool {
    matches!(unit, Unit::Applications | Unit::Ballots | Unit::Voters | Unit::Votes)
}

impl KnownNames<'_> {
    /// A figure in digits, and in words where papers have it so.
    pub(super) fn show_figure(&self, figure: u64) -> (String, Option<String>) {
        (group_digits(&figure.to_string()), Some(spell_figure(self.lang(), figure)))
    }

    /// A field that holds no fields of its own; a seat is one of `commission`, or of the author.
    pub(super) fn show_value(&self, field: &Field, value: &Value, commission: Option<&str>) -> String {
        let text = || value.as_str().unwrap_or_default();
        let each = |show: &dyn Fn(&str) -> String| {
            let all = value.as_array().into_iter().flatten();
            all.filter_map(Value::as_str).map(show).collect::<Vec<_>>()
        };
        match field.kind {
            FieldKind::Id(named) => self.name_id(named, text(), commission),
            FieldKind::Ids(named) => numbered(&each(&|id| self.name_id(named, id, commission))),
            FieldKind::Text if is_code_of_rule(field) => text().to_owned(),
            FieldKind::Text => self.show_text(field, text()),
            FieldKind::Texts if field.name == "editions" => {
                numbered(&each(&|edition| self.show_word(EDITION, edition)))
            }
            FieldKind::Texts => numbered(&each(&str::to_owned)),
            FieldKind::Count(Unit::Year | Unit::Number) => value.to_string(),
            FieldKind::Count(_) => group_digits(&value.to_string()),
            FieldKind::Time => local_time(text()),
            FieldKind::Day if text().get(11..19) == Some("00:00:00") => local_day(text()),
            FieldKind::Day => local_time(text()),
            FieldKind::Stamp => {
                self.say("legible-stamp", &[("time", text().trim_end_matches('Z').replace('T', " ").into())])
            }
            FieldKind::Document => self.show_document(value),
            FieldKind::Event => self.show_hash(text(), &|hash| self.name_event(hash)),
            FieldKind::Hash => self.show_hash(text(), &Hash::in_groups),
            FieldKind::Key => self.name_key(text()),
            FieldKind::Keys => numbered(&each(&|key| self.name_key(key))),
            FieldKind::Proof => self.say("legible-proof", &[]),
            FieldKind::Flag => {
                let yes = value.as_bool().unwrap_or_default();
                self.say(if yes { "form-word-yes" } else { "form-word-no" }, &[])
            }
            FieldKind::Word(choices) => self.show_word(choices, text()),
            FieldKind::List => self.show_list(value),
            // Fields of their own are lines of their own.
            FieldKind::Group(_) | FieldKind::Rows(..) => String::new(),
        }
    }

    /// Words as they were written; the code of a territory with its name, where the source has it.
    fn show_text(&self, field: &Field, text: &str) -> String {
        let of_territory = matches!(field.name, "territory" | "kato");
        let known = self.name_territory().filter(|name| of_territory && name.contains(text));
        known.unwrap_or_else(|| text.to_owned())
    }

    fn show_hash(&self, text: &str, show: &dyn Fn(&Hash) -> String) -> String {
        Hash::parse(text).map_or_else(|_| text.to_owned(), |hash| show(&hash))
    }

    pub(super) fn show_document(&self, value: &Value) -> String {
        let document: Option<Document> = serde_json::from_value(value.clone()).ok();
        match document {
            Some(Document { sha256: Some(hash), size, .. }) => {
                let bytes = size.map_or_else(|| "?".to_owned(), |size| group_digits(&size.to_string()));
                let args = [("hash", hash.in_groups().into()), ("bytes", bytes.into())];
                self.say("legible-document", &args)
            }
            Some(Document { sealed: Some(hash), .. }) => {
                self.say("legible-sealed", &[("hash", hash.in_groups().into())])
            }
            _ => self.say("legible-none", &[]),
        }
    }

    fn show_word(&self, choices: &[Choice], word: &str) -> String {
        let own = choices.iter().find(|choice| choice.word == word);
        own.map_or_else(|| word.to_owned(), |choice| self.say(choice.text, &[]))
    }

    fn show_list(&self, value: &Value) -> String {
        let list: Option<event::List> = serde_json::from_value(value.clone()).ok();
        let Some(list) = list else { return self.say("legible-none", &[]) };
        let args = [("count", list.count.into()), ("root", list.root.in_groups().into())];
        self.say("legible-list", &args)
    }

    /// A rule by its id and what it asks.
    pub(super) fn show_rule(&self, id: &str) -> String {
        format!("{id} ({})", law_text(self.lang(), id, &[]))
    }
}

fn is_code_of_rule(field: &Field) -> bool {
    field.name == "rule"
}

/// One as it stands; several with a number each.
fn numbered(all: &[String]) -> String {
    match all {
        [] => "—".to_owned(),
        [one] => one.clone(),
        several => {
            let each = several.iter().zip(1..).map(|(one, n)| format!("{n}) {one}"));
            each.collect::<Vec<_>>().join("; ")
        }
    }
}
