//! Gathers what the checks find, in bounded memory.
//!
//! In: the status of each check as it rises, how many failed, the findings that are listed. Out: what a report says of
//! them (`report`).

use std::collections::BTreeMap;

use law::{Rule, Severity};
use serde::{Deserialize, Serialize};

use crate::{
    registry,
    report::{Found, Row, Status},
    text::harmless,
};

/// Findings of one check that are listed under one word. Whoever fills a ledger with garbage gets his number, not our
/// memory; the oracle of conflicting copies, the largest honest report, has some thousands.
const LISTED_MAX: u64 = 10_000;

/// Characters of a finding's text: what a stranger wrote is quoted in it.
const TEXT_MAX: usize = 2_000;

/// Gathers what the checks find.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Gathered {
    tallies: BTreeMap<Rule, Tally>,
    findings: Vec<Found>,
}

/// One check, so far.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Tally {
    status: Status,
    failed: u64,
    examined: u64,
    /// Findings in the list, by their word.
    listed: BTreeMap<String, u64>,
}

impl Gathered {
    /// So many more were examined by this check.
    pub(crate) fn examined(&mut self, rule: Rule, count: u64) {
        self.tally(rule, Status::Pass).examined += count;
    }

    /// A check that does not hold; its severity says what that means.
    pub(crate) fn fail(&mut self, rule: Rule, entry: Option<u64>, subject: &str, message: String) {
        let status = match rule.severity() {
            Severity::Fail => Status::Fail,
            Severity::Warn => Status::Warn,
            Severity::Info => Status::Info,
        };
        self.record(rule, status, Found::new(rule, entry, subject, message));
    }

    /// So many more of the same that nobody kept: counted, and not listed.
    pub(crate) fn more(&mut self, rule: Rule, count: u64) {
        if let Some(tally) = self.tallies.get_mut(&rule) {
            tally.failed += count;
        }
    }

    /// An entry that may not stand where it stands: false, whatever the severity of the rule elsewhere.
    pub(crate) fn refused(&mut self, rule: Rule, entry: u64, subject: &str, message: String) {
        self.record(rule, Status::Fail, Found::new(rule, Some(entry), subject, message));
    }

    /// Something that holds nothing up: explained or noted.
    pub(crate) fn warn(
        &mut self,
        rule: Rule,
        entry: Option<u64>,
        subject: &str,
        message: String,
        why: Option<String>,
    ) {
        let status = if rule.severity() == Severity::Info { Status::Info } else { Status::Warn };
        let mut found = Found::new(rule, entry, subject, message);
        found.explanation = why.map(short);
        self.record(rule, status, found);
    }

    /// Something to know beside the result, whatever the severity.
    pub(crate) fn note(&mut self, rule: Rule, subject: &str, message: String) {
        self.record(rule, Status::Info, Found::new(rule, None, subject, message));
    }

    /// A check that cannot be judged.
    pub(crate) fn error(&mut self, rule: Rule, entry: Option<u64>, subject: &str, message: String) {
        let status = Status::Error(short(message.clone()));
        self.record(rule, status, Found::new(rule, entry, subject, message));
    }

    /// A check that was not made; says nothing where it failed already.
    pub(crate) fn not_run(&mut self, rule: Rule, reason: &str) {
        self.tally(rule, Status::NotRun(reason.to_owned()));
    }

    /// A check with nothing to examine.
    pub(crate) fn not_applicable(&mut self, rule: Rule) {
        self.tally(rule, Status::NotApplicable);
    }

    /// Whether a check has failed.
    pub(crate) fn failed(&self, rule: Rule) -> bool {
        self.tallies.get(&rule).is_some_and(|tally| tally.status == Status::Fail)
    }

    /// Whether a check could not be judged.
    pub(crate) fn has_error(&self, rule: Rule) -> bool {
        self.tallies.get(&rule).is_some_and(|tally| matches!(tally.status, Status::Error(_)))
    }

    fn record(&mut self, rule: Rule, status: Status, mut found: Found) {
        found.status = match status {
            Status::Fail => "FAIL",
            Status::Warn => "WARN",
            Status::Error(_) => "ERROR",
            Status::Pass | Status::Info | Status::NotApplicable | Status::NotRun(_) => "INFO",
        };
        let tally = self.tally(rule, Status::Pass);
        tally.rise(&status);
        tally.failed += 1;
        if tally.lists(found.status) {
            self.findings.push(found);
        }
    }

    fn tally(&mut self, rule: Rule, status: Status) -> &mut Tally {
        self.tallies.entry(rule).or_insert_with(|| Tally::new(status))
    }

    /// Takes in what another look found.
    pub(crate) fn join(&mut self, other: &Self) {
        for (rule, theirs) in &other.tallies {
            let tally = self.tally(*rule, theirs.status.clone());
            tally.rise(&theirs.status);
            tally.failed += theirs.failed;
            tally.examined += theirs.examined;
        }
        for found in &other.findings {
            let rule = Rule::of(&found.check);
            if rule.is_some_and(|rule| self.tally(rule, Status::Pass).lists(found.status)) {
                self.findings.push(found.clone());
            }
        }
    }

    /// The rows of all checks, and the findings in order.
    pub(crate) fn finish(mut self) -> (Vec<Row>, Vec<Found>) {
        let rows = Rule::ALL.iter().map(|rule| {
            let why = if registry::is_built(*rule) { "nothing to examine" } else { "not built yet" };
            let tally =
                self.tallies.remove(rule).unwrap_or_else(|| Tally::new(Status::NotRun(why.to_owned())));
            let unlisted = tally.failed - tally.listed.values().sum::<u64>();
            let Tally { status, failed, examined, .. } = tally;
            Row { rule: *rule, status, failed, examined: examined.max(failed), unlisted }
        });
        let rows = rows.collect();
        self.findings.sort_by(|a, b| (&a.check, a.entry, &a.subject).cmp(&(&b.check, b.entry, &b.subject)));
        (rows, self.findings)
    }
}

impl Tally {
    fn new(status: Status) -> Self {
        Self { status, failed: 0, examined: 0, listed: BTreeMap::new() }
    }

    fn rise(&mut self, status: &Status) {
        if rank(status) > rank(&self.status) {
            self.status = status.clone();
        }
    }

    /// Whether one more finding under this word is listed.
    fn lists(&mut self, word: &str) -> bool {
        let listed = self.listed.entry(word.to_owned()).or_default();
        let room = *listed < LISTED_MAX;
        *listed += u64::from(room);
        room
    }
}

impl Found {
    fn new(rule: Rule, entry: Option<u64>, subject: &str, message: String) -> Self {
        Self {
            check: rule.id().to_owned(),
            message: short(message),
            entry,
            subject: short(subject.to_owned()),
            explanation: None,
            status: "INFO",
        }
    }
}

fn rank(status: &Status) -> u8 {
    match status {
        Status::NotRun(_) | Status::NotApplicable => 0,
        Status::Pass => 1,
        Status::Info => 2,
        Status::Warn => 3,
        Status::Error(_) => 4,
        Status::Fail => 5,
    }
}

/// The text on one line, or its beginning and how long it is: whoever is quoted in it writes nothing but words on a
/// screen.
fn short(text: String) -> String {
    let mut text = harmless(&text, &[]).into_owned();
    let Some((end, _)) = text.char_indices().nth(TEXT_MAX) else { return text };
    let rest = format!("… ({} characters)", text.chars().count());
    text.truncate(end);
    text.push_str(&rest);
    text
}
