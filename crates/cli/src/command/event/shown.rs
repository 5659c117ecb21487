//! A document as people see it: what it says in words and who has signed; as data where that is asked for.

use std::path::{Path, PathBuf};

use clap::Args;
use client::files::read_signed;
use commission::{
    book::{Book, layout::is_book},
    legible::{DocumentSummary, NameSource, make_legible, summarise_document},
};
use event::SignedEvent;
use ledger::Head;
use texts::program::answer_language;

use crate::{command::results::mark_test, fault::Fault, source, terminal::print};

/// Show what an event says and who has signed, in words; the file is left as it is
#[derive(Debug, Args)]
pub(crate) struct ShowWords {
    /// The file
    file: PathBuf,
    #[command(flatten)]
    names: NameWords,
    /// Print it as JSON
    #[arg(long, env = "HATTAMA_JSON")]
    json: bool,
}

/// Where names are looked up.
#[derive(Debug, Args)]
pub(super) struct NameWords {
    /// The ledger, a published copy of it or a node, which gives names in the place of ids
    #[arg(long, env = "HATTAMA_LEDGER", value_name = "SOURCE")]
    ledger: Option<PathBuf>,
    /// A precinct's book, which gives the names [default: the book in whose outbox the file lies]
    #[arg(long, env = "HATTAMA_BOOK", value_name = "DIR")]
    book: Option<PathBuf>,
}

/// What gives the names.
pub(super) enum OpenedNames {
    Nobody,
    Ledger(Box<Head>),
    Book(Box<Book>),
}

impl ShowWords {
    pub(super) fn run(&self) -> Result<(), Fault> {
        let signed = read_signed(&self.file)?;
        if self.json {
            print(&describe_as_data(&signed)?);
        } else {
            let names = self.names.open(&self.file)?;
            names.mark_synthetic(&signed).iter().for_each(|mark| print(mark));
            print(&describe_document(&signed, &names)?);
        }
        Ok(())
    }
}

impl NameWords {
    /// Names of what a draft stands on: a ledger of any kind, or a book.
    pub(super) fn of(source: Option<PathBuf>) -> Self {
        match source {
            Some(dir) if is_book(&dir) => Self { ledger: None, book: Some(dir) },
            ledger => Self { ledger, book: None },
        }
    }

    /// Opens what was named, or the book in whose outbox the file lies.
    pub(super) fn open(&self, file: &Path) -> Result<OpenedNames, Fault> {
        let named_book = self.ledger.as_deref().filter(|dir| is_book(dir));
        if let Some(dir) = self.book.as_deref().or(named_book) {
            return Ok(OpenedNames::Book(Box::new(Book::open(dir)?)));
        }
        if let Some(path) = &self.ledger {
            return Ok(OpenedNames::Ledger(Box::new(source::replay_source(path, None)?)));
        }
        let whole = std::path::absolute(file).unwrap_or_else(|_| file.to_owned());
        let around = whole.parent().and_then(Path::parent).filter(|dir| is_book(dir));
        // A book that does not open gives no names; whoever names it is told why.
        let book = around.and_then(|dir| Book::open(dir).ok());
        Ok(book.map_or(OpenedNames::Nobody, |book| OpenedNames::Book(Box::new(book))))
    }
}

impl OpenedNames {
    /// What of the document's election is made up, as far as the ledger or the book says so.
    fn mark_synthetic(&self, signed: &SignedEvent) -> Option<String> {
        let state = match self {
            Self::Nobody => return None,
            Self::Ledger(head) => head.state(),
            Self::Book(book) => book.excerpt.state(),
        };
        let election = signed.event.election.as_ref().and_then(|id| state.elections.get(id));
        let kinds = election.map_or_else(|| state.synthetic_kinds(), |own| state.synthetic_kinds_of(own));
        mark_test(state, &kinds)
    }

    pub(super) fn source(&self) -> NameSource<'_> {
        match self {
            Self::Nobody => NameSource::None,
            Self::Ledger(head) => NameSource::Ledger(head.state()),
            Self::Book(book) => NameSource::Book(book.excerpt.state(), book.excerpt.seen().size),
        }
    }
}

/// The document in words.
pub(super) fn describe_document(signed: &SignedEvent, names: &OpenedNames) -> Result<String, Fault> {
    Ok(make_legible(signed, names.source(), answer_language())?.to_text())
}

/// The document in one line.
pub(super) fn summarise(signed: &SignedEvent, names: &OpenedNames) -> DocumentSummary {
    summarise_document(signed, names.source(), answer_language())
}

/// The file as data.
pub(super) fn describe_as_data(signed: &SignedEvent) -> Result<String, Fault> {
    let value: serde_json::Value = serde_json::from_slice(&event::json::encode(signed)?)?;
    Ok(serde_json::to_string_pretty(&value)?)
}
