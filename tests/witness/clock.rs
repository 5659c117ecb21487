//! A node whose clock is not that of its witnesses: it takes nothing in, says so, and goes on by itself when it is right again.
//!
//! In: witnesses played here, whose clocks can be set; the real node under a charter with a real clock. Out: witnesses as they are
//! (`quorum`), times of receipt without witnesses (`serve::start`).

use std::{
    fs,
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::{TcpListener, TcpStream},
    path::Path,
    process::Command,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};

use event::SignedEvent;
use tlog::{cosignature::Cosigner, witness::AddCheckpoint};

use crate::serve::{self, Node, key_file};

/// A witness that cosigns everything, so many seconds off.
struct Off {
    at: String,
    key: String,
    seconds: Arc<AtomicI64>,
}

impl Off {
    fn start(name: &str, seconds: i64) -> Self {
        let socket = TcpListener::bind("127.0.0.1:0").unwrap();
        let at = socket.local_addr().unwrap().to_string();
        let cosigner = Cosigner::new(name, &event::sha256(&[name.as_bytes()]).0).unwrap();
        let key = cosigner.cosigner_key().encode();
        let seconds = Arc::new(AtomicI64::new(seconds));
        let own = seconds.clone();
        std::thread::spawn(move || {
            for stream in socket.incoming().flatten() {
                let now = node::now().unwrap().millis() / 1000 + own.load(Ordering::Relaxed);
                let _gone = answer(&stream, &cosigner, u64::try_from(now).unwrap());
            }
        });
        Self { at, key, seconds }
    }

    fn set(&self, seconds: i64) {
        self.seconds.store(seconds, Ordering::Relaxed);
    }
}

fn answer(stream: &TcpStream, cosigner: &Cosigner, now: u64) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream);
    let (mut first, mut length) = (String::new(), 0);
    reader.read_line(&mut first)?;
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? <= 2 {
            break;
        }
        if let Some(value) = line.to_lowercase().strip_prefix("content-length: ") {
            length = value.trim().parse().unwrap();
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    let (status, said) = if first.starts_with("POST") {
        let request = AddCheckpoint::parse(&body).unwrap();
        ("200 OK", cosigner.sign(request.note().text(), now).unwrap().encode())
    } else {
        ("404 Not Found", String::new())
    };
    let length = said.len();
    let mut stream = stream;
    write!(stream, "HTTP/1.1 {status}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{said}")
}

/// A ledger under the machine's clock, made now, and what its commissions may append next, signed one after the other.
fn ledger(dir: &Path) -> Vec<SignedEvent> {
    let mut cast = demo::cast::Cast::new(demo::SEED);
    let charter = serve::start::charter_of_now(&mut cast);
    let path = dir.join("ledger");
    let writer = node::Writer::create(&path, &charter, &cast.secret("log"), node::now().unwrap()).unwrap();
    let (mut head, now) = (writer.head().clone(), node::now().unwrap());
    let seen = head.as_seen();
    writer.close().unwrap();
    key_file(&path.join("log-key.pem"), &cast.secret("log"));
    let mut acts =
        demo::commission_acts(&mut cast, head.state().ledger.unwrap(), &[demo::semey_contest()]).unwrap();
    acts.sort_by_key(|act| act.at);
    let sign = |mut act: demo::act::Act| {
        act.at = now.millis() / 1000;
        let mut signed = demo::act::sign_act(&head, &mut cast, &act).unwrap();
        // The node will receive it at another time, so that its tree is not this one.
        signed.event = signed.event.with_change(|event| event.seen = seen).unwrap();
        signed.signatures.clear();
        cast.sign(&mut signed, &act.signers).unwrap();
        let admitted = ledger::judge_event(&head, &signed, now).unwrap();
        head.extend(admitted);
        signed
    };
    acts.into_iter().take(6).map(sign).collect()
}

fn policy(dir: &Path, witnesses: &[&Off]) -> String {
    let line = |(n, one): (usize, &&Off)| format!("witness w{n} {} http://{}\n", one.key, one.at);
    let lines: String = witnesses.iter().enumerate().map(line).collect();
    let names: Vec<String> = (0..witnesses.len()).map(|n| format!("w{n}")).collect();
    let path = dir.join("policy");
    let quorum = format!("group enough {} {}\nquorum enough\n", witnesses.len() / 2 + 1, names.join(" "));
    fs::write(&path, format!("log {}\n{lines}{quorum}", serve::log_vkey(dir))).unwrap();
    path.to_str().unwrap().to_owned()
}

fn figure(node: &Node, name: &str) -> f64 {
    let text = node.get("/metrics").text();
    text.lines().find_map(|line| line.strip_prefix(&format!("{name} "))?.parse().ok()).unwrap()
}

#[test]
fn a_clock_off_its_witnesses_stops_the_node_from_writing() {
    let dir = tempfile::tempdir().unwrap();
    let events = ledger(dir.path());
    // The third one is wrong alone.
    let [one, two, wrong] =
        [("one", 0), ("three", 0), ("wrong", -100_000)].map(|(name, off)| Off::start(name, off));
    let policy = policy(dir.path(), &[&one, &two, &wrong]);
    let words = ["--policy", &policy, "--unsigned-refusals"];
    let node = Node::writing(dir.path(), &words);
    assert_eq!(node.post(&events[0]).status, 201);
    assert!(figure(&node, "hattama_clock_apart_seconds").abs() < 250.0);
    // Nobody is asked any more for what is in.
    node.until("cosigned", |node| {
        let shown = node.get("/checkpoint");
        shown.header("hattama-witnessed") == "true" && shown.text().lines().nth(1) == Some("2")
    });
    // Two of three are ten minutes ahead: so this node is behind. What told it went in before.
    one.set(600);
    two.set(600);
    assert_eq!(node.post(&events[1]).status, 201);
    node.until("not ready", |node| node.get("/readyz").status == 503);
    let ready = node.get("/readyz").json();
    assert_eq!(ready["type"].as_str(), Some("/openapi.json#/x-problems/read-only"));
    assert!(ready["found"].as_str().unwrap().contains("s behind it"), "{ready}");
    let refused = node.post(&events[2]);
    assert_eq!((refused.status, refused.json()["type"].as_str()), (503, ready["type"].as_str()));
    assert!(!refused.header("retry-after").is_empty());
    assert!(figure(&node, "hattama_clock_apart_seconds") < -300.0);
    assert_eq!(figure(&node, "hattama_writing"), 0.0);
    // What is in stays to be read, and is known.
    assert_eq!(node.get("/checkpoint").status, 200);
    assert_eq!(node.post(&events[1]).status, 200);
    assert_eq!(figure(&node, "hattama_entries"), 3.0);
    // They were wrong, or this clock was set right.
    one.set(0);
    two.set(0);
    node.until("writing again", |node| node.get("/readyz").status == 200);
    assert_eq!(node.post(&events[2]).status, 201);
    assert_eq!(figure(&node, "hattama_writing"), 1.0);
    assert_eq!(node.end(), 0);
    // A node that starts asks before it takes anything in.
    one.set(-900);
    two.set(-900);
    let node = Node::start(dir.path(), &words);
    node.until("told", |node| node.get("/readyz").text().contains("ahead of it"));
    assert_eq!(node.post(&events[3]).status, 503);
    assert_eq!(node.end(), 0);
    let (entries, _) = store::read::snapshot_of(&dir.path().join("ledger")).unwrap();
    assert_eq!(entries.len(), 4);
}

#[test]
fn witnesses_that_do_not_answer_hold_no_clock_up() {
    let dir = tempfile::tempdir().unwrap();
    let events = ledger(dir.path());
    let [near, silent] = [Off::start("near", 0), Off::start("silent", 0)];
    let away = Off { at: "127.0.0.1:1".to_owned(), ..silent };
    let policy = policy(dir.path(), &[&near, &away]);
    let node = Node::writing(dir.path(), &["--policy", &policy, "--unsigned-refusals"]);
    near.set(5000);
    // One of two is no quorum, so its time decides nothing.
    for signed in &events[..3] {
        assert_eq!(node.post(signed).status, 201);
    }
    node.until("unwitnessed", |node| figure(node, "hattama_unwitnessed") == 1.0);
    assert_eq!(node.get("/readyz").status, 200);
    assert_eq!(node.end(), 0);
}

/// The machine's own clock jumps, by a library that other programs of the system test with.
#[test]
fn a_clock_that_jumps_is_seen_before_the_next_event() {
    let library = ["/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib"]
        .map(|folder| format!("{folder}/faketime/libfaketime.so.1"));
    let Some(library) = library.iter().find(|path| Path::new(path).exists()) else {
        eprintln!("skipped: no libfaketime here (apt-get install libfaketime)");
        return;
    };
    let dir = tempfile::tempdir().unwrap();
    let events = ledger(dir.path());
    let file = dir.path().join("clock");
    let set = |off: &str| {
        fs::write(dir.path().join("clock.new"), format!("{off}\n")).unwrap();
        fs::rename(dir.path().join("clock.new"), &file).unwrap();
    };
    set("+0");
    let under = |command: &mut Command| {
        command.env("LD_PRELOAD", library).env("FAKETIME_TIMESTAMP_FILE", &file);
        command.env("FAKETIME_NO_CACHE", "1").env("FAKETIME_DONT_FAKE_MONOTONIC", "1");
    };
    let received = |node: &Node, index: u64| {
        let text = node.json(&format!("/entries/{index}"))["received"].as_str().unwrap().to_owned();
        event::Stamp::parse(&text).unwrap().millis()
    };
    let ready = |node: &Node| node.get("/readyz").status == 200;
    // Without witnesses a clock that falls back is waited for: times of receipt stand still.
    let node = Node::start_with(dir.path(), &["--unsigned-refusals"], under);
    node.until("writing", ready);
    assert_eq!(node.post(&events[0]).status, 201);
    set("-200");
    assert_eq!(node.post(&events[1]).status, 201);
    assert_eq!(received(&node, 2), received(&node, 1));
    // One that jumps forward is noticed beside the time since boot, and is not believed before it is set right.
    for off in ["+120", "+3600", "+31536000"] {
        set(off);
        let answer = node.post(&events[2]);
        assert!(answer.status == 503 && answer.text().contains("jumped"), "{off}: {}", answer.text());
        assert!(node.get("/readyz").text().contains("jumped"));
    }
    set("+0");
    node.until("writing again", ready);
    assert_eq!(node.end(), 0);
    // A false clock at the start is not noticed without witnesses; the next start with a right one says so.
    set("+900");
    let node = Node::start_with(dir.path(), &["--unsigned-refusals"], under);
    node.until("writing", ready);
    assert_eq!(node.end(), 0);
    // With witnesses it is seen without asking anybody: not one event gets a wrong time.
    set("+0");
    let [one, two] = [Off::start("one", 0), Off::start("three", 0)];
    let policy = policy(dir.path(), &[&one, &two]);
    let node = Node::start_with(dir.path(), &["--policy", &policy, "--unsigned-refusals"], under);
    node.until("writing", ready);
    assert_eq!(node.post(&events[2]).status, 201);
    for (off, says) in [("-3600", "behind it"), ("+3600", "ahead of it")] {
        set(off);
        let answer = node.post(&events[3]);
        assert!(answer.status == 503 && answer.text().contains(says), "{off}: {}", answer.text());
        assert_eq!(node.get("/readyz").status, 503);
        set("+0");
        node.until("writing again", ready);
    }
    assert_eq!(node.post(&events[3]).status, 201);
    assert!((received(&node, 4) - node::now().unwrap().millis()).abs() < 200_000);
    assert_eq!(node.end(), 0);
}
