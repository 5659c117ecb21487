//! `hattama precincts`: how far each precinct is, and who waits for whom.

use std::path::PathBuf;

use clap::Args;
use commission::{
    described::field::Named,
    drafting::lookup::find_named,
    standing::precincts::{PrecinctStanding, PrecinctState, list_precincts},
};
use event::Id;
use law::{State, state::Election};
use serde_json::json;
use texts::program::{law_word, say};

use crate::{
    command::results::mark_test,
    fault::Fault,
    named::{name_commission, tell_time},
    open::find_election,
    source, table,
    terminal::print,
};

/// Print how far each precinct is and who waits for whom
///
/// Not opened, open, closed, accounted, signed, received, returned, superseded, invalid; with the commission that has to act
/// next and what it states.
#[derive(Debug, Args)]
pub(crate) struct Precincts {
    /// A ledger, a published copy as folder, zip or address, or a node
    source: PathBuf,
    /// The election, where there are several
    #[arg(long, env = "HATTAMA_ELECTION", value_name = "ID")]
    election: Option<String>,
    /// Only the precincts for whose commission or organiser others wait
    #[arg(long, env = "HATTAMA_WAITING_FOR", value_name = "ID")]
    waiting_for: Option<String>,
    /// As it was at a number of entries, at a time, or at the end of a day
    #[arg(long, env = "HATTAMA_AS_OF", value_name = "SIZE|TIME")]
    as_of: Option<String>,
    /// Print it as JSON
    #[arg(long, env = "HATTAMA_JSON")]
    json: bool,
}

impl Precincts {
    pub(crate) fn run(self) -> Result<(), Fault> {
        let head = source::replay_source(&self.source, self.as_of.as_deref())?;
        let (id, election) = find_election(&head, self.election.as_deref())?;
        let all = list_precincts(head.state(), &election);
        let counts: Vec<(PrecinctState, usize)> = PrecinctState::ALL
            .iter()
            .map(|state| (*state, all.iter().filter(|one| one.state == *state).count()))
            .filter(|(_, count)| *count > 0)
            .collect();
        let find = |text: &str| find_named(head.state(), Some(&election), Named::Commission, text).ok();
        let waiting = self.waiting_for.as_deref().and_then(find);
        let wanted = |one: &&PrecinctStanding| {
            let own = waiting.as_ref();
            own.is_none_or(|own| one.waits.as_ref().is_some_and(|waits| waits.for_whom == *own))
        };
        let shown: Vec<&PrecinctStanding> = all.iter().filter(wanted).collect();
        if self.json {
            print(&encode_precincts(&id, head.state(), &election, &counts, &shown)?);
        } else {
            print(&describe_precincts(head.state(), &id, &election, &counts, &shown));
        }
        Ok(())
    }
}

fn describe_precincts(
    state: &State,
    id: &Id,
    election: &Election,
    counts: &[(PrecinctState, usize)],
    shown: &[&PrecinctStanding],
) -> String {
    let name = texts::election_name(election, texts::program::answer_language());
    let mut text = format!("{name} ({id})\n");
    let mark = mark_test(state, &state.synthetic_kinds_of(election));
    text.extend(mark.map(|mark| format!("{mark}\n")));
    if counts.is_empty() {
        text.push_str(&say("precincts-none", &[]));
        return text;
    }
    let told = counts.iter().map(|(state, count)| format!("{}: {count}", say(state.text(), &[])));
    text.push_str(&format!("{}\n\n", told.collect::<Vec<_>>().join(", ")));
    let titles =
        ["precincts-number", "precincts-id", "precincts-state", "precincts-since", "precincts-waits"];
    let titles = titles.map(|id| say(id, &[]));
    let header = titles.each_ref().map(String::as_str);
    let mut sheet = table::new_words_table(&header);
    for one in shown {
        let waits = one.waits.as_ref().map_or_else(String::new, |waits| {
            let name = name_commission(state, &waits.for_whom);
            let args = [
                ("commission", name.into()),
                ("id", waits.for_whom.as_str().into()),
                ("fact", law_word(&format!("fact-{}", waits.fact)).into()),
            ];
            say("precincts-waiting", &args)
        });
        let since = one.since.as_ref().map_or_else(|| "-".to_owned(), tell_time);
        let state = say(one.state.text(), &[]);
        sheet.add_row([one.number.as_str(), one.precinct.as_str(), &state, &since, &waits]);
    }
    text.push_str(&sheet.to_string());
    text
}

fn encode_precincts(
    id: &Id,
    state: &State,
    election: &Election,
    counts: &[(PrecinctState, usize)],
    shown: &[&PrecinctStanding],
) -> Result<String, Fault> {
    let counts: serde_json::Map<String, serde_json::Value> =
        counts.iter().map(|(state, count)| (state.name().to_owned(), json!(count))).collect();
    let one = |one: &&PrecinctStanding| {
        json!({
            "commission": one.commission,
            "number": one.number,
            "precinct": one.precinct,
            "since": one.since,
            "state": one.state.name(),
            "waits_for": one.waits.as_ref().map(|waits| json!({ "commission": waits.for_whom, "fact": waits.fact })),
        })
    };
    let precincts: Vec<_> = shown.iter().map(one).collect();
    let mut all = json!({ "counts": counts, "election": id, "precincts": precincts });
    let kinds = state.synthetic_kinds_of(election);
    if let Some(answer) = all.as_object_mut().filter(|_| !kinds.is_empty()) {
        answer.insert("synthetic".to_owned(), json!(kinds));
    }
    Ok(serde_json::to_string_pretty(&all)?)
}
