//! What stands beside the answers about a ledger: its pages with pictures, tables and feeds, what a watcher is told, tasks, and sheets of paper.

use std::{
    fs,
    path::{Path, PathBuf},
};

use event::SignedEvent;

use super::{MARKS, every_row_is_marked};
use crate::{commands::run, site::Site, slip};

/// Pages, tasks, and what a watcher is told.
pub(super) fn of_all(published: &Path, election: &str) {
    site(published);
    watched(published);
    let shown = published.display().to_string();
    let head = verifier::replay_to(&verifier::folder::read_folder(published).unwrap(), None).unwrap();
    let organiser = head.state().elections[election].organiser.to_string();
    for (lang, mark) in MARKS {
        let (_, out, err) = run(&["todo", &shown, "--author", &organiser, "--lang", lang]);
        assert!(out.contains(mark), "todo in {lang}: {out}{err}");
    }
    let (_, out, _) = run(&["todo", &shown, "--author", &organiser, "--json"]);
    assert!(out.contains("\"synthetic\""), "{out}");
}

/// Every file of the pages but the verifier, which is a program and holds no figure of this ledger.
fn site(published: &Path) {
    let dir = tempfile::tempdir().unwrap();
    let to = dir.path().join("site");
    let (code, out, err) =
        run(&["site", &published.display().to_string(), "--to", &to.display().to_string()]);
    assert_eq!(code, 0, "{out}{err}");
    let mut files = Vec::new();
    collect_files(&to, &mut files);
    let mut kinds = std::collections::BTreeMap::<String, u64>::new();
    for path in &files {
        let name = path.strip_prefix(&to).unwrap().display().to_string();
        let ending = path.extension().and_then(|own| own.to_str()).unwrap_or_default().to_owned();
        // The same bytes for every ledger: they have no figure.
        if ["verify.html", "page.js"].contains(&name.as_str()) || ending == "css" {
            continue;
        }
        let bytes = fs::read(path).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        let mark = MARKS.iter().find(|(lang, _)| name.starts_with(&format!("{lang}/")));
        match ending.as_str() {
            "html" | "svg" => match mark {
                Some((_, mark)) => assert!(text.contains(mark), "{name} says no {mark}"),
                // The page where a language is chosen.
                None => MARKS.iter().for_each(|(_, mark)| assert!(text.contains(mark), "{name}: {mark}")),
            },
            "atom" => {
                let mark = mark.unwrap().1;
                let entries = text.split("<entry>").skip(1);
                assert!(text.split("<entry>").next().unwrap().contains(mark), "{name}: its head");
                entries.for_each(|entry| assert!(entry.contains(mark), "{name}: {entry}"));
            }
            "csv" if name.contains("labels") => {
                assert!(text.contains("synthetic"), "{name}");
            }
            "csv" => every_row_is_marked(&text, if name.contains("excel") { b';' } else { b',' }, &name),
            "xlsx" | "json" => assert!(text.to_lowercase().contains("synthetic"), "{name}"),
            _ => panic!("{name}: nobody said what marks such a file"),
        }
        *kinds.entry(ending).or_default() += 1;
    }
    for ending in ["atom", "csv", "html", "json", "svg", "xlsx"] {
        assert!(kinds.contains_key(ending), "no {ending} among {kinds:?}");
    }
}

fn collect_files(folder: &Path, files: &mut Vec<PathBuf>) {
    for item in fs::read_dir(folder).unwrap() {
        let path = item.unwrap().path();
        if path.is_dir() { collect_files(&path, files) } else { files.push(path) }
    }
}

/// Growth is told with the mark.
fn watched(published: &Path) {
    let mut paths = Vec::new();
    collect_files(published, &mut paths);
    let named = |path: &PathBuf| {
        (path.strip_prefix(published).unwrap().display().to_string(), fs::read(path).unwrap())
    };
    let site = Site::honest(paths.iter().map(named).collect());
    for (lang, mark) in MARKS {
        let (_, out, err) = run(&["watch", &site.address, "--once", "--lang", lang]);
        assert!(out.contains(mark), "watch in {lang}: {out}{err}");
    }
}

/// Sheets made of events of the ledger: a protocol of a precinct, the result, the certificate.
pub(super) fn slips(published: &Path, dir: &Path) {
    let shown = published.display().to_string();
    let source = verifier::folder::read_folder(published).unwrap();
    for fact in ["protocol-signed", "results-determined", "certificate-issued"] {
        let file = slip::write(dir, &format!("{fact}.json"), &find_signed(&source, fact));
        for form in ["html", "svg"] {
            let (code, sheet, err) = run(&["slip", &file, "--from", &shown, "--format", form]);
            assert_eq!(code, 0, "{fact}: {err}");
            // A drawing breaks its lines where they end.
            for (_, mark) in &MARKS[1..] {
                assert!(sheet.contains(mark), "the sheet of {fact} as {form} says no {mark}");
            }
        }
    }
}

/// The first event of a fact, with its signatures.
pub(super) fn find_signed(source: &verifier::Source, fact: &str) -> SignedEvent {
    let mut found = None;
    verifier::replay_steps(source, None, |step| {
        if let ledger::ReplayStep::Admitted(_, admitted) = step
            && admitted.fact().name() == fact
            && found.is_none()
        {
            found = Some(SignedEvent::from_checked(admitted.entry().checked()));
        }
    })
    .unwrap();
    found.unwrap()
}
