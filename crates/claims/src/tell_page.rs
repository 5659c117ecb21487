//! The outcome of each claim as one page: nothing is loaded, nothing runs, every text is escaped.

use maud::{DOCTYPE, Markup, PreEscaped, html};
use texts::Language;

use crate::{
    outcome::{ClaimOutcome, JudgedClaim, JudgedFile},
    tell::Teller,
};

const STYLE: &str = include_str!("page.css");
/// Nothing from outside, no script, no form: whatever a file of claims or a ledger says.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

impl JudgedFile {
    /// Everything as a page in a language.
    #[must_use]
    pub fn html_in(&self, lang: Language) -> String {
        let teller = Teller { lang };
        let title = teller.title(self);
        let page = html! {
            (DOCTYPE)
            html lang=(lang.iso_code()) {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta http-equiv="Content-Security-Policy" content=(POLICY);
                    meta name="color-scheme" content="light dark";
                    title { (title) }
                    style { (PreEscaped(STYLE)) }
                }
                body {
                    h1 { bdi { (title) } }
                    p { strong { (teller.sum(self)) } }
                    ol.ledgers { @for (number, ledger) in (1..).zip(&self.ledgers) {
                        li { bdi { (teller.ledger(number, ledger)) }
                            @if ledger.is_test { " " strong.mark { (teller.say("claims-test", &[])) } } }
                    } }
                    p.note { (teller.say("claims-limits", &[])) }
                    table {
                        thead { tr {
                            @for id in ["claims-column-claim", "claims-column-outcome", "claims-column-why", "claims-column-events"] {
                                th scope="col" { (teller.say(id, &[])) }
                            }
                        } }
                        tbody { @for claim in &self.claims { (render_claim(teller, claim)) } }
                    }
                }
            }
        };
        page.into_string()
    }
}

fn render_claim(teller: Teller, claim: &JudgedClaim) -> Markup {
    let class = match claim.outcome {
        ClaimOutcome::Supported => "good",
        ClaimOutcome::Contradicted => "bad",
        ClaimOutcome::Undecidable => "open",
    };
    html! {
        tr id=(claim.id) {
            th scope="row" { bdi { (claim.id) } q { bdi { (claim.says) } } span.note { bdi { (claim.source) } ", " (teller.day(&claim.date)) } }
            td class=(class) { (teller.outcome(claim.outcome)) }
            td { bdi { (teller.reason(claim)) } @for mark in teller.marks(claim) { " " strong.mark { (mark) } } }
            td { @for line in teller.events(claim) { p.value { (line) } } }
        }
    }
}
