//! Who sits here: one's own key file, its passphrase, and nothing that is kept of either.

use maud::{Markup, html};
use texts::program::say;

use super::frame::{PageFrame, render_said, render_secret};
use crate::room::DeskRoom;

/// What the page has to say.
pub(crate) struct PersonPage {
    /// Key files by their names.
    pub(crate) files: Vec<String>,
    /// Where somebody was when they were asked.
    pub(crate) back: String,
    pub(crate) warned: Vec<String>,
}

/// The page.
pub(crate) fn render_person(room: &DeskRoom<'_>, page: &PersonPage) -> Markup {
    let content = html! {
        @if let Some(person) = room.person {
            p.big data-seat=(person.seat) { (room.name_seat(person.seat.as_str())) }
            form method="post" action="/who" {
                (render_secret(room))
                p { button name="do" value="leave" { (say("desk-leave", &[])) } }
            }
        }
        p { (say("desk-person-how", &[])) }
        (render_said(&page.warned, "bad"))
        form.sign method="post" action="/who" autocomplete="off" {
            (render_secret(room))
            input type="hidden" name="back" value=(page.back);
            p {
                label for="key" { (say("desk-key-file", &[])) }
                select #key name="key" required {
                    option value="" { "" }
                    @for file in &page.files { option value=(file) { (file) } }
                }
            }
            p {
                label for="passphrase" { (say("desk-passphrase", &[])) }
                input #passphrase type="password" name="passphrase" autocomplete="off" maxlength="1000";
            }
            p.buttons { button.main name="do" value="unlock" { (say("desk-unlock", &[])) } }
        }
        @if page.files.is_empty() {
            @let folders = room.settings.keys.iter().map(|folder| folder.display().to_string()).collect::<Vec<_>>();
            p.said.look { (say("desk-no-key-files", &[("folders", folders.join(", ").into())])) }
        }
    };
    // Whoever changes the language is asked here again, on the way to where they were.
    let path = if page.back == "/" { "/who".to_owned() } else { page.back.clone() };
    PageFrame { room, path, title: say("desk-person", &[]), is_typed: false }.render(&content)
}
