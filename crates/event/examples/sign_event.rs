//! Drafts an event, has two members sign it, and checks it: `cargo run -p event --example sign_event [FILE]`.
//!
//! With a FILE the signed event is written there, as canonical JSON.
#![allow(clippy::print_stdout, reason = "an example shows what it does")]

use std::{env, error::Error, fs};

use ed25519_dalek::{Signer as _, SigningKey};
use event::{
    Body, Event, Hash, Id, Key, MemberSignature, Seen, Signature, SignedEvent, Time, json, member_text,
};
use serde::{Deserialize, Serialize};

/// What the fact `turnout-reported` says.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Turnout {
    issued: u64,
    precinct: Id,
}

fn main() -> Result<(), Box<dyn Error>> {
    let members = [SigningKey::from_bytes(&[1; 32]), SigningKey::from_bytes(&[2; 32])];
    let mut signers: Vec<Key> = members.iter().map(|key| Key(key.verifying_key().to_bytes())).collect();
    signers.sort();

    // The draft: who states what, where in the author's chain, and which tree the author had seen.
    let event = Event {
        at: Time::parse("2025-10-12T12:00:00+05:00")?,
        author: Id::new("pec-aul-1")?,
        author_prev: Hash::ZERO,
        author_seq: 0,
        body: Body::from_content(&Turnout { issued: 412, precinct: Id::new("aul-1")? })?,
        desk: Id::new("board")?,
        election: Some(Id::new("aul-2025")?),
        fact: Id::new("turnout-reported")?,
        ledger: Hash::ZERO,
        seen: Seen::nothing(),
        signers,
        v: 1,
        voids: Vec::new(),
    };
    let mut signed = SignedEvent::unsigned(event)?;

    // Each member signs a short text that names the event by its hash.
    let text = member_text(&signed.event, &signed.hash());
    println!("each member signs:\n{text}");
    for key in &members {
        let signature = Signature(key.sign(text.as_bytes()).to_bytes());
        signed.add_signature(MemberSignature { signature, signer: Key(key.verifying_key().to_bytes()) })?;
        println!("{} of {} have signed", signed.signatures.len(), signed.event.signers.len());
    }

    let checked = signed.check()?;
    println!("checked event {}", checked.hash());
    if let Some(file) = env::args().nth(1) {
        fs::write(&file, json::encode(&signed)?)?;
        println!("written to {file}");
    }
    Ok(())
}
