//! Faults of integrity: something altered, left out, cut off.

use event::{Hash, Stamp};
use ledger::Entry;
use verifier::{Pin, Report, Source};

use super::{
    Plant,
    press::{Brought, Press, held, issued, touched, whole},
    sealed,
};
use crate::{
    evidence::{note, source, tree},
    scene::Scene,
};

/// The scene with its last entry written anew, under the log's own key.
fn last(change: impl FnOnce(Vec<u8>) -> Vec<u8>) -> Report {
    let scene = whole();
    let mut entries = scene.entries.clone();
    let bytes = change(entries.pop().unwrap());
    entries.push(bytes);
    crate::scene::verified(&scene, entries)
}

/// The same, sealed in another place.
fn placed(place: impl FnOnce(u64, Hash) -> (u64, Hash)) -> Report {
    last(|bytes| {
        let entry = Entry::decode(&bytes).unwrap();
        let (index, prev) = place(entry.index(), entry.prev());
        Entry::seal(entry.checked().clone(), index, prev, entry.received()).unwrap().bytes().to_vec()
    })
}

/// A paper of the honest folder.
fn paper(files: &crate::tamper::Files) -> String {
    files.keys().find(|path| path.starts_with("attachments/")).unwrap().clone()
}

/// A ledger whose first event was signed by its roots and opens nothing lawful.
fn opened(change: impl FnOnce(&mut crate::scene::Step)) -> Report {
    let mut scene = Scene::new();
    let mut step = scene.step("ledger-opened");
    change(&mut step);
    sealed(&mut scene, &step)
}

pub(super) const PLANTED: &[Plant] = &[
    // Another ledger than the one that the gazette printed.
    Plant::failing("INT-01", &["INT-01"], || held(|_| Brought::pin(Pin::Genesis(Hash([7; 32]))))),
    // A ledger without a beginning.
    Plant::failing("INT-01", &["INT-01", "SIG-02"], || {
        opened(|step| {
            let law::Fact::LedgerOpened(charter) = &mut step.fact else { panic!() };
            charter.log_key = event::Key([0; 32]);
        })
    }),
    Plant::failing("INT-02", &["INT-02"], || placed(|index, _| (index, Hash([7; 32])))),
    // The published hash of an entry is another one.
    Plant::failing("INT-03", &["INT-03"], || {
        touched(|files| files.get_mut("tile/0/000.p/46").unwrap()[40] ^= 1)
    }),
    Plant::failing("INT-04", &["INT-04"], || placed(|index, prev| (index + 1, prev))),
    // An author leaves places of its own chain out.
    Plant::failing("INT-04", &["INT-04"], || {
        let mut scene = Scene::before("election-called");
        let step = scene.step("election-called");
        let mut signed = scene.sign(&step);
        signed.event = signed.event.with_change(|event| event.author_seq = 7).unwrap();
        let signed = scene.resign(signed, &step.signers);
        let now = Stamp::from_millis(signed.event.at.seconds() * 1000).unwrap();
        let mut entries = scene.entries.clone();
        entries.push(scene.head.seal(signed.check().unwrap(), now).unwrap().bytes().to_vec());
        crate::scene::verified(&scene, entries)
    }),
    Plant::failing("INT-05", &["INT-05"], || last(|bytes| [&b" "[..], &bytes].concat())),
    // The last entry is cut off, and the checkpoint still counts it.
    Plant::failing("INT-06", &["INT-06", "INT-11"], || {
        let scene = whole();
        let kept = &scene.entries[..scene.entries.len() - 1];
        crate::scene::verify(&source(kept, note(&scene, "log", &scene.entries)), &[])
    }),
    Plant::failing("INT-07", &["INT-07"], || touched(|files| files.get_mut(&paper(files)).unwrap()[0] ^= 1)),
    // A paper that nobody names, laid beside the others.
    Plant::failing("INT-07", &["INT-07"], || {
        touched(|files| {
            let paper = b"a paper that nobody names".to_vec();
            files.insert(format!("attachments/{}", event::sha256(&[&paper])), paper);
        })
    }),
    // Papers that the CEC never listed, and that are not there.
    Plant::warning("INT-07", &["COM-03", "INT-07"], || {
        let mut press = Press::new(whole());
        press.publish("2025-10-17 16:20", |sheet| sheet.manifest.attachments.clear());
        let mut files = press.folder();
        files.retain(|path, _| !path.starts_with("attachments/"));
        crate::scene::verify(&Source::from_published_files("planted", files), &[])
    }),
    // A fact that nobody knows: it cannot tell, and says so.
    Plant::failing("INT-08", &["INT-08"], || {
        let mut scene = Scene::before("election-called");
        let step = scene.step("election-called");
        let mut signed = scene.sign(&step);
        signed.event = signed.event.with_change(|event| event.fact = crate::scene::id("tea-served")).unwrap();
        let signed = scene.resign(signed, &step.signers);
        let now = Stamp::from_millis(signed.event.at.seconds() * 1000).unwrap();
        let mut entries = scene.entries.clone();
        entries.push(scene.head.seal(signed.check().unwrap(), now).unwrap().bytes().to_vec());
        crate::scene::verified(&scene, entries)
    }),
    Plant::failing("INT-09", &["INT-09"], || {
        issued(|sheet| sheet.replace("projections/candidates.json", "1980", "1981"))
    }),
    // A projection left out.
    Plant::failing("INT-09", &["INT-09"], || {
        issued(|sheet| drop(sheet.files.remove("projections/candidates.json")))
    }),
    // The log signs for another tree than that of its entries.
    Plant::failing("INT-11", &["INT-11"], || {
        let scene = whole();
        let mut other = scene.entries.clone();
        other[20][0] ^= 1;
        assert_ne!(tree(&other).root(), tree(&scene.entries).root());
        crate::scene::verify(&source(&scene.entries, note(&scene, "log", &other)), &[])
    }),
    // A tile of hashes above the entries.
    Plant::failing("INT-11", &["INT-11"], || touched(|files| drop(files.remove("tile/0/000.p/46").unwrap()))),
    // The operator's own store holds another history than the one that was published.
    Plant::failing("INT-12", &["INT-12", "PUB-07"], || {
        let mut scene = Scene::before("certificate-issued");
        let mut step = scene.step("certificate-issued");
        step.at = "2025-10-15 13:00".into();
        scene.say(&step);
        let mirrors = vec![Press::honest().source()];
        let own = source(&scene.entries, note(&scene, "log", &scene.entries));
        Brought { mirrors, ..Brought::default() }.judge(&own)
    }),
];
