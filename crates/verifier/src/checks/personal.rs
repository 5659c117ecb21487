//! Personal data in what everybody can read: PUB-06.
//!
//! Entries, the files of snapshots and attached documents that are text are searched. What is in pictures and in other
//! documents only people can see; those are counted.
//!
//! What an event or a report file says is ours: it fails. An attached document is somebody's: a personal number in it
//! fails, a telephone or an address may be that of an office and is shown to people.

use phrase::phrase;

use std::borrow::Cow;

use law::Rule;

use crate::{
    checks::context::Context,
    findings::Findings,
    found_message::FoundMessage,
    replay::personal_data::{PersonalData, PersonalDataKind, find_personal_data},
    source::content::attachment_name,
    subject::Subject,
};

/// PUB-06 over the whole source.
pub(crate) fn check_personal_data(context: &Context<'_>, findings: &mut Findings) {
    let observed = &context.replayed.observations;
    findings.count_examined(Rule::Pub06, observed.searched);
    for (at, found) in &observed.personal {
        fail_personal_data(findings, Some(*at), Subject::Entry(*at), found);
    }
    findings.count_unlisted(Rule::Pub06, observed.personal_more);
    let Some(files) = context.source.files() else { return };
    let mut closed = 0_u64;
    // Pages hold nothing but what entries say; the program beside them is no text.
    let is_page = |path: &str| path.split('/').nth(2) == Some("site");
    let own = |path: &str| !path.starts_with("tile/") && attachment_name(path).is_none() && !is_page(path);
    let own = files.iter().filter(|(path, _)| own(path));
    let own = own.map(|(path, bytes)| (path.as_str(), Ok(Cow::Borrowed(bytes.as_slice()))));
    for (path, bytes) in own.chain(context.source.list_attachments()) {
        let attached = attachment_name(path).is_some();
        let Ok(bytes) = bytes else { continue };
        let Ok(text) = core::str::from_utf8(&bytes) else {
            closed += u64::from(attached);
            continue;
        };
        findings.count_examined(Rule::Pub06, 1);
        for found in find_personal_data(text) {
            if attached && found.kind != PersonalDataKind::Number {
                let message = FoundMessage::expected(
                    phrase!("found-no-personal-data", "no personal data"),
                    found.describe_kind(),
                );
                let message = message
                    .with_more(phrase!("found-it-may-be-that-of-an-office", "; it may be that of an office"));
                findings.warn(Rule::Pub06, None, path, message, None);
            } else {
                fail_personal_data(findings, None, path, &found);
            }
        }
    }
    if closed > 0 {
        let message = phrase!(
            "found-attached-documents-are-no-text-and-were-not-searched",
            "{closed} attached documents are no text and were not searched"
        );
        let message = FoundMessage::stated(message);
        findings.note(Rule::Pub06, "attachments", message);
    }
}

fn fail_personal_data(
    findings: &mut Findings,
    entry: Option<u64>,
    subject: impl Into<Subject>,
    found: &PersonalData,
) {
    let message =
        FoundMessage::expected(phrase!("found-no-personal-data", "no personal data"), found.describe_kind());
    findings.fail(Rule::Pub06, entry, subject, message);
}
