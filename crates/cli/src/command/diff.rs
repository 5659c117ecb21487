//! `hattama diff`: what changed between two snapshots, and which event explains each change.
//!
//! The comparison is `verifier`'s; `hattama history` prints one precinct's whole life.

use std::path::PathBuf;

use clap::Args;
use commission::{described::field::Named, drafting::lookup::find_named};
use event::Id;
use law::{Rule, State, facts::SyntheticKind, state::Election};
use ledger::Head;
use phrase::{Phrase, Phrased as _, phrase};
use serde::Serialize;
use texts::{
    describe_synthetic, election_name,
    program::{answer_language, law_word, say},
    say_fault, say_named_phrase,
};
use verifier::{
    Source,
    changes::Change,
    compare::projections::PublishedThing,
    diff::{self, Moved, PrecinctDiff, Side},
};

use super::history::{describe_effects, describe_ground, signed_difference};
use crate::{
    fault::Fault,
    named::{name_candidate, name_seats, number_precinct, tell_time},
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
        let state = found.ledger.as_ref().map(Head::state);
        if let Some(text) = &self.precinct {
            let wanted = find_precinct(ledger, state, text)?;
            found.precincts.retain(|precinct| precinct.precinct == wanted);
            found
                .faults
                .retain(|fault| fault.rule != Rule::Snp05 || fault.precinct.as_ref() == Some(&wanted));
            found.totals.clear();
            found.appeared.clear();
        }
        let text = if self.json {
            encode_diff(older, newer, &found)?
        } else {
            DiffNames { state }.describe_diff(older, newer, &found)
        };
        print(text.trim_end());
        Ok(u8::from(!found.faults.is_empty()))
    }
}

/// The id of a precinct of the ledger.
fn find_precinct(ledger: &Source, state: Option<&State>, text: &str) -> Result<String, Fault> {
    let found = state.and_then(|state| {
        let id = find_named(state, None, Named::Precinct, text).ok()?;
        state.precincts.contains_key(&id).then_some(id)
    });
    match found {
        Some(id) => Ok(id.to_string()),
        None => Err(Fault::Argument {
            expected: phrase!("argument-precinct", "a precinct of {name}", name = ledger.name.clone()),
            found: Phrase::verbatim(text),
        }),
    }
}

/// The names of elections, precincts and candidates, where a ledger stands beside the snapshots.
struct DiffNames<'a> {
    state: Option<&'a State>,
}

impl DiffNames<'_> {
    fn describe_diff(&self, older: &Side, newer: &Side, found: &diff::SideDifferences) -> String {
        let mut lines = vec![describe_side("diff-older", older), describe_side("diff-newer", newer)];
        lines.extend(describe_synthetic(answer_language(), older.synthetic.union(&newer.synthetic)));
        lines.push(String::new());
        for fault in &found.faults {
            lines.push(format!(
                "{} {}: {}",
                law_word("status-FAIL"),
                fault.rule.id(),
                say_fault(&fault.said)
            ));
        }
        for thing in &found.appeared {
            lines.push(say("diff-new", &[("thing", self.name_thing(thing).into())]));
        }
        for precinct in &found.precincts {
            lines.extend(self.describe_precinct(precinct));
        }
        for (election, moved) in &found.totals {
            lines.push(say("diff-totals", &[("election", self.name_election(election).into())]));
            lines.push(self.tabulate_moves(election, moved));
        }
        let unexplained = found.faults.iter().filter(|fault| fault.rule == Rule::Snp05).count();
        let args = [("changed", found.precincts.len().into()), ("unexplained", unexplained.into())];
        lines.push(say("diff-sum", &args));
        lines.join("\n")
    }

    /// An election by its name, its id behind it.
    fn name_election(&self, id: &str) -> String {
        let name = self.election(id).map(|own| election_name(own, answer_language()));
        name.map_or_else(|| id.to_owned(), |name| format!("{name} ({id})"))
    }

    fn election(&self, id: &str) -> Option<&Election> {
        self.state?.elections.get(&Id::new(id).ok()?)
    }

    /// A candidate by name.
    fn candidate(&self, election: &str, id: &str) -> Option<String> {
        let (own, id) = (self.election(election)?, Id::new(id).ok()?);
        own.candidates.contains_key(&id).then(|| name_candidate(own, &id))
    }

    /// A precinct by its number, its id behind it.
    fn number_precinct(&self, id: &str) -> String {
        let known = self.state.zip(Id::new(id).ok());
        known.map_or_else(|| id.to_owned(), |(state, id)| number_precinct(state, &id))
    }

    fn name_thing(&self, thing: &PublishedThing) -> String {
        let mut named = thing.clone();
        match &mut named {
            PublishedThing::Attachment(_) => {}
            PublishedThing::Election(id) => *id = self.name_election(id),
            PublishedThing::Precinct { precinct, election } => {
                *precinct = self.number_precinct(precinct);
                *election = self.name_election(election);
            }
            PublishedThing::Candidate { candidate, election } => {
                *candidate = self.candidate(election, candidate).unwrap_or_else(|| candidate.clone());
                *election = self.name_election(election);
            }
        }
        say_fault(&named)
    }

    fn describe_precinct(&self, precinct: &PrecinctDiff) -> Vec<String> {
        let args = [
            ("precinct", self.number_precinct(&precinct.precinct).into()),
            ("election", self.name_election(&precinct.election).into()),
        ];
        let moved = self.tabulate_moves(&precinct.election, &precinct.moved);
        let mut lines = vec![say("diff-precinct", &args), moved];
        for change in &precinct.because {
            lines.extend(self.describe_cause(change));
        }
        lines
    }

    fn describe_cause(&self, change: &Change) -> Vec<String> {
        let args = [
            ("entry", change.entry.to_string().into()),
            ("fact", law_word(&format!("fact-{}", change.fact)).into()),
            ("at", tell_time(&change.at).into()),
            ("seats", name_seats(&change.signers).into()),
            ("event", change.event.to_string().into()),
        ];
        let name_of =
            |id: &Id| self.candidate(change.election.as_str(), id.as_str()).unwrap_or_else(|| id.to_string());
        let effects = describe_ground(change).into_iter().chain(describe_effects(change, &name_of));
        let first = format!("  {}", say("diff-because", &args));
        std::iter::once(first).chain(effects.map(|line| format!("    {line}"))).collect()
    }

    fn tabulate_moves(&self, election: &str, moves: &[Moved]) -> String {
        let header = ["history-before", "history-after", "history-change"].map(|id| say(id, &[]));
        let [before, after, change] = header.each_ref().map(String::as_str);
        let mut table = table::new_figures_table(&["", before, after, change]);
        for one in moves {
            let told = |figure: Option<u64>| figure.map_or_else(|| "-".to_owned(), table::group_digits);
            let change = one
                .before
                .zip(one.after)
                .map_or_else(String::new, |(before, after)| signed_difference(before, after));
            let name_of = |id: &str| self.candidate(election, id);
            let figure = say_named_phrase(answer_language(), &one.figure.phrase(), &name_of);
            table.add_row([figure, told(one.before), told(one.after), change]);
        }
        format!("{table}")
    }
}

fn describe_side(id: &str, side: &Side) -> String {
    let args = [
        ("name", say_fault(&side.name).into()),
        ("size", side.size.to_string().into()),
        ("root", side.root.in_groups().into()),
    ];
    say(id, &args)
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
