//! `hattama event draft FACT --book DIR`: a draft without a line, from a form that the commission fills in.
//!
//! In: writing the form, reading it back, adding it up, judging it by what the book holds. Out: the form (`form`), the book
//! (`book`), what the ledger says to it when there is a line (`node`).

use std::path::{Path, PathBuf};

use clap::Args;
use event::{Id, Key, SignedEvent};
use law::{Fact, Finding};
use ledger::Chain;
use texts::refusal::refused;

use super::{
    at_or_now, check,
    draft::{Draft, signer, stated},
    read_signed, write_text, write_whole,
};
use crate::{
    book::{Book, BookFault, OUTBOX, bounded},
    eprint,
    fault::Fault,
    form::{self, FACTS, Form, Sheet},
    print,
    texts::say,
};

/// Portable boxes that a form has room for.
const BOXES_MAX: usize = 50;

/// Words of a draft from a book.
#[derive(Debug, Args)]
pub(crate) struct Booked {
    /// A precinct's book, instead of a ledger: author, election, place in the chain and tree seen are taken from it
    #[arg(long, env = "HATTAMA_BOOK", value_name = "DIR", conflicts_with_all = ["author", "election"])]
    pub(super) book: Option<PathBuf>,
    /// For how many portable boxes a new form has lines [default: 1]
    #[arg(long, env = "HATTAMA_BOXES", value_name = "N", requires = "book")]
    boxes: Option<usize>,
    /// Write the draft although the ledger would refuse it, as far as the book knows: it may be older than what the
    /// commission above has recorded since
    #[arg(long, env = "HATTAMA_ANYWAY", requires = "book")]
    anyway: bool,
    /// A signed event of the outbox that was not sent, or was refused: the draft takes its place and voids it
    #[arg(long, env = "HATTAMA_VOIDS", value_name = "FILE", requires = "book")]
    voids: Option<PathBuf>,
}

/// What a form or a body came to.
struct Said {
    fact: Fact,
    signers: Vec<Key>,
    papers: Vec<PathBuf>,
    votes: Vec<(Id, u64)>,
}

pub(super) fn draft(words: &Draft, dir: &Path) -> Result<(), Fault> {
    let voided = words.booked.voids.as_deref().map(read_signed).transpose()?;
    let voids = voided.as_ref().map(SignedEvent::hash).transpose()?;
    let book = Book::open_without(dir, voids)?;
    let desk = words.desk.as_deref().unwrap_or_else(|| desk_of(&words.fact));
    let chain = book.chain(desk)?;
    let (seq, prev) = book.excerpt.next_in(&chain);
    if let (Some(path), Some(voided)) = (&words.booked.voids, &voided) {
        let event = &voided.event;
        if Chain::of(event) != chain || (event.author_seq, event.author_prev) != (seq, prev) {
            let expected =
                format!("--voids with the event at place {seq} of {chain}, which the ledger does not have");
            return Err(Fault::Argument { expected, found: path.display().to_string() });
        }
    }
    if let Some(astray) = book.astray.iter().find(|astray| astray.chain == chain) {
        return Err(BookFault::Astray { path: astray.path.clone(), found: astray.fault.to_string() }.into());
    }
    let place = format!("{desk}-{seq}");
    let stem = format!("{place}-{}", words.fact);
    let out = words.out.clone().unwrap_or_else(|| free(dir, &stem, voids.is_some()));
    give_way(&book, &chain, &out)?;
    let said = match &words.body {
        Some(body) => of_body(words, &book, &chain, body)?,
        None => match of_form(words, &book, &chain, &stem, &place)? {
            Some(said) => said,
            None => return Ok(()),
        },
    };
    if said.signers.is_empty() {
        return Err(BookFault::NobodySigns.into());
    }
    let at = at_or_now(words.at.as_deref(), book.excerpt.state())?;
    let mut event = book.excerpt.draft(chain, &said.fact, at, said.signers)?;
    event.event.voids.extend(voids);
    said.votes.iter().for_each(|(id, votes)| print(&line(&book, id, *votes)));
    judged(words, &book, &event, &out)?;
    write_whole(&out, &event::json::encode(&event)?)?;
    let args = [
        ("path", out.display().to_string().into()),
        ("hash", event.hash()?.in_groups().into()),
        ("signers", event.event.signers.len().into()),
    ];
    print(&say("draft-written", &args));
    for paper in said.papers {
        eprint(&say("draft-paper", &[("path", paper.display().to_string().into())]));
    }
    Ok(())
}

/// The votes of one candidate, by name, as they were read.
fn line(book: &Book, id: &Id, votes: u64) -> String {
    let election = book.excerpt.state().elections.get(&book.about.election);
    let candidate = election.and_then(|election| election.candidates.get(id));
    let name = candidate.map_or(id.as_str(), |candidate| candidate.nominated.name_kk.as_str());
    format!("{votes:>9}  {name} ({id})")
}

/// The file of a draft; the one that is to be voided keeps its own.
fn free(dir: &Path, stem: &str, voids: bool) -> PathBuf {
    let outbox = dir.join(OUTBOX);
    let name = |n: usize| if n == 1 { format!("{stem}.json") } else { format!("{stem}-{n}.json") };
    let taken = |path: &PathBuf| read_signed(path).is_ok_and(|one| one.missing().is_empty());
    let mut names = (1..100).map(|n| outbox.join(name(n)));
    let first = outbox.join(name(1));
    if voids { names.find(|path| !taken(path)).unwrap_or(first) } else { first }
}

/// Who states a fact unless somebody else is named.
fn desk_of(fact: &str) -> &'static str {
    FACTS.iter().find(|(name, _)| *name == fact).map_or("board", |(_, desk)| *desk)
}

/// Of one chain the earlier event is signed before the later one is drafted; a draft that nobody has signed gives way, and is
/// gone before its form is read again: nobody signs old figures by mistake.
fn give_way(book: &Book, chain: &Chain, out: &Path) -> Result<(), Fault> {
    let whole = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    for (path, one) in book.unsigned.iter().filter(|(_, one)| Chain::of(&one.event) == *chain) {
        if whole(path) != whole(out) || !one.signatures.is_empty() {
            let (expected, missing) = (one.event.signers.len(), one.missing().len());
            return Err(Fault::Unsigned { path: path.clone(), expected, found: expected - missing });
        }
        std::fs::remove_file(path).map_err(|error| Fault::Write { path: path.clone(), error })?;
        eprint(&say("draft-gone", &[("path", path.display().to_string().into())]));
    }
    if out.exists() {
        let expected = "a file that is not there yet".to_owned();
        return Err(Fault::Argument { expected, found: out.display().to_string() });
    }
    Ok(())
}

fn of_body(words: &Draft, book: &Book, chain: &Chain, body: &Path) -> Result<Said, Fault> {
    let fact = stated(&words.fact, body)?;
    Ok(Said { fact, signers: named(words, book, chain)?, papers: Vec::new(), votes: Vec::new() })
}

/// Those who were named, or the one who speaks at the desk.
fn named(words: &Draft, book: &Book, chain: &Chain) -> Result<Vec<Key>, Fault> {
    let state = book.excerpt.state();
    match words.signer.as_slice() {
        [] => Ok(vec![signer(state, chain, chain.desk.as_str())?]),
        named => named.iter().map(|text| signer(state, chain, text)).collect(),
    }
}

/// What the form says; nothing where it has only now been written.
fn of_form(
    words: &Draft,
    book: &Book,
    chain: &Chain,
    stem: &str,
    place: &str,
) -> Result<Option<Said>, Fault> {
    let path = form::file(&book.dir, stem);
    let written = boxes_in(&path)?;
    if let (Some(expected), Some(found)) = (written, words.booked.boxes)
        && expected != found
    {
        let expected = format!("--boxes {expected}, for which {} was written", path.display());
        return Err(Fault::Argument { expected, found: found.to_string() });
    }
    let boxes = written.or(words.booked.boxes).unwrap_or(1);
    if boxes > BOXES_MAX {
        let expected = format!("at most {BOXES_MAX} portable boxes");
        return Err(Fault::Argument { expected, found: boxes.to_string() });
    }
    let sheet = Sheet {
        state: book.excerpt.state(),
        election: &book.about.election,
        precinct: &book.about.precinct,
        author: &book.author,
        place,
        boxes,
        dir: &book.dir,
    };
    let no_form = || Fault::Argument {
        expected: format!(
            "--body, or one of the facts with a form: {}",
            FACTS.map(|(fact, _)| fact).join(", ")
        ),
        found: words.fact.clone(),
    };
    let form = sheet.form(&words.fact).ok_or_else(no_form)?;
    if !path.exists() {
        empty(&form, &path)?;
        return Ok(None);
    }
    let stated = form::stated(&words.fact, &sheet, &form.read_file(&path)?).ok_or_else(no_form)?;
    let signers = if desk_of(&words.fact) == "board" {
        if let Some(found) = words.signer.first() {
            let expected = "the members who sign on the form".to_owned();
            return Err(Fault::Argument { expected, found: format!("--signer {found}") });
        }
        keys(book, chain, &stated.seats)?
    } else {
        named(words, book, chain)?
    };
    Ok(Some(Said { fact: stated.fact, signers, papers: stated.papers, votes: stated.votes }))
}

/// For how many portable boxes a form was written, if there is one and it says so.
fn boxes_in(path: &Path) -> Result<Option<usize>, Fault> {
    if !path.exists() {
        return Ok(None);
    }
    let bytes = bounded(path, form::BYTES_MAX)?;
    let text = String::from_utf8_lossy(&bytes);
    let identity = text.lines().find(|line| line.trim_start().starts_with("form"));
    Ok(identity.and_then(|line| line.trim().rsplit_once(" boxes-")?.1.parse().ok()))
}

fn empty(form: &Form, path: &Path) -> Result<(), Fault> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(|error| Fault::Write { path: folder.to_owned(), error })?;
    }
    write_text(path, form.text().as_bytes())?;
    print(&say("form-written", &[("path", path.display().to_string().into())]));
    Ok(())
}

fn keys(book: &Book, chain: &Chain, seats: &[Id]) -> Result<Vec<Key>, Fault> {
    let commission = book.excerpt.state().commissions.get(&chain.author);
    let key = |seat: &Id| commission?.seat(seat.as_str())?.key;
    seats.iter().map(|seat| key(seat).ok_or_else(|| BookFault::NoKey { seat: seat.clone() }.into())).collect()
}

/// The sums on the screen, then the law; nothing is written that does not add up without a reason.
fn judged(words: &Draft, book: &Book, event: &SignedEvent, out: &Path) -> Result<(), Fault> {
    let (lines, broken) = check::lines(event, book.poll());
    lines.iter().for_each(|line| print(line));
    if broken > 0 && !words.booked.anyway {
        return Err(Fault::DoesNotAddUp { path: out.to_owned(), found: broken });
    }
    match book.excerpt.judge(event)? {
        Ok(findings) => findings.iter().for_each(|finding| print(&noted(finding))),
        Err(violation) if words.booked.anyway => eprint(&refused(&violation, out)),
        Err(violation) => return Err(Fault::ByTheBook { path: out.to_owned(), violation }),
    }
    Ok(())
}

fn noted(finding: &Finding) -> String {
    let rule = finding.violation.rule;
    let args = [("rule", rule.id().into()), ("said", finding.violation.to_string().into())];
    say("draft-noted", &args)
}
