//! Where votes are counted: country, region, territory, precincts; and the ballots of each.

use event::Id;
use law::{
    State,
    facts::{Count, Office, PrecinctKind, Totals},
    state::{Election, Poll, Precinct},
};

use super::object::{
    NistObject, NistValue, count_status, external_identifier, text_in_languages, text_value,
};
use crate::{ledger_state::count_valid_precincts, precincts::count_damaged};

/// Ids of this ledger share one space of names; a prefix with `_`, which no id has, keeps each kind apart.
const COUNTRY: &str = "country_kz";

/// The id of an election's territory.
pub(super) fn territory_id(election: &Id) -> String {
    format!("territory_{election}")
}

/// The id of a precinct.
pub(super) fn precinct_id(precinct: &Id) -> String {
    format!("precinct_{precinct}")
}

/// Every unit of an election, the largest first.
pub(super) fn unit_objects(state: &State, id: &Id, election: &Election) -> Vec<NistValue> {
    let region = region_code(&election.called.territory);
    let below = region.as_ref().map_or_else(|| territory_id(id), |code| format!("region_{code}"));
    let mut units = vec![
        reporting_unit(COUNTRY, "country")
            .with("ComposingGpUnitIds", NistValue::List(vec![text_value(below)]))
            .with(
                "Name",
                text_in_languages(&[("kk", "Қазақстан"), ("ru", "Казахстан"), ("en", "Kazakhstan")]),
            )
            .into(),
    ];
    units.extend(region.map(|code| {
        reporting_unit(&format!("region_{code}"), "state")
            .with("ComposingGpUnitIds", NistValue::List(vec![text_value(territory_id(id))]))
            .with("ExternalIdentifier", NistValue::List(vec![external_identifier("kato", code)]))
            .into()
    }));
    units.push(territory_unit(state, id, election));
    let polls = election.polls.iter();
    units.extend(polls.filter_map(|(id, poll)| Some(precinct_unit(id, state.precincts.get(id)?, poll))));
    units
}

fn reporting_unit(id: &str, kind: &str) -> NistObject {
    NistObject::new("ReportingUnit").with("@id", text_value(id)).with("Type", text_value(kind))
}

/// The KATO code of the region around a territory; none where the territory is no nine digits, or a region itself.
fn region_code(territory: &event::Text) -> Option<String> {
    let code = territory.as_str();
    let digits = code.len() == 9 && code.bytes().all(|byte| byte.is_ascii_digit());
    let region = format!("{}0000000", code.get(..2)?);
    (digits && region != code).then_some(region)
}

fn territory_unit(state: &State, id: &Id, election: &Election) -> NistValue {
    let kind = match election.called.office {
        Office::District => "county",
        Office::City => "city",
        Office::Rural => "municipality",
    };
    let (reported, all) = count_valid_precincts(election);
    let totals = election.totals();
    let organiser = state.commissions.get(&election.organiser).map(|commission| &commission.name);
    reporting_unit(&territory_id(id), kind)
        .with_list(
            "ComposingGpUnitIds",
            election.polls.keys().map(|id| text_value(precinct_id(id))).collect(),
        )
        .with("CountStatus", count_status(reported, all))
        .with_some(
            "ElectionAdministration",
            organiser
                .map(|name| NistObject::new("ElectionAdministration").with("Name", text_value(name)).into()),
        )
        .with(
            "ExternalIdentifier",
            NistValue::List(vec![external_identifier("kato", &election.called.territory)]),
        )
        .with_some(
            "Name",
            election
                .called
                .territory_names
                .as_ref()
                .map(|names| text_in_languages(&[("kk", names.kk.as_str()), ("ru", names.ru.as_str())])),
        )
        .with("SubUnitsReported", NistValue::Count(reported))
        .with("TotalSubUnits", NistValue::Count(all))
        .with_some("VotersParticipated", (reported > 0).then_some(NistValue::Count(totals.issued)))
        .with_some("VotersRegistered", (reported > 0).then_some(NistValue::Count(totals.voters)))
        .into()
}

fn precinct_unit(id: &Id, record: &Precinct, poll: &Poll) -> NistValue {
    let formed = &record.formed;
    let number = &formed.number;
    let count = poll.current().map(|record| &record.protocol.count);
    let kk = format!("№ {number} сайлау учаскесі");
    let ru = format!("Избирательный участок № {number}");
    let en = format!("Precinct No. {number}");
    reporting_unit(&precinct_id(id), "precinct")
        .with("CountStatus", count_status(u64::from(count.is_some()), 1))
        .with("ExternalIdentifier", NistValue::List(precinct_identifiers(id, record, poll)))
        .with("Name", text_in_languages(&[("kk", &kk), ("ru", &ru), ("en", &en)]))
        .with("Number", text_value(number))
        .with_some("VotersParticipated", count.map(|count| NistValue::Count(count.issued)))
        .with("VotersRegistered", NistValue::Count(count.map_or(formed.voters, |count| count.voters)))
        .into()
}

/// The precinct elsewhere, its protocol, and which ratios of it do not hold and are explained: whoever adds up the
/// figures of this file must know that the paper itself does not add up.
fn precinct_identifiers(id: &Id, record: &Precinct, poll: &Poll) -> Vec<NistValue> {
    let kind = match record.formed.kind {
        PrecinctKind::Open => "open",
        PrecinctKind::Closed => "closed",
    };
    let mut identifiers = vec![
        external_identifier("hattama-precinct", id),
        external_identifier("kato", &record.formed.kato),
        external_identifier("precinct-kind", kind),
    ];
    if let Some(current) = poll.current() {
        identifiers.push(external_identifier("protocol-event-sha256", current.event));
        let explained = current.protocol.explanations.iter();
        identifiers
            .extend(explained.map(|explanation| external_identifier("ratio-explained", &explanation.rule)));
    }
    identifiers
        .extend(poll.invalidated.map(|event| external_identifier("result-invalid-event-sha256", event)));
    identifiers
}

/// Ballots of each precinct that counts, then of the territory.
pub(super) fn count_ballots(id: &Id, election: &Election) -> Vec<NistValue> {
    let mut ballots = Vec::new();
    let counts = || election.polls.iter().filter(|(_, poll)| poll.invalidated.is_none());
    for (precinct, poll) in counts() {
        if let Some(record) = poll.current() {
            ballots.extend(ballot_counts(&precinct_id(precinct), BallotFigures::of(&record.protocol.count)));
        }
    }
    if !ballots.is_empty() {
        let counts = counts().filter_map(|(_, poll)| poll.current()).map(|record| &record.protocol.count);
        let lost = counts.fold(0_u64, |sum, count| sum.saturating_add(count_damaged(count)));
        ballots.extend(ballot_counts(&territory_id(id), BallotFigures::of_totals(&election.totals(), lost)));
    }
    ballots
}

/// The figures of one unit.
struct BallotFigures {
    found: u64,
    invalid: u64,
    received: u64,
    issued: u64,
    cancelled: u64,
    damaged: u64,
}

impl BallotFigures {
    fn of(count: &Count) -> Self {
        Self {
            found: count.found,
            invalid: count.invalid,
            received: count.received,
            issued: count.issued,
            cancelled: count.cancelled,
            damaged: count_damaged(count),
        }
    }

    fn of_totals(totals: &Totals, damaged: u64) -> Self {
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
fn ballot_counts(unit: &str, figures: BallotFigures) -> Vec<NistValue> {
    let row = |cast: u64| {
        NistObject::new("BallotCounts")
            .with("BallotsCast", NistValue::Count(cast))
            .with("GpUnitId", text_value(unit))
    };
    let other = |kind: &str, cast: u64| {
        row(cast).with("OtherType", text_value(kind)).with("Type", text_value("other")).into()
    };
    vec![
        row(figures.found)
            .with("BallotsRejected", NistValue::Count(figures.invalid))
            .with("Type", text_value("total"))
            .into(),
        other("kz-ballots-received-by-commission", figures.received),
        other("kz-ballots-issued-to-voters", figures.issued),
        other("kz-ballots-cancelled", figures.cancelled),
        other("kz-ballots-damaged", figures.damaged),
    ]
}
