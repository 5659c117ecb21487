//! Figures for people and pages: elections, results, precincts, corrections, the summary.
//!
//! `GET /elections`, `/elections/{id}/results`, `/elections/{id}/precincts`, `/precincts/{id}/history`, `/summary`. How figures
//! follow from the state is in `ledger::projections`; the state as it was in `history`.

use std::collections::BTreeSet;

use axum::{
    Json,
    extract::{Path, RawQuery, State as AppOf, rejection::PathRejection},
    http::header,
    response::{IntoResponse, Response},
};
use event::{Hash, Id};
use law::{
    Edition, State,
    facts::{Office, SyntheticKind, Totals},
    state::{Election, ProtocolRecord, ProtocolStatus},
};
use ledger::{Head, projections};
use phrase::phrase;
use serde::Serialize;

use super::{
    app::App,
    history::head_as_of,
    problem::{Problem, ProblemKind},
    query::{Query, parse_id, read_path_segment},
};

/// Which tree an answer follows from.
#[derive(Serialize)]
struct AnswerTree {
    root: Hash,
    size: u64,
}

/// An answer with the ledger that it follows from.
#[derive(Serialize)]
struct FramedAnswer<T> {
    as_of: AnswerTree,
    ledger: Hash,
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    synthetic: BTreeSet<SyntheticKind>,
    test: bool,
    #[serde(flatten)]
    view: T,
}

/// An election in the list.
#[derive(Serialize)]
struct ElectionLine {
    counted: u64,
    edition: Edition,
    election: Id,
    name: String,
    office: Office,
    organiser: Id,
    precincts: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    repeats: Option<Id>,
    status: &'static str,
    territory: String,
    voting_day: String,
}

#[derive(Serialize)]
struct ElectionsAnswer {
    elections: Vec<ElectionLine>,
}

#[derive(Serialize)]
struct ResultsAnswer {
    #[serde(skip_serializing_if = "Option::is_none")]
    elected: Option<Id>,
    status: &'static str,
    tally: projections::ElectionTally,
    turnout: TurnoutShares,
}

/// Three shares of the voters on the lists, as percentages.
#[derive(Serialize)]
struct TurnoutShares {
    in_boxes: String,
    issued: String,
    legal: String,
}

#[derive(Serialize)]
struct PrecinctsAnswer {
    election: Id,
    precincts: Vec<projections::PollView>,
}

/// One protocol in the life of a precinct.
#[derive(Serialize)]
struct ProtocolLine {
    count: law::facts::Count,
    election: Id,
    event: Hash,
    #[serde(skip_serializing_if = "Option::is_none")]
    ground: Option<law::facts::CorrectionGround>,
    index: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    received: String,
    signed_at: String,
    status: &'static str,
}

#[derive(Serialize)]
struct PrecinctHistory {
    precinct: Id,
    protocols: Vec<ProtocolLine>,
}

/// `GET /elections`
pub(super) async fn get_elections(
    AppOf(app): AppOf<App>,
    RawQuery(raw): RawQuery,
) -> Result<Response, Problem> {
    Query::parse(raw.as_deref(), &[])?;
    let answer = |head: &Head| {
        let elections =
            head.state().elections.iter().map(|(id, election)| election_line(id, election)).collect();
        respond_with_ledger(head, ElectionsAnswer { elections })
    };
    match size_before_held_results(&app) {
        None => Ok(answer(app.shared.view().head())),
        Some(size) => Ok(answer(&*head_as_of(&app, &size).await?)),
    }
}

/// `GET /elections/{id}/results?as_of=`
pub(super) async fn get_results(
    AppOf(app): AppOf<App>,
    path: Result<Path<String>, PathRejection>,
    RawQuery(raw): RawQuery,
) -> Result<Response, Problem> {
    let name = parse_id(&read_path_segment(path)?)?;
    let mut query = Query::parse(raw.as_deref(), &["as_of"])?;
    let answer = |head: &Head| -> Result<Response, Problem> {
        let election = find_election(head.state(), &name)?;
        let totals = election.totals();
        let turnout = TurnoutShares {
            in_boxes: share_of_voters(totals.found, &totals),
            issued: share_of_voters(totals.issued, &totals),
            legal: share_of_voters(totals.participated(), &totals),
        };
        let elected = election.determined.as_ref().and_then(|determined| determined.body.elected.clone());
        let tally = projections::tally_election(&name, election);
        Ok(respond_with_ledger(
            head,
            ResultsAnswer { elected, status: result_status(election), tally, turnout },
        ))
    };
    match query.take_value("as_of").or_else(|| size_before_held_results(&app)) {
        None => answer(app.shared.view().head()),
        Some(text) => answer(&*head_as_of(&app, &text).await?),
    }
}

/// The size up to which results are shown, if one waits for witnesses.
fn size_before_held_results(app: &App) -> Option<String> {
    Some(app.shared.witnessed.as_ref()?.first_held()?.to_string())
}

/// `GET /elections/{id}/precincts`
pub(super) async fn get_precincts(
    AppOf(app): AppOf<App>,
    path: Result<Path<String>, PathRejection>,
    RawQuery(raw): RawQuery,
) -> Result<Response, Problem> {
    let name = parse_id(&read_path_segment(path)?)?;
    Query::parse(raw.as_deref(), &[])?;
    let view = app.shared.view();
    let state = view.head().state();
    let precincts = projections::view_polls(state, find_election(state, &name)?);
    Ok(respond_with_ledger(view.head(), PrecinctsAnswer { election: name, precincts }))
}

/// `GET /precincts/{id}/history`
pub(super) async fn get_precinct_history(
    AppOf(app): AppOf<App>,
    path: Result<Path<String>, PathRejection>,
    RawQuery(raw): RawQuery,
) -> Result<Response, Problem> {
    let precinct = parse_id(&read_path_segment(path)?)?;
    Query::parse(raw.as_deref(), &[])?;
    let view = app.shared.view();
    let state = view.head().state();
    if !state.precincts.contains_key(&precinct) {
        return Err(Problem::new(
            ProblemKind::NotFound,
            phrase!("node-a-precinct-of-this-ledger", "a precinct of this ledger"),
            precinct,
        ));
    }
    let of = |(id, election): (&Id, &Election)| -> Vec<ProtocolLine> {
        let records = election.polls.get(&precinct).map(|poll| poll.protocols.as_slice()).unwrap_or_default();
        records.iter().map(|record| protocol_line(id, record)).collect()
    };
    let protocols = state.elections.iter().flat_map(of).collect();
    Ok(respond_with_ledger(view.head(), PrecinctHistory { precinct, protocols }))
}

/// `GET /summary`
pub(super) async fn get_summary(
    AppOf(app): AppOf<App>,
    RawQuery(raw): RawQuery,
) -> Result<Response, Problem> {
    Query::parse(raw.as_deref(), &[])?;
    let view = app.shared.view();
    Ok(respond_with_ledger(view.head(), summarise_ledger(view.head().state())))
}

/// How many of everything there are.
#[derive(Serialize)]
struct LedgerSummary {
    candidates: u64,
    commissions: u64,
    counted: u64,
    elections: u64,
    precincts: u64,
    snapshots: u64,
}

/// The summary of the whole ledger.
fn summarise_ledger(state: &State) -> LedgerSummary {
    let sum = |of: fn(&Election) -> usize| state.elections.values().map(|one| of(one) as u64).sum();
    LedgerSummary {
        candidates: sum(|election| election.candidates.len()),
        commissions: state.commissions.len() as u64,
        counted: sum(|election| election.polls.values().filter(|poll| poll.current().is_some()).count()),
        elections: state.elections.len() as u64,
        precincts: state.precincts.len() as u64,
        snapshots: state.snapshots.len() as u64,
    }
}

fn respond_with_ledger<T: Serialize>(head: &Head, view: T) -> Response {
    let state = head.state();
    let answer = FramedAnswer {
        as_of: AnswerTree { root: head.root(), size: head.size() },
        ledger: state.ledger.unwrap_or(Hash::ZERO),
        synthetic: state.synthetic_kinds(),
        test: state.charter.as_ref().is_some_and(|charter| charter.test),
        view,
    };
    ([(header::CACHE_CONTROL, "public, max-age=2")], Json(answer)).into_response()
}

fn find_election<'a>(state: &'a State, id: &Id) -> Result<&'a Election, Problem> {
    let found = state.elections.get(id);
    found.ok_or_else(|| {
        Problem::new(
            ProblemKind::NotFound,
            phrase!("node-an-election-of-this-ledger", "an election of this ledger"),
            id,
        )
    })
}

fn election_line(id: &Id, election: &Election) -> ElectionLine {
    ElectionLine {
        counted: election.polls.values().filter(|poll| poll.current().is_some()).count() as u64,
        edition: election.called.edition,
        election: id.clone(),
        name: election.called.name.to_string(),
        office: election.called.office,
        organiser: election.organiser.clone(),
        precincts: election.polls.len() as u64,
        repeats: election.repeats.clone(),
        status: result_status(election),
        territory: election.called.territory.to_string(),
        voting_day: election.calendar.voting_starts.to_string(),
    }
}

/// How firm the result is. Never "final": a court may still change it.
fn result_status(election: &Election) -> &'static str {
    match election {
        Election { determined: None, .. } => "preliminary",
        Election { certificate: Some(_), .. } => "certified",
        Election { published: Some(_), .. } => "published",
        _ => "determined",
    }
}

fn share_of_voters(part: u64, totals: &Totals) -> String {
    projections::format_percent(part, totals.voters, 2)
}

fn protocol_line(election: &Id, record: &ProtocolRecord) -> ProtocolLine {
    let (ground, reason) = record.correction.as_ref().map(|(ground, why)| (*ground, why.to_string())).unzip();
    ProtocolLine {
        count: record.protocol.count.clone(),
        election: election.clone(),
        event: record.event,
        ground,
        index: record.index,
        reason,
        received: record.received.to_string(),
        signed_at: record.at.to_string(),
        status: match record.status {
            ProtocolStatus::Signed => "signed",
            ProtocolStatus::Received => "received",
            ProtocolStatus::Returned(_) => "returned",
            ProtocolStatus::RecountOrdered(_) => "recount-ordered",
            ProtocolStatus::Superseded(_) => "superseded",
            ProtocolStatus::Cancelled(_) => "cancelled",
        },
    }
}
