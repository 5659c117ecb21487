//! Making a book, and making it new when there is a line again.
//!
//! In: writing the folder. Out: where the events and their proofs come from (`verifier::prove_part`), reading it (`book`).

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use event::{Hash, Id, SignedEvent};
use ledger::Selection;
use texts::Lang;
use verifier::Part;

use super::{ABOUT, About, BookFault, CHECKPOINT, EVENTS, OUTBOX};
use crate::{
    client::delivery::{RECEIPT, beside},
    command::{receipt_text, write_text},
    fault::Fault,
    outbox::charter_name,
    texts::own,
};

/// Where events lie until all of them are written.
const STAGED: &str = ".events";

/// Held by whoever writes the events of a book.
const LOCK: &str = ".lock";

/// One book to be made.
#[derive(Clone)]
pub(crate) struct Volume {
    pub(crate) dir: PathBuf,
    pub(crate) election: Id,
    pub(crate) ledger: Hash,
    pub(crate) precinct: Id,
    pub(crate) selection: Selection,
    /// The number of the precinct.
    pub(crate) number: String,
}

/// Writes a new book: it is there as a whole, or not at all.
pub(crate) fn bind_new(volume: &Volume, part: &Part) -> Result<u64, Fault> {
    let name = format!(".{}.new", volume.precinct);
    let staged = volume.dir.with_file_name(name);
    clear(&staged)?;
    let taken = bind(&Volume { dir: staged.clone(), ..volume.clone() }, part)?;
    fs::rename(&staged, &volume.dir).map_err(failed(&volume.dir))?;
    Ok(taken)
}

/// Writes what is in a book; forms and outbox of an older one stay.
pub(crate) fn bind(volume: &Volume, part: &Part) -> Result<u64, Fault> {
    let dir = &volume.dir;
    fs::create_dir_all(dir).map_err(failed(dir))?;
    let path = dir.join(LOCK);
    let lock = fs::File::create(&path).map_err(failed(&path))?;
    if lock.try_lock().is_err() {
        return Err(BookFault::Busy { path: dir.clone() }.into());
    }
    let staged = dir.join(STAGED);
    clear(&staged)?;
    for folder in [&staged, &dir.join(OUTBOX), &dir.join("forms")] {
        fs::create_dir_all(folder).map_err(failed(folder))?;
    }
    let mut taken: u64 = 0;
    for (entry, fact, receipt) in &part.entries {
        if !volume.selection.takes(entry.event(), fact) {
            continue;
        }
        let file = staged.join(format!("{:08}.json", entry.index()));
        let mut signed = event::json::encode(&SignedEvent::of(entry.checked()))?;
        signed.push(b'\n');
        fs::write(&file, signed).map_err(failed(&file))?;
        let proof = beside(&file, RECEIPT);
        fs::write(&proof, receipt_text(receipt)?).map_err(failed(&proof))?;
        if entry.index() == 0 {
            write_text(&dir.join(OUTBOX).join(charter_name(&volume.ledger)), entry.bytes())?;
        }
        taken += 1;
    }
    // Whoever is interrupted between these has a book that says it is broken, and makes it new once more.
    let events = dir.join(EVENTS);
    clear(&events)?;
    fs::rename(&staged, &events).map_err(failed(&events))?;
    write_text(&dir.join(CHECKPOINT), &part.checkpoint)?;
    write_text(&dir.join("READ-ME.txt"), guide(volume, part).as_bytes())?;
    let (election, ledger, precinct) = (volume.election.clone(), volume.ledger, volume.precinct.clone());
    let mut about = event::json::encode(&About { election, events: taken, ledger, precinct, v: 1 })?;
    about.push(b'\n');
    write_text(&dir.join(ABOUT), &about)?;
    Ok(taken)
}

/// What to do, in the two languages of every commission.
fn guide(volume: &Volume, part: &Part) -> String {
    let args = [
        ("number", volume.number.as_str().into()),
        ("precinct", volume.precinct.as_str().into()),
        ("ledger", volume.ledger.in_groups().into()),
        ("size", part.tree.size.to_string().into()),
        ("root", part.tree.root.in_groups().into()),
    ];
    let told = [Lang::Kk, Lang::Ru].map(|lang| {
        let steps = crate::form::FACTS.map(|(fact, _)| {
            let words = texts::text(lang, &format!("fact-{fact}"), &[]);
            format!("   hattama event draft {fact:<18} --book .   # {words}")
        });
        let parts = ["book-guide-what", "book-guide-steps", "book-guide-sign", "book-guide-line"];
        let mut parts = parts.map(|id| own().text(lang, id, &args)).to_vec();
        parts.insert(2, steps.join("\n"));
        parts.join("\n\n")
    });
    format!("{}\n", told.join("\n\n----\n\n"))
}

fn clear(folder: &Path) -> Result<(), Fault> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(failed(folder)(error)),
        _ => Ok(()),
    }
}

fn failed(path: &Path) -> impl Fn(io::Error) -> Fault {
    let path = path.to_owned();
    move |error| Fault::Write { path: path.clone(), error }
}
