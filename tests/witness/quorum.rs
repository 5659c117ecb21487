//! A node that asks witnesses: what it shows with a quorum, what without one, and which answers wait for it.

use std::{
    fs,
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::{TcpListener, TcpStream},
    path::Path,
    time::{Duration, Instant},
};

use base64::Engine as _;
use event::{SignedEvent, Stamp};
use node::Writer;
use tlog::{checkpoint::Checkpoint, cosignature::CosignerKey, note::Note, policy::Policy, receipt::Receipt};

use super::{Witness, key_of};
use crate::{
    folders::copy_folder,
    scene::{ELECTION, Scene},
    serve::{self, Node, copied, described, key_file, reports, stream},
};

/// An address that nobody listens on, for who comes later.
fn free_address() -> String {
    let socket = TcpListener::bind("127.0.0.1:0").unwrap();
    socket.local_addr().unwrap().to_string()
}

/// Answers every request with a signature that is none.
fn liar(key: &CosignerKey) -> String {
    let socket = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = socket.local_addr().unwrap().to_string();
    let blob = [key.id().as_slice(), &1_800_000_000_u64.to_be_bytes(), &[7; 64]].concat();
    let line = format!("— {} {}\n", key.name(), base64::engine::general_purpose::STANDARD.encode(blob));
    let answer = move |stream: TcpStream| {
        let mut reader = BufReader::new(&stream);
        let (mut head, mut length) = (String::new(), 0);
        while reader.read_line(&mut head).unwrap_or(0) > 2 {
            let last = head.lines().last().unwrap_or_default().to_lowercase();
            if let Some(value) = last.strip_prefix("content-length: ") {
                length = value.trim().parse().unwrap();
            }
        }
        let _body = reader.read_exact(&mut vec![0; length]);
        let status = if head.starts_with("POST") { "200 OK" } else { "404 Not Found" };
        let _gone = write!(
            &stream,
            "HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{line}",
            line.len()
        );
    };
    std::thread::spawn(move || socket.incoming().flatten().for_each(answer));
    address
}

/// A policy of two of three witnesses at these addresses.
fn policy(dir: &Path, vkey: &str, witnesses: [(&CosignerKey, &str); 3]) -> String {
    let line = |(n, (key, at)): (usize, &(&CosignerKey, &str))| {
        format!("witness w{n} {} http://{at}\n", key.encode())
    };
    let lines: String = witnesses.iter().enumerate().map(line).collect();
    let path = dir.join("policy");
    fs::write(&path, format!("log {vkey}\n{lines}group two 2 w0 w1 w2\nquorum two\n")).unwrap();
    path.to_str().unwrap().to_owned()
}

/// Three folders, their keys, and three addresses.
struct Trio {
    dirs: [tempfile::TempDir; 3],
    keys: [CosignerKey; 3],
    at: [String; 3],
    vkey: String,
}

const NAMES: [&str; 3] = ["one.example", "two.example", "liar.example"];

impl Trio {
    /// The third one lies.
    fn new(vkey: String) -> Self {
        let dirs = [(); 3].map(|()| tempfile::tempdir().unwrap());
        let keys = [0, 1, 2].map(|n| key_of(dirs[n].path(), NAMES[n]));
        let at = [free_address(), free_address(), liar(&keys[2])];
        Self { dirs, keys, at, vkey }
    }

    fn policy(&self, dir: &Path) -> String {
        let [a, b, c] = [0, 1, 2].map(|n| (&self.keys[n], self.at[n].as_str()));
        policy(dir, &self.vkey, [a, b, c])
    }

    fn start(&self, n: usize, words: &[&str]) -> Witness {
        let words = [&["--listen", &self.at[n]], words].concat();
        Witness::start(self.dirs[n].path(), NAMES[n], &self.vkey, &words)
    }
}

/// The checkpoint that a node shows, and whether it is said to be witnessed.
fn shown(node: &Node) -> (u64, String, Vec<u8>) {
    let answer = node.get("/checkpoint");
    if answer.status != 200 {
        return (0, answer.text(), Vec::new());
    }
    let note = Note::parse(&answer.body).unwrap();
    let witnessed = answer.header("hattama-witnessed").to_owned();
    (Checkpoint::parse(note.text()).unwrap().size, witnessed, answer.body)
}

fn figure(node: &Node, name: &str) -> Option<u64> {
    let text = node.get("/metrics").text();
    text.lines().find_map(|line| line.strip_prefix(&format!("{name} "))?.parse().ok())
}

#[test]
fn two_of_three_make_a_checkpoint_count_and_one_does_not() {
    let dir = copied();
    let trio = Trio::new(serve::log_vkey(dir.path()));
    let path = trio.policy(dir.path());
    let policy = Policy::parse(&fs::read(&path).unwrap()).unwrap();
    let mut witnesses = [trio.start(0, &[]), trio.start(1, &[])];
    let words = ["--policy", &path, "--key-rate", "0"];
    let node = Node::writing(dir.path(), &words);
    let size = serve::stage().head.size();
    let events = reports(1, 6);
    let answer = node.post(&events[0]);
    assert!(answer.status == 201 && answer.json()["witnessed"].is_boolean(), "{}", answer.text());
    node.until("witnessed", |node| shown(node).0 == size + 1 && shown(node).1 == "true");
    let (_, _, note) = shown(&node);
    let judged = policy.judge_note(&note).unwrap();
    assert_eq!((judged.cosignatures.len(), Note::parse(&note).unwrap().signatures().len()), (2, 3));
    let told = node.get("/metrics").text();
    assert!(told.contains("hattama_witness_answers_total{witness=\"w2\",cosigned=\"false\"}"), "{told}");
    assert!(!told.contains("hattama_witness_answers_total{witness=\"w2\",cosigned=\"true\"}"), "{told}");
    // Two are down: nobody waits for them, and what is shown says what it lacks.
    witnesses.iter_mut().for_each(Witness::kill);
    let begun = Instant::now();
    let answers: Vec<_> = events[1..5].iter().map(|signed| node.post(signed)).collect();
    assert!(begun.elapsed() < Duration::from_secs(4), "{:?}", begun.elapsed());
    for answer in answers {
        assert!(answer.status == 201 && answer.json()["witnessed"] == false, "{}", answer.text());
    }
    node.until("shown unwitnessed", |node| shown(node).0 == size + 5);
    let (_, witnessed, note) = shown(&node);
    assert_eq!(witnessed, "false");
    assert!(policy.judge_note(&note).is_err() && policy.examine_note(&note).is_ok());
    node.until("counted", |node| figure(node, "hattama_unwitnessed") == Some(1));
    assert_eq!(figure(&node, "hattama_witnessed_entries"), Some(size + 1));
    // They come back, with what they remember.
    let _back = [trio.start(0, &[]), trio.start(1, &[])];
    node.until("witnessed again", |node| shown(node).0 == size + 5 && shown(node).1 == "true");
    assert_eq!(node.end(), 0);
}

/// The ledger of the scene just before its result, as a folder to serve.
fn before_the_result(dir: &Path) -> Scene {
    let scene = Scene::before("results-determined");
    let at = |signed: &SignedEvent| Stamp::from_millis(signed.event.at.seconds() * 1000).unwrap();
    let (ledger, genesis) = (dir.join("ledger"), &scene.said[0]);
    let mut writer = Writer::create(&ledger, genesis, &scene.cast.secret("log"), at(genesis)).unwrap();
    for signed in &scene.said[1..] {
        writer.append(&[(signed.clone(), at(signed))]).unwrap().pop().unwrap().unwrap();
    }
    writer.close().unwrap();
    key_file(&ledger.join("log-key.pem"), &scene.cast.secret("log"));
    scene
}

#[test]
fn a_result_waits_for_the_quorum_and_nothing_else_does() {
    let dir = tempfile::tempdir().unwrap();
    let mut scene = before_the_result(dir.path());
    let index = scene.head.size();
    let trio = Trio::new(serve::log_vkey(dir.path()));
    let path = trio.policy(dir.path());
    let _one = trio.start(0, &[]);
    let words = ["--policy", &path, "--unsigned-refusals"];
    // Two of three know the ledger; then one of them is down.
    let mut two = trio.start(1, &[]);
    let mut node = Node::writing(dir.path(), &words);
    node.until("witnessed", |node| shown(node).0 == index && shown(node).1 == "true");
    two.kill();
    scene.play("results-determined");
    scene.play("duties-resigned");
    let [result, after] = [&scene.said[index as usize], &scene.said[index as usize + 1]];
    let waits = |answer: serve::Answer| {
        let kind = answer.json()["type"].clone();
        assert_eq!((answer.status, kind.as_str()), (503, Some("/openapi.json#/x-problems/unwitnessed")));
        assert!(answer.header("retry-after").parse::<u64>().unwrap() > 0);
    };
    let description = described::description();
    let refused = node.post(result);
    described::hold(&description, "/events", "post", &refused);
    waits(refused);
    let hash = result.hash();
    let hidden = |node: &Node| {
        for path in [format!("/entries/{index}"), format!("/events/{hash}"), format!("/receipts/{hash}")] {
            waits(node.get(&path));
        }
        assert!(shown(node).0 <= index);
        let figures = node.json(&format!("/elections/{ELECTION}/results"));
        assert_eq!(
            (figures["status"].as_str(), figures["as_of"]["size"].as_u64()),
            (Some("preliminary"), Some(index))
        );
        assert_eq!(node.json("/elections")["elections"][0]["status"], "preliminary");
        assert_eq!(node.get(&format!("/elections/{ELECTION}/results?as_of={}", index + 1)).status, 404);
        assert_eq!(figure(node, "hattama_held_announcements"), Some(1));
    };
    node.until("held", |node| figure(node, "hattama_held_announcements") == Some(1));
    hidden(&node);
    // Others are taken in meanwhile, with a receipt.
    let answer = node.post(after);
    assert!(answer.status == 201 && answer.json()["witnessed"] == false, "{}", answer.text());
    // A crash does not let it out.
    node.kill();
    let node = Node::start(dir.path(), &words);
    node.until("held", |node| figure(node, "hattama_held_announcements") == Some(1));
    hidden(&node);
    waits(node.post(result));
    // A follower sees what is in front of the result, and waits.
    let (_, mut lines) = stream::follow(&node, &format!("/stream?from={}", index - 1), None);
    assert_eq!(stream::message(&mut lines).unwrap().0, index - 1);
    let released = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(false));
    let follower = std::thread::spawn({
        let released = released.clone();
        move || (stream::message(&mut lines).unwrap().0, released.load(std::sync::atomic::Ordering::SeqCst))
    });
    std::thread::sleep(Duration::from_millis(500));
    assert!(!follower.is_finished());
    released.store(true, std::sync::atomic::Ordering::SeqCst);
    // The second witness reads the entries before it cosigns, the result among them.
    let two = trio.start(1, &["--replay", &node.address]);
    node.until("witnessed", |node| shown(node).0 == index + 2 && shown(node).1 == "true");
    assert_eq!(follower.join().unwrap(), (index, true));
    let answer = node.post(result);
    described::hold(&description, "/events", "post", &answer);
    described::hold(&description, "/checkpoint", "get", &node.get("/checkpoint"));
    let told = answer.json();
    assert!(answer.status == 200 && told["again"] == true && told["witnessed"] == true, "{told}");
    let receipt = Receipt::parse(told["receipt"].as_str().unwrap().as_bytes()).unwrap();
    let policy = Policy::parse(&fs::read(&path).unwrap()).unwrap();
    assert_eq!(
        policy.judge_note(receipt.checkpoint.as_bytes()).unwrap().cosignatures.len(),
        2,
        "{}",
        two.told()
    );
    assert_eq!(node.json(&format!("/entries/{index}"))["index"], index);
    assert_eq!(node.json(&format!("/elections/{ELECTION}/results"))["status"], "determined");
    // With the quorum there, the next announcement is acknowledged at once.
    scene.play("results-published");
    let begun = Instant::now();
    let answer = node.post(scene.said.last().unwrap());
    assert!(answer.status == 201 && answer.json()["witnessed"] == true, "{}", answer.text());
    eprintln!("an announcement with two witnesses, one of which replays: {:?}", begun.elapsed());
    assert_eq!(node.end(), 0);
}

#[test]
fn a_ledger_behind_its_witnesses_signs_nothing() {
    let dir = copied();
    copy_folder(&dir.path().join("ledger"), &dir.path().join("old/ledger"));
    let trio = Trio::new(serve::log_vkey(dir.path()));
    let path = trio.policy(dir.path());
    let words = ["--policy", &path];
    let mut one = trio.start(0, &[]);
    let _two = trio.start(1, &[]);
    // One of three that has seen nothing: the two others, enough for a quorum, may have seen more than this disk holds.
    let [down, silent] = [free_address(), free_address()];
    let few = tempfile::tempdir().unwrap();
    let at = [trio.at[0].as_str(), down.as_str(), silent.as_str()];
    let few = policy(few.path(), &trio.vkey, [0, 1, 2].map(|n| (&trio.keys[n], at[n])));
    let node = Node::start(dir.path(), &["--policy", &few]);
    let unsure = |node: &Node| {
        let ready = node.get("/readyz");
        ready.status == 503 && ready.text().contains("every quorum")
    };
    node.until("read-only", unsure);
    assert_eq!(node.post(&reports(1, 1)[0]).status, 503);
    drop(node);
    let node = Node::writing(dir.path(), &words);
    assert_eq!(node.post(&reports(1, 1)[0]).status, 201);
    let size = serve::stage().head.size() + 1;
    let cosigned = |_: &Node| {
        one.newest(trio.vkey.split('+').next().unwrap()).is_some_and(|(newest, _)| newest.size == size)
    };
    node.until("cosigned", cosigned);
    assert_eq!(node.end(), 0);
    let (code, err) = Node::try_start(&dir.path().join("old"), &words).err().expect("refused");
    assert!(code == Some(1) && err.contains("rolled back") && err.contains(&trio.at[0]), "{err}");
    one.kill();
    let stranger = Trio::new(serve::log_vkey(dir.path()));
    let gone = free_address();
    let three = [0, 1, 2].map(|n| (&stranger.keys[n], gone.as_str()));
    let nobody = policy(&dir.path().join("old"), &stranger.vkey, three);
    let node = Node::start(&dir.path().join("old"), &["--policy", &nobody]);
    node.until("read-only", unsure);
    assert!(node.get("/readyz").text().contains("--accept-unanchored"));
    drop(node);
    // A policy of another log is none.
    let other = super::Log::new("log.example/other").vkey();
    let foreign = policy(dir.path(), &other, three);
    let (code, err) = Node::try_start(dir.path(), &["--policy", &foreign]).err().expect("refused");
    assert!(code == Some(64) && err.contains("expected a policy of this log"), "{code:?} {err}");
    let silent = fs::read_to_string(trio.policy(dir.path())).unwrap().replace(" http://", "\n# ");
    fs::write(dir.path().join("silent"), silent).unwrap();
    let silent = dir.path().join("silent");
    let (code, err) =
        Node::try_start(dir.path(), &["--policy", silent.to_str().unwrap()]).err().expect("refused");
    assert!(code == Some(64) && err.contains("without an address"), "{code:?} {err}");
}

/// What is published carries the lines of those who answer; a publication waits for nobody.
#[test]
fn published_checkpoints_carry_the_lines_of_witnesses() {
    let dir = copied();
    let trio = Trio::new(serve::log_vkey(dir.path()));
    let file = trio.policy(dir.path());
    let policy = Policy::parse(&fs::read(&file).unwrap()).unwrap();
    let at = |inner: &str| dir.path().join(inner).to_str().unwrap().to_owned();
    let office = serve::stage().dir.join("office.pem").to_str().unwrap().to_owned();
    let publish_so = |policy: &str, more: &[&str]| {
        let words = ["publish", "--ledger", &at("ledger"), "--office-key", &office, "--to", &at("published")];
        crate::commands::run(&[&words[..], &["--policy", policy, "--lang", "en"], more].concat())
    };
    let publish = |policy: &str| publish_so(policy, &[]);
    let lines = |path: &str| {
        let note = fs::read(dir.path().join("published").join(path)).unwrap();
        let (judged, quorum) = policy.examine_note(&note).unwrap();
        (judged.cosignatures.len(), quorum.is_ok())
    };
    let snp08 = || {
        let (_, out, _) = crate::commands::run(&["verify", &at("published"), "--policy", &file, "--json"]);
        let report: serde_json::Value = serde_json::from_str(&out).unwrap();
        let checks = report["checks"].as_array().unwrap().clone();
        let row = checks.iter().find(|row| row["id"] == "SNP-08").unwrap_or_else(|| panic!("{report}"));
        let failed = checks.iter().filter(|row| row["status"] == "FAIL").count();
        (row["status"].as_str().unwrap().to_owned(), failed)
    };
    // Nobody answers but the one that lies: public all the same, and said.
    let (code, _, err) = publish(&file);
    assert!(code == 2 && err.contains("--accept-unanchored"), "{err}");
    let (code, out, err) = publish_so(&file, &["--accept-unanchored"]);
    assert!(code == 0 && err.contains("without enough witnesses") && err.contains("w2"), "{out}{err}");
    assert_eq!((lines("checkpoint"), lines("snapshots/1/checkpoint")), ((0, false), (0, false)));
    assert_ne!(snp08().0, "PASS");
    let _two = [trio.start(0, &[]), trio.start(1, &[])];
    let (code, out, err) = publish(&file);
    assert!(code == 0 && out.contains("lines of 2 witnesses") && err.contains("w2"), "{out}{err}");
    assert_eq!((lines("checkpoint"), lines("snapshots/2/checkpoint")), ((2, true), (2, true)));
    assert_eq!(snp08(), ("PASS".to_owned(), 0));
    // Lines of others are no matter of a verifier without the policy, nor of another implementation.
    let (code, out, err) = crate::commands::run(&["verify", &at("published")]);
    assert_eq!(code, 0, "{out}{err}");
    for (_, verdict) in crate::second::python(&[dir.path().join("published")]).into_iter().flatten() {
        assert!(!verdict.starts_with("FAILED") && !verdict.starts_with("UNREADABLE"), "{verdict}");
    }
    // Another log's policy stops it before anything is announced.
    let before = fs::read(dir.path().join("published/checkpoint")).unwrap();
    let other = super::Log::new("log.example/other").vkey();
    let at_nobody = [0, 1, 2].map(|n| (&trio.keys[n], trio.at[n].as_str()));
    let foreign = dir.path().join("foreign");
    fs::create_dir(&foreign).unwrap();
    let (code, _, err) = publish(&self::policy(&foreign, &other, at_nobody));
    assert!(code != 0 && err.contains("expected a policy of this log"), "{code} {err}");
    assert_eq!(fs::read(dir.path().join("published/checkpoint")).unwrap(), before);
    assert!(!dir.path().join("published/snapshots/3").exists());
}
