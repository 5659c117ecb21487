//! An election as NIST SP 1500-100 version 2 (Election Results Reporting), in JSON.
//!
//! In: the report and the election in it. Out: units and their ballots (`units`), candidates and the contest
//! (`contest`), how JSON is written (`object`).
//!
//! The format has no field for proofs and allows no own ones, so head, size and event hashes stand in external
//! identifiers. What the ledger does not hold (names of regions, dates of birth, colours of parties) is left out.

mod contest;
mod object;
mod units;

use event::{Id, Stamp};
use law::{State, facts::Ground, state::Election};

use super::{ExportError, Place, counted, is_test};
use object::{Json, Object, list, text};

/// The author of these files by format, not by version: a later program must make the same bytes.
const APPLICATION: &str = "hattama report 1";

const NOTES: &str = "The authoritative record is the signed ledger that the external identifiers name.";

/// The report of one election: keys ascending, no white space.
pub(super) fn report(
    state: &State,
    place: &Place,
    id: &Id,
    election: &Election,
) -> Result<Vec<u8>, ExportError> {
    let issuer = state.commissions.get("cec").map_or("CEC", |commission| commission.name.as_str());
    let parties = contest::parties(election);
    let report = Object::new("ElectionReport")
        .with("Election", list([the_election(id, election, &parties)]))
        .with("ExternalIdentifier", identifiers(place))
        .with("Format", text("precinct-level"))
        .with("GeneratedDate", text(whole_seconds(place.received)))
        .with("GpUnit", Json::List(units::units(state, id, election)))
        .with_some("IsTest", is_test(state).then_some(Json::Flag(true)))
        .with("Issuer", text(issuer))
        .with("IssuerAbbreviation", text("KZ-CEC"))
        .with("Notes", text(NOTES))
        .with("Office", list([contest::office(id, election)]))
        .with_list("Party", contest::party_objects(&parties))
        .with_list("Person", contest::persons(election))
        .with("SequenceEnd", Json::Count(1))
        .with("SequenceStart", Json::Count(1))
        .with("Status", text(status(election)))
        .with_some("TestType", is_test(state).then(|| text("test ledger")))
        .with("VendorApplicationId", text(APPLICATION));
    Ok(serde_json::to_vec(&report)?)
}

fn the_election(id: &Id, election: &Election, parties: &[String]) -> Json {
    let day = election.calendar.voting_starts.date_text();
    let kind = match election.called.ground {
        Ground::TermEnds => "general",
        Ground::EarlyTermination | Ground::NewUnit => "special",
    };
    Object::new("Election")
        .with_list("BallotCounts", units::ballots(id, election))
        .with_list("Candidate", contest::candidates(election, parties))
        .with("Contest", list([contest::contest(id, election)]))
        .with("ElectionScopeId", text(units::territory(id)))
        .with("EndDate", text(day))
        .with("ExternalIdentifier", list([object::identifier("hattama-election", id)]))
        .with("Name", object::untold(&election.called.name))
        .with("StartDate", text(day))
        .with("Type", text(kind))
        .into()
}

fn identifiers(place: &Place) -> Json {
    let mut identifiers = vec![
        object::identifier("ledger-id-sha256", place.ledger),
        object::identifier("ledger-head-sha256", place.root),
        object::identifier("ledger-seq", place.size),
    ];
    identifiers.extend(place.n.map(|n| object::identifier("snapshot-number", n)));
    Json::List(identifiers)
}

/// The format asks for whole seconds; what is cut off is the node's milliseconds.
fn whole_seconds(stamp: Stamp) -> String {
    let text = stamp.to_string();
    text.split_once('.').map_or_else(|| text.clone(), |(seconds, _)| format!("{seconds}Z"))
}

/// Precincts whose result counts: those with a protocol, and all of them. A result that is invalid has left the totals.
fn counting(election: &Election) -> (u64, u64) {
    let counts = election.polls.values().filter(|poll| poll.invalidated.is_none());
    let reported = counts.clone().filter(|poll| poll.current().is_some());
    (reported.count() as u64, counts.count() as u64)
}

/// How far the election is. The law lets no protocol be replaced once the results are determined, so a correction is
/// complete and not yet certified.
fn status(election: &Election) -> &'static str {
    let counted = counted(election);
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
