//! Personal data in what everybody can read: PUB-06.
//!
//! Entries, the files of snapshots and attached documents that are text are searched. What is in pictures and in other
//! documents only people can see; those are counted.
//!
//! What an event or a report file says is ours: it fails. An attached document is somebody's: a personal number in it
//! fails, a telephone or an address may be that of an office and is shown to people.

use std::borrow::Cow;

use law::Rule;

use crate::checks::context::Context;
use crate::findings::Gathered;
use crate::found_message::FoundMessage;
use crate::replay::personal_data::PersonalData;
use crate::replay::personal_data::PersonalDataKind;
use crate::replay::personal_data::search;
use crate::source::content::attachment_name;
use crate::subject::Subject;

/// PUB-06 over the whole source.
pub(crate) fn personal(facts: &Facts<'_>, gathered: &mut Gathered) {
    let passing = &facts.replayed.passing;
    gathered.examined(Rule::Pub06, passing.searched);
    for (at, found) in &passing.personal {
        fail(gathered, Some(*at), Subject::Entry(*at), found);
    }
    gathered.more(Rule::Pub06, passing.personal_more);
    let Some(files) = facts.source.files() else { return };
    let mut closed = 0_u64;
    let own = |path: &str| !path.starts_with("tile/") && attachment_name(path).is_none();
    let own = files.iter().filter(|(path, _)| own(path));
    let own = own.map(|(path, bytes)| (path.as_str(), Cow::Borrowed(bytes.as_slice())));
    for (path, bytes) in own.chain(facts.source.attachments()) {
        let attached = attachment_name(path).is_some();
        let Ok(text) = core::str::from_utf8(&bytes) else {
            closed += u64::from(attached);
            continue;
        };
        gathered.examined(Rule::Pub06, 1);
        for found in search(text) {
            if attached && found.kind != PersonalDataKind::Number {
                let message = FoundMessage::expected("no personal data", format!("{}", found.words()));
                let message = message.and("; it may be that of an office");
                gathered.warn(Rule::Pub06, None, path, message, None);
            } else {
                fail(gathered, None, path, &found);
            }
        }
    }
    if closed > 0 {
        let message = format!("{closed} attached documents are no text and were not searched");
        let message = FoundMessage::stated(message);
        gathered.note(Rule::Pub06, "attachments", message);
    }
}

fn fail(gathered: &mut Gathered, entry: Option<u64>, subject: impl Into<Subject>, found: &PersonalData) {
    let message = FoundMessage::expected("no personal data", format!("{}", found.words()));
    gathered.fail(Rule::Pub06, entry, subject, message);
}
