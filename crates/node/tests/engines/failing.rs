//! What a database does to a ledger when machines fail: nothing that was acknowledged is lost, nothing that is not replicated is signed.

use std::{sync::atomic::Ordering, thread, time::Duration};

use node::{AppendError, OpenLedgerError, Writer};
use store::{CommitError, OpenError, SharedFault};

use crate::{
    cluster::{Pair, Server},
    proxy::Line,
    stage::{Kept, Stage},
};

/// What a database said of a group.
fn fault_of(error: &AppendError) -> SharedFault {
    match error {
        AppendError::Commit(CommitError::Shared(fault)) => fault.clone(),
        other => panic!("{other}"),
    }
}

fn refusal(opened: Result<Writer, OpenLedgerError>) -> SharedFault {
    match opened.map(|_| ()) {
        Err(OpenLedgerError::Store(OpenError::Shared(fault))) => fault,
        other => panic!("{other:?}"),
    }
}

/// The size under the newest checkpoint of the database, and its entries.
fn sizes(server: &Server) -> (i64, i64) {
    let row = server.client().query_one("SELECT signed, size FROM hattama.head", &[]).unwrap();
    (row.get(0), row.get(1))
}

fn append_rest(stage: &Stage, writer: &mut Writer, kept: &mut Kept) {
    for index in 1..stage.said().len() {
        stage.append(writer, index, kept).unwrap();
    }
}

/// The primary is killed between two events or in the middle of one, as often as there is time; then it is gone for good, the standby is
/// promoted, and the old primary comes back.
#[test]
fn a_primary_that_is_killed_takes_nothing_acknowledged_along() {
    let Some(mut pair) = Pair::start() else { return };
    let stage = Stage::new();
    let dir = pair.dir("one");
    let mut writer = Some(stage.create(&dir, &pair.primary.address()));
    let mut kept = Kept::default();
    let mut index = 1;
    for round in 0..6 {
        thread::scope(|scope| {
            let appending = scope.spawn(|| {
                let mut writing = writer.take().unwrap();
                while index < stage.said().len() {
                    match stage.append(&mut writing, index, &mut kept) {
                        Ok(_) => index += 1,
                        Err(error) => return eprintln!("round {round}, event {index}: {error}"),
                    }
                }
            });
            thread::sleep(Duration::from_millis(30 + 35 * round));
            pair.primary.kill();
            appending.join().unwrap();
        });
        if round < 5 {
            pair.primary.start();
            pair.primary.until("SELECT EXISTS (SELECT FROM pg_stat_replication WHERE sync_state = 'sync')");
            writer = Some(stage.open(&dir).unwrap());
        }
    }
    // Of the standby nothing is missing; a node does not begin by itself on it.
    let before = kept.0.len();
    assert!(before > 0);
    assert!(matches!(refusal(stage.open(&dir)), SharedFault::Unreachable { .. }));
    let promoted = node::promote(&dir, &pair.standby.address()).unwrap();
    assert_eq!(promoted.epoch, 2);
    // It was copied before the primary waited for anybody.
    assert_eq!(refusal(stage.open(&dir)), SharedFault::NoneNamed);
    let mut third = pair.standby.beside("third", 3);
    third.copy_from(&pair.standby);
    third.follow(&pair.standby);
    third.start();
    pair.standby.wait_for("third");
    let mut writer = stage.open(&dir).unwrap();
    append_rest(&stage, &mut writer, &mut kept);
    drop(writer);
    // The old primary is told by its epoch, whatever it waits for.
    pair.primary.start();
    let back = node::change_address(&dir, &pair.primary.address());
    assert!(matches!(back, Err(OpenError::Shared(SharedFault::Epoch { expected: 2, found: 1 }))), "{back:?}");
    stage.require_whole(&[dir], &[kept]);
}

/// A pause that can be seen, and no fault: what waits is acknowledged when the standby is back.
#[test]
fn a_standby_that_stands_still_is_waited_for() {
    let Some(pair) = Pair::start() else { return };
    let stage = Stage::new();
    let dir = pair.dir("one");
    let mut writer = stage.create(&dir, &pair.primary.address());
    let mut kept = Kept::default();
    stage.append(&mut writer, 1, &mut kept).unwrap();
    pair.standby.freeze();
    thread::scope(|scope| {
        let appending = scope.spawn(|| stage.append(&mut writer, 2, &mut kept).unwrap());
        thread::sleep(Duration::from_secs(3));
        assert!(!appending.is_finished(), "acknowledged although the standby stood still");
        assert_eq!(sizes(&pair.primary), (2, 2), "seen or signed before it was replicated");
        pair.standby.thaw();
        assert!(!appending.join().unwrap());
    });
    append_rest(&stage, &mut writer, &mut kept);
    drop(writer);
    stage.require_whole(&[dir], &[kept]);
}

/// Somebody ends the wait: the entry is on the primary alone, and only a warning says so.
#[test]
fn a_wait_that_was_cancelled_acknowledges_and_signs_nothing() {
    for ending in ["pg_cancel_backend", "pg_terminate_backend"] {
        let Some(pair) = Pair::start() else { return };
        let stage = Stage::new();
        let dir = pair.dir("one");
        let mut writer = stage.create(&dir, &pair.primary.address());
        let mut kept = Kept::default();
        pair.standby.freeze();
        thread::scope(|scope| {
            let appending = scope.spawn(|| stage.append(&mut writer, 1, &mut kept).unwrap_err());
            let waits = "application_name = 'hattama' AND wait_event = 'SyncRep'";
            pair.primary.until(&format!("SELECT EXISTS (SELECT FROM pg_stat_activity WHERE {waits})"));
            pair.primary.say(&format!("SELECT {ending}(pid) FROM pg_stat_activity WHERE {waits}"));
            let fault = fault_of(&appending.join().unwrap());
            let told = matches!(fault, SharedFault::NotReplicated { .. } | SharedFault::NoAnswer { .. });
            assert!(told, "{ending}: {fault:?}");
        });
        // It is there, on the primary alone; nothing was signed over it, and no writer goes on as if nothing had been.
        assert_eq!(sizes(&pair.primary), (1, 2), "{ending}");
        assert!(matches!(
            stage.append(&mut writer, 1, &mut kept),
            Err(AppendError::Commit(CommitError::Poisoned))
        ));
        drop(writer);
        assert_eq!(store::read::snapshot_of(&dir).unwrap().0.len(), 1);
        assert!(matches!(
            refusal(stage.open(&dir)),
            SharedFault::StandbyBehind { .. } | SharedFault::NoneAnswers
        ));
        pair.standby.thaw();
        let mut writer = stage.open(&dir).unwrap();
        let mut kept = Kept::default();
        assert!(stage.append(&mut writer, 1, &mut kept).unwrap(), "{ending}: not the same entry");
        append_rest(&stage, &mut writer, &mut kept);
        drop(writer);
        stage.require_whole(&[dir], &[kept]);
    }
}

/// A primary that was started again shows what was still waiting: nothing is signed over it before the standby has it.
#[test]
fn groups_that_waited_at_a_restart_are_signed_when_the_standby_has_them() {
    let Some(mut pair) = Pair::start() else { return };
    let stage = Stage::new();
    let dir = pair.dir("one");
    let mut writer = stage.create(&dir, &pair.primary.address());
    let mut kept = Kept::default();
    pair.standby.freeze();
    thread::scope(|scope| {
        let appending = scope.spawn(|| stage.append(&mut writer, 1, &mut kept).unwrap_err());
        pair.primary.until("SELECT EXISTS (SELECT FROM pg_stat_activity WHERE wait_event = 'SyncRep')");
        pair.primary.kill();
        assert!(matches!(
            fault_of(&appending.join().unwrap()),
            SharedFault::NoAnswer { .. } | SharedFault::NotReplicated { .. }
        ));
    });
    drop(writer);
    pair.primary.start();
    assert_eq!(sizes(&pair.primary), (1, 2));
    assert!(matches!(
        refusal(stage.open(&dir)),
        SharedFault::NoneAnswers | SharedFault::StandbyBehind { .. }
    ));
    assert_eq!(sizes(&pair.primary), (1, 2), "signed over what the standby has not");
    pair.standby.thaw();
    pair.primary.until("SELECT EXISTS (SELECT FROM pg_stat_replication WHERE sync_state = 'sync')");
    let mut writer = stage.open(&dir).unwrap();
    assert!(stage.append(&mut writer, 1, &mut kept).unwrap());
    append_rest(&stage, &mut writer, &mut kept);
    drop(writer);
    stage.require_whole(&[dir], &[kept]);
}

/// A base backup of yesterday, started as if it were the primary: the folder of any node knows more.
#[test]
fn an_old_backup_that_was_restored_is_not_written_to() {
    let Some(mut pair) = Pair::start() else { return };
    let stage = Stage::new();
    let dir = pair.dir("one");
    let mut writer = stage.create(&dir, &pair.primary.address());
    let mut kept = Kept::default();
    stage.append(&mut writer, 1, &mut kept).unwrap();
    let mut old = pair.primary.beside("old", 3);
    old.copy_from(&pair.primary);
    append_rest(&stage, &mut writer, &mut kept);
    drop(writer);
    pair.primary.kill();
    old.start();
    let refused = node::change_address(&dir, &old.address());
    assert!(matches!(refused, Err(OpenError::Shared(SharedFault::Behind { found: 2, .. }))), "{refused:?}");
    assert_eq!(sizes(&old), (2, 2));
    pair.primary.start();
    pair.primary.until("SELECT EXISTS (SELECT FROM pg_stat_replication WHERE sync_state = 'sync')");
    drop(stage.open(&dir).unwrap());
    stage.require_whole(&[dir], &[kept]);
}

/// The server committed, and its answer never came: sent again, the event is where it was.
#[test]
fn an_answer_that_was_lost_after_commit_changes_no_place() {
    let Some(pair) = Pair::start() else { return };
    let stage = Stage::new();
    let dir = pair.dir("one");
    let line = Line::to(pair.primary.socket(), &pair.dir("line"));
    let mut writer = stage.create(&dir, &line.address());
    let mut kept = Kept::default();
    for index in 1..stage.said().len() {
        line.cut.store(true, Ordering::SeqCst);
        let fault = fault_of(&stage.append(&mut writer, index, &mut kept).unwrap_err());
        assert!(matches!(fault, SharedFault::NoAnswer { .. }), "{fault:?}");
        drop(writer);
        writer = stage.open(&dir).unwrap();
        assert!(stage.append(&mut writer, index, &mut kept).unwrap(), "event {index} was taken in twice");
    }
    drop(writer);
    stage.require_whole(&[dir], &[kept]);
}

/// Nothing is promoted beside a primary that is alive, or that has less than the folder.
#[test]
fn no_standby_is_promoted_beside_its_primary() {
    let Some(pair) = Pair::start() else { return };
    let stage = Stage::new();
    let dir = pair.dir("one");
    let mut writer = stage.create(&dir, &pair.primary.address());
    append_rest(&stage, &mut writer, &mut Kept::default());
    drop(writer);
    let refused = node::promote(&dir, &pair.standby.address());
    assert!(matches!(refused, Err(OpenError::Shared(SharedFault::PrimaryAlive))), "{refused:?}");
    drop(stage.open(&dir).unwrap());
}
