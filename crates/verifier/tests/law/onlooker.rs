//! What the verifier says of a ledger that a test shows to it.

use law::Rule;
use scene::{Expected, Shown};
use verifier::{FindingStatus, ObserverInputs, Report, Source, Verdict, Verification};

/// Verifies entries under their checkpoint.
pub(crate) fn verified(entries: Vec<Vec<u8>>, checkpoint: Vec<u8>) -> Report {
    let source = Source::from_entries("planted", entries, Some(checkpoint));
    Verification::run(&source, &ObserverInputs::default(), None).into_report()
}

/// Verifies what is shown, and finds in it what should be found and nothing else.
pub(crate) fn look(shown: &Shown) {
    let report = verified(shown.entries.clone(), shown.checkpoint.clone());
    let failed = report
        .findings
        .iter()
        .filter(|found| matches!(found.status, FindingStatus::Fail | FindingStatus::Error));
    let bad: Vec<_> = failed.collect();
    match shown.expected {
        Expected::Lawful => assert!(bad.is_empty(), "{bad:?}"),
        Expected::Noted(rule) => {
            assert!(bad.is_empty(), "{rule}: {bad:?}");
            let own = report.findings.iter().find(|found| found.check == rule);
            assert_eq!(own.map(|found| found.status), Some(FindingStatus::Warn), "{rule}");
        }
        Expected::Refused { rule, at } => {
            assert!(bad.iter().any(|f| f.check == rule && f.entry == Some(at)), "{rule} at {at}: {bad:?}");
            // Without a charter there is no log key either: what follows from that may fail too.
            assert!(at == 0 || bad.iter().all(|found| found.check == rule), "{rule} at {at}: {bad:?}");
            let expected = if rule == Rule::Int08 { Verdict::Incomplete } else { Verdict::Failed };
            assert_eq!(report.verdict(), expected, "{}", report.to_text());
        }
    }
}
