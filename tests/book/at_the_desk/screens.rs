//! The desk in a browser: keys alone, three languages, two widths, paper. A job, since it takes Chromium and a minute.

use std::{ffi::OsStr, fs, path::Path};

use crate::browser::drive_page;

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
    let shots = Path::new(env!("CARGO_TARGET_TMPDIR")).join("desk");
    fs::create_dir_all(&shots).unwrap();
    drive_page(
        "book/at_the_desk/screens.mjs",
        &[OsStr::new(&address), shots.as_os_str(), OsStr::new(PASSPHRASE)],
    );
}
