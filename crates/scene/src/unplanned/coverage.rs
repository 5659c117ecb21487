//! What occurred in lives: facts, fields that were there and that were absent, words, rare paths; and what did not.

use std::collections::BTreeMap;

use law::{Fact, State};
use ledger::Admitted;
use serde_json::Value;

use super::{
    paths::{self, Act},
    vocabulary::Vocabulary,
};

/// What cannot occur, and why. An entry that does occur is wrong here.
const IMPOSSIBLE: &[(&str, &str)] = &[
    ("protocol-superseded.protocol.paper absent", "a correction rests on a public paper (ATY-06)"),
    ("protocol-superseded.protocol.paper sealed", "a correction rests on a public paper (ATY-06)"),
    ("results-determined.totals.votes absent", "a ballot has at least two lines (PRO-01)"),
];

/// Counts of everything that can occur.
pub struct Coverage {
    vocabulary: Vocabulary,
    counts: BTreeMap<String, u64>,
    /// Acts that were admitted.
    pub admitted: u64,
    /// Acts that the rules let through and admission did not.
    pub refused: u64,
}

impl Default for Coverage {
    fn default() -> Self {
        let vocabulary = Vocabulary::read();
        let mut counts = BTreeMap::new();
        for (fact, content) in &vocabulary.facts {
            counts.insert(fact.clone(), 0);
            list_possible(&vocabulary, fact, content, &mut counts);
        }
        counts.extend(paths::PATHS.iter().map(|path| ((*path).to_owned(), 0)));
        counts.extend(paths::FOUND.iter().map(|rule| (paths::name_found(*rule), 0)));
        Self { vocabulary, counts, admitted: 0, refused: 0 }
    }
}

/// Everything that the fields of a content can come to.
fn list_possible(vocabulary: &Vocabulary, path: &str, content: &str, counts: &mut BTreeMap<String, u64>) {
    for field in &vocabulary.contents[content] {
        let path = format!("{path}.{}", field.name);
        if field.optional {
            counts.insert(format!("{path} present"), 0);
            counts.insert(format!("{path} absent"), 0);
        }
        if field.kind == "Document" {
            counts.insert(format!("{path} public"), 0);
            counts.insert(format!("{path} sealed"), 0);
        }
        for word in vocabulary.words.get(&field.kind).into_iter().flatten() {
            counts.insert(format!("{path} = {word}"), 0);
        }
        if vocabulary.contents.contains_key(&field.kind) {
            list_possible(vocabulary, &path, &field.kind, counts);
        }
    }
}

impl Coverage {
    /// Takes an admitted act in, in the state that it met.
    pub fn take(&mut self, state: &State, admitted: &Admitted) {
        self.admitted += 1;
        let (entry, fact) = (admitted.entry(), admitted.fact());
        let name = fact.name();
        self.count(name);
        let content =
            self.vocabulary.facts.iter().find(|(own, _)| own == name).map(|(_, content)| content.clone());
        let body: Value = serde_json::from_str(fact.body().unwrap().text()).unwrap();
        self.take_fields(name, &content.unwrap(), &body);
        let act = Act {
            state,
            event: entry.event(),
            fact,
            findings: admitted.findings(),
            index: entry.index(),
            received: entry.received(),
        };
        for path in act.paths() {
            assert!(self.counts.contains_key(path), "{path} is not listed");
            self.count(path);
        }
        // A snapshot that is published all the same names checks, not what an act was found to be.
        let judged = !matches!(fact, Fact::SnapshotPublished(_));
        for finding in admitted.findings().iter().filter(|_| judged) {
            *self.counts.entry(paths::name_found(finding.violation.rule)).or_default() += 1;
        }
    }

    fn count(&mut self, what: &str) {
        *self.counts.entry(what.to_owned()).or_default() += 1;
    }

    fn take_fields(&mut self, path: &str, content: &str, value: &Value) {
        let fields = &self.vocabulary.contents[content];
        let mut found = Vec::new();
        let mut inside = Vec::new();
        for field in fields {
            let path = format!("{path}.{}", field.name);
            let own = value.get(&field.name);
            if field.optional {
                found.push(format!("{path} {}", if own.is_some() { "present" } else { "absent" }));
            }
            let items: &[Value] = match own {
                Some(Value::Array(items)) => items,
                Some(one) => std::slice::from_ref(one),
                None => &[],
            };
            for item in items {
                if field.kind == "Document" {
                    let form = if item.get("sealed").is_some() { "sealed" } else { "public" };
                    found.push(format!("{path} {form}"));
                }
                if self.vocabulary.words.contains_key(&field.kind) {
                    found.push(format!("{path} = {}", item.as_str().unwrap()));
                }
                if self.vocabulary.contents.contains_key(&field.kind) {
                    inside.push((path.clone(), field.kind.clone(), item.clone()));
                }
            }
        }
        for what in found {
            assert!(self.counts.contains_key(&what), "{what} is not in the vocabulary");
            self.count(&what);
        }
        for (path, content, item) in inside {
            self.take_fields(&path, &content, &item);
        }
    }

    /// Adds what occurred in other lives.
    pub fn join(&mut self, other: &Self) {
        for (what, times) in &other.counts {
            *self.counts.entry(what.clone()).or_default() += times;
        }
        self.admitted += other.admitted;
        self.refused += other.refused;
    }

    /// What can occur and never did, and what is called impossible and did.
    pub fn lacking(&self) -> Vec<String> {
        let impossible = |what: &String| IMPOSSIBLE.iter().any(|(own, _)| own == what);
        let never = self.counts.iter().filter(|(what, times)| **times == 0 && !impossible(what));
        let never = never.map(|(what, _)| what.clone());
        let wrong = IMPOSSIBLE.iter().filter(|(what, _)| self.counts.get(*what) != Some(&0));
        never.chain(wrong.map(|(what, _)| format!("{what}, said to be impossible"))).collect()
    }

    /// The rarest things that occurred, and how much there was in all.
    pub fn tell(&self) {
        let all = self.counts.len();
        let mut counts: Vec<(&u64, &String)> =
            self.counts.iter().map(|(what, times)| (times, what)).collect();
        counts.sort();
        eprintln!(
            "{} acts admitted, {} refused; {all} things that can occur, {} of them never do",
            self.admitted,
            self.refused,
            IMPOSSIBLE.len()
        );
        let shown = if std::env::var_os("HATTAMA_LIVES_TABLE").is_some() { all } else { 12 };
        for (times, what) in counts.iter().skip_while(|(times, _)| **times == 0).take(shown) {
            eprintln!("  {times:>7} {what}");
        }
        let lacking = self.lacking();
        eprintln!("{} things never occurred: {}", lacking.len(), lacking.join("; "));
    }
}
