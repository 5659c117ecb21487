//! Too much, too large, too slow, too often: each has its answer, and nobody else waits.

use std::{
    collections::BTreeMap,
    io::{Read as _, Write as _},
    net::TcpStream,
    sync::atomic::{AtomicBool, Ordering},
    thread,
    time::{Duration, Instant},
};

use super::{Node, bytes_of, copied, reports, stage};

fn socket(node: &Node) -> TcpStream {
    let stream = TcpStream::connect(node.address.strip_prefix("http://").unwrap()).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(40))).unwrap();
    stream
}

fn rest(mut stream: TcpStream) -> String {
    let mut answer = Vec::new();
    let _broken = stream.read_to_end(&mut answer);
    String::from_utf8_lossy(&answer).into_owned()
}

#[test]
fn a_flood_of_one_key_is_put_off_and_others_are_not() {
    let dir = copied();
    let node = Node::writing(dir.path(), &["--address-rate", "0", "--key-rate", "1"]);
    let flood = reports(20, 14);
    let answers: Vec<_> = flood.iter().map(|signed| node.post(signed)).collect();
    let taken = answers.iter().filter(|answer| answer.status == 201).count();
    assert!((10..13).contains(&taken), "{taken}");
    let put_off = answers.last().unwrap();
    assert_eq!(put_off.status, 429, "{}", put_off.text());
    assert!(put_off.header("retry-after").parse::<u64>().unwrap() >= 1);
    // Known events cost nothing: nobody can use up a key's share by sending them again.
    assert_eq!(node.post(&flood[0]).status, 200);
    assert_eq!(node.post(&reports(21, 1)[0]).status, 201);
    // Nor with forged ones.
    let mut forged = reports(22, 1).remove(0);
    forged.signatures[0].signature.0[3] ^= 1;
    for _ in 0..30 {
        assert_eq!(node.post(&forged).status, 422);
    }
    assert_eq!(node.post(&reports(22, 1)[0]).status, 201);
}

/// One key sends as fast as it can, alone and in batches, while others send what they have: theirs goes in at the first attempt.
#[test]
fn a_flood_of_one_key_holds_no_other_key_up() {
    let dir = copied();
    // Ten at once and then one a second: slower than any machine sends, and enough for everybody else here.
    let node = Node::writing(dir.path(), &["--address-rate", "0", "--key-rate", "1"]);
    let flood = reports(40, 600);
    let batch: Vec<Vec<u8>> = reports(41, 256).iter().map(bytes_of).collect();
    let (batch, over) = (batch.join(&b'\n'), AtomicBool::new(false));
    let size = stage().head.size();
    let (alone, batched, others) = thread::scope(|scope| {
        let (node, over) = (&node, &over);
        let alone = scope.spawn(|| {
            let (mut statuses, agent) = (BTreeMap::<u16, usize>::new(), super::agent());
            let mut left = flood.iter();
            let mut signed = left.next();
            while let Some(one) = signed.filter(|_| !over.load(Ordering::Relaxed)) {
                let request = agent.post(format!("{}/events", node.address));
                let request = request.header("Content-Type", "application/json");
                let answer = request.send(&bytes_of(one)).unwrap();
                let status = answer.status().as_u16();
                assert!(status != 429 || answer.headers().contains_key("retry-after"));
                *statuses.entry(status).or_default() += 1;
                // Whatever it is told, it does not wait.
                if status == 201 {
                    signed = left.next();
                }
            }
            statuses
        });
        let batched = scope.spawn(|| {
            let mut statuses = BTreeMap::<u64, usize>::new();
            while !over.load(Ordering::Relaxed) {
                let answer = node.send("/events/batch", "application/x-ndjson", &batch).unwrap();
                assert!(matches!(answer.status, 200 | 503), "{}", answer.text());
                for one in answer.json()["answers"].as_array().into_iter().flatten() {
                    *statuses.entry(one["status"].as_u64().unwrap_or(201)).or_default() += 1;
                }
            }
            statuses
        });
        let send = |place: usize| {
            let send = move || {
                let one = |signed| {
                    thread::sleep(Duration::from_millis(100));
                    node.post(signed).status
                };
                reports(place, 6).iter().map(one).collect::<Vec<u16>>()
            };
            scope.spawn(send)
        };
        let others: Vec<_> = (60..72).map(send).collect();
        let others: Vec<u16> = others.into_iter().flat_map(|other| other.join().unwrap()).collect();
        over.store(true, Ordering::Relaxed);
        (alone.join().unwrap(), batched.join().unwrap(), others)
    });
    eprintln!("one key alone {alone:?}, one key in batches {batched:?}, {} of others", others.len());
    assert_eq!(others, vec![201; 12 * 6]);
    assert!(
        alone.get(&429).is_some_and(|count| *count > 10) && alone.keys().all(|s| matches!(s, 201 | 429)),
        "{alone:?}"
    );
    // In a batch what follows on an event that was put off has another next place.
    assert!(
        batched.contains_key(&429) && batched.keys().all(|s| matches!(s, 201 | 409 | 429)),
        "{batched:?}"
    );
    let taken = node.json("/readyz")["entries"].as_u64().unwrap() - size;
    assert!(taken > 72 && node.get("/metrics").text().contains("hattama_limited_total{by=\"key\"}"));
    assert_eq!(node.end(), 0);
}

#[test]
fn a_flood_of_one_address_is_put_off_and_reading_goes_on() {
    let dir = copied();
    let node = Node::writing(dir.path(), &["--address-rate", "1"]);
    let statuses: Vec<u16> =
        (0..30).map(|_| node.send("/events", "application/json", b"garbage").unwrap().status).collect();
    assert!(statuses[..20].iter().all(|status| *status == 400), "{statuses:?}");
    assert_eq!(statuses.last(), Some(&429));
    assert_eq!(node.get("/checkpoint").status, 200);
    drop(node);
    // Who stands behind a proxy is told apart by its word, where it is trusted.
    let node = Node::writing(dir.path(), &["--address-rate", "1", "--trust-forwarded"]);
    let from = |address: &str| {
        let request = super::agent().post(format!("{}/events", node.address));
        let request = request.header("Content-Type", "application/json").header("X-Forwarded-For", address);
        request.send(&b"garbage"[..]).unwrap().status().as_u16()
    };
    let one: Vec<u16> = (0..25).map(|_| from("198.51.100.9, 192.0.2.1")).collect();
    assert_eq!(one.last(), Some(&429));
    assert_eq!(from("192.0.2.1, 192.0.2.2"), 400);
}

#[test]
fn a_full_queue_says_when_to_come_again() {
    let dir = copied();
    let node = Node::writing(dir.path(), &["--queue", "256", "--address-rate", "0", "--key-rate", "0"]);
    // Batches of 256 take the whole queue while they are checked.
    let batch: Vec<Vec<u8>> =
        (0..128).flat_map(|place| reports(place, 2)).map(|one| bytes_of(&one)).collect();
    let batch = batch.join(&b'\n');
    let size = stage().head.size();
    let statuses: Vec<(u16, u64)> = thread::scope(|scope| {
        let send = || {
            let answer = node.send("/events/batch", "application/x-ndjson", &batch).unwrap();
            (answer.status, answer.header("retry-after").parse().unwrap_or(0))
        };
        let clients: Vec<_> = (0..16).map(|_| scope.spawn(send)).collect();
        clients.into_iter().map(|client| client.join().unwrap()).collect()
    });
    assert!(statuses.iter().any(|(status, _)| *status == 200), "{statuses:?}");
    assert!(statuses.iter().any(|(status, retry)| *status == 503 && *retry >= 1), "{statuses:?}");
    assert!(statuses.iter().all(|(status, _)| matches!(status, 200 | 503)), "{statuses:?}");
    assert_eq!(node.json("/readyz")["entries"].as_u64(), Some(size + 256));
    assert_eq!(node.json("/readyz")["waiting"].as_u64(), Some(0));
}

#[test]
fn what_is_too_large_is_not_read() {
    let dir = copied();
    let node = Node::writing(dir.path(), &[]);
    let mut promised = socket(&node);
    write!(promised, "POST /events HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 99999999\r\n\r\n").unwrap();
    let answer = rest(promised);
    assert!(answer.starts_with("HTTP/1.1 413 ") && answer.contains("too-large"), "{answer}");
    let mut endless = socket(&node);
    write!(endless, "POST /events HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n").unwrap();
    let chunk = format!("4000\r\n{}\r\n", "a".repeat(0x4000));
    while endless.write_all(chunk.as_bytes()).is_ok() {}
    assert_eq!(node.send("/events/batch", "application/x-ndjson", &b"{}\n".repeat(257)).unwrap().status, 413);
    let mut head = socket(&node);
    let _broken = head.write_all(
        format!("GET /checkpoint HTTP/1.1\r\nHost: x\r\nX: {}\r\n\r\n", "a".repeat(1 << 20)).as_bytes(),
    );
    let answer = rest(head);
    assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 431 "), "{answer}");
    assert_eq!(node.get("/healthz").status, 200);
}

#[test]
fn slow_clients_are_told_so_and_hold_nobody_up() {
    let dir = copied();
    let node = Node::writing(dir.path(), &["--body-seconds", "1"]);
    let mut slow: Vec<TcpStream> = (0..100).map(|_| socket(&node)).collect();
    for (number, stream) in slow.iter_mut().enumerate() {
        let kind = "Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{";
        // Half of them never end their head, half never their body.
        let head = if number % 2 == 0 { "X-Slow: 1" } else { kind };
        write!(stream, "POST /events HTTP/1.1\r\nHost: x\r\n{head}").unwrap();
    }
    let begun = Instant::now();
    assert_eq!(node.post(&reports(30, 1)[0]).status, 201);
    assert_eq!(node.get("/checkpoint").status, 200);
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
    let answer = rest(slow.pop().unwrap());
    assert!(answer.starts_with("HTTP/1.1 408 ") && answer.contains("too-slow"), "{answer}");
    // Followers that read nothing.
    let mut deaf: Vec<TcpStream> = (0..20).map(|_| socket(&node)).collect();
    for stream in &mut deaf {
        write!(stream, "GET /stream HTTP/1.1\r\nHost: x\r\n\r\n").unwrap();
    }
    let begun = Instant::now();
    assert_eq!(node.post(&reports(31, 1)[0]).status, 201);
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
    drop(deaf);
    assert_eq!(node.end(), 0);
}

#[test]
fn garbage_of_every_kind_is_answered_and_ends_nothing() {
    let dir = copied();
    let node = Node::writing(dir.path(), &["--address-rate", "0"]);
    for garbage in [
        &b"\x16\x03\x01\x02\x00"[..],
        b"GET",
        b"GET / HTTP/9.9\r\n\r\n",
        b"\0\0\0\0\r\n\r\n",
        b"POST /events HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    ] {
        let mut stream = socket(&node);
        let _broken = stream.write_all(garbage);
        stream.shutdown(std::net::Shutdown::Write).unwrap();
        rest(stream);
    }
    let mut seed = 1_u64;
    for _ in 0..200 {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        let mut body = bytes_of(&reports(32, 1)[0]);
        let place = (seed >> 33) as usize % body.len();
        body[place] ^= 1 << (seed >> 60 & 7);
        let answer = node.send("/events", "application/json", &body).unwrap();
        assert!(matches!(answer.status, 400 | 409 | 422 | 201 | 200), "{}", answer.text());
    }
    for path in [
        "/entries/-1",
        "/entries/00",
        "/events/%ff",
        "/receipts/",
        "/authors//head",
        "/elections/%00/results",
        "/stream?from=x",
        "/stream?from=1&from=2",
        "/tile/%ff",
    ] {
        let answer = node.get(path);
        assert!(
            matches!(answer.status, 400 | 404) && answer.header("content-type") == "application/problem+json",
            "{path}: {} {}",
            answer.status,
            answer.text()
        );
    }
    assert_eq!(node.get("/healthz").status, 200);
    assert_eq!(node.end(), 0);
}
