//! Checks of policies: what counts under one, and every fault by its name.
//!
//! Does not contain published vectors, which are in the `tests` folder of the crate.

use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec;

use super::*;
use crate::checkpoint::{Checkpoint, CheckpointError};
use crate::cosignature::{CosignatureError, Cosigner};
use crate::note::{KeyError, NoteError, NoteSigner};

fn log(name: &str, seed: u8) -> NoteSigner {
    NoteSigner::new(name, &[seed; 32]).unwrap()
}

fn cosigner(seed: u8) -> Cosigner {
    Cosigner::new(&format!("w{seed}.example"), &[seed; 32]).unwrap()
}

fn log_line(name: &str, seed: u8) -> String {
    format!("log {}\n", log(name, seed).verifier_key().encode())
}

/// The witness named `w<seed>`.
fn witness_line(seed: u8) -> String {
    format!("witness w{seed} {}\n", cosigner(seed).cosigner_key().encode())
}

/// One log, the witnesses w2 to w6, and the given lines.
fn policy(lines: &str) -> Result<Policy, PolicyError> {
    let witnesses: String = (2..=6).map(witness_line).collect();
    Policy::parse(format!("{}{witnesses}{lines}", log_line("a.example", 1)).as_bytes())
}

fn head(origin: &str) -> Checkpoint {
    Checkpoint { origin: origin.to_owned(), size: 7, root: [0xab; 32], extensions: vec![] }
}

/// The head of a.example, signed by its log and by these witnesses.
fn cosigned(seeds: &[u8]) -> String {
    let checkpoint = head("a.example");
    let lines = seeds.iter().map(|seed| cosigner(*seed).sign(&checkpoint.text(), 1000 + u64::from(*seed)));
    let lines: String = lines.map(|line| line.unwrap().encode()).collect();
    checkpoint.sign(&log("a.example", 1)).unwrap() + &lines
}

#[test]
fn a_quorum_is_a_tree() {
    let groups = "group left any w2 w3\ngroup right 2 w4 w5 w6\ngroup top all left right\nquorum top\n";
    let policy = policy(groups).unwrap();
    for mask in 0..32_u8 {
        let seeds: Vec<u8> = (0..5).filter(|bit| mask >> bit & 1 == 1).map(|bit| bit + 2).collect();
        let (left, right) = ((mask & 3).count_ones(), (mask >> 2).count_ones());
        let found = usize::from(left >= 1) + usize::from(right >= 2);
        let note = cosigned(&seeds);
        let (examined, quorum) = policy.examine_note(note.as_bytes()).unwrap();
        assert_eq!((examined.log.name(), &examined.checkpoint), ("a.example", &head("a.example")));
        let times: Vec<_> = examined.cosignatures.iter().map(|found| found.time).collect();
        assert_eq!(times, seeds.iter().map(|seed| 1000 + u64::from(*seed)).collect::<Vec<_>>());
        let unmet = QuorumNotMet { name: "top".to_owned(), expected: 2, found };
        if found == 2 {
            assert_eq!((quorum, policy.judge_note(note.as_bytes())), (Ok(()), Ok(examined)), "{seeds:?}");
        } else {
            assert_eq!(quorum, Err(unmet.clone()), "{seeds:?}");
            assert_eq!(policy.judge_note(note.as_bytes()), Err(JudgeError::Quorum(unmet)), "{seeds:?}");
        }
    }
}

/// Against the definition: every set of witnesses that is a quorum has one of these in it.
#[test]
fn who_meets_every_quorum() {
    let tree = "group left any w2 w3\ngroup right 2 w4 w5 w6\ngroup top all left right\nquorum top\n";
    let most = "group most 3 w2 w3 w4 w5 w6\nquorum most\n";
    for text in [tree, most, "quorum w3\n"] {
        let policy = policy(text).unwrap();
        let seeds = |mask: u8| (0..5).filter(move |bit| mask >> bit & 1 == 1).map(|bit| bit + 2);
        let quorums: Vec<u8> = (0..32)
            .filter(|mask| policy.judge_note(cosigned(&seeds(*mask).collect::<Vec<_>>()).as_bytes()).is_ok())
            .collect();
        for mask in 0..32_u8 {
            let who =
                |witness: &Witness| seeds(mask).any(|seed| witness.name == format!("w{seed}").into_bytes());
            let expected = quorums.iter().all(|quorum| quorum & mask != 0);
            assert_eq!(policy.meets_every_quorum(who), expected, "{mask:b} in {text}");
        }
    }
    let none = policy("quorum none\n").unwrap();
    assert!(none.meets_every_quorum(|_| true));
    assert!(!none.meets_every_quorum(|witness| witness.name != b"w4"));
}

#[test]
fn a_quorum_of_one_and_of_none() {
    let one = policy("quorum w3\n").unwrap();
    assert!(one.judge_note(cosigned(&[3]).as_bytes()).is_ok());
    let unmet = one.judge_note(cosigned(&[2, 4]).as_bytes()).unwrap_err();
    assert_eq!(unmet.to_string(), "quorum not met: expected 1 of \"w3\", found 0");
    let none = policy("quorum none\n").unwrap();
    assert!(none.judge_note(cosigned(&[]).as_bytes()).unwrap().cosignatures.is_empty());
    // A group inside another may be the quorum as well.
    let inner = policy("group in any w2 w3\ngroup out all in w4\nquorum in\n").unwrap();
    assert!(inner.judge_note(cosigned(&[2]).as_bytes()).is_ok());
}

#[test]
fn strangers_are_ignored_and_known_keys_must_hold() {
    let policy = policy("quorum w2\n").unwrap();
    assert!(policy.judge_note(cosigned(&[2, 9]).as_bytes()).is_ok());
    // The key of w2 under another name is a stranger.
    let renamed = Cosigner::new("w3.example", &[2; 32]).unwrap();
    let line = renamed.sign(&head("a.example").text(), 5).unwrap().encode();
    let (examined, quorum) = policy
        .examine_note((cosigned(&[]) + &line).as_bytes())
        .map(|(a, b)| (a.cosignatures.len(), b))
        .unwrap();
    assert!(examined == 0 && quorum.is_err());
    // One bad line of a witness that the quorum does not need.
    let other = cosigner(6).sign(&head("b.example").text(), 5).unwrap().encode();
    let refused = policy.judge_note((cosigned(&[2]) + &other).as_bytes()).unwrap_err();
    let invalid = CosignatureError::InvalidSignature { name: "w6.example".to_owned() };
    assert_eq!(refused, JudgeError::Cosignature(invalid));
    let refused = policy.judge_note(cosigned(&[2]).replace("\n7\n", "\n8\n").as_bytes()).unwrap_err();
    let invalid = NoteError::InvalidSignature { name: "a.example".to_owned() };
    assert_eq!(refused, JudgeError::Note(invalid));
    assert_eq!(policy.judge_note(b""), Err(JudgeError::Note(NoteError::NoBlankLine)));
}

#[test]
fn one_log_of_several_signs() {
    let lines =
        log_line("a.example", 1) + &log_line("b.example", 8) + &log_line("a.example", 9) + "quorum none\n";
    let policy = Policy::parse(lines.as_bytes()).unwrap();
    let line_of = |signer: &NoteSigner, text: &str| {
        signer.sign(text).unwrap().rsplit_once("\n\n").map(|(_, line)| line.to_owned()).unwrap()
    };
    for (name, seed) in [("a.example", 1), ("b.example", 8), ("a.example", 9)] {
        let note = head(name).sign(&log(name, seed)).unwrap();
        assert_eq!(policy.judge_note(note.as_bytes()).unwrap().log, log(name, seed).verifier_key());
    }
    // Signed by a listed log, yet in the name of another: the one that the origin names must sign.
    let text = head("a.example").text();
    let foreign = format!("{text}\n{}", line_of(&log("b.example", 8), &text));
    let refused = policy.judge_note(foreign.as_bytes()).unwrap_err();
    let (expected, found) = ("b.example".to_owned(), "a.example".to_owned());
    assert_eq!(refused, JudgeError::Checkpoint(CheckpointError::ForeignOrigin { expected, found }));
    let both = foreign + &line_of(&log("a.example", 9), &text);
    assert_eq!(policy.judge_note(both.as_bytes()).unwrap().log, log("a.example", 9).verifier_key());
    // Nobody known signed, and a policy without logs, which knows nobody.
    let stranger = head("c.example").sign(&log("c.example", 1)).unwrap();
    let nobody = |known| JudgeError::Note(NoteError::NoKnownKey { known });
    assert_eq!(policy.judge_note(stranger.as_bytes()), Err(nobody(3)));
    let empty = Policy::parse(b"quorum none\n").unwrap();
    assert_eq!(empty.judge_note(stranger.as_bytes()), Err(nobody(0)));
}

#[test]
fn blanks_comments_and_octets() {
    let key = cosigner(2).cosigner_key().encode();
    let text = format!(
        "\t# log nothing \u{e9}\n\n  \t\n witness\tK\u{e9} {key}\t http://w/#a  \n#quorum none\nquorum  K\u{e9}\t\n"
    );
    let policy = Policy::parse(text.as_bytes()).unwrap();
    assert_eq!(policy.logs(), []);
    let [witness] = policy.witnesses() else { panic!("{policy:?}") };
    assert_eq!(
        (witness.name.as_slice(), witness.url.as_deref()),
        ("K\u{e9}".as_bytes(), Some(&b"http://w/#a"[..]))
    );
    // Names are octets: no letter is another, and no text is needed.
    let mut kelvin = format!("witness K {key}\nquorum \u{212a}\n").into_bytes();
    let undefined = PolicyError::UndefinedName { line: 2, found: "\u{212a}".to_owned() };
    assert_eq!(Policy::parse(&kelvin), Err(undefined));
    kelvin.truncate(kelvin.len() - "quorum \u{212a}\n".len());
    kelvin.extend(b"quorum K\n");
    kelvin[8] = 0xff;
    let place = kelvin.len() - 2;
    kelvin[place] = 0xff;
    assert_eq!(Policy::parse(&kelvin).unwrap().witnesses()[0].name, [0xff]);
    // Words of the syntax are names like any other.
    let words =
        format!("witness all {key}\ngroup 1 1 all\ngroup any any 1\ngroup quorum all any\nquorum quorum\n");
    assert!(Policy::parse(words.as_bytes()).is_ok());
}

#[test]
fn octets_that_are_refused() {
    for found in (0..=0x1f).chain([0x7f]).filter(|octet| !matches!(octet, b'\t' | b'\n')) {
        let text = [b"quorum none\n# ", [found].as_slice(), b"\n"].concat();
        assert_eq!(Policy::parse(&text), Err(PolicyError::Octet { line: 2, found }));
    }
    assert!(Policy::parse(b"quorum none\n#\x80\xff\n").is_ok());
    assert_eq!(Policy::parse(b"quorum none"), Err(PolicyError::UnendedLine { line: 1 }));
    assert_eq!(Policy::parse(b"quorum none\n\n#"), Err(PolicyError::UnendedLine { line: 3 }));
    assert_eq!(Policy::parse(b""), Err(PolicyError::NoQuorum { lines: 0 }));
    let long = vec![b'\n'; MAX_POLICY_BYTES + 1];
    assert_eq!(Policy::parse(&long), Err(PolicyError::TooLong { found: MAX_POLICY_BYTES + 1 }));
    assert_eq!(Policy::parse(&long[1..]), Err(PolicyError::NoQuorum { lines: MAX_POLICY_BYTES }));
}

#[test]
fn lines_that_are_refused() {
    // The log is line 1, the witnesses are lines 2 to 6.
    let refused = |lines: &str| policy(lines).unwrap_err();
    let line = 7;
    let named = |found: &str| found.to_owned();
    assert_eq!(refused("Quorum none\n"), PolicyError::UnknownWord { line, found: named("Quorum") });
    assert_eq!(refused("log\n"), PolicyError::LogItems { line, found: 0 });
    assert_eq!(refused("log k u #x\n"), PolicyError::LogItems { line, found: 3 });
    assert_eq!(refused("witness w\n"), PolicyError::WitnessItems { line, found: 1 });
    assert_eq!(refused("witness w k u #x\n"), PolicyError::WitnessItems { line, found: 4 });
    assert_eq!(refused("group g\n"), PolicyError::GroupItems { line, found: 1 });
    assert_eq!(refused("group g any\n"), PolicyError::GroupItems { line, found: 2 });
    assert_eq!(refused("quorum\n"), PolicyError::QuorumItems { line, found: 0 });
    assert_eq!(refused("quorum none #x\n"), PolicyError::QuorumItems { line, found: 2 });
    assert_eq!(Policy::parse(b"log a\xff\n"), Err(PolicyError::KeyNotUtf8 { line: 1, valid_up_to: 1 }));
    let plain = log("w", 9).verifier_key().encode();
    let cosigning = cosigner(9).cosigner_key().encode();
    let fault = KeyError::UnsupportedType { expected: 0x01, found: 0x04 };
    assert_eq!(refused(&format!("log {cosigning}\n")), PolicyError::LogKey { line, fault });
    let fault = KeyError::UnsupportedType { expected: 0x04, found: 0x01 };
    assert_eq!(refused(&format!("witness w {plain}\n")), PolicyError::WitnessKey { line, fault });
    let renamed = PolicyError::DuplicateLog { line, found: named("a.example") };
    assert_eq!(refused(&log_line("b.example", 1)), renamed);
    let renamed = Cosigner::new("other.example", &[2; 32]).unwrap().cosigner_key().encode();
    let duplicate = PolicyError::DuplicateWitness { line, found: named("w2") };
    assert_eq!(refused(&format!("witness w {renamed}\n")), duplicate);
    assert_eq!(refused(&format!("witness none {cosigning}\n")), PolicyError::ReservedName { line });
    assert_eq!(refused("group none any w2\n"), PolicyError::ReservedName { line });
    let again = |found: &str| PolicyError::DuplicateName { line, found: named(found) };
    assert_eq!(refused(&format!("witness w2 {cosigning}\n")), again("w2"));
    assert_eq!(refused("group w3 any w2\n"), again("w3"));
    assert_eq!(refused("quorum none\nquorum none\n"), PolicyError::SecondQuorum { line: 8 });
    assert_eq!(refused("# quorum none\n"), PolicyError::NoQuorum { lines: 7 });
    // A log and a witness may share a key, though they should not.
    let shared = Cosigner::new("w", &[1; 32]).unwrap().cosigner_key().encode();
    assert!(policy(&format!("witness w {shared}\nquorum w\n")).is_ok());
}

#[test]
fn groups_that_are_refused() {
    let refused = |lines: &str| policy(lines).unwrap_err();
    let line = 7;
    for found in ["0x1", "01", "+1", "-1", "ALL", "1.0", "18446744073709551616"] {
        let fault = PolicyError::ThresholdSpelling { line, found: found.to_owned() };
        assert_eq!(refused(&format!("group g {found} w2 w3\n")), fault);
    }
    for found in [0, 3, u64::MAX] {
        let fault = PolicyError::Threshold { line, members: 2, found };
        assert_eq!(refused(&format!("group g {found} w2 w3\n")), fault);
    }
    assert_eq!(refused("group g all w2 none\n"), PolicyError::NoneAsMember { line });
    let undefined = |found: &str| PolicyError::UndefinedName { line, found: found.to_owned() };
    assert_eq!(refused("group g all w2 w9\n"), undefined("w9"));
    assert_eq!(refused("group g all w2 g\n"), undefined("g"));
    assert_eq!(refused("quorum g\ngroup g all w2\n"), undefined("g"));
    let twice = |line, found: &str| PolicyError::SecondMembership { line, found: found.to_owned() };
    assert_eq!(refused("group g all w2 w3 w2\n"), twice(7, "w2"));
    assert_eq!(refused("group g all w2\ngroup h all w3 w2\n"), twice(8, "w2"));
    assert_eq!(refused("group g all w2\ngroup h all g\ngroup i all g\n"), twice(9, "g"));
}

#[test]
fn limits_of_each() {
    let at_most = u8::try_from(MAX_OF_EACH).unwrap();
    assert!(at_most >= 32);
    let logs: String = (0..at_most).map(|seed| log_line("a", seed)).collect();
    let witnesses: String = (0..at_most).map(witness_line).collect();
    let groups: String = (0..at_most).map(|i| format!("group g{i} all w{i}\n")).collect();
    let full = format!("{logs}{witnesses}{groups}");
    let policy = Policy::parse((full.clone() + "quorum g7\n").as_bytes()).unwrap();
    assert_eq!((policy.logs().len(), policy.witnesses().len(), policy.groups.len()), (64, 64, 64));
    let refused = |more: String| Policy::parse((full.clone() + &more).as_bytes()).unwrap_err();
    let line = 3 * MAX_OF_EACH + 1;
    assert_eq!(refused(log_line("a", at_most)), PolicyError::TooManyLogs { line });
    assert_eq!(refused(witness_line(at_most)), PolicyError::TooManyWitnesses { line });
    assert_eq!(refused("group g all g1 g2\n".to_owned()), PolicyError::TooManyGroups { line });
}
