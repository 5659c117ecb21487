//! Checks offline that a log took an event in: `cargo run -p ledger --example check_receipt [EVENT RECEIPT LOG_KEY]`.
//!
//! EVENT and RECEIPT are files, LOG_KEY is the verifier key of the log as C2SP writes it. Without them the example opens
//! a ledger of one entry in memory, and takes the receipt from that.
#![allow(clippy::print_stdout, reason = "an example shows what it does")]

use std::{env, error::Error, fs};

use ed25519_dalek::{Signer as _, SigningKey};
use event::{
    Hash, Id, Key, MemberSignature, Signature, SignedEvent, Stamp, Text, Time, key_text, member_text,
};
use law::{
    Fact,
    facts::{Clock, LedgerOpened, OfficeKey, Quorum},
};
use ledger::{Chain, Head, receipt};
use tlog::{
    checkpoint::Checkpoint,
    note::{NoteSigner, VerifierKey},
    receipt::Receipt,
};

fn main() -> Result<(), Box<dyn Error>> {
    let words: Vec<String> = env::args().skip(1).collect();
    let (signed, receipt, log_key) = match words.as_slice() {
        [event, receipt, key] => {
            let (event, receipt) = (fs::read(event)?, fs::read(receipt)?);
            (SignedEvent::decode(&event)?, Receipt::parse(&receipt)?, VerifierKey::parse(key)?)
        }
        _ => open_ledger()?,
    };
    // Nothing of the receipt is believed: the entry is built again from the event, and the proof must lead from its hash.
    let entry = receipt::rebuild_entry(&receipt, signed.check()?)?;
    let checkpoint = receipt.verify(&entry.hash().0, &log_key)?;
    println!("{} has the event as entry {}", checkpoint.origin, entry.index());
    println!("received {}, proved under a tree of {} entries", entry.received(), checkpoint.size);
    Ok(())
}

/// A ledger with nothing but its charter; the receipt of that, and the key of the log.
fn open_ledger() -> Result<(SignedEvent, Receipt, VerifierKey), Box<dyn Error>> {
    let log = NoteSigner::new("test.example/ledger", &[4; 32])?;
    let sign = |seed: u8, text: &str| {
        let key = SigningKey::from_bytes(&[seed; 32]);
        (Key(key.verifying_key().to_bytes()), Signature(key.sign(text.as_bytes()).to_bytes()))
    };
    let (cec, root) = (Id::new("cec")?, sign(1, "").0);
    let prove = |seed: u8, member: &str| -> Result<OfficeKey, Box<dyn Error>> {
        let (key, proof) = sign(seed, &key_text(&Hash::ZERO, &cec, &Id::new(member)?));
        Ok(OfficeKey { key, proof })
    };
    let charter = Fact::LedgerOpened(LedgerOpened {
        names: None,
        clock: Clock::Simulated,
        log_key: Key(log.verifier_key().key()),
        name: Text::new("An example")?,
        office_keys: vec![prove(2, "office-1")?],
        origin: Text::new(log.verifier_key().name())?,
        promise_minutes: 60,
        quorum: Quorum::Officers,
        root_keys: vec![root],
        rules: 1,
        service_key: prove(3, "service")?,
        synthetic: std::collections::BTreeSet::new(),
        test: true,
        threshold: 1,
    });
    let mut head = Head::default();
    let chain = Chain { author: cec.clone(), election: None, desk: Id::new("board")? };
    let at = Time::parse("2025-08-19T10:00:00+05:00")?;
    let mut signed = head.draft(chain, &charter, at, vec![root])?;
    let (signer, signature) = sign(1, &member_text(&signed.event, &signed.hash()));
    signed.add_signature(MemberSignature { signature, signer })?;
    let entry = head.seal(signed.check()?, Stamp::parse("2025-08-19T05:00:01.000Z")?)?;
    head.extend(head.admit(entry.clone())?);
    let origin = log.verifier_key().name().to_owned();
    let checkpoint = Checkpoint { origin, size: head.size(), root: head.root().0, extensions: Vec::new() };
    let receipt = receipt::issue_receipt(head.tree(), &entry, checkpoint.sign(&log)?.as_bytes())?;
    Ok((signed, receipt, log.verifier_key().clone()))
}
