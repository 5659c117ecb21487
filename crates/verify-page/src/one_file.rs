//! `verify.html`, from its parts.
//!
//! Contains the frame, the policy by hashes. Elsewhere: what the page does (`assets/page.js`,
//! `assets/worker.js`), its look (`assets/page.css`), its words (`words`).

use base64::{Engine as _, engine::general_purpose::STANDARD};
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest as _, Sha256};
use site::pictures::SHARED_STYLE;
use texts::Language;

use crate::{
    program::packed_program,
    words::{list_words, word},
};

const SCRIPT: &str = include_str!("assets/page.js");
const WORKER: &str = include_str!("assets/worker.js");
const STYLE: &str = include_str!("assets/page.css");

/// The whole page: the same bytes for the same program.
#[must_use]
pub fn render_verify_page() -> String {
    let script = format!(
        "'use strict';\nconst WORDS = {};\nconst WORKER = {};\nconst PROGRAM = \"{}\";\n{SCRIPT}",
        list_words(),
        serde_json::to_string(WORKER).unwrap_or_default().replace('<', "\\u003c"),
        STANDARD.encode(packed_program()),
    );
    let mut page = render_frame(&policy_of(&script), &script).into_string();
    page.push('\n');
    page
}

/// Scripts and styles by their hashes; the program may be compiled; ledgers may be fetched from wherever they lie; nothing
/// else.
fn policy_of(script: &str) -> String {
    let hash = |text: &str| format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text)));
    format!(
        "default-src 'none'; script-src {} 'wasm-unsafe-eval'; worker-src blob:; style-src {} {}; connect-src https: http:; \
         base-uri 'none'; form-action 'none'",
        hash(script),
        hash(STYLE),
        hash(SHARED_STYLE),
    )
}

fn render_frame(policy: &str, script: &str) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta http-equiv="Content-Security-Policy" content=(policy);
                meta name="referrer" content="no-referrer";
                meta name="color-scheme" content="light dark";
                title { (word(Language::En, "title")) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                noscript {
                    @for lang in Language::ALL { p lang=(lang.iso_code()) { (word(lang, "fault-no-script")) } }
                }
                header {
                    h1 data-word="title" { (word(Language::En, "title")) }
                    nav #languages {
                        @for (lang, name) in [(Language::Kk, "Қазақша"), (Language::Ru, "Русский"), (Language::En, "English")] {
                            button type="button" lang=(lang.iso_code()) data-lang=(lang.iso_code()) { (name) }
                        }
                    }
                }
                main { (render_form()) (render_outcome()) }
                footer { p data-word="trust" {} p data-word="program-hint" {} }
                script { (PreEscaped(script)) }
            }
        }
    }
}

fn render_form() -> Markup {
    html! {
        p data-word="intro" {}
        form #asked {
            fieldset {
                legend data-word="source" {}
                div #drop { p data-word="drop" {} }
                p {
                    label for="zip" data-word="zip" {}
                    input #zip type="file" accept=".zip,application/zip";
                }
                p {
                    label for="folder" data-word="folder" {}
                    input #folder type="file" webkitdirectory;
                }
                p {
                    label for="address" data-word="address" {}
                    input #address type="url" inputmode="url" autocomplete="off" spellcheck="false" aria-describedby="address-hint";
                    span #address-hint .hint data-word="address-hint" {}
                }
                p #chosen .chosen aria-live="polite" {}
            }
            details {
                summary data-word="kept" {}
                p {
                    label for="pin" data-word="pin" {}
                    textarea #pin rows="2" autocomplete="off" spellcheck="false" aria-describedby="pin-hint" {}
                    span #pin-hint .hint data-word="pin-hint" {}
                }
                p {
                    label for="pin-files" data-word="pin-files" {}
                    input #pin-files type="file" multiple;
                }
                p {
                    label for="photos" data-word="photos" {}
                    input #photos type="file" accept="image/*" multiple aria-describedby="photos-hint";
                    span #photos-hint .hint data-word="photos-hint" {}
                }
                p {
                    label for="policy" data-word="policy" {}
                    input #policy type="file";
                }
            }
            p.acts {
                button #go type="submit" data-word="go" {}
                button #stop type="button" data-word="stop" hidden {}
                button #forget type="button" data-word="forget" hidden {}
            }
        }
    }
}

fn render_outcome() -> Markup {
    html! {
        section #outcome {
            p #state role="status" {}
            progress #progress max="1" value="0" hidden aria-labelledby="state" {}
            p #fault role="alert" hidden {}
            div #notes role="status" {}
            details #checks hidden open { summary #checks-count {} ol #checks-list {} }
            p #saves hidden {
                a #save-page download="report.html" data-word="save-page" {}
                a #save-json download="report.json" data-word="save-json" {}
                a #save-sheets download="sheets.csv" data-word="save-sheets" hidden {}
            }
            iframe #report sandbox="allow-same-origin" hidden {}
        }
    }
}
