//! Who made a snapshot, and with which program: PUB-08, SNP-06.
//!
//! Looks at the software that manifests name, and the office key behind each signature against the register at the
//! moment of the announcement. Elsewhere: whether the signature is good at all (`snapshot`, SIG-07).

use event::Key;
use law::{Rule, state::Holder};
use phrase::phrase;
use publication::office_key_name;
use tlog::note::{Note, VerifierKey};

use crate::{
    checks::context::Context,
    findings::Findings,
    found_message::{FoundMessage, quote},
    source::snapshot::Snapshot,
    subject::Subject,
};

/// Every announced snapshot of the source, in order.
pub(crate) fn check_software(context: &Context<'_>, findings: &mut Findings) {
    let mut before: Option<(u64, &str)> = None;
    for snapshot in context.judged_snapshots() {
        let Some(Ok(manifest)) = &snapshot.manifest else { continue };
        let software = manifest.software.as_str();
        findings.count_examined(Rule::Pub08, 1);
        let subject = Subject::snapshot(snapshot.n);
        if !software.bytes().any(|byte| byte.is_ascii_digit()) {
            let message = FoundMessage::expected(
                phrase!("found-a-program-with-its-version", "a program with its version"),
                quote(software),
            );
            findings.fail(Rule::Pub08, None, &subject, message);
        }
        if let Some((size, old)) = before.filter(|(_, old)| *old != software) {
            check_version_change(context, [size, manifest.size], [old, software], &subject, findings);
        }
        before = Some((manifest.size, software));
        in_force(context, snapshot, &subject, findings);
    }
    findings.not_applicable(Rule::Pub08);
    findings.not_applicable(Rule::Snp06);
}

/// PUB-08: another program in the middle of an election is told of by an event.
fn check_version_change(
    context: &Context<'_>,
    [from, to]: [u64; 2],
    [old, new]: [&str; 2],
    subject: &Subject,
    findings: &mut Findings,
) {
    let observed = &context.replayed.observations;
    let elections = &context.replayed.head.state().elections;
    let under_way = observed.called.iter().find(|(id, called)| {
        let determined = elections.get(*id).and_then(|election| election.determined.as_ref());
        **called < to && determined.is_none_or(|result| result.index >= from)
    });
    let told = observed.adopted.iter().any(|entry| (from..=to).contains(entry));
    if let Some((id, _)) = under_way.filter(|_| !told) {
        let message = FoundMessage::expected(
            phrase!(
                "found-as-before-or-rules-adopted-between-and-while-is-under",
                "{old} as before, or rules-adopted between {from} and {to} while {id} is under way"
            ),
            quote(new),
        );
        findings.fail(Rule::Pub08, None, subject, message);
    }
}

/// SNP-06: the key was in force when the snapshot was announced.
fn in_force(context: &Context<'_>, snapshot: &Snapshot<'_>, subject: &Subject, findings: &mut Findings) {
    let state = context.replayed.head.state();
    let announced = state.snapshots.iter().find(|(_, event)| event.n == snapshot.n);
    let (Some((entry, _)), Some(key)) = (announced, find_manifest_signer(context, snapshot)) else { return };
    findings.count_examined(Rule::Snp06, 1);
    let Some(record) = state.keys.get(&key) else { return };
    let early = record.registered > *entry;
    let late = record.revoked.as_ref().filter(|end| end.index < *entry);
    if early || late.is_some() {
        let found = late.map_or_else(
            || {
                phrase!(
                    "found-key-registered-only-at",
                    "{key}, registered at entry {entry} only",
                    entry = record.registered
                )
            },
            |end| {
                phrase!("found-key-handed-over-at", "{key}, handed over at entry {entry}", entry = end.index)
            },
        );
        let message = FoundMessage::expected(
            phrase!("found-an-office-key-in-force-at-entry", "an office key in force at entry {entry}"),
            found,
        );
        findings.fail(Rule::Snp06, Some(*entry), subject, message);
    }
}

/// The office key whose signature stands under the manifest.
fn find_manifest_signer(context: &Context<'_>, snapshot: &Snapshot<'_>) -> Option<Key> {
    let name = office_key_name(context.charter()?.origin.as_str());
    let note = Note::parse(snapshot.held("manifest.sig")?).ok()?;
    let keys = context.replayed.head.state().keys.iter();
    let mut office = keys.filter(|(_, record)| record.holder == Holder::Office).map(|(key, _)| *key);
    office.find(|key| {
        let key = VerifierKey::new(&name, key.0);
        key.is_ok_and(|key| note.verify(std::slice::from_ref(&key)).is_ok())
    })
}
