//! The desk of a territorial commission over real HTTP, on a node: who sits there, the board, the list behind each count, what is handled.

mod screens;
mod second;

use std::{fs, path::PathBuf};

use commission::keys::file::create_key_file;

use crate::{
    book::{
        at_the_desk::{Desk, PASSPHRASE, Page},
        written,
    },
    commands::run,
    scene::{PRECINCT, Scene, TEC, id},
    serve::Node,
};

/// Seats of the territorial commission that have a desk here.
const SEATS: [&str; 4] = ["chair", "deputy", "secretary", "m4"];

/// A ledger on a night, its node, and locked keys of the territorial commission.
pub(crate) struct Night {
    pub(crate) dir: tempfile::TempDir,
    pub(crate) scene: Scene,
    pub(crate) node: Node,
}

impl Night {
    /// The night before a step of the scene.
    pub(crate) fn before(step: &str) -> Self {
        Self::of(Scene::before(step))
    }

    pub(crate) fn of(scene: Scene) -> Self {
        let dir = tempfile::tempdir().unwrap();
        written(&scene, &dir.path().join("ledger"), 0);
        let keys = dir.path().join("keys");
        fs::create_dir(&keys).unwrap();
        for seat in SEATS {
            let seed = scene.cast.secret(&format!("{TEC}/{seat}"));
            create_key_file(&keys.join(format!("{seat}.pem")), &seed, Some(PASSPHRASE)).unwrap();
        }
        let seed = scene.cast.secret("pec-aul-1/chair");
        create_key_file(&keys.join("pec.pem"), &seed, Some(PASSPHRASE)).unwrap();
        let node = Node::writing(dir.path(), &[]);
        Self { dir, scene, node }
    }

    pub(crate) fn at(&self, path: &str) -> String {
        self.dir.path().join(path).to_str().unwrap().to_owned()
    }

    /// The desk of one person in a folder of its own, on the node.
    pub(crate) fn desk(&self, folder: &str, words: &[&str]) -> Desk {
        let own = self.at(folder);
        let all = [&["--folder", own.as_str()], words].concat();
        Desk::open(&self.node.address, &self.at("keys"), &all)
    }
}

/// A night in which a rule left something to look at, up to a step: more ballots were reported during the day than the protocol has.
pub(crate) fn findings_scene(last: &str) -> Scene {
    let mut scene = Scene::before("turnout-reported");
    let mut reported = scene.step("turnout-reported");
    reported.fact =
        law::Fact::TurnoutReported(law::facts::TurnoutReported { issued: 300, precinct: id(PRECINCT) });
    scene.say(&reported);
    for step in ["voting-closed", "ballots-accounted", "protocol-signed", "protocol-received:first"] {
        scene.play(step);
        if step == last {
            break;
        }
    }
    scene
}

/// Somebody unlocks a key at a desk.
pub(crate) fn unlock(desk: &Desk, file: &str, passphrase: &str) -> Page {
    let page = desk.get("/who");
    let secret = page.behind("name=\"secret\" value=\"");
    let fields = [
        ("secret", secret.as_str()),
        ("key", file),
        ("passphrase", passphrase),
        ("back", "/"),
        ("do", "unlock"),
    ];
    desk.post("/who", &fields)
}

/// How many precincts a page has in a group.
fn count_in(page: &Page, group: &str) -> String {
    let row =
        page.text.split(&format!("data-group=\"{group}\"")).nth(1).unwrap_or_else(|| panic!("no {group}"));
    row.split("class=\"count\">").nth(1).unwrap().split('<').next().unwrap().to_owned()
}

#[test]
fn the_board_counts_lists_and_shows_no_figure_that_is_still_to_be_typed() {
    let night = Night::of(findings_scene("protocol-signed"));
    let desk = night.desk("desk", &["--commission", TEC, "--training"]);
    let board = desk.get("/");
    assert_eq!(board.status, 200, "{}", board.text);
    assert!(board.text.contains("TRAINING") && board.text.contains("data-again"), "{}", board.text);
    for (group, count) in
        [("all", "1"), ("to-receive", "1"), ("missing", "0"), ("back", "0"), ("signed", "1")]
    {
        assert_eq!(count_in(&board, group), count, "{group}");
    }
    // Behind each count stands its list, and each line leads to the precinct.
    let list = desk.get("/list/to-receive");
    assert!(
        list.text.contains("1 to 1 of 1") && list.text.contains("data-state=\"signed\""),
        "{}",
        list.text
    );
    assert!(desk.get("/list/missing").text.contains("0 to 0 of 0"));
    for (path, status) in [
        ("/list/none", 404),
        ("/precinct/none", 404),
        ("/second/none", 303),
        ("/act/x", 303),
        ("/paper/x", 404),
    ] {
        assert_eq!(desk.get(path).status, status, "{path}");
    }
    let precinct = desk.get(&format!("/precinct/{PRECINCT}"));
    assert!(precinct.text.contains(&format!("href=\"/second/{PRECINCT}\"")), "{}", precinct.text);
    let wall = desk.get("/projector");
    assert_eq!(count_in(&wall, "to-receive"), "1");
    assert!(!wall.text.contains("<form") && !wall.text.contains("<a "), "{}", wall.text);
    // The figures of the paper stand nowhere before it was typed a second time.
    let votes = &night.scene.election().polls[PRECINCT].current().unwrap().protocol.count.votes;
    let figures: Vec<String> = votes.iter().map(|line| format!(">{}<", line.votes)).collect();
    let findings = desk.get("/findings");
    let hidden = "The figures are not shown while the paper of this precinct w";
    assert!(findings.text.contains(hidden) && precinct.text.contains(hidden), "{}", findings.text);
    assert!(!findings.text.contains("300") && !precinct.text.contains("found 300"), "{}", findings.text);
    for page in
        [&board, &list, &precinct, &wall, &findings, &desk.get("/findings?print=1"), &desk.get("/results")]
    {
        assert!(figures.iter().all(|figure| !page.text.contains(figure)), "{}", page.text);
        assert!(!page.text.contains("issued: 240") && !page.text.contains("ballots: 240"), "{}", page.text);
    }
    for lang in ["kk", "ru"] {
        let secret = desk.secret();
        assert_eq!(
            desk.post("/language", &[("secret", &secret), ("lang", lang), ("back", "/")]).goes_to(),
            "/"
        );
        let page = desk.get("/");
        assert!(page.text.contains(&format!("lang=\"{lang}\"")) && !page.text.contains("All precincts"));
    }
}

#[test]
fn who_sits_at_a_desk_follows_from_the_key() {
    let night = Night::before("protocol-received:first");
    let desk = night.desk("desk", &[]);
    // Nobody has said whose desk it is: there is nothing to see yet.
    for path in ["/", "/list/all", "/findings", "/outbox", "/projector", "/document/x"] {
        assert_eq!(desk.get(path).goes_to(), "/who", "{path}");
    }
    assert!(unlock(&desk, "chair.pem", "wrong").text.contains("said bad"));
    assert!(unlock(&desk, "chair.pem", "").text.contains("expected a passphrase"));
    assert!(unlock(&desk, "../keys/chair.pem", PASSPHRASE).text.contains("said bad"));
    assert!(unlock(&desk, "pec.pem", PASSPHRASE).text.contains("no member in force of a territorial"));
    assert_eq!(desk.get("/").status, 303);
    assert_eq!(unlock(&desk, "secretary.pem", PASSPHRASE).goes_to(), "/");
    assert!(desk.get("/who").text.contains("data-seat=\"secretary\""));
    assert_eq!(count_in(&desk.get("/"), "all"), "1");
    // Another sits down: the one before is forgotten, the desk stays the commission's.
    let secret = desk.secret();
    assert_eq!(desk.post("/who", &[("secret", &secret), ("do", "leave")]).goes_to(), "/who");
    assert!(!desk.get("/who").text.contains("data-seat"));
    assert_eq!(desk.get("/").status, 200);
    // Nothing of the key or its passphrase lies anywhere.
    for item in walk(&PathBuf::from(night.at("desk"))) {
        let text = String::from_utf8_lossy(&fs::read(&item).unwrap()).into_owned();
        assert!(!text.contains(PASSPHRASE) && !text.contains("PRIVATE"), "{}", item.display());
    }
}

/// Every file under a folder.
fn walk(dir: &std::path::Path) -> Vec<PathBuf> {
    let items = fs::read_dir(dir).unwrap().map(|item| item.unwrap().path());
    items.flat_map(|path| if path.is_dir() { walk(&path) } else { vec![path] }).collect()
}

#[test]
fn what_a_rule_left_to_look_at_is_handled_by_somebody_on_this_desk() {
    let night = Night::of(findings_scene("protocol-received:first"));
    assert!(!night.scene.head.state().findings.is_empty(), "the scene leaves something to look at");
    let desk = night.desk("desk", &["--commission", TEC]);
    let page = desk.get("/findings");
    let name = page.behind("id=\"f-");
    let path = format!("/findings/{name}");
    let handle = |note: &str| {
        let secret = desk.secret();
        desk.post(&path, &[("secret", &secret), ("note", note), ("from", "0")])
    };
    assert!(handle("x").text.contains("Unlock your key first"));
    unlock(&desk, "deputy.pem", PASSPHRASE).goes_to();
    assert!(handle("  ").text.contains("said bad"));
    assert_eq!(handle("compared <b>with</b> the paper").goes_to(), "/findings?from=0");
    let page = desk.get("/findings");
    assert!(page.text.contains("compared &lt;b&gt;with&lt;/b&gt; the paper"), "{}", page.text);
    assert!(!desk.get("/findings?open=1").text.contains(&format!("f-{name}\"")));
    // It is kept through a kill, on this desk and on no other, and is no word of the ledger.
    drop(desk);
    let again = night.desk("desk", &["--commission", TEC]);
    assert!(again.get("/findings").text.contains("compared &lt;b&gt;"));
    let other = night.desk("other", &["--commission", TEC]);
    assert!(!other.get("/findings").text.contains("compared &lt;b&gt;"));
    assert_eq!(
        again.post("/findings/999-ARI-04-1", &[("secret", &again.secret()), ("note", "x")]).status,
        200
    );
    assert!(
        !fs::read_dir(night.at("desk/handled"))
            .unwrap()
            .any(|item| item.unwrap().file_name() == "999-ARI-04-1.json")
    );
}

#[test]
fn a_desk_knows_its_ledger_again_and_refuses_another_one() {
    let night = Night::before("protocol-received:first");
    drop(night.desk("desk", &["--commission", TEC]));
    // A copy that has lost entries is not the ledger that this desk has seen.
    let shorter = Night::before("protocol-signed");
    let (own, keys) = (night.at("desk"), night.at("keys"));
    let words = |source: &str| -> Vec<String> {
        ["desk", source, "--no-open", "--lang", "en", "--keys", &keys, "--folder", &own, "--commission", TEC]
            .map(str::to_owned)
            .to_vec()
    };
    let told = |words: &[String], code: i32, part: &str| {
        let (found, out, err) = run(&words.iter().map(String::as_str).collect::<Vec<_>>());
        assert!(found == code && err.contains(part), "{found} {out}{err}");
    };
    told(&words(&shorter.node.address), 2, "that this desk saw before");
    let mut no_commission = words(&night.node.address);
    no_commission.pop();
    no_commission.push("pec-aul-1".to_owned());
    told(&no_commission, 64, TEC);
    told(&words("http://127.0.0.1:1/"), 2, "");
    // On the ledger's own folder the same board stands.
    let desk = Desk::open(&night.at("ledger"), &keys, &["--folder", &own, "--commission", TEC]);
    assert_eq!(count_in(&desk.get("/"), "to-receive"), "1");
    let (code, out, _) = run(&words(&night.node.address).iter().map(String::as_str).collect::<Vec<_>>());
    assert!(
        code == 0 && out.contains("/start?token="),
        "whoever starts it once more is led to the one at work: {out}"
    );
}

#[test]
fn the_result_follows_from_the_protocols_and_a_correction_stands_beside_what_it_replaced() {
    // While a paper waits, no sum tells its figures.
    let waiting = Night::before("protocol-received:first");
    let desk = waiting.desk("desk", &["--commission", TEC]);
    let page = desk.get("/results");
    assert!(page.status == 200 && page.text.contains("0 of 1 precincts count"), "{}", page.text);
    assert!(!page.text.contains("data-outcome") && !page.text.contains("data-order"), "{}", page.text);
    drop(desk);
    let night = Night::before("results-determined");
    let election = night.scene.election();
    let law::Winner::Elected(elected) = election.winner() else { panic!("somebody is elected") };
    let desk = night.desk("desk", &["--commission", TEC]);
    let page = desk.get("/results");
    assert!(
        page.text.contains("1 of 1 precincts count") && page.text.contains("art. 113-10"),
        "{}",
        page.text
    );
    assert!(page.text.contains("data-outcome=\"elected\""), "{}", page.text);
    let name = election.candidates[&elected].nominated.name_ru.to_string();
    assert!(page.text.contains(&format!("is elected: {name}")), "{}", page.text);
    for line in &election.totals().votes {
        assert!(page.text.contains(&format!(">{}<", line.votes)), "{} {}", line.candidate, page.text);
    }
    // Two protocols gave way to others, each with its ground.
    assert!(
        page.text.contains("data-order=\"changed\"") && page.text.contains("recount ordered"),
        "{}",
        page.text
    );
    assert!(page.text.contains("wrong transcription"), "{}", page.text);
}

/// States an act on its form, signs it by these seats, and sends it.
fn state(night: &Night, desk: &Desk, path: &str, values: &[(&str, &str)], at: &str, seats: &[&str]) {
    let page = desk.get(path);
    assert_eq!(page.status, 200, "{path} {}", page.text);
    let (secret, seen) = (page.behind("name=\"secret\" value=\""), page.behind("name=\"seen\" value=\""));
    let lines: Vec<(String, &str)> =
        values.iter().map(|(number, value)| (format!("v{number}"), *value)).collect();
    let mut fields: Vec<(&str, &str)> = lines.iter().map(|(name, value)| (name.as_str(), *value)).collect();
    fields.extend([("secret", secret.as_str()), ("seen", &seen), ("at", at), ("do", "draft")]);
    // Of seven members four are there: those who sign are chosen.
    fields.extend(seats.iter().map(|seat| ("signer", *seat)));
    let drafted = desk.post(path, &fields);
    assert_eq!(drafted.status, 303, "{path} {}", drafted.text);
    let document = drafted.goes_to();
    desk.sign(&document, seats);
    let sent = desk.post("/outbox", &[("secret", &secret), ("node", &night.node.address), ("do", "send")]);
    assert!(sent.text.contains("accepted, No."), "{path} {}", sent.text);
}

#[test]
fn from_the_last_protocol_to_the_certificate_at_one_desk() {
    let mut night = Night::before("results-determined");
    let papers = PathBuf::from(night.at("desk/papers"));
    fs::create_dir_all(&papers).unwrap();
    for name in ["results.pdf", "duties.pdf", "page.pdf", "registered.pdf", "certificate.pdf"] {
        fs::write(papers.join(name), name).unwrap();
    }
    let desk = night.desk("desk", &["--commission", TEC]);
    assert_eq!(desk.get("/act/results-determined").goes_to(), "/who?back=/tasks");
    unlock(&desk, "chair.pem", PASSPHRASE).goes_to();
    let tasks = desk.get("/tasks");
    assert!(tasks.text.contains("href=\"/act/results-determined\""), "{}", tasks.text);
    // What is about one precinct has a form for each, with the precinct said already; what is not to be stated now has none.
    assert!(
        tasks.text.contains(&format!("href=\"/act/recount-ordered?precinct={PRECINCT}\"")),
        "{}",
        tasks.text
    );
    let recount = desk.get(&format!("/act/recount-ordered?precinct={PRECINCT}"));
    assert!(recount.status == 200 && !recount.text.contains("name=\"v4\""), "{}", recount.text);
    for path in ["/act/certificate-issued", "/act/protocol-received", "/act/nothing", "/act/protocol-signed"]
    {
        assert_eq!(desk.get(path).status, 409, "{path}");
    }
    // Everything but the paper follows from the protocols.
    let form = desk.get("/act/results-determined");
    assert_eq!(form.text.matches("data-line=").count(), 2, "{}", form.text);
    let day = "2025-10-14 10:00";
    state(&night, &desk, "/act/results-determined", &[("4", "papers/results.pdf")], day, &SEATS);
    state(&night, &desk, "/act/duties-resigned", &[("2", "papers/duties.pdf")], day, &SEATS);
    let published = [("2", "Газета"), ("3", "papers/page.pdf")];
    state(&night, &desk, "/act/results-published", &published, day, &SEATS);
    state(&night, &desk, "/act/akim-registered", &[("2", "papers/registered.pdf")], day, &SEATS);
    state(
        &night,
        &desk,
        "/act/certificate-issued",
        &[("3", "0007"), ("4", "papers/certificate.pdf")],
        "2025-10-15 12:00",
        &["chair"],
    );
    drop(desk);
    assert_eq!(night.node.end(), 0);
    let (entries, _) = store::read::snapshot_of(&night.dir.path().join("ledger")).unwrap();
    assert_eq!(entries.len(), night.scene.said.len() + 5);
    night.scene.entries.clone_from(&entries);
    let report = crate::scene::verified(&night.scene, entries);
    assert_eq!(report.verdict(), verifier::Verdict::Verified, "{}", report.to_text());
}
