//! Trials of the rules on who may act.

use law::{Fact, Rule, facts::*};

use super::trial::{How, Trial, at};
use crate::{
    play::{RURAL, cancels, determined},
    values::{BOARD, PEC, TEC, own, paper, text},
};

pub(super) const TRIALS: &[Trial] = &[
    Trial {
        rule: Rule::Aty01,
        how: How::Refused,
        what: "a commission that was never formed",
        lawful: || at("election-called"),
        broken: |_, s| {
            s.author = "tec-nowhere".into();
            s.signers = own("tec-nowhere", &BOARD);
        },
    },
    Trial {
        rule: Rule::Aty02,
        how: How::Refused,
        what: "an election that was never called",
        lawful: || at("protocol-signed"),
        broken: |_, s| s.election = Some("aul-2031".into()),
    },
    Trial {
        rule: Rule::Aty03,
        how: How::Refused,
        what: "a territorial commission counts votes",
        lawful: || at("protocol-signed"),
        broken: |_, s| {
            s.author = TEC.into();
            s.signers = own(TEC, &BOARD);
        },
    },
    Trial {
        rule: Rule::Aty04,
        how: How::Refused,
        what: "the deputy's key at the chair's desk",
        lawful: || at("certificate-issued"),
        broken: |_, s| s.signers = own(TEC, &["deputy"]),
    },
    Trial {
        rule: Rule::Aty05,
        how: How::Noted,
        what: "the deputy closes for the chair",
        lawful: || at("voting-closed"),
        broken: |_, s| {
            s.desk = "deputy".into();
            s.signers = own(PEC, &["deputy"]);
            let Fact::VotingClosed(b) = &mut s.fact else { panic!() };
            b.stands_in = Some(text("Председатель заболел"));
        },
    },
    Trial {
        rule: Rule::Aty06,
        how: How::Refused,
        what: "a transcription from another paper",
        lawful: || at("protocol-superseded:transcription"),
        broken: |_, s| s.protocol().paper = Some(paper("another")),
    },
    Trial {
        rule: Rule::Aty06,
        how: How::Noted,
        what: "another figure than was read aloud before the boxes were opened",
        lawful: || at("protocol-signed"),
        broken: |_, s| {
            let count = &mut s.protocol().count;
            count.cancelled = 162;
            count.damaged = Some(Damaged { act: paper("damaged"), count: 2 });
        },
    },
    Trial {
        rule: Rule::Aty07,
        how: How::Refused,
        what: "a commission cancels its own decision",
        lawful: || {
            let scene = determined([110, 100]);
            let result = scene.of(RURAL).determined.as_ref().unwrap().event;
            (scene, cancels("2026-10-27 10:00", "oblast-test", RURAL, result))
        },
        broken: |_, s| {
            s.author = TEC.into();
            s.signers = own(TEC, &BOARD);
        },
    },
];
