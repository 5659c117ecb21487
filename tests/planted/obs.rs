//! What observers hold against a ledger: copies, scans, sealed evidence, a quick count.

use event::{Hash, Time, json};
use verifier::{Report, Scan, Sealed, copies::PaperCopy};

use super::{
    Plant, district,
    press::{Brought, Press, held},
};
use crate::{
    evidence::{note, source},
    scene::{PRECINCT, Scene, id, time},
};

/// The observer's copy of the current protocol of the honest folder.
fn copy(press: &Press) -> PaperCopy {
    let election = press.scene.election();
    let current = election.polls[PRECINCT].current().unwrap();
    PaperCopy {
        place: "copies.csv, line 2".to_owned(),
        precinct: PRECINCT.to_owned(),
        election: None,
        event: None,
        figures: verifier::copies::list_figures(&current.protocol.count),
    }
}

fn copied(change: impl FnOnce(&mut PaperCopy)) -> Report {
    held(|press| {
        let mut own = copy(press);
        change(&mut own);
        Brought { copies: vec![own], ..Brought::default() }
    })
}

fn sealed(at: Time, opens: Option<bool>) -> Report {
    held(|_| {
        let (place, precinct) = ("sealed.csv, line 2".to_owned(), id(PRECINCT));
        let sealed = vec![Sealed { place, precinct, sealed: Hash([7; 32]), at, opens }];
        Brought { sealed, ..Brought::default() }
    })
}

pub(super) const PLANTED: &[Plant] = &[
    // One figure of the copy is another one.
    Plant::failing("OBS-01", &["OBS-01"], || {
        copied(|copy| {
            let line = copy.figures.iter_mut().find(|(line, _)| line == "votes for abenov").unwrap();
            line.1 = Some(144);
        })
    })
    .and_telling(&["OBS-03"]),
    // The copy is of a protocol that was replaced since, and the ledger shows both.
    Plant::warning("OBS-01", &["OBS-01"], || {
        held(|press| {
            let first = &press.scene.election().polls[PRECINCT].protocols[0];
            let figures = verifier::copies::list_figures(&first.protocol.count);
            Brought { copies: vec![PaperCopy { figures, ..copy(press) }], ..Brought::default() }
        })
    })
    .and_telling(&["OBS-03"]),
    // The sheet on the wall carries other figures than the ledger, under the commission's own keys.
    Plant::failing("OBS-02", &["OBS-02"], || {
        held(|_| {
            let mut scene = Scene::before("protocol-signed");
            let mut step = scene.step("protocol-signed");
            let votes = &mut step.protocol().count.votes;
            (votes[0].votes, votes[1].votes) = (61, 149);
            let scan = Scan::read(&json::encode(&scene.sign(&step)).unwrap()).unwrap();
            Brought { scans: vec![scan], ..Brought::default() }
        })
    }),
    // One true copy: what so few would have shown.
    Plant::telling("OBS-03", &["OBS-03"], || copied(|_| {})),
    // Handed in after the official figures were out.
    Plant::telling("OBS-04", &["OBS-04"], || sealed(time("2025-10-13 09:00"), None)),
    // Handed in before them, and what is shown now is something else.
    Plant::telling("OBS-04", &["OBS-04"], || sealed(time("2025-10-12 21:00"), Some(false))),
    // Of a precinct that the ledger has no protocol of.
    Plant::telling("OBS-04", &["OBS-04"], || {
        held(|_| {
            let (place, precinct) = ("sealed.csv, line 2".to_owned(), id("aul-77"));
            let at = time("2025-10-12 21:00");
            let sealed = vec![Sealed { place, precinct, sealed: Hash([7; 32]), at, opens: None }];
            Brought { sealed, ..Brought::default() }
        })
    }),
    // A copy of a precinct that the ledger does not have.
    Plant::failing("OBS-05", &["OBS-05"], || copied(|copy| copy.precinct = "aul-77".to_owned())),
    // True copies of thirty precincts, and a total that they do not lead to.
    Plant::warning("OBS-06", &["OBS-06"], || {
        let drawn = (0..30).map(|p| district::station(30 + p, [10, 50, 40]));
        let others = (30..36).map(|p| district::station(30 + p, [10, 60, 30]));
        let scene = district::counted(drawn.chain(others).collect());
        let brought = Brought { copies: district::copies(&scene, 30), by_lot: true, ..Brought::default() };
        brought.judge(&source(&scene.entries, note(&scene, "log", &scene.entries)))
    })
    .and_telling(&["OBS-03"]),
];
