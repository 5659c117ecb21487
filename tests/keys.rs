//! Keys on the real program: made, proved and registered in one go, locked with another passphrase, held by another program.

use std::{
    fs,
    os::unix::fs::PermissionsExt as _,
    path::Path,
    process::{Command, Output},
};

use crate::commands::{hattama, run};

pub(crate) const GOOD: &str = "тау бұлақ кітап қоңыр алма";

/// Runs with a passphrase, and another one where one is changed.
pub(crate) fn run_with(passphrase: &str, new: Option<&str>, words: &[&str]) -> (i32, String, String) {
    let mut command = hattama(words);
    command.env("HATTAMA_PASSPHRASE", passphrase);
    if let Some(new) = new {
        command.env("HATTAMA_NEW_PASSPHRASE", new);
    }
    let Output { status, stdout, stderr } = command.output().unwrap();
    (status.code().unwrap(), String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap())
}

#[test]
fn a_member_gets_key_proof_and_piece_in_one_go() {
    let dir = tempfile::tempdir().unwrap();
    let at = |name: &str| dir.path().join(name).display().to_string();
    let ledger = "ab".repeat(32);
    let words = [
        "key",
        "member",
        &at("chair.pem"),
        "--ledger",
        &ledger,
        "--commission",
        "pec-aul-1",
        "--seat",
        "chair",
    ];
    for (lang, over, never) in
        [("en", "Hand over", "Never hand over"), ("ru", "Передайте", "Никогда"), ("kk", "беріңіз", "ешқашан")]
    {
        // The second and third time the key that is there is used, and the piece is the same.
        let (code, out, err) = run_with(GOOD, None, &[&words[..], &["--lang", lang]].concat());
        assert_eq!(code, 0, "{out}{err}");
        assert!(out.contains(over) && out.contains(never) && out.contains("chair.piece.json"), "{out}");
        assert!(!err.contains("weak") && !err.contains("слабый"), "{err}");
    }
    let piece = fs::read_to_string(at("chair.piece.json")).unwrap();
    assert!(piece.contains(&ledger) && !piece.contains("PRIVATE"), "{piece}");
    let (_, shown, _) = run_with(
        GOOD,
        None,
        &[
            "key",
            "prove",
            &at("chair.pem"),
            "--ledger",
            &ledger,
            "--commission",
            "pec-aul-1",
            "--seat",
            "chair",
        ],
    );
    assert!(piece.contains(shown.trim()), "the proof is the one that `key prove` gives");
    // Another seat of the same file: the piece that is there is no other's.
    let other = [
        "key",
        "member",
        &at("chair.pem"),
        "--ledger",
        &ledger,
        "--commission",
        "pec-aul-1",
        "--seat",
        "deputy",
    ];
    let (code, _, err) = run_with(GOOD, None, &other);
    assert!(code == 1 && err.contains("chair.piece.json"), "{code} {err}");
    // Nothing half done: no key where its piece has no place.
    fs::write(at("m4.piece.json"), "something").unwrap();
    let (code, _, _) = run_with(GOOD, None, &["key", "member", &at("m4.pem"), "--seat", "root-1"]);
    assert!(code == 2 && !dir.path().join("m4.pem").exists());
    for wrong in [
        &["key", "member", &at("x.pem"), "--seat", "chair"][..],
        &["key", "member", &at("x.pem"), "--seat", "root-0"],
        &["key", "member", &at("x.pem"), "--seat", "chair", "--commission", "pec-aul-1"],
        &["key", "member", &at("x.pem"), "--seat", "chair", "--ledger", &ledger],
        &["key", "member", "--seat", "chair"],
    ] {
        let (code, _, err) = run_with(GOOD, None, wrong);
        assert!(code == 64 && !dir.path().join("x.pem").exists(), "{wrong:?}: {code} {err}");
    }
    // A charter's log key signs no proof.
    let (code, _, err) = run_with(GOOD, None, &["key", "member", &at("log.pem"), "--seat", "log"]);
    assert!(code == 0 && !fs::read_to_string(at("log.piece.json")).unwrap().contains("proof"), "{err}");
}

#[test]
fn a_weak_passphrase_is_told_and_another_takes_its_place() {
    let dir = tempfile::tempdir().unwrap();
    let key = dir.path().join("chair.pem").display().to_string();
    let (code, public, err) = run_with("пароль2025", None, &["key", "new", &key, "--lang", "en"]);
    assert!(code == 0 && err.contains("weak") && err.contains("key passphrase"), "{err}");
    let (code, out, err) = run_with("пароль2025", Some(GOOD), &["key", "passphrase", &key]);
    assert!(code == 0 && out.contains("new passphrase"), "{out}{err}");
    assert_eq!(fs::metadata(&key).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
    let (code, _, err) = run_with("пароль2025", None, &["key", "show", &key]);
    assert!(code == 2 && err.contains("passphrase"), "{code} {err}");
    for pasted in
        [format!("{GOOD}\n"), format!("{GOOD} "), format!("\u{200b}{GOOD}"), GOOD.replace(' ', "\u{a0}")]
    {
        let (code, out, err) = run_with(&pasted, None, &["key", "show", &key]);
        assert!(code == 0 && out.contains(public.trim()), "{pasted:?}: {err}");
    }
    // What is refused changes nothing.
    for (old, new) in [("wrong", Some(GOOD)), (GOOD, Some("a\u{200b}b")), (GOOD, Some("")), (GOOD, None)] {
        let (code, _, _) = run_with(old, new, &["key", "passphrase", &key]);
        assert_eq!(code, 2, "{old} {new:?}");
        assert_eq!(run_with(GOOD, None, &["key", "show", &key]).0, 0);
    }
    let (code, _, err) = run_with("secret ", None, &["key", "show", &key, "--lang", "ru"]);
    assert!(code == 2 && err.contains("U+0020"), "{err}");
    assert_eq!(run(&["key", "passphrase"]).0, 64);
}

/// A program that signs with a key file through openssl, as another token's program would.
fn script(dir: &Path, body: &str) -> String {
    let path = dir.join("sign it.sh");
    fs::write(&path, body).unwrap();
    format!("sh \"{}\"", path.display())
}

#[test]
fn another_program_signs_and_what_it_answers_is_verified() {
    if Command::new("openssl").arg("version").output().is_err() {
        println!("skipped: no openssl");
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    let at = |name: &str| dir.path().join(name).display().to_string();
    let words = ["key", "new", &at("chair.pem"), "--insecure-no-passphrase"];
    let (_, public, _) = run(&words);
    let public = public.trim();
    let sign = |key: &str, before: &str| {
        let body = format!(
            "{before}\n[ $1 = public-key ] && exec echo {public}\nt=$(mktemp)\ncat >$t\n\
             openssl pkeyutl -sign -rawin -inkey {key} -in $t | base64 -w 0\necho\nrm $t\n",
        );
        script(dir.path(), &body)
    };
    let ledger = "ab".repeat(32);
    let member = |command: &str, more: &[&str]| {
        let piece = at("chair.piece.json");
        let _ = fs::remove_file(&piece);
        let words = [
            "key",
            "member",
            "--ledger",
            &ledger,
            "--commission",
            "pec-1",
            "--seat",
            "chair",
            "--piece",
            &piece,
        ];
        run(&[&words[..], &["--sign-with", command], more].concat())
    };
    let good = sign(&at("chair.pem"), "");
    let (code, out, err) = member(&good, &[]);
    assert!(code == 0 && out.contains(public) && out.contains("token"), "{out}{err}");
    assert_eq!(member(&good, &["--public-key", public]).0, 0);
    // The passphrase of a key file is not handed to another program.
    let (code, _, err) = member(&sign(&at("chair.pem"), "[ -z \"$HATTAMA_PASSPHRASE\" ] || exit 9"), &[]);
    assert_eq!(code, 0, "{err}");
    // Another key, another mechanism, nothing, a hanging one, none at all.
    run(&["key", "new", &at("other.pem"), "--insecure-no-passphrase"]);
    let (code, _, err) = member(&sign(&at("other.pem"), ""), &[]);
    assert!(code == 1 && err.contains(public), "{code} {err}");
    assert!(!Path::new(&at("chair.piece.json")).exists(), "nothing is written");
    for (before, found) in
        [("[ $1 = sign ] && exit 0", 2), ("[ $1 = sign ] && exit 7", 2), ("exec sleep 60", 2)]
    {
        let (code, _, err) = member(&sign(&at("chair.pem"), before), &["--sign-within", "2"]);
        assert_eq!(code, found, "{before}: {err}");
    }
    assert_eq!(member("/nowhere/sign", &[]).0, 2);
    assert_eq!(member("", &[]).0, 64);
    assert_eq!(member(&good, &["--public-key", "x"]).0, 64);
    // The proof is the one that the file gives.
    let good = sign(&at("chair.pem"), "");
    let prove = ["key", "prove", "--commission", "pec-1", "--seat", "chair", "--ledger", &ledger];
    let (code, own, _) = run(&[&prove[..], &["--sign-with", &good]].concat());
    let (_, of_file, _) = run(&[&prove[..], &[&at("chair.pem")]].concat());
    assert!(code == 0 && own == of_file, "{own}");
}

/// A token by SoftHSM: the key is made in it and never leaves it. Needs softhsm2 and opensc.
#[test]
fn a_token_signs_through_pkcs11() {
    let module = ["/usr/lib/softhsm/libsofthsm2.so", "/usr/lib64/softhsm/libsofthsm2.so"];
    let module = module.into_iter().find(|path| Path::new(path).exists());
    let tools =
        ["softhsm2-util", "pkcs11-tool"].iter().all(|tool| Command::new(tool).arg("--help").output().is_ok());
    let Some(module) = module.filter(|_| tools) else {
        println!("skipped: no SoftHSM (apt-get install softhsm2 opensc)");
        return;
    };
    let dir = tempfile::tempdir().unwrap();
    let at = |name: &str| dir.path().join(name).display().to_string();
    fs::create_dir(at("tokens")).unwrap();
    fs::write(at("conf"), format!("directories.tokendir = {}\nobjectstore.backend = file\n", at("tokens")))
        .unwrap();
    fs::write(at("pin"), "4321").unwrap();
    let token = |program: &str, words: &[&str]| {
        let made = Command::new(program).env("SOFTHSM2_CONF", at("conf")).args(words).output().unwrap();
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    };
    token(
        "softhsm2-util",
        &["--init-token", "--free", "--label", "member", "--pin", "4321", "--so-pin", "8765"],
    );
    token(
        "pkcs11-tool",
        &[
            "--module",
            module,
            "--login",
            "--pin",
            "4321",
            "--keypairgen",
            "--key-type",
            "EC:edwards25519",
            "--label",
            "chair",
        ],
    );
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/token/sign.sh");
    let command = format!("bash {}", script.display());
    let run_token = |pin: &str, words: &[&str]| {
        let mut own = hattama(words);
        own.env("SOFTHSM2_CONF", at("conf"))
            .env("PKCS11_MODULE", module)
            .env("KEY_LABEL", "chair")
            .env("PIN_FILE", at(pin));
        let Output { status, stdout, stderr } = own.output().unwrap();
        (
            status.code().unwrap(),
            String::from_utf8_lossy(&stdout).into_owned(),
            String::from_utf8_lossy(&stderr).into_owned(),
        )
    };
    let piece = at("root.piece.json");
    let words = ["key", "member", "--seat", "root-1", "--piece", &piece, "--sign-with", &command];
    let (code, out, err) = run_token("pin", &words);
    assert_eq!(code, 0, "{out}{err}");
    // The piece reads: its proof holds under the token's key.
    let (code, out, err) = run(&["charter", "new", &at("room"), "--piece", &piece]);
    assert!(code == 0 && err.contains("1"), "{out}{err}");
    fs::write(at("wrong"), "1111").unwrap();
    fs::remove_file(&piece).unwrap();
    assert_eq!(run_token("wrong", &words).0, 2);
}
