//! Speaks the formats of a C2SP transparency log, bytes in and bytes out.
//!
//! Contains the RFC 6962 Merkle tree and its proofs, signed notes with plain Ed25519 keys,
//! checkpoints, tile paths, hash tiles and entry bundles, cosignatures with Ed25519 keys, trust
//! policies, receipts (offline proofs), and what a witness decides. Every text is parsed strictly:
//! what is read must be the one spelling that would have been written. Only policies, which people
//! write, may be spaced and commented freely.
//!
//! Does not contain files, sockets, clocks, caches, ML-DSA-44, and what an entry means. There are
//! no traits, no threads and no hash maps here, and nothing is fetched: who calls holds the bytes.
//!
//! A log signs its head and proves that an entry stands in it; whoever has the log's key checks the proof without the log:
//!
//! ```
//! use tlog::{checkpoint::Checkpoint, note::NoteSigner, receipt::Receipt, tree::{Tree, leaf_hash}};
//!
//! let mut tree = Tree::default();
//! for entry in [b"first".as_slice(), b"second", b"third"] {
//!     tree.push(leaf_hash(entry));
//! }
//! let log = NoteSigner::new("example.org/log", &[7; 32])?;
//! let head = Checkpoint { origin: "example.org/log".into(), size: 3, root: tree.root(), extensions: vec![] };
//! let proof = tree.prove_inclusion(1, 3).ok_or("entry 1 is in a tree of 3")?;
//! let receipt = Receipt { extra: None, index: 1, proof, checkpoint: head.sign(&log)? };
//!
//! let read = Receipt::parse(receipt.encode()?.as_bytes())?;
//! assert_eq!(read.verify(&leaf_hash(b"second"), log.verifier_key())?, head);
//! assert!(read.verify(&leaf_hash(b"another"), log.verifier_key()).is_err());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
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
