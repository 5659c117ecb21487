//! Every kind of page in a real browser: a named job.

use std::{fs, path::Path};

use crate::commands::run;

/// A named job: every kind of page in a real browser, in three languages, at four widths and on paper.
#[test]
fn the_pages_in_a_browser() {
    if std::env::var_os("HATTAMA_SITE_PAGES").is_none() {
        eprintln!(
            "skipped: the site in a browser (HATTAMA_SITE_PAGES=1, needs chromium and node; HATTAMA_AXE=axe.min.js)"
        );
        return;
    }
    let is_there = |program: &str| std::process::Command::new(program).arg("--version").output().is_ok();
    if !is_there("chromium") || !is_there("node") {
        eprintln!("skipped: the site in a browser: no chromium or no node here");
        return;
    }
    let axe = std::env::var("HATTAMA_AXE").unwrap_or_else(|_| {
        eprintln!("skipped: axe-core (HATTAMA_AXE=PATH of axe.min.js)");
        "-".to_owned()
    });
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("site");
    drop(fs::remove_dir_all(&dir));
    fs::create_dir_all(&dir).unwrap();
    let demo = dir.join("demo");
    assert_eq!(run(&["demo", "--dir", demo.to_str().unwrap()]).0, 0);
    let published = demo.join("published");
    let night = ["--as-of", "2025-10-12 23:10"].as_slice();
    for (name, words) in [("now", [].as_slice()), ("night", night), ("day", &["--as-of", "2025-10-12 15:00"])]
    {
        let to = dir.join(name);
        let made = [&["site", published.to_str().unwrap(), "--to", to.to_str().unwrap()], words].concat();
        let (code, out, err) = run(&made);
        assert_eq!(code, 0, "{out}{err}");
        let election = fs::read_dir(to.join("en/elections")).unwrap().map(|item| item.unwrap().path());
        let election =
            election.filter(|path| path.is_file()).map(|path| path.file_stem().unwrap().to_owned());
        let election = election.into_iter().next().unwrap().into_string().unwrap();
        let mut paths = vec!["index.html".to_owned()];
        for lang in ["kk", "ru", "en"] {
            let own = ["index", "commissions", "corrections", "downloads", "check"].map(str::to_owned);
            let deeper = [format!("elections/{election}"), format!("elections/{election}/precincts-1")];
            paths.extend(own.into_iter().chain(deeper).map(|page| format!("{lang}/{page}.html")));
        }
        if name == "now" {
            paths.extend(["balance", "scatter"].map(|own| format!("ru/pictures/{election}-{own}.svg")));
        }
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/pages/browser.mjs");
        let done = std::process::Command::new("node")
            .arg(script)
            .args([&to, &dir.join(format!("{name}-seen"))])
            .arg(&axe)
            .args(&paths)
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&done.stdout).into_owned();
        eprintln!("{name}: {said}");
        assert!(done.status.success(), "{said}{}", String::from_utf8_lossy(&done.stderr));
    }
    eprintln!("pages and pictures of them are in {}", dir.display());
}
