//! An exercise: the demo's election on the eve of voting, with one precinct, its book, and locked keys of its members.

use std::{
    fs,
    path::{Path, PathBuf},
};

use client::files::FileFault;
use commission::book::layout::is_book;
use demo::{SEED, cast::Cast, contest::Contest, stage::Grouping};
use texts::program::say;

use crate::{
    command::{
        book::make_books,
        demo::{
            play::{PlayedLedger, collect_acts},
            require_empty,
        },
    },
    fault::Fault,
    keyfile,
    terminal::eprint,
};

/// With which every key of an exercise is locked. It is printed: nothing here is secret.
const PASSPHRASE: &str = "training";

/// The book of an exercise in a folder: written anew where the folder is empty or not there, else as it was left.
pub(super) fn open_exercise(dir: &Path) -> Result<PathBuf, Fault> {
    let mut contest = demo::semey_contest();
    contest.precincts.truncate(1);
    let first =
        contest.precincts.first().map(|precinct| (contest.precinct_id(precinct), contest.pec_id(precinct)));
    let (precinct, commission) = first.unwrap_or_default();
    let book = dir.join("books").join(&precinct);
    if !is_book(&book) {
        require_empty(dir)?;
        play_eve(&contest, &commission, dir)?;
        make_books(&dir.join("ledger"), None, &[precinct], &[], &dir.join("books"))?;
    }
    let args =
        [("passphrase", PASSPHRASE.into()), ("ledger", dir.join("ledger").display().to_string().into())];
    eprint(&say("desk-exercise", &args));
    Ok(book)
}

/// The ledger until ballots are delivered, the keys where a node looks for them, and those of the commission.
fn play_eve(contest: &Contest, commission: &str, dir: &Path) -> Result<(), Fault> {
    let mut cast = Cast::new(SEED);
    let charter = demo::semey_charter(&mut cast)?;
    let all = std::slice::from_ref(contest);
    let ledger = dir.join("ledger");
    let mut stage = PlayedLedger::create(&cast, &charter, &ledger, None)?;
    let chapters = [
        (say("demo-chapter-commissions", &[]), demo::commission_acts(&mut cast, stage.id, all)?),
        (say("demo-chapter-calling", &[("elections", 1.into())]), collect_acts(all, demo::calling_acts)?),
        (say("demo-chapter-campaign", &[]), collect_acts(all, demo::campaign_acts)?),
    ];
    stage.play_chapters(&mut cast, Grouping::Apart, chapters.into())?;
    demo::documents::attach_documents(&stage.writer, &ledger, all)?;
    drop(stage);
    for (name, label) in [("log-key", "log"), ("service-key", "cec/service")] {
        keyfile::create_key_file(&ledger.join(format!("{name}.pem")), &cast.secret(label), None)?;
    }
    write_keys(&cast, commission, &dir.join("books/keys"))?;
    write_keys(&cast, &contest.tec_id(), &dir.join("keys"))
}

/// Locked keys of the members of a commission.
fn write_keys(cast: &Cast, commission: &str, folder: &Path) -> Result<(), Fault> {
    fs::create_dir_all(folder).map_err(|error| FileFault::Write { path: folder.to_owned(), error })?;
    let own =
        cast.labels().filter_map(|label| Some((label, label.strip_prefix(commission)?.strip_prefix('/')?)));
    for (label, seat) in own {
        let file = folder.join(format!("{seat}.pem"));
        keyfile::create_key_file(&file, &cast.secret(label), Some(PASSPHRASE))?;
    }
    Ok(())
}
