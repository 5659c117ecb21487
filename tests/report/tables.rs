//! What the report says of published tables that are right, and of such as are none.

use texts::Language;
use verifier::Verdict;

use super::{by_schema, lied, schema};
use crate::{named::stage, tamper::judge};

/// Where the tables are right, nothing is said against them, whatever else is wrong.
#[test]
fn right_tables_are_never_contradicted() {
    let (_, files) = stage();
    let mut lied = files.clone();
    let tile = lied.keys().find(|name| name.starts_with("tile/0/")).unwrap().clone();
    lied.get_mut(&tile).unwrap()[3] ^= 1;
    let report = judge(&lied);
    assert_eq!(report.verdict(), Verdict::Failed);
    assert_eq!(report.contradictions, verifier::Contradictions::default());
    assert_eq!(judge(files).contradictions, verifier::Contradictions::default());
}

/// Tables that are no tables, and numbers that are none: nothing falls over, and what is shown is bounded.
#[test]
fn unruly_tables_are_passed_over() {
    let (_, files) = stage();
    let names: Vec<&String> =
        files.keys().filter(|name| name.contains("/report/") || name.contains("/projections/")).collect();
    for bytes in
        [b"".as_slice(), b"\xff\xfe\x00", b"{\"view\":{\"elections\":[[[[", &[b'"'; 4096], &[b','; 70_000]]
    {
        let mut lied = files.clone();
        for name in &names {
            lied.insert((*name).clone(), bytes.to_vec());
        }
        let report = judge(&lied);
        assert_eq!(report.verdict(), Verdict::Failed);
        by_schema(&schema(), &report);
        let _ = (report.text_in(Language::Kk), report.html_in(Language::Ru).unwrap());
    }
    let lines = String::from_utf8(files["snapshots/1/report/lines.csv"].clone()).unwrap();
    let row = lines.lines().find(|row| row.contains(",found,")).unwrap();
    let evil = row.replace(",found,,", &format!(",found,,<script>\u{202e}{}", "9".repeat(5_000)));
    let report = lied("report/lines.csv", row, &evil);
    let page = report.html_in(Language::En).unwrap();
    assert!(!page.contains("<script") && !page.contains("\u{202e}") && !page.contains(&"9".repeat(200)));
}
