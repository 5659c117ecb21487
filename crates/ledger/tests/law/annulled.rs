//! What is taken back: precincts, protocols, results, registrations, certificates.

use event::Hash;
use law::{Edition, Fact, Rule, facts::*};
use scene::{
    ELECTION, PEC, PRECINCT, Scene, TEC, id, paper,
    play::*,
    statements::{asked, invalidated},
    text, time,
};

use super::judged::rule_refusing;

#[test]
fn a_precinct_is_invalidated_and_when_none_is_left_so_is_the_election() {
    let mut scene = voted([110, 100]);
    let protocol = scene.named["protocol-signed"];
    let at = "2026-10-26 10:00";
    assert_eq!(
        rule_refusing(&mut scene, &tec(at, RURAL, invalidated(Hash([3; 32])))),
        Rule::Pro10,
        "another protocol"
    );
    let before = scene.result(RURAL);
    let decision = scene.say(&tec(at, RURAL, invalidated(protocol)));
    assert_eq!(rule_refusing(&mut scene, &tec(at, RURAL, invalidated(protocol))), Rule::Pro01, "twice");
    assert_eq!(rule_refusing(&mut scene, &tec(at, RURAL, before)), Rule::Com01, "left out without a word");
    let mut result = scene.result(RURAL);
    let Fact::ResultsDetermined(b) = &mut result else { panic!() };
    assert_eq!((b.outcome, b.totals.voters, b.invalidated.len()), (OutcomeKind::Invalid, 0, 1));
    let given_back = cancels("2026-10-26 11:00", "cec", RURAL, decision);
    scene.say(&given_back);
    assert_eq!(scene.of(RURAL).totals().voters, 400, "the decision fell, the precinct counts");
    scene.say(&tec("2026-10-26 12:00", RURAL, invalidated(protocol)));
    scene.say(&tec("2026-10-26 13:00", RURAL, result));
    let mut old = Scene::before("recount-ordered");
    let protocol = old.protocol();
    let step = tec("2025-10-13 12:00", ELECTION, invalidated(protocol));
    assert_eq!(rule_refusing(&mut old, &step), Rule::Pro01, "the first edition knows nothing of it");
}

#[test]
fn a_recount_is_asked_for_once_before_the_protocol() {
    let mut scene = registered();
    readies(&mut scene, RURAL, "2026-10-06 10:00");
    let step = |fact| by("2026-10-25 21:00", PEC, "secretary", Some(RURAL), fact);
    votes(&mut scene, RURAL, "2026-10-25");
    assert_eq!(rule_refusing(&mut scene, &step(asked(false, None))), Rule::Pro09, "refused without a reason");
    assert_eq!(rule_refusing(&mut scene, &step(asked(true, Some("нет")))), Rule::Pro09, "granted with one");
    scene.say(&step(asked(false, Some("Подсчёт ещё не окончен"))));
    assert_eq!(scene.noted(), [Rule::Pro09], "who asked in vain stays visible");
    assert_eq!(rule_refusing(&mut scene, &step(asked(true, None))), Rule::Pro01, "asked for again");
    let mut scene = voted([110, 100]);
    let late = by("2026-10-26 00:00", PEC, "secretary", Some(RURAL), asked(true, None));
    assert_eq!(rule_refusing(&mut scene, &late), Rule::Pro01, "after the protocol");
}

fn superseded(basis: Hash, supersedes: Hash, name: &str) -> Fact {
    Fact::ProtocolSuperseded(ProtocolSuperseded {
        basis,
        ground: CorrectionGround::Decision,
        precinct: id(PRECINCT),
        present: vec![text("Член вышестоящей комиссии")],
        protocol: protocol("2026-10-25", [100, 110], name),
        reason: text("Решение вышестоящей комиссии"),
        supersedes,
    })
}

#[test]
fn a_cancelled_protocol_gives_way_to_a_new_one() {
    let mut scene = voted([110, 100]);
    let first = scene.named["protocol-signed"];
    let at = "2026-10-26 10:00";
    assert_eq!(
        rule_refusing(&mut scene, &pec(at, RURAL, superseded(first, first, "new"))),
        Rule::Pro09,
        "nothing cancelled"
    );
    let mut own = cancels(at, TEC, RURAL, first);
    let decision = scene.say(&own);
    assert_eq!(scene.of(RURAL).polls[PRECINCT].status().name(), "protocol-cancelled");
    own.at = "2026-10-26 10:30".into();
    assert_eq!(rule_refusing(&mut scene, &own), Rule::Pro01, "cancelled already");
    let at = "2026-10-26 12:00";
    assert_eq!(
        rule_refusing(&mut scene, &pec(at, RURAL, superseded(first, first, "new"))),
        Rule::Pro09,
        "another basis"
    );
    let old = superseded(decision, first, "protocol-2026-10-25");
    assert_eq!(rule_refusing(&mut scene, &pec(at, RURAL, old)), Rule::Aty06, "the old paper");
    let second = scene.say(&pec(at, RURAL, superseded(decision, first, "new")));
    assert_eq!(scene.of(RURAL).totals().votes[1].votes, 110);
    let late = cancels("2026-10-26 13:00", TEC, RURAL, first);
    assert_eq!(rule_refusing(&mut scene, &late), Rule::Pro01, "a protocol that counts no longer");
    let own = cancels("2026-10-26 13:00", PEC, RURAL, second);
    assert_eq!(rule_refusing(&mut scene, &own), Rule::Aty03, "a precinct cancels nothing");
}

#[test]
fn a_result_is_cancelled_from_above_and_counted_again() {
    let mut scene = determined([110, 100]);
    let result = scene.of(RURAL).determined.as_ref().unwrap().event;
    let own = cancels("2026-10-27 10:00", TEC, RURAL, result);
    assert_eq!(rule_refusing(&mut scene, &own), Rule::Aty07, "its own decision");
    let stranger = cancels("2026-10-27 10:00", "oblast-test", RURAL, Hash([7; 32]));
    assert_eq!(rule_refusing(&mut scene, &stranger), Rule::Pro01, "no decision of this election");
    let certificate_event = certifies(&mut scene, RURAL, "2026-10-27");
    let revoked = |basis: Hash, certificate: Hash| {
        let body = CertificateRevoked { basis, certificate, decision: paper("revoked") };
        tec("2026-11-03 12:00", RURAL, Fact::CertificateRevoked(body))
    };
    assert_eq!(
        rule_refusing(&mut scene, &revoked(result, certificate_event)),
        Rule::Pro15,
        "a certificate that is founded"
    );
    let decision = scene.say(&cancels("2026-11-03 10:00", "oblast-test", RURAL, result));
    let again = scene.result(RURAL);
    assert_eq!(
        rule_refusing(&mut scene, &tec("2026-11-03 11:00", RURAL, again)),
        Rule::Pro15,
        "while the certificate stands"
    );
    assert_eq!(rule_refusing(&mut scene, &revoked(decision, result)), Rule::Pro14, "another certificate");
    assert_eq!(rule_refusing(&mut scene, &revoked(result, certificate_event)), Rule::Pro15, "another basis");
    scene.say(&revoked(decision, certificate_event));
    assert_eq!(scene.of(RURAL).revoked.len(), 1);
    // Back to the count: a recount can be ordered again.
    let first = scene.named["protocol-signed"];
    let ordered = Fact::RecountOrdered(RecountOrdered {
        applicants: Vec::new(),
        decision: paper("order"),
        ground: text("Сомнения"),
        precinct: id(PRECINCT),
        protocol: first,
    });
    let order = scene.say(&tec("2026-11-04 10:00", RURAL, ordered));
    let Fact::ProtocolSuperseded(mut b) = superseded(order, first, "recounted") else { panic!() };
    b.ground = CorrectionGround::Recount;
    (b.protocol.started, b.protocol.ended) = (time("2026-11-04 11:00"), time("2026-11-04 12:00"));
    let second = scene.say(&pec("2026-11-04 12:30", RURAL, Fact::ProtocolSuperseded(b)));
    let received = Fact::ProtocolReceived(ProtocolReceived { precinct: id(PRECINCT), protocol: second });
    scene.say(&by("2026-11-04 13:00", TEC, "secretary", Some(RURAL), received));
    let result = scene.result(RURAL);
    scene.say(&tec("2026-11-04 14:00", RURAL, result));
    certifies(&mut scene, RURAL, "2026-11-05");
    assert_eq!(scene.of(RURAL).registered, Some(id("qaliev")));
}

#[test]
fn a_registration_is_denied_and_the_election_repeated() {
    let mut scene = determined([110, 100]);
    let result = scene.of(RURAL).determined.as_ref().unwrap().event;
    let denied = |candidate: &str, determined: Hash| {
        Fact::AkimRegistrationDenied(AkimRegistrationDenied {
            candidate: id(candidate),
            decision: paper("denied"),
            determined,
            ground: DenialGround::Appeals,
            submission: paper("appeals"),
        })
    };
    let at = "2026-10-27 10:00";
    assert_eq!(
        rule_refusing(&mut scene, &tec(at, RURAL, denied("qaliev", result))),
        Rule::Pro14,
        "not the elected"
    );
    assert_eq!(
        rule_refusing(&mut scene, &tec(at, RURAL, denied("abenov", Hash([3; 32])))),
        Rule::Pro10,
        "another result"
    );
    let decision = scene.say(&tec(at, RURAL, denied("abenov", result)));
    assert_eq!(rule_refusing(&mut scene, &tec(at, RURAL, denied("abenov", result))), Rule::Pro01, "twice");
    let resigned = DutiesResigned { candidate: id("abenov"), statement: paper("duties") };
    scene.say(&tec(at, RURAL, Fact::DutiesResigned(resigned)));
    let registered = Fact::AkimRegistered(AkimRegistered { candidate: id("abenov"), decision: paper("a") });
    assert_eq!(
        rule_refusing(&mut scene, &tec(at, RURAL, registered.clone())),
        Rule::Pro01,
        "although denied"
    );
    // The denial falls on appeal, and the akim is registered after all; then that falls too.
    scene.say(&cancels("2026-10-28 10:00", "oblast-test", RURAL, decision));
    let registration = scene.say(&tec("2026-10-28 11:00", RURAL, registered));
    let late = tec("2026-10-28 12:00", RURAL, denied("abenov", result));
    assert_eq!(rule_refusing(&mut scene, &late), Rule::Pro01, "a registered akim");
    scene.say(&cancels("2026-10-28 13:00", "cec", RURAL, registration));
    let second = scene.say(&tec("2026-10-28 14:00", RURAL, denied("abenov", result)));
    let again = RepeatElectionCalled {
        names: None,
        calendar: calendar(
            "2026-10-30 00:00",
            "2026-11-02 18:00",
            "2026-11-05 18:00",
            "2026-11-17 18:00",
            "2026-11-22",
        ),
        decision: paper("elect-again"),
        edition: Edition::Z2026_07_01,
        name: text("Повторные выборы"),
        repeats: id(RURAL),
    };
    scene.say(&tec("2026-10-29 10:00", "aul-2026-2", Fact::RepeatElectionCalled(again)));
    let after = cancels("2026-10-29 11:00", "cec", RURAL, second);
    assert_eq!(rule_refusing(&mut scene, &after), Rule::Pro01, "an election that was repeated");
}

#[test]
fn one_certificate_for_a_family() {
    let mut scene = determined([110, 100]);
    certifies(&mut scene, RURAL, "2026-10-27");
    let result = scene.of(RURAL).determined.as_ref().unwrap().event;
    let second = certificate("2026-10-27 13:00", RURAL, id("abenov"), result);
    assert_eq!(rule_refusing(&mut scene, &second), Rule::Pro14);
}
