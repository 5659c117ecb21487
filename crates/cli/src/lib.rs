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
mod inside;
mod keyfile;
mod open;
mod output;
mod pin;
mod source;
mod table;
mod terminal;
mod told;

use std::process::ExitCode;

use clap::Parser;

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
            told::print_fault(&fault);
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
