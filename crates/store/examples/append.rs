//! Appends an event to a ledger in a folder and reads it back: `cargo run -p store --example append [DIR]`.
//!
//! DIR must not be there yet; without it the ledger is made in a folder that is removed again. The event is the charter,
//! written out as the text that a commission would hand over.
#![allow(clippy::print_stdout, reason = "an example shows what it does")]

use std::{env, error::Error, path::PathBuf};

use ed25519_dalek::{Signer as _, SigningKey};
use event::{
    CanonicalEvent, Hash, Id, Key, MemberSignature, Seen, Signature, SignedEvent, Stamp, key_text,
    member_text,
};
use ledger::Head;
use store::Store;
use tlog::{checkpoint::Checkpoint, note::NoteSigner};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let dir = env::args().nth(1).map_or_else(|| folder.path().join("ledger"), PathBuf::from);
    let log = NoteSigner::new("test.example/ledger", &[4; 32])?;
    let signed = sign_charter(&log)?;

    // The head judges: it gives the event its place, and refuses what the law does not permit.
    let mut head = Head::default();
    let entry = head.seal(signed.check()?, Stamp::parse("2025-08-19T05:00:01.000Z")?)?;
    let admitted = head.admit(entry)?;

    // The journal makes it durable; only then does the head take it in, and only then is a checkpoint signed.
    let mut store = Store::create(&dir)?;
    store.commit(std::slice::from_ref(&admitted))?;
    head.extend(admitted);
    let origin = log.verifier_key().name().to_owned();
    let checkpoint = Checkpoint { origin, size: head.size(), root: head.root().0, extensions: Vec::new() };
    store.set_head(head.size(), checkpoint.sign(&log)?.as_bytes())?;
    store.close()?;

    let (store, notices) = Store::open(&dir)?;
    println!("{}: {} entries, {} notices", dir.display(), store.size(), notices.len());
    if let Some((size, note)) = store.head() {
        println!("checkpoint over {size}:\n{}", String::from_utf8(note)?);
    }
    for entry in store.entries()? {
        println!("{}", String::from_utf8(entry?)?);
    }
    Ok(())
}

/// The charter of a ledger, which is its first event, signed by the one root key.
fn sign_charter(log: &NoteSigner) -> Result<SignedEvent, Box<dyn Error>> {
    let root = SigningKey::from_bytes(&[1; 32]);
    let signer = Key(root.verifying_key().to_bytes());
    let prove = |seed: u8, member: &str| -> Result<String, Box<dyn Error>> {
        let key = SigningKey::from_bytes(&[seed; 32]);
        let proof = key.sign(key_text(&Hash::ZERO, &Id::new("cec")?, &Id::new(member)?).as_bytes());
        let (key, proof) = (Key(key.verifying_key().to_bytes()), Signature(proof.to_bytes()));
        Ok(format!(r#"{{"key":"{key}","proof":"{proof}"}}"#))
    };
    let (office, service) = (prove(2, "office-1")?, prove(3, "service")?);
    let (log_key, origin) = (Key(log.verifier_key().key()), log.verifier_key().name());
    let body = format!(
        r#"{{"clock":"simulated","log_key":"{log_key}","name":"An example","office_keys":[{office}],"origin":"{origin}","promise_minutes":60,"quorum":"officers","root_keys":["{signer}"],"rules":1,"service_key":{service},"test":true,"threshold":1}}"#
    );
    let (none, seen) = (Hash::ZERO, Seen::nothing().root);
    let event = format!(
        r#"{{"at":"2025-08-19T10:00:00+05:00","author":"cec","author_prev":"{none}","author_seq":0,"body":{body},"desk":"board","fact":"ledger-opened","ledger":"{none}","seen":{{"root":"{seen}","size":0}},"signers":["{signer}"],"v":1}}"#
    );
    let mut signed = SignedEvent { event: CanonicalEvent::decode(event.as_bytes())?, signatures: Vec::new() };
    let text = member_text(&signed.event, &signed.hash());
    let signature = Signature(root.sign(text.as_bytes()).to_bytes());
    signed.add_signature(MemberSignature { signature, signer })?;
    Ok(signed)
}
