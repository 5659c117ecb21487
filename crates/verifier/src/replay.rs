//! The replay: every entry decoded and its signatures checked on every core (`ahead`), and admitted one by one.
//!
//! INT-05, INT-08 and SIG-01 come from decoding; a refusal names its own rule.

pub(crate) mod ahead;
pub(crate) mod compared;
pub(crate) mod decode;
pub(crate) mod difference;
pub(crate) mod failed;
pub(crate) mod link;
pub(crate) mod observed;
pub(crate) mod page_difference;
pub(crate) mod pages;
pub(crate) mod personal_data;
pub(crate) mod projected;
pub(crate) mod reordered;
pub(crate) mod sums;

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
    ops::ControlFlow,
};

use event::{Hash, Stamp};
use law::{Fact, Rule};
use ledger::{CheckedLeaves, Entry, Head, ReplayStep, StoppedReplay};
use phrase::phrase;
use tlog::tree::Tree;

use crate::{
    cores::run_both,
    findings::{Findings, Status},
    found_message::FoundMessage,
    not_run::NotRun,
    registry,
    replay::{
        ahead::{Portion, PreparedEntry, prepare_ahead},
        compared::{ReportFileComparison, compare_report_files},
        failed::{fail_refused, fail_undecoded, note_explained},
        link::{EntryLink, judge_link},
        observed::ReplayObservations,
        pages::{PagesComparison, compare_pages},
        projected::ExpectedProjections,
        sums::Sums,
    },
    source::{published::Published, snapshot::Snapshot},
    subject::Subject,
};

/// How far a verification is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum VerificationStep {
    /// Entries were replayed.
    Entries {
        /// Entries that were read, checked and judged.
        done: u64,
        /// All of them.
        total: u64,
    },
    /// A check has come to something; it may come to more.
    Check {
        /// The check.
        rule: Rule,
        /// What it has come to.
        status: Status,
    },
}

/// What a replay has come to; it can go on with later entries.
#[derive(Default)]
pub(crate) struct Replayed {
    /// The head where it stands or ended.
    pub(crate) head: Head,
    /// How often each fact was stated, in entries that could be read.
    pub(crate) facts: BTreeMap<String, u64>,
    /// When the first and the last entry were received.
    pub(crate) span: Option<(Stamp, Stamp)>,
    /// The projections at each snapshot's size that the replay reached.
    pub(crate) projections: Vec<ExpectedProjections>,
    /// The public papers that admitted events name: hash, length, entry.
    pub(crate) papers: Vec<(Hash, u64, u64)>,
    /// How the report files of each such snapshot compare; the files themselves are not kept.
    pub(crate) exports: Vec<ReportFileComparison>,
    /// How the pages of each such snapshot that has pages compare.
    pub(crate) pages: Vec<PagesComparison>,
    /// What passed by and no state keeps.
    pub(crate) observations: ReplayObservations,
    /// The protocols that were posted at their precincts.
    pub(crate) posted: BTreeSet<Hash>,
    /// Protocols added up again, beside the state.
    pub(crate) sums: Sums,
    /// The entry at which it stopped.
    pub(crate) stopped: Option<u64>,
    /// Entries whose signatures another instance of this program has checked.
    pub(crate) checked: CheckedLeaves,
}

impl Replayed {
    /// Whether every entry was admitted.
    pub(crate) fn is_complete(&self) -> bool {
        self.stopped.is_none()
    }

    /// The entry at which it stopped.
    pub(crate) fn stopped_at(&self) -> Option<u64> {
        self.stopped
    }

    /// Goes on with entries from `first` on; `tree` stands over them and all before.
    pub(crate) fn feed_entries(
        &mut self,
        first: u64,
        entries: &[&[u8]],
        tree: &Tree,
        marks: &SnapshotMarks<'_>,
        findings: &mut Findings,
    ) {
        let portion = (first, entries.iter().map(|entry| Cow::Borrowed(*entry)).collect());
        self.feed_portions(std::iter::once(portion), tree, marks, findings, |_| ());
    }

    /// Goes on with portions of entries, and tells after every few how many entries were judged.
    fn feed_portions<'e>(
        &mut self,
        portions: impl Iterator<Item = Portion<'e>>,
        tree: &Tree,
        marks: &SnapshotMarks<'_>,
        findings: &mut Findings,
        told: impl Fn(u64),
    ) {
        let checked = std::mem::take(&mut self.checked);
        prepare_ahead(portions, &checked, |prepared| {
            let judged = prepared.last().map(|entry| entry.at + 1);
            for entry in prepared {
                self.take_prepared(entry, tree, marks, findings);
            }
            judged.into_iter().for_each(&told);
        });
        self.checked = checked;
    }

    /// One entry, whether it could be read or not.
    fn take_prepared(
        &mut self,
        prepared: PreparedEntry<'_>,
        tree: &Tree,
        marks: &SnapshotMarks<'_>,
        findings: &mut Findings,
    ) {
        let PreparedEntry { at, bytes, decoded, personal } = prepared;
        findings.count_examined(Rule::Int05, 1);
        self.observations.take_personal_data(at, personal);
        match decoded {
            Ok(entry) => self.take_entry(at, entry, tree, marks, findings),
            Err(_) if is_no_longer_there(at, &bytes, tree) => {
                let message = phrase!(
                    "found-read-once-and-now-other-bytes",
                    "read once, and now not readable or other bytes: somebody writes there, read again"
                );
                findings.error(Rule::Int06, Some(at), Subject::Entry(at), FoundMessage::stated(message));
                self.stopped.get_or_insert(at);
            }
            Err(error) => {
                fail_undecoded(at, &error, self.is_announced(), findings);
                // What it says of its place is judged whatever its version.
                if let Some((index, prev)) = Entry::find_link(&bytes) {
                    judge_link(&EntryLink { at, index, prev }, tree, false, findings);
                }
                self.stopped.get_or_insert(at);
            }
        }
    }

    /// One entry that could be read: admitted while nothing was refused, its link judged in any case.
    fn take_entry(
        &mut self,
        at: u64,
        entry: Entry,
        tree: &Tree,
        marks: &SnapshotMarks<'_>,
        findings: &mut Findings,
    ) {
        // A signature can only be judged where the bytes could be read.
        findings.count_examined(Rule::Sig01, 1);
        *self.facts.entry(entry.event().fact.to_string()).or_default() += 1;
        let received = entry.received();
        self.span = Some((self.span.map_or(received, |(first, _)| first), received));
        let link = EntryLink { at, index: entry.index(), prev: entry.prev() };
        if self.stopped.is_none() {
            self.admit(at, entry, marks, findings);
        }
        judge_link(&link, tree, self.stopped == Some(at), findings);
    }

    /// Whether the ledger itself adopted rules that this program lacks.
    fn is_announced(&self) -> bool {
        self.head.state().rules > law::RULES
    }

    fn admit(&mut self, at: u64, entry: Entry, marks: &SnapshotMarks<'_>, findings: &mut Findings) {
        let subject = format!("{} by {}", entry.event().fact, entry.event().author);
        let mut correction = None;
        let replayed = ledger::replay(&mut self.head, [Ok(entry)], |step| {
            if let ReplayStep::Admitted(head, admitted) = step {
                let public = admitted.fact().papers().into_iter();
                let named = public.filter_map(|paper| paper.sha256.zip(paper.size));
                self.papers.extend(named.map(|(hash, size)| (hash, size, at)));
                self.observations.observe_entry(admitted, head.state());
                if let Fact::CopiesIssued(copies) = admitted.fact()
                    && copies.posted
                {
                    self.posted.insert(copies.protocol);
                }
                let (event, hash) = (admitted.entry().event(), admitted.entry().checked().hash());
                correction =
                    self.sums.take_fact(event.election.as_ref(), hash, admitted.fact(), head.state());
            }
            ControlFlow::Continue(())
        });
        match replayed {
            Ok(()) => {
                if let Some(correction) = correction {
                    self.sums.judge_correction(at, &correction, self.head.state(), findings);
                }
                self.mark_snapshot(at + 1, marks, findings);
            }
            Err(StoppedReplay::Refused { refusal, .. }) => {
                fail_refused(at, &subject, &refusal, self.is_announced(), findings);
                self.stopped = Some(at);
            }
            Err(StoppedReplay::Unreadable { error, .. }) => {
                fail_undecoded(at, &error, self.is_announced(), findings);
                self.stopped = Some(at);
            }
        }
    }

    /// At the size of a snapshot: what it should hold.
    fn mark_snapshot(&mut self, size: u64, marks: &SnapshotMarks<'_>, findings: &mut Findings) {
        let Some(n) = marks.wanted.get(&size) else { return };
        let held = marks.snapshots.iter().filter(|held| held.n == *n && held.size() == Some(size));
        let head = &self.head;
        for held in held {
            let (files, pages) = run_both(|| compare_report_files(held, head), || compare_pages(held, head));
            self.exports.extend(files);
            self.pages.extend(pages);
        }
        match ExpectedProjections::at(size, self.head.state(), marks.snapshots) {
            Ok(projected) => self.projections.push(projected),
            Err(error) => {
                findings.error(Rule::Int09, Some(size - 1), "projections", FoundMessage::stated(error))
            }
        }
    }

    /// Says what the replay examined, and what stays visible for ever.
    pub(crate) fn conclude_replay(&mut self, findings: &mut Findings) {
        match self.stopped {
            None => {
                count_examined_rules(self, findings);
                self.compare_two_replays(findings);
            }
            Some(index) => {
                let rules = registry::REPLAYED.iter().map(|(rule, _)| rule).chain(registry::OF_THE_WHOLE);
                for rule in rules {
                    findings.not_run(*rule, NotRun::Stopped { entry: index });
                }
            }
        }
        note_explained(&self.head, findings);
    }

    /// INT-10: the other replay came to the same.
    fn compare_two_replays(&mut self, findings: &mut Findings) {
        findings.count_examined(Rule::Int10, self.head.size());
        match self.observations.second.differs(self.head.state()) {
            Ok(None) => {}
            Ok(Some(name)) => {
                let message = FoundMessage::expected(
                    phrase!("found-of-the-first-replay", "{name} of the first replay"),
                    phrase!("found-another-in-the-second", "another in the second"),
                );
                findings.fail(Rule::Int10, None, "the second replay", message);
            }
            Err(error) => findings.error(Rule::Int10, None, "the second replay", FoundMessage::stated(error)),
        }
    }
}

/// The snapshots of a source, and the sizes at which they are compared, with their numbers.
#[derive(Default)]
pub(crate) struct SnapshotMarks<'a> {
    snapshots: &'a [Snapshot<'a>],
    wanted: BTreeMap<u64, u64>,
}

/// Decodes, checks and replays what follows on the entries that were replayed before.
pub(crate) fn go_on(
    replayed: &mut Replayed,
    published: &Published<'_>,
    findings: &mut Findings,
    told: &dyn Fn(VerificationStep),
) {
    let total = published.tree.size();
    let marks = SnapshotMarks { snapshots: &published.snapshots, wanted: list_announced_sizes(published) };
    let first = replayed.head.size();
    if first > 0 && replayed.projections.iter().all(|projected| projected.size != first) {
        // A snapshot of just this size may have come after it was kept.
        replayed.mark_snapshot(first, &marks, findings);
    }
    told(VerificationStep::Entries { done: first, total });
    let portions = published.entries.read_portions(first, &published.tree);
    replayed.feed_portions(portions, &published.tree, &marks, findings, |done| {
        told(VerificationStep::Entries { done, total });
    });
    if published.unreadable {
        replayed.stopped.get_or_insert(published.tree.size());
    }
}

/// Each rule examined the facts that it is about, and no others.
fn count_examined_rules(replayed: &Replayed, findings: &mut Findings) {
    let facts = &replayed.facts;
    for (rule, about) in registry::REPLAYED {
        let count = match about {
            [] => facts.values().sum(),
            about => about.iter().filter_map(|fact| facts.get(*fact)).sum(),
        };
        if count == 0 {
            findings.not_applicable(*rule);
        } else {
            findings.count_examined(*rule, count);
        }
    }
}

/// Whether an entry that was there when the tree was built could not be read again: nothing is said against the ledger.
fn is_no_longer_there(at: u64, bytes: &[u8], tree: &Tree) -> bool {
    bytes.is_empty() && tree.leaf_hash(at).is_some_and(|leaf| leaf != tlog::tree::leaf_hash(bytes))
}

/// The sizes at which projections and report files are wanted, with the numbers of their snapshots: those that the ledger
/// announces and the source holds. A folder full of manifests that nobody announced costs nothing.
pub(crate) fn list_announced_sizes(published: &Published<'_>) -> BTreeMap<u64, u64> {
    let held = |size: &u64| published.snapshots.iter().any(|snapshot| snapshot.size() == Some(*size));
    published.announced.iter().map(|own| (own.size, own.n)).filter(|(size, _)| held(size)).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops at the first surprise")]

    use tlog::tree::leaf_hash;

    use super::*;
    use crate::findings::Status;
    use crate::replay::reordered::ReorderedReplay;

    /// The entries of the scene as they stand in the vectors.
    fn scene() -> Vec<Vec<u8>> {
        let text = include_str!("../../../tests/vectors/scene.json");
        let steps: Vec<serde_json::Value> = serde_json::from_str(text).unwrap();
        steps.iter().map(|step| step["entry"].as_str().unwrap().as_bytes().to_vec()).collect()
    }

    /// INT-10 after a replay whose second fold was changed: no ledger can do that, only a wrong program.
    fn findings_after(change: impl FnOnce(&mut Replayed)) -> Findings {
        let (entries, mut tree) = (scene(), Tree::default());
        entries.iter().for_each(|entry| tree.push(leaf_hash(entry)));
        let entries: Vec<&[u8]> = entries.iter().map(Vec::as_slice).collect();
        let (mut replayed, mut findings) = (Replayed::default(), Findings::default());
        replayed.feed_entries(0, &entries, &tree, &SnapshotMarks::default(), &mut findings);
        change(&mut replayed);
        replayed.conclude_replay(&mut findings);
        findings
    }

    #[test]
    fn a_second_replay_that_differs_fails() {
        assert!(!findings_after(|_| {}).has_failed(Rule::Int10));
        let findings = findings_after(|replayed| replayed.observations.second = ReorderedReplay::default());
        let (rows, _) = findings.finish();
        let failed = rows.iter().filter(|row| row.status == Status::Fail).map(|row| row.rule.id());
        assert_eq!(failed.collect::<Vec<_>>(), ["INT-10"]);
    }
}
