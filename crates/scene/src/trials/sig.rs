//! Trials of the rules on keys, quorums and those who do not sign.

use law::{Fact, Rule, facts::*};

use super::trial::{How, Trial, at};
use crate::{
    play::by,
    statements::keyed,
    values::{BOARD, PEC, TEC, id, own, text, time},
};

pub(super) const TRIALS: &[Trial] = &[
    Trial {
        rule: Rule::Sig02,
        how: How::Refused,
        what: "a key that nobody registered",
        lawful: || at("election-called"),
        broken: |_, s| s.signers = own(TEC, &["chair", "deputy", "secretary", "m9"]),
    },
    Trial {
        rule: Rule::Sig03,
        how: How::Refused,
        what: "a key used an hour after its last moment",
        lawful: || {
            let (mut scene, mut step) = at("election-called");
            let (key, proof) = keyed(&mut scene, "tec-m4-2", TEC, "m4");
            let replaces = scene.cast.key(&format!("{TEC}/m4"));
            let body = KeyReplaced {
                commission: id(TEC),
                ground: text("Срок"),
                key,
                proof,
                replaces,
                seat: id("m4"),
                until: Some(time("2025-08-25 14:00")),
            };
            scene.say(&by("2025-08-25 13:00", "cec", "board", None, Fact::KeyReplaced(body)));
            step.signers = [own(TEC, &BOARD[..3]), vec!["tec-m4-2".into()]].concat();
            step.at = "2025-08-25 13:30".into();
            (scene, step)
        },
        broken: |_, s| s.at = "2025-08-25 15:00".into(),
    },
    Trial {
        rule: Rule::Sig04,
        how: How::Refused,
        what: "a revoked key",
        lawful: || at("ballots-accounted"),
        broken: |_, s| s.signers = own(PEC, &["chair", "deputy", "secretary", "m5"]),
    },
    Trial {
        rule: Rule::Sig04,
        how: How::Noted,
        what: "entries signed by a key that is in doubt since before them",
        lawful: || {
            let (mut scene, _) = at("turnout-reported");
            let mut step = scene.step("key-revoked");
            let chair = scene.cast.key(&format!("{PEC}/chair"));
            let Fact::KeyRevoked(b) = &mut step.fact else { panic!() };
            (b.key, b.since) = (chair, time("2025-10-12 07:30"));
            step.at = "2025-10-12 08:00".into();
            (scene, step)
        },
        broken: |_, s| {
            let Fact::KeyRevoked(b) = &mut s.fact else { panic!() };
            b.since = time("2025-10-12 00:00");
        },
    },
    Trial {
        rule: Rule::Sig05,
        how: How::Refused,
        what: "three of seven members",
        lawful: || at("election-called"),
        broken: |_, s| s.signers = own(TEC, &BOARD[..3]),
    },
    Trial {
        rule: Rule::Sig06,
        how: How::Refused,
        what: "one key for two offices",
        lawful: || {
            let (mut scene, _) = at("election-called");
            let (key, proof) = keyed(&mut scene, "cec-new-office", "cec", "office-1");
            let office_keys = vec![OfficeKey { key, proof }];
            let body = OfficeKeysReplaced { ground: text("Срок"), office_keys };
            let step = by("2025-08-22 09:00", "cec", "root", None, Fact::OfficeKeysReplaced(body));
            (scene, step)
        },
        broken: |scene, s| {
            let (key, proof) = keyed(scene, "cec-new-office", "cec", "office-2");
            let Fact::OfficeKeysReplaced(b) = &mut s.fact else { panic!() };
            b.office_keys.push(OfficeKey { key, proof });
        },
    },
    Trial {
        rule: Rule::Sig11,
        how: How::Refused,
        what: "a member who does not sign is dropped in silence",
        lawful: || at("protocol-signed"),
        broken: |_, s| s.protocol().missing.clear(),
    },
];
