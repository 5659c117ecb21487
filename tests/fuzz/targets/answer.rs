//! What a node answers, as a client reads it: a problem document, a claim of a checkpoint. Nothing that it says moves a cursor,
//! and nothing of it is believed.

#![no_main]

use std::path::Path;

use client::{monitor::checkpoint::read_claim, problem::ReceivedProblem};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    if let Some(problem) = ReceivedProblem::read(data) {
        let said = problem.to_sentence(&Path::new("event.json").display().to_string());
        assert!(!said.chars().any(|one| one.is_control() && one != '\n'), "{said:?}");
        let _ = problem.rule();
    }
    if let Ok(claim) = read_claim(data) {
        assert!(data.starts_with(claim.origin.as_bytes()));
    }
});
