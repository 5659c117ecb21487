//! Faults between snapshots: two histories, a number that went back, something that vanished or changed.

use event::Hash;
use law::{Fact, facts::*};
use verifier::{Pin, Report, Source};

use super::{
    Plant, district,
    press::{Brought, Press, held, reissued, whole},
    sealed,
    sig::signed_by,
};
use crate::{
    evidence::{note, source},
    scene::{play::by, statements::keyed, text},
};

/// A checkpoint of another history of that size, which the log signed too.
fn forked(size: usize) -> Report {
    held(|press| {
        let mut other = press.scene.entries[..size].to_vec();
        other[1][0] ^= 1;
        Brought::pin(Pin::Checkpoint(note(&press.scene, "log", &other)))
    })
}

/// The honest snapshot, and another office key since then.
fn handed_over() -> Press {
    let mut press = Press::honest();
    let (key, proof) = keyed(&mut press.scene, "cec-new-office", "cec", "office-1");
    let office_keys = vec![OfficeKey { key, proof }];
    let body = OfficeKeysReplaced { ground: text("Срок"), office_keys };
    press.scene.say(&by("2025-10-18 09:00", "cec", "root", None, Fact::OfficeKeysReplaced(body)));
    press
}

pub(super) const PLANTED: &[Plant] = &[
    Plant::failing("SNP-01", &["SNP-01"], || forked(30)),
    // A ledger that somebody has seen with more entries.
    Plant::failing("SNP-01", &["SNP-01"], || {
        held(|press| {
            let mut more = press.scene.entries.clone();
            more.push(b"later".to_vec());
            Brought::pin(Pin::Checkpoint(note(&press.scene, "log", &more)))
        })
    }),
    Plant::failing("SNP-02", &["SNP-02"], || forked(46)),
    // A mirror shows another history of the same size under the same key.
    Plant::failing("SNP-02", &["PUB-07", "SNP-02"], || {
        held(|press| {
            let mut other = press.scene.entries.clone();
            other[20][0] ^= 1;
            let mirrors = vec![source(&other, note(&press.scene, "log", &other))];
            Brought { mirrors, ..Brought::default() }
        })
    }),
    // The first snapshot calls itself the second one.
    Plant::failing("SNP-03", &["SNP-03"], || {
        let mut scene = whole();
        let seen = scene.head.as_seen();
        let (manifest, projection_root) = (Hash([1; 32]), Hash([2; 32]));
        let (root, size) = (seen.root, seen.size);
        let body = SnapshotPublished { manifest, n: 2, overridden: None, projection_root, root, size };
        let mut step = by("2025-10-17 16:20", "cec", "office", None, Fact::SnapshotPublished(body));
        step.signers = vec!["cec/office-1".into()];
        sealed(&mut scene, &step)
    }),
    // A paper that the first snapshot lists is no longer in the second one's manifest.
    Plant::failing("SNP-04", &["SNP-04"], || reissued(|sheet| sheet.manifest.attachments.truncate(1))),
    // A candidate is no longer shown.
    Plant::failing("SNP-04", &["INT-09", "SNP-04"], || {
        reissued(|sheet| {
            sheet.replace("projections/candidates.json", "\"candidate\":\"serikov\"", "\"candidate\":\"s\"");
        })
    }),
    // Invalid ballots of a precinct change between two snapshots, and no correction says why.
    Plant::failing("SNP-05", &["ARI-08", "ARI-12", "INT-09", "SNP-05"], || {
        reissued(|sheet| {
            let name = "projections/tallies.json";
            let mut tallies: serde_json::Value = serde_json::from_slice(&sheet.files[name]).unwrap();
            let count = &mut tallies["view"]["elections"][0]["precincts"][0]["count"];
            count["invalid"] = 8.into();
            sheet.files.insert(name.into(), serde_json::to_vec(&tallies).unwrap());
        })
    }),
    // An office key that was handed over signs once more.
    Plant::failing("SNP-06", &["SNP-06"], || {
        let mut press = handed_over();
        press.office = ["cec-new-office", "cec/office-1"];
        press.publish("2025-10-18 10:00", |_| {});
        press.verdict()
    }),
    // The first snapshot is signed again, under a key that the office did not have then.
    Plant::failing("SNP-06", &["SNP-06"], || {
        let press = handed_over();
        let mut files = press.folder();
        signed_by(&mut files, &press.scene.cast.secret("cec-new-office"));
        crate::scene::verify(&Source::from_published_files("planted", files), &[])
    }),
    // A head that was hung up on a wall does not lie on this tree.
    Plant::failing("SNP-07", &["SNP-07"], || held(|_| Brought::pin(Pin::Heads(vec![(30, Hash([7; 32]))])))),
    // Nobody whom the observer trusts has seen the newest checkpoint.
    Plant::warning("SNP-08", &["SNP-08"], || {
        held(|press| {
            let witness = tlog::cosignature::Cosigner::new("witness.example/1", &[1; 32]).unwrap();
            let log = tlog::note::NoteSigner::new(crate::evidence::ORIGIN, &press.scene.cast.secret("log"));
            let log = tlog::note::VerifierKey::encode(log.unwrap().verifier_key());
            let policy = format!("log {log}\nwitness w {}\nquorum w\n", witness.cosigner_key().encode());
            let policy = tlog::policy::Policy::parse(policy.as_bytes()).unwrap();
            Brought::pin(Pin::Policy(Box::new(policy)))
        })
    }),
    // The last two precincts of forty are unlike those before them.
    Plant::telling("SNP-09", &["SNP-09"], || {
        let honest = (0..38).map(|p| district::station(30 + p, [10, 50, 40]));
        let late = (38..40).map(|p| district::station(30 + p, [10, 60, 30]));
        district::district(honest.chain(late).collect())
    }),
];
