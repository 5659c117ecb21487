//! Speaks the formats of a C2SP transparency log, bytes in and bytes out.
//!
//! In: the RFC 6962 Merkle tree and its proofs, signed notes with plain Ed25519 keys, checkpoints,
//! tile paths, hash tiles and entry bundles, cosignatures with Ed25519 keys, trust policies,
//! receipts (offline proofs), and what a witness decides. Every text is parsed strictly: what is
//! read must be the one spelling that would have been written. Only policies, which people write,
//! may be spaced and commented freely.
//!
//! Out: files, sockets, clocks, caches, ML-DSA-44, and what an entry means. There are no traits, no
//! threads and no hash maps here, and nothing is fetched: who calls holds the bytes.
#![no_std]

extern crate alloc;

mod canonical;
pub mod checkpoint;
pub mod cosignature;
pub mod note;
pub mod policy;
pub mod proof;
pub mod receipt;
pub mod tile;
pub mod tree;
pub mod witness;
