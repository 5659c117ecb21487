//! Prints why something was not done: one sentence, and how to mend it.

use texts::program::say;

use crate::{fault::Fault, terminal::eprint};

/// Characters of an error.
const TOLD_MAX: usize = 10_000;

/// Prints a fault beside the answer.
pub(crate) fn print_fault(fault: &Fault) {
    // A line is read by people; what is quoted in it may have megabytes.
    let mut told = fault.to_sentence();
    if let Some((end, _)) = told.char_indices().nth(TOLD_MAX) {
        told.truncate(end);
        told.push('…');
    }
    eprint(&format!("hattama: {told}"));
    if let Some(hint) = fault.hint() {
        eprint(&say("hint", &[("hint", hint.into())]));
    }
}
