//! One verification from beginning to end: the source read, every entry replayed, every check made.

use crate::checks;
use crate::checks::context::Context;
use crate::evidence;
use crate::evidence::Evidence;
use crate::findings::Gathered;
use crate::inputs::ObserverInputs;
use crate::replay;
use crate::replay::Replayed;
use crate::report::charts::Pictures;
use crate::report::verdict::Report;
use crate::report::verdict::Verdict;
use crate::resume;
use crate::resume::ResumeState;
use crate::source::content::Source;
use crate::source::published;
use crate::source::published::Published;

/// A verification that was made: its report, and what follows from the same replay.
pub struct Verification<'a> {
    source: &'a Source,
    inputs: ObserverInputs<'a>,
    published: Published<'a>,
    replayed: Replayed,
    /// What the replay found, apart from every other check: it is kept with the state.
    replay_findings: Gathered,
    report: Report,
}

impl<'a> Verification<'a> {
    /// Verifies a source against itself, the law, and what the observer brought along. Never fails: what cannot be judged
    /// is said in the report. It goes on from an older state where that fits; where not, the report says why, and
    /// everything is verified from the beginning.
    #[must_use]
    pub fn run(source: &'a Source, inputs: &ObserverInputs<'a>, resume: Option<ResumeState>) -> Self {
        let inputs = *inputs;
        let mut gathered = Gathered::default();
        let published = published::read(source, &mut gathered);
        let fits = resume.as_ref().map(|state| state.fits(&published, &inputs));
        let told = resume.as_ref().zip(fits).map(|(state, fits)| state.scope_line(fits));
        let fitting = resume.filter(|_| fits == Some(Ok(())));
        let (mut replayed, mut replay_findings) =
            fitting.map(|state| state.opened(&published)).unwrap_or_default();
        replay::go_on(&mut replayed, &published, &mut replay_findings);
        gathered.join(&replay_findings);
        replayed.conclude(&mut gathered);
        let mut report = judge(source, &published, &replayed, &inputs, gathered);
        report.scope.extend(told);
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

    /// What can be proved to others of a source that failed: one file for each misbehaviour.
    #[must_use]
    pub fn evidence(&self) -> Vec<Evidence> {
        evidence::collect(&self.context())
    }

    /// What to keep, to verify later only what is new: nothing where a check failed or could not be made, and nothing
    /// without a checkpoint that the log signed over just these entries.
    #[must_use]
    pub fn state(self) -> Option<ResumeState> {
        let whole = matches!(self.report.verdict(), Verdict::Verified | Verdict::VerifiedWithWarnings);
        let checkpoint = kept::signed(&self.context()).filter(|_| whole).map(<[u8]>::to_vec)?;
        ResumeState::of(checkpoint, self.replayed, self.replay_findings, &self.published, &self.inputs)
    }

    fn context(&self) -> Facts<'_> {
        Facts::of(self.source, &self.published, &self.replayed, &self.inputs)
    }
}

/// Makes every check that is not part of the replay, and the report.
pub(crate) fn judge(
    source: &Source,
    published: &Published<'_>,
    replayed: &Replayed,
    given: &ObserverInputs<'_>,
    mut gathered: Gathered,
) -> Report {
    let facts = Facts::of(source, published, replayed, given);
    checks::bytes(&facts, &mut gathered);
    let (anchor, anchored) = checks::pins(&facts, &mut gathered);
    let mut told = checks::outside(&facts, &mut gathered);
    if replayed.complete() {
        told.extend(checks::whole(&facts, &mut gathered));
    }
    checks::by_hand(&mut gathered);
    let size = published.tree.size();
    let (mut scope, eyes) = (checks::scope_lines(&facts), checks::eye_lines(&facts));
    scope.extend(told);
    let (rows, findings) = gathered.finish();
    let pictures = Pictures::of(replayed.head.state(), &replayed.passing.announced);
    Report { scope, eyes, rows, findings, anchored, anchor, size, pictures }
}
