//! Values of the scene: its places and people, figures that hold, ids, texts, times and papers.

use std::{collections::BTreeSet, sync::Mutex};

use demo::{
    act::{semey_clock, semey_seconds},
    cast::Cast,
};
use event::{Document, Id, Text, Time};
use law::facts::*;

/// The election of the steps.
pub const ELECTION: &str = "aul-2025";
/// The territorial commission that holds it.
pub const TEC: &str = "tec-aul";
/// The commission of its precinct.
pub const PEC: &str = "pec-aul-1";
/// Its precinct.
pub const PRECINCT: &str = "aul-1";
/// The seats that sign for a commission.
pub const BOARD: [&str; 4] = ["chair", "deputy", "secretary", "m4"];

/// Figures that hold, with these votes for abenov and qaliev of 210.
pub fn count(votes: [u64; 2]) -> Count {
    let [abenov, qaliev] = votes;
    Count {
        absentee: 1,
        against_all: 20,
        cancelled: 163,
        damaged: Some(Damaged { act: paper("damaged"), count: 1 }),
        found: 239,
        home_applications: 6,
        invalid: 9,
        issued: 240,
        issued_by: vec![Share { issued: 130, seat: id("m4") }, Share { issued: 110, seat: id("m5") }],
        portable: vec![Portable { act: None, applications: 6, found: 5 }],
        received: 404,
        stationary: 234,
        voters: 400,
        votes: vec![
            Votes { candidate: id("abenov"), votes: abenov },
            Votes { candidate: id("qaliev"), votes: qaliev },
        ],
    }
}

/// The member who does not sign.
pub fn absent() -> Vec<Missing> {
    vec![Missing { opinion: None, reason: MissingReason::Absent, seat: id("m5") }]
}

/// A text signed with the key of a label.
pub fn sign_as(cast: &Cast, label: &str, signed: &str) -> event::Signature {
    use ed25519_dalek::Signer as _;
    let key = ed25519_dalek::SigningKey::from_bytes(&cast.secret(label));
    event::Signature(key.sign(signed.as_bytes()).to_bytes())
}

/// An id.
pub fn id(id: &str) -> Id {
    Id::new(id).unwrap()
}

/// A text.
pub fn text(text: &str) -> Text {
    Text::new(text).unwrap()
}

/// A local time, `2025-10-12 07:00`.
pub fn time(text: &str) -> Time {
    Time::parse(&semey_clock(semey_seconds(text))).unwrap()
}

/// A public paper of that name.
pub fn paper(name: &str) -> Document {
    PAPERS.lock().unwrap().insert(name.to_owned());
    Document::public(format!("paper {name}").as_bytes())
}

/// Names of the papers that any scene has named.
static PAPERS: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());

/// Every paper that any scene has named.
pub fn papers() -> Vec<Vec<u8>> {
    PAPERS.lock().unwrap().iter().map(|name| format!("paper {name}").into_bytes()).collect()
}

/// The labels of keys of these seats of a commission.
pub fn own(author: &str, seats: &[&str]) -> Vec<String> {
    seats.iter().map(|seat| format!("{author}/{seat}")).collect()
}
