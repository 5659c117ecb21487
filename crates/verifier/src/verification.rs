//! One verification from beginning to end: the source read, every entry replayed, every check made.

use std::collections::{BTreeMap, BTreeSet};

use event::Hash;
use law::Fact;
use ledger::{CheckedLeaves, Head};

use crate::{
    checks::{self, context::Context},
    contradictions,
    evidence::{self, Evidence},
    findings::{CheckFinding, Findings, Status},
    inputs::ObserverInputs,
    paper_names::PaperNames,
    replay::{self, Replayed, VerificationStep},
    report::verdict::{Report, StatedEntry, Verdict},
    resume::ResumeState,
    source::{
        content::Source,
        published::{self, Published},
    },
    told_checks::ToldChecks,
};

/// Entries that are described beside a finding.
const DESCRIBED_MAX: usize = 200;

/// A verification that was made: its report, and what follows from the same replay.
pub struct Verification<'a> {
    source: &'a Source,
    inputs: ObserverInputs<'a>,
    published: Published<'a>,
    replayed: Replayed,
    /// What the replay found, apart from every other check: it is kept with the state.
    replay_findings: Findings,
    report: Report,
}

impl<'a> Verification<'a> {
    /// Verifies a source against itself, the law, and what the observer brought along. Never fails: what cannot be judged
    /// is said in the report. It goes on from an older state where that fits; where not, the report says why, and
    /// everything is verified from the beginning.
    #[must_use]
    pub fn run(source: &'a Source, inputs: &ObserverInputs<'a>, resume: Option<ResumeState>) -> Self {
        Self::run_told(source, inputs, resume, &|_| ())
    }

    /// The same, and tells how far the replay is: at its beginning, then every few hundred or thousand entries; and what each check
    /// has come to, as soon as it has.
    #[must_use]
    pub fn run_told(
        source: &'a Source,
        inputs: &ObserverInputs<'a>,
        resume: Option<ResumeState>,
        told: &dyn Fn(VerificationStep),
    ) -> Self {
        Self::run_known(source, inputs, resume, CheckedLeaves::default(), told)
    }

    /// The same, and spares the signatures of entries that another instance of this program has checked: whoever calls this
    /// answers for that. Signatures of all others are checked as ever.
    #[must_use]
    pub fn run_known(
        source: &'a Source,
        inputs: &ObserverInputs<'a>,
        resume: Option<ResumeState>,
        checked: CheckedLeaves,
        told: &dyn Fn(VerificationStep),
    ) -> Self {
        let inputs = *inputs;
        let mut findings = Findings::default();
        let checks = ToldChecks::new(told);
        let published = published::read_published(source, &mut findings);
        checks.tell_findings(&findings);
        let fits = resume.as_ref().map(|state| state.check_fit(&published, &inputs));
        let resumed = resume.as_ref().zip(fits).map(|(state, fits)| state.scope_line(fits));
        let fitting = resume.filter(|_| fits == Some(Ok(())));
        let (mut replayed, mut replay_findings) =
            fitting.map(|state| state.open_replay(&published)).unwrap_or_default();
        replayed.checked = checked;
        replay::go_on(&mut replayed, &published, &mut replay_findings, told);
        findings.join_findings(&replay_findings);
        replayed.conclude_replay(&mut findings);
        checks.tell_findings(&findings);
        let mut report = judge_source(source, &published, &replayed, &inputs, findings, &checks);
        report.scope.extend(resumed);
        Self { source, inputs, published, replayed, replay_findings, report }
    }

    /// The report.
    #[must_use]
    pub fn report(&self) -> &Report {
        &self.report
    }

    /// The report alone.
    #[must_use]
    pub fn into_report(self) -> Report {
        self.report
    }

    /// The state after the entries that were admitted.
    #[must_use]
    pub fn head(&self) -> &Head {
        &self.replayed.head
    }

    /// The root over the first entries of the source, so many of them; `None` where it has fewer.
    #[must_use]
    pub fn root_at(&self, size: u64) -> Option<Hash> {
        self.published.tree.root_at(size).map(Hash)
    }

    /// What can be proved to others of a source that failed: one file for each misbehaviour.
    #[must_use]
    pub fn evidence(&self) -> Vec<Evidence> {
        evidence::collect_evidence(&self.context())
    }

    /// What to keep, to verify later only what is new: nothing where a check failed or could not be made, and nothing
    /// without a checkpoint that the log signed over just these entries.
    #[must_use]
    pub fn state(self) -> Option<ResumeState> {
        let whole = matches!(self.report.verdict(), Verdict::Verified | Verdict::VerifiedWithWarnings);
        let checkpoint = signed_checkpoint(&self.context()).filter(|_| whole).map(<[u8]>::to_vec)?;
        ResumeState::of(checkpoint, self.replayed, self.replay_findings, &self.published, &self.inputs)
    }

    fn context(&self) -> Context<'_> {
        Context::of(self.source, &self.published, &self.replayed, &self.inputs)
    }
}

/// The newest checkpoint, where the log signed it over exactly these entries.
fn signed_checkpoint<'a>(context: &Context<'a>) -> Option<&'a [u8]> {
    let note = context.published.checkpoint?;
    let opened = context.open_checkpoint(note).ok()?;
    let tree = &context.published.tree;
    (opened.size == tree.size() && opened.root == tree.root()).then_some(note)
}

/// Makes every check that is not part of the replay, and the report.
pub(crate) fn judge_source(
    source: &Source,
    published: &Published<'_>,
    replayed: &Replayed,
    inputs: &ObserverInputs<'_>,
    mut findings: Findings,
    told_checks: &ToldChecks<'_>,
) -> Report {
    let context = Context::of(source, published, replayed, inputs);
    checks::check_bytes(&context, &mut findings);
    told_checks.tell_findings(&findings);
    let (anchor, anchored) = checks::check_pins(&context, &mut findings);
    checks::report_unreadable_inputs(&context, &mut findings);
    let mut told = checks::check_observer_inputs(&context, &mut findings);
    told_checks.tell_findings(&findings);
    if replayed.is_complete() {
        told.extend(checks::check_whole_replay(&context, &mut findings));
    }
    checks::report_lost_files(&context, &mut findings);
    checks::by_hand(&mut findings);
    let size = published.tree.size();
    let (mut scope, eyes) = (checks::scope_lines(&context), checks::eye_lines(&context));
    scope.extend(told);
    let (rows, findings) = findings.finish();
    told_checks.tell_rows(&rows);
    let pictures = site::pictures::Pictures::of(replayed.head.state(), &replayed.observations.announced);
    let failed = rows.iter().any(|row| row.status == Status::Fail);
    // Only what failed is put in the paper's words: it costs a second look at every entry.
    let contradictions =
        if failed { contradictions::list_contradictions(&context) } else { Default::default() };
    let names = PaperNames::of(replayed.head.state());
    let stated = describe_entries(published, &findings);
    let (kind, unverified) = (source.kind, checks::under_way::list_unverified(&context));
    Report {
        scope,
        eyes,
        rows,
        findings,
        anchored,
        anchor,
        size,
        kind,
        unverified,
        pictures,
        contradictions,
        stated,
        names,
    }
}

/// What the entries are that findings speak of; of very many, the first. Each bundle is read once, whatever lies in it.
fn describe_entries(published: &Published<'_>, findings: &[CheckFinding]) -> BTreeMap<u64, StatedEntry> {
    let mut wanted: Vec<&CheckFinding> = findings.iter().filter(|found| found.entry.is_some()).collect();
    wanted.sort_by_key(|found| found.status);
    let mut indices = BTreeSet::new();
    for index in wanted.into_iter().filter_map(|found| found.entry) {
        if indices.len() >= DESCRIBED_MAX {
            break;
        }
        if index < published.tree.size() {
            indices.insert(index);
        }
    }
    let read = published.entries.read_some(indices, &published.tree);
    let described = read.filter_map(|(index, bytes)| {
        let entry = contradictions::read_loosely(&bytes)?;
        let (fact, _, precinct) = entry.subject();
        let fact = Fact::NAMES.iter().copied().find(|known| *known == fact)?;
        Some((index, StatedEntry { fact, precinct }))
    });
    described.collect()
}
