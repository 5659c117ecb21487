//! What the script of pages does in a real browser: a named job.

use std::{ffi::OsStr, fs, path::Path};

use crate::{
    browser::drive_page,
    commands::run,
    serve::{self, Node, front::lay_pages},
};

/// A named job: sorting, searching, and figures of a node that is newer than its pages.
#[test]
fn the_script_of_pages_in_a_browser() {
    if std::env::var_os("HATTAMA_SITE_PAGES").is_none() {
        eprintln!(
            "skipped: the script of pages (HATTAMA_SITE_PAGES=1, needs node, chromium, playwright-core, axe-core)"
        );
        return;
    }
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("acting");
    drop(fs::remove_dir_all(&dir));
    fs::create_dir_all(&dir).unwrap();
    let (demo, site) = (dir.join("demo"), dir.join("site"));
    assert_eq!(run(&["demo", "--dir", demo.to_str().unwrap()]).0, 0);
    let published = demo.join("published");
    let (code, out, err) = run(&["site", published.to_str().unwrap(), "--to", site.to_str().unwrap()]);
    assert_eq!(code, 0, "{out}{err}");
    let own = serve::copied();
    let published = own.path().join("published");
    lay_pages(&published);
    let node = Node::writing(own.path(), &["--published", published.to_str().unwrap()]);
    assert_eq!(node.post(&serve::reports(0, 1)[0]).status, 201);
    let front = format!("{}/snapshots/1/site/en/index.html", node.address);
    drive_page("pages/acting.mjs", &[site.as_os_str(), OsStr::new(&front), dir.as_os_str()]);
    assert_eq!(node.end(), 0);
}
