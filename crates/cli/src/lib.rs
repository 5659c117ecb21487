//! The program `hattama`: words in, words out.
//!
//! A file of `command/` is a command: its words, what it prints, and the crate that does the work. What is lawful,
//! durable or verified is decided by the crates below.
//!
//! Answers go to stdout, everything else to stderr. Exit codes: 0 done or verified, 1 refused or failed, 2 could not
//! tell, 64 words that no command understands.

mod anchoring;
pub mod announcement;

mod command;
mod fault;
mod keyfile;
mod open;
mod output;
mod passphrase;
mod pem;
mod pin;
mod source;
mod table;
mod terminal;

use std::process::ExitCode;

use clap::Parser;

use texts::program::say;

use terminal::eprint;

/// Characters of an error.
const TOLD_MAX: usize = 10_000;

/// Runs the program on the command line's words.
#[must_use]
pub fn run() -> ExitCode {
    let program = match command::Program::try_parse() {
        Ok(program) => program,
        Err(error) => return usage(&error),
    };
    match program.run() {
        Ok(code) => ExitCode::from(code),
        Err(fault) => {
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
            ExitCode::from(fault.exit_code())
        }
    }
}

/// Wrong words end with 64: clap's own 2 would read as INCOMPLETE.
fn usage(error: &clap::Error) -> ExitCode {
    // Nothing is left to tell when the terminal is gone.
    let _ = error.print();
    if error.use_stderr() { ExitCode::from(64) } else { ExitCode::SUCCESS }
}
