//! The control socket: a publisher with an office key that the node never has, papers, the disk, the log key, SIGHUP; who may not, and what is refused.

use std::{
    fs,
    os::unix::fs::{FileTypeExt as _, PermissionsExt as _},
    path::Path,
};

use event::{Id, SignedEvent, Time};
use law::{Fact, facts::LogKeyReplaced};
use ledger::Chain;
use node::{ControlLink, FolderTarget, HandedLedger, OfficeKey, OfficeSigner, Publisher};

use super::{Node, bytes_of, copied, key_file, reports, stage};
use crate::commands::{hattama, run};

mod lying;

/// The paths of one test.
pub(super) struct Room {
    pub(super) dir: tempfile::TempDir,
}

impl Room {
    pub(super) fn new() -> Self {
        Self { dir: copied() }
    }

    fn path(&self, inner: &str) -> String {
        self.dir.path().join(inner).display().to_string()
    }

    fn socket(&self) -> String {
        self.path("control.sock")
    }

    fn start(&self, words: &[&str]) -> Node {
        Node::writing(self.dir.path(), &[&["--control", &self.socket()], words].concat())
    }

    /// The words of a publisher in a folder, to a place.
    fn publisher(&self, dir: &str, to: &str) -> Vec<String> {
        let office = stage().dir.join("office.pem").display().to_string();
        let id = ledger_id();
        let words = [
            "publisher",
            "--node",
            &self.socket(),
            "--dir",
            &self.path(dir),
            "--ledger-id",
            &id,
            "--office-key",
            &office,
            "--to",
            &self.path(to),
            "--no-site",
        ];
        words.map(str::to_owned).to_vec()
    }
}

fn ledger_id() -> String {
    stage().head.state().ledger.unwrap().to_string()
}

fn run_words(words: &[String]) -> (i32, String, String) {
    run(&words.iter().map(String::as_str).collect::<Vec<_>>())
}

/// Verified from what is public alone: the code and the number of entries.
pub(super) fn verified(place: &str) -> (i32, u64) {
    let (code, out, err) = run(&["verify", place, "--json"]);
    let report: serde_json::Value = serde_json::from_str(&out).unwrap_or_else(|_| panic!("{code} {err}"));
    (code, report["size"].as_u64().unwrap_or_else(|| panic!("{report}")))
}

#[test]
fn a_publisher_publishes_beside_a_node_that_goes_on() {
    let room = Room::new();
    let node = room.start(&[]);
    let about = fs::symlink_metadata(room.socket()).unwrap();
    assert!(about.file_type().is_socket());
    assert_eq!(about.permissions().mode() & 0o777, 0o600);
    let events = reports(0, 40);
    let mut publisher =
        hattama(&room.publisher("publisher", "published").iter().map(String::as_str).collect::<Vec<_>>());
    let child =
        publisher.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped()).spawn().unwrap();
    // Appends go on meanwhile.
    for event in &events[..20] {
        assert_eq!(node.post(event).status, 201);
    }
    let done = child.wait_with_output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let (code, first) = verified(&room.path("published"));
    assert!(code == 0 && first > stage().head.size(), "{code} {first}");
    for event in &events[20..] {
        assert_eq!(node.post(event).status, 201);
    }
    // To a second place, which has none of it: one announcement for both, and nothing asked but what the folder knows.
    let mut words = room.publisher("publisher", "published");
    words.retain(|word| word != "--ledger-id" && *word != ledger_id());
    words.extend(["--to".to_owned(), room.path("second")]);
    let (code, out, err) = run_words(&words);
    assert_eq!(code, 0, "{err}");
    assert_eq!(out.matches("snapshot 2 of").count(), 2, "{out}");
    let newest = node.json("/readyz")["entries"].as_u64().unwrap();
    assert_eq!(verified(&room.path("published")), (0, newest));
    assert_eq!(verified(&room.path("second")), (0, newest));
    // The node keeps what was staged and where it is shown; a publisher that lost its folder goes on from there.
    let staged = room.dir.path().join("ledger/staging/2/manifest.json");
    assert!(staged.is_file() && room.dir.path().join("ledger/staging/1/manifest.sig").is_file());
    let remembered = fs::read_to_string(room.dir.path().join("ledger/anchors.json")).unwrap();
    assert!(remembered.contains(&room.path("second")), "{remembered}");
    let (code, out, err) = run_words(&room.publisher("another", "third"));
    assert!(code == 0 && out.contains("snapshot 2 of") && out.contains("finished now"), "{code} {out} {err}");
    assert_eq!(verified(&room.path("third")).0, 0);
    assert_eq!(node.end(), 0);
    assert!(!Path::new(&room.socket()).exists(), "a node that ends takes its socket along");
    // The same ledger is opened as it always was, and knows where it is public.
    let (code, _, err) =
        run(&["ledger", "check", &room.path("ledger"), "--log-key", &room.path("ledger/log-key.pem")]);
    assert_eq!(code, 0, "{err}");
}

#[test]
fn after_a_fact_and_at_intervals_it_publishes_by_itself() {
    let room = Room::new();
    let node = room.start(&[]);
    let words =
        [room.publisher("publisher", "published"), vec!["--after".to_owned(), "turnout-reported".to_owned()]];
    let mut child = hattama(&words.concat().iter().map(String::as_str).collect::<Vec<_>>()).spawn().unwrap();
    let public = |size: u64| {
        room.dir.path().join("published/checkpoint").is_file() && verified(&room.path("published")).1 >= size
    };
    assert_eq!(node.post(&reports(0, 1)[0]).status, 201);
    node.until("published", |_| public(stage().head.size() + 1));
    // Another one in the same folder signs nothing.
    let (code, _, err) = run_words(&room.publisher("publisher", "published"));
    assert!(code == 2 && err.contains("in use by another"), "{code} {err}");
    child.kill().unwrap();
    child.wait().unwrap();
    let (code, _, err) = run_words(
        &[room.publisher("publisher", "published"), vec!["--after".to_owned(), "no-fact".to_owned()]]
            .concat(),
    );
    assert_eq!(code, 64, "{err}");
}

#[test]
fn papers_and_the_disk_are_asked_while_it_runs() {
    let dir = tempfile::tempdir().unwrap();
    let path = |inner: &str| dir.path().join(inner).display().to_string();
    let (ledger, socket) = (dir.path().join("ledger"), path("control.sock"));
    let mut scene = crate::scene::Scene::before("turnout-reported");
    crate::refusals::written(&scene, &ledger);
    let node = Node::writing(dir.path(), &["--control", &socket, "--unsigned-refusals"]);
    let attach = |file: &str| run(&["control", "--node", &socket, "attach", file]);
    let mut taken = 0;
    for bytes in crate::scene::papers() {
        fs::write(path("paper"), &bytes).unwrap();
        let (code, out, err) = attach(&path("paper"));
        let there = ledger.join("attachments").join(event::sha256(&[&bytes]).to_string()).is_file();
        assert_eq!(code == 0, there, "{out} {err}");
        assert!(
            there && out.starts_with("attached") || code == 1 && err.contains("which none does"),
            "{code} {out} {err}"
        );
        if there {
            taken += 1;
            assert!(attach(&path("paper")).1.contains("already there"));
        }
    }
    assert!(taken > 0);
    assert_eq!(node.post(&crate::crash::report(&mut scene).0).status, 201);
    let check = || run(&["control", "--node", &socket, "check"]);
    let (code, out, err) = check();
    let root = scene.head.root().to_string();
    assert!(code == 0 && out.contains(&root), "{code} {out} {err}");
    // What was acknowledged is no longer on the disk: told.
    let journal = fs::read(ledger.join("journal")).unwrap();
    fs::write(ledger.join("journal"), &journal[..64]).unwrap();
    let (code, out, err) = check();
    assert!(code == 2 && !err.is_empty(), "{code} {out} {err}");
    drop(node);
}

/// `log-key-replaced` with another key, signed by two of the root keys.
pub(super) fn replacement(key: event::Key) -> SignedEvent {
    let cast = demo::cast::Cast::new(demo::SEED);
    let id = |text: &str| Id::new(text).unwrap();
    let labels = ["cec/root-1".to_owned(), "cec/root-2".to_owned()];
    let mut signers: Vec<event::Key> = labels.iter().map(|label| cast.public_key(label)).collect();
    signers.sort();
    let ground = event::Text::new("Новая служба").unwrap();
    let fact = Fact::LogKeyReplaced(LogKeyReplaced { ground, log_key: key });
    let chain = Chain { author: id("cec"), election: None, desk: id("board") };
    let at = Time::parse("2025-10-12T10:00:00+05:00").unwrap();
    let mut signed = stage().head.draft(chain, &fact, at, signers).unwrap();
    cast.sign(&mut signed, &labels).unwrap();
    signed
}

#[test]
fn the_log_key_is_replaced_while_events_go_on() {
    let room = Room::new();
    let node = room.start(&[]);
    let cast = demo::cast::Cast::new(demo::SEED);
    let (new, other) = (cast.secret("log-2"), cast.secret("log-3"));
    let (new_file, other_file) = (room.dir.path().join("log-2.pem"), room.dir.path().join("log-3.pem"));
    key_file(&new_file, &new);
    key_file(&other_file, &other);
    let file = room.dir.path().join("replaced.json");
    fs::write(&file, bytes_of(&replacement(cast.public_key("log-2")))).unwrap();
    let replace = |key: &Path| {
        let words =
            ["control", "--node", &room.socket(), "replace-log-key", file.to_str().unwrap(), "--log-key"];
        run(&[&words[..], &[key.to_str().unwrap()]].concat())
    };
    let events = reports(0, 4);
    assert_eq!(node.post(&events[0]).status, 201);
    let (code, _, err) = replace(&other_file);
    assert!(code == 1 && err.contains("log-key-replaced with the key"), "{code} {err}");
    let (code, out, err) = replace(&new_file);
    assert!(code == 0 && out.contains("log-2.pem"), "{code} {out} {err}");
    let answer = node.post(&events[1]);
    assert_eq!(answer.status, 201, "{}", answer.text());
    // Told again, it stands where it stood.
    assert_eq!(replace(&new_file).0, 0);
    assert_eq!(node.get("/readyz").status, 200, "{}", node.told());
    let (code, _) = verified(&node.address);
    assert_eq!(code, 0);
    assert_eq!(node.end(), 0);
    let (code, err) = Node::try_start(room.dir.path(), &[]).err().expect("the old key no longer starts it");
    assert!(code == Some(2) && err.contains("log key"), "{err}");
    let node = Node::writing(room.dir.path(), &["--log-key", new_file.to_str().unwrap()]);
    assert_eq!(node.post(&events[2]).status, 201);
    assert_eq!(node.end(), 0);
}

#[test]
fn a_signal_reads_limits_and_certificates_again() {
    let room = Room::new();
    let config = room.dir.path().join("node.toml");
    let (chain, key) = (room.dir.path().join("chain.pem"), room.dir.path().join("tls-key.pem"));
    let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/serve");
    fs::copy(here.join("localhost.pem"), &chain).unwrap();
    fs::copy(here.join("localhost-key.pem"), &key).unwrap();
    fs::set_permissions(&key, fs::Permissions::from_mode(0o600)).unwrap();
    fs::write(&config, "reader-rate = 1000\n").unwrap();
    let words = [
        "--config",
        config.to_str().unwrap(),
        "--tls-certificate",
        chain.to_str().unwrap(),
        "--tls-key",
        key.to_str().unwrap(),
    ];
    let node = Node::start(room.dir.path(), &words);
    let told = |node: &Node, words: &str, times: usize| node.told().matches(words).count() == times;
    fs::write(&config, "reader-rate = 7\n").unwrap();
    node.signal("-HUP");
    node.until("read again", |node| {
        told(node, "certificates were read again", 1) && node.told().contains("reader_rate=7")
    });
    // What does not read changes nothing, and the node goes on.
    fs::write(&config, "reader-rates = 7\n").unwrap();
    fs::write(&chain, "no certificate").unwrap();
    node.signal("-HUP");
    node.until("told", |node| {
        told(node, "the certificates stay as they were", 1) && told(node, "the limits stay as they were", 1)
    });
    assert_eq!(node.end(), 0);
}

#[test]
fn what_is_wrong_with_a_socket_has_its_own_sentence() {
    let room = Room::new();
    let publish = |words: &[String], code: i32, says: &str| {
        let (found, out, err) = run_words(words);
        assert!(found == code && err.contains(says), "expected {code} {says}: {found} {out} {err}");
    };
    let words = room.publisher("publisher", "published");
    publish(&words, 2, "found none: start the node with --control");
    fs::write(room.socket(), "a file").unwrap();
    let control = ["--control".to_owned(), room.socket()];
    let control: Vec<&str> = control.iter().map(String::as_str).collect();
    let (code, err) = Node::try_start(room.dir.path(), &control).err().expect("no socket");
    assert!(code == Some(2) && err.contains("it was left as it is"), "{err}");
    assert_eq!(fs::read_to_string(room.socket()).unwrap(), "a file");
    fs::remove_file(room.socket()).unwrap();
    let mut node = room.start(&[]);
    // Another node does not take the socket of a running one.
    let other = Room::new();
    let (code, err) = Node::try_start(other.dir.path(), &control).err().expect("in use");
    assert!(code == Some(2) && err.contains("each node has its own"), "{err}");
    // Another ledger than the one that was decided; none named; a key that is not the office's.
    let mut foreign = words.clone();
    foreign[6] = "0".repeat(63) + "1";
    publish(&foreign, 1, "nothing was signed");
    let mut unpinned = words.clone();
    unpinned.drain(5..7);
    publish(&unpinned, 64, "--ledger-id");
    let mut stolen = words.clone();
    stolen[8] = room.path("ledger/service-key.pem");
    publish(&stolen, 2, "an office key of the charter");
    assert!(!room.dir.path().join("published").exists() && !room.dir.path().join("ledger/staging").exists());
    assert_eq!(node.json("/readyz")["entries"].as_u64(), Some(stage().head.size()));
    // What this publisher saw before is not there any more: an older copy, or another history.
    publish(&words, 0, "");
    let memory = room.dir.path().join("publisher/publisher.json");
    let before = fs::read_to_string(&memory).unwrap();
    let mut seen: serde_json::Value = serde_json::from_str(&before).unwrap();
    seen["size"] = (seen["size"].as_u64().unwrap() + 9).into();
    fs::write(&memory, seen.to_string()).unwrap();
    publish(&words, 1, "the node runs on an old copy");
    let mut seen: serde_json::Value = serde_json::from_str(&before).unwrap();
    seen["root"] = "1".repeat(64).into();
    fs::write(&memory, seen.to_string()).unwrap();
    publish(&words, 1, "two histories were signed");
    fs::write(&memory, "{").unwrap();
    publish(&words, 2, "what this publisher remembers");
    fs::write(&memory, &before).unwrap();
    // A killed node leaves its socket: told, and replaced by the next start.
    node.kill();
    publish(&words, 2, "its node was killed");
    let node = room.start(&[]);
    publish(&words, 0, "");
    assert_eq!(node.end(), 0);
}

#[test]
fn of_two_publishers_one_announces_and_the_other_is_told() {
    let room = Room::new();
    let node = room.start(&[]);
    let link = || ControlLink::new(Path::new(&room.socket()), ::texts::Language::En);
    let open =
        |dir: &str| HandedLedger::open(link(), &room.dir.path().join(dir), stage().head.state().ledger);
    let (mut one, mut other) = (open("one").unwrap(), open("other").unwrap());
    let seed = demo::cast::Cast::new(demo::SEED).secret("cec/office-1");
    let last = stage().head.last_received().unwrap();
    let at = Time::parse("2025-10-12T10:00:00+05:00").unwrap();
    let office = OfficeSigner { key: OfficeKey::Seed(&seed), at, received: last };
    let publish = |publisher: Publisher, ledger: &mut HandedLedger, dir: &str| {
        let to = room.dir.path().join(format!("{dir}-public"));
        let (mut publisher, dir) = (publisher, room.dir.path().join(dir));
        publisher.publish(ledger, &dir, &mut FolderTarget::new(&to), &office, None)
    };
    let done = publish(Publisher::default(), &mut one, "one").unwrap();
    assert_eq!((done.n, done.size), (1, stage().head.size()));
    // Made meanwhile of the same state, with pages and so with another manifest, it would be a second snapshot 1.
    let with_pages = Publisher::default().and_pages(b"the verifier".to_vec());
    let error = publish(with_pages, &mut other, "other").unwrap_err().to_string();
    assert!(error.contains("announced by another one meanwhile"), "{error}");
    assert!(!room.dir.path().join("other-public/checkpoint").exists());
    other.bring_newest().unwrap();
    let done = publish(Publisher::default(), &mut other, "other").unwrap();
    assert!(done.n == 1 && done.finished, "{done:?}");
    assert_eq!(node.end(), 0);
}
