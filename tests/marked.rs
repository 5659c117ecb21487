//! Nothing invented looks real: every answer in which a figure of a demo stands names what is made up, on the same screen or row.

use std::{fs, path::Path};

use crate::commands::run;

mod beside;
mod brought;
mod screens;

const MARKS: [(&str, &str); 3] = [("en", "SYNTHETIC"), ("ru", "ВЫМЫШЛЕНО"), ("kk", "ОЙДАН ШЫҒАРЫЛҒАН")];

/// Everything that the demo printed, wrote and answers.
pub(crate) fn of_the_demo(dir: &Path, story: &str) {
    assert!(story.contains("SYNTHETIC"), "{story}");
    let published = dir.join("published").display().to_string();
    let ledger = dir.join("ledger").display().to_string();
    answers(&published, &ledger, "semey-2025", "semey-2025.toml", "1000");
    single_things(dir, &published);
    files(&dir.join("published"));
    beside::of_all(&dir.join("published"), "semey-2025");
    beside::slips(&dir.join("published"), dir);
    brought::copies(&dir.join("published"), dir);
    for page in ["report.html", "report-tampered.html"] {
        let text = fs::read_to_string(dir.join(page)).unwrap();
        assert!(text.contains("SYNTHETIC"), "{page}");
    }
}

/// The same of a ledger of many elections.
pub(crate) fn of_the_country(published: &Path, ledger: &Path) {
    let (shown, ledger) = (published.display().to_string(), ledger.display().to_string());
    for election in ["bokeyorda-2023", "uil-2023", "assumed-ulytau-2023"] {
        answers(&shown, &ledger, election, "november-2023.toml", "1000");
    }
    files(published);
    beside::of_all(published, "uil-2023");
    // A part of the page that lies below the first screen has the mark again.
    let (_, page, _) =
        run(&["verify", &shown, "--report", &published.join("page.html").display().to_string()]);
    let text = fs::read_to_string(published.join("page.html")).unwrap();
    assert!(text.matches("SYNTHETIC").count() > 45, "{page}");
    fs::remove_file(published.join("page.html")).unwrap();
    let (_, results, _) = run(&["results", &shown, "--election", "uil-2023", "--lang", "ru"]);
    assert!(results.contains("(вымышленный, fictional)") && results.contains("Казыбаев Аскар"), "{results}");
    let (_, results, _) = run(&["results", &shown, "--election", "assumed-ulytau-2023"]);
    assert!(results.contains("that there was an election here"), "{results}");
    let (_, results, _) = run(&["results", &shown, "--election", "bokeyorda-2023"]);
    assert!(!results.contains("fictional") && !results.contains("votes and shares"), "{results}");
}

/// The same of a ledger of the years.
pub(crate) fn of_the_years(published: &Path, ledger: &Path, election: &str) {
    let (shown, ledger) = (published.display().to_string(), ledger.display().to_string());
    answers(&shown, &ledger, election, "november-2025.toml", "60");
    files(published);
    beside::of_all(published, election);
}

/// What is shown of one precinct or one event: a book, an event of the ledger.
fn single_things(dir: &Path, published: &str) {
    let books = dir.join("books").display().to_string();
    let (code, out, err) = run(&["book", "new", published, "--precinct", "semey-001", "--out", &books]);
    assert_eq!(code, 0, "{out}{err}");
    let book = dir.join("books/semey-001").display().to_string();
    let head =
        verifier::replay_to(&verifier::folder::read_folder(&dir.join("published")).unwrap(), None).unwrap();
    let called = &head.state().elections["semey-2025"];
    let draft = dir.join("draft.json").display().to_string();
    let body = dir.join("count.json").display().to_string();
    fs::write(
        &body,
        format!("{{\"foreign\":0,\"media\":1,\"observers\":2,\"proxies\":{}}}", called.polls.len()),
    )
    .unwrap();
    let words = [
        "event",
        "draft",
        "observers-counted",
        "--ledger",
        published,
        "--author",
        "tec-semey",
        "--desk",
        "secretary",
    ];
    let rest =
        ["--election", "semey-2025", "--signer", "secretary", "--body", &body, "--out", &draft, "--anyway"];
    let (_, out, err) = run(&[&words[..], &rest[..]].concat());
    assert!(Path::new(&draft).exists(), "{out}{err}");
    for (lang, mark) in MARKS {
        let (_, out, err) = run(&["book", "show", &book, "--lang", lang]);
        assert!(out.contains(mark), "the book in {lang}: {out}{err}");
        let (_, out, err) = run(&["event", "show", &draft, "--ledger", published, "--lang", lang]);
        assert!(out.contains(mark), "the event in {lang}: {out}{err}");
        let (_, out, err) = run(&["event", "show", &draft, "--ledger", &book, "--lang", lang]);
        assert!(out.contains(mark), "the event by the book in {lang}: {out}{err}");
    }
    let (_, out, _) = run(&["book", "show", &book, "--json"]);
    assert!(out.contains("synthetic"), "{out}");
}

fn answers(published: &str, ledger: &str, election: &str, claims: &str, from: &str) {
    let claims =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../claims").join(claims).display().to_string();
    let of_election: [&[&str]; 6] = [
        &["precincts", published, "--election", election],
        &["results", published, "--election", election],
        &["results", published, "--election", election, "--format", "announcement"],
        &["history", published, "--election", election],
        &["results", published, "--election", election, "--as-of", "9"],
        &["results", ledger, "--election", election],
    ];
    let of_ledger: [&[&str]; 11] = [
        &["summary", published],
        &["summary", published, "--by", "year"],
        &["summary", published, "--by", "region"],
        &["summary", published, "--by", "party"],
        &["summary", published, "--by", "kind"],
        &["summary", ledger],
        &["verify", published],
        &["ledger", "status", ledger],
        &["diff", published, "--from", from],
        &["claims", published, "--claims", &claims],
        &["claims", published, "--claims", &claims, "--format", "html"],
    ];
    for words in of_election.iter().chain(&of_ledger) {
        for (lang, mark) in MARKS {
            let (code, out, err) = run(&[words, &["--lang", lang][..]].concat());
            // What is not there yet prints no figure.
            let empty = out.is_empty() && code != 0;
            assert!(empty || out.contains(mark), "{words:?} in {lang} says no {mark}:\n{code} {out}{err}");
        }
    }
    let json: [&[&str]; 10] = [
        &["precincts", published, "--election", election, "--json"],
        &["summary", published, "--by", "kind", "--format", "json"],
        &["results", published, "--election", election, "--format", "json"],
        &["results", published, "--election", election, "--format", "nist"],
        &["summary", published, "--format", "json"],
        &["verify", published, "--json"],
        &["ledger", "status", ledger, "--json"],
        &["diff", published, "--from", from, "--json"],
        &["claims", published, "--claims", &claims, "--format", "json"],
        &["results", published, "--election", election, "--format", "csv"],
    ];
    for words in json {
        let (_, out, err) = run(words);
        assert!(out.to_lowercase().contains("synthetic"), "{words:?} marks nothing:\n{out}{err}");
    }
    for words in [
        &["results", published, "--election", election, "--format", "csv"][..],
        &["summary", published, "--format", "csv"],
        &["summary", published, "--by", "year", "--format", "csv"],
        &["summary", published, "--by", "kind", "--format", "csv"],
        &["claims", published, "--claims", &claims, "--format", "csv"],
        &["summary", published, "--by", "region", "--format", "csv"],
        &["summary", published, "--by", "party", "--format", "csv"],
    ] {
        let (_, out, _) = run(words);
        every_row_is_marked(&out, b',', &words.join(" "));
    }
}

fn every_row_is_marked(table: &str, delimiter: u8, place: &str) {
    let text = table.trim_start_matches('\u{feff}');
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).from_reader(text.as_bytes());
    let header = reader.headers().unwrap().clone();
    let column = header.iter().position(|name| name == "synthetic");
    let column =
        column.unwrap_or_else(|| panic!("{place} has no column that says what is made up: {header:?}"));
    let mut rows = 0;
    for row in reader.records().map(Result::unwrap) {
        assert!(row[column].contains("precincts"), "{place}: {row:?}");
        rows += 1;
    }
    assert!(rows > 0, "{place} has no rows");
}

/// Everything that was published: tables row by row, documents each by itself.
fn files(published: &Path) {
    let snapshot = published.join("snapshots/1");
    for name in ["results.csv", "precincts.csv", "lines.csv", "results-excel.csv", "precincts-excel.csv"] {
        let text = fs::read_to_string(snapshot.join("report").join(name)).unwrap();
        let delimiter = if name.contains("excel") { b';' } else { b',' };
        every_row_is_marked(&text, delimiter, name);
    }
    let workbook = fs::read(snapshot.join("report/results.xlsx")).unwrap();
    assert!(String::from_utf8_lossy(&workbook).matches("synthetic").count() >= 2, "the workbook");
    for folder in ["report", "projections"] {
        for item in fs::read_dir(snapshot.join(folder)).unwrap() {
            let path = item.unwrap().path();
            let bytes = fs::read(&path).unwrap();
            let marked = String::from_utf8_lossy(&bytes).to_lowercase().contains("synthetic");
            assert!(marked, "{} says nowhere what is made up", path.display());
        }
    }
}
