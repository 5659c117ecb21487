//! The node, as the world meets it: the real program over loopback, real clients, real signals.
//!
//! In: a ledger on voting day to serve, starting and ending a node, a client. Out: what is asked of it, one file each.

mod answers;
mod busy;
mod controlled;
mod crowd;
pub(crate) mod described;
pub(crate) mod failing;
pub(crate) mod front;
mod full;
mod garbage;
mod gone;
mod hosting;
mod killed;
mod lawful;
mod limits;
mod readonly;
mod refused;
mod relieved;
mod reloads;
mod restarted;
mod sent;
pub(crate) mod start;
mod strained;
pub(crate) mod stream;
mod verified;
mod watched;

use std::{
    fs,
    io::{BufRead as _, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::OnceLock,
    time::{Duration, Instant},
};

use demo::{
    act::{semey_clock, semey_seconds},
    cast::Cast,
    stage::play_acts,
};
use event::{Id, SignedEvent, Stamp, Time};
use law::{Fact, facts::TurnoutReported};
use ledger::{Chain, Head};
use node::Writer;

use crate::{
    commands::{hattama, state_directory},
    folders::copy_folder,
};

/// The ledger of Semey on 12 October 2025, when all precincts are open.
pub(crate) struct Stage {
    pub(crate) dir: PathBuf,
    pub(crate) head: Head,
}

/// Played once for all tests.
pub(crate) fn stage() -> &'static Stage {
    static STAGE: OnceLock<Stage> = OnceLock::new();
    STAGE.get_or_init(|| {
        // Statics are never dropped: it stays until the next run.
        let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("serve");
        if dir.exists() {
            fs::remove_dir_all(&dir).unwrap();
        }
        let (mut cast, all) = (Cast::new(demo::SEED), demo::semey_contest());
        let charter = demo::semey_charter(&mut cast).unwrap();
        let opened = Stamp::from_millis(semey_seconds("2025-08-19 10:00") * 1000).unwrap();
        let ledger = dir.join("ledger");
        let mut writer = Writer::create(&ledger, &charter, &cast.secret("log"), opened).unwrap();
        let id = writer.head().state().ledger.unwrap();
        let mut acts = demo::commission_acts(&mut cast, id, std::slice::from_ref(&all)).unwrap();
        acts.extend(demo::calling_acts(&all).unwrap());
        acts.extend(demo::campaign_acts(&all).unwrap());
        let opening = semey_seconds("2025-10-12 07:00");
        let day = demo::voting_day_acts(&all).unwrap().into_iter();
        acts.extend(day.filter(|act| act.at < opening + 3600));
        play_acts(&mut writer, &mut cast, acts, |_| {}).unwrap();
        crate::scene::attach_all(&writer, &ledger);
        let head = writer.head().clone();
        writer.close().unwrap();
        for (label, name) in [("log", "log-key.pem"), ("cec/service", "service-key.pem")] {
            key_file(&ledger.join(name), &cast.secret(label));
        }
        key_file(&dir.join("office.pem"), &cast.secret("cec/office-1"));
        Stage { dir, head }
    })
}

/// PKCS#8 of a seed, mode 0600.
pub(crate) fn key_file(path: &Path, seed: &[u8; 32]) {
    use base64::Engine as _;
    use std::os::unix::fs::PermissionsExt as _;
    let prefix = hex::decode("302e020100300506032b657004220420").unwrap();
    let der = base64::engine::general_purpose::STANDARD.encode([prefix.as_slice(), seed].concat());
    fs::write(path, format!("-----BEGIN PRIVATE KEY-----\n{der}\n-----END PRIVATE KEY-----\n")).unwrap();
    fs::set_permissions(path, fs::Permissions::from_mode(0o600)).unwrap();
}

/// A copy of that ledger, for one test to write to.
pub(crate) fn copied() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    copy_folder(&stage().dir.join("ledger"), &dir.path().join("ledger"));
    dir
}

/// Reports of turnout of one precinct, signed one after the other: each follows the one before.
pub(crate) fn reports(place: usize, count: usize) -> Vec<SignedEvent> {
    let (all, mut cast, head) = (demo::semey_contest(), Cast::new(demo::SEED), &stage().head);
    let precinct = &all.precincts[place % all.precincts.len()];
    let pec = all.pec_id(precinct);
    let label = format!("{pec}/secretary");
    let id = |text: &str| Id::new(text).unwrap();
    let mut last = None;
    let report = |n: usize| {
        let chain = Chain { author: id(&pec), election: Some(id(demo::ELECTION)), desk: id("secretary") };
        let fact = Fact::TurnoutReported(TurnoutReported {
            issued: n as u64,
            precinct: id(&all.precinct_id(precinct)),
        });
        let at = Time::parse(&semey_clock(semey_seconds("2025-10-12 10:00") + n as i64)).unwrap();
        let mut signed = head.draft(chain, &fact, at, vec![cast.key(&label)]).unwrap();
        if let Some((seq, prev)) = last {
            let place = |event: &mut event::Event| (event.author_seq, event.author_prev) = (seq, prev);
            signed.event = signed.event.with_change(place).unwrap();
        }
        cast.sign(&mut signed, std::slice::from_ref(&label)).unwrap();
        last = Some((signed.event.author_seq + 1, signed.hash()));
        signed
    };
    (1..=count).map(report).collect()
}

pub(crate) fn bytes_of(signed: &SignedEvent) -> Vec<u8> {
    event::json::encode(signed).unwrap()
}

/// A running node.
pub(crate) struct Node {
    child: Child,
    pub(crate) address: String,
    log: PathBuf,
}

/// What a node answers.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: ureq::http::HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Node {
    /// Starts a node on `dir/ledger`, on a free port; these words come beside.
    pub(crate) fn start(dir: &Path, words: &[&str]) -> Self {
        Self::try_start(dir, words).unwrap_or_else(|(code, err)| panic!("{code:?} {err}"))
    }

    /// The same, where it may end at once: its code and what it said.
    pub(crate) fn try_start(dir: &Path, words: &[&str]) -> Result<Self, (Option<i32>, String)> {
        Self::try_start_with(dir, words, |_| {})
    }

    /// The same, with something of the system changed for it.
    pub(crate) fn start_with(dir: &Path, words: &[&str], under: impl FnOnce(&mut Command)) -> Self {
        Self::try_start_with(dir, words, under).unwrap_or_else(|(code, err)| panic!("{code:?} {err}"))
    }

    fn try_start_with(
        dir: &Path,
        words: &[&str],
        under: impl FnOnce(&mut Command),
    ) -> Result<Self, (Option<i32>, String)> {
        let (ledger, log) = (dir.join("ledger"), dir.join("log"));
        let mut all = vec!["serve", "--ledger", ledger.to_str().unwrap()];
        if !words.contains(&"--listen") {
            all.extend(["--listen", "127.0.0.1:0"]);
        }
        let file = fs::OpenOptions::new().create(true).append(true).open(&log).unwrap();
        let mut command = hattama(&[all.as_slice(), words].concat());
        under(&mut command);
        let child = command.stdout(Stdio::piped()).stderr(file).spawn().unwrap();
        Self::told_of(child, log)
    }

    /// The same under a limit on the size of files, in KiB: a disk that is full.
    pub(crate) fn on_a_small_disk(dir: &Path, kib: u64) -> Self {
        let log = dir.join("log");
        let file = fs::OpenOptions::new().create(true).append(true).open(&log).unwrap();
        let mut shell = Command::new("bash");
        let script = "trap '' XFSZ; ulimit -S -f \"$1\"; exec \"$2\" serve --ledger \"$3\" --listen 127.0.0.1:0 \
                      --key-rate 0 --address-rate 0";
        shell
            .env("HATTAMA_STATE", state_directory())
            .args(["-c", script, "bash", &kib.to_string(), env!("CARGO_BIN_EXE_hattama")])
            .arg(dir.join("ledger"));
        let child = shell.stdout(Stdio::piped()).stderr(file).spawn().unwrap();
        Self::told_of(child, log).unwrap_or_else(|(code, err)| panic!("{code:?} {err}"))
    }

    /// The disk has room again.
    pub(crate) fn make_room(&self) {
        let id = self.child.id().to_string();
        assert!(
            Command::new("prlimit").args(["--pid", &id, "--fsize=unlimited"]).status().unwrap().success()
        );
    }

    fn told_of(mut child: Child, log: PathBuf) -> Result<Self, (Option<i32>, String)> {
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        if line.is_empty() {
            let code = child.wait().unwrap().code();
            return Err((code, fs::read_to_string(&log).unwrap()));
        }
        Ok(Self { child, address: line.trim_end().to_owned(), log })
    }

    /// The same, and it takes events in.
    pub(crate) fn writing(dir: &Path, words: &[&str]) -> Self {
        let node = Self::start(dir, words);
        node.until("writing", |node| node.get("/readyz").status == 200);
        node
    }

    /// Waits until something holds.
    pub(crate) fn until(&self, what: &str, holds: impl Fn(&Self) -> bool) {
        let begun = Instant::now();
        while !holds(self) {
            assert!(begun.elapsed() < Duration::from_secs(60), "not {what}: {}", self.told());
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// What it logged.
    pub(crate) fn told(&self) -> String {
        fs::read_to_string(&self.log).unwrap()
    }

    pub(crate) fn get(&self, path: &str) -> Answer {
        get(&format!("{}{path}", self.address))
    }

    pub(crate) fn json(&self, path: &str) -> serde_json::Value {
        let answer = self.get(path);
        assert_eq!(answer.status, 200, "{path}: {}", answer.text());
        serde_json::from_slice(&answer.body).unwrap()
    }

    pub(crate) fn post(&self, signed: &SignedEvent) -> Answer {
        self.send("/events", "application/json", &bytes_of(signed)).unwrap()
    }

    /// Posts bytes; an error where the connection broke.
    pub(crate) fn send(&self, path: &str, kind: &str, body: &[u8]) -> Result<Answer, String> {
        sent(&format!("{}{path}", self.address), kind, body)
    }

    /// Memory in MiB that it has on the machine.
    pub(crate) fn memory(&self) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let kib = status.lines().find_map(|line| line.strip_prefix("VmRSS:")?.split_whitespace().next());
        kib.unwrap().parse::<u64>().unwrap() / 1024
    }

    fn signal(&self, signal: &str) {
        Command::new("kill").args([signal, &self.child.id().to_string()]).status().unwrap();
    }

    /// Asks it to end, and tells its code.
    pub(crate) fn end(mut self) -> i32 {
        self.signal("-TERM");
        self.child.wait().unwrap().code().unwrap()
    }

    /// Asks it to end, and waits for nothing.
    pub(crate) fn ask_to_end(&self) {
        self.signal("-TERM");
    }

    pub(crate) fn code(&mut self) -> i32 {
        self.child.wait().unwrap().code().unwrap()
    }

    /// What kills it on the spot, for another thread.
    pub(crate) fn killer(&self) -> impl FnOnce() + Send + use<> {
        let id = self.child.id().to_string();
        move || drop(Command::new("kill").args(["-KILL", &id]).status())
    }

    /// Kills it on the spot.
    pub(crate) fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        // A test that stops must not leave a node behind.
        let _ended = self.child.kill();
        let _waited = self.child.wait();
    }
}

impl Answer {
    fn of(mut response: ureq::http::Response<ureq::Body>) -> Result<Self, String> {
        let body = response.body_mut().with_config().limit(1 << 28).read_to_vec();
        let body = body.map_err(|error| error.to_string())?;
        Ok(Self { status: response.status().as_u16(), headers: response.headers().clone(), body })
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

pub(crate) fn agent() -> ureq::Agent {
    let config = ureq::Agent::config_builder().http_status_as_error(false).proxy(None);
    config.timeout_global(Some(Duration::from_secs(60))).build().new_agent()
}

/// Posts bytes; an error where the connection broke.
pub(crate) fn sent(address: &str, kind: &str, body: &[u8]) -> Result<Answer, String> {
    let request = agent().post(address).header("Content-Type", kind);
    request.send(body).map_err(|error| error.to_string()).and_then(Answer::of)
}

/// The key of the log in `dir/ledger`, as the program tells it.
pub(crate) fn log_vkey(dir: &Path) -> String {
    let (code, out, err) =
        crate::commands::run(&["ledger", "status", dir.join("ledger").to_str().unwrap(), "--json"]);
    assert_eq!(code, 0, "{err}");
    let told: serde_json::Value = serde_json::from_str(&out).unwrap();
    told["log_key"].as_str().unwrap().to_owned()
}

pub(crate) fn get(address: &str) -> Answer {
    agent().get(address).call().map_err(|error| error.to_string()).and_then(Answer::of).unwrap()
}
