//! Pages that go with a snapshot, and the page at the top that leads to the newest.

use super::*;

#[test]
fn pages_are_published_beside_and_lead_to_from_the_top() {
    let dir = tempfile::tempdir().unwrap();
    let (ledger, to) = (dir.path().join("ledger"), dir.path().join("published"));
    let mut growing = Growing::new(&ledger);
    growing.grow(20);
    growing.publisher = Publisher::default().and_pages(b"the verifier".to_vec());
    growing.publish(&ledger, &mut FolderTarget::new(&to)).unwrap();
    let first = files(&to);
    assert_eq!(first["index.html"], ::site::render_root_page(1));
    assert_eq!(first["snapshots/1/site/verify.html"], b"the verifier");
    // The pages are those that anybody makes of the entries up to there.
    let size = growing.writer.head().size() - 1;
    let mut head = ledger::Head::default();
    let read = |index| growing.writer.store().entry(index).unwrap().unwrap();
    let entries = (0..size).map(|index| ledger::Entry::decode(&read(index)));
    ledger::replay(&mut head, entries, |_| std::ops::ControlFlow::Continue(())).unwrap();
    let made: Files = ::site::make_site(&head).unwrap().into_iter().collect();
    for (path, bytes) in &made {
        assert_eq!(first[&format!("snapshots/1/site/{path}")], *bytes, "{path}");
    }
    let there = first.keys().filter(|path| path.starts_with("snapshots/1/site/"));
    assert_eq!(there.count(), made.len() + 1);
    // A snapshot without pages lets the page at the top where it is; the next with pages takes it along.
    growing.publisher = Publisher::default();
    growing.grow(10);
    growing.publish(&ledger, &mut FolderTarget::new(&to)).unwrap();
    assert_eq!(files(&to)["index.html"], ::site::render_root_page(1));
    growing.publisher = Publisher::default().and_pages(b"a later verifier".to_vec());
    growing.grow(10);
    growing.publish(&ledger, &mut FolderTarget::new(&to)).unwrap();
    let third = files(&to);
    assert_eq!(third["index.html"], ::site::render_root_page(3));
    assert!(first.iter().all(|(path, bytes)| !path.starts_with("snapshots/") || third[path] == *bytes));
    let report = judge(&third);
    assert_ne!(report.verdict(), Verdict::Failed, "{}", report.to_text());
    assert_eq!([Rule::Pub01, Rule::Pub11].map(|rule| status(&report, rule).word()), ["PASS"; 2]);
    // A zip holds the same.
    let zip = dir.path().join("published.zip");
    growing.publish(&ledger, &mut node::ArchiveTarget::open(&zip).unwrap()).unwrap();
    let read = std::io::BufReader::new(fs::File::open(&zip).unwrap());
    let source = verifier::archive::read_archive("zip", read, &verifier::limits::Limits::default()).unwrap();
    let Content::Published(zipped) = source.content else { panic!() };
    let of_snapshots = |path: &str| path.starts_with("snapshots/") || path == "index.html";
    assert!(third.iter().all(|(path, bytes)| !of_snapshots(path) || zipped.get(path) == Some(bytes)));
    // Somebody's own page at the top stays, and nothing is signed.
    fs::write(to.join("index.html"), "<h1>ours</h1>").unwrap();
    let before = growing.writer.head().size();
    let error = growing.publish(&ledger, &mut FolderTarget::new(&to)).unwrap_err();
    assert!(matches!(error, PublishError::RootPage { .. }), "{error}");
    assert_eq!(
        (growing.writer.head().size(), fs::read(to.join("index.html")).unwrap()),
        (before, b"<h1>ours</h1>".to_vec())
    );
}
