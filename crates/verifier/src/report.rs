//! The report: one row for each check, the findings, and the verdict that follows from them.
//!
//! In: statuses, verdict words, exit codes, what people must compare with their own eyes. Out: how it is printed
//! (`text`), how checks are made (`checks`).

use std::collections::BTreeMap;

use law::{Rule, Severity};
use serde::{Deserialize, Deserializer, Serialize, de::Error as _};

use crate::{Pictures, anchor::Anchor, checks::BY_HAND, registry};

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
    NotRun(String),
    /// Could not be judged, and why.
    Error(String),
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
}

/// One thing found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// The check's id.
    pub check: String,
    /// Expected and found, in words.
    pub message: String,
    /// The entry, if it is about one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entry: Option<u64>,
    /// The file, precinct, commission or projection it is about.
    pub subject: String,
    /// The author's explanation, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub explanation: Option<String>,
    /// FAIL, WARN, INFO or ERROR.
    #[serde(deserialize_with = "status_word")]
    pub status: Word,
}

/// One of a few words. (By this name a derive does not take it for something borrowed.)
type Word = &'static str;

/// The verdict's one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// All that could be checked holds.
    Verified,
    /// It holds, and there is something to look at.
    VerifiedWithWarnings,
    /// Something does not hold.
    Failed,
    /// A check that had to be made could not be.
    Incomplete,
}

/// Everything that a verification came to.
#[derive(Debug, Clone)]
pub struct Report {
    /// What was verified: name and value, in order.
    pub scope: Vec<(String, String)>,
    /// What software cannot judge: compare with your own eyes.
    pub eyes: Vec<(String, String)>,
    /// One row for each check, in the order of the registry.
    pub rows: Vec<Row>,
    /// Everything found, by check, then entry.
    pub findings: Vec<Found>,
    /// Up to which size an outside anchor stands behind the ledger.
    pub anchored: Option<u64>,
    /// What that anchor is.
    pub anchor: Anchor,
    /// Entries.
    pub size: u64,
    /// The figures behind the pictures, as far as entries were admitted.
    pub pictures: Pictures,
}

impl Verdict {
    /// As it stands in the report.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Verified => "VERIFIED",
            Self::VerifiedWithWarnings => "VERIFIED WITH WARNINGS",
            Self::Failed => "FAILED",
            Self::Incomplete => "INCOMPLETE",
        }
    }

    /// The exit code of a program that prints it.
    #[must_use]
    pub fn exit_code(self) -> u8 {
        match self {
            Self::Verified | Self::VerifiedWithWarnings => 0,
            Self::Failed => 1,
            Self::Incomplete => 2,
        }
    }
}

impl Report {
    /// The verdict that follows from the rows.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        let any = |wanted: fn(&Row) -> bool| self.rows.iter().any(wanted);
        if any(|row| row.status == Status::Fail) {
            Verdict::Failed
        } else if any(cannot_tell) {
            Verdict::Incomplete
        } else if any(|row| row.status == Status::Warn) {
            Verdict::VerifiedWithWarnings
        } else {
            Verdict::Verified
        }
    }

    /// How many checks ran, how many could not for want of something, how many this version lacks. Those that a person
    /// makes are in none of the three.
    #[must_use]
    pub fn ran(&self) -> (usize, usize, usize) {
        let built = |row: &&Row| registry::is_built(row.rule) && !BY_HAND.contains(&row.rule);
        let not = |row: &&Row| matches!(row.status, Status::NotRun(_) | Status::Error(_));
        let all_built = self.rows.iter().filter(built).count();
        let lacking = self.rows.iter().filter(built).filter(not).count();
        let idle = self.rows.iter().filter(|row| row.status == Status::NotApplicable).count();
        (all_built - lacking - idle, lacking, self.rows.len() - BY_HAND.len() - all_built)
    }
}

/// A mandatory check that could not be made: F, built, and its input is in the source.
fn cannot_tell(row: &Row) -> bool {
    match row.status {
        Status::Error(_) => true,
        Status::NotRun(_) => {
            row.rule.severity() == Severity::Fail
                && registry::is_built(row.rule)
                && !registry::is_optional(row.rule)
        }
        Status::Pass | Status::Fail | Status::Warn | Status::Info | Status::NotApplicable => false,
    }
}

/// Gathers what the checks find.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Gathered {
    rows: BTreeMap<Rule, (Status, u64, u64)>,
    findings: Vec<Found>,
}

impl Gathered {
    /// So many more were examined by this check.
    pub(crate) fn examined(&mut self, rule: Rule, count: u64) {
        let row = self.rows.entry(rule).or_insert((Status::Pass, 0, 0));
        row.2 += count;
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
        found.explanation = why;
        self.record(rule, status, found);
    }

    /// Something to know beside the result, whatever the severity.
    pub(crate) fn note(&mut self, rule: Rule, subject: &str, message: String) {
        self.record(rule, Status::Info, Found::new(rule, None, subject, message));
    }

    /// A check that cannot be judged.
    pub(crate) fn error(&mut self, rule: Rule, entry: Option<u64>, subject: &str, message: String) {
        let status = Status::Error(message.clone());
        self.record(rule, status, Found::new(rule, entry, subject, message));
    }

    /// A check that was not made; says nothing where it failed already.
    pub(crate) fn not_run(&mut self, rule: Rule, reason: &str) {
        self.rows.entry(rule).or_insert((Status::NotRun(reason.to_owned()), 0, 0));
    }

    /// A check with nothing to examine.
    pub(crate) fn not_applicable(&mut self, rule: Rule) {
        self.rows.entry(rule).or_insert((Status::NotApplicable, 0, 0));
    }

    /// Whether a check has failed.
    pub(crate) fn failed(&self, rule: Rule) -> bool {
        self.rows.get(&rule).is_some_and(|(status, ..)| *status == Status::Fail)
    }

    /// Whether a check could not be judged.
    pub(crate) fn has_error(&self, rule: Rule) -> bool {
        self.rows.get(&rule).is_some_and(|(status, ..)| matches!(status, Status::Error(_)))
    }

    fn record(&mut self, rule: Rule, status: Status, mut found: Found) {
        found.status = match status {
            Status::Fail => "FAIL",
            Status::Warn => "WARN",
            Status::Error(_) => "ERROR",
            Status::Pass | Status::Info | Status::NotApplicable | Status::NotRun(_) => "INFO",
        };
        let row = self.rows.entry(rule).or_insert((Status::Pass, 0, 0));
        if rank(&status) > rank(&row.0) {
            row.0 = status;
        }
        row.1 += 1;
        self.findings.push(found);
    }

    /// Takes in what another look found.
    pub(crate) fn join(&mut self, other: &Self) {
        for (rule, (status, failed, examined)) in &other.rows {
            let row = self.rows.entry(*rule).or_insert_with(|| (status.clone(), 0, 0));
            if rank(status) > rank(&row.0) {
                row.0 = status.clone();
            }
            row.1 += failed;
            row.2 += examined;
        }
        self.findings.extend(other.findings.iter().cloned());
    }

    /// The rows of all checks, and the findings in order.
    pub(crate) fn finish(mut self) -> (Vec<Row>, Vec<Found>) {
        let rows = Rule::ALL.iter().map(|rule| {
            let (status, failed, examined) = match self.rows.remove(rule) {
                Some(row) => row,
                None if registry::is_built(*rule) => (Status::NotRun("nothing to examine".into()), 0, 0),
                None => (Status::NotRun("not built yet".into()), 0, 0),
            };
            Row { rule: *rule, status, failed, examined: examined.max(failed) }
        });
        let rows = rows.collect();
        self.findings.sort_by(|a, b| (&a.check, a.entry, &a.subject).cmp(&(&b.check, b.entry, &b.subject)));
        (rows, self.findings)
    }
}

impl Found {
    fn new(rule: Rule, entry: Option<u64>, subject: &str, message: String) -> Self {
        Self {
            check: rule.id().to_owned(),
            message,
            entry,
            subject: subject.to_owned(),
            explanation: None,
            status: "INFO",
        }
    }
}

fn status_word<'de, D: Deserializer<'de>>(deserializer: D) -> Result<&'static str, D::Error> {
    let word = String::deserialize(deserializer)?;
    let known = ["FAIL", "WARN", "INFO", "ERROR"].into_iter().find(|known| *known == word);
    known.ok_or_else(|| D::Error::custom(format_args!("expected the status of a finding, found {word}")))
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
