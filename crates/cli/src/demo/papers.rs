//! The papers of the play: a line of text in the place of each scan.
//!
//! In: every paper that the script names, taken in under its hash. Out: what the events say of them (the script).

use std::path::Path;

use node::{AttachmentError, Writer};

use super::contest::Contest;

/// Every kind of paper in the script.
const KINDS: &[&str] = &[
    "akim",
    "akim-decision",
    "ballot",
    "calling",
    "certificate",
    "damaged-ballots",
    "delivery",
    "media",
    "printing",
    "protocol",
    "protocol-after-recount",
    "recount-decision",
    "registration",
    "results",
    "voter-list",
    "voter-list-act",
];

/// The text of a paper; where there are several elections, it says of which one it is.
pub(crate) fn text(slug: Option<&str>, kind: &str, number: usize) -> String {
    match slug {
        None => format!("synthetic paper of the demo: {kind} {number}\n"),
        Some(slug) => format!("synthetic paper of the demo: {kind} {slug} {number}\n"),
    }
}

/// Takes in every paper that the ledger names.
///
/// # Errors
/// When one cannot be written.
pub(crate) fn attach(writer: &Writer, dir: &Path, contests: &[Contest]) -> Result<(), AttachmentError> {
    for contest in contests {
        let numbers = 0..=contest.precincts.len();
        for text in
            KINDS.iter().flat_map(|kind| numbers.clone().map(move |number| contest.text(kind, number)))
        {
            if writer.public_documents().contains_key(&event::sha256(&[text.as_bytes()])) {
                node::add_attachment(writer, dir, text.as_bytes())?;
            }
        }
    }
    Ok(())
}
