//! What browsers, caches and proxies are told, and requests that two programs could read in two ways.

use std::{
    fs,
    io::{Read as _, Write as _},
    net::TcpStream,
    os::unix::fs::PermissionsExt as _,
    time::Duration,
};

use super::{Node, agent, copied, reports, stage};

/// What is answered to these bytes, until the connection ends.
fn answer_to(node: &Node, bytes: &[u8]) -> String {
    let mut stream = TcpStream::connect(node.address.strip_prefix("http://").unwrap()).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    stream.write_all(bytes).unwrap();
    let mut answer = Vec::new();
    let _broken = stream.read_to_end(&mut answer);
    String::from_utf8_lossy(&answer).into_owned()
}

#[test]
fn a_head_that_can_be_read_in_two_ways_is_refused() {
    let dir = copied();
    let node = Node::writing(dir.path(), &[]);
    let chunked = "Content-Type: application/json\r\nTransfer-Encoding";
    for bad in [
        "GET /healthz HTTP/1.1\r\n\r\n".to_owned(),
        "GET /healthz HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n".to_owned(),
        "GET /healthz HTTP/1.1\nHost: a\n\n".to_owned(),
        "GET /healthz HTTP/1.1\r\nHost: a\nX: y\r\n\r\n".to_owned(),
        format!("POST /events HTTP/1.1\r\nHost: a\r\n{chunked}: gzip, chunked\r\n\r\n0\r\n\r\n"),
        format!("POST /events HTTP/1.1\r\nHost: a\r\n{chunked}: chunked, chunked\r\n\r\n0\r\n\r\n"),
        format!(
            "POST /events HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n{chunked}: chunked\r\n\r\n0\r\n\r\n"
        ),
        // The second of two.
        "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\nGET /healthz HTTP/1.1\nHost: a\r\n\r\n".to_owned(),
    ] {
        let answer = answer_to(&node, bad.as_bytes());
        assert!(answer.contains("HTTP/1.1 400 "), "{bad:?}: {answer}");
    }
    let good = "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\nGET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
    assert_eq!(answer_to(&node, good.as_bytes()).matches("HTTP/1.1 200 ").count(), 2);
    // A chunked event is taken in, and nothing is read after it.
    let body = super::bytes_of(&reports(90, 1)[0]);
    let mut request =
        format!("POST /events HTTP/1.1\r\nHost: a\r\n{chunked}: chunked\r\n\r\n{:x}\r\n", body.len())
            .into_bytes();
    request.extend_from_slice(&body);
    request.extend_from_slice(b"\r\n0\r\n\r\nGET /healthz HTTP/1.1\nHost: a\n\n");
    let answer = answer_to(&node, &request);
    assert!(answer.starts_with("HTTP/1.1 201 ") && answer.matches("HTTP/1.1 ").count() == 1, "{answer}");
    assert_eq!(node.end(), 0);
}

#[test]
fn browsers_and_caches_are_told_what_they_may_do() {
    let dir = copied();
    let published = dir.path().join("published");
    for (name, bytes) in
        [("snapshots/1/results.csv", "a,b\n"), ("snapshots/1/manifest.json", "{}"), ("attachments/ab", "x")]
    {
        let path = published.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    let node = Node::writing(dir.path(), &["--published", published.to_str().unwrap()]);
    for path in ["/checkpoint", "/healthz", "/nothing", "/entries/0", "/snapshots/1/results.csv"] {
        let answer = node.get(path);
        assert_eq!(answer.header("access-control-allow-origin"), "*", "{path}");
        assert!(answer.header("access-control-expose-headers").contains("ETag"), "{path}");
        assert!(answer.header("content-security-policy").contains("default-src 'none'"), "{path}");
        assert_eq!(answer.header("referrer-policy"), "no-referrer", "{path}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert!(
            answer.header("strict-transport-security").is_empty(),
            "plain HTTP says nothing of TLS: {path}"
        );
    }
    for (path, kind) in [
        ("/snapshots/1/results.csv", "text/csv; charset=utf-8"),
        ("/snapshots/1/manifest.json", "application/json"),
        ("/attachments/ab", "application/octet-stream"),
    ] {
        let answer = node.get(path);
        assert_eq!((answer.status, answer.header("content-type")), (200, kind), "{path}");
        assert!(answer.header("cache-control").contains("immutable"), "{path}");
    }
    assert!(!node.get("/snapshots/1/none").header("cache-control").contains("immutable"));
    // A checkpoint that is known is not sent again.
    let known = node.get("/checkpoint").header("etag").to_owned();
    let ask = |tag: &str| {
        agent().get(format!("{}/checkpoint", node.address)).header("If-None-Match", tag).call().unwrap()
    };
    assert_eq!((ask(&known).status().as_u16(), ask("\"other\"").status().as_u16()), (304, 200));
    let config = ureq::Agent::config_builder().http_status_as_error(false).proxy(None).build();
    let preflight = ureq::http::Request::builder()
        .method("OPTIONS")
        .uri(format!("{}/checkpoint", node.address))
        .header("Access-Control-Request-Headers", "if-none-match")
        .body(())
        .unwrap();
    let answer = config.new_agent().run(preflight).unwrap();
    let allowed = answer.headers()["access-control-allow-headers"].to_str().unwrap().to_lowercase();
    assert!(answer.status() == 204 && allowed.contains("if-none-match"), "{allowed}");
    assert_eq!(node.post(&reports(91, 1)[0]).status, 201);
    assert_eq!(ask(&known).status().as_u16(), 200);
    bundles_are_packed(&node);
    assert_eq!(node.end(), 0);
}

fn bundles_are_packed(node: &Node) {
    let path = format!("/tile/entries/000.p/{}", (stage().head.size() + 1).min(255));
    let ask = |offered: &str| {
        let bytes = format!("GET {path} HTTP/1.1\r\nHost: a\r\n{offered}Connection: close\r\n\r\n");
        let mut stream = TcpStream::connect(node.address.strip_prefix("http://").unwrap()).unwrap();
        stream.write_all(bytes.as_bytes()).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let end = answer.windows(4).position(|four| four == b"\r\n\r\n").unwrap();
        (String::from_utf8(answer[..end].to_vec()).unwrap().to_lowercase(), answer[end + 4..].to_vec())
    };
    let (head, plain) = ask("");
    assert!(head.starts_with("http/1.1 200") && !head.contains("content-encoding"), "{head}");
    let (head, packed) = ask("Accept-Encoding: br, gzip;q=0.5\r\n");
    assert!(head.contains("content-encoding: gzip") && packed.len() < plain.len(), "{head}");
    eprintln!("a bundle of {} bytes is sent in {}", plain.len(), packed.len());
    let mut whole = Vec::new();
    flate2::read::GzDecoder::new(packed.as_slice()).read_to_end(&mut whole).unwrap();
    assert_eq!(whole, plain);
    assert_eq!(ask("Accept-Encoding: gzip;q=0\r\n").1, plain);
}

#[test]
fn operators_have_an_address_of_their_own() {
    let dir = copied();
    let node = Node::writing(dir.path(), &["--metrics", "127.0.0.1:0"]);
    let told = node.told();
    let line = told.lines().find(|line| line.contains("metrics are told")).unwrap();
    let address = line.split("address=").nth(1).unwrap().split_whitespace().next().unwrap();
    assert!(super::get(&format!("http://{address}/metrics")).text().contains("hattama_entries"));
    assert_eq!(super::get(&format!("http://{address}/readyz")).status, 200);
    assert_eq!(super::get(&format!("http://{address}/checkpoint")).status, 404);
    assert_eq!(node.get("/metrics").status, 404);
    assert_eq!(node.get("/readyz").status, 200);
    assert_eq!(node.end(), 0);
}

#[test]
fn a_ledger_that_others_may_write_to_is_not_served() {
    let dir = copied();
    let ledger = dir.path().join("ledger");
    let mode = |mode| fs::set_permissions(&ledger, fs::Permissions::from_mode(mode)).unwrap();
    mode(0o777);
    let (code, err) = Node::try_start(dir.path(), &[]).err().expect("refused");
    assert!(code == Some(2) && err.contains("chmod go-w"), "{code:?} {err}");
    let (at, key) = (ledger.to_str().unwrap(), ledger.join("log-key.pem"));
    let event = dir.path().join("event.json");
    fs::write(&event, super::bytes_of(&reports(95, 1)[0])).unwrap();
    for words in [
        &["ledger", "check", at, "--log-key", key.to_str().unwrap()][..],
        &["ledger", "rebuild-head", at],
        &["event", "append", event.to_str().unwrap(), "--ledger", at],
    ] {
        let (code, out, err) = crate::commands::run(words);
        assert!(code == 2 && err.contains("chmod go-w"), "{words:?}: {code} {out}{err}");
    }
    mode(0o750);
    for name in ["journal", "head"] {
        // As an older version made them.
        fs::set_permissions(ledger.join(name), fs::Permissions::from_mode(0o644)).unwrap();
    }
    let node = Node::writing(dir.path(), &[]);
    for name in ["journal", "head"] {
        assert_eq!(fs::metadata(ledger.join(name)).unwrap().permissions().mode() & 0o777, 0o600, "{name}");
    }
    assert_eq!(node.end(), 0);
}

/// A node that runs as nobody, on a ledger that belongs to itself or to somebody else.
#[test]
fn a_ledger_of_another_user_is_not_served() {
    use std::os::unix::{fs::chown, process::CommandExt as _};
    const NOBODY: u32 = 65534;
    let dir = copied();
    let (ledger, state) = (dir.path().join("ledger"), dir.path().join("state"));
    fs::create_dir(&state).unwrap();
    let own = |path: &std::path::Path, user| chown(path, Some(user), Some(user)).is_ok();
    let all_own = |user| {
        let inner = fs::read_dir(&ledger).unwrap().map(|item| item.unwrap().path());
        let below = inner.flat_map(|path| {
            let files = fs::read_dir(&path).into_iter().flatten().map(|item| item.unwrap().path());
            files.chain([path.clone()]).collect::<Vec<_>>()
        });
        below.chain([ledger.clone(), state.clone()]).all(|path| own(&path, user))
    };
    fs::set_permissions(dir.path(), fs::Permissions::from_mode(0o755)).unwrap();
    let as_nobody = |command: &mut std::process::Command| {
        command.env("HATTAMA_STATE", &state).uid(NOBODY).gid(NOBODY);
    };
    let mut tried = std::process::Command::new(env!("CARGO_BIN_EXE_hattama"));
    as_nobody(tried.arg("--version"));
    if !all_own(NOBODY) || !tried.output().is_ok_and(|done| done.status.success()) {
        eprintln!("skipped: no other user can be played here (root, and a program that everybody may run)");
        return;
    }
    let node = Node::start_with(dir.path(), &[], as_nobody);
    node.until("writing", |node| node.get("/readyz").status == 200);
    assert_eq!(node.post(&reports(96, 1)[0]).status, 201);
    assert_eq!(node.end(), 0);
    // The folder belongs to somebody else, who could change everything in it.
    fs::set_permissions(&ledger, fs::Permissions::from_mode(0o755)).unwrap();
    assert!(own(&ledger, NOBODY - 1));
    let (code, err) = Node::try_start_with(dir.path(), &[], as_nobody).err().expect("refused");
    assert!(code == Some(2) && err.contains(&(NOBODY - 1).to_string()), "{code:?} {err}");
    // A key of somebody else, whom the group lets read it: by its mode and by its owner nothing is secret.
    assert!(own(&ledger, NOBODY));
    let key = ledger.join("log-key.pem");
    chown(&key, Some(NOBODY - 1), Some(NOBODY)).unwrap();
    fs::set_permissions(&key, fs::Permissions::from_mode(0o640)).unwrap();
    let (code, err) = Node::try_start_with(dir.path(), &[], as_nobody).err().expect("refused");
    assert!(code == Some(2) && err.contains("log-key.pem"), "{code:?} {err}");
    // Root's are root's to give; and root itself may serve what belongs to another.
    assert!(all_own(NOBODY));
    fs::set_permissions(&key, fs::Permissions::from_mode(0o600)).unwrap();
    let node = Node::start_with(dir.path(), &[], |command| {
        command.env("HATTAMA_STATE", &state);
    });
    node.until("writing", |node| node.get("/readyz").status == 200);
    assert_eq!(node.end(), 0);
}
