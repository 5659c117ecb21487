//! Runs the shared vectors, which other people published and other programs have checked.
//!
//! Contains `rfc6962`, `merkle-proofs`, `signed-note`, `checkpoint`, `cosignature`, `policy`,
//! `tlog-proof`, `witness`, `tlog-tiles` and `tessera-log-15`. Does not contain what needs
//! ML-DSA-44. The vectors are not part of this repository: they are looked for in the folder that
//! `HATTAMA_SHARED` names, else beside the workspace, and a run without them says so.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stderr,
    reason = "a test stops at the first surprise and says what it skipped"
)]

use std::path::PathBuf;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

#[path = "vectors/cosignatures.rs"]
mod cosignatures;
#[path = "vectors/merkle.rs"]
mod merkle;
#[path = "vectors/notes.rs"]
mod notes;
#[path = "vectors/policies.rs"]
mod policies;
#[path = "vectors/receipts.rs"]
mod receipts;
#[path = "vectors/tiles.rs"]
mod tiles;
#[path = "vectors/witnesses.rs"]
mod witnesses;

/// Names a file or folder of the shared vectors, if they are here.
fn shared(path: &str) -> Option<PathBuf> {
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let folder = std::env::var_os("HATTAMA_SHARED").map_or(beside, PathBuf::from).join("vectors");
    if folder.is_dir() {
        // From here on a missing file is a fault, not a reason to skip.
        return Some(folder.join(path));
    }
    eprintln!("skipped: shared vectors not found at {}", folder.display());
    None
}

fn json(path: &str) -> Option<Value> {
    let path = shared(path)?;
    let bytes = std::fs::read(&path).unwrap_or_else(|fault| panic!("{}: {fault}", path.display()));
    Some(serde_json::from_slice(&bytes).unwrap())
}

fn array(value: &Value) -> &[Value] {
    if value.is_null() { &[] } else { value.as_array().unwrap() }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

fn number(value: &Value) -> u64 {
    value.as_u64().unwrap()
}

fn unhex(value: &Value) -> Vec<u8> {
    hex::decode(text(value)).unwrap()
}

fn hash(value: &Value) -> [u8; 32] {
    unhex(value).try_into().unwrap()
}

fn hashes(value: &Value) -> Vec<[u8; 32]> {
    array(value).iter().map(hash).collect()
}

fn unbase64(value: &Value) -> Vec<u8> {
    STANDARD.decode(text(value)).unwrap()
}
