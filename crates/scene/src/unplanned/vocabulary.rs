//! The vocabulary as the law's own source has it: every fact, its fields, which of them may be absent, the words of each list.
//!
//! Read from the text of the source, so that a new fact or field is asked for before anybody thinks of it.

use std::collections::BTreeMap;

/// The chapters that hold the content of facts.
const SOURCES: &[&str] = &[
    include_str!("../../../law/src/facts/annulment.rs"),
    include_str!("../../../law/src/facts/candidates.rs"),
    include_str!("../../../law/src/facts/changes.rs"),
    include_str!("../../../law/src/facts/charter.rs"),
    include_str!("../../../law/src/facts/complaints.rs"),
    include_str!("../../../law/src/facts/count.rs"),
    include_str!("../../../law/src/facts/observers.rs"),
    include_str!("../../../law/src/facts/opening.rs"),
    include_str!("../../../law/src/facts/polling.rs"),
    include_str!("../../../law/src/facts/registration.rs"),
    include_str!("../../../law/src/facts/repeats.rs"),
    include_str!("../../../law/src/facts/results.rs"),
    include_str!("../../../law/src/edition.rs"),
];
/// The list of facts.
const FACTS: &str = include_str!("../../../law/src/facts.rs");

/// A field of a content.
pub(super) struct Field {
    pub(super) name: String,
    /// Its type, without list and option around it.
    pub(super) kind: String,
    /// Whether it may be absent.
    pub(super) optional: bool,
}

/// Contents, lists of words, and the facts.
#[derive(Default)]
pub(super) struct Vocabulary {
    pub(super) contents: BTreeMap<String, Vec<Field>>,
    pub(super) words: BTreeMap<String, Vec<String>>,
    /// Each fact with its content.
    pub(super) facts: Vec<(String, String)>,
}

impl Vocabulary {
    /// What the source says.
    pub(super) fn read() -> Self {
        let mut vocabulary = Self::default();
        for source in SOURCES {
            vocabulary.read_chapter(source);
        }
        let list = FACTS.split_once("facts! {\n").map_or("", |(_, list)| list);
        for line in list.lines().take_while(|line| *line != "}") {
            let (name, content) = line.trim().split_once(' ').unwrap();
            let name = name.trim_matches('"').to_owned();
            assert!(vocabulary.contents.contains_key(content), "{name}: {content} stands in no chapter");
            vocabulary.facts.push((name, content.to_owned()));
        }
        vocabulary
    }

    fn read_chapter(&mut self, source: &str) {
        let mut lines = source.lines();
        while let Some(line) = lines.next() {
            if let Some(name) = line.strip_prefix("pub struct ").and_then(|rest| rest.strip_suffix(" {")) {
                self.contents.insert(name.to_owned(), read_fields(&mut lines));
            } else if let Some(name) = line.strip_prefix("pub enum ").and_then(|rest| rest.strip_suffix(" {"))
            {
                self.words.insert(name.to_owned(), read_words(&mut lines));
            }
        }
    }
}

fn read_fields<'a>(lines: &mut impl Iterator<Item = &'a str>) -> Vec<Field> {
    let (mut fields, mut optional) = (Vec::new(), false);
    for line in lines.take_while(|line| *line != "}") {
        let line = line.trim();
        if line.starts_with("#[serde(") {
            optional = line.contains("skip_serializing_if");
        } else if let Some((name, kind)) = line.strip_prefix("pub ").and_then(|rest| rest.split_once(": ")) {
            let kind = kind.trim_end_matches(',');
            let kind = kind.strip_prefix("Option<").or_else(|| kind.strip_prefix("Vec<")).unwrap_or(kind);
            fields.push(Field {
                name: name.to_owned(),
                kind: kind.trim_end_matches('>').to_owned(),
                optional,
            });
            optional = false;
        }
    }
    fields
}

fn read_words<'a>(lines: &mut impl Iterator<Item = &'a str>) -> Vec<String> {
    let (mut words, mut renamed) = (Vec::new(), None);
    for line in lines.take_while(|line| *line != "}") {
        let line = line.trim();
        if let Some(name) = line.strip_prefix("#[serde(rename = \"") {
            renamed = name.split('"').next().map(str::to_owned);
        } else if let Some(word) =
            line.strip_suffix(',').filter(|word| word.chars().all(char::is_alphanumeric))
        {
            words.push(renamed.take().unwrap_or_else(|| kebab_case(word)));
        } else if let Some(word) = line.strip_suffix(',').filter(|_| renamed.is_some()) {
            words.push(renamed.take().unwrap_or_else(|| word.to_owned()));
        }
    }
    words
}

fn kebab_case(word: &str) -> String {
    let mut out = String::new();
    for c in word.chars() {
        if c.is_uppercase() && !out.is_empty() {
            out.push('-');
        }
        out.extend(c.to_lowercase());
    }
    out
}
