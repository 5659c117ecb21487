//! Following the ledger: from any index, again after a break, to the end of the node.

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpStream,
    time::Duration,
};

use super::{Node, copied, reports, stage};

pub(crate) type Lines = Box<dyn Iterator<Item = std::io::Result<String>> + Send>;

pub(crate) fn follow(node: &Node, path: &str, last: Option<&str>) -> (u16, Lines) {
    let config = ureq::Agent::config_builder().http_status_as_error(false).proxy(None);
    let agent = config.timeout_connect(Some(Duration::from_secs(10))).build().new_agent();
    let mut request = agent.get(format!("{}{path}", node.address));
    if let Some(last) = last {
        request = request.header("Last-Event-ID", last);
    }
    let response = request.call().unwrap();
    (response.status().as_u16(), Box::new(BufReader::new(response.into_body().into_reader()).lines()))
}

/// The next message: its id and data.
pub(crate) fn message(lines: &mut Lines) -> Option<(u64, String)> {
    let (mut id, mut data) = (None, None);
    for line in lines.by_ref() {
        let line = line.ok()?;
        if let Some(text) = line.strip_prefix("id: ") {
            id = text.parse().ok();
        } else if let Some(text) = line.strip_prefix("data: ") {
            data = Some(text.to_owned());
        } else if line.is_empty()
            && let (Some(id), Some(data)) = (id, data.take())
        {
            return Some((id, data));
        }
    }
    None
}

#[test]
fn a_follower_sees_every_entry_once_and_goes_on_where_it_was() {
    let dir = copied();
    let node = Node::writing(dir.path(), &["--key-rate", "0"]);
    let size = stage().head.size();
    let (status, mut lines) = follow(&node, "/stream", None);
    assert_eq!(status, 200);
    for index in 0..size {
        let (id, data) = message(&mut lines).unwrap();
        assert_eq!(id, index);
        assert_eq!(ledger::Entry::decode(data.as_bytes()).unwrap().index(), index);
    }
    for signed in &reports(40, 5) {
        assert_eq!(node.post(signed).status, 201);
    }
    for index in size..size + 5 {
        assert_eq!(message(&mut lines).unwrap().0, index);
    }
    // What was seen last counts more than the address.
    let (_, mut again) = follow(&node, "/stream?from=0", Some(&(size + 1).to_string()));
    assert_eq!(message(&mut again).unwrap().0, size + 2);
    let (_, mut later) = follow(&node, &format!("/stream?from={}", size + 4), None);
    assert_eq!(message(&mut later).unwrap().0, size + 4);
    assert_eq!(follow(&node, "/stream?from=x", None).0, 400);
    // The end of the node ends the followers, and does not wait for them.
    assert_eq!(node.end(), 0);
    assert_eq!(message(&mut lines), None);
}

#[test]
fn there_are_so_many_followers_and_no_more() {
    let dir = copied();
    let node = Node::writing(dir.path(), &["--streams", "2"]);
    let one = follow(&node, "/stream?from=99999", None);
    let two = follow(&node, "/stream?from=99999", None);
    assert_eq!((one.0, two.0, follow(&node, "/stream", None).0), (200, 200, 503));
    drop(one);
    node.until("free", |node| follow(node, "/stream", None).0 == 200);
}

/// Follows as another customer, whom a proxy names; the socket, and the status.
fn follow_as(node: &Node, customer: &str) -> (u16, TcpStream) {
    let mut stream = TcpStream::connect(node.address.strip_prefix("http://").unwrap()).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
    let head = format!("GET /stream?from=99999 HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: {customer}\r\n\r\n");
    stream.write_all(head.as_bytes()).unwrap();
    let mut line = [0; 12];
    stream.read_exact(&mut line).unwrap();
    (String::from_utf8_lossy(&line[9..]).parse().unwrap(), stream)
}

#[test]
fn two_addresses_that_take_all_places_keep_nobody_from_following() {
    let dir = copied();
    let node = Node::writing(dir.path(), &["--streams", "20", "--trust-forwarded"]);
    let greedy: Vec<_> = (0..20).map(|n| follow_as(&node, ["192.0.2.1", "192.0.2.2"][n % 2])).collect();
    assert!(greedy.iter().all(|(status, _)| *status == 200));
    // They have what there is and get no more; everybody else follows.
    assert_eq!(follow_as(&node, "192.0.2.1").0, 503);
    let others: Vec<_> = (1..=9).map(|n| follow_as(&node, &format!("198.51.100.{n}"))).collect();
    assert!(others.iter().all(|(status, _)| *status == 200));
    // Those that ended for them are told so by the end of their stream; nobody else is.
    let has_ended = |stream: &TcpStream| {
        stream.set_read_timeout(Some(Duration::from_millis(20))).unwrap();
        let (mut text, mut bytes) = (Vec::new(), [0; 1024]);
        while let Ok(read) = (&*stream).read(&mut bytes) {
            text.extend_from_slice(&bytes[..read]);
            if read == 0 {
                return true;
            }
        }
        text.ends_with(b"0\r\n\r\n")
    };
    let ended = std::cell::RefCell::new(vec![false; greedy.len()]);
    node.until("ended", |_| {
        for (ended, (_, stream)) in ended.borrow_mut().iter_mut().zip(&greedy) {
            *ended = *ended || has_ended(stream);
        }
        ended.borrow().iter().filter(|ended| **ended).count() == 9
    });
    assert!(!others.iter().any(|(_, stream)| has_ended(stream)));
    assert_eq!(node.get("/readyz").status, 200);
    assert_eq!(node.end(), 0);
}
