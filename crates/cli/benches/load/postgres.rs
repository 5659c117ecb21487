//! PostgreSQL beside the node: one INSERT and one commit for each event, the same bytes, durable.
//!
//! In: a server of its own in the bench's folder, as an unprivileged user, measured by its own `pgbench`. Out: anything that
//! a ledger does beyond keeping bytes.
//!
//! `pgbench` is written in C, comes with the server and times each transaction: no driver of ours is measured with it. It
//! takes at most 128 scripts, so so many of the events are inserted again and again, each as its whole text.

use std::{
    fs::{self, File},
    os::unix::{
        fs::{MetadataExt as _, chown},
        process::CommandExt as _,
    },
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    thread,
    time::{Duration, Instant},
};

use crate::{CLIENTS, ground::Ready};

/// As many scripts as pgbench takes.
const SCRIPTS: usize = 128;

/// A row for each number of clients, or why there is none.
pub(crate) fn rows(dir: &Path, events: &[Ready], time: Duration) {
    println!();
    let server = match Server::start(dir) {
        Ok(server) => server,
        Err(why) => {
            println!("PostgreSQL: skipped, {why}");
            return;
        }
    };
    let version = server.sql("SHOW server_version");
    let settings = "SELECT string_agg(name || '=' || setting, ', ' ORDER BY name) FROM pg_settings WHERE name IN \
                    ('fsync', 'synchronous_commit', 'full_page_writes', 'wal_sync_method')";
    println!(
        "PostgreSQL {version}: one INSERT of an event's bytes a transaction, over its socket; {}",
        server.sql(settings)
    );
    server.sql(
        "CREATE TABLE events (index bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, body bytea NOT NULL)",
    );
    let scripts = scripts(dir, events);
    println!("  clients  inserts/s   p50 ms   p99 ms");
    let mut all = 0;
    for clients in CLIENTS {
        let (rate, mut times) = server.pgbench(&scripts, clients, time);
        times.sort_unstable();
        let at = |percent: usize| times[(times.len() * percent / 100).min(times.len() - 1)] as f64 / 1e3;
        println!("  {clients:>7} {rate:>10.0} {:>8.2} {:>8.2}", at(50), at(99));
        all += times.len();
    }
    let kept: usize = server.sql("SELECT count(*) FROM events").parse().unwrap();
    assert_eq!(kept, all, "every INSERT that was answered");
    let same = format!("SELECT count(*) > 0 FROM events WHERE body = '\\x{}'", hex::encode(&events[0].body));
    assert_eq!(server.sql(&same), "t", "the bytes of the first event");
}

/// One INSERT each, the event's bytes written out.
fn scripts(dir: &Path, events: &[Ready]) -> Vec<PathBuf> {
    let script = |(n, event): (usize, &Ready)| {
        // The escape format of bytea takes every byte of an event but these two as it is.
        let text = std::str::from_utf8(&event.body).unwrap().replace('\\', "\\\\").replace('\'', "''");
        let path = dir.join(format!("{n}.sql"));
        fs::write(&path, format!("INSERT INTO events (body) VALUES ('{text}');\n")).unwrap();
        path
    };
    let step = events.len().div_ceil(SCRIPTS);
    events.iter().step_by(step).enumerate().map(script).collect()
}

/// A running server; it ends with this.
struct Server {
    child: Child,
    programs: PathBuf,
    dir: PathBuf,
    /// The path of a socket may have a hundred bytes: it lies in a folder of its own with a short name.
    socket: tempfile::TempDir,
}

impl Server {
    fn start(dir: &Path) -> Result<Self, String> {
        let programs = programs().ok_or("no initdb, postgres and pgbench here")?;
        fs::create_dir_all(dir).unwrap();
        let socket = tempfile::tempdir().unwrap();
        let user = unprivileged(dir)?;
        if let Some((user, group)) = user {
            for own in [dir, socket.path()] {
                chown(own, Some(user), Some(group)).map_err(|error| error.to_string())?;
            }
        }
        let data = dir.join("data");
        let mut initdb = as_user(&programs.join("initdb"), dir, user);
        initdb.args(["-U", "bench", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync", "-D"]).arg(&data);
        let made = initdb.output().map_err(|error| format!("initdb: {error}"))?;
        if !made.status.success() {
            let told = String::from_utf8_lossy(&made.stderr).into_owned();
            return Err(format!("initdb: {}", told.lines().next().unwrap_or_default()));
        }
        let log = File::create(dir.join("log")).unwrap();
        let child = as_user(&programs.join("postgres"), dir, user)
            .arg("-D")
            .arg(&data)
            .arg("-k")
            .arg(socket.path())
            .args(["-c", "listen_addresses=", "-c", "fsync=on", "-c", "synchronous_commit=on"])
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .map_err(|error| format!("postgres: {error}"))?;
        let server = Self { child, programs, dir: dir.to_owned(), socket };
        let begun = Instant::now();
        while !server.psql("SELECT 1").status.success() {
            if begun.elapsed() > Duration::from_secs(60) {
                return Err(fs::read_to_string(dir.join("log")).unwrap_or_default());
            }
            thread::sleep(Duration::from_millis(100));
        }
        Ok(server)
    }

    fn psql(&self, words: &str) -> Output {
        let mut psql = Command::new(self.programs.join("psql"));
        psql.arg("-h")
            .arg(self.socket.path())
            .args(["-X", "-At", "-U", "bench", "-d", "postgres", "-c", words]);
        psql.output().unwrap()
    }

    fn sql(&self, words: &str) -> String {
        let told = self.psql(words);
        assert!(told.status.success(), "{words}: {}", String::from_utf8_lossy(&told.stderr));
        String::from_utf8_lossy(&told.stdout).trim().to_owned()
    }

    /// Transactions a second, and the microseconds of each.
    fn pgbench(&self, scripts: &[PathBuf], clients: usize, time: Duration) -> (f64, Vec<u64>) {
        let logs = self.dir.join(format!("of-{clients}"));
        fs::create_dir_all(&logs).unwrap();
        let threads = clients.min(thread::available_parallelism().unwrap().get());
        let mut pgbench = Command::new(self.programs.join("pgbench"));
        pgbench.arg("-h").arg(self.socket.path()).args(["-U", "bench", "-n", "-c", &clients.to_string()]);
        pgbench.args(["-j", &threads.to_string(), "-T", &time.as_secs().to_string(), "-l"]);
        pgbench.arg(format!("--log-prefix={}", logs.join("times").display()));
        for script in scripts {
            pgbench.arg("-f").arg(script);
        }
        let done = pgbench.arg("postgres").output().unwrap();
        assert!(done.status.success(), "pgbench: {}", String::from_utf8_lossy(&done.stderr));
        let mut times = Vec::new();
        for log in fs::read_dir(&logs).unwrap() {
            let text = fs::read_to_string(log.unwrap().path()).unwrap();
            times.extend(text.lines().map(|line| line.split(' ').nth(2).unwrap().parse::<u64>().unwrap()));
        }
        // Without the time that connecting took, as for the node.
        let told = String::from_utf8_lossy(&done.stdout);
        let rate = told.lines().find_map(|line| line.strip_prefix("tps = ")?.split(' ').next());
        (rate.unwrap().parse().unwrap(), times)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // An immediate shutdown takes the server's own processes with it, which a killed one may leave behind.
        let _asked = Command::new("kill").args(["-QUIT", &self.child.id().to_string()]).status();
        for _ in 0..100 {
            if matches!(self.child.try_wait(), Ok(Some(_))) {
                return;
            }
            thread::sleep(Duration::from_millis(100));
        }
        let _ended = self.child.kill();
        let _waited = self.child.wait();
    }
}

/// Where the newest server's programs lie: in Debian not in the path.
fn programs() -> Option<PathBuf> {
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().filter_map(Result::ok);
    let number = |path: &PathBuf| path.file_name()?.to_str()?.parse::<u32>().ok();
    let newest = versions.map(|version| version.path()).max_by_key(number).map(|path| path.join("bin"));
    let path = std::env::var_os("PATH").unwrap_or_default();
    newest.into_iter().chain(std::env::split_paths(&path)).find(|folder| {
        ["initdb", "postgres", "psql", "pgbench"].iter().all(|program| folder.join(program).exists())
    })
}

/// The server refuses root: who else runs it, if we are root.
fn unprivileged(dir: &Path) -> Result<Option<(u32, u32)>, String> {
    if fs::metadata(dir).map_err(|error| error.to_string())?.uid() != 0 {
        return Ok(None);
    }
    let users = fs::read_to_string("/etc/passwd").map_err(|error| error.to_string())?;
    let found = users.lines().find_map(|line| line.strip_prefix("postgres:")?.split_once(':'));
    let mut ids = found.map_or("", |(_, rest)| rest).split(':').map_while(|id| id.parse().ok());
    let none = "root may not run it, and there is no user postgres";
    Ok(Some((ids.next().ok_or(none)?, ids.next().ok_or(none)?)))
}

fn as_user(program: &Path, dir: &Path, user: Option<(u32, u32)>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(dir).env("HOME", dir);
    if let Some((user, group)) = user {
        command.uid(user).gid(group);
    }
    command
}
