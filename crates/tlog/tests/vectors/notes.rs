//! Vectors of notes, keys and checkpoint texts: `signed-note` and `checkpoint`.

use serde_json::Value;
use tlog::checkpoint::Checkpoint;
use tlog::note::{KeyError, Note, NoteError, NoteSigner, VerifierKey};

use crate::{array, json, text, unbase64, unhex};

/// The one accepted note that we refuse: it repeats lines, which others skip unverified.
const REPEATS_LINES: &str = "duplicate lines: known repeated, unknown repeated and altered";

#[test]
fn notes() {
    let Some(file) = json("signed-note/notes.json") else { return };
    let mut repeats = 0;
    for case in array(&file["cases"]) {
        let name = text(&case["name"]);
        let bytes =
            if case["note"].is_null() { unbase64(&case["note_base64"]) } else { text(&case["note"]).into() };
        let keys: Vec<_> =
            array(&case["known_keys"]).iter().map(|key| VerifierKey::parse(text(key)).unwrap()).collect();
        let note = Note::parse(&bytes);
        if name == REPEATS_LINES {
            assert!(matches!(note, Err(NoteError::DuplicateLine { .. })), "{name}: {note:?}");
            repeats += 1;
            continue;
        }
        let verdict = note.clone().and_then(|note| Ok(note.verify(&keys)?.len()));
        match text(&case["expect"]) {
            "accept" => {
                let verified = array(&case["verified"]).len();
                let unknown = usize::try_from(case["unverified_lines"].as_u64().unwrap()).unwrap();
                assert_eq!(verdict, Ok(verified), "{name}");
                assert_eq!(note.unwrap().signatures().len(), verified + unknown, "{name}");
            }
            "reject-malformed" => assert!(note.is_err(), "{name}"),
            "reject-no-verifiable-signature" => {
                assert!(matches!(verdict, Err(NoteError::NoKnownKey { .. })), "{name}: {verdict:?}");
            }
            "reject-invalid-signature" => {
                assert!(matches!(verdict, Err(NoteError::InvalidSignature { .. })), "{name}: {verdict:?}");
            }
            other => panic!("{name}: unknown verdict {other}"),
        }
    }
    assert_eq!((array(&file["cases"]).len(), repeats), (51, 1));
}

/// Keys of cosigners (type 04) and of ML-DSA (type 06) are valid elsewhere: here their type is refused.
#[test]
fn verifier_keys() {
    let Some(file) = json("signed-note/vkeys.json") else { return };
    let (mut accepted, mut other_types) = (0, 0);
    for case in array(&file["cases"]) {
        let encoded = text(&case["vkey"]);
        let verdict = VerifierKey::parse(encoded);
        match (case["valid"].as_bool().unwrap(), case["type"].as_u64()) {
            (true, Some(1)) => {
                assert_eq!(verdict.unwrap().encode(), encoded);
                accepted += 1;
            }
            (true, Some(kind)) => {
                let refused = match u8::try_from(kind).unwrap() {
                    0x06 => KeyError::MlDsa44,
                    found => KeyError::UnsupportedType { expected: 0x01, found },
                };
                assert_eq!(verdict, Err(refused), "{encoded}");
                other_types += 1;
            }
            _ => assert!(verdict.is_err(), "{encoded}: {}", case["why"]),
        }
    }
    assert_eq!((array(&file["cases"]).len(), accepted, other_types), (20, 6, 4));
}

#[test]
fn mangled_verifier_keys() {
    let Some(file) = json("signed-note/vkeys.json") else { return };
    let key = text(&file["cases"][0]["vkey"]);
    for start in 0..key.len() {
        for end in start..=key.len() {
            let part = &key[start..end];
            assert!(part == key || VerifierKey::parse(part).is_err(), "{part}");
        }
        let mut bytes = key.as_bytes().to_vec();
        bytes[start] += 1;
        let mangled = String::from_utf8(bytes).unwrap();
        assert!(VerifierKey::parse(&mangled).is_err(), "{mangled}");
    }
}

#[test]
fn signing() {
    let Some(file) = json("signed-note/sign.json") else { return };
    for case in array(&file["cases"]) {
        let (name, seed) = seed_of(case);
        let signer = NoteSigner::new(&name, &seed).unwrap();
        assert_eq!(signer.verifier_key().encode(), text(&case["vkey"]));
        assert_eq!(signer.sign(text(&case["text"])).unwrap(), text(&case["signed_note"]));
    }
    assert_eq!(array(&file["cases"]).len(), 2);
}

/// Half of the cases carry a Go signing key, whose text form this crate does not read.
fn seed_of(case: &Value) -> (String, [u8; 32]) {
    let Some(key) = case["skey"].as_str() else {
        return (text(&case["name"]).to_owned(), unhex(&case["seed_hex"]).try_into().unwrap());
    };
    let parts: Vec<_> = key.splitn(5, '+').collect();
    let material = unbase64(&Value::from(parts[4]));
    (parts[2].to_owned(), material[1..].try_into().unwrap())
}

#[test]
fn checkpoint_texts() {
    let Some(file) = json("checkpoint/body.json") else { return };
    for case in array(&file["cases"]) {
        let body = text(&case["text"]);
        match (Checkpoint::parse(body), text(&case["strict"])) {
            (Ok(checkpoint), "accept") => assert_eq!(checkpoint.text(), body),
            (Err(_), "reject") => {}
            (verdict, strict) => panic!("{}: expected {strict}, found {verdict:?}", case["desc"]),
        }
    }
    assert_eq!(array(&file["cases"]).len(), 25);
}
