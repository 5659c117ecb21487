//! The replay: every entry decoded and its signatures checked on every core, then admitted one by one.
//!
//! In: INT-05, INT-08, SIG-01 from decoding, and the rule that a refusal names. Out: checks of the tree (`checks`).

use std::collections::BTreeMap;

use event::{CheckError, Hash, json::Fault};
use law::{Outcome, Rule, facts::SnapshotPublished};
use ledger::{Entry, EntryError, Head, Refusal, projections};

use crate::{
    checks::{Compared, compare},
    published::Published,
    registry,
    report::Gathered,
};

/// What a replay came to.
pub(crate) struct Replayed {
    /// The head where it ended.
    pub(crate) head: Head,
    /// Decoded entries, in order; `None` where an entry did not decode.
    pub(crate) entries: Vec<Option<Entry>>,
    /// The projections at each snapshot's size that the replay reached.
    pub(crate) projections: Vec<(u64, Vec<projections::Document>)>,
    /// The public papers that admitted events name: hash, length, entry.
    pub(crate) papers: Vec<(Hash, u64, u64)>,
    /// How the report files of each such snapshot compare; the files themselves are not kept.
    pub(crate) exports: Vec<Compared>,
    /// Whether every entry was admitted.
    pub(crate) complete: bool,
}

/// Decodes, checks and replays everything.
pub(crate) fn replay(published: &Published<'_>, gathered: &mut Gathered) -> Replayed {
    let decoded = decode_all(&published.entries);
    let mut entries = Vec::with_capacity(decoded.len());
    for (index, result) in decoded.into_iter().enumerate() {
        match result {
            Ok(entry) => entries.push(Some(entry)),
            Err(error) => {
                undecoded(index as u64, &error, gathered);
                entries.push(None);
            }
        }
    }
    // A signature can only be judged where the bytes could be read.
    gathered.examined(Rule::Int05, entries.len() as u64);
    gathered.examined(Rule::Sig01, entries.iter().flatten().count() as u64);
    let mut replayed = Replayed {
        head: Head::default(),
        entries,
        projections: Vec::new(),
        papers: Vec::new(),
        exports: Vec::new(),
        complete: false,
    };
    let stopped = admit_all(&mut replayed, published, gathered);
    replayed.complete = stopped.is_none();
    match stopped {
        None => examined(&replayed, gathered),
        Some(index) => {
            for (rule, _) in registry::REPLAYED {
                gathered.not_run(*rule, &format!("the replay stopped at entry {index}"));
            }
        }
    }
    explained(&replayed.head, gathered);
    replayed
}

/// Each rule examined the facts that it is about, and no others.
fn examined(replayed: &Replayed, gathered: &mut Gathered) {
    let mut facts: BTreeMap<&str, u64> = BTreeMap::new();
    for entry in replayed.entries.iter().flatten() {
        *facts.entry(entry.event().fact.as_str()).or_default() += 1;
    }
    for (rule, about) in registry::REPLAYED {
        let count = match about {
            [] => facts.values().sum(),
            about => about.iter().filter_map(|fact| facts.get(fact)).sum(),
        };
        if count == 0 {
            gathered.not_applicable(*rule);
        } else {
            gathered.examined(*rule, count);
        }
    }
}

/// Decodes entries and checks their signatures, on every core.
#[cfg(feature = "threads")]
#[must_use]
pub fn decode_all(entries: &[&[u8]]) -> Vec<Result<Entry, EntryError>> {
    use rayon::prelude::*;
    entries.par_iter().map(|bytes| Entry::decode(bytes)).collect()
}

/// Decodes entries and checks their signatures.
#[cfg(not(feature = "threads"))]
#[must_use]
pub fn decode_all(entries: &[&[u8]]) -> Vec<Result<Entry, EntryError>> {
    entries.iter().map(|bytes| Entry::decode(bytes)).collect()
}

fn undecoded(index: u64, error: &EntryError, gathered: &mut Gathered) {
    let subject = format!("entry {index}");
    let fault = match error {
        EntryError::Decode(error) => Some(&error.fault),
        EntryError::Check(error) => error.fault(),
    };
    match (fault, error) {
        (Some(Fault::Version { .. }), _) => {
            gathered.error(Rule::Int08, Some(index), &subject, error.to_string())
        }
        (Some(fault), _) => {
            let rule = if fault.is_figure() { Rule::Ari01 } else { Rule::Int05 };
            gathered.fail(rule, Some(index), &subject, error.to_string());
        }
        (None, EntryError::Decode(_)) => gathered.fail(Rule::Int05, Some(index), &subject, error.to_string()),
        (None, EntryError::Check(CheckError::Decode(_))) => {}
        (None, EntryError::Check(_)) => gathered.fail(Rule::Sig01, Some(index), &subject, error.to_string()),
    }
}

/// Admits entries until one is refused; tells at which.
fn admit_all(replayed: &mut Replayed, published: &Published<'_>, gathered: &mut Gathered) -> Option<u64> {
    let wanted = announced(replayed, published);
    for (index, entry) in replayed.entries.iter().enumerate() {
        let index = index as u64;
        let Some(entry) = entry else { return Some(index) };
        match replayed.head.admit(entry.clone()) {
            Ok(admitted) => {
                let public = admitted.fact().papers().into_iter();
                let named = public.filter_map(|paper| paper.sha256.zip(paper.size));
                replayed.papers.extend(named.map(|(hash, size)| (hash, size, index)));
                replayed.head.extend(admitted);
            }
            Err(refusal) => {
                refused(index, entry, &refusal, gathered);
                return Some(index);
            }
        }
        let size = index + 1;
        if let Some(n) = wanted.get(&size) {
            let held = published.snapshots.iter().filter(|held| held.n == *n && held.size() == Some(size));
            replayed.exports.extend(held.filter_map(|held| compare(held, &replayed.head)));
            match projections::documents(replayed.head.state()) {
                Ok(documents) => replayed.projections.push((size, documents)),
                Err(error) => gathered.error(Rule::Int09, Some(index), "projections", error.to_string()),
            }
        }
    }
    None
}

/// The sizes at which projections and report files are wanted, with the numbers of their snapshots: those that the ledger
/// announces and the source holds. A folder full of manifests that nobody announced costs nothing.
fn announced(replayed: &Replayed, published: &Published<'_>) -> BTreeMap<u64, u64> {
    let held = |size: &u64| published.snapshots.iter().any(|snapshot| snapshot.size() == Some(*size));
    let entries = replayed.entries.iter().flatten();
    entries
        .filter(|entry| entry.event().fact.as_str() == "snapshot-published")
        .filter_map(|entry| entry.event().content::<SnapshotPublished>(entry.checked().bytes()).ok())
        .map(|body| (body.size, body.n))
        .filter(|(size, _)| held(size))
        .collect()
}

fn refused(index: u64, entry: &Entry, refusal: &Refusal, gathered: &mut Gathered) {
    let event = entry.event();
    let subject = format!("{} by {}", event.fact, event.author);
    match refusal {
        // What this version does not know is no lie: it cannot tell.
        _ if refusal.rule() == Rule::Int08 => {
            gathered.error(Rule::Int08, Some(index), &subject, refusal.to_string());
        }
        _ => gathered.refused(refusal.rule(), index, &subject, refusal.to_string()),
    }
}

/// What was admitted with an explanation or a note stays visible for ever.
fn explained(head: &Head, gathered: &mut Gathered) {
    for finding in &head.state().findings {
        let how = match finding.outcome {
            Outcome::Explained => "explained",
            Outcome::Noted => "noted",
        };
        let violation = &finding.violation;
        let message = format!("{how}: expected {}, found {}", violation.expected, violation.found);
        let rule = violation.rule;
        gathered.warn(rule, Some(finding.index), &finding.subject, message, finding.explanation.clone());
    }
}
