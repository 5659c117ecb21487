//! Bytes: golden cases, broken ones named for their fault, the worked example of docs/format.md, other people's vectors.
//!
//! `HATTAMA_BLESS=1 cargo test --test all formats` writes the golden files anew; a changed one means that old ledgers no
//! longer verify, so it may change only before the first release.

use std::{fs, path::PathBuf};

use event::{Event, Hash, Key, Signature, event_hash, member_text, verify};
use law::Fact;
use ledger::{Entry, projections};
use serde_json::{Value, json};

use crate::scene::Scene;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Other people's vectors, or `None` and a word about it.
pub(crate) fn shared(path: &str) -> Option<PathBuf> {
    let base = std::env::var_os("HATTAMA_SHARED").map_or_else(|| root().join("../shared"), PathBuf::from);
    let path = base.join("vectors").join(path);
    if path.exists() {
        return Some(path);
    }
    eprintln!("skipped: shared vectors not found at {}", path.display());
    None
}

/// Compares with a committed file, or writes it when blessing.
pub(crate) fn golden(name: &str, bytes: &[u8]) {
    let path = root().join("tests/vectors").join(name);
    if std::env::var_os("HATTAMA_BLESS").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
    }
    let there = fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    assert!(there == bytes, "{name} changed: bytes that were signed would no longer verify");
}

#[test]
fn every_step_of_the_scene_gives_its_golden_bytes() {
    let mut scene = Scene::new();
    let mut cases = Vec::new();
    for name in crate::scene::STEPS {
        let prev = scene.head.last().unwrap_or(Hash::ZERO);
        scene.play(name);
        let signed = scene.said.last().unwrap();
        let checked = signed.check().unwrap();
        let received = event::Stamp::from_millis(signed.event.at.seconds() * 1000).unwrap();
        let entry = Entry::seal(checked.clone(), scene.head.size() - 1, prev, received).unwrap();
        assert_eq!(Some(entry.hash()), scene.head.last());
        assert_eq!(Entry::decode(entry.bytes()).unwrap().bytes(), entry.bytes());
        cases.push(json!({
            "name": name,
            "event": String::from_utf8(checked.bytes().to_vec()).unwrap(),
            "event_hash": checked.hash().to_string(),
            "member_text": member_text(checked.event(), &checked.hash()),
            "entry": String::from_utf8(entry.bytes().to_vec()).unwrap(),
            "entry_hash": entry.hash().to_string(),
            "root": scene.head.root().to_string(),
        }));
    }
    golden("scene.json", (serde_json::to_string_pretty(&cases).unwrap() + "\n").as_bytes());
    for (name, bytes) in projections::project_documents(scene.head.state()).unwrap() {
        golden(&format!("projections/{name}"), &bytes);
    }
}

#[test]
fn an_independent_canonicaliser_writes_the_same_bytes() {
    let scene = Scene::whole();
    let mut documents: Vec<Vec<u8>> =
        scene.said.iter().map(|signed| signed.event.encode().unwrap()).collect();
    documents.extend(
        projections::project_documents(scene.head.state()).unwrap().into_iter().map(|(_, bytes)| bytes),
    );
    documents.extend(
        projections::project_documents(&law::State::default()).unwrap().into_iter().map(|(_, bytes)| bytes),
    );
    for bytes in documents {
        let value: Value = serde_json::from_slice(&bytes).unwrap();
        let theirs = serde_json_canonicalizer::to_vec(&value).unwrap();
        assert_eq!(String::from_utf8(theirs).unwrap(), String::from_utf8(bytes.clone()).unwrap());
        // Nothing empty, no null, no false, no float: the strict reader takes every document that we write.
        event::json::decode::<Anything>(&bytes).unwrap();
    }
}

/// A canonical value of any shape.
#[derive(Debug, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
struct Anything(Value);

/// A fault's name, the change that makes it, and the byte where it is found.
type Broken = (&'static str, fn(&str) -> Vec<u8>);

const BROKEN: &[Broken] = &[
    ("Syntax", |t| t.replacen("{\"at\"", "{ \"at\"", 1).into_bytes()),
    ("Trailing", |t| format!("{t}\n").into_bytes()),
    ("End", |t| t.as_bytes()[..t.len() - 1].to_vec()),
    ("Order", |t| t.replacen("\"v\":1}", "\"v\":1,\"fact\":\"x\"}", 1).into_bytes()),
    ("Duplicate", |t| t.replacen("\"v\":1}", "\"v\":1,\"v\":1}", 1).into_bytes()),
    ("UnknownField", |t| t.replacen("\"v\":1}", "\"v\":1,\"w\":1}", 1).into_bytes()),
    ("MissingField", |t| t.replacen(",\"v\":1}", "}", 1).into_bytes()),
    ("Null", |t| t.replacen("\"v\":1}", "\"v\":null}", 1).into_bytes()),
    ("False", |t| t.replacen("\"v\":1}", "\"v\":false}", 1).into_bytes()),
    ("Float", |t| t.replacen("\"v\":1}", "\"v\":1.0}", 1).into_bytes()),
    ("Negative", |t| t.replacen("\"v\":1}", "\"v\":-1}", 1).into_bytes()),
    ("LeadingZero", |t| t.replacen("\"v\":1}", "\"v\":01}", 1).into_bytes()),
    ("TooBig", |t| t.replacen("\"v\":1}", "\"v\":9007199254740992}", 1).into_bytes()),
    ("Kind", |t| t.replacen("\"v\":1}", "\"v\":\"1\"}", 1).into_bytes()),
    ("Version", |t| t.replacen("\"v\":1}", "\"v\":2}", 1).into_bytes()),
    ("EmptyText", |t| t.replacen("\"desk\":\"secretary\"", "\"desk\":\"\"", 1).into_bytes()),
    ("EmptyList", |t| t.replacen("\"v\":1}", "\"v\":1,\"voids\":[]}", 1).into_bytes()),
    ("EmptyObject", |t| replace_body(t, "{}").into_bytes()),
    ("Character", |t| t.replacen("\"desk\":\"secretary\"", "\"desk\":\"secret\u{200b}ary\"", 1).into_bytes()),
    ("Space", |t| t.replacen("\"desk\":\"secretary\"", "\"desk\":\"a  b\"", 1).into_bytes()),
    ("Escape", |t| t.replacen("\"desk\":\"secretary\"", "\"desk\":\"secr\\u0065tary\"", 1).into_bytes()),
    ("Id", |t| t.replacen("\"desk\":\"secretary\"", "\"desk\":\"Secretary\"", 1).into_bytes()),
    ("Time", |t| t.replacen("+05:00", "+0500", 1).into_bytes()),
    ("Hex", |t| t.replacen("\"ledger\":\"", "\"ledger\":\"A", 1).into_bytes()),
    ("Base64", |t| t.replacen("=\"],\"v\"", "\"],\"v\"", 1).into_bytes()),
    ("Unsorted", |t| double_first(t, "\"signers\":[").into_bytes()),
    ("TooDeep", |t| replace_body(t, &format!("{{\"a\":{}{}}}", "[".repeat(20), "]".repeat(20))).into_bytes()),
    ("TooLong", |t| replace_body(t, &format!("{{\"a\":\"{}\"}}", "x".repeat(60_000))).into_bytes()),
    ("Utf8", |t| {
        let mut bytes = t.as_bytes().to_vec();
        let at = t.find("secretary").unwrap();
        bytes[at] = 0xff;
        bytes
    }),
];

fn replace_body(text: &str, body: &str) -> String {
    let from = text.find("\"body\":").unwrap() + 7;
    let to = text.find(",\"desk\":").unwrap();
    format!("{}{body}{}", &text[..from], &text[to..])
}

fn double_first(text: &str, list: &str) -> String {
    let from = text.find(list).unwrap() + list.len();
    let to = from + text[from..].find('"').unwrap() + text[from + 1..].find('"').unwrap() + 2;
    format!("{},{}", &text[..to], &text[from..])
}

#[test]
fn broken_events_are_refused_by_name_and_byte() {
    let scene = Scene::before("voting-closed");
    let good = String::from_utf8(scene.said.last().unwrap().event.encode().unwrap()).unwrap();
    Event::decode(good.as_bytes()).unwrap();
    let mut index = Vec::new();
    for (name, change) in BROKEN {
        let bytes = change(&good);
        assert_ne!(bytes, good.as_bytes(), "{name} changes nothing");
        let error = Event::decode(&bytes).expect_err(name);
        let found = format!("{:?}", error.fault);
        assert_eq!(found.split([' ', '{']).next(), Some(*name), "{error}");
        golden(&format!("broken/{name}.json"), &bytes);
        index.push(json!({ "file": format!("{name}.json"), "fault": name, "at": error.at }));
    }
    golden("broken/index.json", (serde_json::to_string_pretty(&index).unwrap() + "\n").as_bytes());
}

#[test]
fn the_worked_example_of_the_specification_holds() {
    let page = fs::read_to_string(root().join("docs/format.md")).unwrap();
    let block = |name: &str| {
        let start = page.find(&format!("```example:{name}\n")).unwrap_or_else(|| panic!("no example {name}"));
        let text = &page[start..];
        let text = &text[text.find('\n').unwrap() + 1..];
        let end = text.find("```").unwrap();
        text[..end].trim_end_matches('\n').to_owned()
    };
    let bytes = block("event");
    let event = Event::decode(bytes.as_bytes()).unwrap();
    let hash = event_hash(bytes.as_bytes());
    assert_eq!(hash.to_string(), block("event-hash"));
    let text = member_text(&event, &hash);
    assert_eq!(text.trim_end(), block("member-text"));
    let key = Key::parse(&block("public-key")).unwrap();
    assert!(verify(&key, text.as_bytes(), &Signature::parse(&block("signature")).unwrap()));
    let entry = Entry::decode(block("entry").as_bytes()).unwrap();
    assert_eq!(entry.hash().to_string(), block("entry-hash"));
    assert_eq!(Hash(tlog::tree::root_of([entry.hash().0].into_iter())).to_string(), block("root"));
    Fact::read(&event, bytes.as_bytes()).unwrap();
}

#[test]
fn signatures_are_judged_as_strictly_as_the_vectors_ask() {
    let Some(path) = shared("ed25519/speccheck_cases.json") else { return };
    let cases: Vec<Value> = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
    let bytes = |case: &Value, field: &str| hex::decode(case[field].as_str().unwrap()).unwrap();
    for (place, case) in cases.iter().enumerate() {
        let key = Key(bytes(case, "pub_key").try_into().unwrap());
        let signature = Signature(bytes(case, "signature").try_into().unwrap());
        assert_eq!(verify(&key, &bytes(case, "message"), &signature), place == 3, "case {place}");
    }
    let path = shared("ed25519/wycheproof_ed25519_test.json").unwrap();
    let all: Value = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
    let mut judged = 0;
    for group in all["testGroups"].as_array().unwrap() {
        let key = Key(bytes(&group["publicKey"], "pk").try_into().unwrap());
        for case in group["tests"].as_array().unwrap() {
            let valid = <[u8; 64]>::try_from(bytes(case, "sig"))
                .is_ok_and(|signature| verify(&key, &bytes(case, "msg"), &Signature(signature)));
            assert_eq!(valid, case["result"] == "valid", "{}", case["tcId"]);
            judged += 1;
        }
    }
    assert!(judged >= 150, "{judged}");
}

#[test]
fn whatever_decodes_encodes_to_itself_and_nothing_panics() {
    use proptest::prelude::*;
    let scene = Scene::before("ballots-printed");
    let seeds: Vec<Vec<u8>> = scene.said.iter().map(|signed| signed.event.encode().unwrap()).collect();
    proptest!(ProptestConfig::with_cases(2_000), |(pick in 0..seeds.len(), at in 0..2_000usize, byte: u8, cut: bool)| {
        let mut bytes = seeds[pick].clone();
        let at = at % bytes.len();
        if cut { bytes.remove(at); } else { bytes[at] = byte; }
        if let Ok(event) = Event::decode(&bytes) {
            prop_assert_eq!(event.encode().unwrap(), bytes.clone());
            let _ = Fact::read(&event, &bytes);
        }
        let _ = event::SignedEvent::decode(&bytes);
        let _ = Entry::decode(&bytes);
    });
}

/// The blocks of the worked example that other keys than the member's sign, made anew.
fn signed_blocks(entry: &Entry) -> Vec<(&'static str, String)> {
    let seed = |name: &str| event::sha256(&[b"hattama example ", name.as_bytes()]).0;
    let origin = "log.example/hattama".to_owned();
    let log = tlog::note::NoteSigner::new(&origin, &seed("log")).unwrap();
    let mut tree = tlog::tree::Tree::default();
    tree.push(entry.hash().0);
    let head = tlog::checkpoint::Checkpoint {
        origin: origin.clone(),
        size: 1,
        root: tree.root(),
        extensions: Vec::new(),
    };
    let checkpoint = head.sign(&log).unwrap();
    let witness = tlog::cosignature::Cosigner::new("witness.example/one", &seed("witness")).unwrap();
    let line = witness.sign(&head.text(), 1_760_256_005).unwrap().encode();
    let (log_key, witness_key) = (log.verifier_key().encode(), witness.cosigner_key().encode());
    let policy = format!("log {log_key}\nwitness one {witness_key}\nquorum one\n");
    let judged = tlog::policy::Policy::parse(policy.as_bytes()).unwrap();
    judged.judge_note(format!("{checkpoint}{line}").as_bytes()).unwrap();
    let receipt = ledger::receipt::issue_receipt(&tree, entry, checkpoint.as_bytes()).unwrap();
    receipt.verify(&entry.hash().0, log.verifier_key()).unwrap();
    let ledger = event::sha256(&[b"hattama example ledger"]);
    let manifest = publication::Manifest {
        attachments: Vec::new(),
        files: vec![publication::FileLine {
            name: event::Text::new("checkpoint").unwrap(),
            sha256: event::sha256(&[checkpoint.as_bytes()]),
            size: checkpoint.len() as u64,
        }],
        ledger,
        n: 1,
        root: Hash(tree.root()),
        site: None,
        size: 1,
        software: event::Text::new("hattama 0.1.0").unwrap(),
    };
    let manifest = event::json::encode(&manifest).unwrap();
    let name = publication::office_key_name(&origin);
    let office = tlog::note::NoteSigner::new(&name, &seed("office")).unwrap();
    let note = office.sign(&publication::manifest_text(&ledger, 1, &manifest)).unwrap();
    vec![
        ("log-key", log_key),
        ("checkpoint", checkpoint),
        ("witness-key", witness_key),
        ("cosignature", line),
        ("policy", policy),
        ("receipt", receipt.encode().unwrap()),
        ("manifest", String::from_utf8(manifest).unwrap()),
        ("manifest-sig", note),
    ]
}

#[test]
fn the_worked_example_of_the_log_holds() {
    let path = root().join("docs/format.md");
    let mut page = fs::read_to_string(&path).unwrap();
    let between = |page: &str, name: &str| {
        let fence = format!("```example:{name}\n");
        let start = page.find(&fence).unwrap_or_else(|| panic!("no example {name}")) + fence.len();
        start..start + page[start..].find("```").unwrap()
    };
    let entry = page[between(&page, "entry")].trim_end().to_owned();
    let entry = Entry::decode(entry.as_bytes()).unwrap();
    for (name, made) in signed_blocks(&entry) {
        let made = format!("{}\n", made.trim_end_matches('\n'));
        if std::env::var("HATTAMA_BLESS").is_ok() {
            page.replace_range(between(&page, name), &made);
        }
        assert_eq!(page[between(&page, name)], made, "{name}");
    }
    if std::env::var("HATTAMA_BLESS").is_ok() {
        fs::write(&path, page).unwrap();
    }
}
