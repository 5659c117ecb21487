//! The law is asked when a form becomes a draft, and again when the draft is checked.

use super::{ACCOUNTED, Eve, fill};

#[test]
fn the_law_is_asked_before_anybody_signs() {
    let eve = Eve::new();
    assert_eq!(eve.draft("precinct-opened", &[]).0, 0);
    let stem = "chair-0-precinct-opened";
    fill(&eve.form(stem), &[("1", "400"), ("2", "2")]);
    let opened = ["--at", "2025-10-12T07:00:00+05:00"];
    let (code, _, err) = eve.draft("precinct-opened", &opened);
    assert!(code == 1 && err.contains("ARI-10") && !eve.drafted(stem).exists(), "{err}");
    // The book may be older than what was delivered since.
    let (code, _, err) = eve.draft("precinct-opened", &[&opened[..], &["--anyway"]].concat());
    assert!(code == 0 && err.contains("ARI-10") && eve.drafted(stem).exists(), "{err}");
    let (code, _, err) = eve.check(stem);
    assert!(code == 1 && err.contains("ARI-10"), "{err}");
    // Nobody counts before voting ends.
    assert_eq!(eve.draft("ballots-accounted", &[]).0, 0);
    fill(&eve.form("board-0-ballots-accounted"), ACCOUNTED);
    let (code, _, err) = eve.draft("ballots-accounted", &["--at", "2025-10-12T20:30:00+05:00"]);
    assert!(code == 1 && err.contains("PRO-0"), "{err}");
}
