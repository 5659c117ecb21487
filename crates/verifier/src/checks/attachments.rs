//! The papers: INT-07.
//!
//! Each attachment that is there is what its name says and what an event names; each one that a manifest lists is
//! there; how many public ones are not there at all is told. Sealed papers are published by nobody.

use std::collections::BTreeMap;

use event::Hash;
use law::Rule;
use phrase::phrase;

use crate::{
    checks::{context::Context, under_way::papers_named_beyond},
    findings::Findings,
    found_message::FoundMessage,
    subject::Subject,
};

/// Every paper of the source.
pub(crate) fn check_attachments(context: &Context<'_>, findings: &mut Findings) {
    let named = list_named_documents(context);
    let mut named_beyond = None;
    for (name, paper) in &context.published.papers {
        findings.count_examined(Rule::Int07, 1);
        let subject = format!("attachments/{name}");
        if paper.sha256.to_string() != **name {
            let message = FoundMessage::expected(
                phrase!("found-bytes-whose-sha-256-is-the-name", "bytes whose SHA-256 is the name"),
                paper.sha256,
            );
            findings.fail(Rule::Int07, None, &subject, message);
            continue;
        }
        match named.get(&paper.sha256) {
            Some(mentions) => {
                for (size, entry) in mentions.iter().filter(|(size, _)| *size != paper.size) {
                    let message = FoundMessage::expected(
                        phrase!("found-bytes-as-the-event-says", "{size} bytes, as the event says"),
                        paper.size,
                    );
                    findings.fail(Rule::Int07, Some(*entry), &subject, message);
                }
            }
            // A replay that stopped has not seen every event; papers come before the checkpoint whose events name them.
            None if context.replayed.is_complete() => {
                let message = FoundMessage::expected(
                    phrase!("found-a-paper-that-an-event-names", "a paper that an event names"),
                    phrase!("found-one-that-none-does", "one that none does"),
                );
                let beyond = named_beyond.get_or_insert_with(|| papers_named_beyond(context));
                // A node may take papers in that entries behind its signed head name; a publication lays them down first.
                if context.source.files().is_none() || beyond.contains(&paper.sha256) {
                    let message = message.with_more(phrase!(
                        "found-a-publication-may-be-under-way-read-again",
                        ": a publication may be under way, read again"
                    ));
                    findings.warn(Rule::Int07, None, &subject, message, None);
                } else {
                    findings.fail(Rule::Int07, None, &subject, message);
                }
            }
            None => {}
        }
    }
    check_listed_attachments(context, findings);
    // A ledger of this machine may keep its papers elsewhere.
    if context.source.files().is_some() {
        report_missing_attachments(context, &named, findings);
    }
    findings.not_applicable(Rule::Int07);
}

/// Public papers by hash: length and entry of each mention.
fn list_named_documents(context: &Context<'_>) -> BTreeMap<Hash, Vec<(u64, u64)>> {
    let mut named: BTreeMap<Hash, Vec<(u64, u64)>> = BTreeMap::new();
    for (hash, size, entry) in &context.replayed.papers {
        named.entry(*hash).or_default().push((*size, *entry));
    }
    named
}

/// What the CEC signed for must be there.
fn check_listed_attachments(context: &Context<'_>, findings: &mut Findings) {
    // Of one that is not announced yet they may still come.
    for snapshot in context.judged_snapshots() {
        let Some(Ok(manifest)) = &snapshot.manifest else { continue };
        let subject = Subject::snapshot(snapshot.n);
        findings.count_examined(Rule::Int07, manifest.attachments.len() as u64);
        if !manifest.attachments.is_sorted_by(|a, b| a.sha256 < b.sha256) {
            let message = FoundMessage::expected(
                phrase!("found-attachments-ascending-by-hash", "attachments ascending by hash"),
                phrase!("found-another-order", "another order"),
            );
            findings.fail(Rule::Pub01, None, &subject, message);
        }
        for line in &manifest.attachments {
            let name = line.sha256.to_string();
            let message = match context.published.papers.get(name.as_str()) {
                None if context.published.unreadable_papers.contains(name.as_str()) => continue,
                None => FoundMessage::expected(
                    phrase!(
                        "found-attachments-which-the-manifest-lists",
                        "attachments/{name}, which the manifest lists"
                    ),
                    phrase!("found-none", "none"),
                ),
                Some(paper) if paper.size != line.size => FoundMessage::expected(
                    phrase!(
                        "found-bytes-in-attachments",
                        "{size} bytes in attachments/{name}",
                        size = line.size
                    ),
                    paper.size,
                ),
                Some(_) => continue,
            };
            findings.fail(Rule::Int07, None, &subject, message);
        }
    }
}

/// A public paper that is nowhere is no lie, and everybody may know: one finding for all.
fn report_missing_attachments(
    context: &Context<'_>,
    named: &BTreeMap<Hash, Vec<(u64, u64)>>,
    findings: &mut Findings,
) {
    let there = |hash: &Hash| {
        let (published, name) = (&context.published, hash.to_string());
        published.papers.contains_key(name.as_str()) || published.unreadable_papers.contains(name.as_str())
    };
    let lacking: Vec<_> = named.iter().filter(|(hash, _)| !there(hash)).collect();
    let first = lacking.iter().filter_map(|(hash, mentions)| Some((mentions.first()?.1, **hash))).min();
    let Some((entry, hash)) = first else { return };
    let (all, found) = (named.len(), named.len() - lacking.len());
    let message = FoundMessage::expected(
        phrase!("found-the-public-papers-that-events-name", "the {all} public papers that events name"),
        phrase!("found-the-first-that-is-missing-is", "{found}; the first that is missing is {hash}"),
    );
    findings.warn(Rule::Int07, Some(entry), Subject::Attachments, message, None);
}
