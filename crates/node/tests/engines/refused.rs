//! Databases that are not written to, each with its own sentence.

use store::{CreateError, OpenError, SharedFault};

use crate::{
    cluster::Pair,
    stage::{Kept, Stage},
};

/// What opening a folder says.
fn refusal(dir: &std::path::Path) -> SharedFault {
    match shared_store::open_engine(dir, false) {
        Err(OpenError::Shared(fault)) => fault,
        other => panic!("{:?}", other.map(|_| ())),
    }
}

#[test]
fn every_database_that_is_not_this_ledgers_has_its_own_sentence() {
    let Some(pair) = Pair::start() else { return };
    let stage = Stage::new();
    let dir = pair.dir("one");
    let address = pair.primary.address();
    let mut writer = stage.create(&dir, &address);
    let mut kept = Kept::default();
    for index in 1..5 {
        stage.append(&mut writer, index, &mut kept).unwrap();
    }
    drop(writer);
    let say = |statement: &str| pair.primary.say(statement);
    let point_to = |address: &str| {
        let mark = serde_json::json!({ "address": address, "epoch": 1 });
        std::fs::write(dir.join(store::FOLLOWS), mark.to_string()).unwrap();
    };

    // A ledger is there; a database that was made anew; the standby.
    let taken = shared_store::create_shared(&pair.dir("two"), &address).map(|_| ());
    assert!(matches!(taken, Err(CreateError::Shared(SharedFault::Taken { size: 5, .. }))), "{taken:?}");
    say("CREATE DATABASE anew");
    let anew = pair.primary.address_as("hattama", "anew");
    point_to(&anew);
    assert!(matches!(refusal(&dir), SharedFault::NoLedger { .. }));
    assert!(matches!(
        node::change_address(&pair.dir("one"), &pair.standby.address()),
        Err(OpenError::Shared(SharedFault::Standby { .. }))
    ));
    point_to(&pair.standby.address());
    assert!(matches!(refusal(&dir), SharedFault::Standby { .. }));

    // Another ledger, and one with less of this one.
    drop(shared_store::create_shared(&pair.dir("three"), &anew).unwrap());
    point_to(&anew);
    assert!(matches!(refusal(&dir), SharedFault::Behind { expected: 5, found: 0 }));
    pair.primary.client().batch_execute("SELECT 1").unwrap();
    let mut other = postgres::Client::connect(&anew, postgres::NoTls).unwrap();
    other.batch_execute("UPDATE hattama.head SET ledger = decode(repeat('07', 32), 'hex')").unwrap();
    assert!(matches!(refusal(&dir), SharedFault::OtherLedger { .. }));

    require_rights_by_name(&pair, &stage, &dir, &point_to);

    // An epoch that is past, another version, an entry that is gone, one that was changed.
    point_to(&address);
    std::fs::write(
        dir.join(store::FOLLOWS),
        serde_json::json!({ "address": address, "epoch": 2 }).to_string(),
    )
    .unwrap();
    assert_eq!(refusal(&dir), SharedFault::Epoch { expected: 2, found: 1 });
    point_to(&address);
    say("UPDATE hattama.schema_version SET version = 2");
    assert_eq!(refusal(&dir), SharedFault::Version { expected: 1, found: 2 });
    say("UPDATE hattama.schema_version SET version = 1");
    for harm in
        ["UPDATE hattama.entry SET entry = 'x'", "DELETE FROM hattama.entry", "TRUNCATE hattama.entry"]
    {
        assert!(pair.primary.client().batch_execute(harm).is_err(), "{harm}");
    }
    say(
        "ALTER TABLE hattama.entry DISABLE TRIGGER entries_stay; UPDATE hattama.entry SET entry = 'x' WHERE index = 4",
    );
    assert_eq!(refusal(&dir), SharedFault::Differs { index: 4 });
    say("DELETE FROM hattama.entry WHERE index = 4");
    assert_eq!(refusal(&dir), SharedFault::EntryGone { index: 4 });
    assert!(matches!(
        node::change_address(&dir, "postgres://a@192.0.2.1/l"),
        Err(OpenError::Shared(SharedFault::Plain { .. }))
    ));
}

/// Roles that may not write, or not see the standbys.
fn require_rights_by_name(pair: &Pair, stage: &Stage, dir: &std::path::Path, point_to: &dyn Fn(&str)) {
    let say = |statement: &str| pair.primary.say(statement);
    say(
        "CREATE ROLE reader LOGIN; GRANT USAGE ON SCHEMA hattama TO reader; GRANT SELECT ON ALL TABLES IN SCHEMA hattama TO reader",
    );
    point_to(&pair.primary.address_as("reader", "postgres"));
    assert_eq!(refusal(dir), SharedFault::MayNotWrite { role: "reader".to_owned() });
    say("GRANT INSERT ON hattama.entry TO reader; GRANT UPDATE ON hattama.head TO reader");
    assert_eq!(refusal(dir), SharedFault::MayNotWatch { role: "reader".to_owned() });
    say("GRANT pg_monitor TO reader");
    drop(stage.open(dir).unwrap());
    say("CREATE ROLE stranger LOGIN");
    point_to(&pair.primary.address_as("stranger", "postgres"));
    assert_eq!(refusal(dir), SharedFault::MayNotWrite { role: "stranger".to_owned() });
}

/// Nobody has to be waited for, or nobody answers: nothing is taken in, and it is told.
#[test]
fn nothing_is_taken_in_without_a_synchronous_standby() {
    let Some(mut pair) = Pair::start() else { return };
    let stage = Stage::new();
    let dir = pair.dir("one");
    let mut writer = stage.create(&dir, &pair.primary.address());
    let mut kept = Kept::default();
    stage.append(&mut writer, 1, &mut kept).unwrap();
    pair.primary.say("ALTER SYSTEM SET synchronous_standby_names = ''");
    pair.primary.say("SELECT pg_reload_conf()");
    pair.primary.until("SELECT current_setting('synchronous_standby_names') = ''");
    let shared = |fault: node::AppendError| match fault {
        node::AppendError::Commit(store::CommitError::Shared(fault)) => fault,
        other => panic!("{other}"),
    };
    assert_eq!(shared(stage.append(&mut writer, 2, &mut kept).unwrap_err()), SharedFault::NoneNamed);
    drop(writer);
    assert_eq!(refusal(&dir), SharedFault::NoneNamed);
    pair.primary.wait_for("standby");
    let mut writer = stage.open(&dir).unwrap();
    assert!(!stage.append(&mut writer, 2, &mut kept).unwrap());
    pair.standby.kill();
    pair.primary.until("SELECT NOT EXISTS (SELECT FROM pg_stat_replication)");
    assert_eq!(shared(stage.append(&mut writer, 3, &mut kept).unwrap_err()), SharedFault::NoneAnswers);
    drop(writer);
    assert_eq!(refusal(&dir), SharedFault::NoneAnswers);
    pair.standby.start();
    pair.primary.until("SELECT EXISTS (SELECT FROM pg_stat_replication WHERE sync_state = 'sync')");
    let mut writer = stage.open(&dir).unwrap();
    assert!(!stage.append(&mut writer, 3, &mut kept).unwrap());
    drop(writer);
    stage.require_whole(&[dir], &[kept]);
}
