//! A form of the paper at work: what is typed is kept in the book's own file of the form, added up while lines are missing, and
//! becomes a draft when none is.
//!
//! The file is the one that an editor would fill in (`form`): whoever begins on a screen goes on in an editor, and the other way.

mod act_form;
mod draft;
pub mod fault;
mod one_line;
mod papers;
mod sums;

use std::path::{Path, PathBuf};

use client::files::{read_bounded, write_atomically};
use ledger::Chain;
use phrase::Phrased as _;

pub use act_form::{ActForm, ActLine, ActPlace};
pub use draft::PaperDraft;
use fault::PaperFormFault;
use one_line::one_line;
pub use papers::keep_paper;
pub use sums::{FormSum, SumSide};

use crate::{
    book::{Book, fault::BookFault},
    form::{
        BYTES_MAX, FACTS, Filled, Form, FormFault, FormSubject, TypedValues, form_path, read_boxes,
        read_typed_values, usual_desk,
    },
    form_text::read_form_text,
};

/// Portable boxes that a form has room for.
pub const BOXES_MAX: usize = 50;

/// The form of one fact at the next place of its desk.
#[derive(Debug)]
pub struct PaperForm<'a> {
    book: &'a Book,
    fact: &'static str,
    chain: Chain,
    stem: String,
    place: String,
    boxes: usize,
    path: PathBuf,
    /// Its lines.
    pub form: Form,
}

impl<'a> PaperForm<'a> {
    /// The form of a fact, for as many portable boxes as are asked for, or as its file was written for.
    ///
    /// # Errors
    /// [`PaperFormFault`]: no such form, a file of the outbox in the way, a draft that members have begun to sign.
    pub fn open(book: &'a Book, fact: &str, boxes: Option<usize>) -> Result<Self, PaperFormFault> {
        let named = FACTS.iter().find(|(name, _)| *name == fact);
        let (fact, desk) = named.copied().ok_or_else(|| PaperFormFault::NoForm { found: fact.to_owned() })?;
        let chain = book.chain(desk)?;
        if let Some(unusable) = book.unusable.iter().find(|unusable| unusable.chain == chain) {
            let (path, found) = (unusable.path.clone(), unusable.fault.phrase());
            return Err(BookFault::Unusable { path, found }.into());
        }
        let (seq, _) = book.excerpt.next_in(&chain);
        let place = format!("{desk}-{seq}");
        let stem = format!("{place}-{fact}");
        let path = form_path(&book.dir, &stem);
        let mut own = Self { book, fact, chain, stem, place, boxes: 1, path, form: Form::default() };
        own.boxes = match boxes {
            Some(boxes) => boxes,
            None => own.written_boxes()?,
        };
        if own.boxes > BOXES_MAX {
            return Err(PaperFormFault::Boxes { expected: BOXES_MAX, found: own.boxes });
        }
        own.find_earlier_drafts()?;
        let form = own.subject().empty_form(fact);
        let form = form.ok_or_else(|| PaperFormFault::NoForm { found: fact.to_owned() })?;
        Ok(Self { form, ..own })
    }

    /// The fact that it states.
    #[must_use]
    pub fn fact(&self) -> &'static str {
        self.fact
    }

    /// How many portable boxes it has lines for.
    #[must_use]
    pub fn boxes(&self) -> usize {
        self.boxes
    }

    /// Whether the board states it, and its own lines say who signs; else the one officer does.
    #[must_use]
    pub fn is_of_the_board(&self) -> bool {
        usual_desk(self.fact) == "board"
    }

    /// What was typed so far; nothing where nobody has begun.
    ///
    /// # Errors
    /// Where the file cannot be read, or its lines are not those of the form: whoever swaps two names means something else than the
    /// numbers say.
    pub fn read_typed(&self) -> Result<TypedValues, PaperFormFault> {
        if !self.path.exists() {
            return Ok(TypedValues::new());
        }
        let text = self.read_text()?;
        let boxes = self.written_boxes()?;
        let written = FormSubject { boxes, ..self.subject() }.empty_form(self.fact);
        let (_, mut faults) = written.unwrap_or_default().read_lines(&text);
        faults.retain(FormFault::is_of_the_file);
        if faults.is_empty() { Ok(read_typed_values(&text)) } else { Err(self.edited(faults)) }
    }

    /// Keeps what was typed, right or wrong, before anything is said of it: on disk as a whole, or as it was. A draft of what stood there
    /// before, which nobody has signed, is taken back; where nothing is different, nothing is done.
    ///
    /// # Errors
    /// Where the file cannot be written.
    pub fn save_typed(&self, typed: &TypedValues) -> Result<(), PaperFormFault> {
        let own = self.keep_own(typed);
        if self.path.exists() && self.written_boxes()? == self.boxes && self.read_typed()? == own {
            return Ok(());
        }
        let text = self.form.text_with(&own);
        require_short(&text)?;
        self.withdraw_draft()?;
        let folder = self.path.parent().unwrap_or(Path::new("."));
        std::fs::create_dir_all(folder)
            .map_err(|error| client::files::FileFault::Write { path: folder.to_owned(), error })?;
        Ok(write_atomically(&self.path, text.as_bytes())?)
    }

    /// The file as text, as an editor may have written it.
    fn read_text(&self) -> Result<String, PaperFormFault> {
        read_form_text(&read_bounded(&self.path, BYTES_MAX)?).map_err(|fault| self.edited(vec![fault.into()]))
    }

    /// For how many portable boxes its file was written.
    fn written_boxes(&self) -> Result<usize, PaperFormFault> {
        Ok(read_boxes(&self.path)?.unwrap_or(1))
    }

    fn edited(&self, faults: Vec<FormFault>) -> PaperFormFault {
        PaperFormFault::Edited { path: self.path.clone(), faults }
    }

    /// What was typed behind numbers of this form, each on one line.
    #[must_use]
    pub fn keep_own(&self, typed: &TypedValues) -> TypedValues {
        let own = self.form.blanks().filter_map(|blank| {
            let value = one_line(typed.get(&blank.number)?);
            (!value.is_empty()).then(|| (blank.number.clone(), value))
        });
        own.collect()
    }

    /// Every value that can be read, and every fault.
    #[must_use]
    pub fn read(&self, typed: &TypedValues) -> (Filled, Vec<FormFault>) {
        self.form.read_lines(&self.form.text_with(&self.keep_own(typed)))
    }

    fn subject(&self) -> FormSubject<'_> {
        FormSubject {
            state: self.book.excerpt.state(),
            election: &self.book.about.election,
            precinct: &self.book.about.precinct,
            author: &self.book.author,
            place: &self.place,
            boxes: self.boxes,
            dir: &self.book.dir,
        }
    }
}

/// A form that is longer than what is read again would never open.
fn require_short(text: &str) -> Result<(), PaperFormFault> {
    let found = text.len() as u64;
    if found > BYTES_MAX { Err(PaperFormFault::PaperTooLong { expected: BYTES_MAX, found }) } else { Ok(()) }
}
