//! The report as a page and as JSON: whole, self-contained, the same for everybody.
//!
//! In: reports of the scene, of lies in it, and of hostile words. Out: single checks (`planted`), languages (`texts`).

use std::{fs, path::Path, process::Command};

use law::Fact;
use texts::Language;
use verifier::{Report, ScopeLine, Source, Verdict};

use crate::{
    commands::run,
    named::{laid, stage, zipped},
    scene::{Scene, verify},
    tamper::judge,
};

fn schema() -> jsonschema::Validator {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/report.md");
    let docs = fs::read_to_string(docs).unwrap();
    let schema = docs.split("```json\n").nth(1).unwrap().split("```").next().unwrap();
    jsonschema::validator_for(&serde_json::from_str(schema).unwrap()).unwrap()
}

fn by_schema(schema: &jsonschema::Validator, report: &Report) {
    let json: serde_json::Value = serde_json::from_str(&report.to_json().unwrap()).unwrap();
    if let Err(error) = schema.validate(&json) {
        panic!("{error} at {}", error.instance_path());
    }
}

/// The snapshot with a file lied about, cut, and nothing at all.
fn reports() -> Vec<Report> {
    let (_, files) = stage();
    let mut lied = files.clone();
    let bundle = lied.keys().find(|name| name.starts_with("tile/entries/")).unwrap().clone();
    lied.get_mut(&bundle).unwrap()[700] ^= 1;
    let mut cut = files.clone();
    cut.retain(|name, _| !name.starts_with("tile/entries/"));
    let mut scene = Scene::whole();
    let corrected = crate::scene::verified(&scene, scene.entries.clone());
    scene = Scene::before("protocol-signed");
    vec![
        judge(files),
        judge(&lied),
        judge(&cut),
        judge(&crate::tamper::Files::new()),
        corrected,
        crate::scene::verified(&scene, scene.entries.clone()),
    ]
}

#[test]
fn every_report_follows_its_schema() {
    let schema = schema();
    let reports = reports();
    reports.iter().for_each(|report| by_schema(&schema, report));
    let verdicts: Vec<Verdict> = reports.iter().map(Report::verdict).collect();
    assert_eq!(verdicts[..2], [Verdict::Verified, Verdict::Failed]);
    assert!(verdicts[2..4].iter().all(|verdict| *verdict == Verdict::Failed), "{verdicts:?}");
    let mut broken: serde_json::Value = serde_json::from_str(&reports[0].to_json().unwrap()).unwrap();
    assert!(schema.is_valid(&broken));
    broken["checks"][7]["status"] = "FINE".into();
    assert!(!schema.is_valid(&broken));
}

#[test]
fn two_observers_get_the_same_bytes() {
    let (_, files) = stage();
    let dir = tempfile::tempdir().unwrap();
    let (one, other) = (dir.path().join("here"), dir.path().join("over there.zip"));
    laid(files, &one);
    fs::write(&other, zipped(files)).unwrap();
    let said = [("en", &one), ("kk", &other)].map(|(lang, path)| {
        let (code, out, err) = run(&["verify", path.to_str().unwrap(), "--json", "--lang", lang]);
        assert_eq!(code, 0, "{err}");
        out
    });
    assert_eq!(said[0], said[1]);
}

#[test]
fn the_page_loads_nothing_and_runs_nothing() {
    for report in reports() {
        for lang in [Language::En, Language::Ru, Language::Kk] {
            let page = report.html_in(lang).unwrap();
            assert!(page.starts_with("<!DOCTYPE html>"), "{}", &page[..40]);
            let code = if lang == Language::En {
                "en"
            } else if lang == Language::Ru {
                "ru"
            } else {
                "kk"
            };
            assert!(page.contains(&format!("lang=\"{code}\"")));
            for never in
                ["<script", "<link", "<iframe", "<img", " src=", "@import", "url(", "javascript:", "onload"]
            {
                assert!(!page.contains(never), "{never}");
            }
            let links = page.match_indices("href=\"").map(|(at, found)| &page[at + found.len()..]);
            assert!(links.clone().count() > 0);
            assert!(links.into_iter().all(|to| to.starts_with('#')), "a link leads out of the page");
            for row in &report.rows {
                assert!(page.contains(row.rule.id()), "{} is not in the page", row.rule.id());
            }
            assert!(page.contains(report.verdict().word()), "{}", report.verdict().word());
            for line in &report.eyes {
                let value = line.value();
                let escaped = value.replace('&', "&amp;").replace('<', "&lt;");
                assert!(page.contains(&escaped), "{value}");
            }
        }
    }
}

#[test]
fn every_finding_stands_in_the_page_with_both_readings() {
    let report = &reports()[1];
    let page = report.html_in(Language::En).unwrap();
    assert!(!report.findings.is_empty());
    for found in &report.findings {
        let escaped =
            found.message.to_string().replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        let start: String = escaped.chars().take(60).collect();
        assert!(page.contains(&start), "{start}");
        let manual = texts::page::CheckPage::of(found.check, Language::En);
        for reading in [&manual.innocent, &manual.deliberate] {
            let start: String = reading.split(['\'', '"', '&']).next().unwrap().chars().take(40).collect();
            assert!(page.contains(&start), "{start}");
        }
    }
}

#[test]
fn hostile_words_stay_words() {
    let mut scene = Scene::before("candidate-nominated:abenov");
    let mut step = scene.step("candidate-nominated:abenov");
    let evil = "<script>alert(1)</script><img src=x onerror=y>\" onload=z";
    let Fact::CandidateNominated(body) = &mut step.fact else { panic!() };
    body.name_ru = event::Text::new(evil).unwrap();
    scene.say(&step);
    let name = "<b>\u{202e}evil</b>";
    let mut report = verify(&Source::from_entries(name, scene.entries.clone(), None), &[]);
    report.scope.push(ScopeLine::Mirror("<i>value</i>".to_owned()));
    for lang in [Language::En, Language::Ru, Language::Kk] {
        let page = report.html_in(lang).unwrap();
        for tag in ["<script", "<img", "<b>\u{202e}", "<i>"] {
            assert!(!page.contains(tag), "{tag}");
        }
    }
}

/// A named job: the pages in a real browser, as a person sees and prints them.
#[test]
fn the_page_in_a_browser() {
    if std::env::var_os("HATTAMA_REPORT_PAGES").is_none() {
        eprintln!(
            "skipped: the page in a browser (HATTAMA_REPORT_PAGES=1, needs chromium and poppler-utils)"
        );
        return;
    }
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("report");
    fs::create_dir_all(&dir).unwrap();
    for (n, report) in reports().into_iter().take(2).enumerate() {
        for lang in [Language::Kk, Language::Ru, Language::En] {
            let page = dir.join(format!("{n}-{lang:?}.html"));
            fs::write(&page, report.html_in(lang).unwrap()).unwrap();
            for (what, width) in [("desktop", 1280), ("phone", 390)] {
                let shot = page.with_extension(format!("{what}.png"));
                chromium(&[
                    &format!("--screenshot={}", shot.display()),
                    &format!("--window-size={width},2400"),
                    &page.display().to_string(),
                ]);
                assert!(fs::metadata(&shot).unwrap().len() > 20_000, "{} is empty", shot.display());
            }
            let paper = page.with_extension("pdf");
            chromium(&[&format!("--print-to-pdf={}", paper.display()), &page.display().to_string()]);
            let text = Command::new("pdftotext").arg(&paper).arg("-").output().unwrap();
            let text = String::from_utf8(text.stdout).unwrap();
            assert!(text.contains(report.verdict().word()), "the verdict is not on paper: {text}");
            // Everything that folds is open on paper: the last check of the registry is there.
            assert!(text.contains("INT-02") && text.contains("MAN-05"), "the checks are not on paper");
        }
    }
    eprintln!("pages and pictures of them are in {}", dir.display());
}

fn chromium(words: &[&str]) {
    let done = Command::new("chromium")
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"])
        .args(words)
        .output()
        .unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}

#[test]
fn programs_read_scope_and_eyes_by_keys_that_stay() {
    let scene = Scene::whole();
    let report = crate::scene::verified(&scene, scene.entries.clone());
    let json: serde_json::Value = serde_json::from_str(&report.to_json().unwrap()).unwrap();
    assert_eq!(json["schema"], "hattama-report-2");
    let value = |list: &str, key: &str| {
        let lines = json[list].as_array().unwrap();
        lines.iter().find(|line| line["key"] == key).map(|line| line["value"].clone()).unwrap_or_default()
    };
    assert_eq!(value("scope_values", "entries"), serde_json::json!(scene.entries.len()));
    assert!(value("scope_values", "received")["first"].is_string());
    let id = scene.head.state().ledger.unwrap().to_string();
    assert_eq!(value("eye_values", "ledger-id"), serde_json::json!(id));
    assert_eq!(value("eye_values", "precincts"), serde_json::json!(1));
    assert_eq!(value("eye_values", "test-ledger"), serde_json::json!(true));
    for (words, values) in [("scope", "scope_values"), ("eyes", "eye_values")] {
        assert_eq!(json[words].as_array().unwrap().len(), json[values].as_array().unwrap().len());
    }
}
