//! Faults of signatures and keys: forged, out of time, too few, under the wrong hand.

use law::{Fact, Rule, facts::*};
use publication::{manifest_text, office_key_name};
use tlog::{
    cosignature::Cosigner,
    note::{NoteSigner, VerifierKey},
    policy::Policy,
};
use verifier::{Pin, Report};

use super::{
    Plant,
    press::{Brought, touched, whole},
    sealed, verdict,
};
use crate::{
    evidence::{ORIGIN, note, source},
    scene::{ELECTION, PEC, PRECINCT, STEPS, Scene, id, play::by, trials::broken},
    tamper::Files,
};

/// What the law's own trial of a rule breaks, sealed in by a thief of the log key.
fn refused(rule: Rule) -> Report {
    let (mut scene, step) = broken(rule);
    sealed(&mut scene, &step)
}

/// The manifest of the honest snapshot under another key.
pub(super) fn signed_by(files: &mut Files, seed: &[u8; 32]) {
    let manifest = files["snapshots/1/manifest.json"].clone();
    let ledger = event::json::decode::<publication::Manifest>(&manifest).unwrap().ledger;
    let signer = NoteSigner::new(&office_key_name(ORIGIN), seed).unwrap();
    let note = signer.sign(&manifest_text(&ledger, 1, &manifest)).unwrap();
    files.insert("snapshots/1/manifest.sig".to_owned(), note.into_bytes());
}

/// A checkpoint of the scene that a witness saw so many seconds after its last entry, and whoever trusts that witness.
fn cosigned(scene: &Scene, after: i64) -> Report {
    let witness = Cosigner::new("witness.example/1", &[1; 32]).unwrap();
    let log = NoteSigner::new(ORIGIN, &scene.cast.secret("log")).unwrap();
    let policy = format!(
        "log {}\nwitness w {}\nquorum w\n",
        VerifierKey::encode(log.verifier_key()),
        witness.cosigner_key().encode()
    );
    let policy = Policy::parse(policy.as_bytes()).unwrap();
    let mut signed = String::from_utf8(note(scene, "log", &scene.entries)).unwrap();
    let text = signed.split("\n\n").next().unwrap().to_owned() + "\n";
    let last = scene.head.last_received().unwrap().millis() / 1000;
    signed.push_str(&witness.sign(&text, u64::try_from(last + after).unwrap()).unwrap().encode());
    Brought::pin(Pin::Policy(Box::new(policy))).judge(&source(&scene.entries, signed.into_bytes()))
}

pub(super) const PLANTED: &[Plant] = &[
    // One signature of the last entry is another member's.
    Plant::failing("SIG-01", &["SIG-01"], || {
        let scene = whole();
        let mut entries = scene.entries.clone();
        let own = ledger::Entry::decode(entries.last().unwrap()).unwrap().checked().signatures()[0];
        let mut other = own;
        other.0[5] ^= 1;
        let bytes = String::from_utf8(entries.pop().unwrap()).unwrap();
        entries.push(bytes.replace(&own.to_string(), &other.to_string()).into_bytes());
        crate::scene::verified(&scene, entries)
    }),
    Plant::failing("SIG-02", &["SIG-02"], || refused(Rule::Sig02)),
    Plant::failing("SIG-03", &["SIG-03"], || refused(Rule::Sig03)),
    Plant::failing("SIG-04", &["SIG-04"], || refused(Rule::Sig04)),
    Plant::failing("SIG-05", &["SIG-05"], || refused(Rule::Sig05)),
    Plant::failing("SIG-06", &["SIG-06"], || refused(Rule::Sig06)),
    // Somebody else's key under the manifest.
    Plant::failing("SIG-07", &["SIG-07"], || touched(|files| signed_by(files, &[7; 32]))),
    // Somebody else's key under the newest checkpoint.
    Plant::failing("SIG-07", &["SIG-07"], || {
        let scene = whole();
        crate::scene::verify(&source(&scene.entries, note(&scene, "not the log", &scene.entries)), &[])
    }),
    // A day and a half later nobody has taken the protocol in.
    Plant::warning("SIG-08", &["SIG-08"], || {
        let mut scene = Scene::before("protocol-received:first");
        let ledger = scene.head.state().ledger.unwrap();
        let (parent, size) = (Some("oblast-test"), 7);
        let formed = demo::commission_formed(
            &mut scene.cast,
            &ledger,
            "tec-later",
            Level::Territorial,
            parent,
            "Комиссия",
            size,
        );
        scene.say(&by("2025-10-14 10:00", "cec", "board", None, formed.unwrap()));
        verdict(&scene)
    }),
    // A witness had seen the last entry an hour before the log says that it received it.
    Plant::warning("SIG-09", &["SIG-09"], || cosigned(&whole(), -3_600)),
    // One key reports thirteen times in one minute.
    Plant::warning("SIG-10", &["SIG-10"], || {
        let mut scene = Scene::before("voting-closed");
        for issued in 121..134 {
            let body = TurnoutReported { issued, precinct: id(PRECINCT) };
            let fact = Fact::TurnoutReported(body);
            scene.say(&by("2025-10-12 14:00", PEC, "secretary", Some(ELECTION), fact));
        }
        verdict(&scene)
    }),
    // A commission that registers its candidates at three in the morning, and weeks before the night of the count.
    Plant::warning("SIG-10", &["SIG-10"], || {
        let mut scene = Scene::new();
        for name in STEPS {
            let mut step = scene.step(name);
            if ["candidate-nominated", "eligibility-checked"].iter().any(|own| name.starts_with(own)) {
                step.at.replace_range(11.., "03:00");
            }
            let hash = scene.say(&step);
            scene.named.insert((*name).to_owned(), hash);
        }
        verdict(&scene)
    }),
    // A member who did not sign is dropped in silence.
    Plant::failing("SIG-11", &["SIG-11"], || refused(Rule::Sig11)),
];
