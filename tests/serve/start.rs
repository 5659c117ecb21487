//! A safe start and a clean end: what was published is asked before anything is signed.

use std::{fs, path::Path, thread, time::Duration};

use event::SignedEvent;

use super::{Node, bytes_of, copied, reports, stage};
use crate::{commands::run, folders::copy_folder};

/// The command that publishes the ledger of a folder under the stage's office key.
pub(crate) fn publish_words(dir: &Path, to: &Path) -> [String; 7] {
    let word = |path: &Path| path.to_str().unwrap().to_owned();
    let (ledger, office) = (word(&dir.join("ledger")), word(&stage().dir.join("office.pem")));
    let [publish, from, key, target] = ["publish", "--ledger", "--office-key", "--to"].map(str::to_owned);
    [publish, from, ledger, key, office, target, word(to)]
}

pub(crate) fn publish(dir: &Path, to: &Path) {
    let words = publish_words(dir, to);
    let (code, out, err) = run(&words.each_ref().map(String::as_str));
    assert_eq!(code, 0, "{out}{err}");
}

fn checkpoint_of(dir: &Path) -> Option<(u64, Vec<u8>)> {
    store::read::snapshot_of(&dir.join("ledger")).unwrap().1
}

#[test]
fn a_folder_that_was_rolled_back_signs_nothing() {
    let dir = copied();
    let published = dir.path().join("published");
    // The whole data folder as it was, then a snapshot that the world has seen.
    copy_folder(&dir.path().join("ledger"), &dir.path().join("old/ledger"));
    publish(dir.path(), &published);
    let old = dir.path().join("old");
    let before = checkpoint_of(&old);
    let to = ["--to", published.to_str().unwrap()];
    let (code, err) = Node::try_start(&old, &to).err().expect("refused");
    assert_eq!(code, Some(1), "{err}");
    assert!(err.contains("rolled back") && err.contains("expected") && err.contains("found one of"), "{err}");
    // Not even with the word that is meant for places that cannot be reached.
    let (code, _) =
        Node::try_start(&old, &[&to[..], &["--accept-unanchored"]].concat()).err().expect("refused");
    assert_eq!((code, checkpoint_of(&old)), (Some(1), before));
    // The sound one starts, with the same words, and a witness is as good as a place.
    let node = Node::writing(dir.path(), &to);
    assert_eq!(node.post(&reports(1, 1)[0]).status, 201);
    let witness = node.address.clone();
    let (code, err) = Node::try_start(&old, &["--witness", &witness]).err().expect("refused");
    assert!(code == Some(1) && err.contains(&witness), "{err}");
}

#[test]
fn a_history_beside_the_published_one_signs_nothing() {
    let dir = copied();
    let published = dir.path().join("published");
    copy_folder(&dir.path().join("ledger"), &dir.path().join("other/ledger"));
    publish(dir.path(), &published);
    // The copy goes its own way, beyond the size that was published.
    let other = dir.path().join("other");
    let node = Node::writing(&other, &[]);
    for signed in reports(2, 3) {
        assert_eq!(node.post(&signed).status, 201);
    }
    assert_eq!(node.end(), 0);
    let (code, err) = Node::try_start(&other, &["--to", published.to_str().unwrap()]).err().expect("refused");
    assert!(code == Some(1) && err.contains("two histories"), "{err}");
    // A place where somebody else's ledger lies.
    fs::write(published.join("checkpoint"), "example.org/other\n1\nAAAA\n\n— x AAAAAAAA\n").unwrap();
    let (code, err) =
        Node::try_start(dir.path(), &["--to", published.to_str().unwrap()]).err().expect("refused");
    assert!(code == Some(1) && err.contains("under a log key of this ledger"), "{err}");
}

#[test]
fn without_anybody_to_ask_a_published_ledger_is_only_read() {
    let dir = copied();
    let published = dir.path().join("published");
    publish(dir.path(), &published);
    let before = checkpoint_of(dir.path());
    let away = dir.path().join("away");
    fs::rename(&published, &away).unwrap();
    let node =
        Node::start(dir.path(), &["--to", published.to_str().unwrap(), "--witness", "http://127.0.0.1:1/"]);
    // Until they were asked it is starting, which is read-only as well.
    node.until("unanchored", |node| node.get("/readyz").text().contains("--accept-unanchored"));
    let ready = node.get("/readyz");
    assert_eq!(
        (ready.status, ready.json()["type"].as_str()),
        (503, Some("/openapi.json#/x-problems/read-only"))
    );
    assert_eq!(node.get("/checkpoint").status, 200);
    let signed = &reports(1, 1)[0];
    let answer = node.post(signed);
    assert_eq!((answer.status, answer.header("retry-after")), (503, "10"), "{}", answer.text());
    // What is known is told all the same.
    let known = store::read::snapshot_of(&dir.path().join("ledger")).unwrap().0;
    let known = ledger::Entry::decode(&known[5]).unwrap();
    assert_eq!(node.get(&format!("/receipts/{}", known.checked().hash())).status, 200);
    assert_eq!(checkpoint_of(dir.path()), before);
    // The place comes back, and the node begins to write by itself.
    fs::rename(&away, &published).unwrap();
    node.until("writing", |node| node.get("/readyz").status == 200);
    assert_eq!(node.post(signed).status, 201);
    assert_eq!(node.end(), 0);
    fs::rename(&published, &away).unwrap();
    // The word is for ledgers that nobody was shown.
    let node = Node::start(dir.path(), &["--accept-unanchored"]);
    node.until("refused", |node| node.get("/readyz").text().contains("is refused"));
    assert_eq!(node.end(), 0);
}

#[test]
fn what_was_accepted_is_finished_before_the_end() {
    let dir = copied();
    let mut node = Node::writing(dir.path(), &["--address-rate", "0", "--key-rate", "0"]);
    let chains: Vec<_> = (0..16).map(|place| reports(place, 40)).collect();
    let answers: Vec<Vec<Result<u16, String>>> = thread::scope(|scope| {
        let node = &node;
        let send = |chain: &Vec<SignedEvent>| {
            let one = |signed| {
                node.send("/events", "application/json", &bytes_of(signed)).map(|answer| answer.status)
            };
            let mut answers: Vec<Result<u16, String>> = Vec::new();
            for signed in chain {
                answers.push(one(signed));
                if answers.last().is_some_and(Result::is_err) {
                    break;
                }
            }
            answers
        };
        let clients: Vec<_> = chains.iter().map(|chain| scope.spawn(move || send(chain))).collect();
        thread::sleep(Duration::from_millis(300));
        node.ask_to_end();
        clients.into_iter().map(|client| client.join().unwrap()).collect()
    });
    assert_eq!(node.code(), 0, "{}", node.told());
    let taken: usize = answers.iter().flatten().filter(|answer| matches!(answer, Ok(201))).count();
    // Nothing breaks in the middle of an answer: a request is answered, or never began.
    let broken: Vec<_> =
        answers.iter().flatten().filter(|answer| matches!(answer, Ok(status) if *status != 201)).collect();
    assert!(broken.is_empty(), "{broken:?}");
    let (size, _) = checkpoint_of(dir.path()).unwrap();
    assert_eq!(size, stage().head.size() + taken as u64);
    eprintln!("{taken} accepted before the end");
}

#[test]
fn words_that_would_be_unsafe_are_refused() {
    let dir = copied();
    let refused = |words: &[&str], code: i32, says: &str| {
        let (found, err) = Node::try_start(dir.path(), words).err().expect("refused");
        assert!(found == Some(code) && err.contains(says), "{words:?}: {found:?} {err}");
        fs::remove_file(dir.path().join("log")).unwrap();
    };
    let ledger = dir.path().join("ledger");
    // The last --listen would be a second one: another program says it by the file.
    let config = dir.path().join("node.toml");
    fs::write(&config, "listening = \"0.0.0.0:0\"\n").unwrap();
    refused(&["--config", config.to_str().unwrap()], 64, "unknown field");
    refused(&["--queue", "1"], 64, "--queue");
    refused(&["--service-key", ledger.join("log-key.pem").to_str().unwrap()], 2, "service key");
    refused(&["--log-key", ledger.join("service-key.pem").to_str().unwrap()], 2, "log key");
    refused(&["--tls-certificate", "/nowhere", "--tls-key", "/nowhere"], 2, "certificates in PEM");
    fs::rename(ledger.join("service-key.pem"), dir.path().join("service.pem")).unwrap();
    refused(&[], 64, "--unsigned-refusals");
    let node = Node::writing(dir.path(), &["--unsigned-refusals"]);
    let problem = node.post(&reports(1, 2)[1]).json();
    assert!(problem["rule"] == "INT-04" && problem["refusal"].is_null(), "{problem}");
    let (code, err) = Node::try_start(dir.path(), &["--unsigned-refusals"]).err().expect("refused");
    assert!(code == Some(2) && err.contains("nobody has open"), "{err}");
    drop(node);
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(ledger.join("log-key.pem"), fs::Permissions::from_mode(0o644)).unwrap();
    refused(&["--unsigned-refusals"], 2, "0600");
    let (code, _, err) = run(&[
        "serve",
        "--ledger",
        ledger.to_str().unwrap(),
        "--unsigned-refusals",
        "--listen",
        "0.0.0.0:0",
        "--log-key",
        dir.path().join("service.pem").to_str().unwrap(),
    ]);
    assert!(code == 64 && err.contains("--plain-behind-proxy"), "{code} {err}");
}

#[test]
fn a_file_says_the_same_words() {
    let dir = copied();
    let config = dir.path().join("node.toml");
    fs::write(&config, "streams = 0\nlog-json = true\nkey-rate = 0\n").unwrap();
    let node = Node::writing(dir.path(), &["--config", config.to_str().unwrap()]);
    assert_eq!(node.get("/stream").status, 503);
    let told = node.told();
    let line: serde_json::Value = serde_json::from_str(told.lines().next().unwrap()).unwrap();
    assert!(line["message"].is_string() && line["timestamp"].is_string(), "{told}");
}

/// The demo's charter under the node's own clock, signed now.
pub(crate) fn charter_of_now(cast: &mut demo::cast::Cast) -> SignedEvent {
    let mut charter = demo::semey_charter(cast).unwrap();
    let now = node::now().unwrap();
    let at = demo::act::semey_clock(now.millis() / 1000);
    let law::Fact::LedgerOpened(mut body) =
        law::Fact::read_body("ledger-opened", charter.event.body.text().as_bytes()).unwrap()
    else {
        panic!()
    };
    body.clock = law::facts::Clock::Real;
    charter.event = charter
        .event
        .with_change(|event| event.body = law::Fact::LedgerOpened(body).body().unwrap())
        .unwrap();
    charter.event = charter.event.with_change(|event| event.at = event::Time::parse(&at).unwrap()).unwrap();
    charter.signatures.clear();
    let labels: Vec<String> =
        (1..).map(|n| format!("cec/root-{n}")).take(charter.event.signers.len()).collect();
    cast.sign(&mut charter, &labels).unwrap();
    charter
}

/// What a clock that jumps backwards does to times of receipt: nothing.
#[test]
fn times_of_receipt_never_fall() {
    use event::Stamp;
    let dir = tempfile::tempdir().unwrap();
    let mut cast = demo::cast::Cast::new(demo::SEED);
    let (charter, now) = (charter_of_now(&mut cast), node::now().unwrap());
    // Eight minutes ahead of the clock that the node will have.
    let ahead = Stamp::from_millis(now.millis() + 8 * 60_000).unwrap();
    let ledger = dir.path().join("ledger");
    let mut writer = node::Writer::create(&ledger, &charter, &cast.secret("log"), ahead).unwrap();
    let id = writer.head().state().ledger.unwrap();
    let mut acts = demo::commission_acts(&mut cast, id, &[demo::semey_contest()]).unwrap();
    acts.sort_by_key(|act| act.at);
    let mut first = acts.remove(0);
    first.at = now.millis() / 1000;
    let signed = demo::act::sign_act(writer.head(), &mut cast, &first).unwrap();
    assert!(writer.append(&[]).unwrap().is_empty());
    writer.close().unwrap();
    super::key_file(&ledger.join("log-key.pem"), &cast.secret("log"));
    let node = Node::writing(dir.path(), &["--unsigned-refusals"]);
    let answer = node.post(&signed);
    assert_eq!(answer.status, 201, "{}", answer.text());
    let received = node.json("/entries/1")["received"].as_str().unwrap().to_owned();
    assert_eq!(received, ahead.to_string());
    assert_eq!(node.end(), 0);
}
