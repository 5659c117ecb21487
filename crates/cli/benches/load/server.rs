//! The node that is measured: the program itself, on a free port.
//!
//! In: starting and ending it, what it counts, how much of the processor it took. Out: who asks it (`clients`).

use std::{
    fs::{self, File},
    io::{BufRead as _, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use crate::clients::ask;

/// Limits would be what is measured: none of them is in force but the queue, which 64 clients never fill.
pub(crate) const WORDS: [&str; 8] =
    ["--address-rate", "0", "--reader-rate", "0", "--key-rate", "0", "--queue", "1024"];

/// The kernel counts the processor in hundredths of a second.
const TICK: Duration = Duration::from_millis(10);

/// A running node; it ends with this.
pub(crate) struct Server {
    child: Child,
    socket: String,
    log: PathBuf,
}

/// What a node has counted so far.
#[derive(Clone, Copy)]
pub(crate) struct Figures {
    /// Entries acknowledged.
    pub(crate) entries: u64,
    /// Groups made durable.
    pub(crate) groups: u64,
    /// Events in them.
    pub(crate) grouped: u64,
    /// Processor time that the process took.
    pub(crate) processor: Duration,
}

impl Server {
    /// Serves the ledger in a folder, and waits until events are taken in.
    pub(crate) fn start(dir: &Path) -> Self {
        let log = dir.join("log");
        let mut child = Command::new(env!("CARGO_BIN_EXE_hattama"))
            .env("HATTAMA_STATE", dir.join("state"))
            .args(["serve", "--listen", "127.0.0.1:0", "--ledger"])
            .arg(dir.join("ledger"))
            .args(WORDS)
            .stdout(Stdio::piped())
            .stderr(File::create(&log).unwrap())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let socket = line.trim_end().trim_start_matches("http://").to_owned();
        let node = Self { child, socket, log };
        node.until("writing", || ask(&node.socket, "readyz").is_ok_and(|(status, _)| status == 200));
        node
    }

    /// Address and port.
    pub(crate) fn socket(&self) -> &str {
        &self.socket
    }

    /// What it has counted so far.
    pub(crate) fn figures(&self) -> Figures {
        let (status, text) = ask(&self.socket, "metrics").unwrap();
        assert_eq!(status, 200, "{text}");
        // All are whole numbers, some written as 12.0.
        let of = |name: &str| -> u64 {
            let value = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
            value.unwrap().trim_end_matches(".0").parse().unwrap()
        };
        Figures {
            entries: of("hattama_entries"),
            groups: of("hattama_group_events_count"),
            grouped: of("hattama_group_events_sum"),
            processor: processor(self.child.id()),
        }
    }

    /// The same, once it holds so many entries and has counted the last group, which it does after the answers.
    pub(crate) fn settled(&self, entries: u64) -> Figures {
        assert_eq!(self.figures().entries, entries, "every acknowledged event, and no other");
        thread::sleep(Duration::from_millis(50));
        self.figures()
    }

    fn until(&self, what: &str, holds: impl Fn() -> bool) {
        let begun = Instant::now();
        while !holds() {
            let told = || fs::read_to_string(&self.log).unwrap_or_default();
            assert!(begun.elapsed() < Duration::from_secs(60), "not {what}: {}", told());
            thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // A bench that stops must not leave a node behind.
        let _ended = self.child.kill();
        let _waited = self.child.wait();
    }
}

/// User and system time of a process.
fn processor(id: u32) -> Duration {
    let stat = fs::read_to_string(format!("/proc/{id}/stat")).unwrap_or_default();
    // The name of the program, in brackets, may hold anything.
    let fields = stat.rsplit_once(") ").map_or("", |(_, fields)| fields).split(' ');
    TICK * fields.skip(11).take(2).map(|ticks| ticks.parse::<u32>().unwrap_or(0)).sum::<u32>()
}
