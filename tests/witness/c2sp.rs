//! What C2SP tlog-witness says that a witness answers, counted: each clause as a request, put to ours, and to another implementation where
//! there is one (`HATTAMA_PEER_WITNESS`, the program of the package `aics-witness` of PyPI).

use std::{
    fs,
    net::TcpListener,
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use tlog::{
    checkpoint::Checkpoint,
    note::{Note, NoteSigner},
};

use super::{Log, Witness};
use crate::serve::{Answer, get, sent};

/// A clause: what is sent, and what has to come back.
struct Clause {
    says: &'static str,
    body: String,
    status: u16,
    /// The size in the body of a conflict.
    size: Option<u64>,
}

fn clause(says: &'static str, status: u16, body: impl Into<String>) -> Clause {
    Clause { says, body: body.into(), status, size: None }
}

/// The clauses in an order in which one witness, new to the log, can be asked.
fn clauses() -> Vec<Clause> {
    let mut log = Log::new("log.example/c2sp");
    log.grow(5, "common");
    let mut fork = log.clone();
    log.grow(20, "one");
    fork.grow(20, "other");
    let (hash, line) = ("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n", "— log.example/c2sp ");
    let with_proof =
        |old: u64, size: u64, proof: &str| format!("old {old}\n{proof}\n{}", log.checkpoint(size));
    // Ours makes no checkpoint that is wrong: its text is signed as another one's.
    let empty = |root: &str| {
        let text = format!("{}\n0\n{root}\n", log.origin);
        format!("old 0\n\n{}", log.signer().sign(&text).unwrap())
    };
    let conflict = |says, size, body: String| Clause { says, body, status: 409, size: Some(size) };
    let thief = NoteSigner::new(&log.origin, &[9; 32]).unwrap();
    let text = Note::parse(log.checkpoint(7).as_bytes()).unwrap().text().to_owned();
    let stolen = thief.sign(&text).unwrap();
    let broken = {
        let mut lines: Vec<String> = log.request(0, 7).lines().map(str::to_owned).collect();
        let last = lines.last_mut().unwrap();
        let place = last.len() - 20;
        let other = if last.as_bytes()[place] == b'A' { "B" } else { "A" };
        last.replace_range(place..=place, other);
        lines.join("\n") + "\n"
    };
    let strangers = "— stranger.example AAAAAAECAwQFBgcI\n— stranger.example AAAAAQECAwQFBgcI\n";
    let mut all = vec![
        clause("an unknown origin is not found", 404, Log::new("log.example/unknown").request(0, 0)),
        clause("a body that is none", 400, ""),
        clause("no blank line", 400, "old 0\n"),
        clause("no old size", 400, log.request(0, 7).replacen("old", "young", 1)),
        clause("an old size with a leading zero", 400, log.request(0, 7).replacen("old 0", "old 00", 1)),
        clause("a proof hash that is no base64", 400, with_proof(0, 7, "???\n")),
        clause("a proof hash that is too short", 400, with_proof(0, 7, "AAAA\n")),
        clause("more than 63 proof hashes", 400, with_proof(0, 7, &hash.repeat(64))),
        clause("a checkpoint that is none", 400, log.request(0, 7).replace("\n7\n", "\nseven\n")),
        clause("no signature of a known key", 403, format!("old 0\n\n{stolen}")),
        clause("a signature of a known key that fails", 403, broken),
        clause("an old size beyond the checkpoint's", 400, with_proof(9, 7, "")),
        clause("an empty tree with another root", 422, empty(hash.trim_end())),
        clause("an empty tree", 200, empty("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=")),
        conflict("an old size that is not recorded, at first", 0, log.request(3, 7)),
        clause("a proof from nothing", 422, with_proof(0, 7, hash)),
        clause("a first checkpoint", 200, log.request(0, 7)),
        conflict("a smaller tree", 7, log.request(0, 5)),
        conflict("an old size that is no longer recorded", 7, log.request(0, 7)),
        conflict("an old size below the record", 7, log.request(3, 13)),
        clause("the same again", 200, log.request(7, 7)),
        clause("the same again with a proof", 422, with_proof(7, 7, hash)),
        clause("another root of the recorded size", 422, fork.request(7, 7)),
        clause("a fork with its own proof", 422, fork.request(7, 13)),
        clause("a proof of zeros", 422, with_proof(7, 13, &hash.repeat(4))),
        clause("no proof", 422, with_proof(7, 13, "")),
        clause("a larger tree", 200, log.request(7, 13)),
        clause("lines of unknown keys are ignored", 200, format!("{}{strangers}", log.request(13, 13))),
        clause("and so are two of one key", 200, format!("{}{strangers}{strangers}", log.request(13, 13))),
        conflict("what was cosigned stays", 13, log.request(7, 13)),
    ];
    let renamed = log.request(13, 13).replace(line, "— log.example/other ");
    all.push(clause("a known key under another name", 403, renamed));
    all
}

/// Puts all of it to a witness, and the two clauses of its monitoring endpoint; tells how many answers are as C2SP says, and which are not.
fn count_answers(address: &str) -> (usize, Vec<String>) {
    let (mut right, mut wrong) = (0, Vec::new());
    let mut tell = |says: &str, expected: String, found: String| {
        if expected == found {
            right += 1
        } else {
            wrong.push(format!("{says}: expected {expected}, found {found}"))
        }
    };
    let shown = |answer: &Answer, size: Option<u64>| match size {
        Some(_) => format!("{} {} {:?}", answer.status, answer.header("content-type"), answer.text()),
        None => answer.status.to_string(),
    };
    for clause in clauses() {
        let answer =
            sent(&format!("{address}/add-checkpoint"), "text/plain", clause.body.as_bytes()).unwrap();
        let expected = match clause.size {
            Some(size) => format!("409 text/x.tlog.size \"{size}\\n\""),
            None => clause.status.to_string(),
        };
        tell(clause.says, expected, shown(&answer, clause.size));
    }
    let at = |origin: &str| format!("{address}/{}/checkpoint", event::sha256(&[origin.as_bytes()]));
    let answer = get(&at("log.example/c2sp"));
    let note = Note::parse(&answer.body).unwrap();
    let size = Checkpoint::parse(note.text()).unwrap().size;
    let lines = note.signatures().len();
    tell("the newest is shown with verified lines alone", "13 2".to_owned(), format!("{size} {lines}"));
    tell(
        "what was never cosigned is not found",
        "404".to_owned(),
        get(&at("log.example/none")).status.to_string(),
    );
    (right, wrong)
}

#[test]
fn every_clause_is_answered_as_c2sp_says() {
    let dir = tempfile::tempdir().unwrap();
    let witness =
        Witness::start(dir.path(), "witness.example/c2sp", &Log::new("log.example/c2sp").vkey(), &[]);
    let (right, wrong) = count_answers(&witness.address);
    eprintln!("hattama: {right} of {} answers as C2SP says", right + wrong.len());
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert_eq!(right, 33);
}

/// The other implementation, ended with the test.
struct Peer(Child);

impl Drop for Peer {
    fn drop(&mut self) {
        let _ended = self.0.kill();
        let _waited = self.0.wait();
    }
}

fn start_peer(program: &str, dir: &Path) -> (Peer, String) {
    let config = dir.join("witness.json");
    let prepare = |words: &[&str]| {
        let mut command = Command::new(program);
        command.env("AICS_WITNESS_CONFIG", &config).current_dir(dir).args(words);
        command
    };
    let (log, free) = (Log::new("log.example/c2sp"), TcpListener::bind("127.0.0.1:0").unwrap());
    for words in [
        &["init", "--name", "peer.example/c2sp"][..],
        &["add-log", "--origin", &log.origin, "--vkey", &log.vkey()],
    ] {
        let out = prepare(words).output().unwrap();
        assert!(out.status.success(), "{words:?}: {}", String::from_utf8_lossy(&out.stderr));
    }
    let listen = free.local_addr().unwrap().to_string();
    drop(free);
    let told = fs::File::create(dir.join("told")).unwrap();
    let mut command = prepare(&["serve", "--listen", &listen]);
    let peer = Peer(command.stdout(Stdio::null()).stderr(told).spawn().unwrap());
    let begun = Instant::now();
    while std::net::TcpStream::connect(&listen).is_err() {
        assert!(begun.elapsed() < Duration::from_secs(30), "the peer does not listen");
        std::thread::sleep(Duration::from_millis(50));
    }
    (peer, format!("http://{listen}"))
}

#[test]
fn another_implementation_is_asked_the_same() {
    let Ok(program) = std::env::var("HATTAMA_PEER_WITNESS") else {
        eprintln!("skipped: HATTAMA_PEER_WITNESS names no program of aics-witness (docs/jobs.md)");
        return;
    };
    let dir = tempfile::tempdir().unwrap();
    let (_peer, address) = start_peer(&program, dir.path());
    let (right, wrong) = count_answers(&address);
    eprintln!("aics-witness: {right} of {} answers as C2SP says; not so: {wrong:#?}", right + wrong.len());
    assert!(right > wrong.len());
}
