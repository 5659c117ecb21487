//! The report as a page and as JSON: whole, self-contained, the same for everybody.
//!
//! In: reports of the scene, of lies in it, and of hostile words. Out: single checks (`planted`), languages (`texts`).

mod tables;

use std::{fs, path::Path, process::Command};

use law::Fact;
use texts::Language;
use verifier::{ContradictedLine, EntryValue, EyeLine, Report, ScopeLine, Source, Verdict};

use crate::{
    commands::run,
    demo_folder::copy_demo,
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
                if let EyeLine::AddUp(count) = line {
                    assert!(!count.lines.is_empty());
                    for own in count.lines.iter().flat_map(|line| &line.figures) {
                        let figure = texts::group_digits(&own.to_string());
                        assert!(page.contains(&figure), "{figure}");
                    }
                    continue;
                }
                let value = line.value_in(lang);
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
    report.scope.push(ScopeLine::Mirror(phrase::Phrase::verbatim("<i>value</i>")));
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
            for (what, width) in [("desktop", 1280), ("phone", 360)] {
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
    print_demo(&dir);
    eprintln!("pages and pictures of them are in {}", dir.display());
}

/// The demo, whole, lied about in an entry, and in a table: some five pages of A4 each, with all its precincts.
fn print_demo(dir: &Path) {
    let demo = copy_demo(&["published", "tampered"]);
    let whole = demo.path().join("published");
    let table = whole.join("snapshots/1/report/results.csv");
    for name in ["published", "tampered", "false-table"] {
        let source = demo.path().join(if name == "tampered" { "tampered" } else { "published" });
        if name == "false-table" {
            let text = fs::read_to_string(&table).unwrap();
            let votes = text.lines().nth(1).unwrap().split(',').nth(14).unwrap().to_owned();
            fs::write(&table, text.replacen(&format!(",{votes},"), ",999999,", 1)).unwrap();
        }
        for lang in ["kk", "ru", "en"] {
            let page = dir.join(format!("demo-{name}-{lang}.html"));
            let words =
                ["verify", source.to_str().unwrap(), "--lang", lang, "--report", page.to_str().unwrap()];
            assert_eq!(run(&words).0, i32::from(name != "published"), "{name}");
            let paper = page.with_extension("pdf");
            chromium(&[&format!("--print-to-pdf={}", paper.display()), &page.display().to_string()]);
            let info = Command::new("pdfinfo").arg(&paper).output().unwrap();
            let info = String::from_utf8(info.stdout).unwrap();
            let pages = info.lines().find_map(|line| line.strip_prefix("Pages:")).unwrap().trim();
            eprintln!("{name} in {lang}: {pages} pages");
            let most = if name == "published" { 5 } else { 6 };
            assert!(pages.parse::<u64>().unwrap() <= most, "{name} in {lang}: {pages} pages");
            let text = Command::new("pdftotext").args(["-layout"]).arg(&paper).arg("-").output().unwrap();
            let text = String::from_utf8(text.stdout).unwrap();
            let rows = (1..=128).filter(|n| text.contains(&format!("{n:04}"))).count();
            assert_eq!(rows, 128, "every precinct stands on paper");
        }
    }
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

/// The published folder with one text changed in files whose names end so.
fn lied(end: &str, old: &str, new: &str) -> Report {
    let (_, files) = stage();
    let mut lied = files.clone();
    let mut changed = 0;
    for (_, bytes) in lied.iter_mut().filter(|(name, _)| name.ends_with(end)) {
        let text = String::from_utf8(bytes.clone()).unwrap();
        changed += usize::from(text.contains(old));
        *bytes = text.replacen(old, new, 1).into_bytes();
    }
    assert_eq!(changed, 1, "{old} in {end}");
    let report = judge(&lied);
    assert_eq!(report.verdict(), Verdict::Failed);
    report
}

fn told(report: &Report, lang: Language) -> Vec<String> {
    report.contradictions.listed.iter().map(|one| report.contradiction_in(lang, one)).collect()
}

#[test]
fn what_was_published_falsely_is_told_in_the_words_of_the_paper() {
    let lines = String::from_utf8(stage().1["snapshots/1/report/lines.csv"].clone()).unwrap();
    let row = lines.lines().find(|row| row.contains(",votes,")).unwrap();
    let cells: Vec<&str> = row.split(',').collect();
    let (number, candidate, votes) = (cells[3], cells[5], cells[6]);
    let false_row = row.replace(&format!(",{candidate},{votes},"), &format!(",{candidate},999,"));
    let report = lied("report/lines.csv", row, &false_row);
    let [one] = report.contradictions.listed.as_slice() else { panic!("{:?}", report.contradictions) };
    assert_eq!(one.line, ContradictedLine::Votes(event::Id::new(candidate).unwrap()));
    assert_eq!(one.published.as_deref(), Some("999"));
    assert!(matches!(&one.entry, EntryValue::Stated { value, .. } if value == votes), "{one:?}");
    by_schema(&schema(), &report);
    for lang in Language::ALL {
        let [said] = told(&report, lang).try_into().unwrap();
        for part in [number, "999", votes] {
            assert!(said.contains(part), "{part} in {said}");
        }
        // Names, no ids, on the page and on the terminal, before any hash.
        assert!(!said.contains(candidate) && !said.contains(cells[2]), "{said}");
        let text = report.text_in(lang);
        assert!(text.find(&said).unwrap() < text.find("PUB-02").unwrap(), "{text}");
        let page = report.html_in(lang).unwrap();
        let start: String = said.split(['&', '<', '\'', '"']).next().unwrap().to_owned();
        assert!(page.find(&start).unwrap() < page.find("id=\"eyes\"").unwrap());
    }
}

#[test]
fn a_vote_changed_in_an_entry_is_told_against_the_tables() {
    let (_, files) = stage();
    let mut lied = files.clone();
    // The widest bundle is the one that is read.
    let bundle = lied.keys().rfind(|name| name.starts_with("tile/entries/")).unwrap().clone();
    let bytes = lied.get_mut(&bundle).unwrap();
    // The newest protocol: an older one counts no more.
    let (fact, field) = (b"\"fact\":\"protocol-s", b"\"votes\":[{\"candidate\":\"");
    let place = bytes.windows(fact.len()).rposition(|window| window == fact).unwrap();
    // The body stands before the fact in canonical order.
    let votes = bytes[..place].windows(field.len()).rposition(|window| window == field).unwrap();
    let after = &bytes[votes + field.len()..];
    let figure = votes + field.len() + after.windows(8).position(|own| own == b"\"votes\":").unwrap() + 8;
    bytes[figure] = if bytes[figure] == b'7' { b'8' } else { b'7' };
    let report = judge(&lied);
    assert_eq!(report.verdict(), Verdict::Failed);
    let of_precinct = report.contradictions.listed.iter().find(|one| one.precinct.is_some()).unwrap();
    assert!(
        matches!(of_precinct.line, ContradictedLine::Votes(_) | ContradictedLine::Figure(_)),
        "{of_precinct:?}"
    );
    let files: Vec<&str> = of_precinct.files.iter().map(String::as_str).collect();
    assert!(files.len() >= 3, "{files:?}");
    let found = report.findings.iter().find(|found| found.check.id() == "SIG-01").unwrap();
    let place = report.place_in(Language::En, found);
    assert!(place.contains("Protocol s") && place.contains("precinct"), "{place}");
}

#[test]
fn a_name_a_winner_and_a_left_out_protocol_are_told() {
    let (_, files) = stage();
    let text = |name: &str| String::from_utf8(files[name].clone()).unwrap();
    let results = text("snapshots/1/report/results.csv");
    let row = results.lines().nth(1).unwrap();
    let name = row.split(',').nth(9).unwrap();
    let report = lied("report/results.csv", name, "Кто-то Другой");
    assert!(
        report.contradictions.listed.iter().any(|one| matches!(one.line, ContradictedLine::NameKk(_))),
        "{:?}",
        report.contradictions
    );
    let candidates = text("snapshots/1/projections/candidates.json");
    let name = candidates.split("\"name_ru\":\"").nth(1).unwrap().split('"').next().unwrap();
    let named = format!("\"name_ru\":\"{name}\"");
    let report = lied("projections/candidates.json", &named, "\"name_ru\":\"Кто-то Другой\"");
    let [one] = report.contradictions.listed.as_slice() else { panic!("{:?}", report.contradictions) };
    assert!(matches!(one.line, ContradictedLine::NameRu(_)));
    let said = told(&report, Language::Ru);
    assert!(said[0].contains("Кто-то Другой") && said[0].contains(name), "{said:?}");
    let precincts = text("snapshots/1/report/precincts.csv");
    let rows: Vec<&str> = precincts.split_inclusive("\r\n").collect();
    let with_protocol = rows.iter().skip(1).find(|row| row.contains("protocol-")).unwrap();
    let report = lied("report/precincts.csv", with_protocol, "");
    let [one] = report.contradictions.listed.as_slice() else { panic!("{:?}", report.contradictions) };
    assert_eq!((&one.line, &one.published), (&ContradictedLine::Protocol, &None));
}
