//! The verifier for browsers says what the verifier says, to the byte of its report as JSON; and its page works in one.
//!
//! In: ledgers as folders, the committed program run by Node (`browser/verify.mjs`), the page driven in Chromium
//! (`browser/page.mjs`). Says "skipped" aloud where Node is missing; the page and every planted fault are jobs (see
//! docs/jobs.md).

use std::{
    ffi::OsStr,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use verifier::{ObserverInputs, Verification, folder};

use crate::{
    commands::run,
    named::{laid, zipped},
    pages::read_tree,
    photographed::{photograph, photograph_codes},
    planted::{
        self,
        press::{Press, whole},
    },
    second::watched,
    tamper::Files,
};

const PROGRAM: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../browser/wasm/browser.wasm");

/// What the program for browsers says of one source.
struct Said {
    exit: u64,
    report: serde_json::Value,
}

/// Runs it over sources; `None`, said aloud, where there is no Node.
fn verify_in_node(sources: &[PathBuf]) -> Option<Vec<Said>> {
    let ready = Command::new("node").arg("--version").output();
    if !ready.is_ok_and(|done| done.status.success()) {
        eprintln!("skipped: no node here to run the program for browsers (apt-get install nodejs)");
        return None;
    }
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/browser/verify.mjs");
    let done = Command::new("node").arg(script).arg(PROGRAM).args(sources).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let lines = String::from_utf8(done.stdout).unwrap();
    let said: Vec<Said> = lines
        .lines()
        .map(|line| {
            let said: serde_json::Value = serde_json::from_str(line).unwrap();
            Said { exit: said["exit"].as_u64().unwrap(), report: said["report"].clone() }
        })
        .collect();
    assert_eq!(said.len(), sources.len());
    Some(said)
}

/// Both say the same of every folder: exit code, and report as JSON. Tells how many failed.
fn assert_alike(folders: &[PathBuf]) -> usize {
    let Some(said) = verify_in_node(folders) else { return 0 };
    let mut failed = 0;
    for (path, said) in folders.iter().zip(said) {
        let source = folder::read_folder(path).unwrap();
        let report = Verification::run(&source, &ObserverInputs::default(), None).into_report();
        let own: serde_json::Value = serde_json::from_str(&report.to_json().unwrap()).unwrap();
        assert_eq!(said.exit, u64::from(report.verdict().exit_code()), "{}", path.display());
        assert_eq!(said.report, own, "{}", path.display());
        failed += usize::from(said.exit == 1);
    }
    eprintln!("{} ledgers alike in Node, {failed} of them failed", folders.len());
    failed
}

fn write_folders(dir: &Path, ledgers: &[Files]) -> Vec<PathBuf> {
    let mut folders = Vec::new();
    for (place, files) in ledgers.iter().enumerate() {
        let folder = dir.join(place.to_string());
        for (path, bytes) in files {
            let file = folder.join(path);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, bytes).unwrap();
        }
        folders.push(folder);
    }
    folders
}

#[test]
fn the_demo_and_its_lie_are_judged_alike() {
    let dir = tempfile::tempdir().unwrap();
    assert_eq!(run(&["demo", "--dir", dir.path().to_str().unwrap()]).0, 0);
    let folders = ["published", "tampered"].map(|name| dir.path().join(name));
    let failed = assert_alike(&folders);
    assert!(failed <= 1);
}

/// The job: `HATTAMA_BROWSER=1`.
#[test]
fn every_planted_fault_gives_the_same_report() {
    if std::env::var_os("HATTAMA_BROWSER").is_none() {
        eprintln!(
            "skipped: every planted fault in the verifier for browsers (HATTAMA_BROWSER=1, needs node)"
        );
        return;
    }
    let ledgers = watched(|| planted::all().for_each(|plant| drop((plant.ledger)())));
    assert!(ledgers.len() > 50, "{}", ledgers.len());
    let dir = tempfile::tempdir().unwrap();
    let failed = assert_alike(&write_folders(dir.path(), &ledgers));
    assert!(failed > 40, "{failed}");
}

/// Photographs of the codes of the first protocol of a published ledger, and one of something else.
fn photograph_protocol(published: &Path, to: &Path) {
    let bundles = (0..).map_while(|n| fs::read(published.join(format!("tile/entries/{n:03}"))).ok());
    let bundles: Vec<Vec<u8>> = bundles.collect();
    let mut entries = bundles.iter().flat_map(|bundle| tlog::tile::parse_bundle(bundle, 256).unwrap());
    let signed = entries
        .find_map(|bytes| {
            let entry = ledger::Entry::decode(bytes).unwrap();
            let is_protocol = entry.event().fact.to_string() == "protocol-signed";
            is_protocol.then(|| event::SignedEvent::from_checked(entry.checked()))
        })
        .unwrap();
    let text = String::from_utf8(event::json::encode(&signed).unwrap()).unwrap();
    photograph_codes(to, &commission::slip::parts::cut_event(&text, &signed.hash(), 900));
    fs::write(to.join("menu.png"), photograph("https://example.org/menu")).unwrap();
}

/// The job: `HATTAMA_BROWSER=1`, with Chromium, and Playwright and axe where `NODE_PATH` finds them.
#[test]
fn the_page_verifies_in_a_browser() {
    if std::env::var_os("HATTAMA_BROWSER").is_none() {
        eprintln!(
            "skipped: verify.html in Chromium (HATTAMA_BROWSER=1, needs node, chromium, playwright-core, axe-core)"
        );
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    let at = |name: &str| dir.path().join(name).to_str().unwrap().to_owned();
    assert_eq!(run(&["demo", "--dir", &at("demo")]).0, 0);
    fs::write(at("verify.html"), verify_page::render_verify_page()).unwrap();
    let zip = zipped(&read_tree(Path::new(&at("demo/published"))));
    fs::write(at("published.zip"), &zip).unwrap();
    fs::write(at("cut.zip"), &zip[..zip.len() / 2]).unwrap();
    photograph_protocol(&dir.path().join("demo/published"), &dir.path().join("photos"));
    // One digit of a page, under the office's own signature; and the same without the lie.
    for (name, change) in [("honest-page", ""), ("lied-page", "146")] {
        let mut press = Press::new(whole());
        press.publish_pages("2025-10-17 16:20", |sheet| {
            if !change.is_empty() {
                sheet.replace("site/ru/elections/aul-2025.html", "145", change);
            }
        });
        laid(&press.folder(), &dir.path().join(name));
    }
    let shots = Path::new(env!("CARGO_TARGET_TMPDIR")).join("verify-page");
    fs::create_dir_all(&shots).unwrap();
    drive_page("browser/page.mjs", &[dir.path().as_os_str(), shots.as_os_str()]);
}

/// Runs a script of `tests` that drives a page in Chromium (`browser/visitor.mjs`); says "skipped" where a part is missing.
pub(crate) fn drive_page(script: &str, words: &[&OsStr]) {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests").join(script);
    let Ok(done) = Command::new("node").arg(script).args(words).output() else {
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
