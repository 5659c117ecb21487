//! The report as text for a terminal, and as JSON.
//!
//! In: words. Out: which entries are anchored (`anchor`), colours and languages (`cli`).

use std::fmt::Write as _;

use law::Severity;
use serde::Serialize;

use crate::{Found, Report, Row, Status};

/// Findings shown of each check before "and so many more".
const SHOWN_MAX: usize = 12;

impl Report {
    /// The verdict in one sentence.
    #[must_use]
    pub fn sentence(&self) -> String {
        let (ran, lacking, unbuilt) = self.ran();
        let count = |status: &Status| self.rows.iter().filter(|row| row.status == *status).count();
        let mut text = format!(
            "{}: {} entries; {ran} of {} checks ran, {} failed, {} to look at",
            self.verdict().word(),
            self.size,
            self.rows.len(),
            count(&Status::Fail),
            count(&Status::Warn),
        );
        let idle = count(&Status::NotApplicable);
        if idle > 0 {
            let _ = write!(text, ", {idle} had nothing to examine");
        }
        if lacking > 0 {
            let _ = write!(text, ", {lacking} could not run");
        }
        let _ = write!(text, ", {unbuilt} are not built yet.");
        text
    }

    /// The whole report for a terminal.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = String::from("VERIFICATION OF THE LEDGER\n\n");
        let _ = writeln!(text, "{}\n{}\n", self.sentence(), self.anchor_sentence());
        self.failures_text(&mut text);
        block(&mut text, "Scope", &self.scope);
        block(&mut text, "Compare these with your own eyes", &self.eyes);
        text.push_str("Checks (failed / examined)\n");
        for row in &self.rows {
            row_text(&mut text, row);
        }
        self.findings_text(&mut text);
        text.push_str(
            "\nWhat this does not prove: the secrecy of the ballot, an honest count in the room, who was on the voter\n\
             list, that the paper says what voters wanted. It proves what was recorded, by whom, and what follows.\n",
        );
        text
    }

    /// What failed stands right under the verdict.
    fn failures_text(&self, text: &mut String) {
        let failed: Vec<&Found> = self.findings.iter().filter(|found| found.status == "FAIL").collect();
        for found in failed.iter().take(SHOWN_MAX) {
            finding_text(text, found);
        }
        if failed.len() > SHOWN_MAX {
            let _ = writeln!(text, "  and {} more, below", failed.len() - SHOWN_MAX);
        }
        if !failed.is_empty() {
            text.push('\n');
        }
    }

    fn findings_text(&self, text: &mut String) {
        if self.findings.is_empty() {
            return;
        }
        text.push_str("\nFindings\n");
        let mut shown = 0;
        let mut check = "";
        for found in &self.findings {
            if check != found.check {
                (check, shown) = (&found.check, 0);
            }
            shown += 1;
            if shown <= SHOWN_MAX {
                finding_text(text, found);
            } else if shown == SHOWN_MAX + 1 {
                let more =
                    self.findings.iter().filter(|other| other.check == found.check).count() - SHOWN_MAX;
                let _ = writeln!(text, "  {check}: and {more} more");
            }
        }
    }

    /// The report as JSON with a stable order, the same bytes for everybody who verifies the same.
    ///
    /// # Errors
    /// Never for a report that this crate made.
    pub fn json<'a>(&'a self) -> Result<String, serde_json::Error> {
        #[derive(Serialize)]
        struct Json<'a> {
            verdict: &'a str,
            exit_code: u8,
            size: u64,
            anchored: Option<u64>,
            anchored_by: Option<&'a str>,
            anchored_entries: Option<[u64; 2]>,
            unanchored_entries: Option<[u64; 2]>,
            scope: Vec<(&'a str, &'a str)>,
            eyes: Vec<(&'a str, &'a str)>,
            checks: Vec<Check<'a>>,
            findings: &'a [Found],
        }
        #[derive(Serialize)]
        struct Check<'a> {
            id: &'a str,
            name: &'a str,
            severity: &'a str,
            status: &'a str,
            #[serde(skip_serializing_if = "Option::is_none")]
            reason: Option<&'a str>,
            failed: u64,
            examined: u64,
        }
        let pairs = |list: &'a [(String, String)]| -> Vec<(&str, &str)> {
            list.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect()
        };
        let check = |row: &'a Row| Check {
            id: row.rule.id(),
            name: row.rule.name(),
            severity: match row.rule.severity() {
                Severity::Fail => "F",
                Severity::Warn => "W",
                Severity::Info => "I",
            },
            status: word(&row.status),
            reason: reason(&row.status),
            failed: row.failed,
            examined: row.examined,
        };
        serde_json::to_string_pretty(&Json {
            verdict: self.verdict().word(),
            exit_code: self.verdict().exit_code(),
            size: self.size,
            anchored: self.anchored,
            anchored_by: self.anchor.word(),
            anchored_entries: self.anchored_entries(),
            unanchored_entries: self.unanchored_entries(),
            // Two observers keep their copies in two places, and get the same bytes.
            scope: pairs(&self.scope).into_iter().filter(|(name, _)| *name != "source").collect(),
            eyes: pairs(&self.eyes),
            checks: self.rows.iter().map(check).collect(),
            findings: &self.findings,
        })
    }
}

fn block(text: &mut String, title: &str, pairs: &[(String, String)]) {
    let _ = writeln!(text, "{title}");
    let width = pairs.iter().map(|(name, _)| name.chars().count()).max().unwrap_or_default();
    for (name, value) in pairs {
        let _ = writeln!(text, "  {name:width$}  {value}");
    }
    text.push('\n');
}

fn row_text(text: &mut String, row: &Row) {
    // What this version lacks is counted in the verdict's sentence; a row for each would hide the others.
    if matches!(&row.status, Status::NotRun(_)) && !crate::registry::is_built(row.rule) {
        return;
    }
    let counts = match row.status {
        Status::NotRun(_) | Status::NotApplicable | Status::Error(_) => String::new(),
        Status::Pass | Status::Fail | Status::Warn | Status::Info => {
            format!("{} / {}", row.failed, row.examined)
        }
    };
    let why = reason(&row.status).map(|why| format!(" ({why})")).unwrap_or_default();
    let _ =
        writeln!(text, "  {:7} {:28} {:15} {counts}{why}", row.rule.id(), row.rule.name(), word(&row.status));
}

fn finding_text(text: &mut String, found: &Found) {
    let entry = found.entry.map(|entry| format!("entry {entry}, ")).unwrap_or_default();
    let _ = writeln!(text, "  {} {}: {entry}{}: {}", found.status, found.check, found.subject, found.message);
    if let Some(why) = &found.explanation {
        let _ = writeln!(text, "       explained: {why}");
    }
}

fn word(status: &Status) -> &'static str {
    match status {
        Status::Pass => "PASS",
        Status::Fail => "FAIL",
        Status::Warn => "WARN",
        Status::Info => "INFO",
        Status::NotApplicable => "NOT-APPLICABLE",
        Status::NotRun(_) => "NOT-RUN",
        Status::Error(_) => "ERROR",
    }
}

fn reason(status: &Status) -> Option<&str> {
    match status {
        Status::NotRun(why) | Status::Error(why) => Some(why),
        Status::Pass | Status::Fail | Status::Warn | Status::Info | Status::NotApplicable => None,
    }
}
