//! `hattama demo`: the whole story, from the charter to a lie that is caught.
//!
//! In: the order of the story, progress, what is printed. Out: the script (`demo`).

use std::{
    fs,
    path::{Path, PathBuf},
    time::Instant,
};

use clap::Args;
use event::{Stamp, Time};
use indicatif::{ProgressBar, ProgressStyle};
use node::{Folder, Office, Writer};

use crate::{
    command::results,
    demo::{
        self, SEED,
        cast::Cast,
        figures::{Precinct, precincts},
        stage::{Act, clock, local, play},
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
        let (ledger, published) = (dir.join("ledger"), dir.join("published"));
        let mut cast = Cast::new(SEED);
        let all = precincts();
        print(
            "TEST LEDGER: the figures of single precincts are synthetic, all keys are public, the clock is simulated.",
        );
        let mut writer = played(&mut cast, &all, &ledger)?;
        if self.dir.is_some() {
            write_keys(&cast, dir)?;
        }
        demo::papers::attach(&writer, &ledger)?;
        told(&writer, started);
        snapshot(&mut writer, &cast, &ledger, &published)?;
        drop(writer);
        let code = verified(&published)?;
        lie(&published, &dir.join("tampered"))?;
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

fn played(cast: &mut Cast, all: &[Precinct], ledger: &Path) -> Result<Writer, Fault> {
    let charter = demo::charter(cast)?;
    let opened = Stamp::from_millis(local("2025-08-19 10:00") * 1000)?;
    let mut writer = Writer::create(ledger, &charter, &cast.secret("log"), opened)?;
    let id = writer.head().state().ledger.unwrap_or(event::Hash::ZERO);
    let chapters: [(&str, Vec<Act>); 6] = [
        ("forming 131 commissions, 128 precincts", demo::commissions(cast, id, all)?),
        ("calling the election", demo::calling()?),
        ("candidates and ballots", demo::campaign(all)?),
        ("voting day and the night", demo::voting_day(all)?),
        ("one recount, one wrong transcription", demo::corrections(all)?),
        ("result, publication, certificate", demo::ending()?),
    ];
    let total: usize = chapters.iter().map(|(_, acts)| acts.len()).sum();
    let bar = ProgressBar::new(total as u64);
    if let Ok(style) = ProgressStyle::with_template("{bar:40} {pos}/{len} {msg}") {
        bar.set_style(style);
    }
    for (name, acts) in chapters {
        bar.set_message(name);
        play(&mut writer, cast, acts, |count| bar.inc(count))?;
    }
    bar.finish_and_clear();
    Ok(writer)
}

fn told(writer: &Writer, started: Instant) {
    let state = writer.head().state();
    let election = state.elections.values().next();
    let members: usize = state.commissions.values().map(law::state::Commission::size).sum();
    let corrected = election.map_or(0, |e| e.polls.values().filter(|poll| poll.protocols.len() > 1).count());
    print(&format!(
        "Played {} events of {} commissions ({members} members) in {:.1} s: {} precincts, {corrected} protocols replaced.",
        writer.head().size(),
        state.commissions.len(),
        started.elapsed().as_secs_f64(),
        state.precincts.len(),
    ));
}

/// Every key of the play, unencrypted, beside a warning.
fn write_keys(cast: &Cast, dir: &Path) -> Result<(), Fault> {
    let keys = dir.join("keys");
    let failed = |path: &Path, error| Fault::Write { path: path.to_owned(), error };
    for label in cast.labels() {
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

fn snapshot(writer: &mut Writer, cast: &Cast, ledger: &Path, to: &Path) -> Result<(), Fault> {
    let at = local("2025-10-14 18:00");
    let office = Office {
        seed: &cast.secret("cec/office-1"),
        at: Time::parse(&clock(at))?,
        received: Stamp::from_millis(at * 1000)?,
    };
    let published = node::publish(writer, ledger, &mut Folder::new(to), &office, None)?;
    print(&format!(
        "Published snapshot {} of {} entries, {} files.\n",
        published.n, published.size, published.written
    ));
    Ok(())
}

fn verified(published: &Path) -> Result<u8, Fault> {
    let report = verifier::verify(&verifier::folder::read(published)?, &[]);
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
fn lie(published: &Path, copy: &Path) -> Result<(), Fault> {
    copy_folder(published, copy)?;
    let changed = change_one_vote(copy)?;
    print(&format!("\nNow one vote is changed in a copy ({changed}):"));
    let report = verifier::verify(&verifier::folder::read(copy)?, &[]);
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
        "Everything is in {dir}. Try:\n  hattama verify {dir}/published\n  hattama verify {dir}/tampered\n  \
         hattama results {dir}/published\n  hattama history {dir}/published\n  \
         hattama results {dir}/published --as-of 2025-10-12T23:59:00+05:00\n  hattama ledger status {dir}/ledger"
    ));
}
