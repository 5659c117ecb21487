//! The desk of a territorial commission in a browser. A job, since it takes Chromium and a minute.

use std::{ffi::OsStr, fs, path::Path};

use super::{Night, second::paper};
use crate::{
    book::at_the_desk::PASSPHRASE,
    browser::drive_page,
    scene::{PRECINCT, TEC},
};

#[test]
fn an_officer_types_a_paper_a_second_time_and_receives_the_protocol() {
    if std::env::var_os("HATTAMA_DESK_PAGES").is_none() {
        eprintln!("skipped: HATTAMA_DESK_PAGES=1 drives the desk in Chromium (docs/jobs.md)");
        return;
    }
    let night = Night::of(super::findings_scene("protocol-signed"));
    let desk = night.desk("desk", &["--commission", TEC, "--training"]);
    let address = fs::read_to_string(&desk.start).unwrap().trim().to_owned();
    let shots = Path::new(env!("CARGO_TARGET_TMPDIR")).join("board");
    fs::create_dir_all(&shots).unwrap();
    let figures = serde_json::to_string(&paper(&night)).unwrap();
    let words: Vec<&OsStr> = vec![
        OsStr::new(&address),
        shots.as_os_str(),
        OsStr::new(PASSPHRASE),
        OsStr::new(PRECINCT),
        OsStr::new(&figures),
    ];
    drive_page("board/screens.mjs", &words);
}
