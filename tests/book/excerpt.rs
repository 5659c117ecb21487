//! What a precinct takes along says of it what the whole ledger says.
//!
//! In: the scene after every entry, the demo on voting day. Out: the folder (`book`).

use law::Fact;
use ledger::{Chain, Excerpt, Head, Selection, TakeError};

use crate::scene::{ELECTION, PEC, PRECINCT, STEPS, Scene, id};

/// What a precinct knows of itself offline is what the ledger knows of it, after every single entry.
#[test]
fn an_excerpt_knows_its_precinct_as_the_whole_ledger_does() {
    let mut scene = Scene::new();
    let mut compared = 0;
    for step in STEPS {
        let own = scene.head.size() > 0 && scene.step(step).author == PEC;
        if own {
            let (said, at) =
                (scene.step(step), excerpt(&scene.head, &scene.entries, ELECTION, PRECINCT).unwrap());
            let signed = scene.sign(&said);
            // The same event, drafted without a line, and let in by the same law.
            let chain = Chain::of_event(&signed.event);
            let event = &signed.event;
            let drafted = at.draft(chain, &said.fact, event.at.clone(), event.signers.clone()).unwrap();
            assert_eq!(drafted.hash(), signed.hash(), "{step}");
            assert!(at.judge_event(&signed).unwrap().is_ok(), "{step}");
        }
        scene.play(step);
        let Some(part) = excerpt(&scene.head, &scene.entries, ELECTION, PRECINCT) else { continue };
        same(&part, &scene.head, ELECTION, PRECINCT);
        compared += 1;
    }
    assert!(compared > 30, "{compared}");
    // An entry stands in it once, and none before another.
    let mut part = excerpt(&scene.head, &scene.entries, ELECTION, PRECINCT).unwrap();
    let first = ledger::Entry::decode(&scene.entries[0]).unwrap();
    assert!(matches!(part.take_entry(&first), Err(TakeError::Order { found: 0, .. })));
    let stage = crate::serve::stage();
    let (entries, _) = store::read::snapshot_of(&stage.dir.join("ledger")).unwrap();
    for precinct in ["semey-001", "semey-064", "semey-128"] {
        let part = excerpt(&stage.head, &entries, demo::ELECTION, precinct).unwrap();
        same(&part, &stage.head, demo::ELECTION, precinct);
    }
}

fn excerpt(head: &Head, entries: &[Vec<u8>], election: &str, precinct: &str) -> Option<Excerpt> {
    let selection = Selection::of(head.state(), &id(election), &id(precinct))?;
    let mut part = Excerpt::new(head.as_seen());
    for entry in entries {
        let entry = ledger::Entry::decode(entry).unwrap();
        let fact = Fact::read(entry.event(), entry.checked().bytes()).unwrap();
        if selection.takes(entry.event(), &fact) {
            part.take_entry(&entry).unwrap();
        }
    }
    Some(part)
}

fn same(part: &Excerpt, head: &Head, election: &str, precinct: &str) {
    let of = |state: &law::State| {
        let own = &state.elections[election];
        let commission = &state.commissions[&state.precincts[precinct].formed.commission];
        let candidates =
            own.candidates.values().map(|one| (one.nominated.clone(), one.status)).collect::<Vec<_>>();
        let polls = &own.polls[precinct];
        format!("{polls:?} {:?} {:?} {candidates:?} {commission:?}", own.ballot_lines(), own.calendar)
    };
    assert_eq!(of(part.state()), of(head.state()), "{precinct} at {}", head.size());
    for desk in ["board", "chair", "secretary", "deputy"] {
        let author = head.state().precincts[precinct].formed.commission.clone();
        let chain = Chain { author, election: Some(id(election)), desk: id(desk) };
        assert_eq!(part.next_in(&chain), head.next_in(&chain), "{chain} at {}", head.size());
    }
}
