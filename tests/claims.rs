//! `hattama claims`: what was announced is supported, contradicted or not decidable, and a person would say the same.

use std::{collections::BTreeMap, fs, path::Path};

use serde_json::Value;

use crate::commands::run;

fn root(file: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../claims").join(file).display().to_string()
}

/// Exit code, and every claim by its id.
fn judge(sources: &[&str], file: &str, more: &[&str]) -> (i32, BTreeMap<String, Value>) {
    let words = [&["claims"], sources, &["--claims", file, "--format", "json"], more].concat();
    let (code, out, err) = run(&words);
    let report: Value = serde_json::from_str(&out).unwrap_or_else(|error| panic!("{error}: {out}{err}"));
    let claims = report["claims"].as_array().unwrap().iter();
    (code, claims.map(|claim| (claim["id"].as_str().unwrap().to_owned(), claim.clone())).collect())
}

fn outcomes(claims: &BTreeMap<String, Value>, outcome: &str) -> Vec<String> {
    claims.iter().filter(|(_, claim)| claim["outcome"] == outcome).map(|(id, _)| id.clone()).collect()
}

/// What was printed of Semey, held against the ledger of the demo: now, before the voting, and in the night.
pub(crate) fn of_the_demo(dir: &Path) {
    let at = |inner: &str| dir.join(inner).display().to_string();
    let (published, file) = (at("published"), root("semey-2025.toml"));
    let (code, claims) = judge(&[&published], &file, &[]);
    assert_eq!((code, outcomes(&claims, "contradicted").len()), (0, 0), "{claims:#?}");
    assert_eq!(outcomes(&claims, "supported").len(), claims.len());
    let share = &claims["share-kozhanbaev"];
    assert_eq!(
        (share["found"].as_str(), share["events"].as_array().map(Vec::len)),
        (Some("77.1"), Some(128))
    );
    assert!(
        claims.values().all(|claim| claim["test"] == true || claim["basis"] == "printed-figures"),
        "{claims:#?}"
    );
    // Before anything is counted, the count decides nothing, and the registration does.
    let (code, before) = judge(&[&published], &file, &["--as-of", "2025-10-11T12:00:00+05:00"]);
    assert_eq!((code, before["share-kozhanbaev"]["outcome"].as_str()), (2, Some("not-decidable")));
    assert_eq!(before["share-kozhanbaev"]["reason"], "0 of 128 protocols are there");
    assert_eq!(
        (before["winner"]["outcome"].as_str(), before["registered"]["outcome"].as_str()),
        (Some("not-decidable"), Some("supported"))
    );
    let (_, night) = judge(&[&published], &file, &["--as-of", "2025-10-12T23:30:00+05:00"]);
    let reason = night["voters"]["reason"].as_str().unwrap();
    assert!(night["voters"]["outcome"] == "not-decidable" && reason.contains("of 128 protocols"), "{reason}");
    false_claims(dir, &published);
    elsewhere(&published);
    forms(&published, &file);
    let (code, _, err) = run(&["claims", &published, &at("ledger"), "--claims", &file]);
    assert!(code == 64 && err.contains("every ledger once"), "{code} {err}");
    // What FAILED supports nothing, alone or beside a ledger that holds.
    for sources in [&[&at("tampered")][..], &[&published, &at("tampered")]] {
        let words: Vec<&str> = sources.iter().map(|own| own.as_str()).collect();
        let (code, out, err) = run(&[&["claims"], &words[..], &["--claims", &file]].concat());
        assert!(
            code == 1 && out.is_empty() && err.contains("FAILED at ") && err.contains("SIG-01"),
            "{code} {out}{err}"
        );
    }
}

/// Each lie is contradicted with the figure that is true.
fn false_claims(dir: &Path, published: &str) {
    let scope = "territory = \"1010\"\nday = 2025-10-12\nelections = 1\nsays = \"s\"\nsource = \"s\"\ndate = 2025-10-13\n";
    let lies = [
        ("what = \"voters\"\nvalue = 220760", "220761"),
        ("what = \"votes\"\nof = \"participated\"\ncandidate = \"kozhanbaev\"\nvalue = \"77.2\"", "77.1"),
        ("what = \"winner\"\nvalue = \"Толеуов К.\"", "Қожанбаев Әділет / Кожанбаев Адилет"),
        ("what = \"withdrew-on\"\ncandidate = \"Шапатов\"\nvalue = 2025-10-08", "2025-10-07"),
        ("what = \"certificate-signer\"\nvalue = \"secretary\"", "chair"),
        ("what = \"nominator\"\nvalue = \"AMANAT\"", "own"),
        ("what = \"members\"\nvalue = 929", "936"),
        ("what = \"candidates\"\nvalue = 4\nbound = \"at-least\"", "3"),
        ("what = \"voters\"\nvalue = 220761\nbound = \"over\"", "220761"),
        ("what = \"voters\"\nvalue = 300000\nbound = \"about\"", "220761"),
        ("what = \"elected\"\nmethod = \"party\"\nvalue = 1", "0"),
        ("what = \"precincts\"\nof = \"precincts\"\nvalue = \"99.9\"", "100.0"),
    ];
    let blocks: Vec<String> =
        (0..).zip(&lies).map(|(n, (lie, _))| format!("[[claim]]\nid = \"lie-{n}\"\n{lie}\n")).collect();
    let order = "[[claim]]\nid = \"order\"\nwhat = \"votes\"\nby = \"candidate\"\nranking = [\"Толеуов\", \"Кожанбаев\"]\n";
    let nobody =
        "[[claim]]\nid = \"nobody\"\nwhat = \"birth-year\"\ncandidate = \"Никто Н.\"\nvalue = 1980\n";
    let file = dir.join("lies.toml").display().to_string();
    fs::write(&file, format!("[defaults]\n{scope}{}{order}{nobody}", blocks.concat())).unwrap();
    let (code, claims) = judge(&[published], &file, &[]);
    for (n, (lie, found)) in (0..).zip(&lies) {
        let claim = &claims[&format!("lie-{n}")];
        let got = (claim["outcome"].as_str(), claim["found"].as_str());
        assert_eq!(got, (Some("contradicted"), Some(*found)), "{lie}: {claim}");
    }
    let order = claims["order"]["found"].as_str().unwrap();
    assert!(code == 1 && order.starts_with("Кожанбаев"), "{order}");
    assert_eq!(claims["nobody"]["reason"], "0 candidates are called Никто Н.");
}

/// A ledger decides nothing about elections that it does not hold.
fn elsewhere(published: &str) {
    for (name, found) in
        [("july-2021.toml", 1), ("astana-2023.toml", 2), ("aktobe-2023.toml", 0), ("november-2025.toml", 0)]
    {
        let (code, claims) = judge(&[published], &root(name), &[]);
        let contradicted = outcomes(&claims, "contradicted");
        // What is contradicted is so by the other printed figures: the shifted row of 2021, the percentages of Astana.
        assert!(contradicted.iter().all(|id| claims[id]["basis"] == "printed-figures"), "{claims:#?}");
        assert_eq!((contradicted.len(), code), (found, if found > 0 { 1 } else { 2 }), "{name}");
        let supported = outcomes(&claims, "supported");
        assert!(supported.iter().all(|id| claims[id]["basis"] == "printed-figures"), "{claims:#?}");
    }
    let (_, claims) = judge(&[published], &root("november-2023.toml"), &[]);
    assert_eq!(claims["turnout"]["reason"], "the ledgers hold 0 of 45 elections");
}

/// The same as text, page and CSV, in three languages.
fn forms(published: &str, file: &str) {
    for (lang, word) in [("en", "supported"), ("ru", "подтверждается"), ("kk", "расталады")]
    {
        let (code, text, err) = run(&["claims", published, "--claims", file, "--lang", lang]);
        assert!(code == 0 && text.contains(word) && text.contains("semey-2025"), "{text}{err}");
        let (_, page, _) = run(&["claims", published, "--claims", file, "--lang", lang, "--format", "html"]);
        assert!(
            page.starts_with("<!DOCTYPE html>") && page.contains(word) && page.contains("default-src 'none'"),
            "{page}"
        );
    }
    let (_, rows, _) = run(&["claims", published, "--claims", file, "--format", "csv"]);
    let mut reader = csv::Reader::from_reader(rows.as_bytes());
    let all: Vec<BTreeMap<String, String>> = reader.deserialize().map(Result::unwrap).collect();
    let winner = all.iter().find(|row| row["id"] == "winner").unwrap();
    assert_eq!((winner["outcome"].as_str(), winner["test"].as_str()), ("supported", "true"));
    assert_eq!(winner["events"], "1");
}

/// What was announced of 5 November 2023, held against a ledger with two precincts of each election.
pub(crate) fn of_the_country(published: &Path) {
    let published = published.display().to_string();
    let (code, claims) = judge(&[&published], &root("november-2023.toml"), &[]);
    assert_eq!(code, 1);
    let contradicted = outcomes(&claims, "contradicted");
    // Two of 1,491 precincts each; and of the other page, 46 is 46.7 cut off, not rounded.
    let sums = [
        "commissions",
        "commissions-elsewhere",
        "commissions-of-precincts",
        "mean-age-elsewhere",
        "turnout",
        "voters",
    ];
    let votes =
        ["votes-daumov", "votes-mukhamediyarov", "votes-stepanenko", "votes-zhagyparov", "votes-zharov"];
    assert_eq!(contradicted, [&sums[..], &votes].concat(), "{claims:#?}");
    assert_eq!(claims["commissions"]["found"], "152");
    for winner in ["winner-esil", "winner-kurchatov", "winner-karatobe", "winner-uil"] {
        assert_eq!(claims[winner]["outcome"], "supported", "{}", claims[winner]);
    }
    // What the ledger itself calls made up decides nothing, for nobody.
    assert_eq!(claims["nominated-in-uil"]["reason"], "the ledger says itself that this is made up: dates");
    let open = [
        "conference-in-beineu",
        "conference-in-uil",
        "delegates-in-shieli",
        "nominated-in-beineu",
        "nominated-in-uil",
    ];
    assert_eq!(outcomes(&claims, "not-decidable"), open);
    assert_eq!(outcomes(&claims, "supported").len() + contradicted.len() + open.len(), claims.len());
    // What was announced as approximate is approximate in the ledger: it supports "about", and decides nothing else.
    let about = claims["watching"]["reason"].as_str().unwrap();
    assert_eq!(about, "announced about 8500, found about 8500, rounded to 100");
    approximate(&published);
    let (_, claims) = judge(&[&published], &root("november-2025.toml"), &[]);
    assert_eq!(claims["districts"]["reason"], "the ledgers hold 42 of 52 elections");
}

/// A count that is approximate by its own word decides neither an exact figure nor a bound, a share or an order.
fn approximate(published: &str) {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("about.toml").display().to_string();
    let head =
        "[defaults]\nday = 2023-11-05\nelections = 45\nsays = \"s\"\nsource = \"s\"\ndate = \"unknown\"\n";
    let cases = [
        "what = \"watching\"\nvalue = 8500",
        "what = \"watching\"\nvalue = 8000\nbound = \"over\"",
        "what = \"watching\"\nper = \"precincts\"\nvalue = \"94.4\"",
    ];
    let blocks = (0..).zip(cases).map(|(n, case)| format!("[[claim]]\nid = \"c-{n}\"\n{case}\n"));
    fs::write(&file, format!("{head}{}", blocks.collect::<String>())).unwrap();
    let (code, claims) = judge(&[published], &file, &[]);
    assert_eq!((code, outcomes(&claims, "not-decidable").len()), (2, cases.len()), "{claims:#?}");
    for claim in claims.values() {
        assert!(claim["reason"].as_str().unwrap().contains("its counts are approximate"), "{claim}");
    }
    for (lang, about) in
        [("en", "about 8\u{a0}500"), ("ru", "около 8\u{a0}500"), ("kk", "шамамен 8\u{a0}500")]
    {
        let (_, summary, _) = run(&["summary", published, "--lang", lang]);
        assert!(summary.contains(about), "{summary}");
    }
    let (_, summary, _) = run(&["summary", published, "--format", "json"]);
    assert!(summary.contains("\"approximate\":true"), "{summary}");
}

#[test]
fn a_file_of_claims_that_does_not_read_is_told_by_its_claim() {
    let dir = tempfile::tempdir().unwrap();
    let plain = "[[claim]]\nid = \"a\"\nsays = \"s\"\nsource = \"s\"\ndate = 2025-10-12\n";
    let cases = [
        ("", "at least one claim"),
        ("[[claim]", "line 1: expected TOML"),
        ("x = 1\n", "`x`"),
        ("[[claim]]\nid = \"a\"\n", "claim 1: expected `what`"),
        (&format!("{plain}what = \"voters\"\nvalue = 1\n"), "claim 1: expected `elections`"),
        (&format!("{plain}what = \"voters\"\nvalue = 79.10\nelections = 1\n"), "in quotation marks"),
        (
            &format!("{plain}what = \"voters\"\nvalue = \"1,553\"\nelections = 1\n"),
            "without marks between thousands",
        ),
        (&format!("{plain}what = \"voters\"\nvalue = \"1.5\"\nelections = 1\n"), "a whole number"),
        (&format!("{plain}what = \"turnouts\"\nvalue = 1\nelections = 1\n"), "turnout-issued"),
        (&format!("{plain}what = \"voters\"\nvalue = 1\nelections = 0\n"), "under `elections`"),
        (&format!("{plain}what = \"voters\"\nvalue = 1\nelections = 1\nparti = \"x\"\n"), "found `parti`"),
        (
            &format!("{plain}what = \"voters\"\nvalue = 1\nelections = 1\nparty = \"x\"\n"),
            "no `party` beside `voters`",
        ),
        (
            &format!("{plain}what = \"voters\"\nvalue = 1\nelections = 1\nterritory = \"1\"\n"),
            "2 to 9 digits",
        ),
        (
            &format!("{plain}what = \"voters\"\nvalue = 1\nelections = 1\nfrom = 2025-02-30\n"),
            "expected TOML",
        ),
        (
            &format!("{plain}what = \"voters\"\nvalue = 1\nelections = 1\nfrom = \"2025-02-30\"\n"),
            "under `from`",
        ),
        (
            &format!("{plain}what = \"withdrew-on\"\nvalue = 2025-10-07\nelections = 1\n"),
            "expected `candidate`",
        ),
        (
            &format!("{plain}what = \"votes\"\nranking = [\"x\"]\nby = \"party\"\nelections = 1\n"),
            "2 or more under `ranking`",
        ),
        (
            &format!("{plain}what = \"voters\"\nranking = [\"x\", \"y\"]\nby = \"party\"\nelections = 1\n"),
            "no `by` beside",
        ),
        (&format!("{plain}sum_of = [\"a\", \"b\"]\nvalue = 1\n"), "the id of another claim"),
        (
            &format!("{plain}sum_of = [\"b\", \"c\"]\nvalue = 1\nwhat = \"voters\"\nelections = 2\n"),
            "no `elections` beside",
        ),
        (
            &format!("{plain}what = \"unrecorded\"\nvalue = 1\n{plain}what = \"unrecorded\"\n"),
            "claim 2: expected an id of its own",
        ),
        (
            &format!("{}what = \"unrecorded\"\n", plain.replace("\"a\"", "\"a\\u001b[2J\"")),
            "visible signs under `id`",
        ),
    ];
    for (text, told) in cases {
        let file = dir.path().join("claims.toml").display().to_string();
        fs::write(&file, text).unwrap();
        let (code, out, err) = run(&["claims", "nowhere", "--claims", &file]);
        assert!(code == 64 && out.is_empty() && err.contains(told), "{text}\n{told} is not in {code} {err}");
    }
    csv_faults(dir.path());
    let (code, _, err) =
        run(&["claims", "nowhere", "--claims", &dir.path().join("none.toml").display().to_string()]);
    assert!(code == 2 && err.contains("cannot read"), "{err}");
    let (code, _, _) = run(&["claims", "--claims", "x.toml"]);
    assert_eq!(code, 64);
}

fn csv_faults(dir: &Path) {
    let file = dir.join("claims.csv").display().to_string();
    let header = "id,what,value,elections,says,source,date,share_of";
    let cases = [
        (format!("{header}\n"), "at least one claim"),
        (format!("{header},id\n"), "`id` twice"),
        (format!("{header}\na,voters,1,1,s\n"), "line 2: expected CSV"),
        (format!("{header}\na,voters,1,1,s,s,12.10.2025,\n"), "a day such as"),
        ("id;what\na;voters\n".to_owned(), "`id;what`"),
    ];
    for (text, told) in cases {
        fs::write(&file, text).unwrap();
        let (code, _, err) = run(&["claims", "nowhere", "--claims", &file]);
        assert!(code == 64 && err.contains(told), "{told} is not in {code} {err}");
    }
    fs::write(&file, b"id\n\xff\n").unwrap();
    let (code, _, err) = run(&["claims", "nowhere", "--claims", &file]);
    assert!(code == 64 && err.contains("another byte at 3"), "{code} {err}");
    // A good file of the same kind gets as far as the ledger.
    let good = format!(
        "\u{feff}{header}\na,voters,1,1,s,s,2025-10-12,\nb,unrecorded,10,,s,s,2025-10-12,\nc,,10.0,,s,s,2025-10-12,a;b\n"
    );
    fs::write(&file, good).unwrap();
    let (code, _, err) = run(&["claims", "nowhere", "--claims", &file]);
    assert!(code == 2 && err.contains("nothing at nowhere"), "{code} {err}");
}

/// One of them is not the ledger of that election, and nobody knows which.
#[test]
fn two_ledgers_with_one_election_decide_nothing_about_it() {
    use ::claims::{ActNotes, ClaimOutcome, ClaimsFile, LedgerRecord, judge_claims};
    let record = |name: &str| LedgerRecord::new(name, crate::scene::Scene::whole().head, ActNotes::default());
    let plain = "says = \"s\"\nsource = \"s\"\ndate = \"unknown\"\n";
    let text = format!(
        "[[claim]]\nid = \"a\"\nwhat = \"elections\"\nvalue = 1\n{plain}[[claim]]\nid = \"b\"\nwhat = \"precincts\"\nelections = 2\nvalue = 7\n{plain}"
    );
    let file = ClaimsFile::read_toml(&text).unwrap();
    let one = judge_claims(&file, &[record("one")]);
    assert_ne!(one.claims[0].outcome, ClaimOutcome::Undecidable, "{:?}", one.claims);
    let both = judge_claims(&file, &[record("one"), record("other")]);
    for claim in &both.claims {
        let reason = claim.reason.to_string();
        assert!(claim.outcome == ClaimOutcome::Undecidable && reason.contains("same office"), "{claim:?}");
    }
}
