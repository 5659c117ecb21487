//! Real PostgreSQL: a primary and a synchronous standby in one folder, and ways to harm them.

use std::{
    fs,
    io::Write as _,
    os::unix::{fs::PermissionsExt as _, process::CommandExt as _},
    path::PathBuf,
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use tempfile::TempDir;

/// Nobody in particular: PostgreSQL does not run as root.
const UNPRIVILEGED: u32 = 65534;

/// The folder of the programs, if this job is asked for and they are here.
pub(crate) fn programs() -> Option<PathBuf> {
    if std::env::var_os("HATTAMA_POSTGRES").is_none() {
        eprintln!("skipped: PostgreSQL, without HATTAMA_POSTGRES=1");
        return None;
    }
    let named = std::env::var_os("HATTAMA_POSTGRES_BIN").map(PathBuf::from);
    let installed = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut found: Vec<PathBuf> = installed.map(|version| version.path().join("bin")).chain(named).collect();
    found.retain(|bin| bin.join("initdb").exists() && bin.join("postgres").exists());
    let last = found.pop();
    if last.is_none() {
        eprintln!("skipped: no PostgreSQL here");
    }
    last
}

/// One server.
pub(crate) struct Server {
    bin: PathBuf,
    pub(crate) data: PathBuf,
    sockets: PathBuf,
    pub(crate) port: u16,
    process: Option<Child>,
}

/// A primary, and a standby that it waits for.
pub(crate) struct Pair {
    pub(crate) primary: Server,
    pub(crate) standby: Server,
    pub(crate) home: TempDir,
}

fn as_nobody(command: &mut Command) -> &mut Command {
    if is_root() {
        command.uid(UNPRIVILEGED).gid(UNPRIVILEGED);
    }
    command
}

fn is_root() -> bool {
    fs::read_to_string("/proc/self/status").unwrap().contains("Uid:\t0\t")
}

fn run(command: &mut Command) {
    let done = as_nobody(command).stdin(Stdio::null()).output().unwrap();
    assert!(done.status.success(), "{command:?}: {}", String::from_utf8_lossy(&done.stderr));
}

impl Pair {
    /// Both, running.
    pub(crate) fn start() -> Option<Self> {
        let bin = programs()?;
        let home = TempDir::new().unwrap();
        fs::set_permissions(home.path(), fs::Permissions::from_mode(0o755)).unwrap();
        let sockets = home.path().join("pg");
        fs::create_dir(&sockets).unwrap();
        if is_root() {
            std::os::unix::fs::chown(&sockets, Some(UNPRIVILEGED), Some(UNPRIVILEGED)).unwrap();
        }
        let server = |name: &str, port| Server {
            bin: bin.clone(),
            data: sockets.join(name),
            sockets: sockets.clone(),
            port,
            process: None,
        };
        let mut primary = server("primary", 1);
        let data = primary.data.display().to_string();
        run(Command::new(bin.join("initdb")).args([
            "-D",
            &data,
            "-A",
            "trust",
            "-U",
            "hattama",
            "-E",
            "UTF8",
            "--no-locale",
            "--no-sync",
        ]));
        primary.configure(
            "listen_addresses = ''\nwal_keep_size = '256MB'\nmax_wal_senders = 8\nwal_log_hints = on\n",
        );
        primary.start();
        let mut pair = Self { standby: server("standby", 2), primary, home };
        pair.standby.copy_from(&pair.primary);
        pair.standby.follow(&pair.primary);
        pair.standby.start();
        pair.primary.wait_for("standby");
        Some(pair)
    }

    pub(crate) fn dir(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }
}

impl Server {
    /// The address for a node.
    pub(crate) fn address(&self) -> String {
        self.address_as("hattama", "postgres")
    }

    pub(crate) fn address_as(&self, role: &str, database: &str) -> String {
        format!("postgres:///{database}?host={}&port={}&user={role}", self.sockets.display(), self.port)
    }

    pub(crate) fn socket(&self) -> PathBuf {
        self.sockets.join(format!(".s.PGSQL.{}", self.port))
    }

    fn configure(&self, lines: &str) {
        let file = fs::OpenOptions::new().append(true).open(self.data.join("postgresql.conf"));
        file.unwrap().write_all(lines.as_bytes()).unwrap();
    }

    /// A base backup of another server, not yet running.
    pub(crate) fn copy_from(&self, other: &Self) {
        let (data, host, port) =
            (self.data.display().to_string(), other.sockets.display().to_string(), other.port.to_string());
        run(Command::new(self.bin.join("pg_basebackup")).args([
            "-D",
            &data,
            "-h",
            &host,
            "-p",
            &port,
            "-U",
            "hattama",
            "-c",
            "fast",
            "--no-sync",
        ]));
    }

    /// Another server beside this one, not yet made.
    pub(crate) fn beside(&self, name: &str, port: u16) -> Self {
        let (bin, sockets) = (self.bin.clone(), self.sockets.clone());
        Self { bin, data: sockets.join(name), sockets, port, process: None }
    }

    /// Makes this a standby of another server when it starts.
    pub(crate) fn follow(&self, other: &Self) {
        let name = self.data.file_name().unwrap().to_string_lossy();
        let line = format!(
            "primary_conninfo = 'host={} port={} user=hattama application_name={name}'\n",
            other.sockets.display(),
            other.port
        );
        self.configure(&line);
        let signal = self.data.join("standby.signal");
        fs::write(&signal, "").unwrap();
        if is_root() {
            std::os::unix::fs::chown(&signal, Some(UNPRIVILEGED), Some(UNPRIVILEGED)).unwrap();
        }
    }

    pub(crate) fn start(&mut self) {
        let path = self.sockets.join(format!("log-{}", self.port));
        let log = fs::OpenOptions::new().create(true).append(true).open(path).unwrap();
        // What a server that was killed left behind.
        let _none = fs::remove_file(self.data.join("postmaster.pid"));
        let mut command = Command::new(self.bin.join("postgres"));
        command.args(["-D", &self.data.display().to_string(), "-k", &self.sockets.display().to_string()]);
        command.args(["-p", &self.port.to_string()]).stdin(Stdio::null()).stdout(Stdio::null()).stderr(log);
        self.process = Some(as_nobody(&mut command).spawn().unwrap());
        let until = Instant::now() + Duration::from_secs(60);
        while postgres::Client::connect(&self.address(), postgres::NoTls).is_err() {
            assert!(Instant::now() < until, "the server does not start: {}", self.log());
            thread::sleep(Duration::from_millis(50));
        }
    }

    fn log(&self) -> String {
        fs::read_to_string(self.sockets.join(format!("log-{}", self.port))).unwrap_or_default()
    }

    pub(crate) fn client(&self) -> postgres::Client {
        postgres::Client::connect(&self.address(), postgres::NoTls).unwrap()
    }

    pub(crate) fn say(&self, statement: &str) {
        self.client().batch_execute(statement).unwrap();
    }

    /// Has this primary wait for the standby of a name, and waits until it is there.
    pub(crate) fn wait_for(&self, standby: &str) {
        self.say(&format!("ALTER SYSTEM SET synchronous_standby_names = '{standby}'"));
        self.say("SELECT pg_reload_conf()");
        self.until("SELECT EXISTS (SELECT FROM pg_stat_replication WHERE sync_state = 'sync')");
    }

    /// Waits until something is so.
    pub(crate) fn until(&self, question: &str) {
        let until = Instant::now() + Duration::from_secs(60);
        while !self.client().query_one(question, &[]).unwrap().get::<_, bool>(0) {
            assert!(Instant::now() < until, "{question}: never");
            thread::sleep(Duration::from_millis(20));
        }
    }

    fn processes(&self) -> Vec<u32> {
        let Some(first) = self.process.as_ref().map(Child::id) else { return Vec::new() };
        let children = fs::read_to_string(format!("/proc/{first}/task/{first}/children")).unwrap_or_default();
        let children = children.split_whitespace().map(|id| id.parse().unwrap());
        std::iter::once(first).chain(children).collect()
    }

    fn signal(&self, signal: &str) {
        for id in self.processes() {
            // One that has just ended needs none.
            let _ended =
                Command::new("kill").args([signal, &id.to_string()]).stderr(Stdio::null()).status().unwrap();
        }
    }

    /// As a power cut does to the processes.
    pub(crate) fn kill(&mut self) {
        self.signal("-KILL");
        if let Some(mut process) = self.process.take() {
            process.wait().unwrap();
        }
        // Its memory and its socket are let go of when the last of them is gone.
        thread::sleep(Duration::from_millis(300));
    }

    pub(crate) fn freeze(&self) {
        self.signal("-STOP");
    }

    pub(crate) fn thaw(&self) {
        self.signal("-CONT");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.thaw();
        self.kill();
    }
}
