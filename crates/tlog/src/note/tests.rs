//! Checks of notes and their keys: one golden note, and every fault by its name.
//!
//! Does not contain published vectors and other implementations, which are in the `tests` folder of
//! the crate.

use alloc::format;
use alloc::string::ToString;
use alloc::vec;

use super::*;

/// The worked example of the C2SP text.
const EXAMPLE_KEY: &str = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
const EXAMPLE_LINE: &str = "— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n";

fn signer(name: &str, seed: u8) -> NoteSigner {
    NoteSigner::new(name, &[seed; 32]).unwrap()
}

fn refusal(note: &str) -> NoteError {
    Note::parse(note.as_bytes()).unwrap_err()
}

#[test]
fn golden_note() {
    let key = VerifierKey::parse(EXAMPLE_KEY).unwrap();
    assert_eq!(key.encode(), EXAMPLE_KEY);
    assert_eq!((key.name(), key.id()), ("example.com/foo", [0x53, 0x0d, 0x90, 0x3a]));
    assert_eq!(VerifierKey::new(key.name(), key.key()), Ok(key.clone()));
    let note = Note::parse(format!("This is an example message.\n\n{EXAMPLE_LINE}").as_bytes()).unwrap();
    assert_eq!(note.text(), "This is an example message.\n");
    assert_eq!(note.signatures()[0].encode(), EXAMPLE_LINE);
    assert_eq!(note.encode(), format!("This is an example message.\n\n{EXAMPLE_LINE}"));
    assert_eq!(note.verify(core::slice::from_ref(&key)), Ok(vec![&key]));
}

#[test]
fn what_is_signed_is_read_back() {
    for text in ["one\n", "\n", "a\n\nb\n", "ends blank\n\n", "Hatodikán\n"] {
        let signer = signer("local", 7);
        let note = Note::parse(signer.sign(text).unwrap().as_bytes()).unwrap();
        assert_eq!(note.text(), text);
        assert_eq!(note.verify(&[signer.verifier_key().clone()]), Ok(vec![signer.verifier_key()]));
    }
    assert_eq!(signer("local", 7).sign(""), Err(NoteError::UnendedText));
    assert_eq!(signer("local", 7).sign("open"), Err(NoteError::UnendedText));
    let hidden = NoteError::ControlCharacter { found: 8, position: 1 };
    assert_eq!(signer("local", 7).sign("a\u{8}\n"), Err(hidden));
    let long = "a".repeat(MAX_NOTE_BYTES) + "\n";
    assert!(matches!(signer("local", 7).sign(&long), Err(NoteError::TooLong { .. })));
}

#[test]
fn known_keys_decide() {
    let (ours, theirs) = (signer("ours", 1), signer("theirs", 2));
    let line =
        |signer: &NoteSigner, text: &str| signer.sign(text).unwrap().replacen(&format!("{text}\n"), "", 1);
    let parse = |lines: &str| Note::parse(format!("t\n\n{lines}").as_bytes()).unwrap();
    let both = parse(&(line(&ours, "t\n") + &line(&theirs, "t\n")));
    let known = [ours.verifier_key().clone(), theirs.verifier_key().clone()];
    assert_eq!(both.verify(&known).unwrap().len(), 2);
    assert_eq!(both.verify(&known[1..]).unwrap(), [theirs.verifier_key()]);
    assert_eq!(both.verify(&[]), Err(NoteError::NoKnownKey { known: 0 }));
    // The other key's valid line does not help a note on which a known key fails.
    let spoilt = parse(&(line(&ours, "t\n") + &line(&theirs, "other\n")));
    assert_eq!(spoilt.verify(&known), Err(NoteError::InvalidSignature { name: "theirs".to_string() }));
    assert_eq!(spoilt.verify(&known[..1]).unwrap(), [ours.verifier_key()]);
    // Same key, other name: another id, hence unknown.
    let renamed = VerifierKey::new("theirs", ours.verifier_key().key()).unwrap();
    assert_eq!(both.verify(&[renamed]), Err(NoteError::NoKnownKey { known: 1 }));
    // The same key twice among the known ones is no ambiguity.
    assert_eq!(both.verify(&[known[0].clone(), known[0].clone()]).unwrap().len(), 1);
}

#[test]
fn a_known_key_with_a_short_signature_fails() {
    let ours = signer("ours", 1);
    for length in [1, 63, 65] {
        let blob = [ours.verifier_key().id().as_slice(), &vec![0; length]].concat();
        let note = format!("t\n\n— ours {}\n", encode_base64(&blob));
        let note = Note::parse(note.as_bytes()).unwrap();
        let refused = note.verify(core::slice::from_ref(ours.verifier_key()));
        assert_eq!(refused, Err(NoteError::InvalidSignature { name: "ours".to_string() }));
    }
}

#[test]
fn named_faults() {
    assert_eq!(refusal(""), NoteError::NoBlankLine);
    assert_eq!(refusal(&format!("text\n{EXAMPLE_LINE}")), NoteError::NoBlankLine);
    assert_eq!(refusal("text\n\n"), NoteError::UnendedLine);
    assert_eq!(refusal(&format!("text\n\n{}", EXAMPLE_LINE.trim_end())), NoteError::UnendedLine);
    assert_eq!(refusal("text\n\nplain\n"), NoteError::NotASignatureLine { position: 0 });
    assert_eq!(refusal("text\n\n— name\n"), NoteError::NotASignatureLine { position: 0 });
    assert_eq!(refusal("te\rxt\n\n— n AAAA\n"), NoteError::ControlCharacter { found: 13, position: 2 });
    assert_eq!(refusal("text\n\n— n AAAA\n"), NoteError::ShortSignature { position: 0, found: 3 });
    assert_eq!(refusal("text\n\n— n AAAAAAB=\n"), NoteError::NotBase64 { position: 0 });
    let twice = NoteError::DuplicateLine { name: "example.com/foo".to_string(), position: 1 };
    assert_eq!(refusal(&format!("text\n\n{EXAMPLE_LINE}{EXAMPLE_LINE}")), twice);
    let named = |fault| NoteError::KeyName { position: 0, fault };
    assert_eq!(refusal("text\n\n—  AAAAAAA=\n"), named(KeyError::EmptyName));
    assert_eq!(refusal("text\n\n— a+b AAAAAAA=\n"), named(KeyError::NameCharacter { found: '+' }));
    assert_eq!(refusal("text\n\n— a\u{a0}b AAAAAAA=\n"), named(KeyError::NameCharacter { found: '\u{a0}' }));
    let long = format!("text\n\n— {} AAAAAAA=\n", "n".repeat(256));
    assert_eq!(refusal(&long), named(KeyError::LongName { found: 256 }));
    assert_eq!(Note::parse(b"a\xff\n\n"), Err(NoteError::NotUtf8 { valid_up_to: 1 }));
    let huge = vec![b'a'; MAX_NOTE_BYTES + 1];
    assert_eq!(Note::parse(&huge), Err(NoteError::TooLong { found: MAX_NOTE_BYTES + 1 }));
    let lines: String = (0..101).map(|i| format!("— k{i} AAAAAAA=\n")).collect();
    assert_eq!(refusal(&format!("text\n\n{lines}")), NoteError::TooManySignatures { found: 101 });
}

#[test]
fn keys_that_are_refused() {
    let low_order: [u8; 32] = core::array::from_fn(|i| u8::from(i == 0));
    assert_eq!(VerifierKey::new("n", low_order), Err(KeyError::LowOrderKey));
    assert_eq!(VerifierKey::new("n", [0; 32]), Err(KeyError::LowOrderKey));
    // p + 3, a second spelling of the point whose y is 3.
    let mut second = [0xff; 32];
    (second[0], second[31]) = (0xf0, 0x7f);
    assert_eq!(VerifierKey::new("n", second), Err(KeyError::NonCanonicalKey));
    let not_a_point: [u8; 32] = core::array::from_fn(|i| if i == 0 { 2 } else { 0 });
    assert_eq!(VerifierKey::new("n", not_a_point), Err(KeyError::NotAPoint));
    assert_eq!(VerifierKey::parse("name+00000000"), Err(KeyError::Parts { found: 2 }));
    assert_eq!(VerifierKey::parse("name+00000000+"), Err(KeyError::Length { found: 0 }));
    assert_eq!(VerifierKey::parse("name+00000000+!"), Err(KeyError::NotBase64));
    let upper = EXAMPLE_KEY.replace("530d903a", "530D903A");
    let wrong = KeyError::WrongId { expected: "530d903a".to_string(), found: "530D903A".to_string() };
    assert_eq!(VerifierKey::parse(&upper), Err(wrong));
    for (kind, length) in [(0x04_u8, 32), (0x06, 1312), (0x01, 31)] {
        let material = [&[kind], vec![9_u8; length].as_slice()].concat();
        let id = u32::from_be_bytes(named_key::key_id("n", &material));
        let refused = VerifierKey::parse(&format!("n+{id:08x}+{}", encode_base64(&material))).unwrap_err();
        let expected = match kind {
            0x01 => KeyError::Length { found: 31 },
            0x06 => KeyError::MlDsa44,
            _ => KeyError::UnsupportedType { expected: 0x01, found: kind },
        };
        assert_eq!(refused, expected);
    }
}

#[test]
fn a_signer_does_not_show_its_seed() {
    let shown = format!("{:?}", signer("n", 0x5a));
    assert!(shown.starts_with("NoteSigner(n+") && !shown.contains("5a5a"), "{shown}");
}
