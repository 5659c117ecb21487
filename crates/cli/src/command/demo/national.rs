//! `hattama demo --national`: 45 elections in one ledger, and what the CEC announced of them.

use std::{fs, path::Path, time::Instant};

use client::files::FileFault;
use texts::program;

use super::{Stage, every, snapshot, told, write_keys};
use crate::{
    command::summary,
    demo::{
        self,
        cast::Cast,
        contest::Contest,
        national::{self, sources},
        stage::{Groups, local},
    },
    fault::Fault,
    terminal::print,
};

/// Plays, publishes, verifies from the published folder, prints the summary.
pub(super) fn run(dir: &Path, keep: bool, started: Instant) -> Result<u8, Fault> {
    let (ledger, published) = (dir.join("ledger"), dir.join("published"));
    print(sources::WARNING);
    let all = national::contests();
    let mut cast = Cast::new(national::SEED);
    let mut stage = played(&mut cast, &all, &ledger)?;
    if keep {
        write_keys(&cast, dir, |label| !label.starts_with("pec-"))?;
        let path = dir.join("notes.txt");
        fs::write(&path, sources::notes()).map_err(|error| FileFault::Write { path, error })?;
    }
    demo::papers::attach(&stage.writer, &ledger, &all)?;
    told(&stage.writer, started);
    snapshot(&mut stage.writer, &cast, &ledger, &published, local("2023-11-07 18:00"))?;
    print(&summary::describe_ledger(stage.writer.head()));
    drop(stage);
    let report = verifier::verify(&verifier::folder::read(&published)?, &[]);
    print("\nVerified from the published folder alone:");
    print(&report.sentence_in(program::lang()));
    print(&report.anchor_sentence_in(program::lang()));
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
    let charter = demo::charter_of(cast, national::TITLE, local("2023-09-12 09:00"))?;
    let mut stage = Stage::open(cast, &charter, ledger)?;
    let mut chapters = vec![
        ("forming 1,554 commissions, 1,491 precincts", demo::commissions(cast, stage.id, all)?),
        ("calling 45 elections", every(all, demo::calling)?),
    ];
    let mut campaign = every(all, demo::campaign)?;
    campaign.extend(national::accreditations(all)?);
    chapters.extend([
        ("candidates, ballots, observers", campaign),
        ("voting day and the night", every(all, demo::voting_day)?),
        ("recounts, wrong transcriptions", every(all, demo::corrections)?),
        ("results, publication, certificates", every(all, demo::ending)?),
    ]);
    stage.play(cast, Groups::Together, chapters)?;
    Ok(stage)
}
