//! How to check what the pages say, without believing them.

use maud::html;

use crate::{frame::PageFrame, site_file::SiteFile};

/// What to do, in order.
const STEPS: [&str; 4] = ["site-check-compare", "site-check-verify", "site-check-pages", "site-check-paper"];

impl PageFrame<'_> {
    /// The page that says how to check the others.
    pub(crate) fn make_check_page(&self) -> SiteFile {
        let id = self.ledger.position.ledger.to_string();
        let content = html! {
            p { (self.say("site-check-says", &[])) }
            ol { @for step in STEPS { li { (render_commands(&self.say(step, &[]))) } } }
            pre { "hattama verify … --pin " (id) "\nhattama site … --to …" }
            p.mark { (self.say("site-check-not", &[])) }
        };
        self.finish(&self.say("site-check", &[]), &content)
    }
}

/// What stands between two marks of code, as code.
fn render_commands(text: &str) -> maud::Markup {
    html! { @for (n, part) in text.split('`').enumerate() {
        @if n % 2 == 1 { code { (part) } } @else { (part) }
    } }
}
