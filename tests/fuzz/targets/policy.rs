//! `Policy::parse` and `judge`: one more cosignature never makes a checkpoint count less.

#![no_main]

use libfuzzer_sys::fuzz_target;
use tlog::checkpoint::Checkpoint;
use tlog::cosignature::Cosigner;
use tlog::note::NoteSigner;
use tlog::policy::{JudgeError, MAX_OF_EACH, Policy};

fuzz_target!(|data: &[u8]| {
    let Some((mask, text)) = data.split_first() else { return };
    let log = NoteSigner::new("a", &[1; 32]).unwrap();
    let cosigners: [Cosigner; 8] = std::array::from_fn(|i| Cosigner::new("w", &[i as u8 + 2; 32]).unwrap());
    // Key ids are hashes, which no fuzzer guesses: `@` is the log, `~0` to `~7` are the witnesses.
    let mut policy = String::from_utf8_lossy(text).replace('@', &log.verifier_key().encode());
    for (i, cosigner) in cosigners.iter().enumerate() {
        policy = policy.replace(&format!("~{i}"), &cosigner.cosigner_key().encode());
    }
    let Ok(policy) = Policy::parse(policy.as_bytes()) else { return };
    assert!(policy.logs().len() <= MAX_OF_EACH && policy.witnesses().len() <= MAX_OF_EACH);
    let head = Checkpoint { origin: "a".to_owned(), size: 1, root: [1; 32], extensions: Vec::new() };
    let signed = head.sign(&log).unwrap();
    let judged = |mask: u8| {
        let chosen = cosigners.iter().enumerate().filter(|(i, _)| mask >> i & 1 == 1);
        let lines: String =
            chosen.map(|(_, cosigner)| cosigner.sign(&head.text(), 1).unwrap().encode()).collect();
        match policy.judge_note((signed.clone() + &lines).as_bytes()) {
            Ok(judged) => {
                assert!(judged.cosignatures.len() <= mask.count_ones() as usize);
                true
            }
            Err(JudgeError::Quorum(_)) => false,
            Err(fault) => {
                assert!(!policy.logs().iter().any(|listed| listed.key == *log.verifier_key()), "{fault}");
                false
            }
        }
    };
    assert!(!judged(*mask) || judged(0xff), "a cosignature too many");
});
