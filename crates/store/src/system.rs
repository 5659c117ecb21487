//! The system that a ledger is kept on: Linux, for that is where it was tried what a power cut leaves of a file.

use crate::OpenError;

/// Refuses a system on which no ledger is kept, no node serves and no witness answers.
///
/// # Errors
/// [`OpenError::System`].
pub fn require_linux() -> Result<(), OpenError> {
    require_kept(std::env::consts::OS)
}

/// Other systems than Windows write files as Linux does, and developers use them.
fn require_kept(found: &'static str) -> Result<(), OpenError> {
    if found == "windows" { Err(OpenError::System { found }) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_is_told_what_to_do_instead() {
        let refused = require_kept("windows").unwrap_err().to_string();
        for words in ["Linux", "windows", "WSL", "outbox"] {
            assert!(refused.contains(words), "{refused}");
        }
        assert!(require_kept("linux").is_ok());
    }
}
