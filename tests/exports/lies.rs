//! Report files that lie under the office's own signature.
//!
//! In: a folder that everybody signed, one change each. Out: what the files are (`exports`).

use super::*;

/// The folder with changed files in its snapshot: the manifest lists them, an office key signs it, the ledger announces
/// it, the log key signs the tree. Only who makes the files again can tell.
pub(crate) fn believed(scene: &mut Scene, files: &Files, change: impl FnOnce(&mut Files)) -> Report {
    let folder = "snapshots/1/";
    let mut inner: Files = files
        .iter()
        .filter_map(|(path, bytes)| Some((path.strip_prefix(folder)?.to_owned(), bytes.clone())))
        .collect();
    let manifest = inner.remove("manifest.json").unwrap();
    inner.remove("manifest.sig");
    change(&mut inner);
    let mut listed: Manifest = json::decode(&manifest).unwrap();
    let line = |(name, bytes): (&String, &Vec<u8>)| FileLine {
        name: Text::new(name).unwrap(),
        sha256: sha256(&[bytes]),
        size: bytes.len() as u64,
    };
    listed.files = inner.iter().map(line).collect();
    let manifest = json::encode(&listed).unwrap();
    let origin = scene.head.state().charter.as_ref().unwrap().origin.to_string();
    let office = scene.cast.secret("cec/office-1");
    let signer = tlog::note::NoteSigner::new(&office_key_name(&origin), &office).unwrap();
    let note = signer.sign(&manifest_text(&listed.ledger, 1, &manifest)).unwrap();
    let documents = ledger::projections::project_documents(scene.head.state()).unwrap();
    let step = Step {
        at: "2025-10-17 16:20".into(),
        author: "cec".into(),
        desk: "office".into(),
        election: None,
        signers: vec!["cec/office-1".into()],
        fact: Fact::SnapshotPublished(SnapshotPublished {
            manifest: sha256(&[&manifest]),
            n: 1,
            overridden: None,
            projection_root: ledger::projections::projection_root(&documents),
            root: listed.root,
            size: listed.size,
        }),
    };
    let head = scene.head.clone();
    let signed = scene.sign(&step);
    scene.append(signed).unwrap();
    let announcement = scene.entries.pop().unwrap();
    scene.head = head;
    let mut copy = signed_over(files, scene, |list| list[45] = announcement);
    copy.retain(|path, _| !path.starts_with(folder));
    inner.insert("manifest.json".into(), manifest);
    inner.insert("manifest.sig".into(), note.into_bytes());
    copy.extend(inner.into_iter().map(|(name, bytes)| (format!("{folder}{name}"), bytes)));
    crate::second::seen(|| copy.clone());
    verify(&Source::from_published_files("a lie", copy), &[])
}

/// Checks that failed, each once.
fn failed(report: &Report) -> Vec<&str> {
    let mut ids: Vec<&str> = report
        .findings
        .iter()
        .filter(|f| f.status == verifier::FindingStatus::Fail)
        .map(|f| f.check.id())
        .collect();
    ids.dedup();
    ids
}

fn replace(files: &mut Files, name: &str, old: &str, new: &str) {
    let text = String::from_utf8(files[name].clone()).unwrap();
    assert!(text.contains(old), "{name} has no {old}");
    files.insert(name.into(), text.replacen(old, new, 1).into_bytes());
}

/// A change of a snapshot's files, the checks that fail, and what the message says.
type Misbehaviour = (fn(&mut Files), &'static [&'static str], &'static str);

const LIES: [Misbehaviour; 10] = [
    (
        |f| replace(f, "report/results.csv", ",145,", ",146,"),
        &["PUB-02"],
        "report/results.csv, row 2, column \"votes\": expected \"145\", found \"146\"",
    ),
    (
        |f| replace(f, "report/precincts-excel.csv", ";0001;", ";0002;"),
        &["PUB-02"],
        "report/precincts-excel.csv, row 2, column \"number\": expected \"0001\", found \"0002\"",
    ),
    (
        |f| replace(f, "report/results.csv", "\r\n", "\n"),
        &["PUB-02"],
        "report/results.csv: expected other bytes from byte",
    ),
    (
        |f| f.get_mut("report/lines.csv").unwrap().extend(b"more\r\n"),
        &["PUB-02"],
        "report/lines.csv: expected 16 rows, found 17",
    ),
    (|f| drop(f.remove("report/labels.csv")), &["PUB-02"], "expected report/labels.csv, found none"),
    (
        |f| drop(f.insert("report/extra.csv".into(), b"a,b\r\n".to_vec())),
        &["PUB-02"],
        "expected only report files of this version, found \"report/extra.csv\"",
    ),
    (
        |f| replace(f, NIST, "\"Count\":145", "\"Count\":146"),
        &["PUB-02", "PUB-03"],
        "report/nist-aul-2025.json/Election/0/Contest/0/ContestSelection/0/VoteCounts/0/Count: expected 145, found 146",
    ),
    (
        |f| replace(f, NIST, "\"Status\":\"certified\"", "\"Status\":\"correction\""),
        &["PUB-02"],
        "report/nist-aul-2025.json/Status: expected \\\"certified\\\", found \\\"correction\\\"",
    ),
    (|f| rewrapped(f, "145</v>", "146</v>", b""), &["PUB-02"], "member \"xl/worksheets/sheet1.xml\""),
    (
        |f| drop(f.insert("report/results.xlsx".into(), b"PK".to_vec())),
        &["PUB-02"],
        "report/results.xlsx: expected a workbook, found:",
    ),
];

/// The workbook, put together again by the same library with a change in its members or around them.
pub(crate) fn rewrapped(files: &mut Files, old: &str, new: &str, comment: &[u8]) {
    use std::io::{Cursor, Read as _, Write as _};
    let bytes = files["report/results.xlsx"].clone();
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for place in 0..archive.len() {
        let mut member = archive.by_index(place).unwrap();
        let mut content = String::new();
        member.read_to_string(&mut content).unwrap();
        let name = member.name().unwrap().into_owned();
        writer.start_file(name, stored).unwrap();
        writer.write_all(content.replacen(old, new, 1).as_bytes()).unwrap();
    }
    writer.set_raw_comment(comment.to_vec().into_boxed_slice()).unwrap();
    files.insert("report/results.xlsx".into(), writer.finish().unwrap().into_inner());
}

#[test]
fn a_lie_under_the_offices_own_signature_is_found_by_making_the_files_again() {
    let dir = tempfile::tempdir().unwrap();
    let (mut scene, files) = published(dir.path());
    let untouched = believed(&mut scene, &files, |_| {});
    assert_eq!(untouched.verdict(), Verdict::Verified, "{}", untouched.to_text());
    for (place, (lie, checks, words)) in LIES.iter().enumerate() {
        let report = believed(&mut scene, &files, lie);
        assert_eq!(failed(&report), *checks, "{place}: {}", report.to_text());
        assert!(
            report.findings.iter().any(|f| f.message.to_string().contains(words)),
            "{place}: {}",
            report.to_text()
        );
    }
    let wrapped = believed(&mut scene, &files, |f| rewrapped(f, "", "", b"said by nobody"));
    assert_eq!(wrapped.verdict(), Verdict::VerifiedWithWarnings, "{}", wrapped.to_text());
    assert!(
        wrapped
            .findings
            .iter()
            .any(|f| f.check.id() == "PUB-02" && f.message.to_string().contains("another container"))
    );
}
