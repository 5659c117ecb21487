//! Making a book, and making it new when there is a line again.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use client::{
    files::{FileFault, RECEIPT, path_beside, write_atomically},
    outbox::charter_name,
};
use event::{Hash, Id, SignedEvent};
use ledger::Selection;
use phrase::Phrased as _;
use texts::{Language, program::program_catalogue};
use verifier::Part;

use super::{
    fault::BookFault,
    layout::{ABOUT, BookIdentity, CHECKPOINT, EVENTS, OUTBOX},
};
use crate::form::FACTS;

/// Where events lie until all of them are written.
const STAGED: &str = ".events";

/// Held by whoever writes the events of a book.
const LOCK: &str = ".lock";

/// One book to be made.
#[derive(Debug, Clone)]
pub struct BookPlan {
    /// Its folder.
    pub dir: PathBuf,
    /// The election.
    pub election: Id,
    /// The ledger.
    pub ledger: Hash,
    /// The precinct.
    pub precinct: Id,
    /// Which entries of the ledger belong to it.
    pub selection: Selection,
    /// The number of the precinct.
    pub number: String,
}

/// Writes a new book: it is there as a whole, or not at all.
///
/// # Errors
/// When a file cannot be written.
pub fn write_new_book(volume: &BookPlan, part: &Part) -> Result<u64, BookFault> {
    let name = format!(".{}.new", volume.precinct);
    let staged = volume.dir.with_file_name(name);
    remove_folder(&staged)?;
    let taken = write_book(&BookPlan { dir: staged.clone(), ..volume.clone() }, part)?;
    fs::rename(&staged, &volume.dir).map_err(write_fault(&volume.dir))?;
    Ok(taken)
}

/// Writes what is in a book; forms and outbox of an older one stay.
///
/// # Errors
/// When a file cannot be written, or another run is at work on the book.
pub fn write_book(volume: &BookPlan, part: &Part) -> Result<u64, BookFault> {
    let dir = &volume.dir;
    fs::create_dir_all(dir).map_err(write_fault(dir))?;
    let path = dir.join(LOCK);
    let lock = fs::File::create(&path).map_err(write_fault(&path))?;
    if lock.try_lock().is_err() {
        return Err(BookFault::Busy { path: dir.clone() });
    }
    let staged = dir.join(STAGED);
    remove_folder(&staged)?;
    for folder in [&staged, &dir.join(OUTBOX), &dir.join("forms")] {
        fs::create_dir_all(folder).map_err(write_fault(folder))?;
    }
    let mut taken: u64 = 0;
    for (entry, fact, receipt) in &part.entries {
        if !volume.selection.takes(entry.event(), fact) {
            continue;
        }
        let file = staged.join(format!("{:08}.json", entry.index()));
        let mut signed = event::json::encode(&SignedEvent::from_checked(entry.checked()))?;
        signed.push(b'\n');
        fs::write(&file, signed).map_err(write_fault(&file))?;
        let proof = path_beside(&file, RECEIPT);
        fs::write(&proof, receipt.encode().map_err(|error| BookFault::Receipt { found: error.phrase() })?)
            .map_err(write_fault(&proof))?;
        if entry.index() == 0 {
            write_atomically(&dir.join(OUTBOX).join(charter_name(&volume.ledger)), entry.bytes())?;
        }
        taken += 1;
    }
    // Whoever is interrupted between these has a book that says it is broken, and makes it new once more.
    let events = dir.join(EVENTS);
    remove_folder(&events)?;
    fs::rename(&staged, &events).map_err(write_fault(&events))?;
    write_atomically(&dir.join(CHECKPOINT), &part.checkpoint)?;
    write_atomically(&dir.join("READ-ME.txt"), guide_text(volume, part).as_bytes())?;
    let (election, ledger, precinct) = (volume.election.clone(), volume.ledger, volume.precinct.clone());
    let mut about = event::json::encode(&BookIdentity { election, events: taken, ledger, precinct, v: 1 })?;
    about.push(b'\n');
    write_atomically(&dir.join(ABOUT), &about)?;
    Ok(taken)
}

/// What to do, in the two languages of every commission.
fn guide_text(volume: &BookPlan, part: &Part) -> String {
    let args = [
        ("number", volume.number.as_str().into()),
        ("precinct", volume.precinct.as_str().into()),
        ("ledger", volume.ledger.in_groups().into()),
        ("size", part.tree.size.to_string().into()),
        ("root", part.tree.root.in_groups().into()),
    ];
    let told = [Language::Kk, Language::Ru].map(|lang| {
        let steps = FACTS.map(|(fact, _)| {
            let words = texts::law_text(lang, &format!("fact-{fact}"), &[]);
            format!("   hattama event draft {fact:<18} --book .   # {words}")
        });
        let parts = ["book-guide-what", "book-guide-steps", "book-guide-sign", "book-guide-line"];
        let mut parts = parts.map(|id| program_catalogue().format_text(lang, id, &args)).to_vec();
        parts.insert(2, steps.join("\n"));
        parts.join("\n\n")
    });
    format!("{}\n", told.join("\n\n----\n\n"))
}

fn remove_folder(folder: &Path) -> Result<(), FileFault> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(write_fault(folder)(error)),
        _ => Ok(()),
    }
}

fn write_fault(path: &Path) -> impl Fn(io::Error) -> FileFault {
    let path = path.to_owned();
    move |error| FileFault::Write { path: path.clone(), error }
}
