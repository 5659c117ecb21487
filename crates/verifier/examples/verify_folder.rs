//! Verifies a published ledger: `cargo run -p verifier --example verify_folder [DIR]`.
//!
//! Without DIR the example publishes a ledger of one entry, its charter, into a folder that is removed again.
#![allow(clippy::print_stdout, reason = "an example shows what it does")]

use std::{env, error::Error, fs, path::Path};

use ed25519_dalek::{Signer as _, SigningKey};
use event::{Hash, Id, Key, MemberSignature, Signature, Stamp, Text, Time, key_text, member_text};
use law::{
    Fact,
    facts::{Clock, LedgerOpened, OfficeKey, Quorum},
};
use ledger::{Chain, Entry, Head};
use tlog::{checkpoint::Checkpoint, note::NoteSigner, tile};
use verifier::{ObserverInputs, Verification, folder};

fn main() -> Result<(), Box<dyn Error>> {
    let (own, given) = (tempfile::tempdir()?, env::args().nth(1));
    if given.is_none() {
        publish_charter(own.path())?;
    }
    let source = folder::read_folder(given.as_deref().map_or(own.path(), Path::new))?;
    // An observer who brings nothing along: no pinned checkpoint, no scanned protocols, no kept state.
    let verification = Verification::run(&source, &ObserverInputs::default(), None);
    println!("{}", verification.report().to_text());
    println!("{} kinds of misbehaviour can be proved to others", verification.evidence().len());
    Ok(())
}

/// Publishes a ledger that holds nothing but its charter: checkpoint, entry bundle, tiles.
fn publish_charter(dir: &Path) -> Result<(), Box<dyn Error>> {
    let log = NoteSigner::new("test.example/ledger", &[4; 32])?;
    let mut head = Head::default();
    let entry = seal_charter(&head, &log)?;
    let bundle = tile::encode_bundle(&[entry.bytes()])?;
    head.extend(head.admit(entry)?);
    let origin = log.verifier_key().name().to_owned();
    let checkpoint = Checkpoint { origin, size: head.size(), root: head.root().0, extensions: Vec::new() };
    fs::write(dir.join("checkpoint"), checkpoint.sign(&log)?)?;
    fs::create_dir_all(dir.join("tile/entries/000.p"))?;
    fs::create_dir_all(dir.join("tile/0/000.p"))?;
    fs::write(dir.join("tile/entries/000.p/1"), bundle)?;
    fs::write(dir.join("tile/0/000.p/1"), head.root().0)?;
    Ok(())
}

/// The charter as entry 0, signed by the one root key.
fn seal_charter(head: &Head, log: &NoteSigner) -> Result<Entry, Box<dyn Error>> {
    let sign = |seed: u8, text: &str| {
        let key = SigningKey::from_bytes(&[seed; 32]);
        (Key(key.verifying_key().to_bytes()), Signature(key.sign(text.as_bytes()).to_bytes()))
    };
    let (cec, root) = (Id::new("cec")?, sign(1, "").0);
    let prove = |seed: u8, member: &str| -> Result<OfficeKey, Box<dyn Error>> {
        let (key, proof) = sign(seed, &key_text(&Hash::ZERO, &cec, &Id::new(member)?));
        Ok(OfficeKey { key, proof })
    };
    let charter = LedgerOpened {
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
    };
    let chain = Chain { author: cec.clone(), election: None, desk: Id::new("board")? };
    let at = Time::parse("2025-08-19T10:00:00+05:00")?;
    let mut signed = head.draft(chain, &Fact::LedgerOpened(charter), at, vec![root])?;
    let (signer, signature) = sign(1, &member_text(&signed.event, &signed.hash()));
    signed.add_signature(MemberSignature { signature, signer })?;
    Ok(head.seal(signed.check()?, Stamp::parse("2025-08-19T05:00:01.000Z")?)?)
}
