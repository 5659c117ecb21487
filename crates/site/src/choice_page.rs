//! The page at the root: three languages to choose from.

use maud::{DOCTYPE, html};
use texts::{Language, law_text};

use crate::{
    failed_mark::render_failed_mark,
    frame::{language_name, render_head},
    shown_ledger::ShownLedger,
};

/// The page at the root.
pub(crate) fn make_choice_page(ledger: &ShownLedger<'_>) -> (String, Vec<u8>) {
    let title = ledger.name_in(Language::Kk);
    let page = html! {
        (DOCTYPE)
        html lang="kk" {
            head { (render_head(title, "style.css")) }
            body {
                main.choice {
                    h1 { bdi { (title) } }
                    @for lang in Language::ALL {
                        section lang=(lang.iso_code()) {
                            (render_failed_mark(ledger.failed, ledger.position.size, lang))
                            @if ledger.is_test() { p.mark { strong { (law_text(lang, "site-test", &[])) } } }
                            @if let Some(made_up) = ledger.describe_synthetic(lang) { p.mark { (made_up) } }
                            p.way { a href=(format!("{}/index.html", lang.iso_code())) hreflang=(lang.iso_code()) {
                                (language_name(lang)) ": " bdi { (ledger.name_in(lang)) } } }
                        }
                    }
                }
            }
        }
    };
    ("index.html".to_owned(), page.into_string().into_bytes())
}
