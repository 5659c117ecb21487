//! `watch` and `verify` say the same of the same source and the same things kept from elsewhere.
//!
//! In: ledgers that are good, tampered with, cut, of a later version, not there; servers that answer with anything; pins that are good, damaged, of others, not there
//! yet, and that accuse. Out: what a watch alone can see, from one look to the next (`serve::watched`).

use std::{
    collections::VecDeque,
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    sync::Mutex,
};

use tlog::note::NoteSigner;

use crate::{
    brought::signed,
    commands::run,
    evidence::{ORIGIN, note, tree},
    scene::Scene,
    site::{Answer, Site},
    tamper::{Files, published, signed_over, with_entries},
};

/// One source, what is pinned, and what both must say.
struct Case {
    name: &'static str,
    address: String,
    pins: Vec<String>,
    code: i32,
    /// Of the watch, where it is another one.
    watched: Option<i32>,
}

/// The scene, its published files, a place for what the observer keeps, sites that live as long as this.
struct Bench {
    scene: Scene,
    files: Files,
    dir: PathBuf,
    sites: Vec<Site>,
    cases: VecDeque<Case>,
}

impl Bench {
    fn kept(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        let path = self.dir.join(name);
        fs::write(&path, bytes).unwrap();
        path.display().to_string()
    }

    fn case(&mut self, name: &'static str, files: Files, pins: &[&str], code: i32) {
        let site = Site::honest(files);
        let pins = pins.iter().map(|pin| (*pin).to_owned()).collect();
        self.cases.push_back(Case { name, address: site.address.clone(), pins, code, watched: None });
        self.sites.push(site);
    }

    fn over(&self, change: impl FnOnce(&mut Vec<Vec<u8>>)) -> Files {
        signed_over(&self.files, &self.scene, change)
    }

    fn sources(&mut self) {
        let honest = self.files.clone();
        self.case("good", honest.clone(), &[], 0);
        let flipped = with_entries(&honest, |list| list[20][40] ^= 1);
        self.case("a flipped byte", flipped, &[], 1);
        let later = |list: &mut Vec<Vec<u8>>| {
            let text = String::from_utf8(list[20].clone()).unwrap();
            list[20] = text.replacen("\"received\":\"2025", "\"received\":\"2026", 1).into_bytes();
        };
        let rewritten = self.over(later);
        self.case("another time of receipt", rewritten, &[], 1);
        let doubled = self.over(|list| list.push(list[45].clone()));
        self.case("an entry twice", doubled, &[], 1);
        let bend = |list: &[Vec<u8>]| {
            let text = String::from_utf8(list[45].clone()).unwrap();
            text.replacen("\"v\":1}", "\"v\":2,\"w\":7}", 1)
        };
        let future = self.over(|list| list[45] = bend(list).into_bytes());
        self.case("a later version", future, &[], 2);
        let unchained = self.over(|list| {
            let text = bend(list);
            let at = text.find("\"prev\":\"").unwrap() + 8;
            list[45] = text.into_bytes();
            list[45][at] = if list[45][at] == b'0' { b'1' } else { b'0' };
        });
        self.case("a later version out of the chain", unchained, &[], 1);
        let strange = note(&self.scene, "not the log", &self.scene.entries);
        let with = |name: &str, bytes: Option<Vec<u8>>| {
            let mut files = honest.clone();
            files.remove(name);
            files.extend(bytes.map(|bytes| (name.to_owned(), bytes)));
            files
        };
        self.case("a checkpoint of another key", with("checkpoint", Some(strange)), &[], 1);
        self.case("no checkpoint", with("checkpoint", None), &[], 2);
        self.case("a web page", with("checkpoint", Some(b"<html>Log in</html>".to_vec())), &[], 2);
        self.case("entries that are not served", with("tile/entries/000.p/46", None), &[], 1);
        let address = "http://127.0.0.1:9".to_owned();
        self.cases.push_back(Case { name: "unreachable", address, pins: Vec::new(), code: 2, watched: None });
    }

    /// A server that answers so whenever it is asked for files whose paths begin so, and honestly for others.
    fn answered(
        &mut self,
        name: &'static str,
        from: &'static str,
        code: i32,
        answer: impl Fn(&str, &[u8], usize) -> Answer + Send + Sync + 'static,
    ) {
        let honest = self.files.clone();
        let site = Site::new(self.files.clone(), move |path, before| {
            let moved = path.strip_prefix("moved/");
            match (moved, path.starts_with(from)) {
                (Some(path), _) => Answer::Body("", honest.get(path).cloned().unwrap_or_default()),
                (None, true) => honest.get(path).map_or(Answer::Honest, |bytes| answer(path, bytes, before)),
                (None, false) => Answer::Honest,
            }
        });
        let address = site.address.clone();
        self.cases.push_back(Case { name, address, pins: Vec::new(), code, watched: None });
        self.sites.push(site);
    }

    /// Answers that are broken, or only unusual: of the checkpoint, and of the entries under it.
    fn answers(&mut self) {
        const GZIP: &str = "Content-Encoding: gzip\r\n";
        const PLACES: [&str; 2] = ["checkpoint", "tile/entries"];
        for place in PLACES {
            self.answered("gzip", place, 0, |_, bytes, _| Answer::Body(GZIP, packed(bytes)));
            self.answered("gzip that nobody announces", place, 1, |_, bytes, _| {
                Answer::Body("", packed(bytes))
            });
            self.answered("gzip that is none", place, 2, |_, bytes, _| Answer::Body(GZIP, bytes.to_vec()));
            self.answered("gzip that breaks off", place, 2, |_, bytes, _| {
                let whole = packed(bytes);
                Answer::Body(GZIP, whole[..whole.len() / 2].to_vec())
            });
            self.answered("another compression", place, 2, |_, bytes, _| {
                Answer::Body("Content-Encoding: br\r\n", bytes.to_vec())
            });
            self.answered("a page", place, 2, |_, _, _| {
                Answer::Body("", b"\n<!DOCTYPE html><title>Log in</title>".to_vec())
            });
            self.answered("words", place, 1, |_, _, _| Answer::Body("", b"Log in first".to_vec()));
            self.answered("JSON", place, 1, |_, _, _| Answer::Body("", b"{\"error\":1}".to_vec()));
            self.answered("nothing", place, 1, |_, _, _| Answer::Body("", Vec::new()));
            self.answered("half", place, 1, |_, bytes, _| {
                Answer::Body("", bytes[..bytes.len() / 2].to_vec())
            });
            self.answered("more", place, 1, |_, bytes, _| Answer::Body("", [bytes, b"\nmore"].concat()));
            self.answered("half of what was promised", place, 2, |_, bytes, _| Answer::Early(bytes.to_vec()));
            self.answered("two lengths", place, 2, |_, bytes, _| {
                Answer::Body("Content-Length: 7\r\n", bytes.to_vec())
            });
            self.answered("status 500", place, 2, |_, _, _| Answer::Status(500, String::new()));
            self.answered("status 401", place, 2, |_, _, _| Answer::Status(401, String::new()));
            self.answered("status 204", place, 2, |_, _, _| Answer::Status(204, String::new()));
            self.answered("status 503 once", place, 0, |_, _, before| match before {
                0 => Answer::Status(503, String::new()),
                _ => Answer::Honest,
            });
            self.answered("patience", place, 0, |_, _, before| match before {
                0 | 1 => Answer::Status(429, "Retry-After: 0\r\n".to_owned()),
                _ => Answer::Honest,
            });
            self.answered("too much patience", place, 2, |_, _, _| {
                Answer::Status(503, "Retry-After: 86400\r\n".to_owned())
            });
            self.answered("a redirect inside the host", place, 0, |path, _, _| {
                Answer::Status(302, format!("Location: /log/moved/{path}\r\n"))
            });
            self.answered("a redirect to itself", place, 2, |path, _, _| {
                Answer::Status(302, format!("Location: /log/{path}\r\n"))
            });
            self.answered("a redirect to elsewhere", place, 2, |_, _, _| {
                Answer::Status(301, "Location: http://192.0.2.1/x\r\n".to_owned())
            });
            self.answered("a redirect to nowhere", place, 2, |_, _, _| Answer::Status(302, String::new()));
        }
        for status in [403, 404, 410] {
            let gone = move |_: &str, _: &[u8], _: usize| Answer::Status(status, String::new());
            self.answered("no checkpoint", "checkpoint", 2, gone);
            self.answered("no entries", "tile/entries", 1, gone);
        }
    }

    fn pins(&mut self) {
        let honest = self.files.clone();
        let id = self.scene.head.state().ledger.unwrap().to_string();
        let checkpoint = String::from_utf8(honest["checkpoint"].clone()).unwrap();
        let entries = self.scene.entries.clone();
        let root = |count: usize| event::Hash(tree(&entries[..count]).root());
        let good = self.kept("checkpoint", &checkpoint);
        let heads = format!("30 {}", root(30));
        self.case("pinned", honest.clone(), &["--pin", &id, "--pin", &good, "--pin", &heads], 0);
        // It was shown and is not there any more.
        let cut = self.over(|list| list.truncate(40));
        self.case("stale", cut.clone(), &["--pin", &good], 1);
        self.case("cut, and nothing pinned", cut.clone(), &[], 0);
        let other = "ab".repeat(32);
        self.case("another id", honest.clone(), &["--pin", &other], 2);
        let crlf = self.kept("crlf", checkpoint.replace('\n', "\r\n"));
        self.case("a damaged checkpoint", honest.clone(), &["--pin", &crlf], 2);
        self.case("nothing there", honest.clone(), &["--pin", "/nowhere"], 2);
        self.case("a good one and a damaged one", honest.clone(), &["--pin", &good, "--pin", &crlf], 2);
        let foreign = NoteSigner::new("other.example/log", &[7; 32]).unwrap();
        let text = tlog::checkpoint::Checkpoint {
            origin: "other.example/log".to_owned(),
            size: 46,
            root: root(30).0,
            extensions: Vec::new(),
        };
        let foreign = self.kept("foreign", text.sign(&foreign).unwrap());
        self.case("a checkpoint of another log", honest.clone(), &["--pin", &foreign], 2);
        let wrong = format!("30 {}", root(29));
        self.case("a root from paper", honest.clone(), &["--pin", &wrong], 2);
        let beyond = format!("1000 {}", root(29));
        self.case("a root from paper, beyond", honest.clone(), &["--pin", &beyond], 2);
        let mut split = self.scene.entries.clone();
        split[30].push(b' ');
        let split = self.kept("split", note(&self.scene, "log", &split));
        self.case("two histories", honest.clone(), &["--pin", &split], 1);
        self.acts(&cut);
        self.receipts(&cut);
        self.policies();
        // The source does not stand for itself.
        self.case("itself", honest, &[], 2);
        let own = self.cases.back_mut().unwrap();
        own.pins = vec!["--pin".to_owned(), own.address.clone()];
    }

    /// Acts that were handed out.
    fn acts(&mut self, cut: &Files) {
        let honest = self.files.clone();
        let act = |at: usize| event::json::encode(&self.scene.said[at]).unwrap();
        let (early, late) = (self.kept("early", act(31)), self.kept("late", act(44)));
        self.case("an act that is there", honest.clone(), &["--pin", &early], 0);
        self.case("an act that is not there yet", cut.clone(), &["--pin", &late], 2);
        let lie = self.kept(
            "lie",
            event::json::encode(&event::SignedEvent::from_checked(signed(|_| {}).checked())).unwrap(),
        );
        self.case("another protocol of its own keys", honest.clone(), &["--pin", &lie], 1);
        let one = signed(|step| step.signers.truncate(1));
        let one =
            self.kept("one", event::json::encode(&event::SignedEvent::from_checked(one.checked())).unwrap());
        self.case("a protocol of one member", honest, &["--pin", &one], 2);
    }

    fn receipts(&mut self, cut: &Files) {
        let honest = self.files.clone();
        let entry = ledger::Entry::decode(&self.scene.entries[43]).unwrap();
        let head = note(&self.scene, "log", &self.scene.entries);
        let receipt = ledger::receipt::issue_receipt(&tree(&self.scene.entries), &entry, &head).unwrap();
        let text = receipt.encode().unwrap();
        let good = self.kept("receipt", &text);
        self.case("a receipt", honest.clone(), &["--pin", &good], 0);
        self.case("a receipt that a copy does not reach", cut.clone(), &["--pin", &good], 2);
        // A path that was damaged on the way: nobody signed it.
        let mut damaged = receipt;
        damaged.index -= 1;
        let damaged = self.kept("moved", damaged.encode().unwrap());
        self.case("a damaged receipt", honest, &["--pin", &damaged], 2);
    }

    fn policies(&mut self) {
        let honest = self.files.clone();
        let witness = NoteSigner::new("any", &[4; 32]).unwrap().verifier_key().key();
        let witness = tlog::cosignature::CosignerKey::new("witness.example/w", witness).unwrap().encode();
        let key = self.scene.head.state().charter.as_ref().unwrap().log_key.0;
        let policy = |key: [u8; 32]| {
            let log = tlog::note::VerifierKey::new(ORIGIN, key).unwrap().encode();
            format!("log {log}\nwitness w {witness}\nquorum w\n")
        };
        let other = NoteSigner::new(ORIGIN, &[9; 32]).unwrap().verifier_key().key();
        let (own, other) = (self.kept("own", policy(key)), self.kept("other", policy(other)));
        // Who must have cosigned is a condition of the observer's own: a verification warns, a watch raises the alarm.
        self.case("witnesses that did not sign", honest.clone(), &["--policy", &own], 0);
        self.cases.back_mut().unwrap().watched = Some(1);
        self.case("a policy of another log", honest.clone(), &["--policy", &other], 2);
        let unread = self.kept("unread", "log");
        self.case("a policy that does not read", honest, &["--policy", &unread], 2);
    }
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

/// Exit codes of both, and what they said.
fn ask_both(case: &Case) -> ([i32; 2], String) {
    let words = |command: &'static str, more: &'static [&'static str]| {
        let pins = case.pins.iter().map(String::as_str);
        let all: Vec<&str> =
            [command, &case.address].into_iter().chain(pins).chain(more.iter().copied()).collect();
        run(&all)
    };
    let (verified, watched) = (words("verify", &[]), words("watch", &["--once"]));
    let said = format!("{}{}\n---\n{}{}", verified.1, verified.2, watched.1, watched.2);
    ([verified.0, watched.0], said)
}

#[test]
fn a_watch_and_a_verification_never_disagree() {
    let dir = tempfile::tempdir().unwrap();
    let (scene, files) = published(dir.path());
    let kept: &Path = &dir.path().join("kept");
    fs::create_dir(kept).unwrap();
    let mut bench = Bench { scene, files, dir: kept.to_owned(), sites: Vec::new(), cases: VecDeque::new() };
    bench.sources();
    bench.answers();
    bench.pins();
    let (cases, wrong) = (Mutex::new(bench.cases), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                loop {
                    let Some(case) = cases.lock().unwrap().pop_front() else { return };
                    let (codes, said) = ask_both(&case);
                    if codes != [case.code, case.watched.unwrap_or(case.code)] {
                        wrong
                            .lock()
                            .unwrap()
                            .push(format!("{}: {} expected, {codes:?}\n{said}", case.name, case.code));
                    }
                }
            });
        }
    });
    let wrong = wrong.into_inner().unwrap();
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}
