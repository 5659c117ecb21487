//! A play, whatever it is about: its ledger, what is played into it, its keys, and the snapshot at the end.

use std::{
    fs,
    path::{Path, PathBuf},
    time::Instant,
};

use client::files::FileFault;
use demo::{
    act::{Act, semey_clock},
    cast::Cast,
    contest::Contest,
    stage::{Grouping, StageError, play_acts_in},
};
use event::{Hash, SignedEvent, Stamp, Time};
use indicatif::{ProgressBar, ProgressStyle};
use node::{Anchors, FolderTarget, OfficeSigner, Publisher, Writer};
use texts::program::say;

use crate::{fault::Fault, keyfile, open::OpenFault, terminal::print};

/// What the script says of each contest.
pub(crate) fn collect_acts(
    contests: &[Contest],
    chapter: fn(&Contest) -> Result<Vec<Act>, event::json::Fault>,
) -> Result<Vec<Act>, StageError> {
    let mut acts = Vec::new();
    for contest in contests {
        acts.extend(chapter(contest)?);
    }
    Ok(acts)
}

/// A fresh ledger with its charter, and what is played into it.
pub(crate) struct PlayedLedger {
    pub(crate) writer: Writer,
    pub(crate) id: Hash,
}

impl PlayedLedger {
    /// Makes the ledger, with its charter received when it was signed; where a `state` directory is given, it is told from its copies.
    pub(crate) fn create(
        cast: &Cast,
        charter: &SignedEvent,
        ledger: &Path,
        state: Option<PathBuf>,
    ) -> Result<Self, Fault> {
        let opened = Stamp::from_millis(charter.event.at.seconds() * 1000)?;
        let mut writer = Writer::create(ledger, charter, &cast.secret("log"), opened)?;
        if let Some(state) = state {
            let anchors = Anchors { state, ..Anchors::default() };
            anchors.mark_opening(&mut writer).map_err(node::BeginError::from).map_err(OpenFault::from)?;
        }
        let id = writer.head().state().ledger.unwrap_or(Hash::ZERO);
        Ok(Self { writer, id })
    }

    /// Plays chapter after chapter, with a bar that shows how far it is.
    pub(crate) fn play_chapters(
        &mut self,
        cast: &mut Cast,
        groups: Grouping,
        chapters: Vec<(String, Vec<Act>)>,
    ) -> Result<(), Fault> {
        let total: usize = chapters.iter().map(|(_, acts)| acts.len()).sum();
        let bar = ProgressBar::new(total as u64);
        if let Ok(style) = ProgressStyle::with_template("{bar:40} {pos}/{len} {msg}") {
            bar.set_style(style);
        }
        for (name, acts) in chapters {
            bar.set_message(name);
            play_acts_in(groups, &mut self.writer, cast, acts, |count| bar.inc(count))?;
        }
        bar.finish_and_clear();
        Ok(())
    }
}

/// One line about what was played.
pub(crate) fn tell_played(writer: &Writer, started: Instant) {
    let state = writer.head().state();
    let members: usize = state.commissions.values().map(law::state::Commission::seat_count).sum();
    let polls = state.elections.values().flat_map(|election| election.polls.values());
    let corrected = polls.filter(|poll| poll.protocols.len() > 1).count();
    let args = [
        ("events", writer.head().size().into()),
        ("commissions", state.commissions.len().into()),
        ("members", members.into()),
        ("seconds", format!("{:.1}", started.elapsed().as_secs_f64()).into()),
        ("precincts", state.precincts.len().into()),
        ("corrected", corrected.into()),
    ];
    print(&say("demo-played", &args));
}

/// Keys of the play, unencrypted, beside a warning.
pub(crate) fn write_keys(cast: &Cast, dir: &Path, wanted: fn(&str) -> bool) -> Result<(), Fault> {
    let keys = dir.join("keys");
    let failed = |path: &Path, error| FileFault::Write { path: path.to_owned(), error };
    for label in cast.labels().filter(|label| wanted(label)) {
        let path = keys.join(format!("{label}.pem"));
        let folder = path.parent().unwrap_or(&keys);
        fs::create_dir_all(folder).map_err(|error| failed(folder, error))?;
        keyfile::create_key_file(&path, &cast.secret(label), None)?;
    }
    let warning =
        "NEVER IN SERVICE. Every key here derives from a public seed: anybody can sign as anybody.\n";
    let path = keys.join("README");
    fs::write(&path, warning).map_err(|error| failed(&path, error))?;
    // Where a node looks for them.
    for (name, label) in [("log-key", "log"), ("service-key", "cec/service")] {
        keyfile::create_key_file(&dir.join(format!("ledger/{name}.pem")), &cast.secret(label), None)?;
    }
    Ok(())
}

/// Publishes a snapshot, as one office of the CEC at a time in seconds since 1970.
pub(crate) fn publish_snapshot(
    writer: &mut Writer,
    cast: &Cast,
    ledger: &Path,
    to: &Path,
    at: i64,
) -> Result<(), Fault> {
    let office = OfficeSigner {
        key: node::OfficeKey::Seed(&cast.secret("cec/office-1")),
        at: Time::parse(&semey_clock(at))?,
        received: Stamp::from_millis(at * 1000)?,
    };
    let mut publisher = Publisher::default().and_pages(verify_page::render_verify_page().into_bytes());
    let published = publisher.publish(writer, ledger, &mut FolderTarget::new(to), &office, None)?;
    let args =
        [("n", published.n.into()), ("size", published.size.into()), ("files", published.written.into())];
    print(&format!("{}\n", say("demo-published", &args)));
    Ok(())
}
