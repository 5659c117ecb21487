//! What was published and what was corrected, newest first, as an Atom feed (RFC 4287) in the language of its folder.
//!
//! Each entry is named by a hash that the ledger holds (RFC 6920), so that a reader who moves to another copy sees none twice.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use event::{Hash, Stamp};
use maud::{Markup, html};
use texts::election_name;

use crate::{
    frame::PageFrame, pictures::ground_message, precinct_pages::link_to_precinct, site_file::SiteFile,
};

/// Entries of the feed; older ones stand on the pages.
const ENTRIES_MAX: usize = 300;

/// One entry.
struct FeedEntry {
    id: String,
    title: String,
    link: String,
    at: Stamp,
    says: String,
}

impl PageFrame<'_> {
    /// The feed.
    pub(crate) fn make_feed(&self) -> SiteFile {
        let mut entries = self.list_announcements();
        entries.extend(self.list_corrections());
        entries.sort_by(|one, other| (other.at, &other.id).cmp(&(one.at, &one.id)));
        entries.truncate(ENTRIES_MAX);
        let position = self.ledger.position;
        let title = format!("{}: {}", self.ledger.name_in(self.lang), self.say("site-feed", &[]));
        let test = if self.ledger.is_test() { self.say("site-test", &[]) } else { String::new() };
        let made_up = self.ledger.describe_synthetic(self.lang);
        let mark = format!("{test} {}", made_up.as_deref().unwrap_or_default());
        let mark = mark.trim();
        let feed = html! {
            feed xmlns="http://www.w3.org/2005/Atom" "xml:lang"=(self.lang.iso_code()) {
                id { (name_by_hash(position.ledger)) "?lang=" (self.lang.iso_code()) }
                title { (title) }
                @if !mark.is_empty() { subtitle { (mark) } }
                updated { (position.received) }
                author { name { (self.ledger.origin()) } }
                (render_link("index.html"))
                @for entry in &entries { (render_entry(entry, made_up.as_deref())) }
            }
        };
        let text = format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{}\n", feed.into_string());
        (format!("{}/feed.atom", self.lang.iso_code()), text.into_bytes())
    }

    fn list_announcements(&self) -> Vec<FeedEntry> {
        let snapshots = self.ledger.state.snapshots.iter().zip(self.ledger.announced);
        let entry = |((_, snapshot), at): (&(u64, law::facts::SnapshotPublished), &Stamp)| {
            let args = [("n", snapshot.n.into()), ("entries", snapshot.size.into())];
            let overridden = snapshot.overridden.as_ref().map(|own| own.reason.to_string());
            FeedEntry {
                id: name_by_hash(snapshot.manifest),
                title: self.say("site-feed-snapshot", &args),
                link: "index.html".to_owned(),
                at: *at,
                says: match overridden {
                    Some(reason) => self.say("site-feed-overridden", &[("reason", reason.into())]),
                    None => snapshot.root.in_groups(),
                },
            }
        };
        snapshots.map(entry).collect()
    }

    fn list_corrections(&self) -> Vec<FeedEntry> {
        let mut entries = Vec::new();
        for shown in self.ledger.elections.iter().filter(|shown| shown.are_votes_shown) {
            for (n, (point, poll)) in shown.polls().enumerate() {
                for record in &poll.protocols {
                    let Some((ground, reason)) = &record.correction else { continue };
                    let number = [("number", point.number.as_str().into())];
                    let name = election_name(shown.election, self.lang);
                    entries.push(FeedEntry {
                        id: name_by_hash(record.event),
                        title: format!("{name}: {}", self.say("site-feed-correction", &number)),
                        link: link_to_precinct(shown, n),
                        at: record.received,
                        says: format!("{}: {reason}", self.say(ground_message(*ground), &[])),
                    });
                }
            }
        }
        entries
    }
}

/// A reader shows each by itself, so each says what in its ledger is made up.
fn render_entry(entry: &FeedEntry, made_up: Option<&str>) -> Markup {
    html! { entry {
        id { (entry.id) }
        title { (entry.title) }
        updated { (entry.at) }
        (render_link(&entry.link))
        summary { (entry.says) @if let Some(made_up) = made_up { " " (made_up) } }
    } }
}

/// `link` closes itself in HTML and may not in XML; both read it when it is closed by its own mark.
fn render_link(to: &str) -> Markup {
    let to = html! { (to) };
    maud::PreEscaped(format!("<link href=\"{}\"/>", to.0))
}

/// A hash as a name (RFC 6920).
fn name_by_hash(hash: Hash) -> String {
    format!("ni:///sha-256;{}", URL_SAFE_NO_PAD.encode(hash.0))
}
