//! The program `hattama`: words in, words out.
//!
//! In: commands, key files, the demo. Out: what is lawful, durable or verified: the floors below.
//!
//! Answers go to stdout, everything else to stderr. Exit codes: 0 done or verified, 1 refused or failed, 2 could not
//! tell, 64 words that no command understands.

pub mod announcement;
pub mod form;
pub mod protocol;
pub mod sealed;
pub mod slip;
pub mod texts;

mod book;
mod client;
mod command;
mod fault;
mod keyfile;
mod outbox;
mod pin;
mod source;
mod table;
mod watch;

use std::process::ExitCode;

use clap::Parser;

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
            let mut told = fault.told();
            if let Some((end, _)) = told.char_indices().nth(TOLD_MAX) {
                told.truncate(end);
                told.push('…');
            }
            eprint(&format!("hattama: {told}"));
            if let Some(hint) = fault.hint() {
                eprint(&texts::say("hint", &[("hint", hint.into())]));
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

/// An answer with no signs but its own: lines, tabs, and the line ends of CSV.
fn harmless(text: &str) -> String {
    let lines: Vec<_> = text.split("\r\n").map(|part| verifier::harmless(part, &['\n', '\t'])).collect();
    lines.join("\r\n")
}

/// One line to stdout; a reader who has gone away is no fault.
#[allow(clippy::print_stdout, reason = "the one place that answers")]
fn print(text: &str) {
    use std::io::Write as _;
    let _ = writeln!(std::io::stdout(), "{}", harmless(text));
}

/// One line to stderr.
#[allow(clippy::print_stderr, reason = "the one place that tells")]
fn eprint(text: &str) {
    use std::io::Write as _;
    let _ = writeln!(std::io::stderr(), "{}", harmless(text));
}
