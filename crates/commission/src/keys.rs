//! Secret keys at rest: files, the passphrases that lock them, and what can be wrong with either.

pub mod fault;
pub mod file;
pub mod passphrase;
mod pem;
pub mod private;
