//! `hattama demo --years`: elections of akims from 2021 to 2025 in three ledgers, added up and held against what was announced.

use std::{
    path::{Path, PathBuf},
    time::Instant,
};

use demo::{
    act::semey_seconds,
    cast::Cast,
    contest::Contest,
    stage::Grouping,
    years::{self, StepOfChange, YearsLedger},
};
use texts::program::{self, say};
use verifier::{ObserverInputs, Verification, folder};

use super::play::{PlayedLedger, collect_acts, publish_snapshot, tell_played};
use crate::{
    command::{claims as claims_command, summary},
    fault::Fault,
    terminal::print,
};

/// What was announced of the years.
const CLAIMS: [&str; 6] = [
    include_str!("../../../../../claims/july-2021.toml"),
    include_str!("../../../../../claims/november-2025.toml"),
    include_str!("../../../../../claims/aktobe-2023.toml"),
    include_str!("../../../../../claims/astana-2023.toml"),
    include_str!("../../../../../claims/november-2023.toml"),
    include_str!("../../../../../claims/semey-2025.toml"),
];

/// Plays, publishes and verifies each ledger; then adds all of them up.
pub(super) fn run(dir: &Path, state: Option<&PathBuf>, keep: bool, started: Instant) -> Result<u8, Fault> {
    print(&say("demo-warning-years", &[]));
    let mut published = Vec::new();
    let mut code = 0;
    for ledger in &years::LEDGERS {
        let own = dir.join(ledger.folder);
        let state = state.map(|state| state.join(ledger.folder));
        code = code.max(play_ledger(ledger, &own, state)?);
        published.push(own.join("published"));
    }
    print(&format!("\n{}", say("demo-added-up", &[])));
    summary::print_grouped(&published)?;
    print(&format!("\n{}", say("demo-announced-years", &[])));
    claims_command::tell_demo_claims(&CLAIMS, &published)?;
    let seconds = format!("{:.1}", started.elapsed().as_secs_f64());
    print(&format!("\n{}", say("demo-done", &[("seconds", seconds.into())])));
    if keep {
        let all = published.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(" ");
        let kept = say("demo-kept-years", &[("dir", dir.display().to_string().into())]);
        print(&format!("{kept}\n  hattama summary {all} --by region\n  hattama claims {all} --claims FILE"));
    }
    Ok(code)
}

fn play_ledger(ledger: &YearsLedger, dir: &Path, state: Option<PathBuf>) -> Result<u8, Fault> {
    let (folder, published) = (dir.join("ledger"), dir.join("published"));
    let begun = Instant::now();
    let all = ledger.all_contests();
    let mut cast = Cast::new(years::SEED);
    let args = [("ledger", ledger.folder.into()), ("elections", all.len().into())];
    print(&format!("\n{}", say("demo-ledger-of-years", &args)));
    let charter = demo::signed_charter(&mut cast, ledger.title, semey_seconds(ledger.opened))?;
    let mut stage = PlayedLedger::create(&cast, &charter, &folder, state)?;
    let acts = collect_all_acts(&mut cast, &stage, &all)?;
    stage.play_chapters(&mut cast, Grouping::Together, vec![(ledger.folder.to_owned(), acts)])?;
    demo::documents::attach_documents(&stage.writer, &folder, &all)?;
    tell_played(&stage.writer, begun);
    let begun = Instant::now();
    publish_snapshot(&mut stage.writer, &cast, &folder, &published, semey_seconds(ledger.published))?;
    let publishing = begun.elapsed().as_secs_f64();
    tell_change_of_offices(&stage, &mut cast, &all)?;
    drop(stage);
    let begun = Instant::now();
    let report =
        Verification::run(&folder::read_folder(&published)?, &ObserverInputs::default(), None).into_report();
    print(&say("demo-verified-alone", &[]));
    print(&report.sentence_in(program::answer_language()));
    print(&report.anchor_sentence_in(program::answer_language()));
    let args = [
        ("publishing", format!("{publishing:.1}").into()),
        ("verifying", format!("{:.1}", begun.elapsed().as_secs_f64()).into()),
    ];
    print(&say("demo-seconds", &args));
    Ok(report.verdict().exit_code())
}

/// Offices change: what was lawful until 30 June 2026 is refused from 1 July on. Who was elected before stays in the ledger as he was. All
/// of it is judged after the ledger's last entry, and none of it is written.
fn tell_change_of_offices(stage: &PlayedLedger, cast: &mut Cast, all: &[Contest]) -> Result<(), Fault> {
    let acts = years::acts_of_the_change(all).map_err(demo::stage::StageError::from)?;
    if acts.is_empty() {
        return Ok(());
    }
    print(&format!("\n{}", say("demo-offices-change", &[])));
    let mut head = stage.writer.head().clone();
    for one in acts {
        let signed = demo::act::sign_act(&head, cast, &one.act).map_err(demo::stage::StageError::from)?;
        let received = node::received_for(&head, &signed.event)?;
        let entry = head.seal(signed.check()?, received)?;
        let said = match head.admit(entry) {
            Ok(admitted) => {
                head.extend(admitted);
                say("demo-admitted", &[])
            }
            Err(refusal) => say("demo-refused", &[("said", texts::say_fault(&refusal).into())]),
        };
        let args = [("election", one.election.unwrap_or_default().into()), ("said", said.into())];
        print(&match one.step {
            StepOfChange::Rules => say("demo-rules-change", &args),
            StepOfChange::CalledBefore => say("demo-called-before", &args),
            StepOfChange::CalledAfter => say("demo-called-again", &args),
            StepOfChange::RuralAfter => say("demo-called-rural", &args),
        });
    }
    let sitting = years::count_sitting_akims(head.state());
    print(&say("demo-sitting", &[("akims", sitting.into())]));
    Ok(())
}

/// Of all elections together, so that they are played in the order of their times.
fn collect_all_acts(
    cast: &mut Cast,
    stage: &PlayedLedger,
    all: &[Contest],
) -> Result<Vec<demo::act::Act>, Fault> {
    let mut acts = demo::commission_acts(cast, stage.id, all)?;
    for chapter in [
        demo::calling_acts,
        demo::campaign_acts,
        demo::voting_day_acts,
        demo::correction_acts,
        demo::ending_acts,
    ] {
        acts.extend(collect_acts(all, chapter)?);
    }
    Ok(acts)
}
