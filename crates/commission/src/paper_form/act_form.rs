//! The form of an act that has no form of the paper, while it is filled in: a complaint, a new protocol in the place of another.
//!
//! Its file is that of the command (`forms/FACT.txt`, as `drafting::sheet` writes it), and what follows from the book is shown and not asked for.

use std::{
    fs,
    path::{Path, PathBuf},
};

use client::files::{FileFault, write_atomically, write_json_line};
use event::{Id, SignedEvent, Stamp, Time};
use law::Signing;
use ledger::Chain;

use super::{
    draft::{PaperDraft, find_earlier_drafts},
    fault::PaperFormFault,
    one_line::one_line,
    require_short,
};
use crate::{
    book::{Book, layout::OUTBOX},
    described::{describe_fact, facts_of_precincts, field::FieldKind},
    drafting::{
        Content, DraftOrder, compose_draft,
        fault::{DraftFault, SheetFault},
        ground::Ground,
        sheet::Sheet,
        speakers::Speakers,
        value::ValueGround,
    },
    form::{FACTS, TypedValues, form_path, read_typed_values},
};

/// One line of such a form.
#[derive(Debug, Clone)]
pub enum ActLine {
    /// Over the lines that follow.
    Heading(String),
    /// What the book knows.
    Known(String),
    /// What somebody has to say: its number, its words, what stands there from the beginning, what it holds.
    Asked(String, String, String, Option<FieldKind>),
}

/// What an act stands on, who states it, and where its form and its draft are kept.
pub struct ActPlace<'a> {
    /// A book, or a ledger with what is on its way to it.
    pub ground: Ground<'a>,
    /// The folder of forms, papers and documents.
    pub dir: &'a Path,
    /// Drafts that somebody has still to sign.
    pub unsigned: &'a [(PathBuf, SignedEvent)],
    /// The commission, where the ground does not say it.
    pub author: Option<Id>,
    /// The election, where the ground does not say it.
    pub election: Option<Id>,
    /// The seat of the officer at this desk, who states alone what one officer states.
    pub seat: Option<Id>,
    /// The seats that sign for the board; everybody who may where none is named.
    pub board: Vec<String>,
    /// What it is about: a field and its value, said before anything is asked for.
    pub about: Option<(String, String)>,
}

impl<'a> ActPlace<'a> {
    /// The acts of a precinct's commission.
    #[must_use]
    pub fn of_book(book: &'a Book) -> Self {
        let (ground, unsigned) = (Ground::Book(book), book.unsigned.as_slice());
        Self {
            ground,
            dir: &book.dir,
            unsigned,
            author: None,
            election: None,
            seat: None,
            board: Vec::new(),
            about: None,
        }
    }

    /// Where the form of a fact is kept, by the name of the fact or of its draft.
    fn form_path(&self, stem: &str) -> PathBuf {
        match &self.about {
            Some((_, about)) => form_path(self.dir, &format!("{stem}.{about}")),
            None => form_path(self.dir, stem),
        }
    }

    fn words(&self) -> Vec<(String, String)> {
        self.about.iter().cloned().collect()
    }

    /// Whether a fact may have a form here.
    fn may_open(&self, fact: &str) -> bool {
        match &self.ground {
            Ground::Book(_) => {
                facts_of_precincts().contains(&fact) && !FACTS.iter().any(|(name, _)| *name == fact)
            }
            Ground::Ledger(_) => describe_fact(fact).is_ok(),
        }
    }
}

/// The form of one act of a commission.
pub struct ActForm<'a> {
    place: ActPlace<'a>,
    /// The desk, where one officer states it.
    desk: Option<String>,
    /// The seats that sign, where not everybody does who may.
    signers: Vec<String>,
    /// Whether the board states it.
    pub is_of_the_board: bool,
    fact: String,
    at: Time,
    sheet: Sheet,
    path: PathBuf,
    /// Its lines.
    pub lines: Vec<ActLine>,
}

impl<'a> ActForm<'a> {
    /// The form of a fact at a time.
    ///
    /// # Errors
    /// [`PaperFormFault`]: the fact has no form here, or nobody knows who speaks.
    pub fn open(place: ActPlace<'a>, fact: &str, at: Time) -> Result<Self, PaperFormFault> {
        if !place.may_open(fact) {
            return Err(PaperFormFault::NoForm { found: fact.to_owned() });
        }
        // Of one kind one is begun after the other: the next would take the place of the draft and of its form.
        if let Some((path, _)) = place.unsigned.iter().find(|(_, one)| one.event.fact.as_str() == fact) {
            return Err(PaperFormFault::DraftWaits { path: path.clone() });
        }
        let signing = describe_fact(fact).ok().and_then(|own| own.signing().ok());
        let alone = matches!(signing, Some(Signing::Officer(_)));
        let is_of_the_board = matches!(signing, Some(Signing::Board(_)));
        let desk = place.seat.as_ref().filter(|_| alone).map(Id::to_string);
        let named = if is_of_the_board { place.board.clone() } else { Vec::new() };
        let signers: Vec<String> = desk.iter().cloned().chain(named).collect();
        let sheet = Sheet::about(
            &place.ground,
            &order_of(&place, (desk.as_deref(), &signers), fact, &at)?,
            place.words(),
        )?;
        let lines = sheet.text().lines().filter_map(|line| read_line(line, &sheet)).collect();
        let path = place.form_path(fact);
        Ok(Self { place, desk, signers, is_of_the_board, fact: fact.to_owned(), at, sheet, path, lines })
    }

    /// What was typed so far.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn read_typed(&self) -> Result<TypedValues, PaperFormFault> {
        if !self.path.exists() {
            return Ok(self.begin());
        }
        let text = self.sheet.read_text(&self.path)?;
        let mut faults = self.sheet.read(&text, &self.values()).err().unwrap_or_default();
        faults.retain(SheetFault::is_of_the_file);
        if !faults.is_empty() {
            return Err(DraftFault::Sheet(faults).into());
        }
        Ok(self.keep_own(&read_typed_values(&text)))
    }

    /// What stands on its lines before anybody types.
    fn begin(&self) -> TypedValues {
        let asked = self.lines.iter().filter_map(|line| match line {
            ActLine::Asked(number, _, said, _) if !said.is_empty() => Some((number.clone(), said.clone())),
            _ => None,
        });
        asked.collect()
    }

    /// What was typed behind numbers of this form, each on one line.
    #[must_use]
    pub fn keep_own(&self, typed: &TypedValues) -> TypedValues {
        let own = self.lines.iter().filter_map(|line| match line {
            ActLine::Asked(number, ..) => {
                let value = one_line(typed.get(number)?);
                (!value.is_empty()).then(|| (number.clone(), value))
            }
            _ => None,
        });
        own.collect()
    }

    /// Keeps what was typed, right or wrong.
    ///
    /// # Errors
    /// Where the file cannot be written.
    pub fn save_typed(&self, typed: &TypedValues) -> Result<(), PaperFormFault> {
        if let Some(folder) = self.path.parent() {
            fs::create_dir_all(folder)
                .map_err(|error| FileFault::Write { path: folder.to_owned(), error })?;
        }
        let typed = self.keep_own(typed);
        let mut text = String::new();
        for line in self.sheet.text().lines() {
            match split_asked(line) {
                Some((number, label, _)) => {
                    let value = typed.get(number).map_or("", String::as_str);
                    text.push_str(format!("{number}) {label} = {value}").trim_end());
                }
                None => text.push_str(line),
            }
            text.push('\n');
        }
        require_short(&text)?;
        Ok(write_atomically(&self.path, text.as_bytes())?)
    }

    fn values(&self) -> ValueGround<'_> {
        ValueGround::new(self.place.ground.state(), self.sheet.election(), self.place.dir)
    }

    /// Reads the kept form, asks the law as far as the book knows, and writes the draft into the outbox. The form is kept under the
    /// name of the draft: the next act of this kind begins with an empty one.
    ///
    /// # Errors
    /// [`PaperFormFault`]; no draft was written.
    pub fn write_draft(&self) -> Result<PaperDraft, PaperFormFault> {
        let ground = &self.place.ground;
        let order = order_of(&self.place, (self.desk.as_deref(), &self.signers), &self.fact, &self.at)?;
        let body = self.sheet.read_file(&self.path, &self.values())?;
        let draft = compose_draft(ground, &order, Content { body, words: self.place.words() })?;
        let chain = Chain::of_event(&draft.event.event);
        let (seq, _) = ground.next_in(&chain);
        let stem = format!("{}-{seq}-{}", chain.desk, self.fact);
        let about = self.place.about.as_ref().map_or_else(String::new, |(_, about)| format!(".{about}"));
        let path = self.place.dir.join(OUTBOX).join(format!("{stem}{about}.json"));
        if let Some(path) = find_earlier_drafts(self.place.unsigned, &chain, &path)?.pop() {
            return Err(PaperFormFault::DraftWaits { path });
        }
        let findings = ground.judge(&draft.event, order.received)?;
        write_json_line(&path, &event::json::encode(&draft.event)?)?;
        let kept = self.place.form_path(&stem);
        fs::rename(&self.path, &kept).map_err(|error| FileFault::Write { path: kept, error })?;
        Ok(PaperDraft { path, event: draft.event, fact: draft.fact, findings, papers: draft.papers })
    }
}

fn order_of<'b>(
    place: &'b ActPlace<'_>,
    (desk, signers): (Option<&'b str>, &'b [String]),
    fact: &'b str,
    at: &Time,
) -> Result<DraftOrder<'b>, PaperFormFault> {
    let received = Stamp::from_millis(at.seconds().saturating_mul(1000))?;
    let speakers = Speakers {
        author: place.author.as_ref().map(Id::as_str),
        election: place.election.as_ref().map(Id::as_str),
        desk,
        signers,
    };
    Ok(DraftOrder { fact, speakers, at: at.clone(), received, dir: place.dir.to_owned() })
}

/// `2.1) words = value`, as the form is written: digits and points in front of the bracket.
fn split_asked(line: &str) -> Option<(&str, &str, &str)> {
    let (number, rest) = line.split_once(')')?;
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let (label, said) = rest.split_once('=')?;
    is_number.then(|| (number, label.trim(), said.trim()))
}

fn read_line(line: &str, sheet: &Sheet) -> Option<ActLine> {
    if let Some((number, label, said)) = split_asked(line) {
        let (number, label, said) = (number.to_owned(), label.to_owned(), said.to_owned());
        let kind = sheet.kind_of(&number);
        return Some(ActLine::Asked(number, label, said, kind));
    }
    let told = line.strip_prefix("# ")?;
    let (number, rest) = told.split_once(')')?;
    if number.is_empty() || !number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') {
        return None;
    }
    let told = rest.trim().to_owned();
    Some(if told.contains(" = ") { ActLine::Known(told) } else { ActLine::Heading(told) })
}
