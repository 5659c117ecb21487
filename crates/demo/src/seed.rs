//! Figures and keys that follow from a public seed: the same seed and label always give the same.

use sha2::{Digest, Sha256};

/// The seed of every key and figure of the Semey demo, public on purpose.
pub const SEED: &str = "semey-2025-10-12";

/// A number below `below` that is always the same for the same seed and label.
#[must_use]
pub fn draw_figure(seed: &str, label: &str, below: u64) -> u64 {
    let hash = event::sha256(&[b"hattama-demo-figure\n", seed.as_bytes(), b"\n", label.as_bytes()]);
    let [a, b, c, d, e, f, g, h, ..] = hash.0;
    u64::from_be_bytes([a, b, c, d, e, f, g, h]) % below.max(1)
}

/// Returns the seed of a demonstration key: SHA-256 of `hattama-demo-key-v1\n<seed_text>\n<label>\n`.
///
/// **Warning**: whoever knows the two words has the key. It is for the demo and for `keys-example/`, whose
/// secrets are public; nothing that such a key signs proves anything.
#[must_use]
pub fn demonstration_key(seed_text: &str, label: &str) -> [u8; 32] {
    Sha256::digest(format!("hattama-demo-key-v1\n{seed_text}\n{label}\n")).into()
}
