//! Commissions with their members and keys, and the keys of the ledger itself.

use event::Id;
use law::state::{Commission, Holder, Seat};
use maud::{Markup, html};
use texts::{name_in_language, program::program_catalogue};

use crate::{frame::PageFrame, site_file::SiteFile};

/// Commissions on a page.
const PAGE_COMMISSIONS: usize = 100;

fn page_path(page: usize) -> String {
    if page == 0 { "commissions.html".to_owned() } else { format!("commissions-{}.html", page + 1) }
}

/// The pages of all commissions; the first has the keys of the ledger.
pub(crate) fn make_commission_pages(front: &PageFrame<'_>) -> Vec<SiteFile> {
    let mut all: Vec<(&Id, &Commission)> = front.ledger.state.commissions.iter().collect();
    all.sort_by_key(|(id, commission)| (commission.level, *id));
    let mut parts: Vec<&[(&Id, &Commission)]> = all.chunks(PAGE_COMMISSIONS).collect();
    if parts.is_empty() {
        parts.push(&[]);
    }
    let count = parts.len();
    let page = |(n, part): (usize, &&[(&Id, &Commission)])| {
        PageFrame::new(front.ledger, front.lang, page_path(n)).make_commission_page(n, count, part)
    };
    parts.iter().enumerate().map(page).collect()
}

impl PageFrame<'_> {
    fn make_commission_page(&self, page: usize, count: usize, part: &[(&Id, &Commission)]) -> SiteFile {
        let title = self.say("site-commissions", &[]);
        let title = if count == 1 { title } else { format!("{title} ({} / {count})", page + 1) };
        let content = html! {
            @if page == 0 { (self.render_ledger_keys()) }
            @if count > 1 { nav.pager aria-label=(self.say("site-pages", &[])) {
                @for other in 0..count {
                    @if other == page { span aria-current="page" { (other + 1) } " " }
                    @else { a href=(self.link_to(&page_path(other))) { (other + 1) } " " }
                }
            } }
            @for (id, commission) in part { (self.render_commission(id, commission)) }
        };
        self.finish(&title, &content)
    }

    fn render_ledger_keys(&self) -> Markup {
        let purpose = |holder: &Holder| match holder {
            Holder::Root => Some("site-key-root"),
            Holder::Office => Some("site-key-office"),
            Holder::Service => Some("site-key-service"),
            Holder::Log => Some("site-key-log"),
            Holder::Member { .. } => None,
        };
        let keys = self.ledger.state.keys.iter();
        let keys = keys.filter_map(|(key, record)| Some((key, record, purpose(&record.holder)?)));
        html! { section #keys {
            h2 { (self.say("site-keys", &[])) }
            div.wide tabindex="0" { table {
                thead { tr {
                    th scope="col" { (self.say("site-key", &[])) }
                    th scope="col" { (self.say("site-purpose", &[])) }
                } }
                tbody { @for (key, record, purpose) in keys { tr {
                    th.value scope="row" { (key) }
                    td { (self.say(purpose, &[])) (self.render_end(record.revoked.as_ref().map(|end| end.index))) }
                } } }
            } }
        } }
    }

    fn render_end(&self, revoked: Option<u64>) -> Markup {
        html! { @if let Some(n) = revoked { ", " strong { (self.say("site-key-revoked", &[("n", n.into())])) } } }
    }

    fn render_commission(&self, id: &Id, commission: &Commission) -> Markup {
        html! { section.commission #(format!("c-{id}")) {
            h2 { bdi { (name_in_language(self.lang, &commission.name, commission.names.as_ref())) } }
            @if commission.dissolved.is_some() { p.mark { (self.say("site-dissolved", &[])) } }
            div.wide tabindex="0" { table {
                thead { tr {
                    th scope="col" { (self.say("site-seat", &[])) }
                    th scope="col" { (self.say("site-member", &[])) }
                    th scope="col" { (self.say("site-proposed-by", &[])) }
                    th scope="col" { (self.say("site-key", &[])) }
                } }
                tbody { @for seat in &commission.seats { (self.render_seat(seat)) } }
            } }
        } }
    }

    /// An office by its name; of the other members the seat, as acts have it.
    fn name_seat(&self, seat: &str) -> String {
        let own = |text| program_catalogue().format_text(self.lang, text, &[]);
        match seat {
            "chair" => own("seat-chair"),
            "deputy" => own("seat-deputy"),
            "secretary" => own("seat-secretary"),
            other => other.to_owned(),
        }
    }

    fn render_seat(&self, seat: &Seat) -> Markup {
        html! { tr {
            th scope="row" { (self.name_seat(seat.seat.as_str())) }
            td {
                @match &seat.name { Some(name) => bdi { (name) }, None => (self.say("site-vacant", &[])), }
                @if seat.suspended.is_some() { ", " strong { (self.say("site-suspended", &[])) } }
            }
            td { @if let Some(party) = &seat.party { bdi { (party) } } @else { "—" } }
            td.value { @if let Some(key) = &seat.key { (key) } @else { "—" } }
        } }
    }
}
