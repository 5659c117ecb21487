//! Trials of the rules on procedure, from the result on: outcome, repetition, certificate.

use law::{Fact, Rule, facts::*};

use super::trial::{How, Trial, at};
use crate::{
    play::{RURAL, by, cancels, certifies, determined, tec, voted},
    statements::{files, voting_again},
    values::{PEC, id, paper, text},
    world::{Scene, Step},
};

const AGAIN: &str = "aul-2026-2";

fn result() -> (Scene, Step) {
    let scene = voted([110, 100]);
    let result = scene.result(RURAL);
    (scene, tec("2026-10-28 12:00", RURAL, result))
}

/// A certificate whose result was cancelled from above, and its revocation.
fn revoked() -> (Scene, Step) {
    let mut scene = determined([110, 100]);
    let result = scene.of(RURAL).determined.as_ref().unwrap().event;
    let certificate = certifies(&mut scene, RURAL, "2026-10-27");
    let basis = scene.say(&cancels("2026-11-03 10:00", "oblast-test", RURAL, result));
    let body = CertificateRevoked { basis, certificate, decision: paper("revoked") };
    (scene, tec("2026-11-03 12:00", RURAL, Fact::CertificateRevoked(body)))
}

pub(super) const TRIALS: &[Trial] = &[
    Trial {
        rule: Rule::Pro11,
        how: How::Noted,
        what: "a result on the fourth day",
        lawful: result,
        broken: |_, s| s.at = "2026-10-29 12:00".into(),
    },
    Trial {
        rule: Rule::Pro12,
        how: How::Refused,
        what: "the one with fewer votes elected",
        lawful: || at("results-determined"),
        broken: |_, s| {
            let Fact::ResultsDetermined(b) = &mut s.fact else { panic!() };
            b.elected = Some(id("qaliev"));
        },
    },
    Trial {
        rule: Rule::Pro13,
        how: How::Refused,
        what: "one of those who tied left out of the repeat voting",
        lawful: || {
            let again = voting_again(&["abenov", "qaliev"], "2026-11-15");
            (determined([105, 105]), tec("2026-10-28 12:00", AGAIN, again))
        },
        broken: |_, s| s.fact = voting_again(&["abenov"], "2026-11-15"),
    },
    Trial {
        rule: Rule::Pro13,
        how: How::Noted,
        what: "a repeat voting more than a month later",
        lawful: || {
            let again = voting_again(&["abenov", "qaliev"], "2026-11-25");
            (determined([105, 105]), tec("2026-10-28 12:00", AGAIN, again))
        },
        broken: |_, s| s.fact = voting_again(&["abenov", "qaliev"], "2026-11-26"),
    },
    Trial {
        rule: Rule::Pro14,
        how: How::Refused,
        what: "a certificate for somebody else",
        lawful: || at("certificate-issued"),
        broken: |_, s| {
            let Fact::CertificateIssued(b) = &mut s.fact else { panic!() };
            b.candidate = id("qaliev");
        },
    },
    Trial {
        rule: Rule::Pro15,
        how: How::Refused,
        what: "a revocation that rests on something else",
        lawful: revoked,
        broken: |_, s| {
            let Fact::CertificateRevoked(b) = &mut s.fact else { panic!() };
            b.basis = b.certificate;
        },
    },
    Trial {
        rule: Rule::Pro15,
        how: How::Noted,
        what: "a ledger closed while a certificate stands for a cancelled result",
        lawful: || {
            let mut scene = determined([110, 100]);
            certifies(&mut scene, RURAL, "2026-10-27");
            let closing = LedgerClosed { ground: text("Год окончен") };
            (scene, by("2026-11-04 12:00", "cec", "root", None, Fact::LedgerClosed(closing)))
        },
        broken: |scene, _| {
            let result = scene.of(RURAL).determined.as_ref().unwrap().event;
            scene.say(&cancels("2026-11-03 10:00", "oblast-test", RURAL, result));
        },
    },
    Trial {
        rule: Rule::Pro16,
        how: How::Noted,
        what: "a result while a complaint is open",
        lawful: result,
        broken: |scene, _| {
            let body = Fact::ComplaintFiled(files("c-1", "2026-10-29 09:00"));
            scene.say(&by("2026-10-26 09:00", PEC, "secretary", Some(RURAL), body));
        },
    },
];
