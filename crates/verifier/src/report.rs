//! The report: one row for each check, the findings, and the verdict that follows from them.
//!
//! In: statuses, verdict words, exit codes, what people must compare with their own eyes. Out: how findings are gathered
//! (`gathered`), how it is printed (`text`), how checks are made (`checks`).

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
    /// How many of `failed` are counted and not among the findings: a ledger of garbage must not fill the memory.
    pub unlisted: u64,
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

    /// What failed, and how many more failed checks have counted without listing it.
    pub(crate) fn failures(&self) -> (Vec<&Found>, u64) {
        let listed = self.findings.iter().filter(|found| found.status == "FAIL").collect();
        let rows = self.rows.iter().filter(|row| row.status == Status::Fail);
        (listed, rows.map(|row| row.unlisted).sum())
    }

    /// The findings of one check: what failed stands first.
    pub(crate) fn of(&self, rule: Rule) -> Vec<&Found> {
        let mut found: Vec<&Found> = self.findings.iter().filter(|found| found.check == rule.id()).collect();
        found.sort_by_key(|found| {
            ["FAIL", "ERROR", "WARN", "INFO"].iter().position(|word| *word == found.status)
        });
        found
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

fn status_word<'de, D: Deserializer<'de>>(deserializer: D) -> Result<&'static str, D::Error> {
    let word = String::deserialize(deserializer)?;
    let known = ["FAIL", "WARN", "INFO", "ERROR"].into_iter().find(|known| *known == word);
    known.ok_or_else(|| D::Error::custom(format_args!("expected the status of a finding, found {word}")))
}
