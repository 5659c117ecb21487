//! An event as people see it: what it says and who has signed.

use std::path::Path;

use client::files::read_signed;
use commission::book::{Book, layout::is_book};
use event::SignedEvent;
use texts::program::{answer_language, law_word, say};

use crate::{command::results::mark_test, fault::Fault, source, table, terminal::print};

/// Prints the event; where its ledger is given, also what of its election is made up.
pub(super) fn show_file(file: &Path, ledger: Option<&Path>) -> Result<(), Fault> {
    let signed = read_signed(file)?;
    if let Some(ledger) = ledger {
        let (head, book);
        let state = if is_book(ledger) {
            book = Book::open(ledger)?;
            book.excerpt.state()
        } else {
            head = source::replay_source(ledger, None)?;
            head.state()
        };
        let election = signed.event.election.as_ref().and_then(|id| state.elections.get(id));
        let kinds = election.map_or_else(|| state.synthetic_kinds(), |own| state.synthetic_kinds_of(own));
        mark_test(state, &kinds).iter().for_each(|mark| print(mark));
    }
    print(&describe_event(&signed)?);
    Ok(())
}

pub(super) fn describe_event(signed: &SignedEvent) -> Result<String, Fault> {
    let event = &signed.event;
    let body: serde_json::Value = serde_json::from_str(event.body.text())?;
    let election = event.election.as_ref().map_or("-", event::Id::as_str);
    let at = [("author", event.author.as_str().into()), ("desk", event.desk.as_str().into())];
    let place = [("n", event.author_seq.to_string().into())];
    let pairs = [
        ("event-fact", fact_title(event.fact.as_str())),
        ("event-author", say("event-author-value", &at)),
        ("event-election", election.to_owned()),
        ("event-signed-at", event.at.to_string()),
        ("event-place", say("event-place-value", &place)),
        ("event-ledger", event.ledger.to_string()),
        ("event-hash", signed.hash().in_groups()),
    ];
    let pairs = pairs.map(|(id, value)| (say(id, &[]), value));
    let mut text = format!("{}\n{}\n", table::format_pairs(&pairs), serde_json::to_string_pretty(&body)?);
    for signer in &event.signers {
        let there = if signed.missing_signers().contains(signer) {
            "signature-missing"
        } else if signed.bad_signatures().contains(signer) {
            "signature-bad"
        } else {
            "signature-there"
        };
        text.push_str(&format!("{signer}  {}\n", say(there, &[])));
    }
    Ok(text.trim_end().to_owned())
}

/// A fact as people call it, with its id, which stands in the bytes.
fn fact_title(fact: &str) -> String {
    let id = format!("fact-{fact}");
    if texts::law_catalogue().has_text(answer_language(), &id) {
        format!("{} ({fact})", law_word(&id))
    } else {
        fact.to_owned()
    }
}
