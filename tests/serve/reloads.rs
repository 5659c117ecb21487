//! Visitors who press reload: whoever has the page already is told so, and gets no byte of it again.
//!
//! `HATTAMA_RELOADS=10000` for ten thousand of them; a few hundred otherwise.

use std::{sync::atomic::AtomicU64, sync::atomic::Ordering, thread};

use super::{Node, agent, copied, front::lay_pages};

/// What a browser asks for when somebody reloads the front page, and what the page itself asks for.
const ASKED: [&str; 6] = [
    "/",
    "/snapshots/1/site/index.html",
    "/snapshots/1/site/ru/index.html",
    "/snapshots/1/site/style.css",
    "/snapshots/1/site/page.js",
    "/live",
];

/// Visitors at a time.
const AT_ONCE: u64 = 16;

#[test]
fn whoever_reloads_gets_no_byte_again() {
    let visitors = std::env::var("HATTAMA_RELOADS").ok().and_then(|count| count.parse().ok());
    let visitors: u64 = visitors.unwrap_or(200);
    let dir = copied();
    let published = dir.path().join("published");
    lay_pages(&published);
    let node = Node::writing(dir.path(), &["--published", published.to_str().unwrap(), "--reader-rate", "0"]);
    let first: Vec<(&str, String, usize)> = ASKED
        .iter()
        .map(|path| {
            let answer = node.get(path);
            assert_eq!(answer.status, 200, "{path}");
            (*path, answer.header("etag").to_owned(), answer.body.len())
        })
        .collect();
    let (unchanged, bytes) = (AtomicU64::new(0), AtomicU64::new(0));
    thread::scope(|scope| {
        for part in 0..AT_ONCE {
            let (node, first, unchanged, bytes) = (&node, &first, &unchanged, &bytes);
            scope.spawn(move || {
                let agent = agent();
                for _ in (part..visitors).step_by(usize::try_from(AT_ONCE).unwrap()) {
                    for (path, tag, _) in first {
                        let request = agent.get(format!("{}{path}", node.address));
                        let mut answer = request.header("If-None-Match", tag).call().unwrap();
                        let body = answer.body_mut().read_to_vec().unwrap();
                        unchanged.fetch_add(u64::from(answer.status() == 304), Ordering::Relaxed);
                        bytes.fetch_add(body.len() as u64, Ordering::Relaxed);
                    }
                }
            });
        }
    });
    let asked = visitors * ASKED.len() as u64;
    for (path, _, length) in &first {
        eprintln!("{path}: {length} bytes the first time");
    }
    let all: usize = first.iter().map(|(.., length)| length).sum();
    eprintln!(
        "{visitors} visitors reload: {asked} answers, {} of them 304; {all} bytes once",
        unchanged.load(Ordering::Relaxed)
    );
    assert_eq!((unchanged.load(Ordering::Relaxed), bytes.load(Ordering::Relaxed)), (asked, 0));
    assert_eq!(node.end(), 0);
}
