//! The real program, as a person would use it: the demo, every command, the obvious mistakes.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
    sync::OnceLock,
};

/// The state directory of this run's programs: what was kept of ledgers of another run says nothing.
pub(crate) fn state_directory() -> &'static Path {
    static STATE: OnceLock<PathBuf> = OnceLock::new();
    STATE.get_or_init(|| {
        let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("state-{}", std::process::id()));
        fs::create_dir_all(&dir).unwrap();
        dir
    })
}

/// Where this run's programs stand, unless a test says where: what a command writes beside itself, as a watch its evidence,
/// never lands in the repository.
fn standing_directory() -> &'static Path {
    static STANDING: OnceLock<PathBuf> = OnceLock::new();
    STANDING.get_or_init(|| {
        let dir = state_directory().join("standing");
        fs::create_dir_all(&dir).unwrap();
        dir
    })
}

pub(crate) fn hattama(words: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hattama"));
    for (name, _) in std::env::vars_os() {
        let told = name.to_string_lossy().to_lowercase();
        // A proxy of this machine does not know the servers of the tests, and its people may not read English.
        if told.starts_with("hattama_") || told.ends_with("_proxy") || told == "lang" {
            command.env_remove(name);
        }
    }
    command.env("HATTAMA_STATE", state_directory()).current_dir(standing_directory()).args(words);
    command
}

pub(crate) fn run(words: &[&str]) -> (i32, String, String) {
    told(hattama(words).output().unwrap())
}

fn told(output: Output) -> (i32, String, String) {
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

fn path(dir: &Path, inner: &str) -> String {
    dir.join(inner).display().to_string()
}

#[test]
fn the_demo_tells_the_whole_story_and_its_folder_answers() {
    let dir = tempfile::tempdir().unwrap();
    let at = |inner: &str| path(dir.path(), inner);
    let (code, story, err) = run(&["demo", "--dir", &at("")]);
    assert_eq!(code, 0, "{story}{err}");
    for words in
        ["77.1", "10.8", "8.4", "3.7", "128 of 128 precincts", "VERIFIED:", "FAILED:", "SYNTHETIC", "SIG-01"]
    {
        assert!(story.contains(words), "{words} is not in\n{story}");
    }
    let (code, out, _) = run(&["verify", &at("published")]);
    assert_eq!(code, 0, "{out}");
    assert!(out.contains("Unanchored") && out.contains("TEST") && out.contains("simulated"), "{out}");
    let (code, out, _) = run(&["verify", &at("tampered"), "--json"]);
    let report: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!((code, report["verdict"].as_str()), (1, Some("FAILED")));
    let (code, out, _) = run(&["verify", &at("ledger"), "--pin", &at("published")]);
    assert_eq!(code, 0, "{out}");
    assert!(out.contains("Anchored"), "{out}");
    let (code, out, _) = run(&["results", &at("published"), "--as-of", "2025-10-13T03:00:00+05:00"]);
    assert!(code == 0 && out.contains("preliminary"), "{out}");
    let (code, out, _) = run(&["results", &at("published"), "--format", "csv"]);
    assert_eq!((code, out.lines().count()), (0, 129));
    let (code, out, _) = run(&["results", &at("published"), "--format", "nist"]);
    assert_eq!((code, verifier::checks::nist::lint(out.as_bytes())), (0, Vec::new()));
    let (code, out, _) = run(&["results", &at("ledger"), "--precinct", "semey-023"]);
    assert!(code == 0 && out.contains("1 of 1 precincts"), "{out}");
    for (precinct, found) in [("23", "semey-023"), ("№ 057", "semey-057"), ("SEMEY-057", "semey-057")] {
        let (code, out, err) = run(&["history", &at("published"), "--precinct", precinct]);
        assert!(code == 0 && out.contains(found), "{precinct}: {out}{err}");
        let (code, out, _) = run(&["results", &at("ledger"), "--precinct", precinct]);
        assert!(code == 0 && out.contains("1 of 1 precincts"), "{precinct}: {out}");
    }
    let published = at("published");
    for precinct in ["0", "999", "57a", "aktobe-057", "semey", ""] {
        for (what, more) in [("history", &[][..]), ("results", &[]), ("diff", &["--from", "500"])] {
            let words = [&[what, &published, "--precinct", precinct], more].concat();
            assert_eq!(run(&words).0, 64, "{words:?}");
        }
    }
    names_in_a_diff(&published);
    let (code, out, _) = run(&["history", &at("published")]);
    assert!(
        code == 0 && out.contains("semey-023") && out.contains("semey-057") && out.contains("+14"),
        "{out}"
    );
    let (code, out, _) = run(&["ledger", "status", &at("ledger"), "--json"]);
    let status: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!((code, status["commissions"].as_u64()), (0, Some(131)));
    crate::claims::of_the_demo(dir.path());
    crate::marked::of_the_demo(dir.path(), &story);
    crate::copies::of_the_demo(dir.path());
    crate::evidence::liars::of_the_demo(dir.path(), &story);
    offline(dir.path());
    rollback_of_sled(dir.path());
}

/// What moved is told by the paper's words and by names; ids stand in JSON.
fn names_in_a_diff(published: &str) {
    let words = ["diff", published, "--from", "500", "--precinct", "semey-001", "--lang"];
    for (lang, votes, box_found, home) in [
        (
            "ru",
            "голоса за Кожанбаев Адилет",
            "переносная урна № 1: бюллетени",
            "Бюллетени в переносных урнах",
        ),
        (
            "kk",
            "Қожанбаев Әділет үшін дауыстар",
            "№ 1 тасымалданатын жәшік: бюллетеньдер",
            "Тасымалданатын жәшіктердегі бюллетеньдер",
        ),
    ] {
        let (code, out, err) = run(&[&words[..], &[lang]].concat());
        assert_eq!(code, 0, "{err}");
        for said in [votes, box_found, "№ 0001 (semey-001)"] {
            assert!(out.contains(said), "{lang}: {said} in\n{out}");
        }
        let (_, all, _) = run(&["diff", published, "--from", "500", "--lang", lang]);
        assert!(all.contains(home), "{lang}: {home}");
        for id in ["issued_by", "portable/", "home_found", " kozhanbaev"] {
            assert!(!out.contains(id) && !all.contains(id), "{lang}: {id}");
        }
    }
    let (_, out, _) = run(&[&words[..], &["ru", "--json"]].concat());
    assert!(out.contains("votes for kozhanbaev"), "{out}");
}

/// A key is revoked the long way: drafted, signed by four on one file, appended; then the mistakes.
fn offline(dir: &Path) {
    let at = |inner: &str| path(dir, inner);
    let key = |seat: &str| at(&format!("keys/tec-semey/{seat}.pem"));
    let (_, out, _) = run(&["key", "show", &at("keys/pec-semey-001/m4.pem"), "--json"]);
    let shown: serde_json::Value = serde_json::from_str(&out).unwrap();
    let body = format!(
        "{{\"commission\":\"pec-semey-001\",\"ground\":\"Ноутбук ұрланды\",\"key\":{},\"since\":\"2025-10-14T09:00:00+05:00\"}}",
        shown["public_key"]
    );
    fs::write(at("body.json"), body).unwrap();
    let ledger = at("ledger");
    let (body, file) = (at("body.json"), at("revoked.json"));
    let mut words = vec!["event", "draft", "key-revoked", "--ledger", &ledger, "--author", "tec-semey"];
    words.extend(["--signer", "chair", "--signer", "deputy", "--signer", "secretary", "--signer", "m4"]);
    words.extend(["--body", &body, "--out", &file]);
    let (code, out, err) = run(&words);
    assert_eq!((code, out.trim().len()), (0, 64), "{out}{err}");
    let (code, _, err) = run(&words);
    assert_eq!(code, 64, "a draft never overwrites: {err}");
    for seat in ["chair", "deputy", "secretary"] {
        let (code, out, err) = run(&["event", "sign", &file, "--key", &key(seat)]);
        assert!(
            code == 0 && err.contains("Key revoked") && err.contains("Ноутбук ұрланды"),
            "shown before it is signed: {out}{err}"
        );
    }
    let before = fs::read(&file).unwrap();
    let (code, _, err) = run(&["event", "append", &file, "--ledger", &ledger]);
    assert!(code == 1 && err.contains("4 signers, found 3"), "{err}");
    let (code, _, err) = run(&["event", "sign", &file, "--key", &key("m5")]);
    assert!(code == 1 && err.contains("names as signer"), "{err}");
    assert_eq!(fs::read(&file).unwrap(), before, "a refused file is untouched");
    run(&["event", "sign", &file, "--key", &key("m4")]);
    let (_, out, _) = run(&["event", "show", &file]);
    assert!(!out.contains("missing") && out.contains("Ноутбук ұрланды"), "{out}");
    let (code, out, err) = run(&["event", "append", &file, "--ledger", &ledger]);
    assert!(code == 0 && out.contains("entry hash"), "{out}{err}");
    let (code, out, _) = run(&["event", "append", &file, "--ledger", &ledger]);
    assert!(code == 0 && out.contains("already there"), "{out}");
    // The same content again is a new event, and refused: the key is revoked.
    let again = at("again.json");
    *words.last_mut().unwrap() = &again;
    let (code, _, err) = run(&words);
    assert!(code == 1 && err.contains("SIG-04"), "the draft says it first: {err}");
    run(&[&words[..], &["--anyway"]].concat());
    for seat in ["chair", "deputy", "secretary", "m4"] {
        run(&["event", "sign", &again, "--key", &key(seat)]);
    }
    let before = fs::read(&again).unwrap();
    let (code, _, err) = run(&["event", "append", &again, "--ledger", &ledger]);
    assert!(
        code == 1 && err.contains("SIG-04") && err.contains("expected") && err.contains("hint:"),
        "{err}"
    );
    assert_eq!(fs::read(&again).unwrap(), before);
    let (code, out, err) = run(&[
        "publish",
        "--ledger",
        &ledger,
        "--office-key",
        &at("keys/cec/office-1.pem"),
        "--to",
        &at("published"),
    ]);
    assert!(code == 0 && out.contains("snapshot 2"), "{out}{err}");
    let (code, out, _) = run(&["verify", &at("published")]);
    assert_eq!(code, 0, "{out}");
    // A second place gets every snapshot that was announced, and is verified too.
    let office = at("keys/cec/office-1.pem");
    let mirror = ["publish", "--ledger", &ledger, "--office-key", &office, "--to", &at("mirror")];
    let (code, out, err) = run(&mirror);
    assert!(code == 0 && out.contains("finished now"), "{out}{err}");
    let (code, out, _) = run(&["verify", &at("mirror"), "--pin", &at("published")]);
    assert!(code == 0 && out.contains("Anchored: all"), "{out}");
    let stolen = ["publish", "--ledger", &ledger, "--office-key", &key("chair"), "--to", &at("elsewhere")];
    let (code, _, err) = run(&stolen);
    assert!(code == 2 && err.contains("office key"), "{err}");
    let foreign = ["publish", "--ledger", &ledger, "--office-key", &office, "--to", &at("keys")];
    let (code, _, err) = run(&foreign);
    assert!(code == 2 && err.contains("something else"), "{err}");
}

/// sled is a follower: without it the ledger opens whole, and says so.
fn rollback_of_sled(dir: &Path) {
    let at = |inner: &str| path(dir, inner);
    fs::remove_dir_all(at("ledger/sled")).unwrap();
    let (code, out, err) = run(&["ledger", "check", &at("ledger"), "--log-key", &at("ledger/log-key.pem")]);
    assert!(code == 0 && out.contains("nothing missing") && err.contains("sled"), "{out}{err}");
    // A second process is refused while one holds the ledger.
    let seed = demo::cast::Cast::new(demo::SEED).secret("log");
    let held = node::Writer::open(&dir.join("ledger"), &seed).unwrap();
    let (code, _, err) = run(&["ledger", "check", &at("ledger"), "--log-key", &at("ledger/log-key.pem")]);
    assert!(code == 2 && err.contains("nobody has open"), "{err}");
    drop(held);
    // The wrong log key is refused before anything is signed.
    let (code, _, err) = run(&["ledger", "check", &at("ledger"), "--log-key", &at("keys/cec/office-1.pem")]);
    assert!(code == 2 && err.contains("log key"), "{err}");
}

#[test]
fn keys_are_encrypted_and_say_when_the_passphrase_is_wrong() {
    let dir = tempfile::tempdir().unwrap();
    let file = path(dir.path(), "chair.pem");
    let with = |words: &[&str], passphrase: &str| {
        told(hattama(words).env("HATTAMA_PASSPHRASE", passphrase).output().unwrap())
    };
    let (code, made, err) = with(&["key", "new", &file], "correct horse");
    assert_eq!(code, 0, "{err}");
    assert!(fs::read_to_string(&file).unwrap().starts_with("-----BEGIN ENCRYPTED PRIVATE KEY-----"));
    let (code, shown, _) = with(&["key", "show", &file], "correct horse");
    assert!(code == 0 && shown.contains(made.trim().lines().next().unwrap()), "{made}{shown}");
    let (code, _, err) = with(&["key", "show", &file], "battery staple");
    assert!(code == 2 && err.contains("wrong passphrase"), "{err}");
    let (code, _, err) = with(&["key", "new", &file], "correct horse");
    assert!(code == 2 && err.contains("chair.pem"), "a key file is never overwritten: {err}");
    let words = ["key", "prove", &file, "--commission", "pec-a", "--seat", "m4"];
    let (code, proof, err) = with(&words, "correct horse");
    assert_eq!(code, 0, "{err}");
    let text = event::key_text(
        &event::Hash::ZERO,
        &event::Id::new("pec-a").unwrap(),
        &event::Id::new("m4").unwrap(),
    );
    let key = event::Key::parse(made.trim()).unwrap();
    assert!(event::verify(&key, text.as_bytes(), &event::Signature::parse(proof.trim()).unwrap()));
    let opened = Command::new("openssl")
        .args(["pkey", "-in", &file, "-passin", "pass:correct horse", "-noout"])
        .output();
    match opened {
        Ok(output) => assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr)),
        Err(_) => eprintln!("skipped: no openssl to open the key with"),
    }
}

#[test]
fn a_ledger_begins_with_its_charter() {
    let dir = tempfile::tempdir().unwrap();
    let at = |inner: &str| path(dir.path(), inner);
    let mut scene = crate::scene::Scene::new();
    scene.play("ledger-opened");
    let genesis = event::json::encode(&scene.said[0]).unwrap();
    fs::write(at("charter.json"), &genesis).unwrap();
    // The example keys are public, so a copy of one will do where any key is wrong.
    let wrong = at("wrong.pem");
    fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../keys-example/log.pem"), &wrong).unwrap();
    private(&wrong);
    let (code, _, err) =
        run(&["ledger", "new", &at("l"), "--genesis", &at("charter.json"), "--log-key", &wrong]);
    assert!(code == 2 && err.contains("log key"), "{err}");
    assert!(!Path::new(&at("l/journal")).exists(), "nothing is left behind");
    let mut broken = genesis.clone();
    let place = broken.windows(6).position(|w| w == b"\"name\"").unwrap() + 9;
    broken[place] = b'x';
    fs::write(at("broken.json"), &broken).unwrap();
    let (code, _, err) =
        run(&["ledger", "new", &at("l"), "--genesis", &at("broken.json"), "--log-key", &wrong]);
    assert!(code == 1, "{err}");
    let (code, _, err) =
        run(&["ledger", "new", &at("l"), "--genesis", &at("missing.json"), "--log-key", &wrong]);
    assert!(code == 2 && err.contains("missing.json"), "{err}");
}

fn private(file: &str) {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(file, fs::Permissions::from_mode(0o600)).unwrap();
}

#[test]
fn obvious_mistakes_have_clear_answers() {
    let dir = tempfile::tempdir().unwrap();
    let here = path(dir.path(), "");
    let cases: [(&[&str], i32, &str); 8] = [
        (&["verify", "/nowhere/at/all"], 2, "/nowhere/at/all"),
        (&["verify", &here], 2, "checkpoint"),
        (&["verify"], 64, "SOURCE"),
        (&["vreify", "x"], 64, "verify"),
        (
            &[
                "event",
                "draft",
                "tea-served",
                "--author",
                "cec",
                "--signer",
                "chair",
                "--body",
                "/dev/null",
                "--out",
                "x",
            ],
            64,
            "tea-served",
        ),
        (&["event", "show", "/nowhere.json"], 2, "/nowhere.json"),
        (&["checks", "XYZ-99"], 64, "ARI-04"),
        (&["verify", &here, "--pin", "/nowhere"], 2, "/nowhere"),
    ];
    for (words, expected, says) in cases {
        let (code, _, err) = run(words);
        assert!(code == expected && err.contains(says), "{words:?}: {code} {err}");
    }
    let (code, out, _) = run(&["checks", "ari-04"]);
    assert!(code == 0 && out.contains("VotesSum"), "{out}");
    let (code, out, _) = run(&["checks"]);
    assert_eq!((code, out.lines().count()), (0, 106));
    assert_eq!(run(&["--help"]).0, 0);
    assert_eq!(run(&["event", "facts"]).1.lines().count(), law::Fact::NAMES.len());
}
