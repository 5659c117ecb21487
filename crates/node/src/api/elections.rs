//! Figures for people and pages: elections, results, precincts, corrections, the summary.
//!
//! In: `GET /elections`, `/elections/{id}/results`, `/elections/{id}/precincts`, `/precincts/{id}/history`, `/summary`.
//! Out: how figures follow from the state (`ledger::projections`), the state as it was (`past`).

use axum::{
    Json,
    extract::{Path, RawQuery, State as Shared, rejection::PathRejection},
    http::header,
    response::{IntoResponse, Response},
};
use event::{Hash, Id};
use law::{
    Edition, State,
    facts::{Office, Totals},
    state::{Election, ProtocolRecord, ProtocolStatus},
};
use ledger::{Head, projections};
use serde::Serialize;

use super::{
    app::App,
    history::head_as_of,
    problem::{Kind, Problem},
    query::{Query, id, segment},
};

/// Which tree an answer follows from.
#[derive(Serialize)]
struct AsOf {
    root: Hash,
    size: u64,
}

/// An answer with the ledger that it follows from.
#[derive(Serialize)]
struct Framed<T> {
    as_of: AsOf,
    ledger: Hash,
    test: bool,
    #[serde(flatten)]
    view: T,
}

/// An election in the list.
#[derive(Serialize)]
struct Line {
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
struct Elections {
    elections: Vec<Line>,
}

#[derive(Serialize)]
struct Results {
    #[serde(skip_serializing_if = "Option::is_none")]
    elected: Option<Id>,
    status: &'static str,
    tally: projections::ElectionTally,
    turnout: Turnout,
}

/// Three shares of the voters on the lists, as percentages.
#[derive(Serialize)]
struct Turnout {
    in_boxes: String,
    issued: String,
    legal: String,
}

#[derive(Serialize)]
struct Precincts {
    election: Id,
    precincts: Vec<projections::PollView>,
}

/// One protocol in the life of a precinct.
#[derive(Serialize)]
struct Protocol {
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
struct History {
    precinct: Id,
    protocols: Vec<Protocol>,
}

/// `GET /elections`
pub(super) async fn elections(
    Shared(app): Shared<App>,
    RawQuery(raw): RawQuery,
) -> Result<Response, Problem> {
    Query::read(raw.as_deref(), &[])?;
    let answer = |head: &Head| {
        let elections = head.state().elections.iter().map(|(id, election)| line(id, election)).collect();
        framed(head, Elections { elections })
    };
    match before_what_waits(&app) {
        None => Ok(answer(app.desk.view().head())),
        Some(size) => Ok(answer(&*head_as_of(&app, &size).await?)),
    }
}

/// `GET /elections/{id}/results?as_of=`
pub(super) async fn results(
    Shared(app): Shared<App>,
    path: Result<Path<String>, PathRejection>,
    RawQuery(raw): RawQuery,
) -> Result<Response, Problem> {
    let name = id(&segment(path)?)?;
    let mut query = Query::read(raw.as_deref(), &["as_of"])?;
    let answer = |head: &Head| -> Result<Response, Problem> {
        let election = election(head.state(), &name)?;
        let totals = election.totals();
        let turnout = Turnout {
            in_boxes: share(totals.found, &totals),
            issued: share(totals.issued, &totals),
            legal: share(totals.participated(), &totals),
        };
        let elected = election.determined.as_ref().and_then(|determined| determined.body.elected.clone());
        let tally = projections::tally(&name, election);
        Ok(framed(head, Results { elected, status: status(election), tally, turnout }))
    };
    match query.take("as_of").or_else(|| before_what_waits(&app)) {
        None => answer(app.desk.view().head()),
        Some(text) => answer(&*head_as_of(&app, &text).await?),
    }
}

/// The size up to which results are shown, if one waits for witnesses.
fn before_what_waits(app: &App) -> Option<String> {
    Some(app.desk.witnessed.as_ref()?.first_held()?.to_string())
}

/// `GET /elections/{id}/precincts`
pub(super) async fn precincts(
    Shared(app): Shared<App>,
    path: Result<Path<String>, PathRejection>,
    RawQuery(raw): RawQuery,
) -> Result<Response, Problem> {
    let name = id(&segment(path)?)?;
    Query::read(raw.as_deref(), &[])?;
    let view = app.desk.view();
    let state = view.head().state();
    let precincts = projections::polls(state, election(state, &name)?);
    Ok(framed(view.head(), Precincts { election: name, precincts }))
}

/// `GET /precincts/{id}/history`
pub(super) async fn history(
    Shared(app): Shared<App>,
    path: Result<Path<String>, PathRejection>,
    RawQuery(raw): RawQuery,
) -> Result<Response, Problem> {
    let precinct = id(&segment(path)?)?;
    Query::read(raw.as_deref(), &[])?;
    let view = app.desk.view();
    let state = view.head().state();
    if !state.precincts.contains_key(&precinct) {
        return Err(Problem::new(Kind::NotFound, "a precinct of this ledger", precinct));
    }
    let of = |(id, election): (&Id, &Election)| -> Vec<Protocol> {
        let records = election.polls.get(&precinct).map(|poll| poll.protocols.as_slice()).unwrap_or_default();
        records.iter().map(|record| protocol(id, record)).collect()
    };
    let protocols = state.elections.iter().flat_map(of).collect();
    Ok(framed(view.head(), History { precinct, protocols }))
}

/// `GET /summary`
pub(super) async fn summary(Shared(app): Shared<App>, RawQuery(raw): RawQuery) -> Result<Response, Problem> {
    Query::read(raw.as_deref(), &[])?;
    let view = app.desk.view();
    Ok(framed(view.head(), national(view.head().state())))
}

/// How many of everything there are.
#[derive(Serialize)]
struct Summary {
    candidates: u64,
    commissions: u64,
    counted: u64,
    elections: u64,
    precincts: u64,
    snapshots: u64,
}

/// The summary of the whole ledger.
fn national(state: &State) -> Summary {
    let sum = |of: fn(&Election) -> usize| state.elections.values().map(|one| of(one) as u64).sum();
    Summary {
        candidates: sum(|election| election.candidates.len()),
        commissions: state.commissions.len() as u64,
        counted: sum(|election| election.polls.values().filter(|poll| poll.current().is_some()).count()),
        elections: state.elections.len() as u64,
        precincts: state.precincts.len() as u64,
        snapshots: state.snapshots.len() as u64,
    }
}

fn framed<T: Serialize>(head: &Head, view: T) -> Response {
    let state = head.state();
    let answer = Framed {
        as_of: AsOf { root: head.root(), size: head.size() },
        ledger: state.ledger.unwrap_or(Hash::ZERO),
        test: state.charter.as_ref().is_some_and(|charter| charter.test),
        view,
    };
    ([(header::CACHE_CONTROL, "public, max-age=2")], Json(answer)).into_response()
}

fn election<'a>(state: &'a State, id: &Id) -> Result<&'a Election, Problem> {
    let found = state.elections.get(id);
    found.ok_or_else(|| Problem::new(Kind::NotFound, "an election of this ledger", id))
}

fn line(id: &Id, election: &Election) -> Line {
    Line {
        counted: election.polls.values().filter(|poll| poll.current().is_some()).count() as u64,
        edition: election.called.edition,
        election: id.clone(),
        name: election.called.name.to_string(),
        office: election.called.office,
        organiser: election.organiser.clone(),
        precincts: election.polls.len() as u64,
        repeats: election.repeats.clone(),
        status: status(election),
        territory: election.called.territory.to_string(),
        voting_day: election.calendar.voting_starts.to_string(),
    }
}

/// How firm the result is. Never "final": a court may still change it.
fn status(election: &Election) -> &'static str {
    match election {
        Election { determined: None, .. } => "preliminary",
        Election { certificate: Some(_), .. } => "certified",
        Election { published: Some(_), .. } => "published",
        _ => "determined",
    }
}

fn share(part: u64, totals: &Totals) -> String {
    projections::percent(part, totals.voters, 2)
}

fn protocol(election: &Id, record: &ProtocolRecord) -> Protocol {
    let (ground, reason) = record.correction.as_ref().map(|(ground, why)| (*ground, why.to_string())).unzip();
    Protocol {
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
