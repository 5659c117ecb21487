//! Two nodes of one ledger over HTTP, with clients at both, while machines fail under them.

use std::{
    io::{Read as _, Write as _},
    net::TcpStream,
    path::Path,
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

use event::SignedEvent;
use node::{Anchors, Load, NodeSettings};
use tlog::receipt::Receipt;
use zeroize::Zeroizing;

use crate::{
    cluster::Pair,
    stage::{Kept, Stage},
};

/// Clients of each node.
const CLIENTS: usize = 3;

/// Serves a folder until the process ends; the port.
fn serve(dir: &Path, seed: [u8; 32], state: &Path) -> u16 {
    let settings = NodeSettings {
        control: None,
        reread: None,
        ledger: dir.to_owned(),
        log_seed: Zeroizing::new(seed),
        service_seed: None,
        listen: ([127, 0, 0, 1], 0).into(),
        metrics: None,
        tls: None,
        plain_behind_proxy: false,
        forwarded: false,
        published: None,
        anchors: Anchors { accept_unanchored: true, state: state.to_owned(), ..Anchors::default() },
        quorum_first: false,
        load: Load {
            queue: 1024,
            address_rate: 0,
            reader_rate: 0,
            key_rate: 0,
            streams: 8,
            body_time: Duration::from_secs(10),
            drain: Duration::from_secs(1),
        },
    };
    let (told, ready) = mpsc::channel();
    thread::spawn(move || {
        node::serve(settings, move |address| told.send(address.to_owned()).unwrap()).unwrap();
    });
    ready.recv().unwrap().rsplit_once(':').unwrap().1.parse().unwrap()
}

/// Status and body of an answer; none where the line was cut.
fn ask(port: u16, request: &str, body: &[u8]) -> Option<(u16, Vec<u8>)> {
    let mut line = TcpStream::connect(("127.0.0.1", port)).ok()?;
    line.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
    let head = format!(
        "{request} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    line.write_all(&[head.as_bytes(), body].concat()).ok()?;
    let mut answer = Vec::new();
    line.read_to_end(&mut answer).ok()?;
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n")?;
    let status = String::from_utf8_lossy(&answer[9..12]).parse().ok()?;
    Some((status, answer[end + 4..].to_vec()))
}

/// Sends the same bytes until the node says yes.
fn send(port: u16, signed: &SignedEvent) -> Receipt {
    let bytes = event::json::encode(signed).unwrap();
    let until = Instant::now() + Duration::from_secs(120);
    loop {
        match ask(port, "POST /events", &bytes) {
            Some((200..=299, body)) => {
                let answer: serde_json::Value = serde_json::from_slice(&body).unwrap();
                return Receipt::parse(answer["receipt"].as_str().unwrap().as_bytes()).unwrap();
            }
            Some((status @ 400..=499, body)) => panic!("{status}: {}", String::from_utf8_lossy(&body)),
            other => assert!(Instant::now() < until, "never taken in: {other:?}"),
        }
        thread::sleep(Duration::from_millis(100));
    }
}

fn is_ready(port: u16) -> bool {
    ask(port, "GET /readyz", b"").is_some_and(|(status, _)| status == 200)
}

fn wait_until(what: &str, holds: impl Fn() -> bool) {
    let until = Instant::now() + Duration::from_secs(60);
    while !holds() {
        assert!(Instant::now() < until, "{what}: never");
        thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn two_nodes_serve_one_ledger_while_machines_fail() {
    let Some(mut pair) = Pair::start() else { return };
    let stage = Stage::new();
    let address = pair.primary.address();
    let dirs = [pair.dir("one"), pair.dir("two")];
    drop(stage.create(&dirs[0], &address));
    drop(stage.join(&dirs[1], &address));
    let ports = [0, 1].map(|node| serve(&dirs[node], stage.seed, &pair.dir(&format!("state-{node}"))));
    wait_until("both take events in", || ports.iter().all(|port| is_ready(*port)));
    let half = stage.said().len() / 2;
    let send_all = |port: u16, from: usize, to: usize| {
        let mut kept = Kept::default();
        for signed in &stage.said()[from..to] {
            let receipt = send(port, signed);
            kept.0.insert(signed.hash(), (receipt.index, receipt));
        }
        kept
    };
    let at_both = |from, to, meanwhile: &mut dyn FnMut()| {
        thread::scope(|scope| {
            let clients: Vec<_> = (0..2 * CLIENTS)
                .map(|client| scope.spawn(move || send_all(ports[client % 2], from, to)))
                .collect();
            meanwhile();
            clients.into_iter().map(|client| client.join().unwrap()).collect::<Vec<_>>()
        })
    };
    // The standby stands still in the middle of it: both nodes say so, and go on when it is back.
    let mut all = at_both(1, half, &mut || {
        thread::sleep(Duration::from_millis(200));
        pair.standby.freeze();
        thread::sleep(Duration::from_secs(7));
        assert!(ports.iter().all(|port| !is_ready(*port)), "a node is ready although nothing is replicated");
        pair.standby.thaw();
    });
    // The primary is killed in the middle of it and comes back.
    all.extend(at_both(half, stage.said().len(), &mut || {
        thread::sleep(Duration::from_millis(200));
        pair.primary.kill();
        thread::sleep(Duration::from_secs(1));
        pair.primary.start();
    }));
    // Both show the same, also the one that was not asked last.
    let checkpoint = |port| ask(port, "GET /checkpoint", b"").map(|(_, note)| note);
    wait_until("one checkpoint at both", || {
        let shown = ports.map(checkpoint);
        shown[0].is_some() && shown[0] == shown[1]
    });
    let size = stage.said().len() as u64;
    for dir in &dirs {
        wait_until("every entry in both folders", || {
            store::read::snapshot_of(dir).unwrap().1.is_some_and(|(signed, _)| signed == size)
        });
    }
    stage.require_whole(&dirs, &all);
}
