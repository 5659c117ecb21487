//! Candidates and certificates.
//!
//! Contains who stands, who left, who was elected, what was issued. Does not contain votes (`tallies`).

use alloc::{
    string::{String, ToString},
    vec::Vec,
};

use event::{Hash, Id};
use law::{State, facts::Method};
use serde::Serialize;

/// Candidates of each election.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CandidatesView {
    /// By election.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub elections: Vec<CandidatesOf>,
}

/// Candidates of one election.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CandidatesOf {
    /// The ballot's lines now.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ballot: Vec<Id>,
    /// By id.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub candidates: Vec<CandidateView>,
    /// The election.
    pub election: Id,
}

/// One candidate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CandidateView {
    /// Year of birth.
    pub birth_year: u64,
    /// The id.
    pub candidate: Id,
    /// How nominated.
    pub method: Method,
    /// In Kazakh.
    pub name_kk: String,
    /// In Russian.
    pub name_ru: String,
    /// Number of the registration.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<u64>,
    /// The nominating party.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub party: Option<String>,
    /// nominated, registered, withdrawn or elected.
    pub status: String,
}

/// What was issued.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CertificatesView {
    /// By election.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub elections: Vec<CertificateView>,
}

/// How an election ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CertificateView {
    /// Events that cancelled its result or registration.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub annulled: Vec<Hash>,
    /// Number of the certificate.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub certificate: Option<String>,
    /// Its event.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub certificate_event: Option<Hash>,
    /// The event that denied the registration.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub denied: Option<Hash>,
    /// The event of the result.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub determined: Option<Hash>,
    /// Who is elected.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub elected: Option<Id>,
    /// The election.
    pub election: Id,
    /// The event of the publication.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<Hash>,
    /// The registered akim.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub registered: Option<Id>,
    /// The election that repeats this one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repeated_by: Option<Id>,
    /// The election that this one repeats.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repeats: Option<Id>,
    /// Certificates revoked.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub revoked: Vec<RevokedView>,
    /// called, determined, published, registered, certified; denied, annulled or repeated where it came to that.
    pub status: String,
}

/// A certificate that was revoked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RevokedView {
    /// The event that revoked it.
    pub by: Hash,
    /// Its event.
    pub event: Hash,
    /// Its number.
    pub number: String,
}

pub(super) fn view_candidates(state: &State) -> CandidatesView {
    let of = |(id, election): (&Id, &law::state::Election)| CandidatesOf {
        ballot: election.ballot_lines().to_vec(),
        candidates: election
            .candidates
            .iter()
            .map(|(id, candidate)| CandidateView {
                birth_year: candidate.nominated.birth_year,
                candidate: id.clone(),
                method: candidate.nominated.method,
                name_kk: candidate.nominated.name_kk.to_string(),
                name_ru: candidate.nominated.name_ru.to_string(),
                number: candidate.number,
                party: candidate.nominated.party.as_ref().map(ToString::to_string),
                status: candidate.status.name().to_string(),
            })
            .collect(),
        election: id.clone(),
    };
    CandidatesView { elections: state.elections.iter().map(of).collect() }
}

pub(super) fn view_certificates(state: &State) -> CertificatesView {
    let of = |(id, election): (&Id, &law::state::Election)| CertificateView {
        annulled: election.annulled.clone(),
        certificate: election.certificate.as_ref().map(|(number, _)| number.to_string()),
        certificate_event: election.certificate.as_ref().map(|(_, event)| *event),
        denied: election.denied,
        determined: election.determined.as_ref().map(|determined| determined.event),
        elected: election.determined.as_ref().and_then(|determined| determined.body.elected.clone()),
        election: id.clone(),
        published: election.published,
        registered: election.registered.clone(),
        repeated_by: election.repeated.clone(),
        repeats: election.repeats.clone(),
        revoked: election
            .revoked
            .iter()
            .map(|(number, event, by)| RevokedView { by: *by, event: *event, number: number.to_string() })
            .collect(),
        status: result_status(election).to_string(),
    };
    CertificatesView { elections: state.elections.iter().map(of).collect() }
}

/// Never just "final": an appeal can follow publication.
fn result_status(election: &law::state::Election) -> &'static str {
    if election.unfounded_certificate().is_some() {
        "annulled"
    } else if election.repeated.is_some() {
        "repeated"
    } else if election.denied.is_some() {
        "denied"
    } else if election.certificate.is_some() {
        "certified"
    } else if election.registered.is_some() {
        "registered"
    } else if election.published.is_some() {
        "published"
    } else if election.determined.is_some() {
        "determined"
    } else if !election.annulled.is_empty() {
        "annulled"
    } else {
        "called"
    }
}
