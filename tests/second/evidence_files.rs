//! Evidence files: lies and attempts to frame, judged by both implementations.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use verifier::evidence::Unproved;

use super::{SHOWN, judges_all};

/// Every evidence file of the other tests, lies and attempts to frame: both come to the same.
#[test]
fn both_judge_every_evidence_file_alike() {
    SHOWN.set(Some(Vec::new()));
    crate::evidence::two_histories_are_a_split_view();
    crate::evidence::a_key_after_its_end_is_evidence();
    crate::evidence::an_unlawful_event_in_a_signed_tree_is_evidence();
    crate::evidence::what_is_no_entry_is_evidence();
    crate::evidence::two_protocols_at_one_place_are_an_author_s_fork();
    crate::evidence::a_published_file_that_does_not_follow_is_evidence();
    crate::evidence::a_receipt_that_was_not_honoured_is_evidence();
    crate::evidence::framing::nobody_honest_is_framed();
    crate::evidence::forks::two_protocols_of_a_quorum_are_a_lie_however_they_come();
    crate::evidence::forks::a_protocol_signed_after_the_other_was_seen_in_the_ledger_is_a_lie();
    crate::evidence::forks::one_member_a_revoked_key_and_a_stranger_convict_nobody();
    crate::evidence::forks::a_key_that_was_revoked_afterwards_convicts_nobody();
    crate::evidence::forks::who_drafts_again_is_no_liar();
    crate::evidence::forks::whoever_is_voided_over_a_third_draft_is_no_liar();
    crate::evidence::forks::two_drafts_that_nobody_sent_are_no_lie();
    crate::evidence::forks::the_frame_that_once_held_proves_nothing();
    crate::evidence::forks::a_chain_of_redrafts_from_a_ledger_voids_all();
    crate::evidence::missed::an_entry_without_bytes_is_evidence();
    crate::evidence::missed::the_old_key_on_the_newest_checkpoint_is_evidence();
    crate::evidence::missed::a_receipt_shows_two_histories_by_its_own_checkpoint();
    crate::evidence::missed::an_announcement_of_other_projections_is_evidence();
    crate::evidence::missed::a_manifest_with_another_root_is_evidence();
    crate::evidence::missed::a_workbook_with_other_figures_is_evidence_and_one_packed_otherwise_is_none();
    let mut shown = SHOWN.take().unwrap_or_default();
    if !judges_all() {
        let (every, mut place) = (shown.len() / 100 + 1, 0);
        shown.retain(|evidence| {
            place += 1;
            evidence.judge(None).is_ok() || place % every == 0
        });
    }
    let dir = tempfile::tempdir().unwrap();
    let base = std::env::var_os("HATTAMA_KEEP").map_or_else(|| dir.path().to_owned(), PathBuf::from);
    let mut files = Vec::new();
    for (n, evidence) in shown.iter().enumerate() {
        let file = base.join(format!("{n:04}.evidence"));
        fs::write(&file, evidence.encode().unwrap()).unwrap();
        files.push(file);
    }
    let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/second/evidence.py");
    let Ok(done) = Command::new("python3").arg(program).args(&files).output() else {
        eprintln!("skipped: no python3 here");
        return;
    };
    let out = String::from_utf8(done.stdout).unwrap();
    if out.is_empty() {
        eprintln!("skipped: no python3 with cryptography here: {}", String::from_utf8_lossy(&done.stderr));
        return;
    }
    let words: Vec<&str> = out.lines().filter(|line| !line.starts_with("file ")).collect();
    assert_eq!(words.len(), shown.len(), "{}", String::from_utf8_lossy(&done.stderr));
    let mut other = Vec::new();
    for (n, (evidence, word)) in shown.iter().zip(&words).enumerate() {
        let expected = match evidence.judge(None) {
            Ok(lie) => format!("PROVED {}", lie.kind.replace('-', "_")),
            Err(Unproved::TwoSignedActs { .. }) => "TWO SIGNED ACTS".to_owned(),
            Err(_) => "NOTHING PROVED".to_owned(),
        };
        // A file that does not follow, of a kind that this program does not make, it leaves open.
        if !word.starts_with(&expected) && !word.contains("a file that this program does not make") {
            other.push(format!("{n:04} {}: {expected}, second {word}", evidence.claim.kind()));
        }
    }
    assert!(other.is_empty(), "{} of {}: {other:#?}", other.len(), shown.len());
    eprintln!("{} evidence files judged alike", shown.len());
}
