//! Asking a node on its control socket.

use std::{
    io::{self, BufReader},
    path::{Path, PathBuf},
};

#[cfg(unix)]
use std::{os::unix::net::UnixStream, time::Duration};

use event::{Hash, SignedEvent, json};

use super::{
    fault::ControlFault,
    frame::{Ask, ControlAnswer, FORM, Question, Reply, read_body, read_line, write_frame},
};

/// How long an answer may take: a journal of millions of entries is read for `check`.
#[cfg(unix)]
const PATIENCE: Duration = Duration::from_secs(3600);

/// A node, asked on its control socket.
#[derive(Debug, Clone)]
pub struct ControlLink {
    path: PathBuf,
    lang: &'static str,
}

/// What a running node found on its disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedDisk {
    /// Entries that are acknowledged, each read from the disk and judged again.
    pub entries: u64,
    /// Their root.
    pub root: Hash,
    /// Why the node takes nothing in, where it does not.
    pub reading_only: Option<String>,
}

impl ControlLink {
    /// The node behind a socket, which answers in a language.
    #[must_use]
    pub fn new(path: &Path, lang: texts::Language) -> Self {
        Self { path: path.to_owned(), lang: lang.iso_code() }
    }

    /// Hands a public paper over, which an event names; tells whether it was there already.
    ///
    /// # Errors
    /// [`ControlFault`].
    pub fn attach(&self, bytes: &[u8]) -> Result<(Hash, bool), ControlFault> {
        match self.ask(Ask::Attach {}, &[bytes])?.0 {
            ControlAnswer::Attached { again, sha256 } => Ok((sha256, again)),
            _ => Err(self.other_answer()),
        }
    }

    /// Has the node read its journal as it lies on the disk, and compare it with what it acknowledged.
    ///
    /// # Errors
    /// [`ControlFault`].
    pub fn check_disk(&self) -> Result<CheckedDisk, ControlFault> {
        match self.ask(Ask::Check {}, &[])?.0 {
            ControlAnswer::Checked { entries, root, writing: reading_only } => {
                Ok(CheckedDisk { entries, root, reading_only })
            }
            _ => Err(self.other_answer()),
        }
    }

    /// Has the node take `log-key-replaced` in, and sign with the new key from its entry on; tells where it stands.
    ///
    /// # Errors
    /// [`ControlFault`].
    pub fn replace_log_key(&self, signed: &SignedEvent, seed: &[u8; 32]) -> Result<u64, ControlFault> {
        let line = |error: json::DecodeError| self.broken(io::Error::other(error.to_string()));
        let event = json::encode(signed).map_err(line)?;
        let ask = Ask::ReplaceLogKey { event: event.len() as u64 };
        match self.ask(ask, &[&event, seed])?.0 {
            ControlAnswer::LogKeyReplaced { index } => Ok(index),
            _ => Err(self.other_answer()),
        }
    }

    /// One question and its answer.
    pub(crate) fn ask(&self, ask: Ask, body: &[&[u8]]) -> Result<(ControlAnswer, Vec<u8>), ControlFault> {
        let bytes = body.iter().map(|part| part.len() as u64).sum();
        let question = Question { v: FORM, lang: self.lang.to_owned(), ask, bytes };
        let mut stream = BufReader::new(self.connect()?);
        // A node that refuses does not read the rest: its answer is looked for all the same.
        let written = write_frame(stream.get_mut(), &question, body);
        let reply: Reply = match (read_line(&mut stream), written) {
            (Ok(reply), _) => reply,
            (Err(_), Err(error)) | (Err(error), Ok(())) => return Err(self.broken(error)),
        };
        let told = read_body(&mut stream, reply.bytes).map_err(|error| self.broken(error))?;
        match reply.told {
            ControlAnswer::Refused { merits, why } => Err(ControlFault::Refused { quoted: why, merits }),
            other => Ok((other, told)),
        }
    }

    pub(crate) fn other_answer(&self) -> ControlFault {
        ControlFault::Answer { path: self.path.clone() }
    }

    pub(crate) fn broken(&self, error: io::Error) -> ControlFault {
        ControlFault::Line { path: self.path.clone(), error }
    }

    #[cfg(unix)]
    fn connect(&self) -> Result<UnixStream, ControlFault> {
        let path = || self.path.clone();
        let stream = UnixStream::connect(&self.path).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => ControlFault::Absent { path: path() },
            io::ErrorKind::ConnectionRefused => ControlFault::LeftBehind { path: path() },
            io::ErrorKind::PermissionDenied => ControlFault::Forbidden { path: path() },
            _ => self.broken(error),
        })?;
        let bounded = stream.set_read_timeout(Some(PATIENCE));
        bounded.map_err(|error| self.broken(error))?;
        Ok(stream)
    }

    #[cfg(not(unix))]
    fn connect(&self) -> Result<io::Cursor<Vec<u8>>, ControlFault> {
        Err(ControlFault::Absent { path: self.path.clone() })
    }
}
