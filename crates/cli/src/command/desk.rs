//! `hattama desk`: the screen of a precinct's commission, or of one person of a territorial commission.

mod exercise;

use std::{
    io,
    path::{Path, PathBuf},
};

use clap::Args;
use client::files::FileFault;
use commission::book::layout::is_book;
use desk::{
    fault::DeskFault,
    open_browser, open_desk,
    settings::{DeskSettings, DeskSubject, LedgerSubject, TellTime},
};
use event::Id;
use exercise::open_exercise;
use ledger::Head;
use phrase::{Phrase, Phrased as _};
use texts::program::{answer_language, say};

use crate::{
    fault::Fault,
    open::time_or_now,
    source::{Shape, SourceFault, find_shape, read_source},
    terminal::{eprint, print},
};

/// Open the commission's screen: pages in the browser of this computer, over a precinct's book or a ledger
///
/// Nothing but this computer can ask for them, and over a book no line is needed. The address is printed, opened in the browser, and kept in a
/// file of mode 0600 whose name is printed, too; it is good for one browser once, and the file then has one for the next. What is typed and
/// signed is kept in the book, or in the desk's own folder. No passphrase is kept. Ends with Ctrl+C.
#[derive(Debug, Args)]
pub(crate) struct DeskWords {
    /// A precinct's book; or, for a person of a territorial commission, a ledger: its folder, a published copy, the address of a node. With
    /// --training also a folder that is empty or not there yet, into which an exercise is written: the demo's election on the eve of
    /// voting, a book of its first precinct, and its members' keys
    #[arg(env = "HATTAMA_BOOK", value_name = "PLACE")]
    place: PathBuf,
    /// The territorial commission whose desk it is [default: that of the first key that is unlocked]
    #[arg(long, env = "HATTAMA_COMMISSION", value_name = "ID", value_parser = read_id)]
    commission: Option<Id>,
    /// The election that is looked at [default: the one under way]
    #[arg(long, env = "HATTAMA_ELECTION", value_name = "ID", value_parser = read_id)]
    election: Option<Id>,
    /// Over a ledger: this desk's own folder, one for each person: drafts and signed events, second entries, what was handled [default:
    /// `desk-COMMISSION`, or `desk`, in the current folder]
    #[arg(long, env = "HATTAMA_FOLDER", value_name = "DIR")]
    folder: Option<PathBuf>,
    /// A folder with the key files of members, each NAME.pem and locked with its passphrase; once for each [default: the folder in which
    /// the book or the desk's own folder lies, and `keys` beside it and in it]
    #[arg(long, env = "HATTAMA_KEYS", value_name = "DIR")]
    keys: Vec<PathBuf>,
    /// The port on this computer [default: one that is free]
    #[arg(long, env = "HATTAMA_PORT", value_name = "PORT", value_parser = clap::value_parser!(u16).range(1024..))]
    port: Option<u16>,
    /// Address of the node to which signed events go: https://HOST; it can be typed on the screen as well [default: that of PLACE]
    #[arg(long, env = "HATTAMA_NODE", value_name = "ADDRESS")]
    to: Option<String>,
    /// Only for training: a book of a ledger that counts, or such a ledger, is refused
    #[arg(long, env = "HATTAMA_TRAINING")]
    training: bool,
    /// Print the address, and open no browser
    #[arg(long, env = "HATTAMA_NO_OPEN")]
    no_open: bool,
}

fn read_id(text: &str) -> Result<Id, String> {
    Id::new(text).map_err(|fault| texts::say_fault(&fault))
}

impl DeskWords {
    pub(crate) fn run(self) -> Result<(), Fault> {
        let (subject, node) = self.find_subject()?;
        let keys = match self.keys.as_slice() {
            [] => list_usual_folders(subject.folder()),
            named => named.iter().map(|folder| make_absolute(folder)).collect::<Result<_, _>>()?,
        };
        let now: TellTime = |state| time_or_now(None, state).ok();
        let (port, lang) = (self.port, answer_language());
        let settings = DeskSettings { subject, keys, port, node, training: self.training, lang, now };
        let opened = open_desk(settings, |address, file| {
            print(address);
            eprint(&say("desk-started", &[("file", file.display().to_string().into())]));
            if !self.no_open && !open_browser(address) {
                eprint(&say("desk-no-browser", &[]));
            }
        });
        // Whoever closed the window and starts once more is led to the desk that is at work.
        if let Err(DeskFault::AnotherDesk { address: Some(address), .. }) = &opened {
            print(address);
            eprint(&say("desk-at-work", &[]));
            if !self.no_open && !open_browser(address) {
                eprint(&say("desk-no-browser", &[]));
            }
            return Ok(());
        }
        Ok(opened?)
    }

    /// What it stands on, and where signed events go.
    fn find_subject(&self) -> Result<(DeskSubject, Option<String>), Fault> {
        if is_book(&self.place) {
            return Ok((DeskSubject::Book(make_absolute(&self.place)?), self.to.clone()));
        }
        let shape = find_shape(&self.place);
        let address = match &shape {
            Ok(Shape::Address(address)) => Some((*address).to_owned()),
            _ => None,
        };
        let is_ledger = !matches!(shape, Ok(Shape::Folder) | Err(SourceFault::Missing { .. }));
        if self.training && !is_ledger && self.commission.is_none() {
            return Ok((DeskSubject::Book(open_exercise(&make_absolute(&self.place)?)?), self.to.clone()));
        }
        // Whoever names neither a book nor a ledger most likely looked for a book.
        if !is_ledger && self.commission.is_none() {
            return Ok((DeskSubject::Book(make_absolute(&self.place)?), self.to.clone()));
        }
        let usual = self.commission.as_ref().map_or_else(|| "desk".to_owned(), |own| format!("desk-{own}"));
        let folder = make_absolute(&self.folder.clone().unwrap_or_else(|| PathBuf::from(usual)))?;
        let source = if address.is_some() { self.place.clone() } else { make_absolute(&self.place)? };
        let (commission, election) = (self.commission.clone(), self.election.clone());
        let ledger = LedgerSubject { source, folder, commission, election, read: read_ledger };
        Ok((DeskSubject::Ledger(ledger), self.to.clone().or(address)))
    }
}

/// Whatever was named stays where it is when somebody changes the folder.
fn make_absolute(path: &Path) -> Result<PathBuf, FileFault> {
    std::path::absolute(path).map_err(|error: io::Error| FileFault::Read { path: path.to_owned(), error })
}

/// A ledger beyond what was read before.
fn read_ledger(source: &Path, before: Option<&Head>) -> Result<Head, Phrase> {
    let read = read_source(source).map_err(|fault| fault.phrase())?;
    let replayed = match before {
        Some(before) => verifier::replay_onward(&read, before.clone()),
        None => verifier::replay_to(&read, None),
    };
    replayed.map_err(|fault| fault.phrase())
}

/// Where members' keys lie unless somebody says it: on the stick with the book.
fn list_usual_folders(book: &Path) -> Vec<PathBuf> {
    let around = book.parent().map(Path::to_owned).unwrap_or_default();
    let folders = [book.join("keys"), around.join("keys"), around];
    folders.into_iter().filter(|folder| folder.is_dir()).collect()
}
