//! The fill-in form of any fact: its fields as numbered lines, with what the ledger knows already beside them.
//!
//! ```text
//! form = candidate-registered aul-2025
//! 1) the candidate (candidate) =
//! 2) the decision, as a file (decision) =
//! # 3) number of the registration, from 1 (number) = 4, from the ledger
//! ```
//!
//! The number says which line it is, in whatever language the words behind it are. A line that the ledger knows may be
//! written in front of which the comment sign is taken away; then what is written counts, and the law judges it.

use std::{collections::BTreeMap, fs, path::Path};

use client::files::{FileFault, read_bounded, write_atomically};
use event::Id;
use law::{State, state::Election};
use serde_json::Value;
use texts::{
    Language,
    program::{answer_language, program_catalogue, say},
};

use super::{
    Content, DraftOrder, Prepared,
    body::{DraftBody, PathStep, key_column},
    fault::{DraftFault, SheetFault},
    ground::Ground,
    prepare, speakers,
    value::{ValueGround, name_choices},
};
use crate::{
    described::{
        DescribedFact, describe_fact,
        field::{Field, FieldKind, Named, Need, RowsOf},
    },
    form::{BYTES_MAX, list_seats},
    form_text::{FormTextFault, plain_words, read_form_text},
};

/// More rows than any list of a form has.
const ROWS_MAX: usize = 500;

/// The form of one fact.
#[derive(Debug)]
pub struct Sheet {
    fact: &'static DescribedFact,
    identity: String,
    election: Option<Id>,
    /// Which rows are written out, by the field that has them.
    rows: BTreeMap<&'static str, Vec<String>>,
    known: DraftBody,
}

/// One line of a form.
struct SheetLine {
    number: String,
    field: &'static Field,
    path: Vec<PathStep>,
}

impl Sheet {
    /// The form of a fact, on what the source knows.
    ///
    /// # Errors
    /// [`DraftFault`]: no such fact, or nobody knows which election or who speaks.
    pub fn new(ground: &Ground<'_>, order: &DraftOrder<'_>) -> Result<Self, DraftFault> {
        Self::about(ground, order, Vec::new())
    }

    /// The same where some fields were said already: their lines are shown and not asked for.
    ///
    /// # Errors
    /// As [`Sheet::new`], and where what was said cannot be read.
    pub fn about(
        ground: &Ground<'_>,
        order: &DraftOrder<'_>,
        words: Vec<(String, String)>,
    ) -> Result<Self, DraftFault> {
        let fact = describe_fact(order.fact)?;
        let prepared = prepare(ground, order, Content { words, ..Content::default() });
        // Who speaks may follow only from what the form will say.
        let (author, election, known) = match prepared {
            Ok(Prepared { speaking, body, .. }) => (Some(speaking.author), speaking.election, body),
            Err(DraftFault::Author) => {
                let election = speakers::find_election(ground.state(), fact, &order.speakers)?;
                (None, election, DraftBody::default())
            }
            Err(fault) => return Err(fault),
        };
        let state = ground.state();
        let own = election.as_ref().and_then(|id| state.elections.get(id));
        let mut rows = BTreeMap::new();
        list_rows(fact.fields, own, state, author.as_ref(), &mut rows);
        let name = election.as_ref().map_or("-", Id::as_str);
        Ok(Self { fact, identity: format!("{} {name}", fact.name), election, rows, known })
    }

    /// The election that it is about.
    #[must_use]
    pub fn election(&self) -> Option<&Id> {
        self.election.as_ref()
    }

    /// The empty form as text.
    #[must_use]
    pub fn text(&self) -> String {
        let lang = answer_language();
        let title = texts::law_text(lang, &format!("fact-{}", self.fact.name), &[]);
        let mut text = format!("# {title} ({})\n", self.fact.name);
        for line in say("sheet-how", &[]).lines() {
            text.push_str(format!("# {line}").trim_end());
            text.push('\n');
        }
        text.push_str(&format!("\nform = {}\n\n", self.identity));
        self.write_fields(self.fact.fields, "", self.known.value(), lang, &mut text);
        text
    }

    /// Writes the empty form to a file, and makes its folder where there is none.
    ///
    /// # Errors
    /// [`FileFault::Write`].
    pub fn write_file(&self, path: &Path) -> Result<(), FileFault> {
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            fs::create_dir_all(folder)
                .map_err(|error| FileFault::Write { path: folder.to_owned(), error })?;
        }
        write_atomically(path, self.text().as_bytes())
    }

    /// Reads a filled form from a file.
    ///
    /// # Errors
    /// [`DraftFault::Sheet`] with every fault, or that the file cannot be read.
    pub fn read_file(&self, path: &Path, values: &ValueGround<'_>) -> Result<DraftBody, DraftFault> {
        self.read(&self.read_text(path)?, values).map_err(DraftFault::Sheet)
    }

    /// The file of a form as text, as an editor may have written it.
    pub(crate) fn read_text(&self, path: &Path) -> Result<String, DraftFault> {
        read_form_text(&read_bounded(path, BYTES_MAX)?).map_err(|fault| {
            DraftFault::Sheet(vec![match fault {
                FormTextFault::Encoding => SheetFault::NoText,
                FormTextFault::WordProcessor => SheetFault::WordProcessor,
            }])
        })
    }

    /// Reads a filled form: the body, or every fault.
    ///
    /// # Errors
    /// Every [`SheetFault`].
    pub fn read(&self, text: &str, values: &ValueGround<'_>) -> Result<DraftBody, Vec<SheetFault>> {
        let (mut body, mut faults) = (DraftBody::default(), Vec::new());
        let mut met: BTreeMap<String, usize> = BTreeMap::new();
        let mut identity = None;
        // Some editors begin a file with a mark of its encoding.
        for (at, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
            let (at, line) = (at + 1, line.trim());
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            if let Some(found) =
                line.strip_prefix("form").and_then(|rest| rest.trim_start().strip_prefix('='))
            {
                identity = Some(found.trim().to_owned());
                continue;
            }
            match self.read_line(at, line, values, &mut met, &mut body) {
                Ok(()) => {}
                Err(fault) => faults.push(fault),
            }
        }
        if identity.as_deref().map(plain_words) != Some(plain_words(&self.identity)) {
            let found = identity.unwrap_or_else(|| "-".to_owned());
            faults.insert(0, SheetFault::OtherForm { expected: self.identity.clone(), found });
        }
        body.drop_unsaid_seats(self.fact);
        if faults.is_empty() { Ok(body) } else { Err(faults) }
    }

    fn read_line(
        &self,
        at: usize,
        line: &str,
        values: &ValueGround<'_>,
        met: &mut BTreeMap<String, usize>,
        body: &mut DraftBody,
    ) -> Result<(), SheetFault> {
        let parts =
            line.split_once(')').and_then(|(number, rest)| Some((number.trim(), rest.split_once('=')?)));
        let Some((number, (words, found))) = parts else {
            return Err(SheetFault::NoLine { line: at, found: line.to_owned() });
        };
        let Some(own) = self.find_line(number) else {
            return Err(SheetFault::UnknownNumber { line: at, found: number.to_owned() });
        };
        if let Some(first) = met.insert(number.to_owned(), at) {
            return Err(SheetFault::Twice { line: at, number: number.to_owned(), first });
        }
        let label = |lang| plain_words(&label_of(own.field, lang));
        if !Language::ALL.into_iter().any(|lang| label(lang) == plain_words(words)) {
            let (expected, found) = (label_of(own.field, answer_language()), words.trim().to_owned());
            return Err(SheetFault::Words { line: at, number: own.number, expected, found });
        }
        // Whoever takes the comment sign away leaves the words behind it.
        let found = found.split("  # ").next().unwrap_or_default().trim();
        if found.is_empty() {
            return Ok(());
        }
        let read = values.read(own.field, found).map_err(|expected| SheetFault::Value {
            line: at,
            number: own.number.clone(),
            label: label_of(own.field, answer_language()),
            expected,
            found: found.to_owned(),
        })?;
        body.put(&own.path, read);
        Ok(())
    }

    /// What the line of a number holds, whether or not it was written out.
    #[must_use]
    pub fn kind_of(&self, number: &str) -> Option<FieldKind> {
        self.find_line(number).map(|line| line.field.kind)
    }

    /// The line that a number names, whether or not it was written out.
    fn find_line(&self, number: &str) -> Option<SheetLine> {
        let mut parts = number.split('.').map(|part| part.parse::<usize>().ok()?.checked_sub(1));
        let (mut fields, mut path) = (self.fact.fields, Vec::new());
        loop {
            let field = fields.get(parts.next()??)?;
            path.push(PathStep::Field(field.name));
            match field.kind {
                FieldKind::Group(inner) => fields = inner,
                FieldKind::Rows(inner, _) => {
                    let n = parts.next()??;
                    path.push(PathStep::Row(n).within(ROWS_MAX)?);
                    fields = inner;
                }
                _ if parts.next().is_none() => {
                    return Some(SheetLine { number: number.to_owned(), field, path });
                }
                _ => return None,
            }
        }
    }

    fn write_fields(
        &self,
        fields: &'static [Field],
        before: &str,
        known: &Value,
        lang: Language,
        text: &mut String,
    ) {
        for (n, field) in fields.iter().enumerate() {
            let number = format!("{before}{}", n + 1);
            let own = known.get(field.name).unwrap_or(&Value::Null);
            match field.kind {
                FieldKind::Group(inner) => {
                    text.push_str(&format!("\n# {number}) {}\n", label_of(field, lang)));
                    self.write_fields(inner, &format!("{number}."), own, lang, text);
                    text.push('\n');
                }
                FieldKind::Rows(inner, _) => {
                    text.push_str(&format!("\n# {number}) {}\n", label_of(field, lang)));
                    if let Value::Array(rows) = own {
                        rows.iter().for_each(|row| text.push_str(&format!("#    {row}\n")));
                    } else {
                        self.write_rows(field, inner, &number, lang, text);
                    }
                    text.push('\n');
                }
                FieldKind::List if own.is_null() => {}
                _ if !own.is_null() => {
                    let said = own.as_str().map_or_else(|| own.to_string(), str::to_owned);
                    let whence = say("sheet-known", &[]);
                    text.push_str(&format!("# {number}) {} = {said}  # {whence}\n", label_of(field, lang)));
                }
                _ => text.push_str(&format!("{number}) {} =\n", label_of(field, lang))),
            }
        }
    }

    fn write_rows(
        &self,
        field: &'static Field,
        inner: &'static [Field],
        number: &str,
        lang: Language,
        text: &mut String,
    ) {
        let key = key_column(inner).map(|key| key.name);
        for (n, row) in self.rows.get(field.name).into_iter().flatten().enumerate() {
            for (at, column) in inner.iter().enumerate() {
                let said = if key == Some(column.name) && !row.is_empty() {
                    format!(" {row}")
                } else {
                    String::new()
                };
                let label = label_of(column, lang);
                text.push_str(&format!("{number}.{}.{}) {label} ={said}\n", n + 1, at + 1));
            }
        }
    }
}

/// Rows that a form has from the beginning: what each is about, or nothing where that is free.
fn list_rows(
    fields: &'static [Field],
    election: Option<&Election>,
    state: &State,
    author: Option<&Id>,
    rows: &mut BTreeMap<&'static str, Vec<String>>,
) {
    for field in fields {
        match field.kind {
            FieldKind::Group(inner) => list_rows(inner, election, state, author, rows),
            FieldKind::Rows(_, kind) => {
                let written = match kind {
                    RowsOf::BallotLines => {
                        let lines = election.map(Election::ballot_lines).unwrap_or_default();
                        lines.iter().map(ToString::to_string).collect()
                    }
                    RowsOf::OwnSeats => {
                        let seats = author.map(|author| list_seats(state, author)).unwrap_or_default();
                        seats.iter().map(|seat| seat.seat.to_string()).collect()
                    }
                    RowsOf::Free(many) => vec![String::new(); many],
                };
                let free = if written.is_empty() { vec![String::new(); 3] } else { written };
                rows.insert(field.name, free);
            }
            _ => {}
        }
    }
}

/// What a line says: the meaning with name, unit or words, and that it may be left empty.
#[must_use]
pub fn label_of(field: &Field, lang: Language) -> String {
    let own = |id: &str| program_catalogue().format_text(lang, id, &[]);
    let mut label = own(field.meaning);
    if let FieldKind::Word(choices) = field.kind {
        label.push_str(&format!(" [{}]", name_choices(choices, lang)));
    }
    label.push_str(&format!(" ({}", field.name));
    if let FieldKind::Id(Named::New) = field.kind {
        label.push_str(", a-z 0-9 -");
    }
    if field.need == Need::May {
        label.push_str(&format!("; {}", own("need-may")));
    }
    label.push(')');
    // What stands behind the first bracket is the number's, behind the first sign of equality the value's.
    label.replace('=', "-")
}

impl PathStep {
    fn within(self, most: usize) -> Option<Self> {
        match self {
            Self::Row(n) if n >= most => None,
            other => Some(other),
        }
    }
}
