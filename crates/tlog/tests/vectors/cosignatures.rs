//! Vectors of cosignatures: `cosignature`, and the keys of cosigners in `signed-note`.

use tlog::cosignature::{CosignatureError, Cosigner, CosignerKey, attach_cosignatures};
use tlog::note::{KeyError, Note, NoteSigner, SignatureLine};

use crate::{array, json, number, text, unhex};

/// Reads the one line of a note.
fn line_of(body: &str, line: &str) -> SignatureLine {
    Note::parse(format!("{body}\n{line}").as_bytes()).unwrap().signatures()[0].clone()
}

#[test]
fn lines() {
    let Some(file) = json("cosignature/cosignature-v1.json") else { return };
    let (mut accepted, mut ignored, mut rejected, mut signed) = (0, 0, 0, 0);
    for case in array(&file["cases"]) {
        let (body, line) = (text(&case["checkpoint_text"]), text(&case["line"]));
        let key = CosignerKey::parse(text(&case["vkey"])).unwrap();
        assert_eq!(key.encode(), text(&case["vkey"]));
        assert_eq!(key.key().to_vec(), unhex(&case["public_key_hex"]));
        let read = line_of(body, line);
        assert_eq!((read.encode().as_str(), read.id().to_vec()), (line, unhex(&case["key_id_hex"])));
        let verdict = key.verify(body, &read);
        match text(&case["expect"]) {
            "accept" => {
                assert_eq!(verdict, Ok(number(&case["timestamp"])));
                accepted += 1;
            }
            "ignore" => {
                assert!(
                    !key.claims_line(&read) && matches!(verdict, Err(CosignatureError::ForeignLine { .. }))
                );
                ignored += 1;
            }
            "reject" => {
                assert!(matches!(verdict, Err(CosignatureError::Length { found: 74, .. })), "{verdict:?}");
                rejected += 1;
            }
            other => panic!("unknown verdict {other}"),
        }
        if let Some(seed) = case["seed_hex"].as_str() {
            let seed = hex::decode(seed).unwrap().try_into().unwrap();
            let cosigner = Cosigner::new(key.name(), &seed).unwrap();
            assert_eq!(cosigner.sign(body, number(&case["timestamp"])).unwrap().encode(), line);
            signed += 1;
        }
    }
    assert_eq!((accepted, ignored, rejected, signed), (5, 2, 1, 1));
}

/// The lines of strangers on notes that we sign in the place of their logs, whose keys we lack.
#[test]
fn answers() {
    let Some(file) = json("cosignature/cosignature-v1.json") else { return };
    for case in array(&file["cases"]) {
        let (body, line) = (text(&case["checkpoint_text"]), text(&case["line"]));
        let origin = body.split('\n').next().unwrap();
        let log = NoteSigner::new(origin, &[1; 32]).unwrap();
        let note = log.sign(body).unwrap();
        let key = CosignerKey::parse(text(&case["vkey"])).unwrap();
        let attached = attach_cosignatures(note.as_bytes(), log.verifier_key(), line.as_bytes(), &[key]);
        let expected = (text(&case["expect"]) == "accept").then(|| note + line);
        assert_eq!(attached.ok(), expected);
    }
    assert_eq!(array(&file["cases"]).len(), 8);
}

#[test]
fn cosigner_keys() {
    let Some(file) = json("signed-note/vkeys.json") else { return };
    let (mut accepted, mut plain, mut post_quantum) = (0, 0, 0);
    for case in array(&file["cases"]) {
        let encoded = text(&case["vkey"]);
        let verdict = CosignerKey::parse(encoded);
        match (case["valid"].as_bool().unwrap(), case["type"].as_u64()) {
            (true, Some(4)) => {
                assert_eq!(verdict.unwrap().encode(), encoded);
                accepted += 1;
            }
            (true, Some(6)) => {
                assert_eq!(verdict, Err(KeyError::MlDsa44));
                post_quantum += 1;
            }
            (true, _) => {
                assert_eq!(verdict, Err(KeyError::UnsupportedType { expected: 0x04, found: 0x01 }));
                plain += 1;
            }
            _ => assert!(verdict.is_err(), "{encoded}: {}", case["why"]),
        }
    }
    assert_eq!(array(&file["cases"]).len(), 20);
    assert_eq!((accepted, plain, post_quantum), (3, 6, 1));
    eprintln!("skipped: a key of ML-DSA-44 and what it cosigns; it is refused by name");
}
