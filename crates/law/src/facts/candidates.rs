//! Candidates and ballots: the content of what stands before voting day.

use alloc::vec::Vec;

use event::{Document, Id, Text, Time};
use serde::{Deserialize, Serialize};

/// A nomination, recorded by one officer (art. 113-3).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CandidateNominated {
    /// The biography that the commission or the party published officially.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub biography: Option<Document>,
    /// Year of birth.
    pub birth_year: u64,
    /// The candidate's id; names are spelled in many ways.
    pub candidate: Id,
    /// The party's conference that nominated; only with a party.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub conference: Option<Conference>,
    /// How nominated.
    pub method: Method,
    /// The name in Kazakh: the ballot's order follows it.
    pub name_kk: Text,
    /// The name in Russian.
    pub name_ru: Text,
    /// Work, as published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub occupation: Option<Text>,
    /// The nominating party.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub party: Option<Text>,
    /// The statement of consent.
    pub statement: Document,
}

/// The conference of a party's branch at which a candidate was nominated (art. 113-3).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Conference {
    /// The day it was held.
    pub date: Time,
    /// Its decision.
    pub decision: Document,
    /// How many delegates took part.
    pub delegates: u64,
    /// Its number, as the decision prints it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<Text>,
}

/// How a candidate is nominated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Method {
    /// By a party's branch.
    Party,
    /// By the candidate.
    Own,
    /// By the higher akim, when fewer than two were nominated.
    HigherAkim,
}

/// The answer of the civil service agency (art. 113-2).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EligibilityChecked {
    /// The candidate.
    pub candidate: Id,
    /// Whether the candidate meets the law.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub eligible: bool,
    /// The answer.
    pub paper: Document,
}

/// Signature sheets of a self-nominated candidate (art. 113-4).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignaturesVerified {
    /// The candidate.
    pub candidate: Id,
    /// Signatures struck.
    pub invalid: u64,
    /// Signatures needed.
    pub needed: u64,
    /// The protocol of the check.
    pub paper: Document,
    /// Good signatures.
    pub valid: u64,
}

/// A registration (art. 113-5).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CandidateRegistered {
    /// The candidate.
    pub candidate: Id,
    /// The decision.
    pub decision: Document,
    /// Number of the registration, from 1.
    pub number: u64,
}

/// A candidacy that ends before voting day (art. 113-6).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CandidateWithdrew {
    /// The candidate.
    pub candidate: Id,
    /// How.
    pub kind: WithdrawalKind,
    /// The statement, or the act of death.
    pub statement: Document,
}

/// How a candidacy ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WithdrawalKind {
    /// The candidate withdrew.
    Withdrew,
    /// Who nominated revoked it.
    NominationRevoked,
    /// The candidate died.
    Died,
}

/// The ballot's text (art. 37).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BallotApproved {
    /// The lines, in the order of the Kazakh alphabet; against all follows last.
    pub candidates: Vec<Id>,
    /// The decision.
    pub decision: Document,
}

/// The print run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BallotsPrinted {
    /// The act of the printer.
    pub act: Document,
    /// Ballots printed.
    pub count: u64,
}

/// Candidates struck from ballots already approved (art. 37(1-1)).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BallotAmended {
    /// Candidates restored after the ballot was approved.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub added: Vec<Id>,
    /// The lines that remain, in order.
    pub candidates: Vec<Id>,
    /// The decision.
    pub decision: Document,
    /// How the ballots are changed.
    pub manner: Text,
    /// The candidates struck.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub struck: Vec<Id>,
}

/// A voter list, handed to its precinct by act (art. 26).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VoterListHandedOver {
    /// The act.
    pub act: Document,
    /// The list, sealed: its names stay off the ledger.
    pub list: Document,
    /// The precinct.
    pub precinct: Id,
    /// Voters on it.
    pub voters: u64,
}

/// Ballots, handed to a precinct (art. 37(3)).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BallotsDelivered {
    /// The act.
    pub act: Document,
    /// How many.
    pub count: u64,
    /// The precinct.
    pub precinct: Id,
}
