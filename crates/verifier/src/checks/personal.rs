//! Personal data in what everybody can read: PUB-06.
//!
//! Entries, the files of snapshots and attached documents that are text are searched. What is in pictures and in other
//! documents only people can see; those are counted.
//!
//! What an event or a report file says is ours: it fails. An attached document is somebody's: a personal number in it
//! fails, a telephone or an address may be that of an office and is shown to people.

use phrase::phrase;

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
    if context.source.files().is_none() {
        return;
    }
    let mut closed = 0_u64;
    // Pages hold nothing but what entries say; the program beside them is no text.
    let is_page = |path: &str| path.split('/').nth(2) == Some("site");
    let own = |path: &str| !path.starts_with("tile/") && attachment_name(path).is_none() && !is_page(path);
    for (path, file) in context.source.list_own_files().filter(|(path, _)| own(path)) {
        let mut text = true;
        let looked = file.look_through(&mut |portion| text = text && search_text(path, portion, findings));
        if let Err(fault) = looked {
            findings.error(Rule::Pub06, None, path, fault.message());
        }
        findings.count_examined(Rule::Pub06, u64::from(text));
    }
    for (path, bytes) in context.source.list_attachments() {
        let Ok(bytes) = bytes else { continue };
        let text = search_text(path, &bytes, findings);
        findings.count_examined(Rule::Pub06, u64::from(text));
        closed += u64::from(!text);
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

/// Searches a text; tells whether it is one.
fn search_text(path: &str, bytes: &[u8], findings: &mut Findings) -> bool {
    let attached = attachment_name(path).is_some();
    let Ok(text) = core::str::from_utf8(bytes) else { return false };
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
    true
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
