//! Candidates refused, cancelled, restored; complaints; observers.

use event::Hash;
use law::{Fact, Rule, facts::*};
use scene::{PEC, PRECINCT, Scene, TEC, id, paper, play::*, statements::files, text, time};

use super::judged::rule_refusing;

fn refuses(at: &str, candidate: &str) -> scene::Step {
    let body = CandidateRefused {
        candidate: id(candidate),
        decision: paper("no"),
        ground: RefusalGround::Ineligible,
    };
    tec(at, RURAL, Fact::CandidateRefused(body))
}

fn cancelled(at: &str, candidate: &str) -> scene::Step {
    let body = CandidateCancelled {
        candidate: id(candidate),
        decision: paper("cancelled"),
        ground: RefusalGround::SpecialCheck,
    };
    tec(at, RURAL, Fact::CandidateCancelled(body))
}

fn restored(at: &str, author: &str, candidate: &str, restores: Hash) -> scene::Step {
    let body = CandidateRestored {
        by: Authority::Court,
        candidate: id(candidate),
        decision: paper("court"),
        restores,
    };
    by(at, author, "board", Some(RURAL), Fact::CandidateRestored(body))
}

#[test]
fn candidates_are_refused_cancelled_and_restored() {
    let mut scene = registered();
    assert_eq!(
        rule_refusing(&mut scene, &refuses("2026-09-30 12:00", "abenov")),
        Rule::Pro01,
        "who is registered"
    );
    scene.say(&nominates("2026-09-29 11:00", "serikov", Method::Party));
    scene.say(&tec("2026-09-30 12:00", RURAL, checked("serikov")));
    assert_eq!(
        rule_refusing(&mut scene, &refuses("2026-10-04 18:01", "serikov")),
        Rule::Pro02,
        "after the dates"
    );
    let refusal = scene.say(&refuses("2026-10-01 12:00", "serikov"));
    assert_eq!(
        rule_refusing(&mut scene, &registers("2026-10-01 13:00", "serikov", 3)),
        Rule::Pro01,
        "while refused"
    );
    readies(&mut scene, RURAL, "2026-10-06 10:00");
    let wrong = restored("2026-10-07 10:00", "oblast-test", "serikov", Hash([3; 32]));
    assert_eq!(rule_refusing(&mut scene, &wrong), Rule::Pro10, "another decision");
    let own = restored("2026-10-07 10:00", TEC, "serikov", refusal);
    assert_eq!(rule_refusing(&mut scene, &own), Rule::Aty02, "by nobody above");
    scene.say(&restored("2026-10-07 10:00", "oblast-test", "serikov", refusal));
    scene.say(&registers("2026-10-07 12:00", "serikov", 3));
    let strike = scene.say(&cancelled("2026-10-08 10:00", "qaliev"));
    let never = restored("2026-10-08 11:00", "oblast-test", "abenov", strike);
    assert_eq!(rule_refusing(&mut scene, &never), Rule::Pro01, "who was never struck");
    let amended = |added: &[&str], struck: &[&str]| {
        Fact::BallotAmended(BallotAmended {
            added: added.iter().map(|name| id(name)).collect(),
            candidates: vec![id("abenov"), id("serikov")],
            decision: paper("b3"),
            manner: text("Бюллетени напечатаны заново"),
            struck: struck.iter().map(|name| id(name)).collect(),
        })
    };
    let at = "2026-10-08 12:00";
    assert_eq!(
        rule_refusing(&mut scene, &tec(at, RURAL, amended(&[], &["qaliev"]))),
        Rule::Pro03,
        "one added in silence"
    );
    assert_eq!(
        rule_refusing(&mut scene, &tec(at, RURAL, amended(&["serikov"], &[]))),
        Rule::Pro03,
        "one struck in silence"
    );
    scene.say(&tec(at, RURAL, amended(&["serikov"], &["qaliev"])));
    let late = restored("2026-10-22 18:01", "oblast-test", "qaliev", strike);
    assert_eq!(rule_refusing(&mut scene, &late), Rule::Pro04, "in the last two days");
    assert_eq!(
        rule_refusing(&mut scene, &cancelled("2026-10-22 18:01", "abenov")),
        Rule::Pro04,
        "in the last two days"
    );
    assert_eq!(rule_refusing(&mut scene, &cancelled("2026-10-09 10:00", "qaliev")), Rule::Pro01, "twice");
}

#[test]
fn nominees_leave_before_they_are_registered_in_the_second_edition() {
    let gone = |kind, candidate: &str| {
        Fact::CandidateWithdrew(CandidateWithdrew { candidate: id(candidate), kind, statement: paper("w") })
    };
    let mut scene = registered();
    scene.say(&nominates("2026-09-29 11:00", "serikov", Method::Party));
    scene.say(&tec("2026-09-30 12:00", RURAL, gone(WithdrawalKind::Withdrew, "serikov")));
    let late = tec("2026-10-22 18:01", RURAL, gone(WithdrawalKind::NominationRevoked, "qaliev"));
    assert_eq!(rule_refusing(&mut scene, &late), Rule::Pro04);
    scene.say(&tec("2026-10-20 10:00", RURAL, gone(WithdrawalKind::NominationRevoked, "qaliev")));
    let mut old = Scene::before("eligibility-checked:serikov");
    let mut step = old.step("candidate-withdrew");
    step.at = "2025-09-02 11:30".into();
    assert_eq!(rule_refusing(&mut old, &step), Rule::Pro01, "the first edition asks for a registration");
    let few = |needed: u64| {
        let paper = paper("s");
        let body = SignaturesVerified { candidate: id("tumarov"), invalid: 0, needed, paper, valid: 9 };
        tec("2026-09-22 12:00", RURAL, Fact::SignaturesVerified(body))
    };
    let mut scene = called();
    let mut fixed = scene.step("precincts-fixed");
    (fixed.at, fixed.election) = ("2026-09-17 12:00".into(), Some(RURAL.into()));
    scene.say(&fixed);
    scene.say(&nominates("2026-09-18 11:00", "tumarov", Method::Own));
    scene.say(&tec("2026-09-19 12:00", RURAL, checked("tumarov")));
    assert_eq!(rule_refusing(&mut scene, &few(3)), Rule::Pro01, "less than one in a hundred of 400");
    scene.say(&few(4));
}

#[test]
fn complaints_are_answered_or_stay_visible() {
    let mut scene = voted([110, 100]);
    let at = "2026-10-26 09:00";
    let file = |body| by(at, PEC, "secretary", Some(RURAL), Fact::ComplaintFiled(body));
    assert_eq!(rule_refusing(&mut scene, &file(files("c-1", "2026-10-30 09:00"))), Rule::Com08, "four days");
    let mut nowhere = files("c-1", "2026-10-29 09:00");
    nowhere.precinct = None;
    assert_eq!(
        rule_refusing(&mut scene, &file(nowhere)),
        Rule::Aty02,
        "a precinct's commission without its precinct"
    );
    scene.say(&file(files("c-1", "2026-10-29 09:00")));
    assert_eq!(
        rule_refusing(&mut scene, &file(files("c-1", "2026-10-29 09:00"))),
        Rule::Pro01,
        "an id twice"
    );
    let mut general = files("c-2", "2026-10-31 09:00");
    (general.about, general.precinct) = (ComplaintAbout::Other, None);
    scene.say(&by(at, TEC, "secretary", Some(RURAL), Fact::ComplaintFiled(general)));
    let decided = |complaint: &str| {
        let outcome = ComplaintOutcome::Rejected;
        Fact::ComplaintDecided(ComplaintDecided {
            complaint: id(complaint),
            decision: paper("answer"),
            outcome,
        })
    };
    assert_eq!(rule_refusing(&mut scene, &tec(at, RURAL, decided("c-9"))), Rule::Pro01, "nobody's complaint");
    let result = scene.result(RURAL);
    scene.say(&tec("2026-10-27 12:00", RURAL, result));
    assert_eq!(scene.noted(), [Rule::Pro16, Rule::Pro16], "two are open");
    let answer = scene.say(&tec("2026-10-28 12:00", RURAL, decided("c-1")));
    assert_eq!(scene.noted(), []);
    assert_eq!(
        rule_refusing(&mut scene, &tec("2026-10-28 12:00", RURAL, decided("c-1"))),
        Rule::Pro01,
        "answered again"
    );
    scene.say(&cancels("2026-10-28 13:00", "oblast-test", RURAL, answer));
    scene.say(&tec("2026-10-30 12:00", RURAL, decided("c-1")));
    assert_eq!(scene.noted(), [Rule::Com08], "after its day");
    let event = scene.of(RURAL).determined.as_ref().unwrap().event;
    let published = ResultsPublished { determined: event, media: text("Газета"), paper: paper("m") };
    scene.say(&tec("2026-11-01 09:00", RURAL, Fact::ResultsPublished(published)));
    assert_eq!(scene.noted(), [Rule::Com08], "c-2 has no answer");
    let names: Vec<_> = ledger::projections::project_documents(scene.head.state())
        .unwrap()
        .into_iter()
        .map(|(name, _)| name)
        .collect();
    assert!(names.is_sorted() && names.contains(&"complaints.json"), "{names:?}");
}

#[test]
fn observers_and_proxies() {
    let mut scene = voted([110, 100]);
    let accredited = |until: &str| {
        let body = OrganisationAccredited {
            decision: paper("accredited"),
            name: text("Қоғамдық бірлестік"),
            organisation: id("ngo-1"),
            until: time(until),
        };
        by("2026-10-26 09:00", "cec", "board", None, Fact::OrganisationAccredited(body))
    };
    assert_eq!(rule_refusing(&mut scene, &accredited("2027-10-27 09:00")), Rule::Pro02, "more than a year");
    scene.say(&accredited("2027-10-26 09:00"));
    assert_eq!(rule_refusing(&mut scene, &accredited("2027-10-26 09:00")), Rule::Pro01, "twice");
    let proxies = |candidate: &str, count: u64| {
        let decision = paper("proxies");
        let body = ProxiesRegistered { candidate: id(candidate), count, decision, precinct: id(PRECINCT) };
        tec("2026-10-26 10:00", RURAL, Fact::ProxiesRegistered(body))
    };
    assert_eq!(rule_refusing(&mut scene, &proxies("abenov", 4)), Rule::Pro01, "four");
    assert_eq!(rule_refusing(&mut scene, &proxies("nobody", 3)), Rule::Pro01, "of nobody");
    scene.say(&proxies("abenov", 3));
    let counted = |media: u64| {
        let body = ObserversCounted { approximate: media == 4, foreign: 0, media, observers: 12, proxies: 3 };
        by("2026-10-26 11:00", TEC, "secretary", Some(RURAL), Fact::ObserversCounted(body))
    };
    assert_eq!(rule_refusing(&mut scene, &counted(1_000_000_001)), Rule::Ari01);
    scene.say(&counted(4));
    let removed = |organisation: &str| {
        let body = ObserverRemoved {
            decision: paper("removed"),
            ground: text("Мешал работе комиссии"),
            journal: text("17"),
            organisation: Some(id(organisation)),
            precinct: id(PRECINCT),
        };
        tec("2026-10-26 12:00", RURAL, Fact::ObserverRemoved(body))
    };
    assert_eq!(
        rule_refusing(&mut scene, &removed("ngo-2")),
        Rule::Pro01,
        "of an organisation nobody accredited"
    );
    scene.say(&removed("ngo-1"));
    assert_eq!(scene.noted(), [Rule::Pro08]);
    let refused = |protocol: Hash| {
        let body = CopyRefused {
            asked_by: text("Наблюдатель"),
            precinct: id(PRECINCT),
            protocol,
            reason: text("Нет бумаги"),
        };
        by("2026-10-26 13:00", PEC, "secretary", Some(RURAL), Fact::CopyRefused(body))
    };
    assert_eq!(rule_refusing(&mut scene, &refused(Hash([3; 32]))), Rule::Pro10, "of another protocol");
    let protocol = scene.named["protocol-signed"];
    scene.say(&refused(protocol));
    assert_eq!(scene.noted(), [Rule::Pro08]);
}
