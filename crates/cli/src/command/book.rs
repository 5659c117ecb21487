//! `hattama book`: what a precinct takes along to a place without a line.

use std::path::{Path, PathBuf};

use clap::Subcommand;
use commission::{
    book::{
        Book,
        fault::BookFault,
        layout::{read_about, read_checkpoint},
        write::{BookPlan, write_book, write_new_book},
    },
    form::{FACTS, list_seats},
    legible::seats::{name_seat_plainly, title_of_seat},
};
use event::{Hash, Id, Key};
use ledger::{Chain, Head, Selection};
use phrase::{Argument, Phrase, Phrased as _};
use serde_json::json;
use texts::{
    election_name, name_in_language,
    program::{answer_language, law_word, say},
    say_fault,
};
use verifier::{ObserverInputs, Part, Verdict, Verification};

use crate::{
    command::results::mark_test,
    fault::Fault,
    open::find_election,
    pin, source, table,
    terminal::{eprint, print},
};

/// So many signs of a key are shown.
const KEY_SHORT: usize = 12;

#[derive(Debug, Subcommand)]
pub(crate) enum BookCommand {
    /// Write one folder for each precinct: charter, registry, candidates in ballot order, checkpoint, own chain
    ///
    /// At the territorial commission, before the folders go to the precincts. The ledger is verified first; what fails
    /// gives no book.
    New {
        /// A published ledger as folder, zip or address, or a ledger on this machine
        source: PathBuf,
        /// The election [default: the only one]
        #[arg(long, env = "HATTAMA_ELECTION", value_name = "ID")]
        election: Option<String>,
        /// A precinct, once for each [default: every one that votes in the election]
        #[arg(long, env = "HATTAMA_PRECINCT", value_name = "ID")]
        precinct: Vec<String>,
        /// What the ledger must agree with: its id as printed in the gazette, a checkpoint, a copy kept from before
        #[arg(long, env = "HATTAMA_PIN", value_name = "PIN")]
        pin: Vec<String>,
        /// The folder to write them into, each under the id of its precinct
        #[arg(long, env = "HATTAMA_OUT", value_name = "DIR")]
        out: PathBuf,
    },
    /// Take what the ledger has by now into a book; forms and outbox stay
    ///
    /// The book is a pin: a ledger that does not contain the tree that it was made from is refused, exit code 1.
    Renew {
        /// The book
        dir: PathBuf,
        /// A published ledger as folder, zip or address, or a ledger on this machine
        source: PathBuf,
    },
    /// Check a book without a line, and show what is in it and how far the precinct is
    ///
    /// Exit code: 0 every piece is proved and every own event may go, 1 something is not proved or would be refused, 2 it is no
    /// book.
    Show {
        /// The book
        dir: PathBuf,
        /// Print it as JSON
        #[arg(long, env = "HATTAMA_JSON")]
        json: bool,
    },
}

impl BookCommand {
    pub(crate) fn run(self) -> Result<(), Fault> {
        match self {
            Self::New { source, election, precinct, pin, out } => {
                make_books(&source, election.as_deref(), &precinct, &pin, &out)
            }
            Self::Renew { dir, source } => renew_book(&dir, &source),
            Self::Show { dir, json } => show_book(&dir, json),
        }
    }
}

/// A ledger that verified, replayed.
struct Verified {
    source: verifier::Source,
    head: Head,
    ledger: Hash,
}

fn verify_ledger(path: &Path, pins: &[String]) -> Result<Verified, Fault> {
    let pins = pins.iter().map(|text| pin::read_pin(text)).collect::<Result<Vec<_>, _>>()?;
    let source = source::read_source(path)?;
    let inputs = ObserverInputs { pins: &pins, ..ObserverInputs::default() };
    let report = Verification::run(&source, &inputs, None).into_report();
    // A pin that is not of this ledger accuses nobody, and no book is made against it.
    if report.verdict() == Verdict::Failed || !report.count_brought().is_empty() {
        let found = report
            .findings
            .iter()
            .find(|found| found.status == verifier::FindingStatus::Fail || found.brought.is_some());
        let found = found.map_or_else(
            || Phrase::verbatim(""),
            |found| found.message.phrase().at(Argument::quote(format_args!("{} ", found.check.id()))),
        );
        return Err(BookFault::Source { found }.into());
    }
    let head = verifier::replay_to(&source, None)?;
    let ledger = head.state().ledger.unwrap_or(Hash::ZERO);
    Ok(Verified { source, head, ledger })
}

impl Verified {
    fn prove_part(&self, selections: &[&Selection]) -> Result<Part, Fault> {
        let takes =
            |event: &event::Event, fact: &::law::Fact| selections.iter().any(|one| one.takes(event, fact));
        Ok(verifier::prove_part(&self.source, &takes)?)
    }

    fn plan_book(&self, dir: PathBuf, election: &Id, precinct: &Id) -> Result<BookPlan, Fault> {
        let state = self.head.state();
        let not_voting = || BookFault::NotVoting { election: election.clone(), precinct: precinct.clone() };
        let selection = Selection::of(state, election, precinct).ok_or_else(not_voting)?;
        let number = state.precincts.get(precinct).map_or("", |own| own.formed.number.as_str()).to_owned();
        let (election, precinct) = (election.clone(), precinct.clone());
        Ok(BookPlan { dir, election, ledger: self.ledger, precinct, selection, number })
    }
}

pub(crate) fn make_books(
    path: &Path,
    election: Option<&str>,
    precincts: &[String],
    pins: &[String],
    out: &Path,
) -> Result<(), Fault> {
    let verified = verify_ledger(path, pins)?;
    let state = verified.head.state();
    let (election, _) = find_election(&verified.head, election)?;
    let precincts: Vec<Id> = match precincts {
        [] => state.elections.get(&election).iter().flat_map(|own| own.polls.keys().cloned()).collect(),
        named => named.iter().map(|text| Id::new(text)).collect::<Result<_, _>>()?,
    };
    let volume = |precinct: &Id| verified.plan_book(out.join(precinct.as_str()), &election, precinct);
    let volumes = precincts.iter().map(volume).collect::<Result<Vec<_>, _>>()?;
    if let Some(there) = volumes.iter().find(|volume| volume.dir.exists()) {
        return Err(BookFault::There { path: there.dir.clone() }.into());
    }
    let part = verified.prove_part(&volumes.iter().map(|volume| &volume.selection).collect::<Vec<_>>())?;
    for volume in &volumes {
        tell_made(volume, write_new_book(volume, &part)?, &part);
    }
    if volumes.is_empty() {
        eprint(&say("book-none", &[("election", election.as_str().into())]));
    }
    Ok(())
}

fn renew_book(dir: &Path, path: &Path) -> Result<(), Fault> {
    let about = read_about(dir)?;
    let before = match read_checkpoint(dir) {
        Ok((_, seen)) => Some(seen),
        // A book without its checkpoint is no pin any more; it is made again all the same.
        Err(fault) => {
            eprint(&say("book-no-pin", &[("found", Fault::from(fault).to_sentence().into())]));
            None
        }
    };
    let verified = verify_ledger(path, &[])?;
    if verified.ledger != about.ledger {
        return Err(BookFault::OtherLedger { expected: about.ledger, found: verified.ledger }.into());
    }
    let size = verified.head.size();
    if let Some(before) = before {
        match verified.head.root_at(before.size) {
            Some(found) if found == before.root => {}
            Some(found) => {
                return Err(BookFault::Fork { size: before.size, expected: before.root, found }.into());
            }
            None => return Err(BookFault::Older { expected: before.size, found: size }.into()),
        }
    }
    let volume = verified.plan_book(dir.to_owned(), &about.election, &about.precinct)?;
    let part = verified.prove_part(&[&volume.selection])?;
    tell_made(&volume, write_book(&volume, &part)?, &part);
    Ok(())
}

fn tell_made(volume: &BookPlan, taken: u64, part: &Part) {
    let args = [
        ("dir", volume.dir.display().to_string().into()),
        ("events", taken.to_string().into()),
        ("size", part.tree.size.to_string().into()),
    ];
    print(&say("book-made", &args));
}

fn show_book(dir: &Path, as_json: bool) -> Result<(), Fault> {
    let book = Book::open(dir)?;
    if as_json {
        let shown = serde_json::to_string_pretty(&encode_book(&book)?)?;
        print(&shown);
    } else {
        print(&describe_book(&book)?);
    }
    let untrue = |path: &Path, found: Phrase| Err(Fault::Untrue { path: path.to_owned(), found });
    match (book.unusable.first(), book.doubtful.first()) {
        (Some(unusable), _) => untrue(&unusable.path, unusable.fault.phrase()),
        (None, Some((path, violation))) => {
            Err(Fault::ByTheBook { path: path.clone(), violation: violation.clone() })
        }
        (None, None) => Ok(()),
    }
}

/// What a person compares and needs tonight.
fn describe_book(book: &Book) -> Result<String, Fault> {
    let (about, state, seen) = (&book.about, book.excerpt.state(), book.excerpt.seen());
    let lang = answer_language();
    let number = state.precincts.get(&about.precinct).map_or("", |own| own.formed.number.as_str());
    let commission = state.commissions.get(&book.author);
    let commission =
        commission.map_or(book.author.as_str(), |own| name_in_language(lang, &own.name, own.names.as_ref()));
    let election = state.elections.get(&about.election);
    let election = election.map_or(about.election.as_str(), |own| election_name(own, lang));
    let poll = book.poll();
    let figure = |number: Option<u64>| number.map_or_else(|| "-".to_owned(), |number| number.to_string());
    let status = poll.map_or_else(String::new, |poll| law_word(&format!("poll-{}", poll.status().name())));
    let args = [
        ("entries", about.events.to_string().into()),
        ("size", seen.size.to_string().into()),
        ("waiting", book.own.len().to_string().into()),
        ("unsigned", book.unsigned.len().to_string().into()),
    ];
    let pairs = [
        ("book-ledger", about.ledger.in_groups()),
        ("book-election", election.to_owned()),
        ("book-precinct", format!("№ {number}, {commission}")),
        ("book-tree", format!("{} · {}", seen.size, seen.root.in_groups())),
        ("book-proved", say("book-proved-value", &args)),
        ("book-list", figure(poll.and_then(|poll| poll.list))),
        ("book-delivered", figure(poll.and_then(|poll| poll.delivered))),
        ("book-status", status),
        ("book-own", say("book-own-value", &args)),
    ];
    let mut text = mark_book(book).map(|mark| format!("{mark}\n")).unwrap_or_default();
    text.push_str(&table::format_pairs(&pairs.map(|(id, value)| (say(id, &[]), value))));
    text.push_str(&format!("\n\n{}\n", say("book-ballot", &[])));
    for (n, (_, kk, ru)) in list_ballot(book).into_iter().enumerate() {
        text.push_str(&format!("{:>4}. {kk} / {ru}\n", n + 1));
    }
    text.push_str(&format!("\n{}\n", say("book-members", &[])));
    for seat in list_seats(state, &book.author) {
        let key = match seat.key {
            _ if seat.suspended.is_some() => say("form-word-suspended", &[]),
            Some(key) => describe_key(key),
            None => say("book-no-key", &[]),
        };
        let who = name_seat_plainly(lang, Some(state), book.author.as_str(), seat.seat.as_str());
        text.push_str(&format!("      {who:<44} {key}\n"));
    }
    text.push_str(&format!("\n{}\n", say("book-places", &[])));
    for (chain, seq) in list_next_places(book)? {
        let who = match chain.desk.as_str() {
            "board" => say("book-board", &[]),
            seat => title_of_seat(lang, seat),
        };
        let stem = format!("{}-{seq}", chain.desk);
        let next = say("book-next", &[("number", seq.to_string().into()), ("form", stem.into())]);
        text.push_str(&format!("      {who:<44} {next}\n"));
    }
    for (path, why) in list_refused(book) {
        text.push_str(&format!("\n{}\n", say("book-refused", &[("path", path.into()), ("why", why.into())])));
    }
    Ok(text.trim_end().to_owned())
}

/// The beginning of a key, by which people tell keys apart; the whole of it stands in the JSON.
fn describe_key(key: Key) -> String {
    let short: String = key.to_string().chars().take(KEY_SHORT).collect();
    say("legible-key", &[("key", format!("{short}…").into())])
}

/// Every file of the outbox that the ledger would not take, and why.
fn list_refused(book: &Book) -> Vec<(String, String)> {
    let unusable = book.unusable.iter().map(|one| (one.path.display().to_string(), say_fault(&one.fault)));
    let doubtful = book.doubtful.iter();
    let doubtful = doubtful.map(|(path, why)| (path.display().to_string(), say_fault(why)));
    unusable.chain(doubtful).collect()
}

/// Candidates in the order of the ballot, in both languages of it.
fn list_ballot(book: &Book) -> Vec<(&Id, &str, &str)> {
    let Some(election) = book.excerpt.state().elections.get(&book.about.election) else { return Vec::new() };
    let line = |id| {
        let nominated = &election.candidates.get(id)?.nominated;
        Some((id, nominated.name_kk.as_str(), nominated.name_ru.as_str()))
    };
    election.ballot_lines().iter().filter_map(line).collect()
}

/// The next place of each desk that speaks at the precinct.
fn list_next_places(book: &Book) -> Result<Vec<(Chain, u64)>, Fault> {
    let mut desks: Vec<&str> = FACTS.iter().map(|(_, desk)| *desk).collect();
    desks.sort_unstable();
    desks.dedup();
    let place = |desk| {
        let chain = book.chain(desk)?;
        let seq = book.excerpt.next_in(&chain).0;
        Ok((chain, seq))
    };
    desks.into_iter().map(place).collect()
}

/// What of the election is made up.
fn mark_book(book: &Book) -> Option<String> {
    let state = book.excerpt.state();
    mark_test(state, &state.elections.get(&book.about.election).map(|own| state.synthetic_kinds_of(own))?)
}

/// Each seat of the commission with its key, which the text only begins.
fn list_members(book: &Book) -> Vec<serde_json::Value> {
    let seats = list_seats(book.excerpt.state(), &book.author);
    seats.iter().map(|own| json!({ "seat": own.seat, "name": own.name, "key": own.key })).collect()
}

fn encode_book(book: &Book) -> Result<serde_json::Value, Fault> {
    let (about, seen, poll) = (&book.about, book.excerpt.seen(), book.poll());
    let state = book.excerpt.state();
    let files = |files: Vec<&PathBuf>| -> Vec<String> {
        files.into_iter().map(|file| file.display().to_string()).collect()
    };
    let places = list_next_places(book)?;
    let chains: serde_json::Map<String, serde_json::Value> =
        places.into_iter().map(|(chain, seq)| (chain.key(), json!(seq))).collect();
    Ok(json!({
        "ledger": about.ledger,
        "election": about.election,
        "precinct": about.precinct,
        "commission": book.author,
        "tree": seen,
        "proved": about.events,
        "ballot": list_ballot(book).into_iter().map(|(id, ..)| id).collect::<Vec<_>>(),
        "members": list_members(book),
        "list": poll.and_then(|poll| poll.list),
        "delivered": poll.and_then(|poll| poll.delivered),
        "status": poll.map(|poll| poll.status().name()),
        "synthetic": state.elections.get(&about.election).map(|own| state.synthetic_kinds_of(own)),
        "next": chains,
        "waiting": files(book.own.iter().map(|(file, _)| file).collect()),
        "unsigned": files(book.unsigned.iter().map(|(file, _)| file).collect()),
        "refused": list_refused(book).into_iter().map(|(file, _)| file).collect::<Vec<_>>(),
    }))
}
