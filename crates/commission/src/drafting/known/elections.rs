//! What follows for calling an election, its candidates and its ballot.

use event::Id;
use law::{
    Edition, Winner,
    state::{CandidateStatus, Election},
};

use super::filling::{Known, only};

pub(super) fn fill_elections(known: &mut Known<'_>, fact: &str) {
    match fact {
        "election-called" => {
            fill_edition(known);
            fill_voting_day(known);
            let own = known.state.precincts.values().filter(|one| one.territorial == *known.author);
            let mut codes: Vec<&str> = own.map(|one| one.formed.kato.as_str()).collect();
            codes.sort_unstable();
            codes.dedup();
            let code = only(codes.into_iter()).map(str::to_owned);
            known.fill_some("territory", code);
        }
        "repeat-election-called" => {
            fill_edition(known);
            fill_repeats(known);
        }
        "repeat-voting-called" => {
            fill_repeats(known);
            let repeated = known.body.text("repeats").and_then(|id| known.state.elections.get(id));
            if let Some(Winner::Tie(tied)) = repeated.map(Election::winner) {
                known.fill("candidates", &tied);
            }
        }
        "candidate-registered" => {
            let used = known.election.map(|own| own.candidates.values().filter_map(|one| one.number).max());
            known.fill_some("number", used.map(|last| last.unwrap_or(0) + 1));
        }
        "candidate-restored" => {
            let candidate = known.body.text("candidate");
            let struck = known.election.and_then(|own| own.candidates.get(candidate?)?.struck);
            known.fill_some("restores", struck);
        }
        "ballot-approved" => {
            let standing = known.election.map(Election::standing_candidates);
            known.fill_some("candidates", standing);
        }
        "ballot-amended" => fill_amended(known),
        _ => {}
    }
}

/// The edition in force on the day of the call.
fn fill_edition(known: &mut Known<'_>) {
    let day = known.at.date_text();
    let governs = |edition: &Edition| {
        let (first, last) = edition.called_between();
        day >= first && day <= last
    };
    let edition = Edition::ALL.into_iter().find(governs);
    known.fill_some("edition", edition);
}

/// The voting day begins when the polls open.
fn fill_voting_day(known: &mut Known<'_>) {
    let starts = known.body.value().pointer("/calendar/voting_starts").cloned();
    known.fill_some("voting_day", starts);
    let day = known.body.value().get("voting_day").cloned();
    known.fill_some("calendar.voting_starts", day.filter(|_| known.body.has("calendar")));
}

/// The one election of this commission that elected nobody and is not repeated yet.
fn fill_repeats(known: &mut Known<'_>) {
    let own = known.state.elections.iter().filter(|(_, one)| {
        let nobody = one.determined.as_ref().is_some_and(|own| own.body.elected.is_none());
        one.organiser == *known.author && one.repeated.is_none() && (nobody || one.denied.is_some())
    });
    known.fill_some("repeats", only(own.map(|(id, _)| id.clone())));
}

/// Who left since the ballot was approved, who came back, and the lines that remain.
fn fill_amended(known: &mut Known<'_>) {
    let Some(election) = known.election else { return };
    let before = election.ballot_lines();
    let left =
        |id: &&Id| election.candidates.get(*id).is_some_and(|one| one.status != CandidateStatus::Registered);
    let standing = election.standing_candidates();
    let struck: Vec<&Id> = before.iter().filter(left).collect();
    let added: Vec<&Id> = standing.iter().filter(|id| !before.contains(id)).collect();
    known.fill("struck", &struck);
    known.fill("added", &added);
    known.fill("candidates", &standing);
}
