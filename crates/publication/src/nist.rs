//! An election as NIST SP 1500-100 version 2 (Election Results Reporting), in JSON.
//!
//! The format has no field for proofs and allows no own ones, so head, size and event hashes stand in external
//! identifiers. What the ledger does not hold (names of regions, dates of birth, colours of parties) is left out.

mod contest;
mod object;
mod units;

use event::{Id, Stamp};
use law::{State, facts::Ground, state::Election};

use crate::{
    fault::ReportFileError,
    ledger_state::{count_precincts_with_protocol, is_test_ledger, synthetic_words},
    position::ReportPosition,
};
use object::{NistObject, NistValue, list_of, text_value};

/// The author of these files by format, not by version: a later program must make the same bytes.
const APPLICATION: &str = "hattama report 1";

const NOTES: &str = "The authoritative record is the signed ledger that the external identifiers name.";

/// The report of one election: keys ascending, no white space.
pub(crate) fn write_election_report(
    state: &State,
    position: &ReportPosition,
    id: &Id,
    election: &Election,
) -> Result<Vec<u8>, ReportFileError> {
    let issuer = state.commissions.get("cec").map_or("CEC", |commission| commission.name.as_str());
    let parties = contest::party_names(election);
    let report = NistObject::new("ElectionReport")
        .with("Election", list_of([election_object(id, election, &parties)]))
        .with("ExternalIdentifier", ledger_identifiers(position))
        .with("Format", text_value("precinct-level"))
        .with("GeneratedDate", text_value(whole_seconds(position.received)))
        .with("GpUnit", NistValue::List(units::unit_objects(state, id, election)))
        .with_some("IsTest", is_test_ledger(state).then_some(NistValue::Flag(true)))
        .with("Issuer", text_value(issuer))
        .with("IssuerAbbreviation", text_value("KZ-CEC"))
        .with("Notes", text_value(write_notes(state, election)))
        .with("Office", list_of([contest::office_object(id, election)]))
        .with_list("Party", contest::party_objects(&parties))
        .with_list("Person", contest::person_objects(election))
        .with("SequenceEnd", NistValue::Count(1))
        .with("SequenceStart", NistValue::Count(1))
        .with("Status", text_value(report_status(election)))
        .with_some("TestType", is_test_ledger(state).then(|| text_value("test ledger")))
        .with("VendorApplicationId", text_value(APPLICATION));
    Ok(serde_json::to_vec(&report)?)
}

/// The notes, and before them what is made up.
fn write_notes(state: &State, election: &Election) -> String {
    let words = synthetic_words(state, election);
    if words.is_empty() { NOTES.to_owned() } else { format!("SYNTHETIC, made up: {words}. {NOTES}") }
}

fn election_object(id: &Id, election: &Election, parties: &[String]) -> NistValue {
    let day = election.calendar.voting_starts.date_text();
    let kind = match election.called.ground {
        Ground::TermEnds => "general",
        Ground::EarlyTermination | Ground::NewUnit => "special",
    };
    NistObject::new("Election")
        .with_list("BallotCounts", units::count_ballots(id, election))
        .with_list("Candidate", contest::candidate_objects(election, parties))
        .with("Contest", list_of([contest::contest_object(id, election)]))
        .with("ElectionScopeId", text_value(units::territory_id(id)))
        .with("EndDate", text_value(day))
        .with("ExternalIdentifier", list_of([object::external_identifier("hattama-election", id)]))
        .with("Name", object::name_in_both(&election.called.name, election.called.names.as_ref()))
        .with("StartDate", text_value(day))
        .with("Type", text_value(kind))
        .into()
}

fn ledger_identifiers(position: &ReportPosition) -> NistValue {
    let mut identifiers = vec![
        object::external_identifier("ledger-id-sha256", position.ledger),
        object::external_identifier("ledger-head-sha256", position.root),
        object::external_identifier("ledger-seq", position.size),
    ];
    identifiers.extend(position.n.map(|n| object::external_identifier("snapshot-number", n)));
    NistValue::List(identifiers)
}

/// The format asks for whole seconds; what is cut off is the node's milliseconds.
fn whole_seconds(stamp: Stamp) -> String {
    let text = stamp.to_string();
    text.split_once('.').map_or_else(|| text.clone(), |(seconds, _)| format!("{seconds}Z"))
}

/// How far the election is. The law lets no protocol be replaced once the results are determined, so a correction is
/// complete and not yet certified.
fn report_status(election: &Election) -> &'static str {
    let counted = count_precincts_with_protocol(election);
    if election.determined.is_some() {
        "certified"
    } else if counted == 0 {
        "pre-election"
    } else if counted < election.polls.len() as u64 {
        "unofficial-partial"
    } else if election.polls.values().any(|poll| poll.protocols.len() > 1) {
        "correction"
    } else {
        "unofficial-complete"
    }
}
