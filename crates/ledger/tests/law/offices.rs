//! Commissions, members, keys, precincts that change; the root's own acts; the end of the ledger.

use event::{Hash, Key, Signature, Stamp};
use law::{Fact, Rule, facts::*};
use scene::{
    BOARD, PEC, PRECINCT, Scene, Step, TEC, id, own, paper,
    play::*,
    statements::{keyed, root},
    text, time,
};

use super::judged::rule_refusing;

fn wide(at: &str, fact: Fact) -> Step {
    by(at, TEC, "board", None, fact)
}

#[test]
fn members_are_suspended_and_changed() {
    let mut scene = Scene::before("election-called");
    let suspended = |commission: &str, seat: &str, lifted: bool| {
        let (commission, decision, ground) =
            (id(commission), paper("suspended"), text("Родственник кандидата"));
        let body = MemberSuspended { commission, decision, ground, lifted, seat: id(seat) };
        Fact::MemberSuspended(body)
    };
    let at = "2025-08-21 09:00";
    assert_eq!(
        rule_refusing(&mut scene, &wide(at, suspended(PEC, "chair", true))),
        Rule::Pro01,
        "not suspended"
    );
    assert_eq!(
        rule_refusing(&mut scene, &wide(at, suspended(PEC, "m9", false))),
        Rule::Aty01,
        "no such seat"
    );
    let cec = by(at, "cec", "board", None, suspended(TEC, "chair", false));
    scene.say(&cec);
    let step = scene.step("election-called");
    assert_eq!(rule_refusing(&mut scene, &step), Rule::Aty04, "a suspended chair signs");
    scene.say(&by(at, "cec", "board", None, suspended(TEC, "chair", true)));
    scene.play("election-called");
    let (key, proof) = keyed(&mut scene, "new-secretary", TEC, "secretary");
    let changed = |key: Option<Key>, proof: Option<Signature>| {
        let member =
            Member {
                key, name: Some(text("Жаңа хатшы")), party: None, proof, seat: id("secretary")
            };
        let (decision, ground) = (paper("changed"), text("По собственному желанию"));
        Fact::MemberChanged(MemberChanged { commission: id(TEC), decision, ground, member })
    };
    let at = "2025-08-25 16:00";
    assert_eq!(
        rule_refusing(&mut scene, &by(at, "cec", "board", None, changed(Some(key), None))),
        Rule::Sig02,
        "no proof"
    );
    assert_eq!(
        rule_refusing(&mut scene, &wide(at, changed(Some(key), Some(proof)))),
        Rule::Aty03,
        "by itself"
    );
    scene.say(&by(at, "cec", "board", None, changed(Some(key), Some(proof))));
    let step = scene.step("precincts-fixed");
    assert_eq!(rule_refusing(&mut scene, &step), Rule::Sig04, "the member who left signs");
    let mut step = scene.step("precincts-fixed");
    step.signers = own(TEC, &["chair", "deputy", "m4", "m5"]);
    scene.say(&step);
}

#[test]
fn keys_are_replaced_and_end_when_they_say() {
    let mut scene = Scene::before("key-enrolled");
    let (key, proof) = keyed(&mut scene, "pec-chair-2", PEC, "chair");
    let old = scene.cast.key(&format!("{PEC}/chair"));
    let replaced = |seat: &str, replaces: Key, until: Option<&str>| {
        Fact::KeyReplaced(KeyReplaced {
            commission: id(PEC),
            ground: text("Новый ноутбук"),
            key,
            proof,
            replaces,
            seat: id(seat),
            until: until.map(time),
        })
    };
    let at = "2025-08-20 09:00";
    assert_eq!(
        rule_refusing(&mut scene, &wide(at, replaced("deputy", old, None))),
        Rule::Aty02,
        "another's key"
    );
    assert_eq!(
        rule_refusing(&mut scene, &wide(at, replaced("chair", key, None))),
        Rule::Sig02,
        "a key nobody knows"
    );
    assert_eq!(
        rule_refusing(&mut scene, &wide(at, replaced("chair", old, Some("2025-08-20 08:00")))),
        Rule::Sig03,
        "over already"
    );
    scene.say(&wide(at, replaced("chair", old, Some("2025-10-12 08:00"))));
    assert_eq!(scene.head.state().commissions[PEC].seats[0].key, Some(key));
    // A key of the territorial commission that ends before it signs.
    let mut scene = Scene::before("election-called");
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
    let mut step = scene.step("election-called");
    step.signers = [own(TEC, &BOARD[..3]), vec!["tec-m4-2".into()]].concat();
    assert_eq!(rule_refusing(&mut scene, &step), Rule::Sig03, "an hour after its last moment");
    step.at = "2025-08-25 13:30".into();
    scene.say(&step);
}

#[test]
fn a_commission_is_dissolved_and_its_precinct_goes_to_another() {
    let mut scene = called();
    let dissolved = |commission: &str| {
        let (decision, ground) = (paper("dissolved"), text("Срок полномочий истёк"));
        Fact::CommissionDissolved(CommissionDissolved { commission: id(commission), decision, ground })
    };
    let at = "2026-09-17 09:00";
    let organiser = by(at, "cec", "board", None, dissolved(TEC));
    assert_eq!(
        rule_refusing(&mut scene, &organiser),
        Rule::Pro01,
        "an organiser with a precinct's commission below"
    );
    scene.say(&wide(at, dissolved(PEC)));
    assert_eq!(rule_refusing(&mut scene, &wide(at, dissolved(PEC))), Rule::Aty01, "twice");
    assert_eq!(rule_refusing(&mut scene, &organiser), Rule::Pro01, "an organiser of an election under way");
    let formed = scene.formed("pec-aul-9", Level::Precinct, Some(TEC), 5);
    scene.say(&wide(at, formed));
    let changed = |commission: Option<&str>, voters: Option<u64>| {
        Fact::PrecinctsChanged(PrecinctsChanged {
            commission: commission.map(id),
            decision: paper("precinct-2"),
            kato: None,
            kind: None,
            number: None,
            precinct: id(PRECINCT),
            voters,
        })
    };
    assert_eq!(rule_refusing(&mut scene, &wide(at, changed(None, None))), Rule::Com05, "nothing");
    assert_eq!(
        rule_refusing(&mut scene, &wide(at, changed(Some(PEC), None))),
        Rule::Aty01,
        "to one that is no more"
    );
    assert_eq!(
        rule_refusing(&mut scene, &wide(at, changed(Some("pec-aul-9"), Some(2_001)))),
        Rule::Aty01,
        "too few members"
    );
    scene.say(&wide(at, changed(Some("pec-aul-9"), Some(410))));
    assert_eq!(scene.head.state().precincts[PRECINCT].formed.commission, id("pec-aul-9"));
    let mut fixed = scene.step("precincts-fixed");
    (fixed.at, fixed.election) = ("2026-09-17 12:00".into(), Some(RURAL.into()));
    let Fact::PrecinctsFixed(b) = &mut fixed.fact else { panic!() };
    b.voters = 410;
    scene.say(&fixed);
    assert_eq!(
        rule_refusing(&mut scene, &wide("2026-09-18 09:00", changed(None, Some(420)))),
        Rule::Pro01,
        "once it is fixed"
    );
    let mut unknown = changed(None, Some(420));
    let Fact::PrecinctsChanged(b) = &mut unknown else { panic!() };
    b.precinct = id("aul-7");
    assert_eq!(rule_refusing(&mut scene, &wide("2026-09-18 09:00", unknown)), Rule::Com02);
}

fn heirs(scene: &mut Scene, names: &[&str], threshold: u64) -> Fact {
    let mut root_keys: Vec<Key> = names.iter().map(|name| scene.cast.key(name)).collect();
    root_keys.sort();
    Fact::RootKeysReplaced(RootKeysReplaced { ground: text("Срок ключей"), root_keys, threshold })
}

#[test]
fn the_root_hands_over() {
    let mut scene = Scene::before("election-called");
    let at = "2025-08-21 09:00";
    let names = ["cec/root-4", "cec/root-5", "cec/root-3"];
    let fact = heirs(&mut scene, &names, 2);
    let mut step = root(at, fact);
    step.signers = own("cec", &["root-1", "root-2", "root-3", "root-4"]);
    assert_eq!(rule_refusing(&mut scene, &step), Rule::Sig05, "one of the new does not sign");
    step.signers = own("cec", &["root-3", "root-4", "root-5"]);
    assert_eq!(rule_refusing(&mut scene, &step), Rule::Sig05, "one of the old");
    step.signers = own("cec", &["root-1", "root-3", "root-4", "root-5"]);
    let mut many = root(at, heirs(&mut scene, &names, 4));
    many.signers = step.signers.clone();
    assert_eq!(rule_refusing(&mut scene, &many), Rule::Sig05, "more than there are");
    let mut office = root(at, heirs(&mut scene, &["cec/root-3", "cec/office-1"], 1));
    office.signers = own("cec", &["root-1", "root-3", "office-1"]);
    assert_eq!(rule_refusing(&mut scene, &office), Rule::Aty04, "a key of the office");
    scene.say(&step);
    let closing = Fact::LedgerClosed(LedgerClosed { ground: text("Год окончен") });
    assert_eq!(
        rule_refusing(&mut scene, &root("2025-08-22 09:00", closing.clone())),
        Rule::Sig04,
        "old roots"
    );
    let (key, proof) = keyed(&mut scene, "cec-new-office", "cec", "office-1");
    let offices = |proof: Signature| {
        let office_keys = vec![OfficeKey { key, proof }];
        Fact::OfficeKeysReplaced(OfficeKeysReplaced { ground: text("Срок"), office_keys })
    };
    let mut broken = proof;
    broken.0[3] ^= 1;
    let mut step = root("2025-08-22 09:00", offices(broken));
    step.signers = own("cec", &["root-3", "root-4"]);
    assert_eq!(rule_refusing(&mut scene, &step), Rule::Sig02, "no proof");
    step.fact = offices(proof);
    scene.say(&step);
    let seen = scene.head.as_seen();
    let (manifest, projection_root) = (Hash([1; 32]), Hash([2; 32]));
    let body = SnapshotPublished {
        manifest,
        n: 1,
        overridden: None,
        projection_root,
        root: seen.root,
        size: seen.size,
    };
    let mut snapshot = by("2025-08-22 10:00", "cec", "office", None, Fact::SnapshotPublished(body));
    snapshot.signers = own("cec", &["office-1"]);
    assert_eq!(rule_refusing(&mut scene, &snapshot), Rule::Sig04, "the old office");
    snapshot.signers = vec!["cec-new-office".into()];
    scene.say(&snapshot);
}

#[test]
fn a_new_log_key_signs_what_is_larger_and_nothing_else() {
    let mut scene = Scene::before("election-called");
    let replaced = |log_key: Key| {
        Fact::LogKeyReplaced(LogKeyReplaced { ground: text("Новая служба"), log_key })
    };
    let old = scene.cast.key("log");
    assert_eq!(
        rule_refusing(&mut scene, &root("2025-08-21 09:00", replaced(old))),
        Rule::Sig06,
        "the same key"
    );
    let weak = root("2025-08-21 09:00", replaced(Key([0; 32])));
    assert_eq!(rule_refusing(&mut scene, &weak), Rule::Sig02, "a weak key");
    let at = scene.head.size();
    let new = scene.cast.key("log-2");
    scene.say(&root("2025-08-21 09:00", replaced(new)));
    scene.play("election-called");
    let state = scene.head.state();
    assert_eq!((state.log_key_for(at), state.log_key_for(at + 1)), (Some(old), Some(new)));
}

#[test]
fn rules_that_this_version_lacks_stop_it() {
    let mut scene = Scene::before("election-called");
    let adopted = |rules: u64| {
        let editions = vec![text("Z2025_01_01"), text("Z2026_07_01")];
        Fact::RulesAdopted(RulesAdopted { editions, rules, spec_sha256: Hash([5; 32]) })
    };
    assert_eq!(rule_refusing(&mut scene, &root("2025-08-21 09:00", adopted(3))), Rule::Pro01, "one left out");
    scene.say(&root("2025-08-21 09:00", adopted(2)));
    scene.say(&root("2025-08-21 09:01", adopted(3)));
    let step = scene.step("election-called");
    assert_eq!(rule_refusing(&mut scene, &step), Rule::Int08, "cannot tell, and says so");
}

#[test]
fn a_clock_is_set_back_by_the_root_alone() {
    let mut scene = Scene::before("election-called");
    scene.play("election-called");
    let corrected = |wrong: Stamp| {
        Fact::ClockCorrected(ClockCorrected { ground: text("Часы спешили на день"), wrong })
    };
    let last = scene.head.last_received().unwrap();
    let other = Stamp::from_millis(last.millis() - 1).unwrap();
    let back = "2025-08-24 15:00";
    assert_eq!(
        rule_refusing(&mut scene, &root(back, corrected(other))),
        Rule::Pro17,
        "another time than the last one"
    );
    assert_eq!(
        rule_refusing(&mut scene, &root("2025-08-25 16:00", corrected(last))),
        Rule::Pro17,
        "forwards"
    );
    scene.say(&root(back, corrected(last)));
    assert!(scene.head.last_received().unwrap() < last);
    let mut fixed = scene.step("precincts-fixed");
    fixed.at = "2025-08-24 16:00".into();
    scene.say(&fixed);
}

#[test]
fn a_closed_ledger_takes_one_snapshot() {
    let mut scene = called();
    let closing = root("2026-09-17 09:00", Fact::LedgerClosed(LedgerClosed { ground: text("Год окончен") }));
    scene.say(&closing);
    assert_eq!(scene.noted(), [Rule::Com09], "an election is under way");
    let again = root("2026-09-17 10:00", Fact::LedgerClosed(LedgerClosed { ground: text("Ещё раз") }));
    assert_eq!(rule_refusing(&mut scene, &again), Rule::Com09);
    let (size, whole) = (scene.head.size(), scene.head.as_seen());
    let snapshot = |n: u64, root: Hash, size: u64| {
        let (manifest, projection_root) = (Hash([1; 32]), Hash([2; 32]));
        let body = SnapshotPublished { manifest, n, overridden: None, projection_root, root, size };
        let mut step = by("2026-09-17 11:00", "cec", "office", None, Fact::SnapshotPublished(body));
        step.signers = own("cec", &["office-1"]);
        step
    };
    let short = scene.head.root_at(size - 1).unwrap();
    assert_eq!(
        rule_refusing(&mut scene, &snapshot(1, short, size - 1)),
        Rule::Com09,
        "without its last entry"
    );
    scene.say(&snapshot(1, whole.root, size));
    let more = scene.head.as_seen();
    assert_eq!(rule_refusing(&mut scene, &snapshot(2, more.root, more.size)), Rule::Com09, "a second one");
}
