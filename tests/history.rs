//! One history: every way in which an old or a second copy of a ledger can be started, with real processes; the table stands in
//! `docs/operations.md`. Contains a line of communication to witnesses that shows nothing, and a witness that lies about sizes. Copies
//! that are told without anybody outside: `copied`; a ledger that nobody outside has seen: `unshown`; a head and a journal damaged
//! together: `spoilt_head`; marks that cannot be kept: `marked`; a witness that lies: `lying`; the state directory: `state_directory`; volumes that are mounted: `mounted`; nothing acknowledged before the quorum: `quorum_first`; backups: `backed_up`; ledgers made again from them: `restored`.

mod backed_up;
mod copied;
mod lying;
mod marked;
mod mounted;
mod quorum_first;
mod restored;
mod spoilt_head;
mod state_directory;
mod unshown;

use std::{
    fs,
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::{TcpListener, TcpStream},
    path::Path,
};

use tlog::{checkpoint::Checkpoint, cosignature::CosignerKey, note::Note, policy::Policy};

use crate::{
    commands::run,
    folders::copy_folder,
    serve::{self, Node, bytes_of, copied, reports, stage},
    witness::{Witness, key_of},
};

/// A server of one answer: what it is asked, with method and body, and what it says.
fn server(answer: impl Fn(&str, &[u8]) -> (u16, Vec<u8>) + Send + 'static) -> String {
    let socket = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", socket.local_addr().unwrap());
    let serve = move |stream: TcpStream| {
        let mut reader = BufReader::new(&stream);
        let (mut head, mut length) = (String::new(), 0);
        while reader.read_line(&mut head).unwrap_or(0) > 2 {
            let last = head.lines().last().unwrap_or_default().to_lowercase();
            if let Some(value) = last.strip_prefix("content-length: ") {
                length = value.trim().parse().unwrap();
            }
        }
        let mut body = vec![0; length];
        let _cut = reader.read_exact(&mut body);
        let (status, said) = answer(&head, &body);
        let line =
            format!("HTTP/1.1 {status} X\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", said.len());
        let _gone = (&stream).write_all(&[line.as_bytes(), &said].concat());
    };
    std::thread::spawn(move || socket.incoming().flatten().for_each(serve));
    address
}

/// The prefix of submission of a witness that shows nothing under it, as those of the world.
fn submission_only(witness: &str) -> String {
    let to = format!("{witness}/add-checkpoint");
    server(move |head, body| {
        if !head.starts_with("POST /add-checkpoint ") {
            return (404, Vec::new());
        }
        serve::sent(&to, "text/plain", body).map_or((502, Vec::new()), |answer| (answer.status, answer.body))
    })
}

/// The size under the checkpoint that the quorum cosigned; none before a witness was asked, or while fewer have.
fn witnessed_size(node: &Node) -> Option<u64> {
    let answer = node.get("/checkpoint");
    if answer.header("hattama-witnessed") != "true" {
        return None;
    }
    Some(Checkpoint::parse(Note::parse(&answer.body).unwrap().text()).unwrap().size)
}

/// Two witnesses of the world, and a third address.
struct World {
    dirs: [tempfile::TempDir; 3],
    keys: [CosignerKey; 3],
    vkey: String,
}

const NAMES: [&str; 3] = ["one.example", "two.example", "three.example"];

impl World {
    fn new(dir: &Path) -> Self {
        let dirs = [(); 3].map(|()| tempfile::tempdir().unwrap());
        let keys = [0, 1, 2].map(|n| key_of(dirs[n].path(), NAMES[n]));
        Self { dirs, keys, vkey: serve::log_vkey(dir) }
    }

    fn start(&self, n: usize) -> Witness {
        Witness::start(self.dirs[n].path(), NAMES[n], &self.vkey, &[])
    }

    /// Two witnesses that cosigned this ledger once and are down since, their addresses, and the policy of two of three.
    fn cosigned_once(&self, dir: &Path) -> ([Witness; 2], [String; 2], String) {
        let mut witnesses = [self.start(0), self.start(1)];
        let at = [0, 1].map(|n: usize| witnesses[n].address.clone());
        let policy = self.policy(dir, [&at[0], &at[1], "http://127.0.0.1:1"]);
        let node = Node::writing(dir, &["--policy", &policy]);
        node.until("witnessed", |node| node.get("/checkpoint").header("hattama-witnessed") == "true");
        assert_eq!(node.end(), 0);
        witnesses.iter_mut().for_each(Witness::kill);
        (witnesses, at, policy)
    }

    /// A policy of two of three at these addresses.
    fn policy(&self, dir: &Path, at: [&str; 3]) -> String {
        let line = |n: usize| format!("witness w{n} {} {}\n", self.keys[n].encode(), at[n]);
        let lines: String = (0..3).map(line).collect();
        let path = dir.join("policy");
        fs::write(&path, format!("log {}\n{lines}group two 2 w0 w1 w2\nquorum two\n", self.vkey)).unwrap();
        path.to_str().unwrap().to_owned()
    }
}

fn publish(dir: &Path, to: &Path, words: &[&str]) -> (i32, String) {
    let (ledger, office) = (dir.join("ledger"), stage().dir.join("office.pem"));
    let (ledger, office, to) = (ledger.to_str().unwrap(), office.to_str().unwrap(), to.to_str().unwrap());
    let own = ["publish", "--ledger", ledger, "--office-key", office, "--to", to];
    let (code, out, err) = run(&[&own[..], words].concat());
    (code, format!("{out}{err}"))
}

fn append(dir: &Path, signed: &event::SignedEvent, words: &[&str]) -> (i32, String) {
    let (ledger, file) = (dir.join("ledger"), dir.join("event.json"));
    fs::write(&file, bytes_of(signed)).unwrap();
    let own = ["event", "append", file.to_str().unwrap(), "--ledger", ledger.to_str().unwrap()];
    let (code, out, err) = run(&[&own[..], words].concat());
    (code, format!("{out}{err}"))
}

/// Size and bytes of the newest signed checkpoint on the disk.
fn signed(dir: &Path) -> (u64, Vec<u8>) {
    store::read::snapshot_of(&dir.join("ledger")).unwrap().1.unwrap()
}

fn is_read_only(node: &Node, says: &str) -> bool {
    let ready = node.get("/readyz");
    ready.status == 503 && ready.text().contains(says)
}

#[test]
fn an_old_copy_asks_the_places_that_the_ledger_remembers() {
    let dir = copied();
    let (public, old) = (dir.path().join("published"), dir.path().join("old"));
    let (code, told) = publish(dir.path(), &public, &[]);
    assert_eq!(code, 0, "{told}");
    copy_folder(&dir.path().join("ledger"), &old.join("ledger"));
    let [one, two] = [&reports(1, 1)[0], &reports(2, 1)[0]];
    let (code, told) = append(dir.path(), one, &[]);
    assert_eq!(code, 0, "{told}");
    let (code, told) = publish(dir.path(), &public, &[]);
    assert_eq!(code, 0, "{told}");
    let before = signed(&old);
    // Nobody names the place again.
    let (code, told) = append(&old, two, &[]);
    assert!(code == 1 && told.contains("rolled back") && told.contains("published"), "{code} {told}");
    let (code, told) = Node::try_start(&old, &[]).err().expect("refused");
    assert!(code == Some(1) && told.contains("rolled back"), "{code:?} {told}");
    let (code, told) = publish(&old, &dir.path().join("elsewhere"), &["--accept-unanchored"]);
    assert!(code == 1 && told.contains("rolled back"), "{code} {told}");
    let (code, told) = publish(&old, &public, &[]);
    assert!(code != 0 && told.contains("old copy"), "{code} {told}");
    let (ledger, key) = (old.join("ledger"), old.join("ledger/log-key.pem"));
    let (code, _, told) =
        run(&["ledger", "check", ledger.to_str().unwrap(), "--log-key", key.to_str().unwrap()]);
    assert!(code == 1 && told.contains("rolled back"), "{code} {told}");
    assert_eq!(signed(&old), before);
    assert!(!dir.path().join("elsewhere").exists());
    // Both checkpoints are kept.
    let kept = fs::read_dir(ledger.join("contradictions")).unwrap().next().unwrap().unwrap().path();
    assert_eq!(fs::read(kept.join("theirs")).unwrap(), fs::read(public.join("checkpoint")).unwrap());
    assert_eq!(fs::read(kept.join("ours")).unwrap(), before.1);
}

#[test]
fn a_published_ledger_is_not_written_to_because_nobody_answers() {
    let dir = copied();
    let (public, away) = (dir.path().join("published"), dir.path().join("away"));
    let one = &reports(1, 1)[0];
    // Before a first publication the word covers a place that cannot be asked, and without it nothing is signed.
    let (code, told) = append(dir.path(), one, &["--witness", "http://127.0.0.1:1/"]);
    assert!(code == 2 && told.contains("--accept-unanchored"), "{code} {told}");
    let (code, told) = append(dir.path(), one, &["--witness", "http://127.0.0.1:1/", "--accept-unanchored"]);
    assert_eq!(code, 0, "{told}");
    assert_eq!(publish(dir.path(), &public, &[]).0, 0);
    fs::rename(&public, &away).unwrap();
    fs::create_dir(dir.path().join("empty")).unwrap();
    let (before, empty) = (signed(dir.path()), dir.path().join("empty"));
    let two = &reports(2, 1)[0];
    for words in
        [&[][..], &["--accept-unanchored"], &["--place", empty.to_str().unwrap(), "--accept-unanchored"]]
    {
        let (code, told) = append(dir.path(), two, words);
        assert!(code == 2 && told.contains("no checkpoint"), "{words:?}: {code} {told}");
    }
    let (code, told) = publish(dir.path(), &empty, &["--accept-unanchored"]);
    assert!(code == 2 && told.contains("is refused"), "{code} {told}");
    let node = Node::start(dir.path(), &["--accept-unanchored"]);
    node.until("read-only", |node| is_read_only(node, "is refused"));
    drop(node);
    assert_eq!(signed(dir.path()), before);
    // The place under its new address has what was shown.
    let (code, told) = append(dir.path(), two, &["--place", away.to_str().unwrap()]);
    assert_eq!(code, 0, "{told}");
}

#[test]
fn a_witness_that_shows_nothing_still_says_that_it_recorded_more() {
    let dir = copied();
    let world = World::new(dir.path());
    let witnesses = [world.start(0), world.start(1)];
    let at = [0, 1].map(|n: usize| submission_only(&witnesses[n].address));
    let policy = world.policy(dir.path(), [&at[0], &at[1], "http://127.0.0.1:1"]);
    let words = ["--policy", policy.as_str(), "--key-rate", "0"];
    let node = Node::writing(dir.path(), &words);
    node.until("witnessed", |node| node.get("/checkpoint").header("hattama-witnessed") == "true");
    assert_eq!(node.end(), 0);
    let old = dir.path().join("old");
    copy_folder(&dir.path().join("ledger"), &old.join("ledger"));
    let node = Node::writing(dir.path(), &words);
    let size = stage().head.size() + 1;
    assert_eq!(node.post(&reports(1, 1)[0]).status, 201);
    let witnessed = |node: &Node| {
        let answer = node.get("/checkpoint");
        let note = Note::parse(&answer.body).unwrap();
        answer.header("hattama-witnessed") == "true" && Checkpoint::parse(note.text()).unwrap().size == size
    };
    node.until("witnessed", witnessed);
    assert_eq!(node.end(), 0);
    // Rolled back by one entry: with the policy named, and with the one that the ledger remembers.
    let before = signed(&old);
    for words in [&words[..], &[]] {
        let node = Node::start(&old, words);
        node.until("read-only", |node| is_read_only(node, "a witness") || is_read_only(node, "says"));
        assert!(node.get("/readyz").text().contains(&size.to_string()), "{}", node.get("/readyz").text());
        assert_eq!(node.post(&reports(2, 1)[0]).status, 503);
        assert_eq!(node.end(), 0);
    }
    let (code, told) = append(&old, &reports(2, 1)[0], &[]);
    assert!(code == 1 && told.contains("a claim against it"), "{code} {told}");
    for words in [&["--policy", policy.as_str()][..], &["--accept-unanchored"]] {
        let (code, told) = publish(&old, &dir.path().join("published"), words);
        assert!(code == 1 && told.contains("a claim against it"), "{code} {told}");
    }
    assert_eq!(signed(&old), before);
    assert!(!dir.path().join("published").exists());
    // The newest copy publishes under the same policy.
    let (code, told) = publish(dir.path(), &dir.path().join("published"), &["--policy", &policy]);
    assert_eq!(code, 0, "{told}");
}

#[test]
fn a_witness_without_a_memory_anchors_nothing() {
    let dir = copied();
    let world = World::new(dir.path());
    let (mut witnesses, at, policy) = world.cosigned_once(dir.path());
    for n in [0, 1] {
        fs::remove_dir_all(world.dirs[n].path().join("memory")).unwrap();
        let listen = at[n].trim_start_matches("http://");
        witnesses[n] = Witness::start(world.dirs[n].path(), NAMES[n], &world.vkey, &["--listen", listen]);
    }
    let node = Node::start(dir.path(), &["--policy", &policy]);
    node.until("read-only", |node| is_read_only(node, "recorded nothing"));
    // Nobody teaches it meanwhile.
    std::thread::sleep(std::time::Duration::from_millis(2500));
    assert!(is_read_only(&node, "recorded nothing"));
    assert_eq!(node.end(), 0);
    let (code, told) = append(dir.path(), &reports(1, 1)[0], &["--accept-unanchored"]);
    assert!(code == 2 && told.contains("is refused"), "{code} {told}");
    let node = Node::start(dir.path(), &["--policy", &policy, "--quorum-first"]);
    node.until("read-only", |node| is_read_only(node, "recorded nothing"));
    assert_eq!(node.end(), 0);
}

#[test]
fn one_witness_that_lies_about_a_size_pauses_only_until_the_quorum_says_otherwise() {
    let dir = copied();
    let world = World::new(dir.path());
    let mut witnesses = [world.start(0), world.start(1)];
    let at = [0, 1].map(|n: usize| witnesses[n].address.clone());
    let liar = server(|_, _| (409, b"99999999\n".to_vec()));
    let policy = world.policy(dir.path(), [&at[0], &at[1], &liar]);
    let words = ["--policy", policy.as_str(), "--key-rate", "0"];
    // At the start: two of three cosign what is there, and the third is reported.
    let node = Node::writing(dir.path(), &words);
    let events = reports(1, 4);
    assert_eq!(node.post(&events[0]).status, 201);
    node.until("reported", |node| node.told().contains("report this witness"));
    // No round is under way any more when the others go.
    let size = stage().head.size() + 1;
    node.until("witnessed", |node| witnessed_size(node) == Some(size));
    // While running, without the others: a claim that nobody refutes.
    witnesses.iter_mut().for_each(Witness::kill);
    assert_eq!(node.post(&events[1]).status, 201);
    node.until("paused", |node| is_read_only(node, "99999999"));
    let paused = node.post(&events[2]);
    assert_eq!(paused.status, 503, "{}", paused.text());
    assert!(node.get("/metrics").text().contains("hattama_contradicted 1"));
    node.until("read from", |node| node.get("/checkpoint").status == 200);
    // They come back, and the pause ends by itself.
    for n in [0, 1] {
        let listen = at[n].trim_start_matches("http://");
        witnesses[n] = Witness::start(world.dirs[n].path(), NAMES[n], &world.vkey, &["--listen", listen]);
    }
    node.until("writing", |node| node.get("/readyz").status == 200);
    assert_eq!(node.post(&events[2]).status, 201);
    assert!(node.get("/metrics").text().contains("hattama_contradicted 0"));
    assert_eq!(node.end(), 0);
}

#[test]
fn of_two_nodes_on_two_copies_one_stops_for_good() {
    let dir = copied();
    let world = World::new(dir.path());
    let witnesses = [world.start(0), world.start(1)];
    let at = [0, 1].map(|n: usize| witnesses[n].address.clone());
    let policy = world.policy(dir.path(), [&at[0], &at[1], "http://127.0.0.1:1"]);
    let words = ["--policy", policy.as_str(), "--key-rate", "0"];
    let other = dir.path().join("other");
    copy_folder(&dir.path().join("ledger"), &other.join("ledger"));
    let (one, two) = (Node::writing(dir.path(), &words), Node::writing(&other, &words));
    let size = stage().head.size();
    assert_eq!(one.post(&reports(1, 1)[0]).status, 201);
    one.until("witnessed", |node| witnessed_size(node) == Some(size + 1));
    let _acknowledged = two.post(&reports(2, 1)[0]);
    two.until("stopped", |node| is_read_only(node, "two histories"));
    assert_eq!(two.post(&reports(3, 1)[0]).status, 503);
    assert!(other.join("ledger/contradictions").is_dir());
    // The other one goes on, and the policy accepts one root.
    assert_eq!(one.post(&reports(4, 1)[0]).status, 201);
    let policy = Policy::parse(&fs::read(&policy).unwrap()).unwrap();
    assert!(policy.judge_note(&signed(&other).1).is_err());
    assert_eq!(one.end(), 0);
    assert_eq!(two.end(), 0);
    let (code, told) = Node::try_start(&other, &words).err().expect("refused");
    assert!(code == Some(1) && told.contains("two histories"), "{code:?} {told}");
}
