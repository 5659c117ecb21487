//! The desk in a browser: keys alone, three languages, two widths, paper. A job, since it takes Chromium and a minute.

use std::{fs, path::Path, process::Command};

use super::{super::paper, Desk, PASSPHRASE, eve};

#[test]
fn a_secretary_types_a_protocol_with_the_keyboard_alone() {
    if std::env::var_os("HATTAMA_DESK_PAGES").is_none() {
        eprintln!("skipped: HATTAMA_DESK_PAGES=1 drives the desk in Chromium (docs/jobs.md)");
        return;
    }
    let eve = eve();
    eve.day();
    paper(&eve);
    let desk = Desk::start(&eve, &["--training"]);
    let address = fs::read_to_string(&desk.start).unwrap().trim().to_owned();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let shots = root.join("target/tmp/desk");
    fs::create_dir_all(&shots).unwrap();
    let script = root.join("tests/book/at_the_desk/screens.mjs");
    let done = Command::new("node").arg(script).arg(address).arg(&shots).arg(PASSPHRASE).output();
    let Ok(done) = done else {
        eprintln!("skipped: no node here (apt-get install nodejs)");
        return;
    };
    let (out, said) = (String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
    eprintln!("{out}");
    match done.status.code() {
        Some(0) => {}
        Some(3) => eprintln!("skipped: {said}"),
        _ => panic!("{out}{said}"),
    }
}
