//! Whose signature stands over a manifest: SIG-07.
//!
//! Looks at `manifest.sig` under the office keys that the ledger has. Elsewhere: what the manifest lists (`snapshot`).

use law::{Rule, state::Holder};
use phrase::{Argument, Phrase, ToArgument, phrase};
use publication::{manifest_text, office_key_name};
use tlog::note::{Note, VerifierKey};

use crate::{
    checks::context::Context, findings::Findings, found_message::FoundMessage, source::snapshot::Snapshot,
    subject::Subject,
};

/// SIG-07: an office key of the CEC signed the manifest.
pub(crate) fn check_manifest_signature(
    context: &Context<'_>,
    snapshot: &Snapshot<'_>,
    manifest: &[u8],
    subject: &Subject,
    findings: &mut Findings,
) {
    findings.count_examined(Rule::Sig07, 1);
    if let Err(found) = verify_manifest_signature(context, snapshot, manifest) {
        let message = FoundMessage::expected(
            phrase!(
                "found-the-signature-of-an-office-key-of-the-cec-over-the",
                "the signature of an office key of the CEC over the manifest"
            ),
            found,
        );
        findings.fail(Rule::Sig07, None, subject, message);
    }
}

/// Whether an office key of the CEC signed a manifest of this snapshot.
pub(crate) fn verify_manifest_signature(
    context: &Context<'_>,
    snapshot: &Snapshot<'_>,
    manifest: &[u8],
) -> Result<(), Argument> {
    let none = |found: Phrase| move || found.to_argument();
    let note = snapshot
        .held("manifest.sig")
        .ok_or_else(none(phrase!("found-no-manifest-sig", "no manifest.sig")))?;
    let charter = context.charter().ok_or_else(none(phrase!(
        "found-no-charter-for-office-keys",
        "no charter to take the office keys from"
    )))?;
    let ledger = context.ledger().ok_or_else(none(phrase!("found-no-ledger-id", "no ledger id")))?;
    let name = office_key_name(charter.origin.as_str());
    let keys = context.replayed.head.state().keys.iter();
    let office = keys.filter(|(_, record)| record.holder == Holder::Office);
    let keys: Vec<VerifierKey> = office
        .map(|(key, _)| VerifierKey::new(&name, key.0).map_err(|error| error.to_argument()))
        .collect::<Result<_, _>>()?;
    let note = Note::parse(note).map_err(|error| error.to_argument())?;
    note.verify(&keys).map_err(|error| error.to_argument())?;
    if note.text() != manifest_text(&ledger, snapshot.n, manifest) {
        return Err(
            phrase!("found-a-signature-over-another-text", "a signature over another text").to_argument()
        );
    }
    Ok(())
}
