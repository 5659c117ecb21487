//! The light reading of an entry says what the full one says.

use alloc::collections::BTreeMap;

use ed25519_dalek::{Signer, SigningKey};
use event::{Body, Event, Hash, Id, Key, Seen, Signature, Stamp, Time, check, event_hash, member_text};
use ledger::{Chain, Entry};

use crate::record::{Record, RecordFault};

fn sealed(text: &str, election: Option<&str>, seq: u64) -> Entry {
    let key = SigningKey::from_bytes(&[7; 32]);
    let content = BTreeMap::from([("text", text)].map(|(name, text)| (name.to_owned(), text.to_owned())));
    let event = Event {
        at: Time::parse("2025-10-12T21:14:00+05:00").unwrap(),
        author: Id::new("tec-semey").unwrap(),
        author_prev: Hash::ZERO,
        author_seq: seq,
        body: Body::from_content(&content).unwrap(),
        desk: Id::new("chair").unwrap(),
        election: election.map(|id| Id::new(id).unwrap()),
        fact: Id::new("certificate-issued").unwrap(),
        ledger: Hash::ZERO,
        seen: Seen::nothing(),
        signers: vec![Key(key.verifying_key().to_bytes())],
        v: 1,
        voids: vec![],
    };
    let bytes = event.encode().unwrap();
    let signed = key.sign(member_text(&event, &event_hash(&bytes)).as_bytes());
    let checked = check(&bytes, &[Signature(signed.to_bytes())]).unwrap();
    let received = Stamp::parse("2025-10-12T16:14:02.123Z").unwrap();
    Entry::seal(checked, seq + 40, Hash([9; 32]), received).unwrap()
}

#[test]
fn it_agrees_with_the_entry() {
    for text in ["plain", r#"a "quoted" \ {[}] text"#, "},\"index\":9,", "№ 12 «Қ»", "\\", "[[[[{{{{"] {
        for (election, seq) in [(None, 0), (Some("semey-2025"), 12)] {
            let entry = sealed(text, election, seq);
            let record = Record::from_entry(entry.bytes().to_vec()).unwrap();
            assert_eq!(record.hash, entry.hash());
            assert_eq!((record.index, record.prev), (entry.index(), entry.prev()));
            assert_eq!(record.event, entry.checked().hash());
            assert_eq!(record.chain, Chain::of_event(entry.event()).to_string());
            assert_eq!(record.author_seq, seq);
        }
    }
}

#[test]
fn what_lacks_a_field_is_no_entry() {
    let entry = String::from_utf8(sealed("text", None, 3).bytes().to_vec()).unwrap();
    for name in ["event", "index", "prev", "author", "author_seq", "desk"] {
        let without = entry.replace(&format!("\"{name}\":"), "\"other\":");
        let fault = Record::from_entry(without.into_bytes()).unwrap_err();
        assert!(matches!(fault, RecordFault::Field { name: found } if found == name), "{fault}");
    }
    let fault = Record::from_entry(vec![b'x'; 65_536]).unwrap_err();
    assert_eq!(fault, RecordFault::Length { found: 65_536 });
    // Cut off anywhere, it is never misread and never stops the program.
    for length in 0..entry.len() {
        let _ = Record::from_entry(entry.as_bytes()[..length].to_vec());
    }
}
