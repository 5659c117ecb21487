//! Who stands, and how many votes each has.
//!
//! In: office, parties, persons, candidates, the contest with its selections. Out: units (`units`).

use std::collections::BTreeSet;

use event::Id;
use law::{
    facts::{Count, Office, OutcomeKind},
    state::{Candidate, CandidateStatus, Election},
};

use super::{
    counting,
    object::{Json, Object, count_status, identifier, list, text, told, untold},
    units::{precinct_id, territory},
};
use crate::export::results;

/// The parties of an election, by name.
pub(super) fn parties(election: &Election) -> Vec<String> {
    let names = election.candidates.values().filter_map(|candidate| candidate.nominated.party.as_ref());
    let names: BTreeSet<String> = names.map(ToString::to_string).collect();
    names.into_iter().collect()
}

pub(super) fn party_objects(parties: &[String]) -> Vec<Json> {
    let party = |(number, name): (usize, &String)| {
        Object::new("Party").with("@id", text(party_id(number))).with("Name", untold(name)).into()
    };
    (1..).zip(parties).map(party).collect()
}

fn party_id(number: usize) -> String {
    format!("party_{number}")
}

pub(super) fn office(id: &Id, election: &Election) -> Json {
    let name = match election.called.office {
        Office::District => [("kk", "Аудан әкімі"), ("ru", "Аким района"), ("en", "Akim of a district")],
        Office::City => [
            ("kk", "Облыстық маңызы бар қала әкімі"),
            ("ru", "Аким города областного значения"),
            ("en", "Akim of a city of regional significance"),
        ],
        Office::Rural => [
            ("kk", "Аудандық маңызы бар қала, ауыл, кент, ауылдық округ әкімі"),
            ("ru", "Аким города районного значения, села, поселка, сельского округа"),
            ("en", "Akim of a city of district significance, a village, a settlement, a rural okrug"),
        ],
    };
    Object::new("Office")
        .with("@id", text(format!("office_{id}")))
        .with("ElectionDistrictId", text(territory(id)))
        .with("Name", told(&name))
        .into()
}

pub(super) fn persons(election: &Election) -> Vec<Json> {
    let person = |(id, candidate): (&Id, &Candidate)| {
        Object::new("Person")
            .with("@id", text(format!("person_{id}")))
            .with("FullName", names(candidate))
            .with_some("Profession", candidate.nominated.occupation.as_ref().map(untold))
            .into()
    };
    election.candidates.iter().map(person).collect()
}

fn names(candidate: &Candidate) -> Json {
    let nominated = &candidate.nominated;
    told(&[("kk", nominated.name_kk.as_str()), ("ru", nominated.name_ru.as_str())])
}

/// Everybody who was nominated, by id; those without a party nominated themselves, and it says so.
pub(super) fn candidates(election: &Election, parties: &[String]) -> Vec<Json> {
    let candidate = |(id, candidate): (&Id, &Candidate)| {
        let party = candidate.nominated.party.as_ref();
        let party = party.and_then(|party| parties.iter().position(|name| *name == party.as_str()));
        let identifiers = [
            identifier("hattama-candidate", id),
            identifier("nomination", results::method(candidate.nominated.method)),
        ];
        Object::new("Candidate")
            .with("@id", text(candidate_id(id)))
            .with("BallotName", names(candidate))
            .with("ExternalIdentifier", list(identifiers))
            .with_some("PartyId", party.map(|place| text(party_id(place + 1))))
            .with("PersonId", text(format!("person_{id}")))
            .with_some("PostElectionStatus", after(election, id, candidate).map(text))
            .with("PreElectionStatus", text(before(candidate.status)))
            .into()
    };
    election.candidates.iter().map(candidate).collect()
}

fn candidate_id(id: &Id) -> String {
    format!("candidate_{id}")
}

fn before(status: CandidateStatus) -> &'static str {
    match status {
        CandidateStatus::Nominated | CandidateStatus::Refused => "filed",
        CandidateStatus::Registered | CandidateStatus::Elected | CandidateStatus::Died => "qualified",
        CandidateStatus::Withdrawn | CandidateStatus::Cancelled => "withdrawn",
    }
}

/// What became of a candidate; of a tie the format has no word.
fn after(election: &Election, id: &Id, candidate: &Candidate) -> Option<&'static str> {
    if matches!(candidate.status, CandidateStatus::Withdrawn | CandidateStatus::Cancelled) {
        return Some("withdrawn");
    }
    let determined = &election.determined.as_ref()?.body;
    match determined.outcome {
        OutcomeKind::Elected if determined.elected.as_ref() == Some(id) => Some("winner"),
        OutcomeKind::Elected if election.lines().contains(id) => Some("defeated"),
        OutcomeKind::Elected | OutcomeKind::Tie | OutcomeKind::Invalid => None,
    }
}

/// One seat, one vote, most votes win (art. 113-10).
pub(super) fn contest(id: &Id, election: &Election) -> Json {
    let (reported, all) = counting(election);
    Object::new("CandidateContest")
        .with("@id", text(format!("contest_{id}")))
        .with("BallotTitle", untold(&election.called.name))
        .with("ContestSelection", Json::List(selections(id, election)))
        .with("CountStatus", count_status(reported, all))
        .with("ElectionDistrictId", text(territory(id)))
        .with("Name", text(&election.called.name))
        .with("NumberElected", Json::Count(1))
        .with("OfficeIds", list([text(format!("office_{id}"))]))
        .with("SubUnitsReported", Json::Count(reported))
        .with("TotalSubUnits", Json::Count(all))
        .with("VoteVariation", text("plurality"))
        .with("VotesAllowed", Json::Count(1))
        .into()
}

/// The lines of the ballot in their order, against all last.
fn selections(id: &Id, election: &Election) -> Vec<Json> {
    let totals = election.totals();
    let mut selections = Vec::with_capacity(totals.votes.len() + 1);
    for (order, line) in (1..).zip(&totals.votes) {
        let of = |count: &Count| {
            let own = count.votes.iter().find(|votes| votes.candidate == line.candidate);
            own.map_or(0, |own| own.votes)
        };
        let selection = Object::new("CandidateSelection")
            .with("@id", text(format!("selection_{}", line.candidate)))
            .with("CandidateIds", list([text(candidate_id(&line.candidate))]))
            .with("SequenceOrder", Json::Count(order))
            .with_list("VoteCounts", votes(id, election, of, line.votes));
        selections.push(selection.into());
    }
    let [kk, ru] = results::AGAINST_ALL;
    let against_all = Object::new("BallotMeasureSelection")
        .with("@id", text(format!("against-all_{id}")))
        .with("Selection", told(&[("kk", kk), ("ru", ru), ("en", "Against all")]))
        .with("SequenceOrder", Json::Count(totals.votes.len() as u64 + 1))
        .with_list("VoteCounts", votes(id, election, |count| count.against_all, totals.against_all));
    selections.push(against_all.into());
    selections
}

/// One row for each precinct that counts, then one for the territory.
fn votes(id: &Id, election: &Election, of: impl Fn(&Count) -> u64, total: u64) -> Vec<Json> {
    let row = |unit: String, count: u64| {
        Object::new("VoteCounts")
            .with("Count", Json::Count(count))
            .with("GpUnitId", text(unit))
            .with("Type", text("total"))
            .into()
    };
    let mut rows = Vec::new();
    for (precinct, poll) in election.polls.iter().filter(|(_, poll)| poll.invalidated.is_none()) {
        if let Some(record) = poll.current() {
            rows.push(row(precinct_id(precinct), of(&record.protocol.count)));
        }
    }
    if !rows.is_empty() {
        rows.push(row(territory(id), total));
    }
    rows
}
