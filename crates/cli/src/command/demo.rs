//! `hattama demo`: the whole story, from the charter to three liars who are caught.
//!
//! The script is the crate `demo`; the story of a whole country is `demo/national.rs`.

mod liars;
mod national;
pub(crate) mod play;
mod years;

use std::{
    fs,
    path::{Path, PathBuf},
    time::Instant,
};

use clap::Args;
use client::files::FileFault;
use demo::{SEED, act::semey_seconds, cast::Cast, contest::Contest, stage::Grouping};
use ledger::Head;
use node::Writer;
use phrase::{Phrase, phrase};
use texts::program::{self, say};

use liars::{HonestLedger, catch_liars};
use play::{PlayedLedger, collect_acts, publish_snapshot, tell_played, write_keys};

use crate::{
    anchoring::StateWord,
    command::{claims, results},
    fault::Fault,
    open::find_election,
    output::write_report,
    source,
    terminal::{eprint, print},
};

/// What was printed of Semey.
const CLAIMS: &str = include_str!("../../../../claims/semey-2025.toml");

/// Play the Semey election of 12 October 2025 into a fresh ledger, publish it, verify it, and catch three liars
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
    /// Play some 2,450 elections of akims from July 2021 to November 2025 into three ledgers instead: their numbers as announced, every
    /// single rural election synthetic
    #[arg(long, env = "HATTAMA_YEARS", conflicts_with = "national")]
    years: bool,
    #[command(flatten)]
    state: StateWord,
}

impl Demo {
    pub(crate) fn run(self) -> Result<u8, Fault> {
        let started = Instant::now();
        let temporary = match &self.dir {
            Some(_) => None,
            None => {
                let made = tempfile::tempdir();
                Some(made.map_err(|error| FileFault::Write { path: std::env::temp_dir(), error })?)
            }
        };
        let dir =
            self.dir.as_deref().or(temporary.as_ref().map(tempfile::TempDir::path)).unwrap_or(Path::new("."));
        require_empty(dir)?;
        // What is thrown away at the end has no copies.
        let state = self.dir.is_some().then(|| self.state.find()).transpose()?;
        if self.years {
            return years::run(dir, state.as_ref(), self.dir.is_some(), started);
        }
        if self.national {
            return national::run(dir, state, self.dir.is_some(), started);
        }
        let (ledger, published) = (dir.join("ledger"), dir.join("published"));
        let mut cast = Cast::new(SEED);
        let all = [demo::semey_contest()];
        print(&say("demo-warning", &[]));
        let mut writer = play_semey(&mut cast, &all, &ledger, state)?;
        if self.dir.is_some() {
            write_keys(&cast, dir, |_| true)?;
        }
        demo::documents::attach_documents(&writer, &ledger, &all)?;
        tell_played(&writer, started);
        publish_snapshot(&mut writer, &cast, &ledger, &published, semey_seconds("2025-10-14 18:00"))?;
        drop(writer);
        let source = verifier::folder::read_folder(&published)?;
        let (code, head) = verify_published(&source, &published, &dir.join("report.html"))?;
        tamper_and_verify(&published, &dir.join("tampered"), &dir.join("report-tampered.html"))?;
        let lies = dir.join("liars");
        catch_liars(&HonestLedger {
            cast: &cast,
            head: &head,
            source: &source,
            published: &published,
            lies: &lies,
        })?;
        print(&format!("\n{}", say("demo-announced", &[])));
        claims::tell_demo_claims(&[CLAIMS], std::slice::from_ref(&published))?;
        tell_what_to_try(self.dir.as_deref(), started);
        Ok(code)
    }
}

pub(crate) fn require_empty(dir: &Path) -> Result<(), Fault> {
    let mut items = match fs::read_dir(dir) {
        Ok(items) => items,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            fs::create_dir_all(dir).map_err(|error| FileFault::Write { path: dir.to_owned(), error })?;
            return Ok(());
        }
        Err(error) => return Err(FileFault::Read { path: dir.to_owned(), error }.into()),
    };
    if items.next().is_some() {
        let expected = phrase!("argument-empty-folder", "an empty folder, or one that is not there yet");
        return Err(Fault::Argument { expected, found: Phrase::verbatim(dir.display()) });
    }
    Ok(())
}

fn play_semey(
    cast: &mut Cast,
    all: &[Contest],
    ledger: &Path,
    state: Option<PathBuf>,
) -> Result<Writer, Fault> {
    let charter = demo::semey_charter(cast)?;
    let mut stage = PlayedLedger::create(cast, &charter, ledger, state)?;
    let chapters = [
        (
            say("demo-chapter-forming", &[("commissions", 131.into()), ("precincts", 128.into())]),
            demo::commission_acts(cast, stage.id, all)?,
        ),
        (say("demo-chapter-calling", &[("elections", 1.into())]), collect_acts(all, demo::calling_acts)?),
        (say("demo-chapter-campaign", &[]), collect_acts(all, demo::campaign_acts)?),
        (say("demo-chapter-voting", &[]), collect_acts(all, demo::voting_day_acts)?),
        (say("demo-chapter-corrections", &[]), collect_acts(all, demo::correction_acts)?),
        (say("demo-chapter-endings", &[]), collect_acts(all, demo::ending_acts)?),
    ];
    stage.play_chapters(cast, Grouping::Apart, chapters.into())?;
    Ok(stage.writer)
}

fn verify_published(source: &verifier::Source, published: &Path, page: &Path) -> Result<(u8, Head), Fault> {
    let report =
        verifier::Verification::run(source, &verifier::ObserverInputs::default(), None).into_report();
    write_report(&report, page)?;
    let head = source::replay_source(published, None)?;
    let (id, election) = find_election(&head, Some(demo::ELECTION))?;
    print(&results::describe_result(&head, &id, &election));
    print("");
    print(&say("demo-verified-alone", &[]));
    print(&report.sentence_in(program::answer_language()));
    print(&report.anchor_sentence_in(program::answer_language()));
    Ok((report.verdict().exit_code(), head))
}

/// One vote moves from one candidate to another in a copy of the published ledger.
fn tamper_and_verify(published: &Path, copy: &Path, page: &Path) -> Result<(), Fault> {
    copy_folder(published, copy)?;
    let changed = change_one_vote(copy)?;
    print(&format!("\n{}", say("demo-tampered", &[("path", changed.into())])));
    let report = verifier::Verification::run(
        &verifier::folder::read_folder(copy)?,
        &verifier::ObserverInputs::default(),
        None,
    )
    .into_report();
    write_report(&report, page)?;
    print(&report.sentence_in(program::answer_language()));
    for found in report
        .findings
        .iter()
        .filter(|found| found.status == verifier::FindingStatus::Fail && found.entry.is_some())
        .take(3)
    {
        let entry = found.entry.unwrap_or_default();
        let message = found.message.text_in(program::answer_language());
        let args = [
            ("check", found.check.id().into()),
            ("entry", entry.to_string().into()),
            ("said", message.into()),
        ];
        print(&say("demo-found", &args));
    }
    Ok(())
}

fn copy_folder(from: &Path, to: &Path) -> Result<(), Fault> {
    fs::create_dir_all(to).map_err(|error| FileFault::Write { path: to.to_owned(), error })?;
    let failed = |error| FileFault::Read { path: from.to_owned(), error };
    for item in fs::read_dir(from).map_err(failed)? {
        let item = item.map_err(failed)?;
        let target = to.join(item.file_name());
        if item.file_type().map_err(failed)?.is_dir() {
            copy_folder(&item.path(), &target)?;
        } else {
            fs::copy(item.path(), &target).map_err(|error| FileFault::Write { path: target, error })?;
        }
    }
    Ok(())
}

/// Raises the last digit of the first candidate's votes in a precinct's protocol, by one.
fn change_one_vote(copy: &Path) -> Result<String, Fault> {
    let folder = copy.join("tile/entries");
    let failed = |error| FileFault::Read { path: folder.clone(), error };
    let mut names: Vec<PathBuf> = Vec::new();
    for item in fs::read_dir(&folder).map_err(failed)? {
        names.push(item.map_err(failed)?.path());
    }
    names.sort();
    for path in names.iter().filter(|path| path.is_file()) {
        let mut bytes = fs::read(path).map_err(|error| FileFault::Read { path: path.clone(), error })?;
        if let Some(digit) = find_vote(&bytes)
            && let Some(byte) = bytes.get_mut(digit)
        {
            *byte = if *byte == b'9' { b'8' } else { *byte + 1 };
            fs::write(path, &bytes).map_err(|error| FileFault::Write { path: path.clone(), error })?;
            let name = path.strip_prefix(copy).unwrap_or(path).display();
            return Ok(name.to_string());
        }
    }
    Err(Fault::Argument {
        expected: phrase!("argument-published-protocol", "a protocol in the published ledger"),
        found: phrase!("found-none", "none"),
    })
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

fn tell_what_to_try(dir: Option<&Path>, started: Instant) {
    print(&format!("\n{}", describe_duration(started)));
    let Some(dir) = dir else {
        eprint(&say("demo-keep", &[]));
        return;
    };
    let dir = dir.display();
    let kept = say("demo-kept", &[("dir", dir.to_string().into())]);
    print(&format!(
        "{kept}\n  hattama verify {dir}/published\n  hattama verify {dir}/tampered\n  \
         hattama results {dir}/published\n  hattama history {dir}/published\n  \
         hattama results {dir}/published --as-of 2025-10-12T23:59:00+05:00\n  hattama ledger status {dir}/ledger\n  \
         hattama verify {dir}/liars/operator --pin {dir}/liars/noted-on-the-night\n  \
         hattama verify {dir}/published --qr {dir}/liars/sheet-on-the-wall.txt\n  \
         hattama verify {dir}/published --mirror {dir}/liars/another-view\n  \
         hattama evidence verify {dir}/liars/evidence/…"
    ));
}

/// How long it took.
fn describe_duration(started: Instant) -> String {
    say("demo-done", &[("seconds", format!("{:.1}", started.elapsed().as_secs_f64()).into())])
}
