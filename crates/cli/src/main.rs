//! Hands the words of the command line over, and sets the exit code.
//!
//! In: that. Out: everything else (`cli`).

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run()
}
