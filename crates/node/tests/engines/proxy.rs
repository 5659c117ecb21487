//! A line to the database that is cut at one moment: after the server was told to commit, before its answer is through.

use std::{
    io::{Read as _, Write as _},
    net::Shutdown,
    os::unix::net::{UnixListener, UnixStream},
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
};

pub(crate) struct Line {
    folder: PathBuf,
    /// From here on the answer to the next COMMIT is lost.
    pub(crate) cut: Arc<AtomicBool>,
}

impl Line {
    /// A socket in a folder of its own, which leads to another socket.
    pub(crate) fn to(socket: PathBuf, folder: &Path) -> Self {
        std::fs::create_dir(folder).unwrap();
        let listener = UnixListener::bind(folder.join(".s.PGSQL.1")).unwrap();
        let cut = Arc::new(AtomicBool::new(false));
        let armed = cut.clone();
        thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let Ok(server) = UnixStream::connect(&socket) else { continue };
                let lost = Arc::new(AtomicBool::new(false));
                let (from, to) = (client.try_clone().unwrap(), server.try_clone().unwrap());
                let (mark, armed) = (lost.clone(), armed.clone());
                thread::spawn(move || {
                    carry(from, to, |bytes| {
                        let told = bytes.windows(6).any(|word| word == b"COMMIT");
                        if told && armed.swap(false, Ordering::SeqCst) {
                            mark.store(true, Ordering::SeqCst);
                        }
                        true
                    })
                });
                thread::spawn(move || carry(server, client, |_| !lost.load(Ordering::SeqCst)));
            }
        });
        Self { folder: folder.to_owned(), cut }
    }

    pub(crate) fn address(&self) -> String {
        format!("postgres:///postgres?host={}&port=1&user=hattama", self.folder.display())
    }
}

/// Carries bytes for as long as they may pass.
fn carry(mut from: UnixStream, mut to: UnixStream, mut may_pass: impl FnMut(&[u8]) -> bool) {
    let mut bytes = [0; 65_536];
    while let Ok(count) = from.read(&mut bytes) {
        if count == 0 || !may_pass(&bytes[..count]) || to.write_all(&bytes[..count]).is_err() {
            break;
        }
    }
    let _gone = (from.shutdown(Shutdown::Both), to.shutdown(Shutdown::Both));
}
