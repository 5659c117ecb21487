//! Who stands and how many votes each has: office, parties, persons, candidates, the contest with its selections.

use std::collections::BTreeSet;

use event::Id;
use law::{
    facts::{Count, Office, OutcomeKind},
    state::{Candidate, CandidateStatus, Election},
};

use super::{
    object::{
        NistObject, NistValue, count_status, external_identifier, list_of, name_in_both, text_in_languages,
        text_of_unknown_language, text_value,
    },
    units::{precinct_id, territory_id},
};
use crate::{
    ledger_state::count_valid_precincts,
    results::{AGAINST_ALL, method_word},
};

/// The parties of an election, by name.
pub(super) fn party_names(election: &Election) -> Vec<String> {
    let names = election.candidates.values().filter_map(|candidate| candidate.nominated.party.as_ref());
    let names: BTreeSet<String> = names.map(ToString::to_string).collect();
    names.into_iter().collect()
}

pub(super) fn party_objects(parties: &[String]) -> Vec<NistValue> {
    let party = |(number, name): (usize, &String)| {
        NistObject::new("Party")
            .with("@id", text_value(party_id(number)))
            .with("Name", text_of_unknown_language(name))
            .into()
    };
    (1..).zip(parties).map(party).collect()
}

fn party_id(number: usize) -> String {
    format!("party_{number}")
}

pub(super) fn office_object(id: &Id, election: &Election) -> NistValue {
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
    NistObject::new("Office")
        .with("@id", text_value(format!("office_{id}")))
        .with("ElectionDistrictId", text_value(territory_id(id)))
        .with("Name", text_in_languages(&name))
        .into()
}

pub(super) fn person_objects(election: &Election) -> Vec<NistValue> {
    let person = |(id, candidate): (&Id, &Candidate)| {
        NistObject::new("Person")
            .with("@id", text_value(format!("person_{id}")))
            .with("FullName", ballot_names(candidate))
            .with_some("Profession", candidate.nominated.occupation.as_ref().map(text_of_unknown_language))
            .into()
    };
    election.candidates.iter().map(person).collect()
}

fn ballot_names(candidate: &Candidate) -> NistValue {
    let nominated = &candidate.nominated;
    text_in_languages(&[("kk", nominated.name_kk.as_str()), ("ru", nominated.name_ru.as_str())])
}

/// Everybody who was nominated, by id; those without a party nominated themselves, and it says so.
pub(super) fn candidate_objects(election: &Election, parties: &[String]) -> Vec<NistValue> {
    let candidate = |(id, candidate): (&Id, &Candidate)| {
        let party = candidate.nominated.party.as_ref();
        let party = party.and_then(|party| parties.iter().position(|name| *name == party.as_str()));
        let identifiers = [
            external_identifier("hattama-candidate", id),
            external_identifier("nomination", method_word(candidate.nominated.method)),
        ];
        NistObject::new("Candidate")
            .with("@id", text_value(candidate_id(id)))
            .with("BallotName", ballot_names(candidate))
            .with("ExternalIdentifier", list_of(identifiers))
            .with_some("PartyId", party.map(|place| text_value(party_id(place + 1))))
            .with("PersonId", text_value(format!("person_{id}")))
            .with_some("PostElectionStatus", post_election_status(election, id, candidate).map(text_value))
            .with("PreElectionStatus", text_value(pre_election_status(candidate.status)))
            .into()
    };
    election.candidates.iter().map(candidate).collect()
}

fn candidate_id(id: &Id) -> String {
    format!("candidate_{id}")
}

fn pre_election_status(status: CandidateStatus) -> &'static str {
    match status {
        CandidateStatus::Nominated | CandidateStatus::Refused => "filed",
        CandidateStatus::Registered | CandidateStatus::Elected | CandidateStatus::Died => "qualified",
        CandidateStatus::Withdrawn | CandidateStatus::Cancelled => "withdrawn",
    }
}

/// What became of a candidate; of a tie the format has no word.
fn post_election_status(election: &Election, id: &Id, candidate: &Candidate) -> Option<&'static str> {
    if matches!(candidate.status, CandidateStatus::Withdrawn | CandidateStatus::Cancelled) {
        return Some("withdrawn");
    }
    let determined = &election.determined.as_ref()?.body;
    match determined.outcome {
        OutcomeKind::Elected if determined.elected.as_ref() == Some(id) => Some("winner"),
        OutcomeKind::Elected if election.ballot_lines().contains(id) => Some("defeated"),
        OutcomeKind::Elected | OutcomeKind::Tie | OutcomeKind::Invalid => None,
    }
}

/// One seat, one vote, most votes win (art. 113-10).
pub(super) fn contest_object(id: &Id, election: &Election) -> NistValue {
    let (reported, all) = count_valid_precincts(election);
    NistObject::new("CandidateContest")
        .with("@id", text_value(format!("contest_{id}")))
        .with("BallotTitle", name_in_both(&election.called.name, election.called.names.as_ref()))
        .with("ContestSelection", NistValue::List(ballot_selections(id, election)))
        .with("CountStatus", count_status(reported, all))
        .with("ElectionDistrictId", text_value(territory_id(id)))
        .with("Name", text_value(&election.called.name))
        .with("NumberElected", NistValue::Count(1))
        .with("OfficeIds", list_of([text_value(format!("office_{id}"))]))
        .with("SubUnitsReported", NistValue::Count(reported))
        .with("TotalSubUnits", NistValue::Count(all))
        .with("VoteVariation", text_value("plurality"))
        .with("VotesAllowed", NistValue::Count(1))
        .into()
}

/// The lines of the ballot in their order, against all last.
fn ballot_selections(id: &Id, election: &Election) -> Vec<NistValue> {
    let totals = election.totals();
    let mut selections = Vec::with_capacity(totals.votes.len() + 1);
    for (order, line) in (1..).zip(&totals.votes) {
        let of = |count: &Count| {
            let own = count.votes.iter().find(|votes| votes.candidate == line.candidate);
            own.map_or(0, |own| own.votes)
        };
        let selection = NistObject::new("CandidateSelection")
            .with("@id", text_value(format!("selection_{}", line.candidate)))
            .with("CandidateIds", list_of([text_value(candidate_id(&line.candidate))]))
            .with("SequenceOrder", NistValue::Count(order))
            .with_list("VoteCounts", vote_counts(id, election, of, line.votes));
        selections.push(selection.into());
    }
    let [kk, ru] = AGAINST_ALL;
    let against_all = NistObject::new("BallotMeasureSelection")
        .with("@id", text_value(format!("against-all_{id}")))
        .with("Selection", text_in_languages(&[("kk", kk), ("ru", ru), ("en", "Against all")]))
        .with("SequenceOrder", NistValue::Count(totals.votes.len() as u64 + 1))
        .with_list("VoteCounts", vote_counts(id, election, |count| count.against_all, totals.against_all));
    selections.push(against_all.into());
    selections
}

/// One row for each precinct that counts, then one for the territory.
fn vote_counts(id: &Id, election: &Election, of: impl Fn(&Count) -> u64, total: u64) -> Vec<NistValue> {
    let row = |unit: String, count: u64| {
        NistObject::new("VoteCounts")
            .with("Count", NistValue::Count(count))
            .with("GpUnitId", text_value(unit))
            .with("Type", text_value("total"))
            .into()
    };
    let mut rows = Vec::new();
    for (precinct, poll) in election.polls.iter().filter(|(_, poll)| poll.invalidated.is_none()) {
        if let Some(record) = poll.current() {
            rows.push(row(precinct_id(precinct), of(&record.protocol.count)));
        }
    }
    if !rows.is_empty() {
        rows.push(row(territory_id(id), total));
    }
    rows
}
