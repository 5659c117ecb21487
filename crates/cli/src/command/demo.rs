//! `hattama demo`: the whole story, from the charter to a lie that is caught.
//!
//! In: the order of the story, progress, what is printed. Out: the script (`demo`), the story of a whole country
//! (`national`).

mod national;

use std::{
    fs,
    path::{Path, PathBuf},
    time::Instant,
};

use clap::Args;
use event::{Hash, SignedEvent, Stamp, Time};
use indicatif::{ProgressBar, ProgressStyle};
use node::{FolderTarget, OfficeSigner, Publisher, Writer};

use crate::{
    command::{results, verify::written},
    demo::{
        self, SEED,
        cast::Cast,
        contest::Contest,
        stage::{Act, Groups, StageError, clock, local, play_in},
    },
    eprint,
    fault::Fault,
    keyfile, print, source, texts,
};

/// Play the Semey election of 12 October 2025 into a fresh ledger, publish it, verify it, and catch a lie
///
/// The numbers of precincts, members and voters, the candidates and their shares are those published; the figures of
/// single precincts are synthetic. The ledger carries the test flag and a simulated clock.
#[derive(Debug, Args)]
pub(crate) struct Demo {
    /// Keep everything in this folder, to look around [default: a temporary folder, removed at the end]
    #[arg(long, env = "HATTAMA_DIR", value_name = "DIR")]
    dir: Option<PathBuf>,
    /// Play the 45 elections of akims of 5 November 2023 into one ledger instead: totals as announced, candidates and
    /// precincts synthetic, five territories assumed
    #[arg(long, env = "HATTAMA_NATIONAL")]
    national: bool,
}

impl Demo {
    pub(crate) fn run(self) -> Result<u8, Fault> {
        let started = Instant::now();
        let temporary = match &self.dir {
            Some(_) => None,
            None => {
                let made = tempfile::tempdir();
                Some(made.map_err(|error| Fault::Write { path: std::env::temp_dir(), error })?)
            }
        };
        let dir =
            self.dir.as_deref().or(temporary.as_ref().map(tempfile::TempDir::path)).unwrap_or(Path::new("."));
        require_empty(dir)?;
        if self.national {
            return national::run(dir, self.dir.is_some(), started);
        }
        let (ledger, published) = (dir.join("ledger"), dir.join("published"));
        let mut cast = Cast::new(SEED);
        let all = [demo::semey()];
        print(
            "TEST LEDGER: the figures of single precincts are synthetic, all keys are public, the clock is simulated.",
        );
        let mut writer = played(&mut cast, &all, &ledger)?;
        if self.dir.is_some() {
            write_keys(&cast, dir, |_| true)?;
        }
        demo::papers::attach(&writer, &ledger, &all)?;
        told(&writer, started);
        snapshot(&mut writer, &cast, &ledger, &published, local("2025-10-14 18:00"))?;
        drop(writer);
        let code = verified(&published, &dir.join("report.html"))?;
        lie(&published, &dir.join("tampered"), &dir.join("report-tampered.html"))?;
        closing(self.dir.as_deref(), started);
        Ok(code)
    }
}

fn require_empty(dir: &Path) -> Result<(), Fault> {
    let mut items = match fs::read_dir(dir) {
        Ok(items) => items,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            return fs::create_dir_all(dir).map_err(|error| Fault::Write { path: dir.to_owned(), error });
        }
        Err(error) => return Err(Fault::Read { path: dir.to_owned(), error }),
    };
    if items.next().is_some() {
        let expected = "an empty folder, or one that is not there yet".to_owned();
        return Err(Fault::Argument { expected, found: dir.display().to_string() });
    }
    Ok(())
}

fn played(cast: &mut Cast, all: &[Contest], ledger: &Path) -> Result<Writer, Fault> {
    let charter = demo::charter(cast)?;
    let mut stage = Stage::open(cast, &charter, ledger)?;
    let chapters = [
        ("forming 131 commissions, 128 precincts", demo::commissions(cast, stage.id, all)?),
        ("calling the election", every(all, demo::calling)?),
        ("candidates and ballots", every(all, demo::campaign)?),
        ("voting day and the night", every(all, demo::voting_day)?),
        ("one recount, one wrong transcription", every(all, demo::corrections)?),
        ("result, publication, certificate", every(all, demo::ending)?),
    ];
    stage.play(cast, Groups::Apart, chapters.into())?;
    Ok(stage.writer)
}

/// What the script says of each contest.
fn every(
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
struct Stage {
    writer: Writer,
    id: Hash,
}

impl Stage {
    fn open(cast: &Cast, charter: &SignedEvent, ledger: &Path) -> Result<Self, Fault> {
        let opened = Stamp::from_millis(charter.event.at.seconds() * 1000)?;
        let writer = Writer::create(ledger, charter, &cast.secret("log"), opened)?;
        let id = writer.head().state().ledger.unwrap_or(Hash::ZERO);
        Ok(Self { writer, id })
    }

    fn play(
        &mut self,
        cast: &mut Cast,
        groups: Groups,
        chapters: Vec<(&'static str, Vec<Act>)>,
    ) -> Result<(), Fault> {
        let total: usize = chapters.iter().map(|(_, acts)| acts.len()).sum();
        let bar = ProgressBar::new(total as u64);
        if let Ok(style) = ProgressStyle::with_template("{bar:40} {pos}/{len} {msg}") {
            bar.set_style(style);
        }
        for (name, acts) in chapters {
            bar.set_message(name);
            play_in(groups, &mut self.writer, cast, acts, |count| bar.inc(count))?;
        }
        bar.finish_and_clear();
        Ok(())
    }
}

fn told(writer: &Writer, started: Instant) {
    let state = writer.head().state();
    let members: usize = state.commissions.values().map(law::state::Commission::size).sum();
    let polls = state.elections.values().flat_map(|election| election.polls.values());
    let corrected = polls.filter(|poll| poll.protocols.len() > 1).count();
    print(&format!(
        "Played {} events of {} commissions ({members} members) in {:.1} s: {} precincts, {corrected} protocols replaced.",
        writer.head().size(),
        state.commissions.len(),
        started.elapsed().as_secs_f64(),
        state.precincts.len(),
    ));
}

/// Keys of the play, unencrypted, beside a warning.
fn write_keys(cast: &Cast, dir: &Path, wanted: fn(&str) -> bool) -> Result<(), Fault> {
    let keys = dir.join("keys");
    let failed = |path: &Path, error| Fault::Write { path: path.to_owned(), error };
    for label in cast.labels().filter(|label| wanted(label)) {
        let path = keys.join(format!("{label}.pem"));
        let folder = path.parent().unwrap_or(&keys);
        fs::create_dir_all(folder).map_err(|error| failed(folder, error))?;
        keyfile::create(&path, &cast.secret(label), None)?;
    }
    let warning =
        "NEVER IN SERVICE. Every key here derives from a public seed: anybody can sign as anybody.\n";
    let path = keys.join("README");
    fs::write(&path, warning).map_err(|error| failed(&path, error))?;
    // Where a node looks for them.
    for (name, label) in [("log-key", "log"), ("service-key", "cec/service")] {
        keyfile::create(&dir.join(format!("ledger/{name}.pem")), &cast.secret(label), None)?;
    }
    Ok(())
}

fn snapshot(writer: &mut Writer, cast: &Cast, ledger: &Path, to: &Path, at: i64) -> Result<(), Fault> {
    let office = OfficeSigner {
        seed: &cast.secret("cec/office-1"),
        at: Time::parse(&clock(at))?,
        received: Stamp::from_millis(at * 1000)?,
    };
    let published =
        Publisher::default().publish(writer, ledger, &mut FolderTarget::new(to), &office, None)?;
    print(&format!(
        "Published snapshot {} of {} entries, {} files.\n",
        published.n, published.size, published.written
    ));
    Ok(())
}

fn verified(published: &Path, page: &Path) -> Result<u8, Fault> {
    let report = verifier::verify(&verifier::folder::read(published)?, &[]);
    written::write(&report, page)?;
    let head = source::replay(published, None)?;
    let (id, election) = results::election(&head, Some(demo::ELECTION))?;
    print(&results::text(&head, &id, &election));
    print("");
    print("Verified from the published folder alone:");
    print(&report.sentence_in(texts::lang()));
    print(&report.anchor_sentence_in(texts::lang()));
    Ok(report.verdict().exit_code())
}

/// One vote moves from one candidate to another in a copy of the published ledger.
fn lie(published: &Path, copy: &Path, page: &Path) -> Result<(), Fault> {
    copy_folder(published, copy)?;
    let changed = change_one_vote(copy)?;
    print(&format!("\nNow one vote is changed in a copy ({changed}):"));
    let report = verifier::verify(&verifier::folder::read(copy)?, &[]);
    written::write(&report, page)?;
    print(&report.sentence_in(texts::lang()));
    for found in
        report.findings.iter().filter(|found| found.status == "FAIL" && found.entry.is_some()).take(3)
    {
        let entry = found.entry.unwrap_or_default();
        print(&format!("  {}: entry {entry}: {}", found.check, found.message));
    }
    Ok(())
}

fn copy_folder(from: &Path, to: &Path) -> Result<(), Fault> {
    fs::create_dir_all(to).map_err(|error| Fault::Write { path: to.to_owned(), error })?;
    let failed = |error| Fault::Read { path: from.to_owned(), error };
    for item in fs::read_dir(from).map_err(failed)? {
        let item = item.map_err(failed)?;
        let target = to.join(item.file_name());
        if item.file_type().map_err(failed)?.is_dir() {
            copy_folder(&item.path(), &target)?;
        } else {
            fs::copy(item.path(), &target).map_err(|error| Fault::Write { path: target, error })?;
        }
    }
    Ok(())
}

/// Raises the last digit of the first candidate's votes in a precinct's protocol, by one.
fn change_one_vote(copy: &Path) -> Result<String, Fault> {
    let folder = copy.join("tile/entries");
    let failed = |error| Fault::Read { path: folder.clone(), error };
    let mut names: Vec<PathBuf> = Vec::new();
    for item in fs::read_dir(&folder).map_err(failed)? {
        names.push(item.map_err(failed)?.path());
    }
    names.sort();
    for path in names.iter().filter(|path| path.is_file()) {
        let mut bytes = fs::read(path).map_err(|error| Fault::Read { path: path.clone(), error })?;
        if let Some(digit) = find_vote(&bytes)
            && let Some(byte) = bytes.get_mut(digit)
        {
            *byte = if *byte == b'9' { b'8' } else { *byte + 1 };
            fs::write(path, &bytes).map_err(|error| Fault::Write { path: path.clone(), error })?;
            let name = path.strip_prefix(copy).unwrap_or(path).display();
            return Ok(format!("one digit in {name}"));
        }
    }
    Err(Fault::Argument { expected: "a protocol in the published ledger".into(), found: "none".into() })
}

/// The last digit of the first vote figure of a signed protocol.
fn find_vote(bytes: &[u8]) -> Option<usize> {
    let find = |from: usize, text: &[u8]| {
        bytes
            .get(from..)?
            .windows(text.len())
            .position(|window| window == text)
            .map(|at| from + at + text.len())
    };
    let line = find(find(0, b"\"votes\":[{")?, b"\"votes\":")?;
    let digits = bytes.get(line..)?.iter().take_while(|byte| byte.is_ascii_digit()).count();
    line.checked_add(digits)?.checked_sub(1)
}

fn closing(dir: Option<&Path>, started: Instant) {
    print(&format!("\nDone in {:.1} s.", started.elapsed().as_secs_f64()));
    let Some(dir) = dir else {
        eprint("Keep everything with --dir DIR, and look around.");
        return;
    };
    let dir = dir.display();
    print(&format!(
        "Everything is in {dir}; the reports as pages are {dir}/report.html and {dir}/report-tampered.html. Try:\n  hattama verify {dir}/published\n  hattama verify {dir}/tampered\n  \
         hattama results {dir}/published\n  hattama history {dir}/published\n  \
         hattama results {dir}/published --as-of 2025-10-12T23:59:00+05:00\n  hattama ledger status {dir}/ledger"
    ));
}
