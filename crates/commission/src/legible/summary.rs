//! A document in one line, as a list of several shows it.

use event::SignedEvent;
use serde_json::Value;
use texts::{Language, law_text};

use super::known::{KnownNames, NameSource};
use crate::described::field::Named;

/// Groups of the hash that a list shows.
const GROUPS: usize = 2;

/// A document in one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentSummary {
    /// What it states.
    pub title: String,
    /// What it is about: a precinct, a candidate, a commission.
    pub about: Option<String>,
    /// Who speaks.
    pub author: String,
    /// The beginning of its hash.
    pub hash: String,
}

/// Fields that say what a document is about, in the order in which they are looked at.
const SUBJECTS: [(&str, Named); 5] = [
    ("precinct", Named::Precinct),
    ("candidate", Named::Candidate),
    ("commission", Named::Commission),
    ("organisation", Named::Organisation),
    ("complaint", Named::Complaint),
];

/// Puts a document into one line.
#[must_use]
pub fn summarise_document(signed: &SignedEvent, source: NameSource<'_>, lang: Language) -> DocumentSummary {
    let event = &signed.event;
    let known = KnownNames::new(source.state(), event.election.as_ref(), &event.author, lang);
    let body: Value = serde_json::from_str(event.body.text()).unwrap_or(Value::Null);
    let text = |name: &str| body.get(name).and_then(Value::as_str);
    // What is formed only now has no name but its own.
    let own = text("number").filter(|_| event.fact.as_str() == "precinct-formed");
    let own = own.map(|number| known.say("legible-precinct", &[("number", number.into())]));
    let own = own.or_else(|| text("name").or_else(|| text("name_kk")).map(str::to_owned));
    let named = || {
        let mut subjects = SUBJECTS.into_iter();
        subjects.find_map(|(name, named)| text(name).map(|id| known.name_id(named, id, None)))
    };
    let hash = signed.hash().in_groups();
    DocumentSummary {
        title: law_text(lang, &format!("fact-{}", event.fact), &[]),
        about: own.or_else(named),
        author: known.name_desk(&event.author, event.desk.as_str()),
        hash: hash.split(' ').take(GROUPS).collect::<Vec<_>>().join(" "),
    }
}
