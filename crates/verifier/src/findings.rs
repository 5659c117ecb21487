//! Gathers what the checks find, in bounded memory.
//!
//! Contains the status of each check as it rises, how many failed, the findings that are listed. Elsewhere: what a
//! report says of them (`report`).

use std::collections::BTreeMap;

use law::{Rule, Severity};
use phrase::Phrase;
use serde::{Deserialize, Serialize};

use crate::{
    brought::BroughtOutcome,
    found_message::{FoundMessage, bound_text},
    not_run::NotRun,
    registry,
    subject::Subject,
};
use texts::Language;

/// What became of a check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Status {
    /// Examined, and true.
    Pass,
    /// Examined, and false.
    Fail,
    /// Examined; people must look.
    Warn,
    /// Examined; people may want to know.
    Info,
    /// Nothing here that it could examine.
    NotApplicable,
    /// Not made, and why; never a pass.
    NotRun(NotRun),
    /// Could not be judged, and why.
    Error(FoundMessage),
}

impl Status {
    /// As it stands in the report as JSON.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::Pass => "PASS",
            Self::Fail => "FAIL",
            Self::Warn => "WARN",
            Self::Info => "INFO",
            Self::NotApplicable => "NOT-APPLICABLE",
            Self::NotRun(_) => "NOT-RUN",
            Self::Error(_) => "ERROR",
        }
    }

    /// The id of its text.
    #[must_use]
    pub fn text_id(&self) -> &'static str {
        match self {
            Self::Pass => "status-PASS",
            Self::Fail => "status-FAIL",
            Self::Warn => "status-WARN",
            Self::Info => "status-INFO",
            Self::NotApplicable => "status-NOT-APPLICABLE",
            Self::NotRun(_) => "status-NOT-RUN",
            Self::Error(_) => "status-ERROR",
        }
    }

    /// Why the check was not made or could not be judged, in a language.
    #[must_use]
    pub fn reason_in(&self, lang: Language) -> Option<String> {
        match self {
            Self::NotRun(why) => Some(why.text_in(lang)),
            Self::Error(why) => Some(why.text_in(lang)),
            Self::Pass | Self::Fail | Self::Warn | Self::Info | Self::NotApplicable => None,
        }
    }
}

/// What one finding means for its check; what weighs most stands first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum FindingStatus {
    /// The check does not hold.
    Fail,
    /// The check cannot be judged.
    Error,
    /// People must look.
    Warn,
    /// People may want to know.
    Info,
}

impl FindingStatus {
    /// As it stands in the report as JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        self.of_check().word()
    }

    /// The id of its text.
    #[must_use]
    pub fn text_id(self) -> &'static str {
        self.of_check().text_id()
    }

    fn of_check(self) -> Status {
        match self {
            Self::Fail => Status::Fail,
            Self::Error => Status::Error(FoundMessage::stated(Phrase::verbatim(""))),
            Self::Warn => Status::Warn,
            Self::Info => Status::Info,
        }
    }
}

/// One check.
#[derive(Debug, Clone)]
pub struct Row {
    /// The check.
    pub rule: Rule,
    /// What became of it.
    pub status: Status,
    /// How many failed, or are to be looked at.
    pub failed: u64,
    /// How many were examined.
    pub examined: u64,
    /// How many of `failed` are counted and not among the findings: a ledger of garbage must not fill the memory.
    pub unlisted: u64,
}

/// One thing found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckFinding {
    /// The check.
    pub check: Rule,
    /// Expected and found.
    pub message: FoundMessage,
    /// The entry, if it is about one.
    pub entry: Option<u64>,
    /// The file, precinct, commission or projection it is about.
    pub subject: Subject,
    /// The author's explanation, where there is one.
    pub explanation: Option<String>,
    /// What it means for the check.
    pub status: FindingStatus,
    /// What became of the thing that the observer brought along, where it is about one and does not accuse the ledger.
    pub brought: Option<BroughtOutcome>,
}

/// Findings of one check that are listed with one status. Whoever fills a ledger with garbage gets his number, not our
/// memory; the oracle of conflicting copies, the largest honest report, has some thousands.
const LISTED_MAX: u64 = 10_000;

/// Gathers what the checks find.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Findings {
    tallies: BTreeMap<Rule, Tally>,
    findings: Vec<CheckFinding>,
}

/// One check, so far.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Tally {
    status: Status,
    failed: u64,
    examined: u64,
    /// Findings in the list, by what they mean.
    listed: BTreeMap<FindingStatus, u64>,
}

impl Findings {
    /// So many more were examined by this check.
    pub(crate) fn count_examined(&mut self, rule: Rule, count: u64) {
        self.tally_of(rule, Status::Pass).examined += count;
    }

    /// A check that does not hold; its severity says what that means.
    pub(crate) fn fail(
        &mut self,
        rule: Rule,
        entry: Option<u64>,
        subject: impl Into<Subject>,
        message: FoundMessage,
    ) {
        let status = match rule.severity() {
            Severity::Fail => FindingStatus::Fail,
            Severity::Warn => FindingStatus::Warn,
            Severity::Info => FindingStatus::Info,
        };
        self.record_finding(CheckFinding::new(rule, status, entry, subject, message));
    }

    /// So many more of the same that nobody kept: counted, and not listed.
    pub(crate) fn count_unlisted(&mut self, rule: Rule, count: u64) {
        if let Some(tally) = self.tallies.get_mut(&rule) {
            tally.failed += count;
        }
    }

    /// An entry that may not stand where it stands: false, whatever the severity of the rule elsewhere.
    pub(crate) fn refused(
        &mut self,
        rule: Rule,
        entry: u64,
        subject: impl Into<Subject>,
        message: FoundMessage,
    ) {
        self.record_finding(CheckFinding::new(rule, FindingStatus::Fail, Some(entry), subject, message));
    }

    /// Something that holds nothing up: explained or noted.
    pub(crate) fn warn(
        &mut self,
        rule: Rule,
        entry: Option<u64>,
        subject: impl Into<Subject>,
        message: FoundMessage,
        why: Option<String>,
    ) {
        let info = rule.severity() == Severity::Info;
        let status = if info { FindingStatus::Info } else { FindingStatus::Warn };
        let mut found = CheckFinding::new(rule, status, entry, subject, message);
        found.explanation = why.map(bound_text);
        self.record_finding(found);
    }

    /// Something to know beside the result, whatever the severity.
    pub(crate) fn note(&mut self, rule: Rule, subject: impl Into<Subject>, message: FoundMessage) {
        self.record_finding(CheckFinding::new(rule, FindingStatus::Info, None, subject, message));
    }

    /// A check that cannot be judged.
    pub(crate) fn error(
        &mut self,
        rule: Rule,
        entry: Option<u64>,
        subject: impl Into<Subject>,
        message: FoundMessage,
    ) {
        self.record_finding(CheckFinding::new(rule, FindingStatus::Error, entry, subject, message));
    }

    /// Something that the observer brought along and that says nothing against the ledger: the check cannot be judged by it.
    pub(crate) fn brought(
        &mut self,
        rule: Rule,
        subject: impl Into<Subject>,
        message: FoundMessage,
        outcome: BroughtOutcome,
    ) {
        let mut found = CheckFinding::new(rule, FindingStatus::Error, None, subject, message);
        found.brought = Some(outcome);
        self.record_finding(found);
    }

    /// A check that was not made; says nothing where it failed already.
    pub(crate) fn not_run(&mut self, rule: Rule, reason: NotRun) {
        self.tally_of(rule, Status::NotRun(reason));
    }

    /// A check with nothing to examine.
    pub(crate) fn not_applicable(&mut self, rule: Rule) {
        self.tally_of(rule, Status::NotApplicable);
    }

    /// What each check has come to so far.
    pub(crate) fn statuses(&self) -> impl Iterator<Item = (Rule, &Status)> {
        self.tallies.iter().map(|(rule, tally)| (*rule, &tally.status))
    }

    /// Whether a check has failed.
    pub(crate) fn has_failed(&self, rule: Rule) -> bool {
        self.tallies.get(&rule).is_some_and(|tally| tally.status == Status::Fail)
    }

    /// Whether a check could not be judged.
    pub(crate) fn has_error(&self, rule: Rule) -> bool {
        self.tallies.get(&rule).is_some_and(|tally| matches!(tally.status, Status::Error(_)))
    }

    fn record_finding(&mut self, found: CheckFinding) {
        let status = match found.status {
            FindingStatus::Fail => Status::Fail,
            FindingStatus::Error => Status::Error(found.message.clone()),
            FindingStatus::Warn => Status::Warn,
            FindingStatus::Info => Status::Info,
        };
        let tally = self.tally_of(found.check, Status::Pass);
        tally.raise_status(&status);
        tally.failed += 1;
        if tally.has_room_for(found.status) {
            self.findings.push(found);
        }
    }

    fn tally_of(&mut self, rule: Rule, status: Status) -> &mut Tally {
        self.tallies.entry(rule).or_insert_with(|| Tally::new(status))
    }

    /// Takes in what another look found.
    pub(crate) fn join_findings(&mut self, other: &Self) {
        for (rule, theirs) in &other.tallies {
            let tally = self.tally_of(*rule, theirs.status.clone());
            tally.raise_status(&theirs.status);
            tally.failed += theirs.failed;
            tally.examined += theirs.examined;
        }
        for found in &other.findings {
            if self.tally_of(found.check, Status::Pass).has_room_for(found.status) {
                self.findings.push(found.clone());
            }
        }
    }

    /// The rows of all checks, and the findings in order.
    pub(crate) fn finish(mut self) -> (Vec<Row>, Vec<CheckFinding>) {
        let rows = Rule::ALL.iter().map(|rule| {
            let built = registry::is_built(*rule);
            let why = if built { NotRun::NothingToExamine } else { NotRun::NotBuilt };
            let tally = self.tallies.remove(rule).unwrap_or_else(|| Tally::new(Status::NotRun(why)));
            let unlisted = tally.failed - tally.listed.values().sum::<u64>();
            let Tally { status, failed, examined, .. } = tally;
            Row { rule: *rule, status, failed, examined: examined.max(failed), unlisted }
        });
        let rows = rows.collect();
        self.findings.sort_by_cached_key(|found| (found.check.id(), found.entry, found.subject.to_string()));
        (rows, self.findings)
    }
}

impl Tally {
    fn new(status: Status) -> Self {
        Self { status, failed: 0, examined: 0, listed: BTreeMap::new() }
    }

    fn raise_status(&mut self, status: &Status) {
        if rank_of(status) > rank_of(&self.status) {
            self.status = status.clone();
        }
    }

    /// Whether one more finding with this status is listed.
    fn has_room_for(&mut self, status: FindingStatus) -> bool {
        let listed = self.listed.entry(status).or_default();
        let room = *listed < LISTED_MAX;
        *listed += u64::from(room);
        room
    }
}

impl CheckFinding {
    fn new(
        check: Rule,
        status: FindingStatus,
        entry: Option<u64>,
        subject: impl Into<Subject>,
        message: FoundMessage,
    ) -> Self {
        let (subject, message) = (subject.into().bounded(), message.bounded());
        Self { check, message, entry, subject, explanation: None, status, brought: None }
    }
}

fn rank_of(status: &Status) -> u8 {
    match status {
        Status::NotRun(_) | Status::NotApplicable => 0,
        Status::Pass => 1,
        Status::Info => 2,
        Status::Warn => 3,
        Status::Error(_) => 4,
        Status::Fail => 5,
    }
}
