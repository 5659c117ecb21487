//! The report as one page: nothing is loaded, nothing runs, and it prints on A4.
//!
//! Contains the order of the page, its frame, what software cannot judge. Elsewhere: the table of checks and the
//! findings (`checks`), elections and their pictures (`elections`), the words (`texts`). Every text of a ledger is
//! escaped by `maud`, stands apart in its own direction of writing, and could load nothing anyway: the page forbids it.

mod checks;
mod elections;
mod eyes;

use event::sha256;
use maud::{DOCTYPE, Markup, PreEscaped, html};

use site::pictures::{Plotter, SHARED_STYLE};

use crate::{
    report::verdict::{Report, Verdict},
    scope_lines::{EyeLine, ScopeLine},
};
use texts::Language;
use texts::Value;
use texts::law_text;

/// Nothing from outside, no script, no form: whatever a name in a ledger says.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/// What every part of the page needs.
struct ReportPage<'a> {
    report: &'a Report,
    lang: Language,
    plotter: Plotter<'a>,
}

impl Report {
    /// The whole report as a page.
    ///
    /// # Errors
    /// Never for a report that this crate made: it holds the hash of the same report as JSON.
    pub fn html_in(&self, lang: Language) -> Result<String, serde_json::Error> {
        let plotter = Plotter {
            lang,
            snapshots: &self.pictures.snapshots,
            foot: self.picture_foot(lang),
            heading_level: 4,
        };
        let page = ReportPage { report: self, lang, plotter };
        let hash = sha256(&[self.to_json()?.as_bytes()]).in_groups();
        Ok(page.render_page(&hash).into_string())
    }

    /// Which ledger a picture is of, should it be copied out of the page.
    fn picture_foot(&self, lang: Language) -> String {
        let root = self.eyes.iter().find_map(|line| match line {
            EyeLine::TreeRoot(root) => Some(root.in_groups()),
            _ => None,
        });
        let root: Vec<&str> = root.iter().flat_map(|root| root.split(' ').take(4)).collect();
        let args = [("entries", self.size.into()), ("root", root.join(" ").into())];
        law_text(lang, "pic-foot", &args)
    }
}

impl ReportPage<'_> {
    fn say(&self, id: &str, args: &[(&str, Value<'_>)]) -> String {
        law_text(self.lang, id, args)
    }

    fn render_page(&self, hash: &str) -> Markup {
        let title = self.say("report-title", &[]);
        let ledger = self.report.scope.iter().find(|line| matches!(line, ScopeLine::Ledger(_)));
        let ledger = ledger.map(ScopeLine::value).unwrap_or_default();
        html! {
            (DOCTYPE)
            html lang=(self.lang.iso_code()) {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta http-equiv="Content-Security-Policy" content=(POLICY);
                    meta name="color-scheme" content="light dark";
                    title { (self.report.verdict().word()) " — " (ledger) }
                    style { (PreEscaped(SHARED_STYLE)) }
                }
                body {
                    header {
                        p.kind { (title) }
                        h1 { bdi { (if ledger.is_empty() { self.report.describe_source().unwrap_or_default() } else { ledger.clone() }) } }
                    }
                    main {
                        (self.render_verdict())
                        (self.render_results())
                        (self.render_failures())
                        (self.render_contents())
                        (self.render_what_eyes_must_check())
                        (self.render_what_was_verified())
                        (self.render_elections())
                        (self.render_checks())
                        (self.render_findings())
                        (self.render_ending(hash))
                    }
                }
            }
        }
    }

    /// The sentence that people came for, and what stands behind it.
    fn render_verdict(&self) -> Markup {
        let (class, sign) = match self.report.verdict() {
            Verdict::Verified => ("good", "✓"),
            Verdict::VerifiedWithWarnings => ("look", "!"),
            Verdict::Failed => ("bad", "✗"),
            Verdict::Incomplete => ("open", "?"),
        };
        let scope = self.report.scope.iter();
        let marked = scope.filter(|line| {
            matches!(line, ScopeLine::Test | ScopeLine::Synthetic(_) | ScopeLine::SimulatedClock)
        });
        html! {
            section #verdict class=(format!("verdict {class}")) {
                span.sign aria-hidden="true" { (sign) }
                div {
                    h2 { (self.report.sentence_in(self.lang)) }
                    @if let Some(own) = self.report.own_sentence_in(self.lang) { p { (own) } }
                    p { (self.report.anchor_sentence_in(self.lang)) }
                }
            }
            @for line in marked {
                p.mark { strong { (line.name_in(self.lang)) } " — " (line.value_in(self.lang)) }
            }
        }
    }

    /// What is made up, where figures stand; a page is longer than a screen.
    fn render_synthetic(&self) -> Markup {
        let marked = self.report.scope.iter().filter(|line| matches!(line, ScopeLine::Synthetic(_)));
        html! { @for line in marked { p.mark { (line.value_in(self.lang)) } } }
    }

    fn render_contents(&self) -> Markup {
        let findings = !self.report.findings.is_empty();
        let links = [
            ("eyes", "report-eyes", true),
            ("scope", "report-scope", true),
            ("elections", "page-elections", !self.report.pictures.elections.is_empty()),
            ("checks", "page-checks", true),
            ("findings", "report-findings", findings),
            ("limits", "page-limits", true),
        ];
        html! {
            nav aria-label=(self.say("page-contents", &[])) {
                @for (id, name, _) in links.into_iter().filter(|(.., there)| *there) {
                    a href=(format!("#{id}")) { (self.say(name, &[])) } " "
                }
            }
        }
    }

    fn render_what_was_verified(&self) -> Markup {
        html! {
            section #scope {
                h2 { (self.say("report-scope", &[])) }
                dl.scope {
                    @for line in &self.report.scope {
                        dt { (line.name_in(self.lang)) }
                        dd { bdi { (line.value_in(self.lang)) } }
                    }
                }
            }
        }
    }

    fn render_ending(&self, hash: &str) -> Markup {
        html! {
            section #limits {
                h2 { (self.say("page-limits", &[])) }
                p { (self.say("report-limits", &[])) }
            }
            footer {
                p { (self.say("page-hash", &[])) }
                p.value { (hash) }
                div.signatures {
                    @for _ in 0..2 { p { (self.say("page-signature", &[])) } }
                }
            }
        }
    }
}
