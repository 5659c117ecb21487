//! Every route says what it should, of a ledger on voting day.

use event::Hash;
use ledger::Entry;
use tlog::{checkpoint::Checkpoint, note::VerifierKey, receipt::Receipt};

use super::{Node, copied, reports, stage};

fn log_key() -> VerifierKey {
    let charter = stage().head.state().charter.as_ref().unwrap();
    VerifierKey::new(charter.origin.as_str(), charter.log_key.0).unwrap()
}

#[test]
fn an_event_is_taken_in_once_and_has_its_receipt() {
    let dir = copied();
    let node = Node::writing(dir.path(), &[]);
    let signed = &reports(3, 1)[0];
    let first = node.post(signed);
    assert_eq!(first.status, 201, "{}", first.text());
    let (told, size) = (first.json(), stage().head.size());
    assert_eq!((told["index"].as_u64(), told["again"].as_bool()), (Some(size), Some(false)));
    assert_eq!(first.header("location"), format!("/entries/{size}"));
    let receipt = Receipt::parse(told["receipt"].as_str().unwrap().as_bytes()).unwrap();
    let entry = ledger::receipt::rebuild_entry(&receipt, signed.check().unwrap()).unwrap();
    assert_eq!(told["entry"].as_str(), Some(entry.hash().to_string().as_str()));
    receipt.verify(&entry.hash().0, &log_key()).unwrap();
    // Sent again, and again after another event: the same place, under a newer checkpoint.
    node.post(&reports(4, 1)[0]);
    let again = node.post(signed);
    assert_eq!(again.status, 200);
    let later = again.json();
    assert_eq!(
        (&later["index"], &later["entry"], &later["again"]),
        (&told["index"], &told["entry"], &true.into())
    );
    let receipt = Receipt::parse(later["receipt"].as_str().unwrap().as_bytes()).unwrap();
    assert_eq!(receipt.verify(&entry.hash().0, &log_key()).unwrap().size, size + 2);
    // The same entry by index and by event, and the receipt alone.
    let by_index = node.get(&format!("/entries/{size}"));
    assert_eq!(by_index.body, entry.bytes());
    assert!(by_index.header("cache-control").contains("immutable"));
    let event = told["event"].as_str().unwrap();
    assert_eq!(node.get(&format!("/events/{event}")).body, entry.bytes());
    let receipt = Receipt::parse(&node.get(&format!("/receipts/{event}")).body).unwrap();
    receipt.verify(&entry.hash().0, &log_key()).unwrap();
    assert_eq!(node.end(), 0);
}

#[test]
fn a_batch_is_answered_line_by_line() {
    let dir = copied();
    let node = Node::writing(dir.path(), &[]);
    let mut events = reports(5, 3);
    events.insert(1, events[0].clone());
    events.push(reports(6, 2).remove(1));
    let lines: Vec<Vec<u8>> = events.iter().map(super::bytes_of).collect();
    let mut body = lines.join(&b'\n');
    body.extend(b"\n{\"event\":1}\n");
    let answer = node.send("/events/batch", "application/x-ndjson", &body).unwrap();
    assert_eq!(answer.status, 200, "{}", answer.text());
    let answers = answer.json()["answers"].as_array().unwrap().clone();
    let size = stage().head.size();
    let index = |n: usize| answers[n]["index"].as_u64();
    assert_eq!(
        [index(0), index(1), index(2), index(3)],
        [Some(size), Some(size), Some(size + 1), Some(size + 2)]
    );
    assert_eq!([0, 1].map(|n| answers[n]["again"].as_bool()), [Some(false), Some(true)]);
    assert_eq!((answers[4]["status"].as_u64(), answers[4]["rule"].as_str()), (Some(409), Some("INT-04")));
    assert_eq!((answers[5]["status"].as_u64(), answers[5]["rule"].as_str()), (Some(400), Some("INT-05")));
    assert_eq!(node.json("/readyz")["entries"].as_u64(), Some(size + 3));
}

#[test]
fn the_next_place_of_an_author_follows_its_chain() {
    let dir = copied();
    let node = Node::writing(dir.path(), &[]);
    let events = reports(7, 2);
    let author = events[0].event.author.as_str();
    let path = format!("/authors/{author}/head?election=semey-2025&desk=secretary");
    let before = node.json(&path);
    assert_eq!(before["author_seq"].as_u64(), Some(events[0].event.author_seq));
    node.post(&events[0]);
    let after = node.json(&path);
    assert_eq!(after["author_seq"].as_u64(), Some(events[1].event.author_seq));
    assert_eq!(after["author_prev"].as_str(), Some(events[1].event.author_prev.to_string().as_str()));
    assert_eq!(after["seen"]["size"].as_u64(), Some(stage().head.size() + 1));
    let board = node.json(&format!("/authors/{author}/head?election=semey-2025"));
    assert_eq!(
        (board["desk"].as_str(), board["author_prev"].as_str()),
        (Some("board"), Some(Hash::ZERO.to_string().as_str()))
    );
    assert_eq!(node.get("/authors/pec-nowhere/head").status, 404);
    assert_eq!(node.get(&format!("/authors/{author}/head?elction=semey-2025")).status, 400);
}

#[test]
fn figures_follow_the_ledger_and_its_past() {
    let dir = copied();
    let node = Node::writing(dir.path(), &[]);
    let list = node.json("/elections");
    assert_eq!(list["elections"][0]["election"].as_str(), Some("semey-2025"));
    let results = node.json("/elections/semey-2025/results");
    assert_eq!(results["status"].as_str(), Some("preliminary"));
    let precincts = node.json("/elections/semey-2025/precincts");
    assert_eq!(precincts["precincts"].as_array().unwrap().len(), 128);
    let opened = |view: &serde_json::Value| {
        view["precincts"].as_array().unwrap().iter().filter(|one| one["status"] == "open").count()
    };
    assert_eq!(opened(&precincts), 128);
    assert_eq!(node.json("/precincts/semey-023/history")["protocols"].as_array().unwrap().len(), 0);
    let size = stage().head.size();
    for as_of in [size.to_string(), (size - 1).to_string(), "2025-10-12T06:00:00%2B05:00".to_owned()] {
        let past = node.json(&format!("/elections/semey-2025/results?as_of={as_of}"));
        assert!(past["as_of"]["size"].as_u64().unwrap() <= size, "{as_of}");
    }
    assert_eq!(node.get("/elections/semey-2025/results?as_of=0").status, 404);
    assert_eq!(node.get(&format!("/elections/semey-2025/results?as_of={}", size + 1)).status, 404);
    assert_eq!(node.get("/elections/semey-2025/results?as_of=yesterday").status, 400);
    assert_eq!(node.json("/summary")["precincts"].as_u64(), Some(128));
    assert!(node.get("/checks.json").text().contains("ARI-04"));
}

#[test]
fn the_checkpoint_is_fresh_and_tiles_stay() {
    let dir = copied();
    let node = Node::writing(dir.path(), &[]);
    let note = node.get("/checkpoint");
    assert_eq!(note.header("cache-control"), "no-cache");
    let size = Checkpoint::open(&note.body, &log_key()).unwrap().size;
    assert_eq!(size, stage().head.size());
    let full = node.get("/tile/0/000");
    assert_eq!((full.status, full.body.len()), (200, 256 * 32));
    assert!(full.header("cache-control").contains("max-age=31536000, immutable"));
    assert_eq!(node.get("/tile/0/000.p/7").body, full.body[..7 * 32]);
    let bundle = node.get("/tile/entries/000.p/3").body;
    let entries = tlog::tile::parse_bundle(&bundle, 3).unwrap();
    assert_eq!(Entry::decode(entries[2]).unwrap().index(), 2);
    for none in
        ["0/999", "0/0", "9", "entries/999", "0/000.p/256", "0/000.p/0", "..%2f..%2fetc/passwd", "0/000/"]
    {
        assert_eq!(node.get(&format!("/tile/{none}")).status, 404, "{none}");
    }
}
