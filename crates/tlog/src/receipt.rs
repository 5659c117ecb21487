//! Receipts: an entry is in a log, to be checked offline (C2SP tlog-proof).
//!
//! ```text
//! c2sp.org/tlog-proof@v1<LF>
//! extra <base64><LF>                    may be missing
//! index <decimal><LF>
//! <base64 hash[32]><LF>                 0 to 63, the leaf's sibling first
//! <LF>
//! <note of a checkpoint, to the end>
//! ```
//!
//! Contains the strict text, and verifying it for a leaf, under the key of one log or under a
//! policy. Does not contain how a leaf is made, and what the extra bytes mean: nobody signed them,
//! so they are worth nothing until the leaf that was made with their help is proved.

use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::canonical::{decode_base64, decode_decimal, encode_base64};
use crate::checkpoint::{Checkpoint, CheckpointError};
use crate::note::VerifierKey;
use crate::policy::{JudgeError, Judged, Policy};
use crate::proof::{ProofError, verify_inclusion};

/// The most bytes of a receipt: as many as a note may have, and far more than any has.
pub const MAX_RECEIPT_BYTES: usize = 1 << 20;

/// The most hashes of a proof: the height of the tallest tree that a checkpoint can head.
pub const MAX_PROOF_HASHES: usize = 63;

/// What proves that an entry is in a log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// Bytes for the application, which nobody signed; never empty.
    pub extra: Option<Vec<u8>>,
    /// The index of the entry.
    pub index: u64,
    /// The hashes from the leaf's sibling up.
    pub proof: Vec<[u8; 32]>,
    /// The note of the checkpoint, with all its lines.
    pub checkpoint: String,
}

impl Receipt {
    /// Writes the receipt.
    ///
    /// # Errors
    ///
    /// What [`parse`](Self::parse) would refuse is not written.
    pub fn encode(&self) -> Result<String, ReceiptError> {
        let mut text = format!("{FIRST_LINE}\n");
        if let Some(extra) = &self.extra {
            text.push_str(&format!("{EXTRA}{}\n", encode_base64(extra)));
        }
        text.push_str(&format!("{INDEX}{}\n", self.index));
        for hash in &self.proof {
            text.push_str(&format!("{}\n", encode_base64(hash)));
        }
        text.push('\n');
        text.push_str(&self.checkpoint);
        Self::parse(text.as_bytes())?;
        Ok(text)
    }

    /// Reads a receipt, refusing every spelling but the one [`encode`](Self::encode) writes.
    ///
    /// The checkpoint is taken as it is: only verifying tells whether it is one.
    ///
    /// # Errors
    ///
    /// Every [`ReceiptError`].
    pub fn parse(bytes: &[u8]) -> Result<Self, ReceiptError> {
        if bytes.len() > MAX_RECEIPT_BYTES {
            return Err(ReceiptError::TooLong { found: bytes.len() });
        }
        let whole = core::str::from_utf8(bytes)
            .map_err(|fault| ReceiptError::NotUtf8 { valid_up_to: fault.valid_up_to() })?;
        let (head, checkpoint) = whole.split_once("\n\n").ok_or(ReceiptError::NoBlankLine)?;
        let mut lines = head.split('\n').peekable();
        if lines.next() != Some(FIRST_LINE) {
            return Err(ReceiptError::FirstLine);
        }
        let extra = lines.next_if(|line| line.starts_with(EXTRA)).map(parse_extra).transpose()?;
        let index = parse_index(lines.next().unwrap_or_default())?;
        let count = lines.clone().count();
        if count > MAX_PROOF_HASHES {
            return Err(ReceiptError::TooManyHashes { found: count });
        }
        let proof = lines.enumerate().map(parse_hash).collect::<Result<_, _>>()?;
        if !checkpoint.ends_with('\n') {
            return Err(ReceiptError::UnendedCheckpoint);
        }
        Ok(Self { extra, index, proof, checkpoint: checkpoint.to_owned() })
    }

    /// Checks that the log with this key has the leaf, and returns the checkpoint that says so.
    ///
    /// # Errors
    ///
    /// [`InclusionError::Checkpoint`] or [`InclusionError::Proof`].
    pub fn verify(&self, leaf_hash: &[u8; 32], log: &VerifierKey) -> Result<Checkpoint, InclusionError> {
        let checkpoint = Checkpoint::open(self.checkpoint.as_bytes(), log)?;
        self.leads_to(leaf_hash, &checkpoint)?;
        Ok(checkpoint)
    }

    /// Checks that a log of this policy has the leaf, under a checkpoint with enough cosignatures.
    ///
    /// # Errors
    ///
    /// [`InclusionError::Judge`] or [`InclusionError::Proof`].
    pub fn verify_under<'p>(
        &self,
        leaf_hash: &[u8; 32],
        policy: &'p Policy,
    ) -> Result<Judged<'p>, InclusionError> {
        let judged = policy.judge_note(self.checkpoint.as_bytes())?;
        self.leads_to(leaf_hash, &judged.checkpoint)?;
        Ok(judged)
    }

    fn leads_to(&self, leaf_hash: &[u8; 32], checkpoint: &Checkpoint) -> Result<(), ProofError> {
        verify_inclusion(self.index, checkpoint.size, leaf_hash, &self.proof, &checkpoint.root)
    }
}

/// A reason to refuse the text of a receipt.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, phrase::Phrased)]
pub enum ReceiptError {
    /// The receipt is larger than a receipt may be.
    #[error("expected a receipt of at most {MAX_RECEIPT_BYTES} bytes, found {found}")]
    TooLong {
        /// How many bytes there are.
        found: usize,
    },
    /// The receipt is not text.
    #[error("expected UTF-8, found another byte at {valid_up_to}")]
    NotUtf8 {
        /// Where the text stops.
        valid_up_to: usize,
    },
    /// Nothing parts the proof from the checkpoint.
    #[error("expected a blank line before the checkpoint, found none")]
    NoBlankLine,
    /// The first line is another.
    #[error("expected {FIRST_LINE} on the first line, found another")]
    FirstLine,
    /// The extra bytes are not base64, or not in the one spelling of it.
    #[error("expected the extra bytes in canonical base64, found another spelling")]
    ExtraSpelling,
    /// There are no extra bytes; then their line is left out.
    #[error("expected at least one extra byte, found none")]
    EmptyExtra,
    /// The line with the index is missing.
    #[error("expected a line with the index, found {found:?}")]
    NoIndex {
        /// The line in its place.
        found: String,
    },
    /// The index is not a number in the one spelling of it.
    #[error("expected an index in plain decimal, found {found:?}")]
    IndexSpelling {
        /// The number.
        found: String,
    },
    /// There are more hashes than any proof has.
    #[error("expected at most {MAX_PROOF_HASHES} hashes, found {found}")]
    TooManyHashes {
        /// How many lines there are.
        found: usize,
    },
    /// A hash is not base64, or not in the one spelling of it.
    #[error("expected proof hash {position} in canonical base64, found another spelling")]
    HashSpelling {
        /// Which hash, counted from zero.
        position: usize,
    },
    /// A hash is not 32 bytes long.
    #[error("expected 32 bytes in proof hash {position}, found {found}")]
    HashLength {
        /// Which hash, counted from zero.
        position: usize,
        /// How many bytes it has.
        found: usize,
    },
    /// The checkpoint is missing or breaks off.
    #[error("expected a checkpoint that ends with a line feed, found none")]
    UnendedCheckpoint,
}

/// A reason not to take a receipt for a proof.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, phrase::Phrased)]
pub enum InclusionError {
    /// The checkpoint is not one that the log signed.
    #[error(transparent)]
    Checkpoint(#[from] CheckpointError),
    /// The checkpoint is not one that counts under the policy.
    #[error(transparent)]
    Judge(#[from] JudgeError),
    /// The leaf is not in the tree of the checkpoint, or not at the index.
    #[error(transparent)]
    Proof(#[from] ProofError),
}

fn parse_extra(line: &str) -> Result<Vec<u8>, ReceiptError> {
    let extra = line.strip_prefix(EXTRA).and_then(decode_base64).ok_or(ReceiptError::ExtraSpelling)?;
    if extra.is_empty() { Err(ReceiptError::EmptyExtra) } else { Ok(extra) }
}

fn parse_index(line: &str) -> Result<u64, ReceiptError> {
    let number = line.strip_prefix(INDEX).ok_or_else(|| ReceiptError::NoIndex { found: line.to_owned() })?;
    decode_decimal(number).ok_or_else(|| ReceiptError::IndexSpelling { found: number.to_owned() })
}

fn parse_hash((position, line): (usize, &str)) -> Result<[u8; 32], ReceiptError> {
    let bytes = decode_base64(line).ok_or(ReceiptError::HashSpelling { position })?;
    bytes.as_slice().try_into().map_err(|_| ReceiptError::HashLength { position, found: bytes.len() })
}

const FIRST_LINE: &str = "c2sp.org/tlog-proof@v1";
const EXTRA: &str = "extra ";
const INDEX: &str = "index ";

#[cfg(test)]
mod tests;
