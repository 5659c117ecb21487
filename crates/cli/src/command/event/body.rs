//! What a draft is made of, as people give it: the content as JSON, and seats or keys that sign.

use std::{io::Read as _, path::Path};

use phrase::{Phrase, phrase};

use super::unique_keys::UniqueKeys;
use crate::{
    fault::Fault,
    open::{INPUT_BYTES_MAX, read_pasted_file},
};
use client::files::FileFault;
use event::Key;
use law::{Fact, State};
use ledger::Chain;

/// A fact as people write its content: JSON with spaces and in any order; what is signed is its one canonical form. A field
/// that stands twice is refused here: reading would silently keep the last.
pub(super) fn read_fact(fact: &str, body: &Path) -> Result<Fact, Fault> {
    let tidy = compact_json(&read_body(body)?, body)?;
    Ok(Fact::read_body(fact, &tidy)?)
}

/// The same before it is a fact: fields may be left out where the ledger knows them.
pub(super) fn read_body_value(body: &Path) -> Result<serde_json::Value, Fault> {
    let failed = |error: serde_json::Error| Fault::Body { path: body.to_owned(), error };
    let value: UniqueKeys = serde_json::from_slice(&read_body(body)?).map_err(failed)?;
    Ok(value.0)
}

fn compact_json(body: &[u8], path: &Path) -> Result<Vec<u8>, Fault> {
    let failed = |error: serde_json::Error| Fault::Body { path: path.to_owned(), error };
    let value: UniqueKeys = serde_json::from_slice(body).map_err(failed)?;
    serde_json::to_vec(&value.0).map_err(failed)
}

/// The key of a seat of the author, or a key.
pub(super) fn find_signer(state: &State, chain: &Chain, text: &str) -> Result<Key, Fault> {
    let commission = state.commissions.get(&chain.author);
    if let Some(key) = commission.and_then(|c| c.seat(text)).and_then(|seat| seat.key) {
        return Ok(key);
    }
    let expected = match commission {
        Some(_) => phrase!(
            "argument-seat-or-key",
            "a seat of {author} with a key, or a public key in base64",
            author = chain.author
        ),
        None if state.ledger.is_none() => {
            phrase!("argument-key-or-ledger", "a public key in base64, or --ledger, so that seats are known")
        }
        None => phrase!(
            "argument-key-alone",
            "a public key in base64, since the ledger knows no commission {author}",
            author = chain.author
        ),
    };
    Key::parse(text).map_err(|_| Fault::Argument { expected, found: Phrase::verbatim(text) })
}

fn read_body(path: &Path) -> Result<Vec<u8>, FileFault> {
    let failed = |error| FileFault::Read { path: path.to_owned(), error };
    if path.as_os_str() == "-" {
        let mut bytes = Vec::new();
        std::io::stdin().take(INPUT_BYTES_MAX + 1).read_to_end(&mut bytes).map_err(failed)?;
        let found = bytes.len() as u64;
        if found > INPUT_BYTES_MAX {
            return Err(FileFault::TooLong { path: path.to_owned(), expected: INPUT_BYTES_MAX, found });
        }
        return Ok(bytes);
    }
    read_pasted_file(path)
}
