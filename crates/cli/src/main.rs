//! Hands the words of the command line over, and sets the exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run()
}
