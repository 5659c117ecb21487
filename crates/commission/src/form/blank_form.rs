//! An empty form as text, and reading it back filled in: every value, or every fault at once.

use std::{collections::BTreeMap, fs, path::Path};

use client::files::{FileFault, read_bounded, write_atomically};

use texts::{paper::PaperLine, program::say};

use super::{
    fault::{FormFault, FormFileFault},
    slot::FormLine,
    value::{Expected, FormValue, ValueContext, read_value},
};
use crate::form_text::{plain_words, read_form_text};

/// A long form has a few dozen lines; what is longer is another file.
pub const BYTES_MAX: u64 = 256 * 1024;

/// One line.
#[derive(Debug, Clone)]
pub struct Blank {
    /// Its number on the form.
    pub number: String,
    /// What it asks for.
    pub slot: FormLine,
    /// The words behind the number.
    pub label: String,
    /// The same in other languages.
    pub also: Vec<String>,
}

/// Lines under one heading.
#[derive(Debug, Clone)]
pub struct FormPart {
    /// The heading.
    pub heading: String,
    /// Its lines.
    pub blanks: Vec<Blank>,
}

/// An empty form.
#[derive(Debug, Clone, Default)]
pub struct Form {
    /// Which fact, election, precinct and place in the chain: a form of another evening is not taken for this one.
    pub identity: String,
    /// What stands above it.
    pub intro: Vec<String>,
    /// Its lines.
    pub parts: Vec<FormPart>,
    /// Where files named in it are looked for, and the offset of local times.
    pub ground: ValueContext,
}

/// What was typed, by the number of its line, as it was typed.
pub type TypedValues = BTreeMap<String, String>;

/// A filled form.
pub type Filled = BTreeMap<FormLine, FormValue>;

impl Form {
    /// The empty form as text.
    #[must_use]
    pub fn text(&self) -> String {
        self.text_with(&TypedValues::new())
    }

    /// The form as text, with what was typed behind the numbers of its lines, right or wrong.
    #[must_use]
    pub fn text_with(&self, typed: &TypedValues) -> String {
        let mut text = String::new();
        self.intro.iter().flat_map(|words| words.lines()).for_each(|line| {
            text.push_str(format!("# {line}").trim_end());
            text.push('\n');
        });
        text.push_str(&format!("\nform = {}\n", self.identity));
        for part in &self.parts {
            text.push_str(&format!("\n# {}\n", part.heading));
            let mut hinted = None;
            for Blank { number, label, slot, .. } in &part.blanks {
                // Said once over lines that ask for the same.
                let hint = slot.hint();
                if let Some(hint) = hint.filter(|hint| hinted != Some(*hint)) {
                    text.push_str(&format!("#   {}\n", say(hint, &[])));
                }
                hinted = hint;
                // What stands behind the first sign of equality is the value.
                let value = typed.get(number).map_or("", String::as_str);
                text.push_str(format!("{number}) {} = {value}", label.replace('=', "-")).trim_end());
                text.push('\n');
            }
        }
        text
    }

    /// Writes the empty form to a file, and makes its folder where there is none.
    ///
    /// # Errors
    /// [`FileFault::Write`].
    pub fn write_file(&self, path: &Path) -> Result<(), FileFault> {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)
                .map_err(|error| FileFault::Write { path: folder.to_owned(), error })?;
        }
        write_atomically(path, self.text().as_bytes())
    }

    /// Reads a filled form from a file.
    ///
    /// # Errors
    /// [`FormFileFault`].
    pub fn read_file(&self, path: &Path) -> Result<Filled, FormFileFault> {
        let bytes = read_bounded(path, BYTES_MAX)?;
        let faulty = |faults| FormFileFault::FilledIn { path: path.to_owned(), faults };
        let text = read_form_text(&bytes).map_err(|fault| faulty(vec![fault.into()]))?;
        self.read(&text).map_err(faulty)
    }

    /// Reads a filled form: every value, or every fault.
    ///
    /// # Errors
    /// Every [`FormFault`].
    pub fn read(&self, text: &str) -> Result<Filled, Vec<FormFault>> {
        let (filled, faults) = self.read_lines(text);
        if faults.is_empty() { Ok(filled) } else { Err(faults) }
    }

    /// Reads a form that may be filled in half: every value that is there, and every fault.
    #[must_use]
    pub fn read_lines(&self, text: &str) -> (Filled, Vec<FormFault>) {
        let blanks: BTreeMap<&str, &Blank> = self.blanks().map(|blank| (&*blank.number, blank)).collect();
        let (mut filled, mut faults) = (Filled::new(), Vec::new());
        let mut met: BTreeMap<&str, usize> = BTreeMap::new();
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
                if identity.replace(found.trim().to_owned()).is_some() {
                    faults.push(FormFault::NoLine { line: at, found: line.to_owned() });
                }
                continue;
            }
            let parts =
                line.split_once(')').and_then(|(number, rest)| Some((number.trim(), rest.split_once('=')?)));
            let Some((number, (words, found))) = parts else {
                faults.push(FormFault::NoLine { line: at, found: line.to_owned() });
                continue;
            };
            let Some(blank) = blanks.get(number) else {
                faults.push(FormFault::UnknownNumber { line: at, found: number.to_owned() });
                continue;
            };
            if let Some(first) = met.insert(&blank.number, at) {
                faults.push(FormFault::Twice { line: at, number: number.to_owned(), first });
                continue;
            }
            // Whoever swaps two names in front of their figures means something else than the numbers say.
            if !blank.has_label(words) {
                let (number, expected) = (number.to_owned(), blank.label.clone());
                faults.push(FormFault::Words { line: at, number, expected, found: words.trim().to_owned() });
                continue;
            }
            match read_value(&blank.slot, found.trim(), &self.ground) {
                Ok(None) => {}
                Ok(Some(value)) => drop(filled.insert(blank.slot.clone(), value)),
                Err(expected) => faults.push(of_value(at, blank, expected, found.trim())),
            }
        }
        match identity {
            Some(found) if plain_words(&found) == plain_words(&self.identity) => {}
            found => faults.insert(0, FormFault::OtherForm { expected: self.identity.clone(), found }),
        }
        for blank in self.blanks().filter(|blank| !met.contains_key(&*blank.number)) {
            if !blank.slot.may_be_empty() {
                faults.push(FormFault::LeftOut { number: blank.number.clone(), label: blank.label.clone() });
            }
        }
        faults.extend(compare_lines(&filled));
        (filled, faults)
    }

    /// Its lines, in the order of the paper.
    pub fn blanks(&self) -> impl Iterator<Item = &Blank> {
        self.parts.iter().flat_map(|part| &part.blanks)
    }
}

/// What lines say of each other.
fn compare_lines(filled: &Filled) -> Vec<FormFault> {
    let mut faults = Vec::new();
    let number = || PaperLine::DamagedAct.number().unwrap_or_default().to_owned();
    match (filled.get(&FormLine::Damaged), filled.contains_key(&FormLine::DamagedAct)) {
        (Some(FormValue::Count(0)), true) => faults.push(FormFault::IdleAct { number: number() }),
        (Some(FormValue::Count(0)) | None, _) => {}
        (Some(_), there) => faults.extend((!there).then(|| FormFault::NoAct { number: number() })),
    }
    let explained = filled.keys().any(|slot| matches!(slot, FormLine::Explanation(_)));
    if explained && !filled.contains_key(&FormLine::Paper) {
        let number = PaperLine::Paper.number().unwrap_or_default().to_owned();
        faults.push(FormFault::NoPaper {
            number,
            explained: PaperLine::Explanation.number().unwrap_or_default(),
        });
    }
    let mut rules = BTreeMap::new();
    for (slot, value) in filled {
        if let (FormLine::Explanation(n), FormValue::Explained(rule, _)) = (slot, value)
            && let Some(first) = rules.insert(rule.id(), *n)
        {
            let (rule, number) = (rule.id().to_owned(), PaperLine::Explanation.number_under(*n));
            faults.push(FormFault::RuleTwice {
                number,
                rule,
                first: PaperLine::Explanation.number_under(first),
            });
        }
    }
    faults
}

impl Blank {
    /// Whether these are its words, in one of the languages.
    fn has_label(&self, words: &str) -> bool {
        let words = plain_words(words);
        std::iter::once(&self.label).chain(&self.also).any(|own| plain_words(own) == words)
    }
}

/// What is wrong with a value, or that there is none.
fn of_value(line: usize, blank: &Blank, expected: Expected, found: &str) -> FormFault {
    let (number, label) = (blank.number.clone(), blank.label.clone());
    match found {
        "" => FormFault::Empty { line, number, label },
        _ => FormFault::Value { line, number, label, expected, found: found.to_owned() },
    }
}

/// For how many portable boxes the form of a file was written, if there is one and it says so.
///
/// # Errors
/// [`FileFault`].
pub fn read_boxes(path: &Path) -> Result<Option<usize>, FileFault> {
    if !path.exists() {
        return Ok(None);
    }
    let text = read_form_text(&read_bounded(path, BYTES_MAX)?).unwrap_or_default();
    let identity = text.lines().find(|line| line.trim_start().starts_with("form"));
    Ok(identity.and_then(|line| line.trim().rsplit_once(" boxes-")?.1.parse().ok()))
}

/// What stands behind the numbers of a form's text, whatever it is; a number that stands twice counts once.
#[must_use]
pub fn read_typed_values(text: &str) -> TypedValues {
    let mut typed = TypedValues::new();
    for line in text.lines().map(str::trim).filter(|line| !line.starts_with('#')) {
        let parts = line.split_once(')').and_then(|(number, rest)| Some((number, rest.split_once('=')?.1)));
        if let Some((number, value)) = parts.filter(|(_, value)| !value.trim().is_empty()) {
            typed.entry(number.trim().to_owned()).or_insert_with(|| value.trim().to_owned());
        }
    }
    typed
}
