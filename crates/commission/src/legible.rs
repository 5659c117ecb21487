//! A document as people read it, before they sign it: the lines of the paper by number and words, names in the place of ids,
//! figures also in words, in the language that was chosen.
//!
//! Whoever signs has to read what the paper says and no format. The functions here are for every place where a signature is
//! asked for: the command line, a batch, the desk. Names come from a ledger or a book where there is one (`known`); a document
//! whose names were not looked up says so.

mod count;
mod dates;
mod document;
mod fields;
mod known;
pub mod ratios;
pub mod seats;
mod summary;
mod value;
mod written;

use event::{Hash, SignedEvent};
use law::{Fact, FactError};
use phrase::{Phrase, phrase};
use texts::{
    Language, Value, law_text, name_in_language, paper::note_on_numbers, program::program_catalogue,
};

use crate::described::{describe_fact, field::Named};
pub use dates::local_time;
pub use document::{LegibleDocument, LegibleLine};
use fields::FieldWriter;
use known::KnownNames;
pub use known::NameSource;
pub use summary::{DocumentSummary, summarise_document};

/// Why a document is not shown in words.
#[derive(Debug, thiserror::Error, phrase::Phrased)]
#[allow(missing_docs, reason = "the words say it")]
pub enum LegibleFault {
    #[error(
        "expected a document for ledger {expected}, whose names were to be looked up, found one for ledger {found}"
    )]
    OtherLedger { expected: Phrase, found: Hash },
    #[error(transparent)]
    Fact(#[from] FactError),
    #[error(transparent)]
    Form(#[from] event::json::DecodeError),
}

/// Puts a document into words.
///
/// # Errors
/// [`LegibleFault`]: the names are those of another ledger, or the document states nothing that this version knows.
pub fn make_legible(
    signed: &SignedEvent,
    source: NameSource<'_>,
    lang: Language,
) -> Result<LegibleDocument, LegibleFault> {
    let event = &signed.event;
    let state = source.state();
    if let Some(own) = state
        && own.ledger != Some(event.ledger)
        && event.fact.as_str() != "ledger-opened"
    {
        let expected = own.ledger.map_or_else(|| phrase!("found-none", "none"), Phrase::verbatim);
        return Err(LegibleFault::OtherLedger { expected, found: event.ledger });
    }
    let fact = Fact::read_body(event.fact.as_str(), event.body.text().as_bytes())?;
    let described = describe_fact(event.fact.as_str())?;
    let known = KnownNames::new(state, event.election.as_ref(), &event.author, lang);
    let body: serde_json::Value = serde_json::from_str(event.body.text()).unwrap_or(serde_json::Value::Null);
    let mut writer = FieldWriter { known: &known, lines: Vec::new() };
    let numbered = count::write_numbered(&mut writer, &fact, described, &body);
    if !numbered {
        writer.write_fields(described.fields, &body, &[]);
    }
    let lines = writer.lines;
    Ok(LegibleDocument {
        title: law_text(lang, &format!("fact-{}", event.fact), &[]),
        head: write_head(signed, &known),
        lines,
        signers: write_signers(signed, &known),
        notes: write_notes(source, numbered, lang),
    })
}

/// What the reader has to know of the lines.
fn write_notes(source: NameSource<'_>, numbered: bool, lang: Language) -> Vec<String> {
    let own = |id: &str, args: &[(&str, Value<'_>)]| program_catalogue().format_text(lang, id, args);
    let mut notes = Vec::new();
    if numbered {
        notes.push(note_on_numbers(lang));
    }
    match source {
        NameSource::None => notes.push(own("legible-no-names", &[])),
        NameSource::Ledger(_) => {}
        NameSource::Book(_, size) => notes.push(own("legible-names-of-book", &[("size", size.into())])),
    }
    notes
}

/// Who speaks, about what, when, and for which ledger.
fn write_head(signed: &SignedEvent, known: &KnownNames<'_>) -> Vec<LegibleLine> {
    let event = &signed.event;
    let mut head = Vec::new();
    let mut say = |id: &str, value: String| head.push(LegibleLine::said(known.say(id, &[]), value));
    say("legible-author", known.name_desk(&event.author, event.desk.as_str()));
    if let Some(id) = &event.election {
        say("legible-election", known.name_id(Named::Election, id.as_str(), None));
        if let Some(territory) = known.name_territory() {
            say("legible-territory", territory);
        }
    }
    say("legible-drawn-up", local_time(event.at.as_str()));
    say(
        "legible-place",
        known.say("legible-place-value", &[("n", event.author_seq.saturating_add(1).to_string().into())]),
    );
    let charter = known.state().and_then(|state| state.charter.as_ref());
    if let Some(charter) = charter {
        let name = name_in_language(known.lang(), charter.name.as_str(), charter.names.as_ref());
        say("legible-ledger", name.to_owned());
        if charter.test {
            say("legible-warning", known.say("legible-test", &[]));
        }
    }
    if event.fact.as_str() != "ledger-opened" {
        say("legible-ledger-hash", event.ledger.in_groups());
    }
    if let Some(voids) = Some(event.voids.as_slice()).filter(|voids| !voids.is_empty()) {
        let all: Vec<String> = voids.iter().map(|hash| known.name_event(hash)).collect();
        say("legible-voids", all.join("; "));
    }
    say("legible-hash", signed.hash().in_groups());
    head
}

/// Who signs, in the order of the seats, and whether they have.
fn write_signers(signed: &SignedEvent, known: &KnownNames<'_>) -> Vec<LegibleLine> {
    let (missing, bad) = (signed.missing_signers(), signed.bad_signatures());
    let mut signers: Vec<(usize, LegibleLine)> = Vec::new();
    for key in &signed.event.signers {
        let there = if missing.contains(key) {
            "signature-missing"
        } else if bad.contains(key) {
            "signature-bad"
        } else {
            "signature-there"
        };
        let (place, who) = known.name_signer(key, &signed.event.author);
        signers.push((place, LegibleLine::said(who, known.say(there, &[]))));
    }
    signers.sort_by_key(|(place, _)| *place);
    signers.into_iter().map(|(_, line)| line).collect()
}
