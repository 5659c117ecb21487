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
mod clock_doubt;
mod control_fault;

mod command;
mod draft_words;
mod fault;
mod fault_words;
mod hidden_prompt;
mod inside;
mod keeping_fault;
mod key_fault;
mod keyfile;
pub mod localized_help;
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
mod usage_fault;

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    process::ExitCode,
};

use clap::{CommandFactory as _, Parser, error::ErrorKind};

use texts::{
    Language,
    program::{answer_language, say, set_answer_language},
};

use localized_help::localize_help;
use terminal::{eprint, note_untold, take_untold};
use usage_fault::{describe_usage, find_asked_language};

/// Exit code of what could not be done or told.
const COULD_NOT: u8 = 2;

/// The words of the program: commands, options and their help in English.
#[must_use]
pub fn command_line() -> clap::Command {
    command::Program::command()
}

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

/// Help, or wrong words, which end with 64: clap's own 2 would read as INCOMPLETE.
fn usage(error: &clap::Error) -> ExitCode {
    set_answer_language(find_asked_language(std::env::args_os()));
    match answer_language() {
        Language::En => note_untold(error.print()),
        lang => tell_usage(error, lang),
    }
    if let Some(error) = take_untold() {
        eprint(&format!("hattama: {}", say("fault-output", &[("error", error.to_string().into())])));
        return ExitCode::from(COULD_NOT);
    }
    if error.use_stderr() { ExitCode::from(64) } else { ExitCode::SUCCESS }
}

/// The same words once more, to a program whose help is in another language.
fn tell_usage(error: &clap::Error, lang: Language) {
    let said = localize_help(command_line(), lang).try_get_matches_from(std::env::args_os());
    match said {
        Err(said) if is_help(&said) => note_untold(said.print()),
        Err(said) => eprint(&describe_usage(&said)),
        Ok(_) => eprint(&describe_usage(error)),
    }
}

fn is_help(error: &clap::Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::DisplayHelp
            | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
            | ErrorKind::DisplayVersion
    )
}
