//! The frame of every page: what it may load, the marks, the ways to other pages, the ledger that it follows from.

use maud::{DOCTYPE, Markup, html};
use texts::{Language, Value, law_text};

use crate::{
    failed_mark::render_failed_mark,
    page_script::{SCRIPT_NAME, page_policy},
    pictures::Plotter,
    shown_ledger::{ShownLedger, print_moment},
};

/// What every page links to, by the text of the link.
const PAGES: [(&str, &str); 5] = [
    ("site-front", "index.html"),
    ("site-commissions", "commissions.html"),
    ("site-corrections", "corrections.html"),
    ("site-downloads", "downloads.html"),
    ("site-check", "check.html"),
];

/// One page in one language.
pub(crate) struct PageFrame<'a> {
    pub(crate) ledger: &'a ShownLedger<'a>,
    pub(crate) lang: Language,
    pub(crate) plotter: Plotter<'a>,
    /// Its path below the folder of the language.
    pub(crate) path: String,
}

impl<'a> PageFrame<'a> {
    /// A page at a path below the folder of its language.
    pub(crate) fn new(ledger: &'a ShownLedger<'a>, lang: Language, path: impl Into<String>) -> Self {
        Self { ledger, lang, plotter: ledger.plotter(lang), path: path.into() }
    }

    /// A text in the language of the page.
    pub(crate) fn say(&self, id: &str, args: &[(&str, Value<'_>)]) -> String {
        law_text(self.lang, id, args)
    }

    /// The way from this page to another file below the folder of its language.
    pub(crate) fn link_to(&self, path: &str) -> String {
        format!("{}{path}", "../".repeat(self.path.matches('/').count()))
    }

    /// The way from this page to a file beside the folders of languages.
    pub(crate) fn link_above(&self, path: &str) -> String {
        format!("{}{path}", "../".repeat(self.path.matches('/').count() + 1))
    }

    /// The whole page as a file.
    pub(crate) fn finish(&self, title: &str, content: &Markup) -> (String, Vec<u8>) {
        let ledger = self.ledger.name_in(self.lang);
        // The script puts the numbers in.
        let blanks = [("n", "{n}".into()), ("all", "{all}".into())];
        let page = html! {
            (DOCTYPE)
            html lang=(self.lang.iso_code()) {
                head {
                    (render_head(&format!("{title} — {ledger}"), &self.link_above("style.css")))
                    script src=(self.link_above(SCRIPT_NAME)) defer {}
                    link rel="alternate" type="application/atom+xml" href=(self.link_to("feed.atom"));
                    @for lang in Language::ALL {
                        link rel="alternate" hreflang=(lang.iso_code()) href=(self.link_in(lang));
                    }
                }
                body data-search=(self.say("site-search", &[])) data-shown=(self.say("site-shown", &blanks)) {
                    a.skip href="#text" { (self.say("site-to-text", &[])) }
                    (render_failed_mark(self.ledger.failed, self.ledger.position.size, self.lang))
                    header {
                        @if self.ledger.is_test() { p.mark { strong { (self.say("site-test", &[])) } } }
                        @if let Some(made_up) = self.ledger.describe_synthetic(self.lang) { p.mark { (made_up) } }
                        p.kind { bdi { (ledger) } }
                        (self.render_ways())
                    }
                    main #text {
                        h1 { bdi { (title) } }
                        (content)
                    }
                    (self.render_proof())
                }
            }
        };
        (format!("{}/{}", self.lang.iso_code(), self.path), page.into_string().into_bytes())
    }

    /// The same page in another language.
    fn link_in(&self, lang: Language) -> String {
        self.link_above(&format!("{}/{}", lang.iso_code(), self.path))
    }

    fn render_ways(&self) -> Markup {
        html! {
            nav aria-label=(self.say("site-languages", &[])) {
                @for lang in Language::ALL {
                    @let name = language_name(lang);
                    @if lang == self.lang {
                        span lang=(lang.iso_code()) aria-current="true" { (name) } " "
                    } @else {
                        a href=(self.link_in(lang)) hreflang=(lang.iso_code()) lang=(lang.iso_code()) { (name) } " "
                    }
                }
            }
            nav aria-label=(self.say("site-nav", &[])) {
                @for (text, path) in PAGES {
                    @if self.path == path {
                        a href=(self.link_to(path)) aria-current="page" { (self.say(text, &[])) } " "
                    } @else {
                        a href=(self.link_to(path)) { (self.say(text, &[])) } " "
                    }
                }
            }
        }
    }

    fn render_proof(&self) -> Markup {
        let position = self.ledger.position;
        html! {
            footer {
                h2 { (self.say("site-proof", &[])) }
                dl.scope {
                    dt { (self.say("site-proof-origin", &[])) } dd { bdi { (self.ledger.origin()) } }
                    dt { (self.say("site-proof-ledger", &[])) } dd.value { (position.ledger.in_groups()) }
                    dt { (self.say("site-proof-size", &[])) } dd.value { (position.size) }
                    dt { (self.say("site-proof-root", &[])) } dd.value { (position.root.in_groups()) }
                    dt { (self.say("site-proof-received", &[])) } dd { (print_moment(position.received)) }
                }
                p.note { (self.say("site-proof-says", &[])) " "
                    a href=(self.link_to("check.html")) { (self.say("site-check", &[])) } }
            }
        }
    }
}

/// What stands in the head of every page.
pub(crate) fn render_head(title: &str, style: &str) -> Markup {
    html! {
        meta charset="utf-8";
        meta http-equiv="Content-Security-Policy" content=(page_policy());
        meta name="viewport" content="width=device-width, initial-scale=1";
        meta name="color-scheme" content="light dark";
        meta name="referrer" content="no-referrer";
        title { (title) }
        link rel="stylesheet" href=(style);
    }
}

/// A language by its own name.
pub(crate) fn language_name(lang: Language) -> &'static str {
    match lang {
        Language::Kk => "Қазақша",
        Language::Ru => "Русский",
        Language::En => "English",
    }
}
