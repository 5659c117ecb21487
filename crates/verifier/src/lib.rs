//! What an observer runs: sources in, verdict out.
//!
//! In: the files of a published ledger or the entries of a local one as bytes, the replay through the same `admit` and
//! `extend` that the node uses, the report files made again, the checks by id, the report.
//! Out: databases, keys that sign. The core takes bytes; reading folders is the feature `folder`, zips `archive`, static
//! servers `http`, and checking signatures on every core is the feature `threads`.
//!
//! ```text
//! folder, zip, address ──▶ Source ──published──▶ entries, tiles, snapshots ──replay──▶ Head ──checks──▶ Report ──▶ verdict, exit code
//! ```

#[cfg(feature = "http")]
pub mod address;
#[cfg(feature = "archive")]
pub mod archive;
pub mod changes;
pub mod copies;
pub mod diff;
pub mod evidence;
mod export;
#[cfg(feature = "folder")]
pub mod folder;
pub mod limits;
pub mod manual;
pub mod nist_lint;
pub mod power;
pub mod registry;
pub mod shown;

mod anchor;
mod as_of;
mod checks;
mod gathered;
mod given;
mod kept;
mod leaves;
mod passing;
mod pictures;
mod pin;
mod projected;
mod proved;
mod published;
mod replay;
mod report;
mod report_html;
mod scan;
mod sealed;
mod second;
mod source;
mod sums;
mod text;
mod words;

pub use anchor::Anchor;
pub use as_of::{AsOf, ReplayError, Step, replay_to, walk};
pub use given::Given;
pub use kept::{Kept, KeptError};
pub use pictures::{
    CandidateLine, Change, Corrected, ElectionPicture, Pictures, PrecinctPoint, Stage as ProtocolStage,
};
pub use pin::{Pin, PinError};
pub use proved::{Part, ProveError, Wanted, prove, prove_part};
pub use replay::{Audit, decode_all};
pub use report::{Found, Report, Row, Status, Verdict};
pub use scan::{Scan, ScanError, lines};
pub use sealed::Sealed;
pub use second::Second;
pub use source::{Content, Paper, Source};
pub use text::harmless;
pub use texts;

use checks::Facts;
use gathered::Gathered;
use published::Published;
use replay::Replayed;

/// Verifies a source against itself, the law, and what the observer pinned. Never fails: what cannot be judged is said
/// in the report.
#[must_use]
pub fn verify(source: &Source, pins: &[Pin]) -> Report {
    verify_with(source, &Given { pins, ..Given::default() })
}

/// The same, and compares protocols that were scanned at precincts with those of the ledger (OBS-02).
#[must_use]
pub fn verify_with_scans(source: &Source, pins: &[Pin], scans: &[Scan]) -> Report {
    verify_with(source, &Given { pins, scans, ..Given::default() })
}

/// The same with everything that an observer may bring along.
#[must_use]
pub fn verify_with(source: &Source, given: &Given<'_>) -> Report {
    let mut gathered = Gathered::default();
    let published = published::read(source, &mut gathered);
    let replayed = replay::replay(&published, &mut gathered);
    judge(source, &published, &replayed, given, gathered)
}

/// The same, going on from what was kept at an older checkpoint, where it fits; and what to keep now, if nothing failed.
#[must_use]
pub fn verify_on(source: &Source, given: &Given<'_>, kept: Option<Kept>) -> (Report, Option<Kept>) {
    let mut gathered = Gathered::default();
    let published = published::read(source, &mut gathered);
    let fits = kept.as_ref().map(|kept| kept.fits(&published, given));
    let told = kept.as_ref().zip(fits).map(|(kept, fits)| kept.told(fits));
    let fitting = kept.filter(|_| fits == Some(Ok(())));
    let (mut replayed, mut seen) = fitting.map(|kept| kept.opened(&published)).unwrap_or_default();
    replay::go_on(&mut replayed, &published, &mut seen);
    gathered.join(&seen);
    replayed.conclude(&mut gathered);
    let mut report = judge(source, &published, &replayed, given, gathered);
    report.scope.extend(told.map(|told| ("resumed".to_owned(), told)));
    let whole = matches!(report.verdict(), Verdict::Verified | Verdict::VerifiedWithWarnings);
    let facts = Facts { source, published: &published, replayed: &replayed, given };
    let checkpoint = kept::signed(&facts).filter(|_| whole).map(<[u8]>::to_vec);
    let kept = checkpoint.and_then(|note| Kept::of(note, replayed, seen, &published, given));
    (report, kept)
}

/// What can be proved to others of a source that failed: one file for each lie.
///
/// It replays the source once more, since few observers need it.
#[must_use]
pub fn evidence(source: &Source, given: &Given<'_>) -> Vec<evidence::Evidence> {
    let mut gathered = Gathered::default();
    let published = published::read(source, &mut gathered);
    let replayed = replay::replay(&published, &mut gathered);
    evidence::collect(&Facts { source, published: &published, replayed: &replayed, given })
}

/// Every check that is not part of the replay, and the report.
fn judge(
    source: &Source,
    published: &Published<'_>,
    replayed: &Replayed,
    given: &Given<'_>,
    mut gathered: Gathered,
) -> Report {
    let facts = Facts { source, published, replayed, given };
    checks::bytes(&facts, &mut gathered);
    let (anchor, anchored) = checks::pins(&facts, &mut gathered);
    let mut told = checks::outside(&facts, &mut gathered);
    if replayed.complete() {
        told.extend(checks::whole(&facts, &mut gathered));
    }
    checks::by_hand(&mut gathered);
    let size = published.tree.size();
    let (mut scope, eyes) = checks::scope(&facts);
    scope.extend(told);
    // The name of a source, too, is what somebody called it.
    scope.iter_mut().for_each(|(_, value)| *value = harmless(value, &[]).into_owned());
    let (rows, findings) = gathered.finish();
    let pictures = Pictures::of(replayed.head.state(), &replayed.passing.announced);
    Report { scope, eyes, rows, findings, anchored, anchor, size, pictures }
}
