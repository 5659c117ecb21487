//! A static server on this machine that serves the files of a test, and misbehaves where the test says so.
//!
//! In: sockets, HTTP/1.1, what was asked for. Out: what must come of it (`addresses`).

use std::{
    collections::BTreeMap,
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::{Shutdown, TcpListener, TcpStream},
    sync::{Arc, Mutex, atomic::AtomicBool, atomic::Ordering},
    thread,
    time::Duration,
};

type Files = BTreeMap<String, Vec<u8>>;

/// What the server does with one request.
pub(crate) enum Answer {
    /// As a static server would: the file, or 404.
    Honest,
    /// This body with status 200 and these header lines.
    Body(&'static str, Vec<u8>),
    /// This status, these header lines, no body.
    Status(u16, String),
    /// A promise of all these bytes, then half of them, then the end.
    Early(Vec<u8>),
    /// These bytes over and over, without end.
    Endless(&'static str, Vec<u8>),
    /// Nothing, while the test lasts.
    Silence,
}

/// A running server.
pub(crate) struct Site {
    pub(crate) address: String,
    asked: Arc<Mutex<Vec<String>>>,
    over: Arc<AtomicBool>,
}

impl Site {
    /// Serves files; the rule decides by path, and by how often the path was asked for before.
    pub(crate) fn new(files: Files, rule: impl Fn(&str, usize) -> Answer + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}/log", listener.local_addr().unwrap());
        let (asked, over) = (Arc::<Mutex<Vec<String>>>::default(), Arc::new(AtomicBool::new(false)));
        let shared = Arc::new((files, rule));
        let (list, stop) = (Arc::clone(&asked), Arc::clone(&over));
        thread::spawn(move || {
            for stream in listener.incoming() {
                if stop.load(Ordering::Relaxed) {
                    return;
                }
                let (shared, list, stop) = (Arc::clone(&shared), Arc::clone(&list), Arc::clone(&stop));
                // A reader that goes away in the middle is no fault of the server.
                thread::spawn(move || drop(talk(stream.unwrap(), &shared.0, &shared.1, &list, &stop)));
            }
        });
        Self { address, asked, over }
    }

    /// A server that behaves.
    pub(crate) fn honest(files: Files) -> Self {
        Self::new(files, |_, _| Answer::Honest)
    }

    /// Every path asked for, in order.
    pub(crate) fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        self.over.store(true, Ordering::Relaxed);
        let host = self.address.trim_start_matches("http://").trim_end_matches("/log");
        drop(TcpStream::connect(host));
    }
}

fn talk(
    mut stream: TcpStream,
    files: &Files,
    rule: &dyn Fn(&str, usize) -> Answer,
    list: &Mutex<Vec<String>>,
    stop: &AtomicBool,
) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    loop {
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            if reader.read_line(&mut head)? == 0 {
                return Ok(());
            }
        }
        let length = head.lines().find_map(|line| {
            let (name, value) = line.split_once(':')?;
            name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse().unwrap())
        });
        let mut body = vec![0; length.unwrap_or(0)];
        reader.read_exact(&mut body)?;
        let path = head.split(' ').nth(1).unwrap_or_default();
        let path = path.strip_prefix("/log/").unwrap_or(path).to_owned();
        let before = {
            let mut list = list.lock().unwrap();
            list.push(path.clone());
            list.iter().filter(|asked| **asked == path).count() - 1
        };
        match rule(&path, before) {
            Answer::Honest => match files.get(&path) {
                Some(bytes) => send(&mut stream, "200 OK", "", bytes)?,
                None => send(&mut stream, "404 Not Found", "", b"<html><title>Not here</title></html>")?,
            },
            Answer::Body(headers, bytes) => send(&mut stream, "200 OK", headers, &bytes)?,
            Answer::Status(status, headers) => send(&mut stream, &format!("{status} So"), &headers, b"")?,
            Answer::Early(bytes) => {
                write!(stream, "HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", bytes.len())?;
                stream.write_all(&bytes[..bytes.len() / 2])?;
                return stream.shutdown(Shutdown::Both);
            }
            Answer::Endless(headers, bytes) => {
                write!(stream, "HTTP/1.1 200 OK\r\n{headers}Connection: close\r\n\r\n")?;
                while !stop.load(Ordering::Relaxed) {
                    stream.write_all(&bytes)?;
                }
                return Ok(());
            }
            Answer::Silence => {
                while !stop.load(Ordering::Relaxed) {
                    thread::sleep(Duration::from_millis(20));
                }
                return Ok(());
            }
        }
    }
}

fn send(stream: &mut TcpStream, status: &str, headers: &str, body: &[u8]) -> std::io::Result<()> {
    let mut answer =
        format!("HTTP/1.1 {status}\r\n{headers}Content-Length: {}\r\n\r\n", body.len()).into_bytes();
    answer.extend(body);
    stream.write_all(&answer)
}
