//! Forgers who sign: with keys of their own, with the log's, after the fact.
//!
//! In: whole books made by a thief, files put into an outbox, the order of own events. Out: bytes that were changed
//! (`tampered`).

use event::{Document, Hash, Key, MemberSignature, Time};
use law::facts::{
    CandidateWithdrew, LogKeyReplaced, Protocol, ProtocolSigned, TurnoutReported, VotingClosed,
    WithdrawalKind,
};
use ledger::{Chain, Entry};
use tlog::{
    checkpoint::Checkpoint,
    note::NoteSigner,
    tree::{Tree, leaf_hash},
};

use super::*;
use crate::scene::{ELECTION, PEC, TEC, absent, count, id, text, time};

const THIEF: [u8; 32] = [0x66; 32];

fn thief() -> Key {
    Key(ed25519_dalek::SigningKey::from_bytes(&THIEF).verifying_key().to_bytes())
}

/// An event that only the thief signed.
fn stolen(
    scene: &Scene,
    author: &str,
    desk: &str,
    election: Option<&str>,
    at: &str,
    fact: &Fact,
) -> SignedEvent {
    use ed25519_dalek::Signer as _;
    let chain = Chain { author: id(author), election: election.map(id), desk: id(desk) };
    let at = Time::parse(at).unwrap();
    let mut signed = scene.head.draft(chain, fact, at, vec![thief()]).unwrap();
    let text = event::member_text(&signed.event, &signed.hash());
    let key = ed25519_dalek::SigningKey::from_bytes(&THIEF);
    let signature = event::Signature(key.sign(text.as_bytes()).to_bytes());
    signed.add_signature(MemberSignature { signature, signer: thief() }).unwrap();
    signed
}

/// Makes the book's folder of these events, in a tree of their own under a checkpoint of this key.
fn bound(eve: &Eve, said: &[SignedEvent], log: &[u8; 32]) {
    let (book, origin) = (eve.book(), "test.example/hattama/scene");
    let (mut entries, mut tree, mut prev) = (Vec::new(), Tree::default(), Hash::ZERO);
    for (index, signed) in said.iter().enumerate() {
        let checked = signed.check().unwrap();
        let at = Stamp::from_millis(signed.event.at.seconds() * 1000).unwrap();
        let entry = Entry::seal(checked, index as u64, prev, at).unwrap();
        prev = entry.hash();
        tree.push(leaf_hash(entry.bytes()));
        entries.push(entry);
    }
    let signer = NoteSigner::new(origin, log).unwrap();
    let checkpoint = Checkpoint {
        origin: origin.to_owned(),
        size: tree.size(),
        root: tree.root(),
        extensions: Vec::new(),
    };
    let note = checkpoint.sign(&signer).unwrap().into_bytes();
    fs::remove_dir_all(book.join("events")).unwrap();
    fs::create_dir(book.join("events")).unwrap();
    for (entry, signed) in entries.iter().zip(said) {
        let file = book.join(format!("events/{:08}.json", entry.index()));
        fs::write(&file, event::json::encode(signed).unwrap()).unwrap();
        let receipt = ledger::receipt::issue_receipt(&tree, entry, &note).unwrap().encode().unwrap();
        fs::write(format!("{}.tlog-proof", file.display()), receipt).unwrap();
    }
    fs::write(book.join("checkpoint"), note).unwrap();
    let about = fs::read_to_string(book.join("book.json")).unwrap();
    let (head, rest) = about.split_once("\"events\":").unwrap();
    let (_, rest) = rest.split_once(',').unwrap();
    fs::write(book.join("book.json"), format!("{head}\"events\":{},{rest}", said.len())).unwrap();
}

#[test]
fn a_book_by_a_thief_is_none() {
    let eve = Eve::new();
    let (scene, log) = (&eve.scene, eve.scene.cast.secret("log"));
    // The construction itself is good: the same events in the same tree make a book.
    bound(&eve, &scene.said, &log);
    assert_eq!(eve.show().0, 0, "{}", eve.show().2);
    // A log key that the root never signed, and everything after it under that key.
    let replaced =
        Fact::LogKeyReplaced(LogKeyReplaced { ground: text("Жаңа кілт"), log_key: thief() });
    let at = "2025-08-19T10:30:00+05:00";
    let mut said = scene.said.clone();
    said.insert(1, stolen(scene, "cec", "board", None, at, &replaced));
    bound(&eve, &said, &THIEF);
    let (code, out, err) = eve.show();
    assert!(code == 1 && err.contains("SIG-02"), "{code} {out}{err}");
    // The log's operator helps: an event that a stranger signed stands in the tree under the true key.
    let closed = Fact::VotingClosed(VotingClosed { precinct: id(PRECINCT), stands_in: None });
    let struck = withdrawn("abenov");
    for (author, desk, fact) in [(TEC, "board", struck), (PEC, "chair", closed)] {
        let mut said = scene.said.clone();
        said.push(stolen(scene, author, desk, Some(ELECTION), "2025-10-08T10:00:00+05:00", &fact));
        bound(&eve, &said, &log);
        let (code, out, err) = eve.show();
        assert!(code == 1 && err.contains("expected an event that the log took in"), "{code} {out}{err}");
        assert_eq!(eve.draft("precinct-opened", &[]).0, 1);
    }
}

#[test]
fn what_others_put_into_the_outbox_counts_for_nothing() {
    let eve = Eve::new();
    eve.day();
    let protocol = counted();
    let night = Fact::ProtocolSigned(ProtocolSigned { precinct: id(PRECINCT), protocol });
    let report = Fact::TurnoutReported(TurnoutReported { issued: 399, precinct: id(PRECINCT) });
    let file = eve.book().join("outbox/zz.json");
    for (author, desk, election, fact) in [
        ("nobody", "board", Some(ELECTION), &night),
        (PEC, "board", Some(ELECTION), &night),
        (PEC, "secretary", Some(ELECTION), &report),
        (PEC, "secretary", None, &report),
        ("pec-aul-2", "secretary", Some(ELECTION), &report),
        (TEC, "board", Some(ELECTION), &withdrawn("abenov")),
    ] {
        let mut forged = stolen(&eve.scene, author, desk, election, NIGHT, fact);
        forged.signatures.clear();
        // At the next place of the chain, where it would be believed.
        let (seq, prev) = next(&eve, desk);
        let place = |event: &mut event::Event| (event.author_seq, event.author_prev) = (seq, prev);
        forged.event = forged.event.with_change(place).unwrap();
        let forged = signed_again(forged);
        fs::write(&file, event::json::encode(&forged).unwrap()).unwrap();
        let (code, out, _) = eve.show();
        let shown: serde_json::Value = serde_json::from_str(&out).unwrap();
        assert!(code == 1 && shown["status"] == "accounted", "{author} {desk}: {out}");
        assert_eq!(shown["refused"].as_array().map(Vec::len), Some(1), "{out}");
    }
    // Somebody else's event, good as it is; a file that is no event.
    let honest = genuine(&eve);
    fs::write(&file, event::json::encode(&honest).unwrap()).unwrap();
    let (code, _, err) = eve.show();
    assert!(code == 1 && err.contains(&format!("expected an event of {PEC}/")), "{err}");
    fs::write(&file, vec![b' '; 2 << 20]).unwrap();
    assert_eq!(eve.show().0, 2);
    fs::remove_file(&file).unwrap();
    assert_eq!(eve.show().0, 0);
    // A figure changed after the signatures is no draft: it is a forgery, and said to be one.
    let stem = "secretary-0-turnout-reported";
    let honest = fs::read_to_string(eve.drafted(stem)).unwrap();
    fs::write(eve.drafted(stem), honest.replace("\"issued\":120", "\"issued\":121")).unwrap();
    let (code, out, err) = eve.show();
    assert!(code == 1 && err.contains("changed after it was signed"), "{out}{err}");
    let (code, _, err) = eve.check(stem);
    assert!(code == 1 && err.contains("changed after"), "{err}");
    fs::write(eve.drafted(stem), honest).unwrap();
    assert_eq!(eve.show().0, 0);
}

/// What the territorial commission says next, signed by its own members.
fn genuine(eve: &Eve) -> SignedEvent {
    let mut scene = eve.scene.again();
    let step = scene.step("ballots-delivered");
    scene.sign(&step)
}

/// A key that is revoked while the event waits signs for nobody; a form does not ask for one that is gone.
#[test]
fn a_revoked_key_ends_what_it_signed_and_did_not_send() {
    let mut eve = Eve::new();
    let stem = "chair-0-precinct-opened";
    eve.state("precinct-opened", stem, &OPENED, "2025-10-12T07:00:00+05:00", &["chair"]);
    assert_eq!(eve.show().0, 0);
    let mut step = eve.scene.step("key-revoked");
    let key = eve.scene.cast.key(&format!("{PEC}/chair"));
    let Fact::KeyRevoked(body) = &mut step.fact else { panic!("{:?}", step.fact) };
    body.key = key;
    step.at = "2025-10-11 09:00".to_owned();
    let signed = eve.scene.sign(&step);
    eve.scene.append(signed.clone()).unwrap();
    eve.scene.said.push(signed.clone());
    let (mut writer, _) =
        Writer::open(&eve.dir.path().join("ledger"), &eve.scene.cast.secret("log")).unwrap();
    let at = Stamp::from_millis(signed.event.at.seconds() * 1000).unwrap();
    writer.append(&[(signed, at)]).unwrap().pop().unwrap().unwrap();
    writer.close().unwrap();
    let (book, ledger) = (eve.book(), eve.at("ledger"));
    let renew = ["book", "renew", book.to_str().unwrap(), &ledger];
    // One run at a time writes a book.
    let lock = fs::File::create(book.join(".lock")).unwrap();
    lock.lock().unwrap();
    assert_eq!(run(&renew).0, 2);
    drop(lock);
    assert_eq!(run(&renew).0, 0);
    let (code, out, err) = eve.show();
    assert!(code == 1 && out.contains("\"status\": \"ballots-received\""), "{out}{err}");
    assert_eq!(eve.check(stem).0, 1);
    assert_eq!(eve.draft("voting-closed", &[]).0, 1, "its chain waits");
    assert_eq!(eve.draft("ballots-accounted", &[]).0, 0, "and no other");
    fill(&eve.form("board-0-ballots-accounted"), ACCOUNTED);
    let (code, _, err) = eve.draft("ballots-accounted", &["--at", "2025-10-12T20:30:00+05:00"]);
    assert!(code == 2 && err.contains("chair: expected a key"), "{err}");
}

/// The next place of a desk, by its signed files.
fn next(eve: &Eve, desk: &str) -> (u64, Hash) {
    let mut last = (0, Hash::ZERO);
    for item in fs::read_dir(eve.book().join("outbox")).unwrap() {
        let path = item.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if name.starts_with(desk) && name.ends_with(".json") {
            let one = SignedEvent::decode(fs::read(&path).unwrap().trim_ascii_end()).unwrap();
            last = last.max((one.event.author_seq + 1, one.hash()));
        }
    }
    last
}

fn signed_again(mut signed: SignedEvent) -> SignedEvent {
    use ed25519_dalek::Signer as _;
    let text = event::member_text(&signed.event, &signed.hash());
    let key = ed25519_dalek::SigningKey::from_bytes(&THIEF);
    let signature = event::Signature(key.sign(text.as_bytes()).to_bytes());
    signed.add_signature(MemberSignature { signature, signer: thief() }).unwrap();
    signed
}

#[test]
fn own_events_are_judged_as_long_as_they_wait() {
    let eve = Eve::new();
    assert_eq!(eve.draft("precinct-opened", &[]).0, 0);
    let (stem, opened) = ("chair-0-precinct-opened", "2025-10-12T07:00:00+05:00");
    fill(&eve.form(stem), &[("1", "400"), ("2", "2")]);
    assert_eq!(eve.draft("precinct-opened", &["--at", opened, "--anyway"]).0, 0);
    eve.sign(stem, &["chair"]);
    // Signed against the book's word: the doubt stays visible, and what follows can still be drafted.
    let (code, _, err) = eve.check(stem);
    assert!(code == 1 && err.contains("ARI-10"), "{err}");
    let (code, out, _) = eve.show();
    assert!(code == 1 && out.contains("\"status\": \"open\""), "{out}");
    // Nothing is overwritten.
    let (kept, out) = (fs::read(eve.drafted(stem)).unwrap(), eve.drafted(stem));
    let words = ["--at", opened, "--out", out.to_str().unwrap(), "--desk", "secretary"];
    assert_eq!(eve.draft("turnout-reported", &[]).0, 0);
    fill(&eve.form("secretary-0-turnout-reported"), &[("1", "1")]);
    assert_eq!(eve.draft("turnout-reported", &words).0, 64);
    assert_eq!(fs::read(eve.drafted(stem)).unwrap(), kept);
    // The right one in its place voids it, openly.
    let form = fs::read_to_string(eve.form(stem)).unwrap();
    fs::write(eve.form(stem), form.replace("= 400", "= 404")).unwrap();
    let (code, _, err) = eve.draft("precinct-opened", &["--at", opened, "--voids", out.to_str().unwrap()]);
    assert_eq!(code, 0, "{err}");
    eve.sign("chair-0-precinct-opened-2", &["chair"]);
    assert_eq!(eve.show().0, 0, "{:?}", eve.show());
    // A clock set back between two reports: the chain says which came first.
    let report = |n: usize, issued: &str, at: &str| {
        let stem = format!("secretary-{n}-turnout-reported");
        eve.state("turnout-reported", &stem, &[("1", issued)], at, &["secretary"]);
    };
    fs::remove_file(eve.form("secretary-0-turnout-reported")).unwrap();
    report(0, "100", "2025-10-12T10:00:00+05:00");
    report(1, "110", "2025-10-12T09:30:00+05:00");
    assert_eq!(eve.show().0, 0, "{:?}", eve.show());
    // Nobody signs.
    eve.state("voting-closed", "chair-1-voting-closed", &[], "2025-10-12T20:00:00+05:00", &["chair"]);
    assert_eq!(eve.draft("ballots-accounted", &[]).0, 0);
    let away = |(n, v): &(&'static str, &'static str)| (*n, if n.starts_with("16.") { "absent" } else { *v });
    fill(&eve.form("board-0-ballots-accounted"), &ACCOUNTED.iter().map(away).collect::<Vec<_>>());
    let (code, _, err) = eve.draft("ballots-accounted", &["--at", "2025-10-12T20:30:00+05:00"]);
    assert!(code == 2 && err.contains("found nobody"), "{err}");
}

fn withdrawn(candidate: &str) -> Fact {
    Fact::CandidateWithdrew(CandidateWithdrew {
        candidate: id(candidate),
        kind: WithdrawalKind::Withdrew,
        statement: Document::seal(&[7; 32], b"statement"),
    })
}

fn counted() -> Protocol {
    Protocol {
        count: count([150, 60]),
        ended: time("2025-10-12 22:00"),
        explanations: Vec::new(),
        missing: absent(),
        paper: None,
        started: time("2025-10-12 20:40"),
    }
}
