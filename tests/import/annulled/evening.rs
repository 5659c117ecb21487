//! The evening of 2018 before the table: candidates, ballots and votes of each precinct.
//!
//! In: facts for the scene. Out: the table and what became of it (`annulled`).

use super::*;

/// Eight candidates with invented names, in the order of the columns.
pub(super) fn candidates(scene: &mut Scene) {
    let names: Vec<String> = (1..=8).map(|n| n.to_string()).collect();
    for name in &names {
        let Fact::CandidateNominated(mut body) = nominee(name, Method::Party) else { panic!() };
        body.name_kk = text(&format!("Үміткер {name}"));
        body.name_ru = text(&format!("Кандидат {name}"));
        let nominated = Fact::CandidateNominated(body);
        scene.say(&by("2026-09-18 11:00", TEC, "secretary", Some(RURAL), nominated));
    }
    for name in &names {
        scene.say(&tec("2026-09-19 11:00", RURAL, checked(name)));
    }
    for (n, name) in names.iter().enumerate() {
        scene.say(&registers("2026-09-21 11:00", name, n as u64 + 1));
    }
    let candidates = names.iter().map(|name| id(name)).collect();
    let approved = BallotApproved { candidates, decision: paper("b") };
    scene.say(&tec("2026-10-05 10:00", RURAL, Fact::BallotApproved(approved)));
}

pub(super) fn handed_over(scene: &mut Scene, table: &Table2018, place: usize, row: &str, ballots: u64) {
    let precinct = id(&station(row).0);
    let list = event::Document::seal(&[8; 32], b"list");
    let voters = table.figure(place, &[4]);
    let handed = VoterListHandedOver { act: paper("l"), list, precinct: precinct.clone(), voters };
    scene.say(&tec("2026-10-06 11:00", RURAL, Fact::VoterListHandedOver(handed)));
    let delivered = BallotsDelivered { act: paper("d"), count: ballots, precinct };
    scene.say(&tec("2026-10-06 11:00", RURAL, Fact::BallotsDelivered(delivered)));
}

/// The voting day of every precinct, hour by hour.
pub(super) fn votes_2018(scene: &mut Scene, table: &Table2018) {
    let each = |scene: &mut Scene, at: &str, fact: &dyn Fn(usize, event::Id) -> Fact, board: bool| {
        for (place, row) in table.rows.iter().enumerate() {
            let (precinct, commission) = station(&row[0]);
            let desk = if board { "board" } else { "chair" };
            scene.say(&by(at, &commission, desk, Some(RURAL), fact(place, id(&precinct))));
        }
    };
    let ballots = |place| table.figure(place, &[5, 15]);
    let opened = |place, precinct| {
        Fact::PrecinctOpened(PrecinctOpened { ballots: ballots(place), boxes: 2, precinct, stands_in: None })
    };
    each(scene, "2026-10-25 07:00", &opened, false);
    let closed = |_, precinct| Fact::VotingClosed(VotingClosed { precinct, stands_in: None });
    each(scene, "2026-10-25 20:00", &closed, false);
    let missing = || {
        let absent = |seat| Missing { opinion: None, reason: MissingReason::Absent, seat: id(seat) };
        ["m5", "m6", "m7"].map(absent).to_vec()
    };
    let accounted = |place, precinct| {
        let issued = table.figure(place, &[6, 7, 8]);
        Fact::BallotsAccounted(BallotsAccounted {
            cancelled: table.figure(place, &[9]),
            home_applications: table.figure(place, &[6, 8]),
            issued,
            issued_by: vec![Share { issued, seat: id("m4") }],
            missing: missing(),
            precinct,
            received: ballots(place),
            voters: table.figure(place, &[4]),
        })
    };
    each(scene, "2026-10-25 20:30", &accounted, true);
}
