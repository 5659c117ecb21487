//! The table of checks, what failed, and every finding with its two readings.
//!
//! Contains the rows and findings of a report. Elsewhere: which check asks what (`texts::page`), the frame of the page
//! (`html`).

use law::Rule;
use maud::{Markup, html};
use texts::page::CheckPage;

use super::ReportPage;
use crate::{
    findings::{CheckFinding, FindingStatus, Row, Status},
    registry,
    report::text::count_beyond,
};

/// Findings of one check that stand open; the others can be opened.
const SHOWN_MAX: usize = 12;
/// Findings of one check on the page; all of them are in the report as JSON.
const LISTED_MAX: usize = 400;

impl ReportPage<'_> {
    /// What failed stands right under the verdict.
    pub(super) fn render_failures(&self) -> Markup {
        let (failed, unlisted) = self.report.list_failures();
        if failed.is_empty() {
            return html! {};
        }
        html! {
            section #failures {
                h2 { (self.say(self.report.failures_title(), &[])) }
                (self.render_contradictions())
                ul.found { @for found in failed.iter().take(SHOWN_MAX) { (self.render_finding(found, true)) } }
                @if let Some(more) = count_beyond(SHOWN_MAX, failed.len(), unlisted) {
                    p { a href="#findings" { (self.say("report-more-below", &[("n", more.into())])) } }
                }
            }
        }
    }

    /// What published tables say against the entries, in the words of the paper.
    fn render_contradictions(&self) -> Markup {
        let contradictions = &self.report.contradictions;
        if contradictions.listed.is_empty() {
            return html! {};
        }
        html! {
            ul.found.paper { @for found in contradictions.listed.iter().take(SHOWN_MAX) {
                li {
                    strong { bdi { (self.report.contradiction_in(self.lang, found)) } }
                    span.why { (self.report.contradiction_files_in(self.lang, found)) }
                }
            } }
            @if let Some(more) = count_beyond(SHOWN_MAX, contradictions.listed.len(), contradictions.unlisted) {
                p { (self.say("report-more", &[("n", more.into())])) " " (self.say("page-in-json", &[])) }
            }
        }
    }

    /// All checks in one table, a line for each; why some were not made stands below it, each reason once.
    pub(super) fn render_checks(&self) -> Markup {
        let built = |row: &&Row| registry::is_built(row.rule) || !matches!(row.status, Status::NotRun(_));
        let unbuilt: Vec<&Row> = self.report.rows.iter().filter(|row| !built(row)).collect();
        let mut reasons: Vec<String> = Vec::new();
        for reason in self.report.rows.iter().filter(built).filter_map(|row| row.status.reason_in(self.lang))
        {
            if !reasons.contains(&reason) {
                reasons.push(reason);
            }
        }
        html! {
            section #checks {
                h2 { (self.say("page-checks", &[])) }
                p.note { (self.say("page-checks-note", &[])) }
                div.wide {
                    table.checks.rows {
                        thead { tr {
                            th scope="col" colspan="2" { (self.say("col-check", &[])) }
                            th scope="col" { (self.say("col-status", &[])) }
                            th.n scope="col" { (self.say("col-counts", &[])) }
                        } }
                        tbody { @for row in self.report.rows.iter().filter(built) { (self.render_row(row, &reasons)) } }
                    }
                }
                @if !reasons.is_empty() {
                    ol.reasons { @for (n, reason) in (1..).zip(&reasons) {
                        li id=(format!("why-{n}")) { (reason) }
                    } }
                }
                @if !unbuilt.is_empty() {
                    details {
                        summary { (self.say("sentence-unbuilt", &[("n", unbuilt.len().into())])) }
                        ul { @for row in unbuilt {
                            li { code { (row.rule.id()) } " " (CheckPage::of(row.rule, self.lang).question) }
                        } }
                    }
                }
            }
        }
    }

    fn render_row(&self, row: &Row, reasons: &[String]) -> Markup {
        let (class, sign) = sign(&row.status);
        let counted = matches!(row.status, Status::Pass | Status::Fail | Status::Warn | Status::Info);
        let found = self.report.findings.iter().any(|found| found.check == row.rule);
        let reason = row.status.reason_in(self.lang);
        let note = reason.and_then(|reason| reasons.iter().position(|own| *own == reason)).map(|at| at + 1);
        html! {
            tr {
                td.id {
                    @if found { a href=(format!("#{}", row.rule.id())) { code { (row.rule.id()) } } }
                    @else { code { (row.rule.id()) } }
                }
                th scope="row" { (CheckPage::of(row.rule, self.lang).question) }
                td class=(format!("status {class}")) {
                    span aria-hidden="true" { (sign) " " }
                    (self.say(row.status.text_id(), &[]))
                    @if let Some(n) = note { " " a href=(format!("#why-{n}")) { "(" (n) ")" } }
                }
                td.n { @if counted { (row.failed) " / " (row.examined) } }
            }
        }
    }

    /// Each check with findings: its question, what was found, how that can be read, how to see it again.
    pub(super) fn render_findings(&self) -> Markup {
        if self.report.findings.is_empty() {
            return html! {};
        }
        html! {
            section #findings {
                h2 { (self.say("report-findings", &[])) }
                p.note { (self.say("page-readings-note", &[])) " " (self.say("frame-note", &[])) }
                @for row in &self.report.rows { (self.render_findings_of(row)) }
            }
        }
    }

    fn render_findings_of(&self, row: &Row) -> Markup {
        let rule = row.rule;
        let all = self.report.findings_of(rule);
        if all.is_empty() {
            return html! {};
        }
        let manual = CheckPage::of(rule, self.lang);
        let (shown, rest) = all.split_at(all.len().min(SHOWN_MAX));
        html! {
            article.check id=(rule.id()) {
                h3 { code { (rule.id()) } " " (manual.question) }
                ul.found { @for found in shown { (self.render_finding(found, false)) } }
                @if let Some(more) = count_beyond(SHOWN_MAX, all.len(), row.unlisted) {
                    details {
                        summary { (self.say("report-more", &[("n", more.into())])) }
                        ul.found { @for found in rest.iter().take(LISTED_MAX) { (self.render_finding(found, false)) } }
                        @if row.unlisted > 0 { p { (self.say("page-unlisted", &[("n", row.unlisted.into())])) } }
                        @else if rest.len() > LISTED_MAX { p { (self.say("page-in-json", &[])) } }
                    }
                }
                @if all.iter().any(|found| found.status != FindingStatus::Info) { (self.render_readings(rule, &manual)) }
            }
        }
    }

    /// Both readings side by side: which of them is true, no program can tell.
    fn render_readings(&self, rule: Rule, manual: &CheckPage) -> Markup {
        let repeat = format!(
            "hattama verify {}\nhattama checks {}",
            self.report.describe_source().unwrap_or_else(|| "SOURCE".to_owned()),
            rule.id()
        );
        html! {
            div.readings {
                div { h4 { (self.say("report-innocent", &[])) } p { (manual.innocent) } }
                div { h4 { (self.say("report-deliberate", &[])) } p { (manual.deliberate) } }
            }
            dl.basis {
                dt { (self.say("report-article", &[])) } dd { (manual.article) }
                dt { (self.say("report-repeat", &[])) } dd { pre { (repeat) } }
            }
        }
    }

    fn render_finding(&self, found: &CheckFinding, named: bool) -> Markup {
        let (class, sign) = match found.status {
            FindingStatus::Fail => ("bad", "✗"),
            FindingStatus::Error => ("open", "?"),
            FindingStatus::Warn => ("look", "!"),
            FindingStatus::Info => ("plain", "i"),
        };
        html! {
            li {
                span class=(format!("badge {class}")) {
                    span aria-hidden="true" { (sign) " " } (self.say(found.status.text_id(), &[]))
                }
                " "
                @if named { a href=(format!("#{}", found.check.id())) { code { (found.check.id()) } } " " }
                bdi.place { (self.report.place_in(self.lang, found)) }
                ": "
                bdi { (self.report.message_in(self.lang, found)) }
                @if let Some(why) = &found.explanation {
                    p.why { (self.say("report-explained", &[])) ": " q { bdi { (why) } } }
                }
            }
        }
    }
}

fn sign(status: &Status) -> (&'static str, &'static str) {
    match status {
        Status::Pass => ("good", "✓"),
        Status::Fail => ("bad", "✗"),
        Status::Warn => ("look", "!"),
        Status::Info => ("plain", "i"),
        Status::NotApplicable => ("plain", "–"),
        Status::NotRun(_) => ("plain", "…"),
        Status::Error(_) => ("open", "?"),
    }
}
