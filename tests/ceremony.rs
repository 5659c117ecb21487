//! The ceremony on the real program: interrupted, with keys in any order, with pieces of others, up to a published ledger.

use std::{fs, path::Path};

use crate::keys::{GOOD, run_with};

/// A folder in which holders, operators and the office work.
pub(crate) struct Room {
    pub(crate) dir: tempfile::TempDir,
}

impl Room {
    pub(crate) fn new() -> Self {
        Self { dir: tempfile::tempdir().unwrap() }
    }

    pub(crate) fn at(&self, name: &str) -> String {
        self.dir.path().join(name).display().to_string()
    }

    pub(crate) fn run(&self, words: &[&str]) -> (i32, String, String) {
        run_with(GOOD, None, words)
    }

    fn make(&self, seat: &str, file: &str) {
        let (code, out, err) = self.run(&["key", "member", &self.at(file), "--seat", seat, "--name", seat]);
        assert_eq!(code, 0, "{out}{err}");
    }

    fn hand_over(&self, pieces: &[&str]) -> (i32, String, String) {
        let pieces: Vec<String> = pieces.iter().map(|name| self.at(&format!("{name}.piece.json"))).collect();
        let room = self.at("room");
        let mut words = vec!["charter", "new", &room, "--lang", "en"];
        for piece in &pieces {
            words.extend(["--piece", piece]);
        }
        self.run(&words)
    }
}

fn decisions(dir: &Path) -> String {
    let file = dir.join("decided.toml");
    let text = "name = \"Сынақ\"\nname-kk = \"Сынақ\"\nname-ru = \"Проба\"\norigin = \"example.org/proba\"\nroots = 3\nthreshold = 2\n\
                offices = 1\nquorum = \"majority\"\npromise-minutes = 60\ntest = true\nsimulated-clock = true\n";
    fs::write(&file, text).unwrap();
    file.display().to_string()
}

/// The first publication signed by a program that holds the office's key: by another one's it is refused, and nothing is published.
fn open_with_a_program(room: &Room, open: &[&str]) {
    if std::process::Command::new("openssl").arg("version").output().is_err() {
        eprintln!("skipped: no openssl");
        return;
    }
    fs::write(room.at("words"), GOOD).unwrap();
    let signer = |seat: &str| {
        let key = room.at(&format!("{seat}.pem"));
        let (_, shown, _) = room.run(&["key", "show", &key]);
        let public = shown.lines().find(|line| line.ends_with('=')).unwrap().split(' ').next_back().unwrap();
        let body = format!(
            "[ $1 = public-key ] && exec echo {public}\nt=$(mktemp)\ncat >$t\n\
             openssl pkeyutl -sign -rawin -inkey {key} -passin file:{} -in $t | base64 -w 0\necho\nrm $t\n",
            room.at("words"),
        );
        fs::write(room.at(&format!("{seat}.sh")), body).unwrap();
        format!("sh {}", room.at(&format!("{seat}.sh")))
    };
    let held = open.iter().position(|word| *word == "--office-key").unwrap();
    for (seat, expected) in [("service", 2), ("office-1", 0)] {
        let (place, command) = (room.at(&format!("published by {seat}")), signer(seat));
        let mut words = open.to_vec();
        words.splice(held..held + 2, ["--sign-with", &command]);
        let to = words.iter().position(|word| *word == "--to").unwrap();
        words[to + 1] = &place;
        let (code, out, err) = room.run(&words);
        assert_eq!(code, expected, "{seat}: {out}{err}");
        assert_eq!(Path::new(&place).join("snapshots").exists(), expected == 0, "{seat}");
        if expected == 0 {
            let (code, out, err) = room.run(&["verify", &place]);
            assert_eq!(code, 0, "{out}{err}");
        }
    }
}

#[test]
fn a_ceremony_goes_on_where_it_stood_and_ends_with_a_published_ledger() {
    let room = Room::new();
    let (dir, decided) = (room.at("room"), decisions(room.dir.path()));
    let (code, out, err) = room.run(&["charter", "new", &dir, "--name", "Другое", "--lang", "en"]);
    assert!(code == 0 && out.contains("not decided yet: origin") && out.contains("root-1"), "{out}{err}");
    let (code, out, err) = room.run(&["charter", "new", &dir, "--config", &decided, "--lang", "en"]);
    assert!(code == 0 && !out.contains("not decided") && out.contains("key member root-3.pem"), "{out}{err}");
    // Keys come in any order.
    for seat in ["log", "root-3", "office-1", "root-1", "service", "root-2"] {
        room.make(seat, &format!("{seat}.pem"));
    }
    let (code, out, _) = room.hand_over(&["log", "root-3", "office-1"]);
    assert!(code == 0 && out.contains("root-1, root-2, service;"), "{out}");
    // What does not fit is told, and nothing of it is taken in: another key for a seat, one key for two, a commission's, a secret.
    room.make("root-3", "other.pem");
    let (code, _, err) = room.hand_over(&["other", "root-1"]);
    assert!(code == 1 && err.contains("one key for seat root-3"), "{code} {err}");
    let words = [
        "key",
        "member",
        &room.at("root-1.pem"),
        "--seat",
        "root-2",
        "--piece",
        &room.at("twice.piece.json"),
    ];
    assert_eq!(room.run(&words).0, 0);
    let (code, _, err) = room.hand_over(&["root-1", "twice"]);
    assert!(code == 1 && err.contains("found the key of root-1"), "{err}");
    let ledger = "ab".repeat(32);
    let words = [
        "key",
        "member",
        &room.at("m.pem"),
        "--ledger",
        &ledger,
        "--commission",
        "tec-aul",
        "--seat",
        "chair",
    ];
    assert_eq!(room.run(&words).0, 0);
    let (code, _, err) = room.hand_over(&["m"]);
    assert!(code == 1 && err.contains("without `--ledger`"), "{err}");
    let (code, _, err) = room.run(&["charter", "new", &dir, "--piece", &room.at("root-1.pem")]);
    assert!(code == 1 && err.contains("never hand it over"), "{err}");
    assert!(!Path::new(&dir).join("charter.json").exists());
    let (code, _, err) = room.run(&["charter", "sign", &dir, "--key", &room.at("root-1.pem")]);
    assert!(code == 2 && err.contains("charter new"), "{code} {err}");
    let (code, _, err) = room.run(&["charter", "new", &dir, "--threshold", "4"]);
    assert!(code == 64 && err.contains('3'), "{err}");
    // All there: drafted, judged, shown.
    let at = "2025-08-01 10:00";
    let (code, out, err) = room.run(&[
        "charter",
        "new",
        &dir,
        "--at",
        at,
        "--lang",
        "en",
        "--piece",
        &[room.at("root-2.piece.json"), room.at("root-1.piece.json"), room.at("service.piece.json")]
            .join(","),
    ]);
    assert!(code == 0 && out.contains("signs next: root-1, root-2, root-3"), "{out}{err}");
    let (_, shown, _) = room.run(&["key", "show", &room.at("root-2.pem")]);
    let own = shown.lines().find_map(|line| line.strip_prefix("fingerprint")).unwrap().trim().to_owned();
    assert!(out.contains(&own), "{own} is not in\n{out}");
    // Neither words nor pieces change what is drafted.
    let (code, _, err) = room.run(&["charter", "new", &dir, "--name", "Иное"]);
    assert!(code == 1 && err.contains("charter.json"), "{err}");
    let kept = fs::read_to_string(Path::new(&dir).join("charter.toml")).unwrap();
    fs::write(Path::new(&dir).join("charter.toml"), kept.replace("Сынақ", "Алдау")).unwrap();
    let (code, _, err) =
        room.run(&["charter", "sign", &dir, "--key", &room.at("root-1.pem"), "--lang", "en"]);
    assert!(code == 1 && err.contains("do not sign"), "{err}");
    fs::write(Path::new(&dir).join("charter.toml"), kept).unwrap();
    // Holders sign one after another; nobody else does; nothing is opened before.
    let (code, _, err) = room.run(&["charter", "sign", &dir, "--key", &room.at("office-1.pem")]);
    assert!(code == 1, "{err}");
    let (ledger, place) = (room.at("ledger"), room.at("published"));
    let open = [
        "charter",
        "open",
        &dir,
        "--log-key",
        &room.at("log.pem"),
        "--ledger",
        &ledger,
        "--office-key",
        &room.at("office-1.pem"),
        "--to",
        &place,
        "--lang",
        "en",
    ];
    for n in [2, 1, 3] {
        assert_eq!(room.run(&open).0, 2);
        let (code, out, err) =
            room.run(&["charter", "sign", &dir, "--key", &room.at(&format!("root-{n}.pem")), "--lang", "en"]);
        assert!(code == 0 && err.contains(&own) && (n == 3) == out.contains("all have signed"), "{out}{err}");
    }
    let wrong = ["charter", "open", &dir, "--log-key", &room.at("service.pem"), "--ledger", &ledger];
    assert!(room.run(&wrong).0 == 1 && !Path::new(&ledger).exists());
    open_with_a_program(&room, &open);
    let (code, out, err) = room.run(&open);
    assert!(code == 0 && out.contains("newspaper"), "{out}{err}");
    let (code, out, err) = room.run(&["verify", &place]);
    assert!(code == 0, "{out}{err}");
    // The same once more: the ledger is kept, and published again.
    let (code, out, err) = room.run(&open);
    assert_eq!(code, 0, "{out}{err}");
    for lang in ["kk", "ru"] {
        let (code, out, err) = room.run(&["charter", "new", &dir, "--lang", lang]);
        assert!(code == 0 && out.contains(&own) && !out.contains("aloud"), "{out}{err}");
    }
}
