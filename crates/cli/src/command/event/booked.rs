//! `hattama event draft FACT --book DIR`: a draft without a line, from a form that the commission fills in.
//!
//! In: writing the form, reading it back, adding it up, judging it by what the book holds. Out: the form (`form`), the book
//! (`book`), what the ledger says to it when there is a line (`node`).

use std::path::{Path, PathBuf};

use clap::Args;
use event::{Id, Key, SignedEvent};
use law::{Fact, Finding, Violation};
use ledger::Chain;

use super::{
    at_or_now, check,
    draft::{Draft, signer, stated},
    write_text, write_whole,
};
use crate::{
    book::{Book, OUTBOX},
    eprint,
    fault::{Fault, refused_by},
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
    #[arg(long, env = "HATTAMA_BOOK", value_name = "DIR")]
    pub(super) book: Option<PathBuf>,
    /// For how many portable boxes a new form has lines [default: 1]
    #[arg(long, env = "HATTAMA_BOXES", value_name = "N", requires = "book")]
    boxes: Option<usize>,
    /// Write the draft although the ledger would refuse it, as far as the book knows: it may be older than what the
    /// commission above has recorded since
    #[arg(long, env = "HATTAMA_ANYWAY", requires = "book")]
    anyway: bool,
}

/// What a form or a body came to.
struct Said {
    fact: Fact,
    signers: Vec<Key>,
    papers: Vec<PathBuf>,
}

pub(super) fn draft(words: &Draft, dir: &Path) -> Result<(), Fault> {
    let book = Book::open(dir)?;
    if let Some((path, error)) = book.astray.first() {
        return Err(Fault::Untrue { path: path.clone(), found: error.to_string() });
    }
    let desk = words.desk.as_deref().unwrap_or_else(|| desk_of(&words.fact));
    let chain = book.chain(desk)?;
    let (seq, _) = book.excerpt.next_in(&chain);
    let place = format!("{desk}-{seq}");
    let stem = format!("{place}-{}", words.fact);
    let out = words.out.clone().unwrap_or_else(|| dir.join(OUTBOX).join(format!("{stem}.json")));
    unsigned_before(&book, &chain, &out)?;
    let said = match &words.body {
        Some(body) => of_body(words, &book, &chain, body)?,
        None => match of_form(words, &book, &chain, &stem, &place)? {
            Some(said) => said,
            None => return Ok(()),
        },
    };
    let at = at_or_now(words.at.as_deref(), book.excerpt.state())?;
    let event = book.excerpt.draft(chain, &said.fact, at, said.signers)?;
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

/// Who states a fact unless somebody else is named.
fn desk_of(fact: &str) -> &'static str {
    FACTS.iter().find(|(name, _)| *name == fact).map_or("board", |(_, desk)| *desk)
}

/// Of one chain the earlier event is signed before the later one is drafted; a draft that nobody has signed gives way.
fn unsigned_before(book: &Book, chain: &Chain, out: &Path) -> Result<(), Fault> {
    let same = |(_, one): &&(PathBuf, SignedEvent)| Chain::of(&one.event) == *chain;
    for (path, one) in book.unsigned.iter().filter(same) {
        if path != out || !one.signatures.is_empty() {
            let (expected, missing) = (one.event.signers.len(), one.missing().len());
            return Err(Fault::Unsigned { path: path.clone(), expected, found: expected - missing });
        }
    }
    Ok(())
}

fn of_body(words: &Draft, book: &Book, chain: &Chain, body: &Path) -> Result<Said, Fault> {
    let fact = stated(&words.fact, body)?;
    Ok(Said { fact, signers: named(words, book, chain)?, papers: Vec::new() })
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
    let boxes = match words.booked.boxes {
        Some(boxes) => boxes,
        None => boxes_in(&path),
    };
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
    let signers = match chain.desk.as_str() {
        "board" => keys(book, chain, &stated.seats)?,
        _ => named(words, book, chain)?,
    };
    Ok(Some(Said { fact: stated.fact, signers, papers: stated.papers }))
}

/// How many portable boxes a form was written for.
fn boxes_in(path: &Path) -> usize {
    let text = std::fs::read_to_string(path).unwrap_or_default();
    let number = |line: &str| line.trim().strip_prefix("7.")?.split_once('.')?.0.parse::<usize>().ok();
    let filled = text.lines().any(|line| line.starts_with("form"));
    text.lines().filter_map(number).max().unwrap_or(usize::from(!filled))
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
    seats.iter().map(|seat| signer(book.excerpt.state(), chain, seat.as_str())).collect()
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

/// What the ledger would answer.
pub(crate) fn refused(violation: &Violation, path: &Path) -> String {
    let said = format!("expected {}, found {}", violation.expected, violation.found);
    refused_by(
        violation.rule,
        &path.display().to_string(),
        &verifier::texts::framed(crate::texts::lang(), &said),
    )
}
