//! What an observer finds in a changed snapshot, and why a survivor survives.
//!
//! In: outcomes and their reasons. Out: changing (`mutation`).

use super::*;

impl Cheat {
    /// What an observer finds in entries under the log's own signature.
    pub(super) fn of_entries(&self, said: &str, entries: &[Vec<u8>], honest: &Pin) -> Outcome {
        if entries == self.entries {
            return Outcome::Unchanged;
        }
        if !good(&self.signed_over(entries, &[])) {
            return Outcome::Found;
        }
        let pinned = self.signed_over(entries, std::slice::from_ref(honest));
        assert_eq!(pinned.verdict(), Verdict::Failed, "{said}: {}", pinned.to_text());
        Outcome::Survived(LAWFUL)
    }
}

/// What an observer finds in a folder.
pub(super) fn of_files(said: &str, before: &Files, after: &Files) -> Outcome {
    if before == after {
        return Outcome::Unchanged;
    }
    let report = judge(after);
    if !good(&report) {
        return Outcome::Found;
    }
    let why = explained(said, before, after, &report);
    Outcome::Survived(why.unwrap_or_else(|| panic!("{said}: {}", report.to_text())))
}

/// Why a changed copy may be good, if there is a reason.
fn explained(said: &str, before: &Files, after: &Files, report: &Report) -> Option<&'static str> {
    let warned = |check: &str| {
        report.findings.iter().any(|f| f.check.id() == check && f.status == verifier::FindingStatus::Warn)
    };
    let kept = after.iter().all(|(path, bytes)| before.get(path) == Some(bytes));
    let mut lost = before.keys().filter(|path| !after.contains_key(*path));
    // Two sizes of the tree were published; the tiles of the newer one hold all that those of the older one do.
    if kept && lost.all(|path| path.ends_with(".p/45")) {
        return Some("a partial tile that a wider one replaced is gone");
    }
    let place = said.split_once(".json").map_or("", |(_, place)| place);
    match said {
        _ if said.starts_with("manifest.json") && place.starts_with("/software") => {
            Some("another version of the program, which the manifest alone tells")
        }
        _ if said.starts_with("manifest.json") && place.starts_with("/attachments") => {
            Some("a paper that is there and that an event names is not listed, as before it came in")
        }
        "report/results.xlsx" if warned("PUB-02") => Some("the same workbook in another wrapping, warned of"),
        _ => None,
    }
}
