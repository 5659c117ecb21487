//! Who sits here: a key is unlocked, its owner is looked up in the ledger, and the key is forgotten.

use axum::http::StatusCode;
use law::State;
use texts::{program::say, say_fault};
use zeroize::Zeroizing;

use crate::{
    call::DeskCall,
    pages::person_page::{PersonPage, render_person},
    paths::own_path,
    person::DeskPerson,
    reply::DeskReply,
    room::{DeskRoom, file_name},
    signing::{list_locked_files, unlock_file},
};

/// Answers `/who`; `keep` hears who sits here from now on.
pub(crate) fn answer_person(
    room: &DeskRoom<'_>,
    call: &DeskCall,
    keep: &dyn Fn(Option<DeskPerson>),
) -> DeskReply {
    let back = call.field("back").map(str::to_owned).or_else(|| call.asked("back")).unwrap_or_default();
    let back = own_path(&back).to_owned();
    let mut page = PersonPage {
        files: list_locked_files(&room.settings.keys).iter().map(|file| file_name(file)).collect(),
        back: back.clone(),
        warned: Vec::new(),
    };
    match call.field("do") {
        Some("leave") => {
            keep(None);
            return DeskReply::go_to("/who");
        }
        Some("unlock") => match find_person(room, call) {
            Ok(person) => {
                keep(Some(person));
                return DeskReply::go_to(&back);
            }
            Err(said) => page.warned.push(said),
        },
        _ => {}
    }
    DeskReply::page(StatusCode::OK, render_person(room, &page))
}

fn find_person(room: &DeskRoom<'_>, call: &DeskCall) -> Result<DeskPerson, String> {
    let name = call.field("key").unwrap_or_default();
    let passphrase = Zeroizing::new(call.field("passphrase").unwrap_or_default().to_owned());
    let key = unlock_file(&room.settings.keys, name, &passphrase).map_err(|fault| say_fault(&fault))?;
    let state: &State = room.state();
    let person = DeskPerson::of_key(state, key).ok_or_else(|| say("desk-no-person", &[]))?;
    // A desk is of one commission: whoever sits elsewhere has a desk of their own.
    match room.author() {
        Some(own) if *own != person.commission => {
            let (expected, found) = (room.name_commission(own), room.name_commission(&person.commission));
            Err(say("desk-other-commission", &[("expected", expected.into()), ("found", found.into())]))
        }
        _ => Ok(person),
    }
}
