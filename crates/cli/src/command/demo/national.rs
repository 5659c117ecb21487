//! `hattama demo --national`: 45 elections in one ledger, and what the CEC announced of them.

use std::{
    fs,
    path::{Path, PathBuf},
    time::Instant,
};

use client::files::FileFault;
use demo::{
    act::semey_seconds,
    cast::Cast,
    contest::Contest,
    national::{self, sources},
    stage::Grouping,
};
use texts::{
    Language,
    program::{self, program_catalogue, say},
};
use verifier::{ObserverInputs, Verification, folder};

use super::play::{PlayedLedger, collect_acts, publish_snapshot, tell_played, write_keys};
use crate::{
    command::{claims, summary},
    fault::Fault,
    terminal::print,
};

/// What was announced of 5 November 2023.
const CLAIMS: &str = include_str!("../../../../../claims/november-2023.toml");

/// Plays, publishes, verifies from the published folder, prints the summary.
pub(super) fn run(dir: &Path, state: Option<PathBuf>, keep: bool, started: Instant) -> Result<u8, Fault> {
    let (ledger, published) = (dir.join("ledger"), dir.join("published"));
    print(&say("demo-warning-national", &[]));
    let all = national::all_contests();
    let mut cast = Cast::new(national::SEED);
    let mut stage = play_country(&mut cast, &all, &ledger, state)?;
    if keep {
        write_keys(&cast, dir, |label| !label.starts_with("pec-"))?;
        let path = dir.join("notes.txt");
        let warning = program_catalogue().format_text(Language::En, "demo-warning-national", &[]);
        fs::write(&path, format!("{warning}\n\n{}", sources::describe_sources()))
            .map_err(|error| FileFault::Write { path, error })?;
    }
    demo::documents::attach_documents(&stage.writer, &ledger, &all)?;
    tell_played(&stage.writer, started);
    publish_snapshot(&mut stage.writer, &cast, &ledger, &published, semey_seconds("2023-11-07 18:00"))?;
    print(&summary::describe_ledger(stage.writer.head()));
    drop(stage);
    let report =
        Verification::run(&folder::read_folder(&published)?, &ObserverInputs::default(), None).into_report();
    print(&format!("\n{}", say("demo-verified-alone", &[])));
    print(&report.sentence_in(program::answer_language()));
    print(&report.anchor_sentence_in(program::answer_language()));
    print(&format!("\n{}", say("demo-announced", &[])));
    claims::tell_demo_claims(&[CLAIMS], std::slice::from_ref(&published))?;
    let seconds = format!("{:.1}", started.elapsed().as_secs_f64());
    print(&format!("\n{}", say("demo-done", &[("seconds", seconds.into())])));
    if keep {
        let dir = dir.display();
        let kept = say("demo-kept-national", &[("dir", dir.to_string().into())]);
        print(&format!(
            "{kept}\n  hattama verify {dir}/published\n  \
             hattama summary {dir}/published\n  hattama summary {dir}/published --as-of 2023-11-05T18:00:00+06:00\n  \
             hattama results {dir}/published --election esil-north-2023"
        ));
    }
    Ok(report.verdict().exit_code())
}

fn play_country(
    cast: &mut Cast,
    all: &[Contest],
    ledger: &Path,
    state: Option<PathBuf>,
) -> Result<PlayedLedger, Fault> {
    let charter = demo::signed_charter(cast, national::TITLE, semey_seconds("2023-09-12 09:00"))?;
    let mut stage = PlayedLedger::create(cast, &charter, ledger, state)?;
    let mut chapters = vec![
        (
            say(
                "demo-chapter-forming",
                &[("commissions", texts::figure(1_554)), ("precincts", texts::figure(1_491))],
            ),
            demo::commission_acts(cast, stage.id, all)?,
        ),
        (say("demo-chapter-calling", &[("elections", 45.into())]), collect_acts(all, demo::calling_acts)?),
    ];
    let mut campaign = collect_acts(all, demo::campaign_acts)?;
    campaign.extend(national::accreditation_acts(all)?);
    chapters.extend([
        (say("demo-chapter-campaign", &[]), campaign),
        (say("demo-chapter-voting", &[]), collect_acts(all, demo::voting_day_acts)?),
        (say("demo-chapter-corrections", &[]), collect_acts(all, demo::correction_acts)?),
        (say("demo-chapter-endings", &[]), collect_acts(all, demo::ending_acts)?),
    ]);
    stage.play_chapters(cast, Grouping::Together, chapters)?;
    Ok(stage)
}
