//! The folder name of a log, which a witness and whoever asks it both make.

/// The folder of a log under the prefix of monitoring, as in C2SP tlog-witness: SHA-256 of its origin.
pub(crate) fn log_folder(origin: &str) -> String {
    event::sha256(&[origin.as_bytes()]).to_string()
}
