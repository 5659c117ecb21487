//! `verifier::ResumeState::decode`: what was kept of a verification is read and written again as the same state, and nothing
//! else stops the program or takes its memory.

#![no_main]

use libfuzzer_sys::fuzz_target;
use verifier::ResumeState;

fuzz_target!(|data: &[u8]| {
    let Ok(state) = ResumeState::decode(data) else { return };
    let _ = (state.size(), state.checkpoint().len());
    let written = state.encode().unwrap();
    let again = ResumeState::decode(&written).unwrap();
    assert_eq!(again.encode().unwrap(), written);
});
