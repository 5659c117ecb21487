//! Secret keys: files and the passphrases that lock them, programs that hold a key elsewhere, the piece that registers a key.

pub mod change;
pub mod fault;
pub mod file;
pub mod fingerprint;
mod mode;
pub mod passphrase;
mod pem;
pub mod piece;
pub mod private;
pub mod signing_key;
pub mod signing_program;
pub mod strength;
