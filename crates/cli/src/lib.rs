//! The program `hattama`: words in, words out.
//!
//! A file of `command/` is a command: its words, what it prints, and the crate that does the work. What is lawful,
//! durable or verified is decided by the crates below.
//!
//! Answers go to stdout, everything else to stderr. Exit codes: 0 done or verified, 1 refused or failed, 2 could not
//! tell, 64 words that no command understands.

mod anchoring;
pub mod announcement;
mod claims_fault;

mod command;
mod draft_words;
mod fault;
mod fault_words;
mod hidden_prompt;
mod inside;
mod keeping_fault;
mod key_fault;
mod keyfile;
mod named;
mod open;
mod output;
mod pin;
mod release_fault;
mod signing;
mod site_folder;
mod source;
mod table;
mod terminal;
mod told;

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    process::ExitCode,
};

use clap::Parser;

use texts::program::say;

use terminal::{eprint, note_untold, take_untold};

/// Exit code of what could not be done or told.
const COULD_NOT: u8 = 2;

/// Runs the program on the command line's words.
#[must_use]
pub fn run() -> ExitCode {
    let program = match command::Program::try_parse() {
        Ok(program) => program,
        Err(error) => return usage(&error),
    };
    // A panic of something that the program is built of is no answer: neither "verified" nor "refused".
    let Ok(ended) = catch_unwind(AssertUnwindSafe(|| program.run())) else {
        eprint(&format!("hattama: {}", say("fault-panic", &[])));
        return ExitCode::from(COULD_NOT);
    };
    let code = match ended {
        Ok(code) => code,
        Err(fault) => {
            told::print_fault(&fault);
            fault.exit_code()
        }
    };
    // An answer that nobody could read was not given.
    if let Some(error) = take_untold() {
        eprint(&format!("hattama: {}", say("fault-output", &[("error", error.to_string().into())])));
        return ExitCode::from(if code == 0 { COULD_NOT } else { code });
    }
    ExitCode::from(code)
}

/// Wrong words end with 64: clap's own 2 would read as INCOMPLETE.
fn usage(error: &clap::Error) -> ExitCode {
    note_untold(error.print());
    if let Some(error) = take_untold() {
        eprint(&format!("hattama: {}", say("fault-output", &[("error", error.to_string().into())])));
        return ExitCode::from(COULD_NOT);
    }
    if error.use_stderr() { ExitCode::from(64) } else { ExitCode::SUCCESS }
}
