//! `hattama desk`: the screen of a precinct's commission.

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
    settings::{DeskSettings, TellTime},
};
use exercise::open_exercise;
use texts::program::{answer_language, say};

use crate::{
    fault::Fault,
    open::time_or_now,
    terminal::{eprint, print},
};

/// Open the commission's screen: pages in the browser of this computer, over a precinct's book
///
/// Nothing but this computer can ask for them, and no line is needed. The address is printed, opened in the browser, and kept in a file of mode
/// 0600 whose name is printed, too; it is good for one browser once, and the file then has one for the next. What is typed is kept in the
/// book's own forms; what is signed in its outbox. No passphrase is kept. Ends with Ctrl+C.
#[derive(Debug, Args)]
pub(crate) struct DeskWords {
    /// The precinct's book; with --training also a folder that is empty or not there yet, into which an exercise is written: the demo's
    /// election on the eve of voting, a book of its first precinct, and its members' keys
    #[arg(env = "HATTAMA_BOOK", value_name = "BOOK")]
    book: PathBuf,
    /// A folder with the key files of members, each NAME.pem and locked with its passphrase; once for each [default: the folder in which
    /// the book lies, and `keys` beside the book and in it]
    #[arg(long, env = "HATTAMA_KEYS", value_name = "DIR")]
    keys: Vec<PathBuf>,
    /// The port on this computer [default: one that is free]
    #[arg(long, env = "HATTAMA_PORT", value_name = "PORT", value_parser = clap::value_parser!(u16).range(1024..))]
    port: Option<u16>,
    /// Address of the node to which signed events go: https://HOST; it can be typed on the screen as well
    #[arg(long, env = "HATTAMA_NODE", value_name = "ADDRESS")]
    to: Option<String>,
    /// Only for training: a book of a ledger that counts is refused
    #[arg(long, env = "HATTAMA_TRAINING")]
    training: bool,
    /// Print the address, and open no browser
    #[arg(long, env = "HATTAMA_NO_OPEN")]
    no_open: bool,
}

impl DeskWords {
    pub(crate) fn run(self) -> Result<(), Fault> {
        // Whatever was named stays where it is when somebody changes the folder.
        let whole = |path: &Path| {
            std::path::absolute(path)
                .map_err(|error: io::Error| FileFault::Read { path: path.to_owned(), error })
        };
        let book = whole(&self.book)?;
        let book = if self.training && !is_book(&book) { open_exercise(&book)? } else { book };
        let keys = match self.keys.as_slice() {
            [] => list_usual_folders(&book),
            named => named.iter().map(|folder| whole(folder)).collect::<Result<_, _>>()?,
        };
        let now: TellTime = |state| time_or_now(None, state).ok();
        let (port, node, lang) = (self.port, self.to, answer_language());
        let settings = DeskSettings { book, keys, port, node, training: self.training, lang, now };
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
}

/// Where members' keys lie unless somebody says it: on the stick with the book.
fn list_usual_folders(book: &Path) -> Vec<PathBuf> {
    let around = book.parent().map(Path::to_owned).unwrap_or_default();
    let folders = [book.join("keys"), around.join("keys"), around];
    folders.into_iter().filter(|folder| folder.is_dir()).collect()
}
