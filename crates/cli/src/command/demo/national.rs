//! `hattama demo --national`: 45 elections in one ledger, and what the CEC announced of them.
//!
//! In: the order of the story. Out: the script and what is real in it (`demo::national`).

use std::{fs, path::Path, time::Instant};

use demo::{
    act::semey_seconds,
    cast::Cast,
    contest::Contest,
    national::{self, sources},
    stage::Grouping,
};

use super::{Stage, every, snapshot, told, write_keys};
use crate::{command::summary, fault::Fault, print, texts};

/// Plays, publishes, verifies from the published folder, prints the summary.
pub(super) fn run(dir: &Path, keep: bool, started: Instant) -> Result<u8, Fault> {
    let (ledger, published) = (dir.join("ledger"), dir.join("published"));
    print(sources::WARNING);
    let all = national::all_contests();
    let mut cast = Cast::new(national::SEED);
    let mut stage = played(&mut cast, &all, &ledger)?;
    if keep {
        write_keys(&cast, dir, |label| !label.starts_with("pec-"))?;
        let path = dir.join("notes.txt");
        fs::write(&path, sources::describe_sources()).map_err(|error| Fault::Write { path, error })?;
    }
    demo::documents::attach_documents(&stage.writer, &ledger, &all)?;
    told(&stage.writer, started);
    snapshot(&mut stage.writer, &cast, &ledger, &published, semey_seconds("2023-11-07 18:00"))?;
    print(&summary::text(stage.writer.head()));
    drop(stage);
    let report = verifier::verify(&verifier::folder::read(&published)?, &[]);
    print("\nVerified from the published folder alone:");
    print(&report.sentence_in(texts::lang()));
    print(&report.anchor_sentence_in(texts::lang()));
    print(&format!("\nDone in {:.1} s.", started.elapsed().as_secs_f64()));
    if keep {
        let dir = dir.display();
        print(&format!(
            "Everything is in {dir}; {dir}/notes.txt says which figures were printed. Try:\n  hattama verify {dir}/published\n  \
             hattama summary {dir}/published\n  hattama summary {dir}/published --as-of 2023-11-05T18:00:00+06:00\n  \
             hattama results {dir}/published --election esil-north-2023"
        ));
    }
    Ok(report.verdict().exit_code())
}

fn played(cast: &mut Cast, all: &[Contest], ledger: &Path) -> Result<Stage, Fault> {
    let charter = demo::signed_charter(cast, national::TITLE, semey_seconds("2023-09-12 09:00"))?;
    let mut stage = Stage::open(cast, &charter, ledger)?;
    let mut chapters = vec![
        ("forming 1,554 commissions, 1,491 precincts", demo::commission_acts(cast, stage.id, all)?),
        ("calling 45 elections", every(all, demo::calling_acts)?),
    ];
    let mut campaign = every(all, demo::campaign_acts)?;
    campaign.extend(national::accreditation_acts(all)?);
    chapters.extend([
        ("candidates, ballots, observers", campaign),
        ("voting day and the night", every(all, demo::voting_day_acts)?),
        ("recounts, wrong transcriptions", every(all, demo::correction_acts)?),
        ("results, publication, certificates", every(all, demo::ending_acts)?),
    ]);
    stage.play(cast, Grouping::Together, chapters)?;
    Ok(stage)
}
