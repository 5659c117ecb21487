//! The fields of a document, one line each, in an order that people read in: what it is about, what it says, its papers.

use serde_json::Value;
use texts::Value as Argument;

use super::{document::LegibleLine, known::KnownNames, value::is_spelled};
use crate::{
    described::field::{Field, FieldKind, Named},
    drafting::body::key_column,
};

/// Lines as they are written.
#[derive(Debug)]
pub(super) struct FieldWriter<'a> {
    pub(super) known: &'a KnownNames<'a>,
    pub(super) lines: Vec<LegibleLine>,
}

impl FieldWriter<'_> {
    pub(super) fn say(&self, id: &str, args: &[(&str, Argument<'_>)]) -> String {
        self.known.say(id, args)
    }

    /// Every field of a body that is there, but those that stand elsewhere; a seat is one of the commission that the body
    /// names.
    pub(super) fn write_fields(&mut self, fields: &'static [Field], body: &Value, elsewhere: &[&str]) {
        let commission = body.get("commission").and_then(Value::as_str);
        self.write_group(fields, body, commission, 0, elsewhere);
    }

    fn write_group(
        &mut self,
        fields: &'static [Field],
        body: &Value,
        commission: Option<&str>,
        depth: usize,
        elsewhere: &[&str],
    ) {
        let mut own: Vec<&'static Field> =
            fields.iter().filter(|field| !elsewhere.contains(&field.name)).collect();
        own.sort_by_key(|field| order_of(field, body));
        for field in own {
            let meaning = self.say(field.meaning, &[]);
            // Which words may stand there is for whoever fills in, and no part of what is signed.
            let label = meaning.split_once(": `").map_or(meaning.as_str(), |(name, _)| name).to_owned();
            match (body.get(field.name), field.kind) {
                // Left out it is no, and is said: nobody signs a no unseen.
                (None, FieldKind::Flag) => {
                    let no = self.say("form-word-no", &[]);
                    self.lines.push(LegibleLine::said(label, no).at(depth));
                }
                (None | Some(Value::Null), _) => {}
                (Some(value), FieldKind::Group(inner)) => {
                    self.lines.push(LegibleLine::heading(label, depth));
                    self.write_group(inner, value, commission, depth + 1, &[]);
                }
                (Some(value), FieldKind::Rows(inner, _)) => {
                    self.lines.push(LegibleLine::heading(label, depth));
                    self.write_rows(inner, value, commission, depth + 1);
                }
                (Some(value), FieldKind::Count(unit)) if is_spelled(unit) => {
                    let figure = value.as_u64().unwrap_or_default();
                    self.lines.push(self.figure_line(label, figure).at(depth));
                }
                (Some(value), _) => {
                    let said = self.known.show_value(field, value, commission);
                    self.lines.push(LegibleLine::said(label, said).at(depth));
                }
            }
        }
    }

    /// A line with a figure, which stands in words too.
    pub(super) fn figure_line(&self, label: String, figure: u64) -> LegibleLine {
        let (digits, in_words) = self.known.show_figure(figure);
        LegibleLine { in_words, ..LegibleLine::said(label, digits) }
    }

    /// Each row under what it is known by, or under its number.
    fn write_rows(&mut self, fields: &'static [Field], rows: &Value, commission: Option<&str>, depth: usize) {
        let key = key_column(fields);
        for (row, n) in rows.as_array().into_iter().flatten().zip(1..) {
            let name = key.and_then(|key| {
                let id = row.get(key.name)?.as_str()?;
                match key.kind {
                    FieldKind::Id(named) => Some(self.known.name_id(named, id, commission)),
                    _ => Some(self.known.show_rule(id)),
                }
            });
            let name = name.unwrap_or_else(|| format!("№ {n}"));
            let skipped = key.map(|key| key.name);
            self.lines.push(LegibleLine::heading(name, depth));
            self.write_group(fields, row, commission, depth + 1, skipped.as_slice());
        }
    }
}

/// First what it is about, then names, then the rest as the format has it, times in their own order, papers last.
fn order_of(field: &Field, body: &Value) -> (u8, String) {
    let none = String::new();
    match field.kind {
        FieldKind::Id(Named::New) => (2, none),
        FieldKind::Id(_) => (0, none),
        FieldKind::Text if field.name.starts_with("name") => (1, none),
        FieldKind::Time | FieldKind::Day => {
            (4, body.get(field.name).and_then(Value::as_str).unwrap_or_default().to_owned())
        }
        FieldKind::Group(_) | FieldKind::Rows(..) => (5, none),
        FieldKind::Document => (6, none),
        _ => (3, none),
    }
}
