//! `hattama event draft FACT --book DIR`: a draft without a line, from a form that the commission fills in.

use std::path::{Path, PathBuf};

use clap::Args;
use client::files::{FileFault, write_json_line};
use commission::{
    book::{Book, fault::BookFault},
    form::{self, FACTS, FormSubject, read_boxes, usual_desk},
};
use event::{Id, Key, SignedEvent};
use law::Fact;
use ledger::Chain;
use phrase::{Phrase, Phrased as _, phrase};
use texts::{program::say, refusal::describe_violation};

use super::{
    body::{find_signer, read_fact},
    check,
    doubts::{describe_finding, print_doubts},
    voided::VoidedDrafts,
};
use crate::{
    fault::Fault,
    open::time_or_now,
    terminal::{eprint, print},
};

/// Portable boxes that a form has room for.
const BOXES_MAX: usize = 50;

/// Words of a draft from a book.
#[derive(Debug, Args)]
pub(crate) struct BookWords {
    /// A precinct's book, instead of a ledger: author, election, place in the chain and tree seen are taken from it
    #[arg(long, env = "HATTAMA_BOOK", value_name = "DIR", conflicts_with_all = ["author", "election"])]
    pub(super) book: Option<PathBuf>,
    /// For how many portable boxes a new form has lines [default: 1]
    #[arg(long, env = "HATTAMA_BOXES", value_name = "N", requires = "book")]
    boxes: Option<usize>,
    /// Write the draft although the ledger would refuse it, as far as the source knows: it may be older than what others have
    /// recorded since
    #[arg(long, env = "HATTAMA_ANYWAY")]
    pub(super) anyway: bool,
}

/// The words of one draft from a book.
pub(super) struct BookDraft<'a> {
    /// What is stated.
    pub(super) fact: &'a str,
    /// Who speaks, unless it is whom the law names.
    pub(super) desk: Option<&'a str>,
    /// Seats or keys that sign, where no form says it.
    pub(super) signer: &'a [String],
    /// The content, instead of a form.
    pub(super) body: Option<&'a Path>,
    /// When it is signed, unless now.
    pub(super) at: Option<&'a str>,
    /// The file to write, unless it is in the book's outbox.
    pub(super) out: Option<&'a Path>,
    /// The earlier drafts that it replaces.
    pub(super) voided: &'a VoidedDrafts,
    /// What only a book's draft knows.
    pub(super) words: &'a BookWords,
}

/// What a form or a body came to.
struct DraftContent {
    fact: Fact,
    signers: Vec<Key>,
    papers: Vec<PathBuf>,
    votes: Vec<(Id, u64)>,
}

pub(super) fn draft_from_book(draft: &BookDraft<'_>, dir: &Path) -> Result<(), Fault> {
    let book = Book::open_without(dir, &draft.voided.hashes())?;
    let desk = draft.desk.unwrap_or_else(|| usual_desk(draft.fact));
    let chain = book.chain(desk)?;
    let (seq, prev) = book.excerpt.next_in(&chain);
    draft.voided.require_place(&chain, (seq, prev))?;
    if let Some(unusable) = book.unusable.iter().find(|unusable| unusable.chain == chain) {
        return Err(
            BookFault::Unusable { path: unusable.path.clone(), found: unusable.fault.phrase() }.into()
        );
    }
    let place = format!("{desk}-{seq}");
    let stem = format!("{place}-{}", draft.fact);
    let out = draft.out.map_or_else(|| book.draft_file(&stem, !draft.voided.is_empty()), Path::to_owned);
    remove_unsigned_draft(&book, &chain, &out)?;
    let said = match draft.body {
        Some(body) => content_of_body(draft, &book, &chain, body)?,
        None => match content_of_form(draft, &book, &chain, &stem, &place)? {
            Some(said) => said,
            None => return Ok(()),
        },
    };
    if said.signers.is_empty() {
        return Err(BookFault::NobodySigns.into());
    }
    let at = time_or_now(draft.at, book.excerpt.state())?;
    let event = draft.voided.named_by(book.excerpt.draft(chain, &said.fact, at, said.signers)?)?;
    said.votes.iter().for_each(|(id, votes)| print(&describe_votes(&book, id, *votes)));
    judge_draft(draft, &book, &event, &out)?;
    print_doubts(&said.fact);
    write_json_line(&out, &event::json::encode(&event)?)?;
    let args = [
        ("path", out.display().to_string().into()),
        ("hash", event.hash().in_groups().into()),
        ("signers", event.event.signers.len().into()),
    ];
    print(&say("draft-written", &args));
    for paper in said.papers {
        eprint(&say("draft-paper", &[("path", paper.display().to_string().into())]));
    }
    Ok(())
}

/// The votes of one candidate, by name, as they were read.
fn describe_votes(book: &Book, id: &Id, votes: u64) -> String {
    let election = book.excerpt.state().elections.get(&book.about.election);
    let candidate = election.and_then(|election| election.candidates.get(id));
    let name = candidate.map_or(id.as_str(), |candidate| candidate.nominated.name_kk.as_str());
    format!("{votes:>9}  {name} ({id})")
}

/// Of one chain the earlier event is signed before the later one is drafted; a draft that nobody has signed gives way, and is
/// gone before its form is read again: nobody signs old figures by mistake.
pub(super) fn remove_unsigned_draft(book: &Book, chain: &Chain, out: &Path) -> Result<(), Fault> {
    let whole = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    for (path, one) in book.unsigned.iter().filter(|(_, one)| Chain::of_event(&one.event) == *chain) {
        if whole(path) != whole(out) || !one.signatures.is_empty() {
            let (expected, missing) = (one.event.signers.len(), one.missing_signers().len());
            return Err(Fault::Unsigned { path: path.clone(), expected, found: expected - missing });
        }
        std::fs::remove_file(path).map_err(|error| FileFault::Write { path: path.clone(), error })?;
        eprint(&say("draft-gone", &[("path", path.display().to_string().into())]));
    }
    if out.exists() {
        let expected = phrase!("argument-new-file", "a file that is not there yet");
        return Err(Fault::Argument { expected, found: Phrase::verbatim(out.display()) });
    }
    Ok(())
}

fn content_of_body(
    draft: &BookDraft<'_>,
    book: &Book,
    chain: &Chain,
    body: &Path,
) -> Result<DraftContent, Fault> {
    let fact = read_fact(draft.fact, body)?;
    Ok(DraftContent {
        fact,
        signers: find_named_signers(draft, book, chain)?,
        papers: Vec::new(),
        votes: Vec::new(),
    })
}

/// Those who were named, or the one who speaks at the desk.
fn find_named_signers(draft: &BookDraft<'_>, book: &Book, chain: &Chain) -> Result<Vec<Key>, Fault> {
    let state = book.excerpt.state();
    match draft.signer {
        [] => Ok(vec![find_signer(state, chain, chain.desk.as_str())?]),
        named => named.iter().map(|text| find_signer(state, chain, text)).collect(),
    }
}

/// What the form says; nothing where it has only now been written.
fn content_of_form(
    draft: &BookDraft<'_>,
    book: &Book,
    chain: &Chain,
    stem: &str,
    place: &str,
) -> Result<Option<DraftContent>, Fault> {
    let path = form::form_path(&book.dir, stem);
    let written = read_boxes(&path)?;
    if let (Some(expected), Some(found)) = (written, draft.words.boxes)
        && expected != found
    {
        let expected =
            phrase!("argument-boxes", "--boxes {expected}, for which {path} was written", path = path);
        return Err(Fault::Argument { expected, found: Phrase::verbatim(found) });
    }
    let boxes = written.or(draft.words.boxes).unwrap_or(1);
    if boxes > BOXES_MAX {
        let expected = phrase!("argument-boxes-at-most", "at most {BOXES_MAX} portable boxes");
        return Err(Fault::Argument { expected, found: Phrase::verbatim(boxes) });
    }
    let sheet = FormSubject {
        state: book.excerpt.state(),
        election: &book.about.election,
        precinct: &book.about.precinct,
        author: &book.author,
        place,
        boxes,
        dir: &book.dir,
    };
    let no_form = || Fault::Argument {
        expected: phrase!(
            "argument-body-or-form",
            "--body, or one of the facts with a form: {facts}",
            facts = FACTS.map(|(fact, _)| fact).join(", ")
        ),
        found: Phrase::verbatim(draft.fact),
    };
    let form = sheet.empty_form(draft.fact).ok_or_else(no_form)?;
    if !path.exists() {
        form.write_file(&path)?;
        print(&say("form-written", &[("path", path.display().to_string().into())]));
        return Ok(None);
    }
    let stated = form::read_statement(draft.fact, &sheet, &form.read_file(&path)?).ok_or_else(no_form)?;
    let signers = if usual_desk(draft.fact) == "board" {
        if let Some(found) = draft.signer.first() {
            let expected = phrase!("argument-signers-on-the-form", "the members who sign on the form");
            return Err(Fault::Argument {
                expected,
                found: Phrase::verbatim(format_args!("--signer {found}")),
            });
        }
        book.find_keys(chain, &stated.seats)?
    } else {
        find_named_signers(draft, book, chain)?
    };
    Ok(Some(DraftContent { fact: stated.fact, signers, papers: stated.papers, votes: stated.votes }))
}

/// The sums on the screen, then the law; nothing is written that does not add up without a reason.
fn judge_draft(draft: &BookDraft<'_>, book: &Book, event: &SignedEvent, out: &Path) -> Result<(), Fault> {
    let (lines, broken) = check::check_ratios(event, book.poll());
    lines.iter().for_each(|line| print(line));
    if broken > 0 && !draft.words.anyway {
        return Err(Fault::DoesNotAddUp { path: out.to_owned(), found: broken });
    }
    match book.excerpt.judge_event(event)? {
        Ok(findings) => findings.iter().for_each(|finding| print(&describe_finding(finding))),
        Err(violation) if draft.words.anyway => eprint(&describe_violation(&violation, out)),
        Err(violation) => return Err(Fault::ByTheBook { path: out.to_owned(), violation }),
    }
    Ok(())
}
