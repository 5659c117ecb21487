//! A witness that answers anything but what it should: at the start and while running, one of three and alone. The node neither forks nor ends nor
//! hangs, says who answered what, and goes on by itself.

use std::{
    fs,
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
    time::Duration,
};

use super::{World, is_read_only, signed, witnessed_size};
use crate::serve::{self, Node, copied, reports, stage};

/// One way to answer wrongly.
#[derive(Clone, Copy)]
struct Lie {
    /// What the node says of it; one of several.
    says: &'static str,
    /// Whether it claims more than the ledger has, or another one: alone it pauses the node.
    claims: bool,
    /// What goes out: whether it was a `POST`, and of which size.
    play: fn(&mut TcpStream, bool, u64),
}

impl Lie {
    fn is_told(self, text: &str) -> bool {
        self.says.split('|').any(|says| text.contains(says))
    }
}

fn answer(stream: &mut TcpStream, status: u16, more: &str, body: &[u8]) {
    let head =
        format!("HTTP/1.1 {status} X\r\nContent-Length: {}\r\nConnection: close\r\n{more}\r\n", body.len());
    let _gone = stream.write_all(&[head.as_bytes(), body].concat());
}

/// These bytes one by one, a tenth of a second apart, for as long as somebody listens.
fn drip(stream: &mut TcpStream, bytes: impl Iterator<Item = u8>) {
    for byte in bytes.take(600) {
        if stream.write_all(&[byte]).is_err() {
            return;
        }
        thread::sleep(Duration::from_millis(100));
    }
}

const fn lie(says: &'static str, play: fn(&mut TcpStream, bool, u64)) -> Lie {
    Lie { says, claims: false, play }
}

const fn claim(says: &'static str, play: fn(&mut TcpStream, bool, u64)) -> Lie {
    Lie { says, claims: true, play }
}

const LIES: [Lie; 24] = [
    // What it recorded.
    lie("recorded nothing|found 409", |stream, _, _| answer(stream, 409, "", b"0\n")),
    lie("the size that the witness recorded", |stream, _, _| {
        answer(stream, 409, "", b"\x1b[2J\nlevel=ERROR\xff")
    }),
    lie("the size that the witness recorded", |stream, _, _| {
        answer(stream, 409, "", b"99999999999999999999999")
    }),
    lie("the size that the witness recorded", |stream, _, _| answer(stream, 409, "", b"-1")),
    lie("the size that the witness recorded", |stream, _, _| answer(stream, 409, "", b"")),
    lie("found 409", |stream, _, size| answer(stream, 409, "", (size / 2).to_string().as_bytes())),
    claim("18446744073709551615", |stream, _, _| answer(stream, 409, "", b"18446744073709551615")),
    claim("another root", |stream, _, size| answer(stream, 409, "", size.to_string().as_bytes())),
    claim("99999999", |stream, post, _| match post {
        true => answer(stream, 409, "", b"99999999\n"),
        // What it shows comes so slowly that nobody can wait for it.
        false => drip(
            stream,
            b"HTTP/1.1 200 X\r\nContent-Length: 600\r\n\r\n".iter().copied().chain(std::iter::repeat(b'x')),
        ),
    }),
    claim("it does not: \"made up\\nlevel=ERROR\"", |stream, _, _| {
        answer(stream, 422, "", b"made up\nlevel=ERROR")
    }),
    // Cosignatures that are none.
    lie("a cosignature under the witness's key", |stream, _, _| {
        answer(stream, 200, "", b"\xe2\x80\x94 three.example \x1b[31mAAAA\n")
    }),
    lie("a cosignature under the witness's key", |stream, _, _| answer(stream, 200, "", b"")),
    lie("at most 65536 bytes", |stream, _, _| {
        let _gone = stream.write_all(b"HTTP/1.1 200 X\r\n\r\n");
        while stream.write_all(&[b'x'; 65_536]).is_ok() {}
    }),
    // Statuses that say nothing.
    lie("found 500", |stream, _, _| answer(stream, 500, "", &[b'e'; 100_000][..60_000])),
    lie("found 413", |stream, _, _| answer(stream, 413, "", b"too long")),
    lie("found 408", |stream, _, _| answer(stream, 408, "", b"too slow")),
    lie("found 404", |stream, _, _| answer(stream, 404, "", b"unknown log")),
    lie("found 302", |stream, _, _| answer(stream, 302, "Location: /add-checkpoint\r\n", b"")),
    // Connections that come to nothing.
    lie("expected an answer", |_, _, _| {}),
    lie("expected an answer", |stream, _, _| {
        drop(stream.write_all(b"HTTP/1.1 200 X\r\nContent-Length: 1000\r\n\r\nabc"))
    }),
    lie("expected an answer", |stream, _, _| drop(stream.write_all(b"SSH-2.0-OpenSSH_9.2\r\n"))),
    lie("expected an answer", |stream, _, _| drip(stream, std::iter::repeat(b'H'))),
    lie("expected an answer", |stream, _, _| {
        drip(
            stream,
            b"HTTP/1.1 200 X\r\nContent-Length: 1000\r\n\r\n".iter().copied().chain(std::iter::repeat(b'x')),
        );
    }),
    lie("expected an answer", |stream, _, _| {
        let _gone = stream.write_all(b"HTTP/1.1 200 X\r\n");
        while stream.write_all(b"X-Header: one more of them\r\n").is_ok() {}
    }),
];

/// Ledgers at a time, each with some of the lies.
const LANES: usize = 4;

fn in_lanes(lead: impl Fn(&[Lie]) + Sync) {
    let lanes: Vec<Vec<Lie>> =
        (0..LANES).map(|lane| LIES.into_iter().skip(lane).step_by(LANES).collect()).collect();
    let lead = &lead;
    thread::scope(|scope| lanes.iter().for_each(|lies| drop(scope.spawn(move || lead(lies)))));
}

/// A witness behind a server that lies where it is told to.
struct Liar {
    address: String,
    lie: Arc<Mutex<Option<Lie>>>,
}

impl Liar {
    /// In front of the witness at an address.
    fn before(witness: &str) -> Self {
        let socket = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", socket.local_addr().unwrap());
        let (to, lie) = (witness.to_owned(), Arc::<Mutex<Option<Lie>>>::default());
        let told = lie.clone();
        thread::spawn(move || {
            for mut stream in socket.incoming().flatten() {
                let (to, lie) = (to.clone(), *told.lock().unwrap());
                thread::spawn(move || {
                    let Some((post, body)) = read_request(&stream) else { return };
                    match lie {
                        Some(lie) => (lie.play)(&mut stream, post, size_in(&body)),
                        None if post => {
                            let honest =
                                serve::sent(&format!("{to}/add-checkpoint"), "text/plain", &body).unwrap();
                            answer(&mut stream, honest.status, "", &honest.body);
                        }
                        None => answer(&mut stream, 404, "", b""),
                    }
                });
            }
        });
        Self { address, lie }
    }

    fn tell(&self, lie: Option<Lie>) {
        *self.lie.lock().unwrap() = lie;
    }
}

fn read_request(stream: &TcpStream) -> Option<(bool, Vec<u8>)> {
    let mut reader = BufReader::new(stream);
    let (mut head, mut length) = (String::new(), 0);
    while reader.read_line(&mut head).ok()? > 2 {
        let last = head.lines().last()?.to_lowercase();
        if let Some(value) = last.strip_prefix("content-length: ") {
            length = value.trim().parse().ok()?;
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    Some((head.starts_with("POST"), body))
}

/// The size in the checkpoint of a request.
fn size_in(body: &[u8]) -> u64 {
    let text = String::from_utf8_lossy(body);
    let note = text.split_once("\n\n").map_or("", |(_, note)| note);
    note.lines().nth(1).and_then(|line| line.parse().ok()).unwrap_or(0)
}

/// Asks nobody but the first witness.
fn policy_of_one(world: &World, dir: &std::path::Path, at: &str) -> String {
    let (path, key) = (dir.join("policy-of-one"), world.keys[0].encode());
    fs::write(&path, format!("log {}\nwitness w0 {key} {at}\nquorum w0\n", world.vkey)).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn one_of_three_holds_nothing_up_while_running() {
    in_lanes(|lies| {
        let dir = copied();
        let world = World::new(dir.path());
        let witnesses = [0, 1, 2].map(|n| world.start(n));
        let liar = Liar::before(&witnesses[2].address);
        let policy = world.policy(dir.path(), [&witnesses[0].address, &witnesses[1].address, &liar.address]);
        let words = ["--policy", &policy, "--quorum-first", "--key-rate", "0"];
        let node = Node::writing(dir.path(), &words);
        for (lie, event) in lies.iter().zip(&reports(1, lies.len())) {
            let before = node.told().len();
            liar.tell(Some(*lie));
            // Nothing is acknowledged before two have cosigned it, and they have: the third one is waited for no longer than a second.
            let taken = node.post(event);
            assert_eq!(taken.status, 201, "{}: {}", lie.says, taken.text());
            assert!(taken.json()["witnessed"] == true, "{}", taken.text());
            node.until(lie.says, |node| lie.is_told(&node.told()[before..]));
            let told = node.told()[before..].to_owned();
            assert!(
                told.contains("w2") && !told.contains('\x1b') && !told.contains("\nlevel=ERROR"),
                "{told}"
            );
            assert!(!lie.claims || told.contains("report this witness"), "{told}");
            assert_eq!(node.get("/readyz").status, 200, "{}", lie.says);
        }
        assert_eq!(node.end(), 0);
    });
}

#[test]
fn alone_it_pauses_the_node_at_most_while_running() {
    in_lanes(|lies| {
        let dir = copied();
        let world = World::new(dir.path());
        let witness = world.start(0);
        let liar = Liar::before(&witness.address);
        let policy = policy_of_one(&world, dir.path(), &liar.address);
        let node = Node::writing(dir.path(), &["--policy", &policy, "--key-rate", "0"]);
        let mut size = stage().head.size();
        for (lie, event) in lies.iter().zip(&reports(1, lies.len())) {
            node.until("witnessed", |node| witnessed_size(node) == Some(size));
            let before = node.told().len();
            liar.tell(Some(*lie));
            assert_eq!(node.post(event).status, 201, "{}", lie.says);
            size += 1;
            node.until(lie.says, |node| lie.is_told(&node.told()[before..]));
            if lie.claims {
                node.until("paused", |node| is_read_only(node, "claim against"));
            }
            assert_eq!(node.get("/readyz").status, if lie.claims { 503 } else { 200 }, "{}", lie.says);
            assert_eq!(node.get("/entries/0").status, 200);
            liar.tell(None);
            node.until("writing", |node| node.get("/readyz").status == 200);
        }
        node.until("witnessed", |node| witnessed_size(node) == Some(size));
        assert!(!dir.path().join("ledger/contradictions").exists());
        assert_eq!(node.end(), 0);
    });
}

#[test]
fn at_the_start_one_of_three_holds_nothing_up_and_alone_it_makes_the_node_wait() {
    in_lanes(|lies| {
        let dir = copied();
        let world = World::new(dir.path());
        let witnesses = [0, 1, 2].map(|n| world.start(n));
        let (third, alone) = (Liar::before(&witnesses[2].address), Liar::before(&witnesses[0].address));
        let three = world.policy(dir.path(), [&witnesses[0].address, &witnesses[1].address, &third.address]);
        let one = policy_of_one(&world, dir.path(), &alone.address);
        // All three know this ledger.
        let node = Node::writing(dir.path(), &["--policy", &three]);
        node.until("witnessed", |node| node.get("/checkpoint").header("hattama-cosigned") == "3");
        assert_eq!(node.end(), 0);
        let before = signed(dir.path());
        for lie in lies {
            // Alone, of a ledger that it has cosigned: nothing is written before it answers as it should.
            alone.tell(Some(*lie));
            let told = fs::metadata(dir.path().join("log")).unwrap().len() as usize;
            let node = Node::start(dir.path(), &["--policy", &one]);
            node.until(lie.says, |node| is_read_only(node, "w0") && lie.is_told(&node.told()[told..]));
            assert_eq!(node.post(&reports(1, 1)[0]).status, 503, "{}", lie.says);
            assert_eq!(node.get("/entries/0").status, 200);
            alone.tell(None);
            node.until("writing", |node| node.get("/readyz").status == 200);
            assert_eq!(node.end(), 0);
            // One of three.
            third.tell(Some(*lie));
            let node = Node::writing(dir.path(), &["--policy", &three]);
            assert!(node.told()[told..].contains("w2"), "{}", node.told());
            assert_eq!(node.end(), 0);
            third.tell(None);
            assert_eq!(signed(dir.path()), before, "{}", lie.says);
        }
    });
}
