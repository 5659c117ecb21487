//! Pages that are published: read from a folder, a zip and an address alike, and a lie in them as evidence.

use std::{fs, path::Path};

use verifier::{
    ObserverInputs, Source, Verification,
    evidence::{Claim, Evidence},
};

use crate::{
    commands::run,
    formats::golden,
    named::{laid, zipped},
    planted::press::{Press, whole},
    site::{Answer, Site},
    sources::status,
};

#[test]
fn published_pages_are_judged_alike_from_a_folder_a_zip_and_an_address() {
    let mut press = Press::new(whole());
    press.publish_pages("2025-10-17 16:20", |_| {});
    let mut files = press.folder();
    files.insert("index.html".into(), ::site::render_root_page(1));
    let word_of = |report: &str, id: &str| status(&serde_json::from_str(report).unwrap(), id).to_owned();
    let dir = tempfile::tempdir().unwrap();
    let at = |name: &str| dir.path().join(name).display().to_string();
    laid(&files, &dir.path().join("copy"));
    fs::write(dir.path().join("copy.zip"), zipped(&files)).unwrap();
    let server = Site::honest(files.clone());
    for source in [at("copy"), at("copy.zip"), server.address.clone()] {
        let (code, report, err) = run(&["verify", &source, "--json"]);
        assert_eq!((code, word_of(&report, "PUB-11").as_str()), (0, "PASS"), "{source}: {report}{err}");
        // Here a text stands for the program: it is not the one of this release.
        assert_eq!(word_of(&report, "PUB-12"), "WARN", "{source}: {report}{err}");
    }
    let asked = server.asked();
    assert!(asked.iter().any(|path| path.ends_with("/index.html")), "{asked:?}");
    // Another page in the place of one, and one that is not there, from the server.
    let page = "snapshots/1/site/kk/index.html";
    for answer in ["<!DOCTYPE html><p>52 %", ""] {
        let rule = move |path: &str, _: usize| match (path.ends_with(page), answer) {
            (false, _) => Answer::Honest,
            (true, "") => Answer::Status(404, String::new()),
            (true, body) => Answer::Body("", body.as_bytes().to_vec()),
        };
        let server = Site::new(files.clone(), rule);
        let (code, report, err) = run(&["verify", &server.address, "--json"]);
        assert_eq!((code, word_of(&report, "PUB-11").as_str()), (1, "FAIL"), "{report}{err}");
        assert!(report.contains("site/kk/index.html"), "{report}");
    }
}

#[test]
fn a_lie_in_a_page_is_evidence_against_the_office() {
    let mut press = Press::new(whole());
    press.publish_pages("2025-10-17 16:20", |sheet| {
        sheet.replace("site/ru/elections/aul-2025.html", "145", "146");
    });
    let source = Source::from_published_files("lied", press.folder());
    let found = Verification::run(&source, &ObserverInputs::default(), None).evidence();
    let [evidence] = found.as_slice() else { panic!("{} pieces", found.len()) };
    let Claim::FalseFile(claim) = &evidence.claim else { panic!() };
    assert_eq!(claim.name.as_str(), "site/ru/elections/aul-2025.html");
    assert!(evidence.judge(None).is_ok());
    // A page that is right, and the program, which nobody can make again, accuse nobody.
    for name in ["site/kk/elections/aul-2025.html", "site/verify.html"] {
        let mut claim = claim.clone();
        claim.name = event::Text::new(name).unwrap();
        let other = Evidence { claim: Claim::FalseFile(claim), ..evidence.clone() };
        assert!(other.judge(None).is_err(), "{name}");
    }
}

#[test]
fn the_pages_of_form_1_and_what_leads_to_them_are_pinned() {
    assert_eq!(::site::SITE_FORMAT, 1, "a released number stays: a new one gets a golden list of its own");
    let press = Press::new(whole());
    let sums: String = ::site::make_site(&press.scene.head)
        .unwrap()
        .iter()
        .map(|(path, bytes)| format!("{}  {path}\n", event::sha256(&[bytes])))
        .collect();
    golden("site-1/SHA256SUMS", sums.as_bytes());
    let mut published = press.again();
    published.publish_pages("2025-10-17 16:20", |_| {});
    let files = published.folder();
    golden("site-1/manifest.json", &files["snapshots/1/manifest.json"]);
    golden("site-1/manifest.sig", &files["snapshots/1/manifest.sig"]);
    // The page at the top is the one that the document gives.
    let root = ::site::render_root_page(7);
    golden("site-1/index.html", &root);
    let document = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/format.md");
    let document = fs::read_to_string(document).unwrap();
    let template = document.split("```html\n").nth(1).unwrap().split("```").next().unwrap();
    assert_eq!(template.replace("{n}", "7").as_bytes(), root);
    for bad in [&root[1..], &root[..root.len() - 1], &::site::render_root_page(0), template.as_bytes(), b""] {
        assert_eq!(::site::parse_root_page(bad), None);
    }
    assert_eq!(::site::parse_root_page(&::site::render_root_page(u64::MAX)), Some(u64::MAX));
    let two = String::from_utf8(root).unwrap().replacen("snapshots/7/", "snapshots/8/", 1);
    assert_eq!(::site::parse_root_page(two.as_bytes()), None);
}
