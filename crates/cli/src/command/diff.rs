//! `hattama diff`: what changed between two snapshots, and which event explains each change.
//!
//! The comparison is `verifier`'s; `hattama history` prints one precinct's whole life.

use std::path::PathBuf;

use clap::Args;
use commission::{described::field::Named, drafting::lookup::find_named};
use event::Id;
use law::{Rule, facts::SyntheticKind};
use phrase::{Phrase, phrase};
use serde::Serialize;
use texts::{
    describe_synthetic,
    program::{answer_language, law_word, say},
    say_fault,
};
use verifier::{
    Source,
    changes::Change,
    diff::{self, Moved, PrecinctDiff, Side},
};

use super::history::{describe_effects, describe_ground, signed_difference};
use crate::{
    fault::Fault,
    named::{name_seats, tell_time},
    source, table,
    terminal::print,
};

/// Say what changed between two snapshots, and which event explains each change
///
/// A and B are what SOURCE can be elsewhere, or the folder of one snapshot; without --from and --to, what their newest
/// snapshots were published with. One of them must hold the events. Exit code: 0 every change is explained, 1 some is
/// not, or the histories differ, 2 could not tell.
#[derive(Debug, Args)]
pub(crate) struct DiffWords {
    /// A ledger, or one snapshot of it
    a: PathBuf,
    /// Another copy of the same ledger, or another snapshot [default: A]
    b: Option<PathBuf>,
    /// What A came to at so many entries
    #[arg(long, env = "HATTAMA_FROM", value_name = "SIZE", required_unless_present = "b")]
    from: Option<u64>,
    /// What B came to at so many entries [default: all of them]
    #[arg(long, env = "HATTAMA_TO", value_name = "SIZE")]
    to: Option<u64>,
    /// One precinct only, by id or by number
    #[arg(long, env = "HATTAMA_PRECINCT", value_name = "ID")]
    precinct: Option<String>,
    /// Print it as JSON
    #[arg(long, env = "HATTAMA_JSON")]
    json: bool,
}

impl DiffWords {
    pub(crate) fn run(self) -> Result<u8, Fault> {
        let one = source::read_side(&self.a)?;
        let other = self.b.as_deref().map(source::read_side).transpose()?;
        let second = other.as_ref().unwrap_or(&one);
        let whole = |side: &Source| side.files().is_none_or(|files| !files.contains_key("manifest.json"));
        // In one ledger the newer side is everything that it has come to, unless it is said otherwise.
        let to = match (&other, self.to) {
            (None, None) => Some(verifier::replay_to(&one, None)?.size()),
            (_, to) => to,
        };
        let mut sides = [(Side::of(&one, self.from)?, &one), (Side::of(second, to)?, second)];
        sides.sort_by_key(|(side, _)| side.size);
        let [(older, first), (newer, last)] = &sides;
        let ledger = [*last, *first].into_iter().find(|side| whole(side));
        let ledger = ledger.ok_or_else(|| Fault::Argument {
            expected: phrase!(
                "argument-ledger-beside",
                "a ledger beside the snapshot: events explain what changed"
            ),
            found: phrase!("argument-two-snapshots", "two single snapshots"),
        })?;
        let mut found = diff::compare_sides(older, newer, Some(ledger))?;
        if let Some(text) = &self.precinct {
            let wanted = find_precinct(ledger, text)?;
            found.precincts.retain(|precinct| precinct.precinct == wanted);
            found
                .faults
                .retain(|fault| fault.rule != Rule::Snp05 || fault.precinct.as_ref() == Some(&wanted));
            found.totals.clear();
            found.appeared.clear();
        }
        let text =
            if self.json { encode_diff(older, newer, &found)? } else { describe_diff(older, newer, &found) };
        print(text.trim_end());
        Ok(u8::from(!found.faults.is_empty()))
    }
}

/// The id of a precinct of the ledger.
fn find_precinct(ledger: &Source, text: &str) -> Result<String, Fault> {
    let head = verifier::replay_to(ledger, None)?;
    let found = find_named(head.state(), None, Named::Precinct, text).ok();
    match found.filter(|id| head.state().precincts.contains_key(id)) {
        Some(id) => Ok(id.to_string()),
        None => Err(Fault::Argument {
            expected: phrase!("argument-precinct", "a precinct of {name}", name = ledger.name.clone()),
            found: Phrase::verbatim(text),
        }),
    }
}

fn describe_diff(older: &Side, newer: &Side, found: &diff::SideDifferences) -> String {
    let mut lines = vec![describe_side("diff-older", older), describe_side("diff-newer", newer)];
    lines.extend(describe_synthetic(answer_language(), older.synthetic.union(&newer.synthetic)));
    lines.push(String::new());
    for fault in &found.faults {
        lines.push(format!("{} {}: {}", law_word("status-FAIL"), fault.rule.id(), say_fault(&fault.said)));
    }
    for thing in &found.appeared {
        lines.push(say("diff-new", &[("thing", say_fault(thing).into())]));
    }
    for precinct in &found.precincts {
        lines.extend(describe_precinct(precinct));
    }
    for (election, moved) in &found.totals {
        lines.push(say("diff-totals", &[("election", election.clone().into())]));
        lines.push(tabulate_moves(moved));
    }
    let unexplained = found.faults.iter().filter(|fault| fault.rule == Rule::Snp05).count();
    let args = [("changed", found.precincts.len().into()), ("unexplained", unexplained.into())];
    lines.push(say("diff-sum", &args));
    lines.join("\n")
}

fn describe_side(id: &str, side: &Side) -> String {
    let args = [
        ("name", say_fault(&side.name).into()),
        ("size", side.size.to_string().into()),
        ("root", side.root.in_groups().into()),
    ];
    say(id, &args)
}

fn describe_precinct(precinct: &PrecinctDiff) -> Vec<String> {
    let args =
        [("precinct", precinct.precinct.clone().into()), ("election", precinct.election.clone().into())];
    let mut lines = vec![say("diff-precinct", &args), tabulate_moves(&precinct.moved)];
    for change in &precinct.because {
        let args = [
            ("entry", change.entry.to_string().into()),
            ("fact", law_word(&format!("fact-{}", change.fact)).into()),
            ("at", tell_time(&change.at).into()),
            ("seats", name_seats(&change.signers).into()),
            ("event", change.event.to_string().into()),
        ];
        lines.push(format!("  {}", say("diff-because", &args)));
        lines.extend(
            describe_ground(change)
                .into_iter()
                .chain(describe_effects(change, &Id::to_string))
                .map(|line| format!("    {line}")),
        );
    }
    lines
}

fn tabulate_moves(moves: &[Moved]) -> String {
    let header = ["history-before", "history-after", "history-change"].map(|id| say(id, &[]));
    let [before, after, change] = header.each_ref().map(String::as_str);
    let mut table = table::new_figures_table(&["", before, after, change]);
    for one in moves {
        let told = |figure: Option<u64>| figure.map_or_else(|| "-".to_owned(), table::group_digits);
        let change = one
            .before
            .zip(one.after)
            .map_or_else(String::new, |(before, after)| signed_difference(before, after));
        table.add_row([say_fault(&one.figure), told(one.before), told(one.after), change]);
    }
    format!("{table}")
}

fn encode_diff(
    older: &Side,
    newer: &Side,
    found: &diff::SideDifferences,
) -> Result<String, serde_json::Error> {
    #[derive(Serialize)]
    struct DiffJson {
        older: SideJson,
        newer: SideJson,
        #[serde(skip_serializing_if = "Vec::is_empty")]
        synthetic: Vec<SyntheticKind>,
        faults: Vec<FaultJson>,
        appeared: Vec<String>,
        precincts: Vec<PrecinctJson>,
        totals: Vec<TotalsJson>,
    }
    let precincts = found.precincts.iter().map(|precinct| PrecinctJson {
        election: precinct.election.clone(),
        precinct: precinct.precinct.clone(),
        moved: precinct.moved.iter().map(MovedJson::of).collect(),
        because: precinct.because.iter().map(BecauseJson::of).collect(),
    });
    let totals = found.totals.iter().map(|(election, moved)| TotalsJson {
        election: election.clone(),
        moved: moved.iter().map(MovedJson::of).collect(),
    });
    serde_json::to_string_pretty(&DiffJson {
        older: SideJson::of(older),
        newer: SideJson::of(newer),
        synthetic: older.synthetic.union(&newer.synthetic).copied().collect(),
        faults: found
            .faults
            .iter()
            .map(|fault| FaultJson { check: fault.rule.id(), message: fault.said.to_string() })
            .collect(),
        appeared: found.appeared.iter().map(ToString::to_string).collect(),
        precincts: precincts.collect(),
        totals: totals.collect(),
    })
}

#[derive(Serialize)]
struct SideJson {
    size: u64,
    root: String,
    ledger: String,
}

#[derive(Serialize)]
struct FaultJson {
    check: &'static str,
    message: String,
}

#[derive(Serialize)]
struct PrecinctJson {
    election: String,
    precinct: String,
    moved: Vec<MovedJson>,
    because: Vec<BecauseJson>,
}

#[derive(Serialize)]
struct TotalsJson {
    election: String,
    moved: Vec<MovedJson>,
}

#[derive(Serialize)]
struct MovedJson {
    figure: String,
    before: Option<u64>,
    after: Option<u64>,
}

#[derive(Serialize)]
struct BecauseJson {
    entry: u64,
    event: String,
    fact: &'static str,
    at: String,
    signers: Vec<String>,
    reason: Option<String>,
}

impl SideJson {
    fn of(side: &Side) -> Self {
        Self { size: side.size, root: side.root.to_string(), ledger: side.ledger.to_string() }
    }
}

impl MovedJson {
    fn of(moved: &Moved) -> Self {
        Self { figure: moved.figure.to_string(), before: moved.before, after: moved.after }
    }
}

impl BecauseJson {
    fn of(change: &Change) -> Self {
        Self {
            entry: change.entry,
            event: change.event.to_string(),
            fact: change.fact,
            at: change.at.to_string(),
            signers: change.signers.clone(),
            reason: change.correction.as_ref().map(|(_, reason)| reason.clone()),
        }
    }
}
