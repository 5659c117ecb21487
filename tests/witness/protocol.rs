//! C2SP tlog-witness over HTTP: every answer, and what a witness never signs.

use std::fs;

use tlog::note::Note;

use super::{Log, Witness, cosigned_at};
use crate::{formats::shared, serve::get};

/// The published conversation, against the real server.
#[test]
fn one_conversation_of_others() {
    let Some(file) = shared("witness/add-checkpoint.json") else { return };
    let file: serde_json::Value = serde_json::from_slice(&fs::read(file).unwrap()).unwrap();
    let dir = tempfile::tempdir().unwrap();
    let witness = Witness::start(dir.path(), "witness.example", file["log_vkey"].as_str().unwrap(), &[]);
    let steps = file["steps"].as_array().unwrap();
    for step in steps {
        let name = step["name"].as_str().unwrap();
        let answer = witness.add(step["body"].as_str().unwrap().as_bytes()).unwrap();
        // One signature is spelt in base64 that is not canonical: that is malformed before it is wrong.
        let status = if name == "invalid signature" { 400 } else { step["status"].as_u64().unwrap() };
        assert_eq!(u64::from(answer.status), status, "{name}: {}", answer.text());
        if let Some(body) = step["response_body"].as_str() {
            assert_eq!((answer.text().as_str(), answer.header("content-type")), (body, "text/x.tlog.size"));
        }
        if status == 200 {
            let monitored = witness.newest(file["origin"].as_str().unwrap()).unwrap().1;
            assert!(String::from_utf8(monitored).unwrap().ends_with(&answer.text()), "{name}");
        }
    }
    assert_eq!(steps.len(), 11);
}

#[test]
fn every_answer_of_the_protocol() {
    let dir = tempfile::tempdir().unwrap();
    let mut log = Log::new("log.example/one");
    log.grow(20, "a");
    let witness = Witness::start(dir.path(), "witness.example/one", &log.vkey(), &[]);
    let status = |old, size| witness.ask(&log, old, size).status;
    assert!(witness.newest(&log.origin).is_none());
    // It remembers nothing: any size but 0 is another than its own.
    let first = witness.ask(&log, 3, 7);
    assert_eq!(
        (first.status, first.text().as_str(), first.header("content-type")),
        (409, "0\n", "text/x.tlog.size")
    );
    let answer = witness.ask(&log, 0, 7);
    assert!(cosigned_at(&witness.key, &log, 7, &answer) > 1_700_000_000);
    assert_eq!(witness.newest(&log.origin).unwrap().0.size, 7);
    // Rolled back: an older size is never signed, whatever is asked.
    for (old, size, status_expected) in [(0, 5, 409), (5, 5, 409), (7, 5, 400), (3, 5, 409), (0, 7, 409)] {
        assert_eq!(status(old, size), status_expected, "{old} {size}");
    }
    assert_eq!(witness.ask(&log, 0, 5).text(), "7\n");
    // The same again is the same, only later; larger is larger.
    assert_eq!((status(7, 7), status(7, 12), status(12, 20)), (200, 200, 200));
    // Who signs for the log.
    let forged = log.request(20, 20).replace("— log.example/one ", "— log.example/two ");
    assert_eq!(witness.add(forged.as_bytes()).unwrap().status, 403);
    let other = Log::new("log.example/other");
    assert_eq!(witness.ask(&other, 0, 0).status, 404);
    for broken in ["", "old 1\n", "old 01\n\n", &log.request(20, 20).replace("old", "young")] {
        assert_eq!(witness.add(broken.as_bytes()).unwrap().status, 400, "{broken}");
    }
    // A body without end is not read: the answer may come, or the connection close, before all of it was sent.
    if let Ok(answer) = witness.add(&vec![b'a'; 1 << 18]) {
        assert_eq!(answer.status, 413);
    }
    // Lines in the name of others are not shown on.
    let stranger = "— stranger.example AAAAAAECAwQFBgcI\n";
    assert_eq!(witness.add(format!("{}{stranger}", log.request(20, 20)).as_bytes()).unwrap().status, 200);
    let (_, shown) = witness.newest(&log.origin).unwrap();
    assert_eq!(Note::parse(&shown).unwrap().signatures().len(), 2);
    for (path, words) in
        [("/healthz", "alive"), ("/metrics", "hattama_witness_log_entries{origin=\"log.example/one\"} 20")]
    {
        let answer = get(&format!("{}{path}", witness.address));
        assert!(answer.status == 200 && answer.text().contains(words), "{}", answer.text());
    }
    assert_eq!(get(&format!("{}/nothing/checkpoint", witness.address)).status, 404);
    assert_eq!(witness.end(), 0);
}

#[test]
fn a_fork_is_refused_and_kept() {
    let dir = tempfile::tempdir().unwrap();
    let mut log = Log::new("log.example/forked");
    log.grow(5, "common");
    let mut fork = log.clone();
    log.grow(12, "one");
    fork.grow(20, "other");
    let witness = Witness::start(dir.path(), "witness.example", &log.vkey(), &[]);
    assert_eq!(witness.ask(&log, 0, 12).status, 200);
    let same = witness.ask(&fork, 12, 12);
    assert!(
        same.status == 422 && same.text().contains("expected the recorded root at size 12"),
        "{}",
        same.text()
    );
    assert_eq!(witness.ask(&fork, 12, 20).status, 422);
    assert_eq!(witness.newest(&log.origin).unwrap().0.root, log.tree.root());
    let folder = dir.path().join("memory").join(event::sha256(&[log.origin.as_bytes()]).to_string());
    let kept: Vec<Vec<u8>> = fs::read_dir(folder)
        .unwrap()
        .map(Result::unwrap)
        .filter(|item| item.file_name().to_str().unwrap().starts_with("split-12-"))
        .map(|item| fs::read(item.path()).unwrap())
        .collect();
    // The larger one's own proof leads from another root: it is kept, too.
    for note in [log.checkpoint(12), fork.checkpoint(12), fork.checkpoint(20)] {
        assert!(kept.contains(&note.into_bytes()));
    }
    assert_eq!(kept.len(), 3);
    assert!(get(&format!("{}/metrics", witness.address)).text().contains("hattama_witness_splits_total"));
}

#[test]
fn what_contradicts_is_kept_whatever_is_answered() {
    let dir = tempfile::tempdir().unwrap();
    let mut log = Log::new("log.example/forked");
    log.grow(5, "common");
    let mut fork = log.clone();
    log.grow(20, "one");
    fork.grow(20, "other");
    let witness = Witness::start(dir.path(), "witness.example", &log.vkey(), &[]);
    assert_eq!(witness.ask(&log, 0, 13).status, 200);
    let folder = event::sha256(&[log.origin.as_bytes()]);
    let at = format!("{}/{folder}/contradictions", witness.address);
    let kept = || -> Vec<Vec<u8>> {
        let names = get(&at).text();
        names.lines().map(|name| get(&format!("{at}/{name}")).body).collect()
    };
    assert!(kept().is_empty());
    // A proof that is none shows nothing of the log: anybody can send it.
    let wrong = log.request(13, 20).replace(&log.checkpoint(20), &fork.checkpoint(20));
    assert_eq!(witness.add(wrong.as_bytes()).unwrap().status, 422);
    let wrong = fork.request(13, 20).replace(&fork.checkpoint(20), &log.checkpoint(20));
    assert_eq!(witness.add(wrong.as_bytes()).unwrap().status, 422);
    assert_eq!(witness.ask(&fork, 3, 17).status, 409);
    assert!(kept().is_empty());
    // Another root at the recorded size, under another old size; a larger tree whose own proof leads from another root.
    let answer = witness.ask(&fork, 3, 13);
    assert_eq!((answer.status, answer.text().as_str()), (409, "13\n"));
    let notes = |all: &[String]| all.iter().map(|note| note.clone().into_bytes()).collect::<Vec<_>>();
    let sorted = |mut all: Vec<Vec<u8>>| {
        all.sort();
        all
    };
    let mut expected = vec![log.checkpoint(13), fork.checkpoint(13)];
    assert_eq!(sorted(kept()), sorted(notes(&expected)));
    assert_eq!(witness.ask(&fork, 13, 20).status, 422);
    expected.push(fork.checkpoint(20));
    assert_eq!(sorted(kept()), sorted(notes(&expected)));
    for path in ["nothing", "recorded", "..%2Fwitness"] {
        assert_eq!(get(&format!("{at}/{path}")).status, 404, "{path}");
    }
    assert_eq!(get(&format!("{}/{}/contradictions", witness.address, event::Hash::ZERO)).status, 404);
    // It goes on with the log that it knows.
    assert_eq!(witness.ask(&log, 13, 20).status, 200);
}

#[test]
fn unknown_lines_are_ignored_and_two_of_one_name_among_them() {
    let dir = tempfile::tempdir().unwrap();
    let mut log = Log::new("log.example/lines");
    log.grow(9, "a");
    let witness = Witness::start(dir.path(), "witness.example", &log.vkey(), &[]);
    let request = log.request(0, 9);
    let stranger = "— stranger.example AAAAAAECAwQFBgcI\n";
    let other_id = "— stranger.example AAAAAQECAwQFBgcI\n";
    let other_text = "— stranger.example AAAAAAECAwQFBgcJ\n";
    for lines in
        [stranger.to_owned(), [stranger, other_id].concat(), [stranger, stranger, other_text].concat()]
    {
        let answer = witness.add(format!("{request}{lines}").as_bytes()).unwrap();
        assert!(answer.status == 200 || answer.text() == "9\n", "{lines}{}", answer.text());
    }
    let again = format!("{}{stranger}{stranger}", log.request(9, 9));
    assert_eq!(witness.add(again.as_bytes()).unwrap().status, 200);
    assert_eq!(Note::parse(&witness.newest(&log.origin).unwrap().1).unwrap().signatures().len(), 2);
    // Two lines of the log's own name and id are no spelling of a note.
    let own = log.checkpoint(9).lines().last().unwrap().to_owned();
    let twice = witness.add(format!("{}{own}\n", log.request(9, 9)).as_bytes()).unwrap();
    assert_eq!(twice.status, 400, "{}", twice.text());
}

#[test]
fn a_memory_has_one_owner() {
    let dir = tempfile::tempdir().unwrap();
    let mut log = Log::new("log.example/owned");
    log.grow(9, "a");
    let refused = |name: &str, words: &[&str], code: i32, says: &str| {
        let (found, err) = Witness::try_start(dir.path(), name, &log.vkey(), words).err().expect("refused");
        assert!(found == Some(code) && err.contains(says), "{found:?} {err}");
        fs::remove_file(dir.path().join("told")).unwrap();
    };
    let witness = Witness::start(dir.path(), "witness.example", &log.vkey(), &[]);
    assert_eq!(witness.ask(&log, 0, 9).status, 200);
    refused("witness.example", &[], 2, "another process holds");
    assert_eq!(witness.end(), 0);
    refused("another.example", &[], 2, "a folder of its own");
    refused("witness.example", &["--listen", "0.0.0.0:0"], 64, "--plain-behind-proxy");
    refused("witness.example", &["--replay", "/nowhere"], 64, "a published folder");
    refused("witness.example", &["--log", "none"], 64, "log");
    // Without what it remembers it would sign an older one: it does not start.
    let folder = dir.path().join("memory").join(event::sha256(&[log.origin.as_bytes()]).to_string());
    let recorded = fs::read(folder.join("recorded")).unwrap();
    fs::write(folder.join("recorded"), &recorded[..recorded.len() - 9]).unwrap();
    refused("witness.example", &[], 2, "nothing is signed without it");
    fs::write(folder.join("recorded"), recorded).unwrap();
    drop(Witness::start(dir.path(), "witness.example", &log.vkey(), &[]));
    // A folder of something else.
    let other = tempfile::tempdir().unwrap();
    fs::create_dir(other.path().join("memory")).unwrap();
    fs::write(other.path().join("memory/photo"), "x").unwrap();
    let (code, err) = Witness::try_start(other.path(), "w", &log.vkey(), &[]).err().expect("refused");
    assert!(code == Some(2) && err.contains("neither"), "{err}");
}

/// What a page of others reads of a witness, and what it may ask.
#[test]
fn pages_of_others_read_what_a_witness_shows() {
    let dir = tempfile::tempdir().unwrap();
    let mut log = Log::new("log.example/shown");
    log.grow(3, "common");
    let witness = Witness::start(dir.path(), "witness.example", &log.vkey(), &[]);
    assert_eq!(witness.ask(&log, 0, 3).status, 200);
    let origin = event::sha256(&[log.origin.as_bytes()]);
    let path = format!("{}/{origin}/checkpoint", witness.address);
    let shown = get(&path);
    assert_eq!((shown.status, shown.header("access-control-allow-origin")), (200, "*"));
    assert!(shown.header("access-control-expose-headers").contains("ETag"));
    assert_eq!(shown.header("cache-control"), "no-cache");
    let config = ureq::Agent::config_builder().http_status_as_error(false).proxy(None).build();
    let asked = |method: &str, header: (&str, &str)| {
        let request = ureq::http::Request::builder().method(method).uri(&path).header(header.0, header.1);
        config.new_agent().run(request.body(()).unwrap()).unwrap()
    };
    assert_eq!(asked("GET", ("If-None-Match", shown.header("etag"))).status().as_u16(), 304);
    assert_eq!(asked("GET", ("If-None-Match", "\"other\"")).status().as_u16(), 200);
    let preflight = asked("OPTIONS", ("Access-Control-Request-Headers", "if-none-match"));
    let allowed = preflight.headers()["access-control-allow-headers"].to_str().unwrap().to_lowercase();
    assert!(preflight.status().as_u16() == 204 && allowed.contains("if-none-match"), "{allowed}");
    // Also of what it shows of contradictions, and of what it refuses.
    for path in [format!("{}/{origin}/contradictions", witness.address), format!("{}/none", witness.address)]
    {
        assert_eq!(get(&path).header("access-control-allow-origin"), "*", "{path}");
    }
}

/// Anybody may ask for what is refused, without end; the log does not grow with it.
#[test]
fn what_is_not_cosigned_is_not_logged_line_by_line() {
    let dir = tempfile::tempdir().unwrap();
    let mut log = Log::new("log.example/flood");
    log.grow(3, "common");
    let witness = Witness::start(dir.path(), "witness.example", &log.vkey(), &[]);
    assert_eq!(witness.ask(&log, 0, 3).status, 200);
    let begun = std::time::Instant::now();
    for _ in 0..300 {
        assert_eq!(witness.ask(&log, 1, 3).status, 409);
    }
    let lines = witness.told().lines().filter(|line| line.contains("not cosigned")).count();
    let most = 10 * (begun.elapsed().as_secs() as usize + 2);
    assert!(lines > 0 && lines <= most, "{lines} lines");
}
