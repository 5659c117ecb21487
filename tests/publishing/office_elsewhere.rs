//! The office's key in no file: `publish --sign-with` has a program sign manifest and announcement, and announces nothing without.

use std::{fs, process::Command};

use crate::{commands::run, receipts::ready, scene::attach_all, serve::key_file};

#[test]
fn the_office_signs_with_a_program_that_holds_its_key() {
    if Command::new("openssl").arg("version").output().is_err() {
        println!("skipped: no openssl");
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    let at = |name: &str| dir.path().join(name).display().to_string();
    let (mut scene, ledger, _) = ready(dir.path(), "protocol-signed");
    let folder = std::path::Path::new(&ledger);
    attach_all(&node::Writer::open(folder, &scene.cast.secret("log")).unwrap().0, folder);
    key_file(&dir.path().join("office.pem"), &scene.cast.secret("cec/office-1"));
    let public: event::Key = scene.cast.key("cec/office-1");
    let command = |before: &str| {
        let body = format!(
            "{before}\n[ $1 = public-key ] && exec echo {public}\nt=$(mktemp)\ncat >$t\n\
             openssl pkeyutl -sign -rawin -inkey {} -in $t | base64 -w 0\necho\nrm $t\n",
            at("office.pem"),
        );
        fs::write(at("sign.sh"), body).unwrap();
        format!("sh {}", at("sign.sh"))
    };
    let publish = |more: &[&str]| {
        run(&[&["publish", "--ledger", &ledger, "--to", &at("published"), "--lang", "en"], more].concat())
    };
    let size = || node::Writer::open(folder, &scene.cast.secret("log")).unwrap().0.head().size();
    let before = size();
    // A token that gives no signature, one that was pulled out after the first, none at all, and two keys at once.
    let once = format!("[ $1 = sign ] && [ -e {0} ] && exit 3\n[ $1 = sign ] && touch {0}", at("once"));
    for (words, code, said) in [
        (&["--sign-with", &command("[ $1 = sign ] && exit 3")][..], 2, "signature of the office"),
        (&["--sign-with", "/nowhere/sign"], 2, "cannot be started"),
        (&[], 64, "--sign-with"),
        (&["--sign-with", "sh x", "--office-key", &at("office.pem")], 64, "--sign-with"),
    ] {
        let (found, _, err) = publish(words);
        assert!(found == code && err.contains(said), "{words:?}: {found} {err}");
        assert_eq!(size(), before, "nothing is announced");
    }
    let (found, _, err) = publish(&["--sign-with", &command(&once)]);
    assert!(found == 2 && size() == before, "{found} {err}");
    let (found, out, err) = publish(&["--sign-with", &command("")]);
    assert!(found == 0 && size() == before + 1, "{out}{err}");
    assert_eq!(run(&["verify", &at("published")]).0, 0);
}
