//! The report as text for a terminal, in three languages.
//!
//! Contains sentences and tables. Elsewhere: which entries are anchored (`anchor`), the report as JSON (`json`),
//! colours (`cli`). What a finding expected and found is told in English in every language; only its frame is
//! translated.

use std::fmt::Write as _;

use law::{Rule, facts::OutcomeKind};
use texts::{Language, Value, group_digits, law_text as say, page::CheckPage};

use crate::{
    findings::{CheckFinding, FindingStatus, Row, Status},
    harmless::quote_harmlessly,
    registry::{self, BY_HAND},
    report::verdict::Report,
    scope_lines::ScopeLine,
};
use site::pictures::{CandidateLine, ElectionPicture};

/// Findings shown of each check before "and so many more".
const SHOWN_MAX: usize = 12;

impl Report {
    /// The verdict in one sentence, in English.
    #[must_use]
    pub fn verdict_sentence(&self) -> String {
        self.sentence_in(Language::En)
    }

    /// The verdict in one sentence.
    #[must_use]
    pub fn sentence_in(&self, lang: Language) -> String {
        let (ran, lacking, unbuilt) = self.count_checks();
        let count = |status: &Status| self.rows.iter().filter(|row| row.status == *status).count();
        let args: [(&str, Value<'_>); 6] = [
            ("verdict", say(lang, self.verdict().text_id(), &[]).into()),
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
            ("sentence-by-hand", BY_HAND.len()),
            ("sentence-unbuilt", unbuilt),
        ];
        let rest = rest.into_iter().filter(|(_, n)| *n > 0);
        parts.extend(rest.map(|(id, n)| say(lang, id, &[("n", n.into())])));
        parts.push(say(lang, self.kind.text_id(), &[]));
        let unverified = self.unverified.list_in(lang);
        if !unverified.is_empty() {
            parts.push(say(lang, "sentence-unverified", &[("what", unverified.join(", ").into())]));
        }
        format!("{}.", parts.join(", "))
    }

    /// The verdict on the ledger itself and what became of the things that were brought along, where some of them could not
    /// be used or do not agree.
    #[must_use]
    pub fn own_sentence_in(&self, lang: Language) -> Option<String> {
        let brought = self.count_brought();
        if brought.is_empty() {
            return None;
        }
        let brought: Vec<String> =
            brought.into_iter().map(|(outcome, count)| outcome.text_in(lang, count)).collect();
        let own = say(lang, self.ledger_verdict().text_id(), &[]);
        Some(say(lang, "sentence-own", &[("verdict", own.into()), ("brought", brought.join(", ").into())]))
    }

    /// The whole report for a terminal, in English.
    #[must_use]
    pub fn to_text(&self) -> String {
        self.text_in(Language::En)
    }

    /// The whole report for a terminal.
    #[must_use]
    pub fn text_in(&self, lang: Language) -> String {
        let mut text = format!("{}\n\n", say(lang, "report-title", &[]));
        let _ = writeln!(text, "{}", self.sentence_in(lang));
        if let Some(own) = self.own_sentence_in(lang) {
            let _ = writeln!(text, "{own}");
        }
        let _ = writeln!(text, "{}\n", self.anchor_sentence_in(lang));
        self.results_text(lang, &mut text);
        self.failures_text(lang, &mut text);
        let eyes = self.eyes.iter().map(|line| (line.name_in(lang), line.value_in(lang)));
        write_block(lang, &mut text, "report-eyes", &eyes.collect::<Vec<_>>());
        let scope = self.scope.iter().map(|line| (line.name_in(lang), line.value_in(lang)));
        write_block(lang, &mut text, "report-scope", &scope.collect::<Vec<_>>());
        self.table_text(lang, &mut text);
        self.findings_text(lang, &mut text);
        let _ = writeln!(text, "\n{}", say(lang, "report-limits", &[]));
        text
    }

    /// What each election came to, in a line: the votes of each candidate, as far as protocols are there.
    fn results_text(&self, lang: Language, text: &mut String) {
        let elections = &self.pictures.elections;
        for election in elections.iter().take(SHOWN_MAX) {
            let name = quote_harmlessly(election.name_in(lang), &[]);
            let _ = writeln!(text, "{name}: {}", describe_outcome(lang, election));
            if self.has_stopped() {
                let _ = writeln!(text, "  {}", say(lang, "page-stopped", &[]));
            }
            let (counted, all) = (election.count_protocols(), election.precincts.len());
            if counted == 0 {
                let _ = writeln!(text, "  {}", say(lang, "page-no-protocols", &[]));
                continue;
            }
            let votes = election.candidates.iter().map(|line| {
                let name = quote_harmlessly(name_in(lang, line), &[]).into_owned();
                format!("{name} {}", group_digits(&line.votes.to_string()))
            });
            let against = format!(
                "{} {}",
                say(lang, "line-against_all", &[]),
                group_digits(&election.totals.against_all.to_string())
            );
            let of = if counted == all {
                say(lang, "pic-of-all-protocols", &[("all", all.into())])
            } else {
                say(lang, "pic-of-protocols", &[("counted", counted.into()), ("all", all.into())])
            };
            let votes: Vec<String> = votes.chain([against]).collect();
            let _ = writeln!(text, "  {} ({of})", votes.join(" · "));
        }
        if !elections.is_empty() {
            for line in self.scope.iter().filter(|line| matches!(line, ScopeLine::Synthetic(_))) {
                let _ = writeln!(text, "{}", line.value_in(lang));
            }
            text.push('\n');
        }
    }

    /// What failed stands right under the verdict.
    /// What published tables say against the entries comes first: in the words of the paper, before bytes and hashes.
    fn failures_text(&self, lang: Language, text: &mut String) {
        let (failed, unlisted) = self.list_failures();
        if !failed.is_empty() {
            let _ = writeln!(text, "{}", say(lang, self.failures_title(), &[]));
        }
        let contradictions = &self.contradictions;
        for found in contradictions.listed.iter().take(SHOWN_MAX) {
            let (said, files) =
                (self.contradiction_in(lang, found), self.contradiction_files_in(lang, found));
            let _ = writeln!(text, "  {said} ({files})");
        }
        if let Some(more) = count_beyond(SHOWN_MAX, contradictions.listed.len(), contradictions.unlisted) {
            let _ = writeln!(text, "  {}", say(lang, "report-more", &[("n", more.into())]));
        }
        for found in failed.iter().take(SHOWN_MAX) {
            self.finding_text(lang, text, "  ", found);
        }
        if let Some(more) = count_beyond(SHOWN_MAX, failed.len(), unlisted) {
            let _ = writeln!(text, "  {}", say(lang, "report-more-below", &[("n", more.into())]));
        }
        if !failed.is_empty() {
            text.push('\n');
        }
    }

    fn table_text(&self, lang: Language, text: &mut String) {
        let _ = writeln!(text, "{}", say(lang, "report-checks", &[]));
        // What this version lacks is counted in the verdict's sentence; a row for each would hide the others.
        let lacking = |row: &&Row| matches!(row.status, Status::NotRun(_)) && !registry::is_built(row.rule);
        let rows: Vec<(&Row, String)> = self
            .rows
            .iter()
            .filter(|row| !lacking(row))
            .map(|row| (row, say(lang, row.status.text_id(), &[])))
            .collect();
        let width = rows.iter().map(|(_, word)| word.chars().count()).max().unwrap_or_default();
        for (row, word) in rows {
            let counts = match row.status {
                Status::NotRun(_) | Status::NotApplicable | Status::Error(_) => String::new(),
                Status::Pass | Status::Fail | Status::Warn | Status::Info => {
                    format!("{} / {}", row.failed, row.examined)
                }
            };
            let why = row.status.reason_in(lang).map(|why| format!(" ({why})"));
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
    fn findings_text(&self, lang: Language, text: &mut String) {
        if self.findings.is_empty() {
            return;
        }
        let _ = writeln!(text, "\n{}", say(lang, "report-findings", &[]));
        for row in &self.rows {
            let rule = row.rule;
            let found = self.findings_of(rule);
            if found.is_empty() {
                continue;
            }
            let page = CheckPage::of(rule, lang);
            let _ = writeln!(text, "  {} {}: {}", rule.id(), rule.name(), page.question);
            found.iter().take(SHOWN_MAX).for_each(|found| self.finding_text(lang, text, "    ", found));
            if let Some(more) = count_beyond(SHOWN_MAX, found.len(), row.unlisted) {
                let more = say(lang, "report-more", &[("n", more.into())]);
                let _ = writeln!(text, "    {}: {more}", rule.id());
            }
            if found.iter().any(|found| found.status != FindingStatus::Info) {
                self.write_readings(lang, text, rule, &page);
            }
        }
        if lang != Language::En {
            let _ = writeln!(text, "  {}", say(lang, "frame-note", &[]));
        }
    }

    fn finding_text(&self, lang: Language, text: &mut String, indent: &str, found: &CheckFinding) {
        let place = self.place_in(lang, found);
        let (word, message) = (say(lang, found.status.text_id(), &[]), self.message_in(lang, found));
        let _ = writeln!(text, "{indent}{word} {}: {place}: {message}", found.check.id());
        if let Some(why) = &found.explanation {
            let _ = writeln!(text, "{indent}     {}: {why}", say(lang, "report-explained", &[]));
        }
    }

    fn write_readings(&self, lang: Language, text: &mut String, rule: Rule, page: &CheckPage) {
        let source = self.describe_source().unwrap_or_else(|| "SOURCE".to_owned());
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
}

fn describe_outcome(lang: Language, election: &ElectionPicture) -> String {
    let elected = election.elected.as_ref();
    let elected = elected.and_then(|id| election.candidates.iter().find(|line| line.candidate == *id));
    match (election.outcome, elected) {
        (None, _) => say(lang, "page-preliminary", &[]),
        (Some(OutcomeKind::Tie), _) => say(lang, "outcome-tie", &[]),
        (Some(OutcomeKind::Invalid), _) => say(lang, "outcome-invalid", &[]),
        (Some(OutcomeKind::Elected), None) => say(lang, "outcome-elected", &[]),
        (Some(OutcomeKind::Elected), Some(line)) => {
            format!("{}: {}", say(lang, "outcome-elected", &[]), quote_harmlessly(name_in(lang, line), &[]))
        }
    }
}

fn name_in(lang: Language, line: &CandidateLine) -> &str {
    if lang == Language::Kk { &line.name_kk } else { &line.name_ru }
}

/// How many there are beyond those that are shown.
pub(crate) fn count_beyond(shown: usize, listed: usize, unlisted: u64) -> Option<u64> {
    let more = listed.saturating_sub(shown) as u64 + unlisted;
    (more > 0).then_some(more)
}

fn write_block(lang: Language, text: &mut String, title: &str, lines: &[(String, String)]) {
    let _ = writeln!(text, "{}", say(lang, title, &[]));
    let width = lines.iter().map(|(name, _)| name.chars().count()).max().unwrap_or_default();
    for (name, value) in lines {
        let _ = writeln!(text, "  {name:width$}  {value}");
    }
    text.push('\n');
}
