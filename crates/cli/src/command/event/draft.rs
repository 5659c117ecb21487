//! `hattama event draft`: an unsigned event at the author's next place, with everything that the ledger knows.
//!
//! The law is asked before anybody signs. What the ledger will say in the end depends on when it receives the event.

use std::path::{Path, PathBuf};

use super::{
    at_once::AtOnceWords,
    body::read_body_value,
    booked::{self, BookDraft, BookWords},
    doubts::{describe_finding, print_doubts},
    voided::VoidedDrafts,
};
use crate::{
    fault::Fault,
    open::{received_at, time_or_now},
    source,
    terminal::{eprint, print},
};
use clap::Args;
use client::{
    files::{FileFault, read_signed, write_json_line},
    gathered::gather_drafts,
};
use commission::{
    book::{Book, layout::is_book},
    described::{describe_fact, facts_of_precincts},
    drafting::{
        Composed, Content, DraftOrder, body::DraftBody, compose_draft, ground::Ground, sheet::Sheet,
        speakers::Speakers, value::ValueGround,
    },
    form::{FACTS, form_path},
};
use event::SignedEvent;
use ledger::{Chain, Head, Prospect};
use phrase::{Phrase, phrase};
use texts::program::say;

/// Write an unsigned event at the author's next place
///
/// Whatever follows from the ledger is filled in: who speaks, the place in the chain, roots, sums, numbers, the order of the
/// ballot. The rest is said with --set, on a form (--form), or as JSON (--body); `hattama event facts FACT` says what it is.
/// The law is asked before anybody signs: a draft that the ledger would refuse is not written.
/// From a precinct's book (`hattama book new`) no line is needed: the first run writes a form to fill in, in the order of the
/// paper; the same command once more reads it, adds it up, and writes the draft into the book's outbox.
#[derive(Debug, Args)]
pub(crate) struct DraftWords {
    /// What is stated, as protocol-signed; `hattama event facts` lists all
    fact: String,
    /// What the draft stands on: a ledger, a published copy as folder, zip or address, a node, or a book; absent for
    /// ledger-opened
    #[arg(long, env = "HATTAMA_LEDGER", value_name = "SOURCE")]
    ledger: Option<PathBuf>,
    /// The commission that speaks [default: whom the law names]
    #[arg(long, env = "HATTAMA_AUTHOR", value_name = "ID")]
    author: Option<String>,
    /// `board`, or the seat of the one officer who acts [default: as the law has it]
    #[arg(long, env = "HATTAMA_DESK", value_name = "SEAT")]
    desk: Option<String>,
    /// The election, if it is about one [default: the one under way]
    #[arg(long, env = "HATTAMA_ELECTION", value_name = "ID")]
    election: Option<String>,
    /// Who signs: a seat of the author, or a public key in base64; once for each [default: everybody who may]
    #[arg(long, value_name = "SEAT|KEY")]
    signer: Vec<String>,
    /// A field of the content, as voters=400 or calendar.voting_ends="2025-10-12 20:00"; once for each
    #[arg(long, value_name = "FIELD=VALUE")]
    set: Vec<String>,
    /// The precinct, by id or by number
    #[arg(long, env = "HATTAMA_PRECINCT", value_name = "ID|NUMBER")]
    precinct: Option<String>,
    /// The candidate, by id or by name
    #[arg(long, env = "HATTAMA_CANDIDATE", value_name = "ID|NAME")]
    candidate: Option<String>,
    /// A form to fill in: written where it is not there yet, read where it is
    #[arg(long, env = "HATTAMA_FORM", value_name = "FILE", conflicts_with = "body")]
    form: Option<PathBuf>,
    /// The content, as JSON in a file; - for standard input. It is written in its one canonical form
    #[arg(long, env = "HATTAMA_BODY", value_name = "FILE")]
    body: Option<PathBuf>,
    /// When it is signed [default: now]
    #[arg(long, env = "HATTAMA_AT", value_name = "TIME")]
    at: Option<String>,
    /// The file to write [default: AUTHOR-DESK-PLACE-FACT.json; with a book, in its outbox]
    #[arg(long, env = "HATTAMA_OUT", value_name = "FILE")]
    out: Option<PathBuf>,
    /// Drafts that are on their way to the ledger, signed or not, or folders of them: the new one follows them
    #[arg(long, value_name = "FILE|DIR", num_args = 1..)]
    after: Vec<PathBuf>,
    /// A signed draft that was not sent, or was refused: the new one takes its place and voids it, with all that it had
    /// voided itself; once for each
    #[arg(long, env = "HATTAMA_VOIDS", value_name = "FILE")]
    voids: Vec<PathBuf>,
    #[command(flatten)]
    booked: BookWords,
    #[command(flatten)]
    at_once: AtOnceWords,
}

impl DraftWords {
    pub(crate) fn run(self) -> Result<(), Fault> {
        describe_fact(&self.fact)?;
        let voided = VoidedDrafts::read_files(&self.voids)?;
        let named_book = self.ledger.as_deref().filter(|dir| self.booked.book.is_none() && is_book(dir));
        match self.booked.book.as_deref().or(named_book) {
            Some(book) => self.draft_in_book(book, &voided),
            None => self.draft_on_ledger(&voided),
        }
    }

    /// Whether the content is said in another way than on the form of the paper.
    fn says_content(&self) -> bool {
        !self.set.is_empty() || self.precinct.is_some() || self.candidate.is_some() || self.form.is_some()
    }

    fn draft_in_book(&self, dir: &Path, voided: &VoidedDrafts) -> Result<(), Fault> {
        let on_paper = FACTS.iter().any(|(fact, _)| *fact == self.fact);
        if !self.says_content() && (on_paper || self.body.is_some()) {
            let draft = BookDraft {
                fact: &self.fact,
                desk: self.desk.as_deref(),
                signer: &self.signer,
                body: self.body.as_deref(),
                at: self.at.as_deref(),
                out: self.out.as_deref(),
                voided,
                words: &self.booked,
            };
            return booked::draft_from_book(&draft, dir);
        }
        let book = Book::open_without(dir, &voided.hashes())?;
        let stated = facts_of_precincts();
        if !stated.contains(&self.fact.as_str()) {
            let expected = phrase!(
                "argument-fact-of-a-precinct",
                "a fact that a precinct's commission states: {facts}",
                facts = stated.join(", ")
            );
            return Err(Fault::Argument { expected, found: Phrase::verbatim(&self.fact) });
        }
        let own = !self.says_content();
        let form = own.then(|| form_path(dir, &self.fact));
        self.draft_on(&Ground::Book(&book), form.as_deref().or(self.form.as_deref()), voided, Some(&book))
    }

    fn draft_on_ledger(&self, voided: &VoidedDrafts) -> Result<(), Fault> {
        let head = match &self.ledger {
            Some(path) => source::replay_source(path, None)?,
            None if self.fact == "ledger-opened" => Head::default(),
            None => {
                let expected = phrase!(
                    "argument-ledger",
                    "--ledger with the ledger, a copy of it, or the address of a node"
                );
                return Err(Fault::Argument { expected, found: phrase!("found-none", "none") });
            }
        };
        let mut prospect = Prospect::new(&head);
        expect_drafts(&mut prospect, &head, &self.after)?;
        self.draft_on(&Ground::Ledger(prospect), self.form.as_deref(), voided, None)
    }

    fn draft_on(
        &self,
        ground: &Ground<'_>,
        form: Option<&Path>,
        voided: &VoidedDrafts,
        book: Option<&Book>,
    ) -> Result<(), Fault> {
        let at = time_or_now(self.at.as_deref(), ground.state())?;
        let received = match ground {
            Ground::Ledger(_) => received_at(ground.state(), &at)?,
            Ground::Book(_) => event::Stamp::from_millis(at.seconds().saturating_mul(1000))?,
        };
        let folder = form.and_then(Path::parent).map(Path::to_owned).unwrap_or_default();
        let order = DraftOrder {
            fact: &self.fact,
            speakers: Speakers {
                author: self.author.as_deref(),
                election: self.election.as_deref(),
                desk: self.desk.as_deref(),
                signers: &self.signer,
            },
            at,
            received,
            dir: book.map_or(folder, |book| book.dir.clone()),
        };
        let Some(content) = self.read_content(ground, &order, form)? else { return Ok(()) };
        let draft = compose_draft(ground, &order, content)?;
        let chain = Chain::of_event(&draft.event.event);
        let (seq, prev) = ground.next_in(&chain);
        voided.require_place(&chain, (seq, prev))?;
        let stem = format!("{}-{}-{seq}-{}", chain.author, chain.desk, self.fact);
        let usual = || match book {
            Some(book) => book.draft_file(&format!("{}-{seq}-{}", chain.desk, self.fact), !voided.is_empty()),
            None => PathBuf::from(format!("{stem}.json")),
        };
        let out = self.out.clone().unwrap_or_else(usual);
        if let Some(book) = book {
            booked::remove_unsigned_draft(book, &chain, &out)?;
        }
        self.write_judged(ground, &order, draft, voided, &out)?;
        if let (Some(_), Some(form), None) = (book, form, &self.form) {
            // The next act of this kind begins with an empty form.
            let kept = form_path(&order.dir, &format!("{}-{seq}-{}", chain.desk, self.fact));
            std::fs::rename(form, &kept).map_err(|error| FileFault::Write { path: kept, error })?;
        }
        Ok(())
    }

    /// Asks the law, then writes.
    fn write_judged(
        &self,
        ground: &Ground<'_>,
        order: &DraftOrder<'_>,
        draft: Composed,
        voided: &VoidedDrafts,
        out: &Path,
    ) -> Result<(), Fault> {
        let event = voided.named_by(draft.event)?;
        match ground.judge(&event, order.received) {
            Ok(findings) => findings.iter().for_each(|finding| eprint(&describe_finding(finding))),
            Err(fault) if self.booked.anyway => eprint(&Fault::of_draft(fault, out).to_sentence()),
            Err(fault) => return Err(Fault::of_draft(fault, out)),
        }
        print_doubts(&draft.fact);
        write_draft(&event, out)?;
        let names = draft.known.join(", ");
        if !names.is_empty() {
            eprint(&say("draft-filled", &[("fields", names.into())]));
        }
        let args = [
            ("path", out.display().to_string().into()),
            ("hash", event.hash().in_groups().into()),
            ("signers", event.event.signers.len().into()),
        ];
        eprint(&say("draft-written", &args));
        for paper in draft.papers {
            eprint(&say("draft-paper", &[("path", paper.display().to_string().into())]));
        }
        self.at_once.sign(vec![out.to_owned()], self.booked.book.clone().or_else(|| self.ledger.clone()))
    }

    /// What was said on a form, as JSON, and by flags; nothing where a form has only now been written.
    fn read_content(
        &self,
        ground: &Ground<'_>,
        order: &DraftOrder<'_>,
        form: Option<&Path>,
    ) -> Result<Option<Content>, Fault> {
        let mut words = Vec::new();
        for (name, value) in [("precinct", &self.precinct), ("candidate", &self.candidate)] {
            words.extend(value.clone().map(|value| (name.to_owned(), value)));
        }
        for set in &self.set {
            let (name, value) = set.split_once('=').ok_or_else(|| Fault::Argument {
                expected: phrase!("argument-set", "--set with FIELD=VALUE"),
                found: Phrase::verbatim(set),
            })?;
            words.push((name.to_owned(), value.to_owned()));
        }
        let body = match (form, &self.body) {
            (Some(form), _) => {
                let sheet = Sheet::new(ground, order)?;
                if !form.exists() {
                    sheet.write_file(form)?;
                    print(&say("form-written", &[("path", form.display().to_string().into())]));
                    return Ok(None);
                }
                let values = ValueGround::new(ground.state(), sheet.election(), &order.dir);
                let read = sheet.read_file(form, &values);
                read.map_err(|fault| Fault::of_draft(fault, form))?
            }
            (None, Some(body)) => DraftBody::from_value(read_body_value(body)?),
            (None, None) => DraftBody::default(),
        };
        Ok(Some(Content { body, words }))
    }
}

/// Takes drafts as if the ledger had taken them in, each once the others let it in; they may be named in any order.
pub(crate) fn expect_drafts(
    prospect: &mut Prospect<'_>,
    head: &Head,
    files: &[PathBuf],
) -> Result<(), Fault> {
    let mut waiting = Vec::new();
    for path in gather_drafts(files)? {
        let earlier = read_signed(&path)?;
        waiting.push((path, received_at(head.state(), &earlier.event.at)?, earlier));
    }
    waiting.sort_by_key(|(_, _, earlier)| earlier.event.at.seconds());
    while !waiting.is_empty() {
        let before = waiting.len();
        let mut refused = None;
        let mut later = Vec::new();
        for (path, received, earlier) in waiting {
            match prospect.expect_event(&earlier, received) {
                Ok(_) => {}
                Err(refusal) => {
                    let fault = Fault::Unlawful { path: path.clone(), refusal: Box::new(refusal) };
                    refused.get_or_insert(fault);
                    later.push((path, received, earlier));
                }
            }
        }
        if let Some(fault) = refused.filter(|_| later.len() == before) {
            return Err(fault);
        }
        waiting = later;
    }
    Ok(())
}

/// Writes a draft where nothing is yet, and tells its hash.
fn write_draft(draft: &SignedEvent, out: &Path) -> Result<(), Fault> {
    if out.exists() {
        let expected = phrase!("argument-new-file", "a file that is not there yet");
        return Err(Fault::Argument { expected, found: Phrase::verbatim(out.display()) });
    }
    write_json_line(out, &event::json::encode(draft)?)?;
    print(&draft.hash().to_string());
    Ok(())
}
