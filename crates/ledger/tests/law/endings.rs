//! Editions, extensions, ties, repeat voting, repeat elections.

use event::Hash;
use law::{AfterTie, Edition, Fact, Rule, facts::*};
use scene::{
    ELECTION, PEC, PRECINCT, Scene, TEC, id, paper,
    play::*,
    statements::{electing_again, root, voting_again},
    text, time,
};

use super::judged::rule_refusing;

#[test]
fn an_election_is_judged_by_the_edition_of_its_call() {
    let scene = called();
    assert_eq!(scene.noted(), [], "a calendar inside the terms");
    let refused = |at: &str, change: fn(&mut ElectionCalled)| {
        let mut scene = Scene::before("election-called");
        rule_refusing(&mut scene, &tec(at, RURAL, calling(change)))
    };
    assert_eq!(refused("2026-06-30 12:00", |_| {}), Rule::Pro01, "called the day before the edition");
    let old = |b: &mut ElectionCalled| b.edition = Edition::Z2025_01_01;
    assert_eq!(refused("2026-09-16 12:00", old), Rule::Pro01, "called under the edition that is over");
    let city = |b: &mut ElectionCalled| b.office = Office::City;
    assert_eq!(refused("2026-09-16 12:00", city), Rule::Pro01, "cities elect no akims any more");
    let district = |b: &mut ElectionCalled| b.office = Office::District;
    assert_eq!(refused("2026-09-16 12:00", district), Rule::Pro01, "nor do districts");
    assert!(Edition::Z2025_01_01.terms_of(Office::City).is_some_and(|terms| terms.deposit_wages == 5));
    assert_eq!(Edition::Z2025_01_01.after_tie(), AfterTie::RepeatElection);
}

#[test]
fn a_calendar_outside_the_terms_is_noted() {
    let noted = |at: &str, change: fn(&mut ElectionCalled)| {
        let mut scene = Scene::before("election-called");
        scene.say(&tec(at, RURAL, calling(change)));
        scene.noted().len()
    };
    let usual = "2026-09-16 12:00";
    assert_eq!(noted(usual, |b| b.calendar.nomination_ends = time("2026-09-29 18:01")), 1, "a minute later");
    assert_eq!(
        noted(usual, |b| b.calendar.nomination_ends = time("2026-09-28 23:00")),
        0,
        "earlier is its right"
    );
    assert_eq!(noted(usual, |b| b.calendar.registration_ends = time("2026-10-05 10:00")), 1);
    assert_eq!(noted(usual, |b| b.calendar.withdrawal_ends = time("2026-10-23 18:00")), 1);
    assert_eq!(noted("2026-09-14 12:00", |_| {}), 1, "a voting 41 days after the call");
    assert_eq!(
        noted(usual, |b| b.ground_date = Some(time("2026-07-15 00:00"))),
        1,
        "called in the third month"
    );
    let ends = |b: &mut ElectionCalled| {
        b.ground = Ground::TermEnds;
        b.ground_date = Some(time("2026-11-05 00:00"));
    };
    assert_eq!(noted(usual, ends), 0, "50 days before the term ends, held 11 days before");
    let short = |b: &mut ElectionCalled| {
        b.ground = Ground::TermEnds;
        b.ground_date = Some(time("2026-11-03 00:00"));
    };
    assert_eq!(noted(usual, short), 2, "48 days before, held 9 days before");
}

#[test]
fn a_call_names_the_decision_of_its_ground_under_rules_2_alone() {
    let ended = |b: &mut ElectionCalled| b.ground_decision = Some(paper("ended"));
    let at = "2026-09-16 12:00";
    let mut scene = Scene::before("election-called");
    let step = tec(at, RURAL, calling(ended));
    assert_eq!(rule_refusing(&mut scene, &step), Rule::Int05, "no field of rules 1");
    let editions = vec![text("Z2025_01_01"), text("Z2026_07_01")];
    let adopted = RulesAdopted { editions, rules: 2, spec_sha256: Hash([5; 32]) };
    scene.say(&root("2025-08-21 09:00", Fact::RulesAdopted(adopted)));
    let ended_by = |ground: Ground| {
        move |b: &mut ElectionCalled| {
            b.ground = ground;
            b.ground_date =
                Some(time(if ground == Ground::TermEnds { "2026-11-05 00:00" } else { "2026-08-20 00:00" }));
            b.ground_decision = Some(paper("ended"));
        }
    };
    let step = tec(at, RURAL, calling(ended_by(Ground::TermEnds)));
    assert_eq!(rule_refusing(&mut scene, &step), Rule::Pro01, "a term ends by itself");
    for ground in [Ground::EarlyTermination, Ground::NewUnit] {
        let mut scene = scene.again();
        scene.say(&tec(at, RURAL, calling(ended_by(ground))));
        let called = &scene.head.state().elections[&id(RURAL)].called;
        assert_eq!(called.ground_decision, Some(paper("ended")), "{ground:?}");
    }
    // An akim who died leaves no decision.
    scene.say(&tec(at, RURAL, calling(|_| {})));
}

#[test]
fn nominations_are_extended_and_a_higher_akim_fills_up() {
    let mut scene = called();
    scene.say(&nominates("2026-09-18 11:00", "abenov", Method::Own));
    assert_eq!(
        rule_refusing(&mut scene, &nominates("2026-09-18 12:00", "qaliev", Method::HigherAkim)),
        Rule::Pro01
    );
    let extended = |ends: &str| {
        Fact::NominationExtended(NominationExtended {
            decision: paper("more-time"),
            nomination_ends: time(ends),
            registration_ends: None,
        })
    };
    let good = extended("2026-10-02 18:00");
    assert_eq!(
        rule_refusing(&mut scene, &tec("2026-09-29 17:00", RURAL, good.clone())),
        Rule::Pro01,
        "before they end"
    );
    let at = "2026-09-29 19:00";
    assert_eq!(
        rule_refusing(&mut scene, &tec(at, RURAL, extended("2026-10-03 10:00"))),
        Rule::Pro02,
        "four days"
    );
    assert_eq!(
        rule_refusing(&mut scene, &tec(at, RURAL, extended("2026-09-29 18:00"))),
        Rule::Pro02,
        "no days"
    );
    scene.say(&tec(at, RURAL, good.clone()));
    assert_eq!(rule_refusing(&mut scene, &tec(at, RURAL, good)), Rule::Pro01, "twice");
    let late = nominates("2026-10-02 18:01", "qaliev", Method::HigherAkim);
    assert_eq!(rule_refusing(&mut scene, &late), Rule::Pro02, "after the new end");
    scene.say(&nominates("2026-09-30 11:00", "qaliev", Method::HigherAkim));
    let third = nominates("2026-09-30 12:00", "serikov", Method::HigherAkim);
    assert_eq!(rule_refusing(&mut scene, &third), Rule::Pro01, "one was lacking, not two");
    let mut scene = registered();
    let enough = tec("2026-09-30 12:00", RURAL, extended("2026-10-02 18:00"));
    assert_eq!(rule_refusing(&mut scene, &enough), Rule::Pro01, "two were nominated");
}

#[test]
fn an_election_is_extended_when_fewer_than_two_are_left() {
    let mut scene = registered();
    let extended = |day: &str| {
        let new =
            calendar("2026-10-09 00:00", "2026-10-15 18:00", "2026-10-20 18:00", "2026-11-01 18:00", day);
        Fact::ElectionExtended(ElectionExtended { calendar: new, decision: paper("extension") })
    };
    let at = "2026-10-08 10:00";
    assert_eq!(rule_refusing(&mut scene, &tec(at, RURAL, extended("2026-11-08"))), Rule::Pro01, "two stand");
    let gone =
        CandidateWithdrew { candidate: id("qaliev"), kind: WithdrawalKind::Withdrew, statement: paper("w") };
    scene.say(&tec("2026-10-07 10:00", RURAL, Fact::CandidateWithdrew(gone)));
    assert_eq!(rule_refusing(&mut scene, &tec(at, RURAL, extended("2026-11-10"))), Rule::Pro02, "16 days");
    scene.say(&tec(at, RURAL, extended("2026-11-08")));
    assert_eq!(
        rule_refusing(&mut scene, &tec(at, RURAL, extended("2026-11-09"))),
        Rule::Pro01,
        "before registration ends again"
    );
    scene.say(&nominates("2026-10-10 11:00", "serikov", Method::Party));
    scene.say(&tec("2026-10-11 11:00", RURAL, checked("serikov")));
    scene.say(&registers("2026-10-12 11:00", "serikov", 3));
    readies(&mut scene, RURAL, "2026-10-21 10:00");
    let early = PrecinctOpened { ballots: 404, boxes: 2, precinct: id(PRECINCT), stands_in: None };
    let step = by("2026-10-25 07:00", PEC, "chair", Some(RURAL), Fact::PrecinctOpened(early));
    assert_eq!(rule_refusing(&mut scene, &step), Rule::Pro06, "on the old day");
    votes(&mut scene, RURAL, "2026-11-08");
    assert_eq!(scene.of(RURAL).ballot_lines(), [id("abenov"), id("serikov")]);
}

#[test]
fn a_tie_leads_to_another_voting_in_the_second_edition() {
    let mut scene = determined([105, 105]);
    let at = "2026-10-28 12:00";
    let mut again = tec(at, RURAL, voting_again(&["abenov", "qaliev"], "2026-11-15"));
    assert_eq!(rule_refusing(&mut scene, &again), Rule::Pro01, "an id that is used");
    again.election = Some("aul-2026-2".into());
    let one = tec(at, "aul-2026-2", voting_again(&["abenov"], "2026-11-15"));
    assert_eq!(rule_refusing(&mut scene, &one), Rule::Pro13, "one of those who tied");
    let elect = tec(at, "aul-2026-2", electing_again(RURAL, Edition::Z2026_07_01));
    assert_eq!(rule_refusing(&mut scene, &elect), Rule::Pro13, "a new election after a tie");
    scene.say(&again);
    assert_eq!(scene.noted(), []);
    let twice = tec(at, "aul-2026-3", voting_again(&["abenov", "qaliev"], "2026-11-15"));
    assert_eq!(rule_refusing(&mut scene, &twice), Rule::Pro13, "repeated twice");
    let mut new = nominates(at, "serikov", Method::Own);
    new.election = Some("aul-2026-2".into());
    assert_eq!(rule_refusing(&mut scene, &new), Rule::Pro13, "nominations for a repeat voting");
    readies(&mut scene, "aul-2026-2", "2026-11-06 10:00");
    votes(&mut scene, "aul-2026-2", "2026-11-15");
    counts(&mut scene, "aul-2026-2", "2026-11-15", [110, 100]);
    let result = scene.result("aul-2026-2");
    scene.say(&tec("2026-11-16 12:00", "aul-2026-2", result));
    certifies(&mut scene, "aul-2026-2", "2026-11-17");
    assert_eq!(scene.noted(), []);
    let family: Vec<_> =
        scene.head.state().family_elections(&id(RURAL)).map(|(id, _)| id.to_string()).collect();
    assert_eq!(family, [RURAL, "aul-2026-2"]);
    // The office is filled: a later term may be elected.
    scene.say(&tec(
        "2026-11-18 12:00",
        "aul-2027",
        calling(|b| {
            b.calendar = calendar(
                "2026-11-19 00:00",
                "2026-12-01 18:00",
                "2026-12-05 18:00",
                "2026-12-24 18:00",
                "2026-12-27",
            );
            b.ground_date = Some(time("2026-11-18 00:00"));
        }),
    ));
}

#[test]
fn a_late_repetition_is_noted_and_nothing_is_repeated_without_a_result() {
    let mut scene = determined([105, 105]);
    scene.say(&tec("2026-10-28 12:00", "aul-2026-2", voting_again(&["abenov", "qaliev"], "2026-11-29")));
    assert_eq!(scene.noted(), [Rule::Pro13], "more than a month later");
    let mut scene = voted([105, 105]);
    let early = tec("2026-10-28 12:00", "aul-2026-2", voting_again(&["abenov", "qaliev"], "2026-11-15"));
    assert_eq!(rule_refusing(&mut scene, &early), Rule::Pro13);
    let mut scene = determined([110, 100]);
    let elected = tec("2026-10-28 12:00", "aul-2026-2", electing_again(RURAL, Edition::Z2026_07_01));
    assert_eq!(rule_refusing(&mut scene, &elected), Rule::Pro13, "somebody is elected");
}

#[test]
fn a_tie_leads_to_another_election_in_the_first_edition() {
    let mut scene = Scene::before("recount-ordered");
    let mut order = scene.step("recount-ordered");
    order.at = "2025-10-13 12:00".into();
    scene.say(&order);
    let mut step = scene.step("protocol-superseded:recount");
    step.protocol().count.votes.iter_mut().for_each(|line| line.votes = 105);
    scene.say(&step);
    scene.play("protocol-received:third");
    scene.play("results-determined");
    assert_eq!(scene.election().winner(), law::Winner::Tie(vec![id("abenov"), id("qaliev")]));
    let again = |fact| tec("2025-10-20 12:00", "aul-2025-2", fact);
    let Fact::RepeatVotingCalled(mut voting) = voting_again(&["abenov", "qaliev"], "2025-11-09") else {
        panic!()
    };
    voting.repeats = id(ELECTION);
    assert_eq!(
        rule_refusing(&mut scene, &again(Fact::RepeatVotingCalled(voting))),
        Rule::Pro13,
        "not in this edition"
    );
    let Fact::RepeatElectionCalled(mut election) = electing_again(ELECTION, Edition::Z2025_01_01) else {
        panic!()
    };
    election.calendar = calendar(
        "2025-10-21 00:00",
        "2025-10-25 18:00",
        "2025-10-28 18:00",
        "2025-11-06 18:00",
        "2025-11-09",
    );
    let mut other = election.clone();
    other.edition = Edition::Z2026_07_01;
    assert_eq!(
        rule_refusing(&mut scene, &again(Fact::RepeatElectionCalled(other))),
        Rule::Pro01,
        "an edition to come"
    );
    let mut early = again(Fact::RepeatElectionCalled(election.clone()));
    early.at = "2025-10-21 10:00".into();
    assert_eq!(rule_refusing(&mut scene, &early), Rule::Pro02, "called when nominations run");
    scene.say(&again(Fact::RepeatElectionCalled(election)));
    let mut nomination = nominates("2025-10-22 10:00", "tumarov", Method::Own);
    nomination.election = Some("aul-2025-2".into());
    scene.say(&nomination);
    assert_eq!(scene.of("aul-2025-2").polls[PRECINCT].list, Some(400), "the same lists");
}

#[test]
fn nobody_dead_is_elected() {
    let died = |at: &str, candidate: &str| {
        let body = CandidateWithdrew {
            candidate: id(candidate),
            kind: WithdrawalKind::Died,
            statement: paper("death"),
        };
        tec(at, RURAL, Fact::CandidateWithdrew(body))
    };
    let mut scene = registered();
    readies(&mut scene, RURAL, "2026-10-06 10:00");
    votes(&mut scene, RURAL, "2026-10-25");
    scene.say(&died("2026-10-25 21:00", "abenov"));
    assert_eq!(rule_refusing(&mut scene, &died("2026-10-25 21:00", "abenov")), Rule::Pro01, "twice");
    counts(&mut scene, RURAL, "2026-10-25", [110, 100]);
    let mut elected = scene.result(RURAL);
    let Fact::ResultsDetermined(b) = &mut elected else { panic!() };
    assert_eq!(b.outcome, OutcomeKind::Invalid);
    (b.outcome, b.elected) = (OutcomeKind::Elected, Some(id("abenov")));
    assert_eq!(
        rule_refusing(&mut scene, &tec("2026-10-26 12:00", RURAL, elected)),
        Rule::Pro12,
        "a dead akim"
    );
    let result = scene.result(RURAL);
    scene.say(&tec("2026-10-26 12:00", RURAL, result));
    assert_eq!(
        rule_refusing(&mut scene, &died("2026-10-26 13:00", "qaliev")),
        Rule::Pro01,
        "after the result"
    );
    scene.say(&tec("2026-10-28 12:00", "aul-2026-2", electing_again(RURAL, Edition::Z2026_07_01)));
    // Who has the most votes and lives is elected, whoever else died.
    let mut scene = registered();
    readies(&mut scene, RURAL, "2026-10-06 10:00");
    votes(&mut scene, RURAL, "2026-10-25");
    scene.say(&died("2026-10-25 21:00", "qaliev"));
    counts(&mut scene, RURAL, "2026-10-25", [110, 100]);
    assert_eq!(scene.of(RURAL).winner(), law::Winner::Elected(id("abenov")));
}

#[test]
fn late_results_are_noted() {
    let mut scene = voted([110, 100]);
    let result = scene.result(RURAL);
    scene.say(&tec("2026-10-29 12:00", RURAL, result));
    assert_eq!(scene.noted(), [Rule::Pro11], "the fourth day");
    let event = scene.of(RURAL).determined.as_ref().unwrap().event;
    let published = ResultsPublished { determined: event, media: text("Газета"), paper: paper("m") };
    scene.say(&tec("2026-11-02 09:00", RURAL, Fact::ResultsPublished(published)));
    assert_eq!(scene.noted(), [Rule::Pro11], "the eighth day");
    assert_eq!(TEC, "tec-aul");
}
