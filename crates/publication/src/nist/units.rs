//! Where votes are counted: country, region, territory, precincts, and the ballots of each.
//!
//! In: ids of units, voters, ballots. Out: votes (`contest`).

use event::Id;
use law::{
    State,
    facts::{Count, Office, PrecinctKind, Totals},
    state::{Election, Poll, Precinct},
};

use super::{
    counting,
    object::{Json, Object, count_status, identifier, text, told},
};
use crate::export::precincts::damaged;

/// Ids of this ledger share one space of names; a prefix with `_`, which no id has, keeps each kind apart.
const COUNTRY: &str = "country_kz";

/// The id of an election's territory.
pub(super) fn territory(election: &Id) -> String {
    format!("territory_{election}")
}

/// The id of a precinct.
pub(super) fn precinct_id(precinct: &Id) -> String {
    format!("precinct_{precinct}")
}

/// Every unit of an election, the largest first.
pub(super) fn units(state: &State, id: &Id, election: &Election) -> Vec<Json> {
    let region = region(&election.called.territory);
    let below = region.as_ref().map_or_else(|| territory(id), |code| format!("region_{code}"));
    let mut units = vec![
        unit(COUNTRY, "country")
            .with("ComposingGpUnitIds", Json::List(vec![text(below)]))
            .with("Name", told(&[("kk", "Қазақстан"), ("ru", "Казахстан"), ("en", "Kazakhstan")]))
            .into(),
    ];
    units.extend(region.map(|code| {
        unit(&format!("region_{code}"), "state")
            .with("ComposingGpUnitIds", Json::List(vec![text(territory(id))]))
            .with("ExternalIdentifier", Json::List(vec![identifier("kato", code)]))
            .into()
    }));
    units.push(the_territory(state, id, election));
    let polls = election.polls.iter();
    units.extend(polls.filter_map(|(id, poll)| Some(precinct(id, state.precincts.get(id)?, poll))));
    units
}

fn unit(id: &str, kind: &str) -> Object {
    Object::new("ReportingUnit").with("@id", text(id)).with("Type", text(kind))
}

/// The KATO code of the region around a territory; none where the territory is no nine digits, or a region itself.
fn region(territory: &event::Text) -> Option<String> {
    let code = territory.as_str();
    let digits = code.len() == 9 && code.bytes().all(|byte| byte.is_ascii_digit());
    let region = format!("{}0000000", code.get(..2)?);
    (digits && region != code).then_some(region)
}

fn the_territory(state: &State, id: &Id, election: &Election) -> Json {
    let kind = match election.called.office {
        Office::District => "county",
        Office::City => "city",
        Office::Rural => "municipality",
    };
    let (reported, all) = counting(election);
    let totals = election.totals();
    let organiser = state.commissions.get(&election.organiser).map(|commission| &commission.name);
    unit(&territory(id), kind)
        .with_list("ComposingGpUnitIds", election.polls.keys().map(|id| text(precinct_id(id))).collect())
        .with("CountStatus", count_status(reported, all))
        .with_some(
            "ElectionAdministration",
            organiser.map(|name| Object::new("ElectionAdministration").with("Name", text(name)).into()),
        )
        .with("ExternalIdentifier", Json::List(vec![identifier("kato", &election.called.territory)]))
        .with("SubUnitsReported", Json::Count(reported))
        .with("TotalSubUnits", Json::Count(all))
        .with_some("VotersParticipated", (reported > 0).then_some(Json::Count(totals.issued)))
        .with_some("VotersRegistered", (reported > 0).then_some(Json::Count(totals.voters)))
        .into()
}

fn precinct(id: &Id, record: &Precinct, poll: &Poll) -> Json {
    let formed = &record.formed;
    let number = &formed.number;
    let count = poll.current().map(|record| &record.protocol.count);
    let kk = format!("№ {number} сайлау учаскесі");
    let ru = format!("Избирательный участок № {number}");
    let en = format!("Precinct No. {number}");
    unit(&precinct_id(id), "precinct")
        .with("CountStatus", count_status(u64::from(count.is_some()), 1))
        .with("ExternalIdentifier", Json::List(precinct_identifiers(id, record, poll)))
        .with("Name", told(&[("kk", &kk), ("ru", &ru), ("en", &en)]))
        .with("Number", text(number))
        .with_some("VotersParticipated", count.map(|count| Json::Count(count.issued)))
        .with("VotersRegistered", Json::Count(count.map_or(formed.voters, |count| count.voters)))
        .into()
}

/// The precinct elsewhere, its protocol, and which ratios of it do not hold and are explained: whoever adds up the
/// figures of this file must know that the paper itself does not add up.
fn precinct_identifiers(id: &Id, record: &Precinct, poll: &Poll) -> Vec<Json> {
    let kind = match record.formed.kind {
        PrecinctKind::Open => "open",
        PrecinctKind::Closed => "closed",
    };
    let mut identifiers = vec![
        identifier("hattama-precinct", id),
        identifier("kato", &record.formed.kato),
        identifier("precinct-kind", kind),
    ];
    if let Some(current) = poll.current() {
        identifiers.push(identifier("protocol-event-sha256", current.event));
        let explained = current.protocol.explanations.iter();
        identifiers.extend(explained.map(|explanation| identifier("ratio-explained", &explanation.rule)));
    }
    identifiers.extend(poll.invalidated.map(|event| identifier("result-invalid-event-sha256", event)));
    identifiers
}

/// Ballots of each precinct that counts, then of the territory.
pub(super) fn ballots(id: &Id, election: &Election) -> Vec<Json> {
    let mut ballots = Vec::new();
    let counts = || election.polls.iter().filter(|(_, poll)| poll.invalidated.is_none());
    for (precinct, poll) in counts() {
        if let Some(record) = poll.current() {
            ballots.extend(of(&precinct_id(precinct), Figures::of(&record.protocol.count)));
        }
    }
    if !ballots.is_empty() {
        let counts = counts().filter_map(|(_, poll)| poll.current()).map(|record| &record.protocol.count);
        let lost = counts.fold(0_u64, |sum, count| sum.saturating_add(damaged(count)));
        ballots.extend(of(&territory(id), Figures::sums(&election.totals(), lost)));
    }
    ballots
}

/// The figures of one unit.
struct Figures {
    found: u64,
    invalid: u64,
    received: u64,
    issued: u64,
    cancelled: u64,
    damaged: u64,
}

impl Figures {
    fn of(count: &Count) -> Self {
        Self {
            found: count.found,
            invalid: count.invalid,
            received: count.received,
            issued: count.issued,
            cancelled: count.cancelled,
            damaged: damaged(count),
        }
    }

    fn sums(totals: &Totals, damaged: u64) -> Self {
        Self {
            found: totals.found,
            invalid: totals.invalid,
            received: totals.received,
            issued: totals.issued,
            cancelled: totals.cancelled,
            damaged,
        }
    }
}

/// Ballots cast and rejected by the format's own words, the others by ours.
fn of(unit: &str, figures: Figures) -> Vec<Json> {
    let row = |cast: u64| {
        Object::new("BallotCounts").with("BallotsCast", Json::Count(cast)).with("GpUnitId", text(unit))
    };
    let other =
        |kind: &str, cast: u64| row(cast).with("OtherType", text(kind)).with("Type", text("other")).into();
    vec![
        row(figures.found)
            .with("BallotsRejected", Json::Count(figures.invalid))
            .with("Type", text("total"))
            .into(),
        other("kz-ballots-received-by-commission", figures.received),
        other("kz-ballots-issued-to-voters", figures.issued),
        other("kz-ballots-cancelled", figures.cancelled),
        other("kz-ballots-damaged", figures.damaged),
    ]
}
