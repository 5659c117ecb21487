//! The documents of the play: a line of text in the place of each scan, attached under its hash.

use std::path::Path;

use node::{AttachmentError, Writer};

use crate::contest::Contest;

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

/// Takes in every paper that the ledger names.
///
/// # Errors
/// When one cannot be written.
pub fn attach_documents(writer: &Writer, dir: &Path, contests: &[Contest]) -> Result<(), AttachmentError> {
    for contest in contests {
        let numbers = 0..=contest.precincts.len();
        for text in KINDS
            .iter()
            .flat_map(|kind| numbers.clone().map(move |number| contest.document_text(kind, number)))
        {
            if writer.public_documents().contains_key(&event::sha256(&[text.as_bytes()])) {
                node::add_attachment(writer, dir, text.as_bytes())?;
            }
        }
    }
    Ok(())
}
