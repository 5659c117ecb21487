//! A paper typed a second time: walks over the table of states, each to its end, with real requests. Each ledger verifies.

use std::{collections::BTreeMap, path::Path};

use commission::{
    form::{FormSubject, TypedValues},
    second_entry::{SecondEntry, SecondLine},
};
use desk::states::{DeskFlow, DeskStep, STEPS, may_follow, print_steps};
use law::state::ProtocolStatus;

use super::{Night, unlock};
use crate::{
    book::at_the_desk::{Desk, PASSPHRASE, Page},
    scene::{ELECTION, PEC, PRECINCT, TEC, id, verified},
};

/// The paper in somebody's hand: every line with its figure.
pub(super) fn paper(night: &Night) -> TypedValues {
    let state = night.scene.head.state();
    let (election, precinct, author) = (id(ELECTION), id(PRECINCT), id(PEC));
    let subject = FormSubject {
        state,
        election: &election,
        precinct: &precinct,
        author: &author,
        place: "",
        boxes: 1,
        dir: Path::new("."),
    };
    let record = night.scene.election().polls[PRECINCT].current().unwrap();
    let key = state.commissions[TEC].seat("chair").unwrap().key.unwrap();
    let mut entry = SecondEntry::new(state.ledger.unwrap(), record.event, id("chair"), key);
    let lines: Vec<SecondLine> = entry.list_lines(&subject, &record.protocol.count, "boxes");
    entry.typed = lines.iter().map(|line| (line.number.clone(), "99999".to_owned())).collect();
    let differing = entry.list_differing(&lines, &record.protocol.count);
    assert_eq!(differing.len(), lines.len());
    differing.into_iter().map(|one| (one.line.number, one.stated.to_string())).collect()
}

/// Numbers that look random and are the same for a seed.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % sides
    }
}

fn path() -> String {
    format!("/second/{PRECINCT}")
}

/// The lines that a page asks for.
fn asked(page: &Page) -> Vec<String> {
    let fields = page.text.split("data-line=\"").skip(1);
    fields.map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
}

fn stage(page: &Page) -> String {
    page.behind("data-stage=\"")
}

/// Posts lines with an act, as the page's own form does.
fn post(desk: &Desk, typed: &TypedValues, act: &str) -> Page {
    let page = desk.get(&path());
    let secret = page.behind("name=\"secret\" value=\"");
    let seen = if page.text.contains("name=\"seen\"") {
        page.behind("name=\"seen\" value=\"")
    } else {
        String::new()
    };
    let lines: Vec<(String, &str)> =
        typed.iter().map(|(number, value)| (format!("v{number}"), value.as_str())).collect();
    let mut fields: Vec<(&str, &str)> = lines.iter().map(|(name, value)| (name.as_str(), *value)).collect();
    fields.extend([("secret", secret.as_str()), ("seen", &seen), ("do", act), ("at", "2025-10-12 23:30")]);
    desk.post(&path(), &fields)
}

/// What somebody types so that a step's condition holds.
fn typed_for(step: &DeskStep, page: &Page, paper: &TypedValues, dice: &mut Dice) -> TypedValues {
    let open = asked(page);
    let mut typed: TypedValues = open.iter().map(|number| (number.clone(), paper[number].clone())).collect();
    // Another number of boxes has other lines, and is no single slip.
    let slips: Vec<&String> = open.iter().filter(|number| *number != "boxes").collect();
    let slip = slips[dice.roll(slips.len())].clone();
    match step.when {
        "a figure is missing" => drop(typed.insert(slip, ["", "1x", "-1"][dice.roll(3)].to_owned())),
        "a figure differs" | "a figure still differs" => {
            let wrong = paper[&slip].parse::<u64>().unwrap() + 1 + dice.roll(9) as u64;
            typed.insert(slip, wrong.to_string());
        }
        _ => {}
    }
    typed
}

/// Walks from an empty paper to a document; its path, and the stage that it was drafted in.
fn walk(
    desk: &Desk,
    paper: &TypedValues,
    dice: &mut Dice,
    walked: &mut BTreeMap<String, usize>,
) -> (String, String) {
    for _ in 0..60 {
        let page = desk.get(&path());
        assert_eq!(page.status, 200, "{}", page.text);
        let from = stage(&page);
        // Whatever does not follow is refused, and changes nothing.
        for act in
            ["receive", "return"].into_iter().filter(|act| !may_follow(DeskFlow::SecondEntry, &from, act))
        {
            assert_eq!(post(desk, &TypedValues::new(), act).status, 409, "{from} {act}");
            assert_eq!(stage(&desk.get(&path())), from);
        }
        let steps: Vec<&DeskStep> =
            STEPS.iter().filter(|step| step.flow == DeskFlow::SecondEntry && step.from == from).collect();
        let step = steps[dice.roll(steps.len())];
        *walked.entry(format!("{} {} {}", step.from, step.act, step.when)).or_default() += 1;
        if step.to == "drafted" {
            return (post(desk, &TypedValues::new(), step.act).goes_to(), from);
        }
        let typed = typed_for(step, &page, paper, dice);
        let answer = post(desk, &typed, step.act);
        assert!([200, 303].contains(&answer.status), "{step:?} {}", answer.text);
        let after = desk.get(&path());
        assert_eq!(stage(&after), step.to, "{step:?}");
        if step.to == "again" && from == "typing" {
            // Only what differs is asked for, emptied, and nothing says what the event has.
            assert_eq!(asked(&after).len(), 1, "{}", after.text);
            let number = &asked(&after)[0];
            assert!(
                after.text.contains("value=\"\"") && !after.text.contains("data-differs"),
                "{}",
                after.text
            );
            let told = after.text.contains(&format!(">{}<", paper[number]));
            assert!(!told || paper[number] == *number, "{}", after.text);
        }
    }
    panic!("no end after sixty steps");
}

#[test]
fn every_walk_over_a_second_entry_ends_in_a_ledger_that_verifies() {
    let mut walked = BTreeMap::new();
    let mut ends: BTreeMap<String, usize> = BTreeMap::new();
    for seed in 1..=8 {
        let mut dice = Dice(seed * 7919);
        let mut night = Night::before("protocol-received:first");
        let paper = paper(&night);
        let desk = night.desk("desk", &["--commission", TEC, "--training"]);
        // Nobody types before they have unlocked a key of their own.
        assert_eq!(desk.get(&path()).goes_to(), format!("/who?back={}", path()));
        let seat = ["chair", "deputy", "secretary", "m4"][dice.roll(4)];
        unlock(&desk, &format!("{seat}.pem"), PASSPHRASE).goes_to();
        let (document, decided) = walk(&desk, &paper, &mut dice, &mut walked);
        *ends.entry(decided.clone()).or_default() += 1;
        // The paper is decided: it is shut while its document waits.
        assert_eq!(desk.get(&path()).goes_to(), document);
        let page = desk.get(&document);
        assert!(page.text.contains(&format!("option value=\"{seat}\"")), "{}", page.text);
        desk.sign(&document, &[seat]);
        assert!(desk.get(&document).text.contains("All have signed"));
        let secret = desk.secret();
        let sent =
            desk.post("/outbox", &[("secret", &secret), ("node", &night.node.address), ("do", "send")]);
        assert!(sent.text.contains("accepted, No."), "{}", sent.text);
        // The board has it, and there is nothing more to type.
        assert_eq!(desk.get(&path()).status, 409);
        let board = desk.get("/");
        let group = if decided == "equal" { "data-group=\"received\"" } else { "data-group=\"back\"" };
        assert!(board.text.contains(group), "{}", board.text);
        drop(desk);
        assert_eq!(night.node.end(), 0);
        let (entries, _) = store::read::snapshot_of(Path::new(&night.dir.path().join("ledger"))).unwrap();
        assert_eq!(entries.len(), night.scene.said.len() + 1);
        night.scene.entries.clone_from(&entries);
        let report = verified(&night.scene, entries.clone());
        let holds = [verifier::Verdict::Verified, verifier::Verdict::VerifiedWithWarnings];
        assert!(holds.contains(&report.verdict()), "{}", report.to_text());
        let source =
            verifier::Source::from_entries("walked", entries.clone(), Some(night.scene.checkpoint(&entries)));
        let head = verifier::replay_to(&source, None).unwrap();
        let status = &head.state().elections[ELECTION].polls[PRECINCT].current().unwrap().status;
        match decided.as_str() {
            "equal" => assert_eq!(*status, ProtocolStatus::Received),
            _ => assert!(matches!(status, ProtocolStatus::Returned(_)), "{status:?}"),
        }
    }
    assert!(ends.len() == 2, "both ends were walked: {ends:?}");
    let all = STEPS.iter().filter(|step| step.flow == DeskFlow::SecondEntry).count();
    assert_eq!(walked.len(), all, "every step was walked: {walked:?}");
}

#[test]
fn what_was_typed_a_second_time_is_one_persons_and_survives_a_kill() {
    let night = Night::before("protocol-received:first");
    let paper = paper(&night);
    let desk = night.desk("desk", &["--commission", TEC]);
    unlock(&desk, "deputy.pem", PASSPHRASE).goes_to();
    let half: TypedValues =
        paper.iter().take(3).map(|(number, value)| (number.clone(), value.clone())).collect();
    assert_eq!(post(&desk, &half, "keep").status, 200);
    // An old page in another window overwrites nothing.
    let page = desk.get(&path());
    let secret = page.behind("name=\"secret\" value=\"");
    let old = [("secret", secret.as_str()), ("seen", "0"), ("v1", "1"), ("do", "keep")];
    assert_eq!(desk.post(&path(), &old).status, 409);
    drop(desk);
    let again = night.desk("desk", &["--commission", TEC]);
    unlock(&again, "deputy.pem", PASSPHRASE).goes_to();
    let page = again.get(&path());
    let kept = half.values().filter(|value| page.text.contains(&format!("value=\"{value}\""))).count();
    assert_eq!(kept, 3, "{}", page.text);
    // Another person begins with an empty paper.
    unlock(&again, "chair.pem", PASSPHRASE).goes_to();
    let other = again.get(&path());
    assert!(asked(&other).len() == paper.len() && !other.text.contains("value=\"400\""), "{}", other.text);
    // A document that waits for this officer comes first; taken back, the paper is there again.
    assert_eq!(post(&again, &paper, "compare").status, 303);
    assert_eq!(stage(&again.get(&path())), "equal");
    let document = post(&again, &TypedValues::new(), "receive").goes_to();
    let secret = again.secret();
    again.post(&document, &[("secret", &secret), ("do", "back")]).goes_to();
    assert_eq!(stage(&again.get(&path())), "equal");
    // The passphrase of another's key signs nothing in this officer's name.
    let document = post(&again, &TypedValues::new(), "receive").goes_to();
    let page = again.get(&document);
    let (secret, hash) = (page.behind("name=\"secret\" value=\""), page.behind("name=\"hash\" value=\""));
    let wrong = [
        ("secret", secret.as_str()),
        ("hash", &hash),
        ("seat", "deputy"),
        ("passphrase", PASSPHRASE),
        ("do", "sign"),
    ];
    assert!(again.post(&document, &wrong).text.contains("said bad"));
    // The file of an entry says that it is equal, and nothing was typed: that is no second entry.
    let secret = again.secret();
    again.post(&document, &[("secret", &secret), ("do", "back")]).goes_to();
    let folder = Path::new(&night.at("desk")).join("second");
    for item in std::fs::read_dir(&folder).unwrap() {
        let file = item.unwrap().path();
        let mut entry = SecondEntry::decode(&std::fs::read(&file).unwrap()).unwrap();
        entry.typed.clear();
        entry.stage = commission::second_entry::EntryStage::Equal;
        std::fs::write(&file, serde_json::to_vec(&entry).unwrap()).unwrap();
    }
    assert_eq!(post(&again, &TypedValues::new(), "receive").status, 409);
}

#[test]
fn the_documentation_prints_the_table_of_states() {
    let page = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/desk.md")).unwrap();
    for flow in [DeskFlow::Day, DeskFlow::Signing, DeskFlow::SecondEntry] {
        let table = print_steps(flow);
        assert!(page.contains(table.trim_end()), "docs/desk.md has another table:\n{table}");
    }
}
