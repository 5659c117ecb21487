//! Problem documents (RFC 9457): how the node says no.
//!
//! Contains one kind for each way of saying no, with its status; rule, article, expected and found of a refusal, and the note
//! that the service key signs.

use std::time::Duration;

use axum::{
    Json,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use event::Hash;
use law::Rule;
use ledger::{Refusal, RefusalNote};
use phrase::{Argument, Phrase, Phrased, ToArgument, phrase};
use serde::Serialize;
use texts::{Language, page::CheckPage, say_phrase};

use crate::{fault::AppendError, http::body::BodyError, shared::SharedState, view::ViewError};

/// A way of saying no.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ProblemKind {
    /// Words of the request that mean nothing.
    Malformed,
    /// Nothing there.
    NotFound,
    /// Another method.
    Method,
    /// The body did not come in time.
    Late,
    /// Another event stands at this place of the author's chain.
    Stale,
    /// Too many bytes or events.
    TooLarge,
    /// No JSON.
    MediaType,
    /// Against a rule.
    Refused,
    /// Too many requests of one address or key.
    Limited,
    /// The queue is full, or too many followers.
    Busy,
    /// Nothing is taken in now.
    ReadOnly,
    /// The write may have failed.
    Unacknowledged,
    /// The store does not answer.
    Unreadable,
    /// Not enough witnesses have cosigned it.
    Unwitnessed,
    /// Durable, at its place, and not acknowledged before the quorum answers.
    Pending,
}

impl ProblemKind {
    /// Its name in the description.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Malformed => "malformed",
            Self::NotFound => "not-found",
            Self::Method => "method-not-allowed",
            Self::Late => "too-slow",
            Self::Stale => "stale",
            Self::TooLarge => "too-large",
            Self::MediaType => "media-type",
            Self::Refused => "refused",
            Self::Limited => "limited",
            Self::Busy => "busy",
            Self::ReadOnly => "read-only",
            Self::Unacknowledged => "not-acknowledged",
            Self::Unreadable => "unreadable",
            Self::Unwitnessed => "unwitnessed",
            Self::Pending => "pending",
        }
    }

    pub(crate) fn status(self) -> StatusCode {
        match self {
            Self::Pending => StatusCode::ACCEPTED,
            Self::Malformed => StatusCode::BAD_REQUEST,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Method => StatusCode::METHOD_NOT_ALLOWED,
            Self::Late => StatusCode::REQUEST_TIMEOUT,
            Self::Stale => StatusCode::CONFLICT,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::MediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::Refused => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Limited => StatusCode::TOO_MANY_REQUESTS,
            Self::Busy | Self::ReadOnly | Self::Unacknowledged | Self::Unreadable | Self::Unwitnessed => {
                StatusCode::SERVICE_UNAVAILABLE
            }
        }
    }

    fn title(self) -> &'static str {
        match self {
            Self::Malformed => "The request cannot be read",
            Self::NotFound => "Nothing is there",
            Self::Method => "This path does not take that method",
            Self::Late => "The request came too slowly",
            Self::Stale => "Another event stands at this place of the author's chain",
            Self::TooLarge => "The request is too large",
            Self::MediaType => "The body has another media type",
            Self::Refused => "The event is refused",
            Self::Limited => "Too many requests",
            Self::Busy => "The node has too much to do: send it again",
            Self::ReadOnly => "The node takes nothing in now: send it again later",
            Self::Unacknowledged => "Nothing is acknowledged: send it again",
            Self::Unreadable => "The store does not answer: ask again",
            Self::Unwitnessed => "Witnesses have not cosigned it yet: ask again",
            Self::Pending => "Durable and not acknowledged before witnesses cosign it: send it again",
        }
    }
}

/// A problem document.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Problem {
    #[serde(skip)]
    kind: ProblemKind,
    #[serde(rename = "type")]
    at: String,
    title: &'static str,
    status: u16,
    detail: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    article: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    question: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    expected: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    found: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    event: Option<Hash>,
    /// The place that a durable event keeps.
    #[serde(skip_serializing_if = "Option::is_none")]
    index: Option<u64>,
    /// The signed note.
    #[serde(skip_serializing_if = "Option::is_none")]
    refusal: Option<String>,
    #[serde(skip)]
    retry_after: Option<u64>,
    #[serde(skip)]
    lang: Language,
}

impl Problem {
    /// Says what was expected and found.
    pub(crate) fn new(kind: ProblemKind, expected: impl ToArgument, found: impl ToArgument) -> Self {
        Self::from_phrase(kind, Phrase::frame(expected, found))
    }

    /// Says what a fault says; expected and found stand in fields of their own where it has them.
    pub(crate) fn from_phrase(kind: ProblemKind, said: impl Phrased) -> Self {
        let said = said.phrase();
        Self {
            kind,
            at: format!("/openapi.json#/x-problems/{}", kind.name()),
            title: kind.title(),
            status: kind.status().as_u16(),
            detail: said.to_string(),
            rule: None,
            article: None,
            question: None,
            expected: said.expected(),
            found: said.found(),
            event: None,
            index: None,
            refusal: None,
            retry_after: None,
            lang: Language::En,
        }
    }

    /// Says when to come again.
    pub(crate) fn retry_after(mut self, seconds: u64) -> Self {
        self.retry_after = Some(seconds.max(1));
        self
    }

    /// A refusal on the merits, signed by the service key where the event is known by its hash.
    pub(crate) fn from_refusal(
        shared: &SharedState,
        error: &AppendError,
        event: Option<Hash>,
        lang: Language,
    ) -> Self {
        if matches!(error, AppendError::Unshown { .. }) {
            return Self::from_phrase(ProblemKind::ReadOnly, error).retry_after(30);
        }
        let Some(rule) = error.rule() else {
            return Self::from_phrase(ProblemKind::Unacknowledged, error).retry_after(1);
        };
        shared.metrics.count_refusal(rule.id());
        let kind = match error {
            AppendError::Refused(Refusal::AuthorSeq { .. } | Refusal::AuthorPrev { .. }) => {
                ProblemKind::Stale
            }
            AppendError::Check(check) if check.is_form() => ProblemKind::Malformed,
            _ => ProblemKind::Refused,
        };
        // The law's own words begin with rule and article, which stand in fields of their own.
        let said = match error {
            AppendError::Refused(Refusal::Law(own)) => Phrase::frame(&own.expected, &own.found),
            other => other.phrase(),
        };
        let page = CheckPage::of(rule, lang);
        let mut problem = Self::from_phrase(kind, &said);
        problem.detail = say_phrase(lang, &said);
        problem.rule = Some(rule.id());
        problem.article = Some(page.article);
        problem.question = Some(page.question);
        problem.event = event;
        problem.refusal = event.and_then(|event| sign_refusal(shared, event, rule));
        problem.lang = lang;
        problem
    }

    /// Too many requests of one address or key; counted for operators.
    pub(crate) fn limited(shared: &SharedState, by: &str, wait: Duration) -> Self {
        shared.metrics.count_limited(by);
        let problem = Self::new(
            ProblemKind::Limited,
            phrase!("node-fewer-requests-of-this", "fewer requests of this {by}"),
            phrase!("node-too-many", "too many"),
        );
        problem.retry_after(wait.as_secs() + 1)
    }

    /// No room for this now.
    pub(crate) fn busy(expected: Phrase) -> Self {
        Self::new(ProblemKind::Busy, expected, phrase!("node-no-room", "no room")).retry_after(1)
    }

    /// Nothing is known to be durable.
    pub(crate) fn unacknowledged() -> Self {
        let detail = phrase!(
            "node-no-certain-write",
            "expected a durable write, found none that is certain; the event may be in the ledger: send it again and \
             its place comes back"
        );
        Self::from_phrase(ProblemKind::Unacknowledged, detail).retry_after(2)
    }

    /// Something that waits for witnesses.
    pub(crate) fn unwitnessed(expected: Phrase) -> Self {
        let found = phrase!("node-fewer-cosignatures", "fewer cosignatures than the policy asks for");
        Self::new(ProblemKind::Unwitnessed, expected, found).retry_after(2)
    }

    /// A durable event that the quorum of the policy has not cosigned: it is not acknowledged, and keeps its place.
    pub(crate) fn pending(index: u64) -> Self {
        let found = phrase!("node-fewer-cosignatures", "fewer cosignatures than the policy asks for");
        let mut problem = Self::new(
            ProblemKind::Pending,
            phrase!("node-a-quorum-of-witnesses-for-this-event", "a quorum of witnesses for this event"),
            found,
        );
        problem.index = Some(index);
        problem.retry_after(2)
    }

    /// The problem as JSON, inside the answer to a batch.
    pub(crate) fn as_json(&self) -> serde_json::Value {
        serde_json::to_value(self).unwrap_or_default()
    }
}

/// The note; none where the machine's clock is out of order or no service key is given.
fn sign_refusal(shared: &SharedState, event: Hash, rule: Rule) -> Option<String> {
    let service = shared.service.as_ref()?;
    let ledger = shared.view().head().state().ledger?;
    let time = crate::clock::now().ok()?;
    RefusalNote { ledger, event, rule, time }.sign(service).ok()
}

impl From<BodyError> for Problem {
    fn from(error: BodyError) -> Self {
        match error {
            BodyError::TooLarge { max, found } => {
                let found = found
                    .map_or_else(|| phrase!("node-more", "more").to_argument(), |found| found.to_argument());
                Self::new(ProblemKind::TooLarge, phrase!("node-at-most-bytes", "at most {max} bytes"), found)
            }
            BodyError::Broken(error) => Self::new(
                ProblemKind::Malformed,
                phrase!("node-a-whole-body", "a whole body"),
                Argument::quote(error),
            ),
            BodyError::Late { time } => {
                let expected = phrase!(
                    "node-the-whole-body-within",
                    "the whole body within {seconds} s",
                    seconds = time.as_secs()
                );
                Self::new(ProblemKind::Late, expected, phrase!("node-a-part-of-it", "a part of it"))
            }
        }
    }
}

impl From<ViewError> for Problem {
    fn from(unread: ViewError) -> Self {
        Self::from_phrase(ProblemKind::Unreadable, unread).retry_after(1)
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let (retry_after, lang, kind) = (self.retry_after, self.lang, self.kind);
        let mut response = (kind.status(), Json(self)).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(lang.iso_code()));
        if let Some(seconds) = retry_after {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        // What is left of the request is not waited for.
        if matches!(kind, ProblemKind::Late | ProblemKind::TooLarge) {
            headers.insert(header::CONNECTION, HeaderValue::from_static("close"));
        }
        response
    }
}

/// The language that a request asks for, of those that texts are written in.
pub(crate) fn requested_language(headers: &HeaderMap) -> Language {
    let asked =
        headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    asked.split(',').find_map(|tag| Language::from_locale(tag.trim())).unwrap_or(Language::En)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [ProblemKind; 15] = [
        ProblemKind::Malformed,
        ProblemKind::NotFound,
        ProblemKind::Method,
        ProblemKind::Late,
        ProblemKind::Stale,
        ProblemKind::TooLarge,
        ProblemKind::MediaType,
        ProblemKind::Refused,
        ProblemKind::Limited,
        ProblemKind::Busy,
        ProblemKind::ReadOnly,
        ProblemKind::Unacknowledged,
        ProblemKind::Unreadable,
        ProblemKind::Unwitnessed,
        ProblemKind::Pending,
    ];

    #[test]
    fn the_description_has_every_kind_with_its_status() {
        let description: serde_json::Value = serde_json::from_str(crate::OPENAPI).unwrap();
        let described = description["x-problems"].as_object().unwrap();
        assert_eq!(described.len(), ALL.len());
        for kind in ALL {
            let status = described[kind.name()]["status"].as_u64();
            assert_eq!(status, Some(kind.status().as_u16().into()), "{}", kind.name());
        }
    }

    #[test]
    fn expected_and_found_stand_apart() {
        let told = Problem::from_phrase(
            ProblemKind::Refused,
            phrase!("t", "event, expected 1, found {n}, or so", n = 2),
        );
        assert_eq!((told.expected.as_deref(), told.found.as_deref()), (Some("1"), Some("2, or so")));
        let told = Problem::from_phrase(ProblemKind::Refused, phrase!("t", "it is so"));
        assert_eq!((told.expected, told.found), (None, None));
    }
}
