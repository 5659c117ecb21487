//! `ledger restore`: the voting night goes on from a backup, with one history; what is older than anybody knows, or has an old node that may
//! run, is not restored.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Stdio,
    time::Duration,
};

use event::Time;
use law::facts::LogKeyReplaced;
use ledger::Chain;

use super::{
    World, append,
    backed_up::{back_up, backed_up},
    is_read_only, publish, signed,
};
use crate::{
    commands::{hattama, run},
    folders::copy_folder,
    serve::{Node, bytes_of, copied, key_file, reports, stage},
};

/// The log key of the stage, in a file.
fn log_key(dir: &Path) -> String {
    let path = dir.join("log-key.pem");
    if !path.exists() {
        key_file(&path, &demo::cast::Cast::new(demo::SEED).secret("log"));
    }
    path.to_str().unwrap().to_owned()
}

/// Another machine: its folder, and the state directory that knows nothing.
struct Machine {
    dir: PathBuf,
    state: String,
}

impl Machine {
    fn new(dir: &Path, name: &str) -> Self {
        let dir = dir.join(name);
        fs::create_dir(&dir).unwrap();
        let state = dir.join("state").to_str().unwrap().to_owned();
        Self { dir, state }
    }

    fn ledger(&self) -> PathBuf {
        self.dir.join("ledger")
    }

    fn restore(&self, from: &Path, words: &[&str]) -> (i32, String) {
        let (ledger, key) = (self.ledger(), log_key(&self.dir));
        let own = ["ledger", "restore", from.to_str().unwrap(), "--to", ledger.to_str().unwrap()];
        let own = [&own[..], &["--log-key", &key, "--state", &self.state]].concat();
        let (code, out, err) = run(&[&own[..], words].concat());
        (code, format!("{out}{err}"))
    }

    /// The keys, which no backup has.
    fn take_keys(&self) {
        for (label, name) in [("log", "log-key.pem"), ("cec/service", "service-key.pem")] {
            key_file(&self.ledger().join(name), &demo::cast::Cast::new(demo::SEED).secret(label));
        }
    }

    fn is_empty(&self) -> bool {
        !self.ledger().exists() && !self.dir.join("ledger.restoring").exists()
    }
}

/// The newest checkpoint of `dir/ledger` in a file.
fn kept_checkpoint(dir: &Path, name: &str) -> String {
    let path = dir.join(name);
    fs::write(&path, signed(dir).1).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn the_voting_night_goes_on_from_a_backup_with_one_history() {
    let dir = copied();
    let (to, older) = (dir.path().join("backup"), dir.path().join("older"));
    let mut node = Node::writing(dir.path(), &["--key-rate", "0"]);
    assert_eq!(node.post(&reports(1, 1)[0]).status, 201);
    backed_up(dir.path(), &to);
    copy_folder(&to, &older);
    let answer = node.post(&reports(2, 1)[0]);
    let receipt = dir.path().join("newest.tlog-proof");
    fs::write(&receipt, answer.json()["receipt"].as_str().unwrap()).unwrap();
    backed_up(dir.path(), &to);
    let (size, root) = (signed(dir.path()).0, fs::read(dir.path().join("ledger/journal")).unwrap());
    node.kill();
    // The machine is lost. On another one nothing is written before somebody answers for the old node and for the newest state.
    let machine = Machine::new(dir.path(), "second");
    let pin = receipt.to_str().unwrap();
    for (from, words, code, says) in [
        (&to, &["--pin", pin][..], 1, "two nodes under one log key make two histories"),
        (&to, &["--old-node-gone"], 2, "--pin"),
        (&to, &["--old-node-gone", "--quorum-first", "--pin", pin], 64, "cannot be used with"),
        (&to, &["--quorum-first", "--pin", pin], 64, "--policy"),
        (&to, &["--old-node-gone", "--pin", to.to_str().unwrap()], 64, "which lies in it"),
        (&older, &["--old-node-gone", "--pin", pin], 1, "rolled back"),
    ] {
        let (found, told) = machine.restore(from, words);
        assert!(found == code && told.contains(says), "{words:?}: {found} {told}");
        assert!(machine.is_empty(), "{words:?}");
    }
    // What contradicts the older one is kept.
    let kept = machine.dir.join("ledger.contradictions");
    assert_eq!(fs::read_dir(&kept).unwrap().count(), 1);
    let (code, told) = machine.restore(&to, &["--old-node-gone", "--pin", pin]);
    assert!(code == 0 && told.contains("is the ledger now"), "{code} {told}");
    assert_eq!(signed(&machine.dir).0, size);
    let (code, told) = machine.restore(&to, &["--old-node-gone", "--pin", pin]);
    assert!(code == 2 && told.contains("restore into a new folder"), "{code} {told}");
    machine.take_keys();
    let node = Node::writing(&machine.dir, &["--key-rate", "0", "--state", &machine.state]);
    assert_eq!(node.post(&reports(2, 1)[0]).status, 200, "what was acknowledged is there");
    assert_eq!(node.post(&reports(3, 1)[0]).status, 201);
    assert_eq!(node.end(), 0);
    // Restored a second time on the machine that has it already: it is not gone.
    let ledger = machine.dir.join("again");
    let again =
        ["ledger", "restore", to.to_str().unwrap(), "--to", ledger.to_str().unwrap(), "--old-node-gone"];
    let key = log_key(&machine.dir);
    let (code, out, err) =
        run(&[&again[..], &["--log-key", &key, "--state", &machine.state, "--pin", pin]].concat());
    assert!(code == 1 && err.contains("on this machine") && !ledger.exists(), "{code} {out}{err}");
    let (old, new) = (dir.path().join("ledger"), machine.ledger());
    assert_eq!(root, fs::read(old.join("journal")).unwrap());
    let (code, out, err) = run(&["verify", new.to_str().unwrap(), "--pin", old.to_str().unwrap()]);
    assert!(code == 0 && out.contains("Anchored"), "{code} {out}{err}");
    // The restored one is backed up into the same backup; the lost one is an old copy to it.
    assert_eq!(backed_up(&machine.dir, &to)["entries"].as_u64(), Some(size + 1));
    let (code, out, err) = back_up(dir.path(), &to, &[]);
    assert!(code == 1 && err.contains("old copy"), "{code} {out}{err}");
}

#[test]
fn a_ledger_is_restored_from_what_was_published_and_never_behind_it() {
    let dir = copied();
    let (public, zip, copy) =
        (dir.path().join("public"), dir.path().join("public.zip"), dir.path().join("copy"));
    let to = dir.path().join("backup");
    backed_up(dir.path(), &to);
    for (place, n) in [(&public, 1), (&zip, 2)] {
        let (code, told) = append(dir.path(), &reports(n, 1)[0], &[]);
        assert_eq!(code, 0, "{told}");
        let (code, told) = publish(dir.path(), place, &[]);
        assert_eq!(code, 0, "{told}");
    }
    copy_folder(&dir.path().join("ledger"), &copy.join("ledger"));
    let newest = kept_checkpoint(dir.path(), "newest");
    // A backup from before the publication: the place shows more, named or not.
    let machine = Machine::new(dir.path(), "behind");
    let words = ["--old-node-gone", "--place", public.to_str().unwrap()];
    let (code, told) = machine.restore(&to, &words);
    assert!(code == 1 && told.contains("rolled back") && told.contains("new charter"), "{code} {told}");
    assert!(machine.is_empty());
    for (n, from) in [&public, &zip, &copy.join("ledger")].into_iter().enumerate() {
        let machine = Machine::new(dir.path(), &format!("machine-{n}"));
        let (code, told) = machine.restore(from, &["--old-node-gone", "--pin", &newest]);
        // The zip was published later: the folder is behind the newest checkpoint.
        if n == 0 {
            assert!(code == 1 && told.contains("rolled back"), "{code} {told}");
            let (code, told) = machine.restore(from, &words);
            assert!(code == 64 && told.contains("which lies in it"), "{code} {told}");
            continue;
        }
        assert_eq!(code, 0, "{told}");
        let attachments = |dir: &Path| fs::read_dir(dir.join("attachments")).map_or(0, Iterator::count);
        assert_eq!(attachments(&machine.ledger()), attachments(&dir.path().join("ledger")));
        assert_eq!(signed(&machine.dir), signed(dir.path()));
    }
    // A lie in what was published is not restored.
    let bundle = public.join("tile/entries/000");
    let mut bytes = fs::read(&bundle).unwrap();
    let at = bytes.windows(8).position(|some| some == b"\"issued\"").unwrap_or(300);
    bytes[at + 12] ^= 1;
    fs::write(&bundle, bytes).unwrap();
    let machine = Machine::new(dir.path(), "lie");
    let (code, told) = machine.restore(&public, &["--old-node-gone", "--pin", &newest]);
    assert!(code == 1 && told.contains("FAILED at"), "{code} {told}");
    assert!(machine.is_empty());
}

#[test]
fn a_restoration_that_was_killed_leaves_nothing_that_signs() {
    let dir = copied();
    let to = dir.path().join("backup");
    backed_up(dir.path(), &to);
    let pin = kept_checkpoint(dir.path(), "newest");
    let machine = Machine::new(dir.path(), "second");
    let (ledger, key) = (machine.ledger(), log_key(&machine.dir));
    let own =
        ["ledger", "restore", to.to_str().unwrap(), "--to", ledger.to_str().unwrap(), "--log-key", &key];
    let words = [&own[..], &["--state", &machine.state, "--old-node-gone", "--pin", &pin]].concat();
    let mut restored = false;
    for round in 0..8_u64 {
        let mut child = hattama(&words).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(5 + round * round * 12));
        let _ended_already = child.kill();
        child.wait().unwrap();
        if ledger.exists() {
            // It has its name and all of its entries, and it is the ledger or a copy that says so.
            assert_eq!(signed(&machine.dir), signed(dir.path()));
            machine.take_keys();
            let node = Node::start(&machine.dir, &["--state", &machine.state]);
            node.until("settled", |node| {
                node.get("/readyz").status == 200 || is_read_only(node, "is a copy")
            });
            restored |= node.get("/readyz").status == 200;
            assert_eq!(node.end(), 0);
            fs::remove_dir_all(&ledger).unwrap();
            if restored {
                break;
            }
        }
    }
    if !restored {
        let (code, told) = machine.restore(&to, &["--old-node-gone", "--pin", &pin]);
        assert_eq!(code, 0, "{told}");
    }
    assert!(!machine.dir.join("ledger.restoring").exists() || restored);
}

#[test]
fn while_the_old_node_may_run_a_restored_ledger_waits_for_the_quorum() {
    let dir = copied();
    let world = World::new(dir.path());
    let (_down, at, policy) = world.cosigned_once(dir.path());
    let to = dir.path().join("backup");
    backed_up(dir.path(), &to);
    let pin = kept_checkpoint(dir.path(), "newest");
    let machine = Machine::new(dir.path(), "second");
    let words = ["--quorum-first", "--policy", policy.as_str(), "--pin", &pin];
    let (code, told) = machine.restore(&to, &words);
    assert!(code == 0 && told.contains("--quorum-first"), "{code} {told}");
    machine.take_keys();
    let state = ["--state", machine.state.as_str()];
    // Nothing writes without the quorum, whatever its words are.
    let (code, told) =
        Node::try_start(&machine.dir, &[&state[..], &["--policy", &policy]].concat()).err().expect("refused");
    assert!(code == Some(1) && told.contains("--quorum-first"), "{code:?} {told}");
    let (code, told) = append(&machine.dir, &reports(1, 1)[0], &state);
    assert!(code == 1 && told.contains("--quorum-first"), "{code} {told}");
    let (code, told) = publish(&machine.dir, &dir.path().join("public"), &state);
    assert!(code == 1 && told.contains("--quorum-first"), "{code} {told}");
    let serving = [&state[..], &["--policy", &policy, "--quorum-first", "--key-rate", "0"]].concat();
    let node = Node::writing(&machine.dir, &serving);
    let event = &reports(1, 1)[0];
    assert_eq!(node.post(event).status, 202);
    let _back = [0, 1].map(|n: usize| {
        let listen = at[n].trim_start_matches("http://");
        crate::witness::Witness::start(
            world.dirs[n].path(),
            super::NAMES[n],
            &world.vkey,
            &["--listen", listen],
        )
    });
    node.until("acknowledged", |node| node.post(event).status == 200);
    assert_eq!(node.end(), 0);
    // The old node, back on its own disk with the same key, does not even start: the witnesses show more under its key.
    let (code, told) = Node::try_start(dir.path(), &["--policy", &policy]).err().expect("refused");
    assert!(code == Some(1) && told.contains("rolled back"), "{code:?} {told}");
    // Once people say that it is gone, every way of writing is open again.
    let (ledger, key) = (machine.ledger(), log_key(&machine.dir));
    let check = ["ledger", "check", ledger.to_str().unwrap(), "--log-key", &key, "--old-node-gone"];
    let (code, out, err) = run(&[&check[..], &state].concat());
    assert_eq!(code, 0, "{out}{err}");
    let (code, told) = append(&machine.dir, &reports(3, 1)[0], &state);
    assert_eq!(code, 0, "{told}");
}

#[test]
fn a_log_key_that_the_root_keys_replaced_lets_another_machine_go_on() {
    let dir = copied();
    let to = dir.path().join("backup");
    backed_up(dir.path(), &to);
    let pin = kept_checkpoint(dir.path(), "newest");
    let (mut cast, head) = (demo::cast::Cast::new(demo::SEED), &stage().head);
    let id = |text: &str| event::Id::new(text).unwrap();
    let chain = Chain { author: law::cec_id(), election: None, desk: id("board") };
    let next = cast.key("log-2");
    let body =
        LogKeyReplaced { ground: event::Text::new("Сервер жоғалды").unwrap(), log_key: next };
    let roots = ["cec/root-1", "cec/root-2"].map(str::to_owned);
    let keys = roots.each_ref().map(|label| cast.key(label));
    let at = Time::parse("2025-10-12T11:00:00+05:00").unwrap();
    let mut event = head.draft(chain, &law::Fact::LogKeyReplaced(body), at, keys.to_vec()).unwrap();
    cast.sign(&mut event, &roots).unwrap();
    let file = dir.path().join("replaced.json");
    fs::write(&file, bytes_of(&event)).unwrap();
    let replaced = ["--log-key-replaced", file.to_str().unwrap(), "--pin", &pin];
    // With the old key, the event names another.
    let machine = Machine::new(dir.path(), "second");
    let (code, told) = machine.restore(&to, &replaced);
    assert!(code == 1 && told.contains("the one in --log-key"), "{code} {told}");
    assert!(machine.is_empty());
    fs::remove_file(machine.dir.join("log-key.pem")).unwrap();
    key_file(&machine.dir.join("log-key.pem"), &cast.secret("log-2"));
    let (code, told) = machine.restore(&to, &replaced);
    assert_eq!(code, 0, "{told}");
    assert_eq!(signed(&machine.dir).0, head.size() + 1);
    machine.take_keys();
    key_file(&machine.ledger().join("log-key.pem"), &cast.secret("log-2"));
    let node = Node::writing(&machine.dir, &["--state", &machine.state]);
    assert_eq!(node.post(&reports(1, 1)[0]).status, 201);
    assert_eq!(node.end(), 0);
    let (code, out, err) = run(&["verify", machine.ledger().to_str().unwrap(), "--pin", &pin]);
    assert_eq!(code, 0, "{out}{err}");
}
