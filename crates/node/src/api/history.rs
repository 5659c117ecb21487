//! The ledger as it was: a replay up to a size or a time.
//!
//! One replay runs at a time, and the last few heads are kept (`app`); what is shown of them is in `elections`.

use std::sync::Arc;

use event::Time;
use ledger::Head;
use phrase::{Argument, phrase};

use super::{
    app::App,
    problem::{Problem, ProblemKind},
    query::parse_number,
};
use crate::{
    http::blocking::run_blocking,
    view::{self, ViewError},
};

/// Up to where.
#[derive(Clone)]
enum Until {
    Size(u64),
    Time(i64),
}

/// The head as of a number of entries or a time.
pub(super) async fn head_as_of(app: &App, text: &str) -> Result<Arc<Head>, Problem> {
    let size = app.shared.released_size();
    let until = parse_as_of(text, size)?;
    if let Some(head) = app.past_heads.find(text) {
        return Ok(head);
    }
    // A replay is expensive: one runs at a time, and requests meanwhile are answered with Retry-After.
    let _one = app
        .replays
        .clone()
        .try_acquire_owned()
        .map_err(|_| Problem::busy(phrase!("node-one-replay-at-a-time", "one replay at a time")))?;
    let shared = app.shared.clone();
    let past = until.clone();
    let work = move || -> Result<Head, ViewError> {
        let mut head = Head::default();
        let read = |index| Ok(shared.view().open_reader()?.entry(index)?);
        match past {
            Until::Size(size) => view::replay_until(&mut head, read, size, |_| false)?,
            Until::Time(millis) => {
                view::replay_until(&mut head, read, size, |e| e.received().millis() > millis)?
            }
        }
        Ok(head)
    };
    let none = || {
        Problem::from_phrase(
            ProblemKind::Unreadable,
            phrase!("node-expected-a-replay-found-none", "expected a replay, found none"),
        )
        .retry_after(1)
    };
    let head = Arc::new(run_blocking(work).await.ok_or_else(none)??);
    // A future time is not cached: its answer changes.
    let passed = match until {
        Until::Size(_) => true,
        Until::Time(_) => head.size() < size,
    };
    if passed {
        app.past_heads.insert(text, head.clone());
    }
    Ok(head)
}

fn parse_as_of(text: &str, size: u64) -> Result<Until, Problem> {
    if let Some(wanted) = parse_number(text) {
        if wanted > size {
            return Err(Problem::new(
                ProblemKind::NotFound,
                phrase!("node-a-size-up-to", "a size up to {size}"),
                wanted,
            ));
        }
        return Ok(Until::Size(wanted));
    }
    let time = Time::parse(text).map_err(|_| {
        let expected =
            phrase!("node-as-of", "as_of: a number of entries, or a time like 2025-10-12T23:59:00+05:00");
        Problem::new(ProblemKind::Malformed, expected, Argument::quote(text))
    })?;
    Ok(Until::Time(time.seconds().saturating_mul(1000)))
}
