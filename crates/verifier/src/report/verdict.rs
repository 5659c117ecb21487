//! The report: one row for each check, the findings, and the verdict that follows from them.
//!
//! Contains statuses, verdict words, exit codes, what people must compare with their own eyes. Elsewhere: how findings
//! are gathered (`findings`), how it is printed (`text`), how checks are made (`checks`).

use std::collections::{BTreeMap, BTreeSet};

use event::Id;
use law::{Rule, Severity, facts::SyntheticKind};

use crate::{
    brought::BroughtOutcome,
    compare::compared_sheet::write_sheets,
    contradictions::Contradictions,
    findings::{CheckFinding, FindingStatus, Row, Status},
    not_run::NotRun,
    paper_names::PaperNames,
    registry::{self, BY_HAND},
    report::{anchor::Anchor, unverified::Unverified},
    scope_lines::{EyeLine, ScopeLine},
    source::content::SourceKind,
};
use site::pictures::Pictures;

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

/// What an entry states, as far as it can be read: also one that does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatedEntry {
    /// The fact, one of the vocabulary.
    pub fact: &'static str,
    /// The precinct that it is about.
    pub precinct: Option<Id>,
}

/// Everything that a verification came to.
#[derive(Debug, Clone)]
pub struct Report {
    /// What was verified, in order.
    pub scope: Vec<ScopeLine>,
    /// What software cannot judge: compare with your own eyes.
    pub eyes: Vec<EyeLine>,
    /// One row for each check, in the order of the registry.
    pub rows: Vec<Row>,
    /// Everything found, by check, then entry.
    pub findings: Vec<CheckFinding>,
    /// Up to which size an outside anchor stands behind the ledger.
    pub anchored: Option<u64>,
    /// What that anchor is.
    pub anchor: Anchor,
    /// Entries.
    pub size: u64,
    /// As what the source was read.
    pub kind: SourceKind,
    /// What lies there and was not verified.
    pub unverified: Unverified,
    /// The figures behind the pictures, as far as entries were admitted.
    pub pictures: Pictures,
    /// What published tables have otherwise than the entries, where a check failed.
    pub contradictions: Contradictions,
    /// What the entries are that findings speak of: fact and precinct.
    pub stated: BTreeMap<u64, StatedEntry>,
    /// What people call what the ledger knows by ids.
    pub names: PaperNames,
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

    /// The id of its text.
    #[must_use]
    pub fn text_id(self) -> &'static str {
        match self {
            Self::Verified => "verdict-VERIFIED",
            Self::VerifiedWithWarnings => "verdict-VERIFIED-WITH-WARNINGS",
            Self::Failed => "verdict-FAILED",
            Self::Incomplete => "verdict-INCOMPLETE",
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
    /// What became of every sheet that was scanned, as CSV: a row for each, and one for each line in which it differs.
    #[must_use]
    pub fn sheets_csv(&self) -> String {
        let sheets = self.scope.iter().filter_map(|line| match line {
            ScopeLine::ScannedProtocol(sheet) => Some(sheet.as_ref()),
            _ => None,
        });
        write_sheets(sheets, &self.list_synthetic())
    }

    /// What the ledger says itself to be made up.
    fn list_synthetic(&self) -> BTreeSet<SyntheticKind> {
        let said = self.scope.iter().filter_map(|line| match line {
            ScopeLine::Synthetic(kinds) => Some(kinds),
            _ => None,
        });
        said.flatten().copied().collect()
    }

    /// The verdict that follows from the rows.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        verdict_of(self.rows.iter())
    }

    /// The verdict on the ledger itself, whatever became of the things that the observer brought along. What was signed by the
    /// log or by a commission and contradicts it counts.
    #[must_use]
    pub fn ledger_verdict(&self) -> Verdict {
        let own = |row: &&Row| row.status == Status::Fail || !registry::is_of_the_observer(row.rule);
        verdict_of(self.rows.iter().filter(own))
    }

    /// What became of the things that the observer brought along and that do not accuse the ledger: of each outcome how
    /// many.
    #[must_use]
    pub fn count_brought(&self) -> Vec<(BroughtOutcome, usize)> {
        let count = |outcome| self.findings.iter().filter(|found| found.brought == Some(outcome)).count();
        let counted = BroughtOutcome::ALL.map(|outcome| (outcome, count(outcome)));
        counted.into_iter().filter(|(_, count)| *count > 0).collect()
    }

    /// Whether the replay did not come to the end: what is drawn and summed is less than what the source holds.
    pub(crate) fn has_stopped(&self) -> bool {
        self.rows.iter().any(|row| matches!(row.status, Status::NotRun(NotRun::Stopped { .. })))
    }

    /// What the observer called the source.
    pub(crate) fn describe_source(&self) -> Option<String> {
        self.scope.iter().find(|line| matches!(line, ScopeLine::Source(_))).map(ScopeLine::value)
    }

    /// What failed or could not be judged, what failed first, and how many more these checks have counted without listing it.
    pub(crate) fn list_failures(&self) -> (Vec<&CheckFinding>, u64) {
        let of = |status: FindingStatus| self.findings.iter().filter(move |found| found.status == status);
        let listed = of(FindingStatus::Fail).chain(of(FindingStatus::Error)).collect();
        let rows = self.rows.iter().filter(|row| matches!(row.status, Status::Fail | Status::Error(_)));
        (listed, rows.map(|row| row.unlisted).sum())
    }

    /// The id of the title above them.
    pub(crate) fn failures_title(&self) -> &'static str {
        let failed = self.rows.iter().any(|row| row.status == Status::Fail);
        if failed { "page-failures" } else { "page-doubts" }
    }

    /// The findings of one check: what failed stands first.
    pub(crate) fn findings_of(&self, rule: Rule) -> Vec<&CheckFinding> {
        let mut found: Vec<&CheckFinding> =
            self.findings.iter().filter(|found| found.check == rule).collect();
        found.sort_by_key(|found| found.status);
        found
    }

    /// How many checks ran, how many could not for want of something, how many this version lacks. Those that a person
    /// makes are in none of the three.
    #[must_use]
    pub fn count_checks(&self) -> (usize, usize, usize) {
        let built = |row: &&Row| registry::is_built(row.rule) && !BY_HAND.contains(&row.rule);
        let not = |row: &&Row| matches!(row.status, Status::NotRun(_) | Status::Error(_));
        let all_built = self.rows.iter().filter(built).count();
        let lacking = self.rows.iter().filter(built).filter(not).count();
        let idle = self.rows.iter().filter(|row| row.status == Status::NotApplicable).count();
        (all_built - lacking - idle, lacking, self.rows.len() - BY_HAND.len() - all_built)
    }
}

/// The verdict that follows from some of the rows.
fn verdict_of<'a>(rows: impl Iterator<Item = &'a Row> + Clone) -> Verdict {
    let any = |wanted: fn(&Row) -> bool| rows.clone().any(wanted);
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
