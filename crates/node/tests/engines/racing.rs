//! Two nodes that append the same events at every step, and follow each other.

use std::thread;

use crate::{
    cluster::Pair,
    stage::{Kept, Stage},
};

#[test]
fn two_nodes_that_race_at_every_step_make_one_history() {
    let Some(pair) = Pair::start() else { return };
    let stage = Stage::new();
    let address = pair.primary.address();
    let (one, two) = (pair.dir("one"), pair.dir("two"));
    let mut first = stage.create(&one, &address);
    let mut second = stage.join(&two, &address);
    let race = |writer: &mut node::Writer| {
        let (mut kept, mut again) = (Kept::default(), 0);
        for index in 1..stage.said().len() {
            again += usize::from(stage.append(writer, index, &mut kept).unwrap());
        }
        (kept, again)
    };
    let ((kept, again), (also_kept, also_again)) = thread::scope(|scope| {
        let racing = scope.spawn(|| race(&mut second));
        let own = race(&mut first);
        (own, racing.join().unwrap())
    });
    // Each event was new to one of them, and there already for the other.
    assert_eq!(again + also_again, stage.said().len() - 1);
    eprintln!(
        "of {} events {also_again} were first in one node, {again} in the other",
        stage.said().len() - 1
    );
    // Whoever was not the last to append takes in the rest.
    stage.require_publishable(&mut first, &pair.dir("published"));
    let answers = second.append(&[]).unwrap();
    assert!(answers.is_empty());
    drop((first, second));
    stage.require_whole(&[one, two], &[kept, also_kept]);
}
