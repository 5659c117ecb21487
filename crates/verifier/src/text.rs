//! The report as text for a terminal, in three languages, and as JSON.
//!
//! In: sentences and tables. Out: which entries are anchored (`anchor`), names and reasons (`words`), colours (`cli`).
//! What a finding expected and found is told in English in every language; only its frame is translated.

use std::{borrow::Cow, fmt::Write as _};

use law::Rule;
use serde::Serialize;
use texts::{
    Lang, Value, framed,
    page::{Page, letter},
    text as say,
};

use crate::{Found, Pictures, Report, Row, Status, words};

/// Findings shown of each check before "and so many more".
const SHOWN_MAX: usize = 12;
/// Lines of the scope that differ between two observers of the same.
const OWN: [&str; 2] = ["source", "resumed"];
/// The form of the report as JSON (docs/report.md): a field may come, none changes its meaning or goes.
const SCHEMA: &str = "hattama-report-1";

impl Report {
    /// The verdict in one sentence, in English.
    #[must_use]
    pub fn sentence(&self) -> String {
        self.sentence_in(Lang::En)
    }

    /// The verdict in one sentence.
    #[must_use]
    pub fn sentence_in(&self, lang: Lang) -> String {
        let (ran, lacking, unbuilt) = self.ran();
        let count = |status: &Status| self.rows.iter().filter(|row| row.status == *status).count();
        let args: [(&str, Value<'_>); 6] = [
            ("verdict", verdict(self, lang).into()),
            ("entries", self.size.into()),
            ("ran", ran.into()),
            ("all", self.rows.len().into()),
            ("failed", count(&Status::Fail).into()),
            ("warned", count(&Status::Warn).into()),
        ];
        let mut parts = vec![say(lang, "sentence", &args)];
        let rest = [
            ("sentence-idle", count(&Status::NotApplicable)),
            ("sentence-lacking", lacking),
            ("sentence-by-hand", crate::checks::BY_HAND.len()),
            ("sentence-unbuilt", unbuilt),
        ];
        let rest = rest.into_iter().filter(|(_, n)| *n > 0);
        parts.extend(rest.map(|(id, n)| say(lang, id, &[("n", n.into())])));
        format!("{}.", parts.join(", "))
    }

    /// The whole report for a terminal, in English.
    #[must_use]
    pub fn text(&self) -> String {
        self.text_in(Lang::En)
    }

    /// The whole report for a terminal.
    #[must_use]
    pub fn text_in(&self, lang: Lang) -> String {
        let mut text = format!("{}\n\n", say(lang, "report-title", &[]));
        let _ = writeln!(text, "{}\n{}\n", self.sentence_in(lang), self.anchor_sentence_in(lang));
        self.failures_text(lang, &mut text);
        block(lang, &mut text, "report-scope", &self.scope);
        block(lang, &mut text, "report-eyes", &self.eyes);
        self.table_text(lang, &mut text);
        self.findings_text(lang, &mut text);
        let _ = writeln!(text, "\n{}", say(lang, "report-limits", &[]));
        text
    }

    /// What failed stands right under the verdict.
    fn failures_text(&self, lang: Lang, text: &mut String) {
        let (failed, unlisted) = self.failures();
        for found in failed.iter().take(SHOWN_MAX) {
            finding_text(lang, text, "  ", found);
        }
        if let Some(more) = beyond(SHOWN_MAX, failed.len(), unlisted) {
            let _ = writeln!(text, "  {}", say(lang, "report-more-below", &[("n", more.into())]));
        }
        if !failed.is_empty() {
            text.push('\n');
        }
    }

    fn table_text(&self, lang: Lang, text: &mut String) {
        let _ = writeln!(text, "{}", say(lang, "report-checks", &[]));
        // What this version lacks is counted in the verdict's sentence; a row for each would hide the others.
        let lacking =
            |row: &&Row| matches!(row.status, Status::NotRun(_)) && !crate::registry::is_built(row.rule);
        let rows: Vec<(&Row, String)> = self
            .rows
            .iter()
            .filter(|row| !lacking(row))
            .map(|row| (row, status(lang, word(&row.status))))
            .collect();
        let width = rows.iter().map(|(_, word)| word.chars().count()).max().unwrap_or_default();
        for (row, word) in rows {
            let counts = match row.status {
                Status::NotRun(_) | Status::NotApplicable | Status::Error(_) => String::new(),
                Status::Pass | Status::Fail | Status::Warn | Status::Info => {
                    format!("{} / {}", row.failed, row.examined)
                }
            };
            let why = reason(&row.status).map(|why| format!(" ({})", words::reason(lang, why)));
            let line = format!(
                "  {:7} {:28} {word:width$}  {counts}{}",
                row.rule.id(),
                row.rule.name(),
                why.unwrap_or_default()
            );
            let _ = writeln!(text, "{}", line.trim_end());
        }
    }

    /// Each check with findings: its question, what was found, how that can be read, and how to see it again.
    fn findings_text(&self, lang: Lang, text: &mut String) {
        if self.findings.is_empty() {
            return;
        }
        let _ = writeln!(text, "\n{}", say(lang, "report-findings", &[]));
        for row in &self.rows {
            let rule = row.rule;
            let found = self.of(rule);
            if found.is_empty() {
                continue;
            }
            let page = Page::of(rule, lang);
            let _ = writeln!(text, "  {} {}: {}", rule.id(), rule.name(), page.question);
            found.iter().take(SHOWN_MAX).for_each(|found| finding_text(lang, text, "    ", found));
            if let Some(more) = beyond(SHOWN_MAX, found.len(), row.unlisted) {
                let more = say(lang, "report-more", &[("n", more.into())]);
                let _ = writeln!(text, "    {}: {more}", rule.id());
            }
            if found.iter().any(|found| found.status != "INFO") {
                self.readings(lang, text, rule, &page);
            }
        }
        if lang != Lang::En {
            let _ = writeln!(text, "  {}", say(lang, "frame-note", &[]));
        }
    }

    fn readings(&self, lang: Lang, text: &mut String, rule: Rule, page: &Page) {
        let source = self.scope.iter().find(|(name, _)| name == "source");
        let source = source.map_or("SOURCE", |(_, name)| name.as_str());
        let repeat = format!("hattama verify {source}; hattama checks {}", rule.id());
        let lines = [
            ("report-innocent", &page.innocent),
            ("report-deliberate", &page.deliberate),
            ("report-article", &page.article),
            ("report-repeat", &repeat),
        ];
        for (id, line) in lines {
            let _ = writeln!(text, "         {}: {line}", say(lang, id, &[]));
        }
    }

    /// The report as JSON with a stable order, the same bytes for everybody who verifies the same.
    ///
    /// # Errors
    /// Never for a report that this crate made.
    pub fn json<'a>(&'a self) -> Result<String, serde_json::Error> {
        #[derive(Serialize)]
        struct Json<'a> {
            schema: &'a str,
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
            pictures: &'a Pictures,
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
            #[serde(skip_serializing_if = "none")]
            unlisted: u64,
        }
        let pairs = |list: &'a [(String, String)]| -> Vec<(&str, &str)> {
            list.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect()
        };
        let check = |row: &'a Row| Check {
            id: row.rule.id(),
            name: row.rule.name(),
            severity: letter(row.rule.severity()),
            status: word(&row.status),
            reason: reason(&row.status),
            failed: row.failed,
            examined: row.examined,
            unlisted: row.unlisted,
        };
        serde_json::to_string_pretty(&Json {
            schema: SCHEMA,
            verdict: self.verdict().word(),
            exit_code: self.verdict().exit_code(),
            size: self.size,
            anchored: self.anchored,
            anchored_by: self.anchor.word(),
            anchored_entries: self.anchored_entries(),
            unanchored_entries: self.unanchored_entries(),
            // Two observers keep their copies in two places, and get the same bytes.
            scope: pairs(&self.scope).into_iter().filter(|(name, _)| !OWN.contains(name)).collect(),
            // So do those who built the same version on two kinds of machine.
            eyes: pairs(&self.eyes).into_iter().filter(|(name, _)| *name != "this program").collect(),
            checks: self.rows.iter().map(check).collect(),
            findings: &self.findings,
            pictures: &self.pictures,
        })
    }
}

/// The text with escapes, as JSON has them, for signs that move the cursor, clear the screen or turn the order of letters:
/// what strangers wrote is quoted in answers, and writes nothing but words.
#[must_use]
pub fn harmless<'a>(text: &'a str, kept: &[char]) -> Cow<'a, str> {
    let turns = |sign: char| matches!(sign, '\u{200e}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let moves = |sign: char| (sign.is_control() || turns(sign)) && !kept.contains(&sign);
    if !text.contains(moves) {
        return text.into();
    }
    let mut told = String::new();
    for sign in text.chars() {
        if moves(sign) {
            let _ = write!(told, "\\u{:04x}", u32::from(sign));
        } else {
            told.push(sign);
        }
    }
    told.into()
}

/// How many there are beyond those that are shown.
pub(crate) fn beyond(shown: usize, listed: usize, unlisted: u64) -> Option<u64> {
    let more = listed.saturating_sub(shown) as u64 + unlisted;
    (more > 0).then_some(more)
}

/// Only a ledger of garbage has more findings than are listed.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks by reference")]
fn none(unlisted: &u64) -> bool {
    *unlisted == 0
}

fn block(lang: Lang, text: &mut String, title: &str, pairs: &[(String, String)]) {
    let _ = writeln!(text, "{}", say(lang, title, &[]));
    let pairs: Vec<_> = pairs.iter().map(|(name, value)| words::pair(lang, name, value)).collect();
    let width = pairs.iter().map(|(name, _)| name.chars().count()).max().unwrap_or_default();
    for (name, value) in pairs {
        let _ = writeln!(text, "  {name:width$}  {value}");
    }
    text.push('\n');
}

fn finding_text(lang: Lang, text: &mut String, indent: &str, found: &Found) {
    let place = words::subject(lang, found.entry, &found.subject);
    let (word, message) = (status(lang, found.status), framed(lang, &found.message));
    let _ = writeln!(text, "{indent}{word} {}: {place}: {message}", found.check);
    if let Some(why) = &found.explanation {
        let _ = writeln!(text, "{indent}     {}: {why}", say(lang, "report-explained", &[]));
    }
}

/// The verdict's word, with the English one beside it: people of two languages compare reports by telephone.
fn verdict(report: &Report, lang: Lang) -> String {
    say(lang, &format!("verdict-{}", report.verdict().word().replace(' ', "-")), &[])
}

fn status(lang: Lang, word: &str) -> String {
    say(lang, &format!("status-{word}"), &[])
}

pub(crate) fn word(status: &Status) -> &'static str {
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

pub(crate) fn reason(status: &Status) -> Option<&str> {
    match status {
        Status::NotRun(why) | Status::Error(why) => Some(why),
        Status::Pass | Status::Fail | Status::Warn | Status::Info | Status::NotApplicable => None,
    }
}
