//! What goes over the control socket: one line of JSON, then as many bytes as it says. One question and one answer a connection.
//!
//! ```text
//! {"v":1,"lang":"en","ask":{"entries":{"from":0,"to":256}},"bytes":0}⏎
//! {"told":{"entries":{"lengths":[812,655]}},"bytes":1467}⏎…
//! ```

use std::io::{self, BufRead, Read as _, Write};

use event::Hash;
use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// The form of questions; another one is another version's.
pub(crate) const FORM: u64 = 1;

/// Longest line: an answer with the lengths of entries and the names of all files of a snapshot, some ten thousand pages.
const LINE_BYTES_MAX: u64 = 1 << 24;

/// Most bytes behind a line: all files of one snapshot.
const BODY_BYTES_MAX: u64 = 1 << 30;

/// Entries of one answer.
pub(crate) const ENTRIES_AT_ONCE: u64 = 256;

/// A question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Question {
    pub(crate) v: u64,
    /// In which language a refusal is said.
    pub(crate) lang: String,
    pub(crate) ask: Ask,
    pub(crate) bytes: u64,
}

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) enum Ask {
    /// The frozen state: everything acknowledged that may be shown.
    State {},
    /// Entries of it.
    Entries { from: u64, to: u64 },
    /// The papers that lie beside the ledger.
    Papers {},
    /// One of them.
    Paper { sha256: Hash },
    /// The files of a snapshot that was announced.
    Staged { n: u64 },
    /// Take an announcement in: the event of so many bytes, then the files of its snapshot.
    Announce { event: u64, files: Vec<NamedFile>, n: u64 },
    /// Keep where the ledger is shown.
    Place { at: String, cosigned: bool, size: Option<u64> },
    /// Take a paper in.
    Attach {},
    /// Read the journal as it lies on the disk, all of it.
    Check {},
    /// Take `log-key-replaced` in, and sign with the key of that seed from its entry on: the event of so many bytes, then the seed.
    ReplaceLogKey { event: u64 },
}

/// A file among the bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NamedFile {
    pub(crate) length: u64,
    pub(crate) name: String,
}

/// A paper beside the ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NamedPaper {
    pub(crate) sha256: Hash,
    pub(crate) size: u64,
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Reply {
    pub(crate) told: ControlAnswer,
    pub(crate) bytes: u64,
}

/// What is answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) enum ControlAnswer {
    State(FrozenState),
    Entries {
        lengths: Vec<u64>,
    },
    Papers {
        papers: Vec<NamedPaper>,
    },
    Paper {},
    Staged {
        files: Vec<NamedFile>,
    },
    Announced {
        index: u64,
    },
    Noted {},
    Attached {
        again: bool,
        sha256: Hash,
    },
    Checked {
        entries: u64,
        root: Hash,
        writing: Option<String>,
    },
    LogKeyReplaced {
        index: u64,
    },
    /// Not done. `merits`: because of what was asked; otherwise it may be asked again later.
    Refused {
        merits: bool,
        why: String,
    },
}

/// The state that is handed to a publisher.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FrozenState {
    /// Entries that were acknowledged; under a policy no fewer than are handed over.
    pub(crate) acknowledged: u64,
    pub(crate) ledger: Hash,
    pub(crate) size: u64,
    pub(crate) root: Hash,
    /// The signed note, with the cosignatures that it has.
    pub(crate) checkpoint: String,
    /// How many witnesses cosigned it, and whether they are enough, where there is a policy.
    pub(crate) cosigned: Option<u64>,
    pub(crate) enough: Option<bool>,
}

/// Writes a line and the bytes behind it.
pub(crate) fn write_frame(to: &mut impl Write, line: &impl Serialize, body: &[&[u8]]) -> io::Result<()> {
    let mut text = serde_json::to_vec(line)?;
    text.push(b'\n');
    to.write_all(&text)?;
    body.iter().try_for_each(|bytes| to.write_all(bytes))?;
    to.flush()
}

/// Reads a line; nothing else follows in it.
pub(crate) fn read_line<T: DeserializeOwned>(from: &mut impl BufRead) -> io::Result<T> {
    let mut line = Vec::new();
    from.by_ref().take(LINE_BYTES_MAX).read_until(b'\n', &mut line)?;
    match line.pop() {
        Some(b'\n') => Ok(serde_json::from_slice(&line)?),
        Some(_) | None => Err(io::ErrorKind::UnexpectedEof.into()),
    }
}

/// Reads the bytes behind a line, all of them.
pub(crate) fn read_body(from: &mut impl BufRead, bytes: u64) -> io::Result<Vec<u8>> {
    if bytes > BODY_BYTES_MAX {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    // Grows with what really comes.
    let mut body = Vec::new();
    from.by_ref().take(bytes).read_to_end(&mut body)?;
    if body.len() as u64 == bytes { Ok(body) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
}

/// The parts of some bytes, which they are made of and nothing else.
pub(crate) fn split_parts(mut bytes: &[u8], lengths: impl Iterator<Item = u64>) -> Option<Vec<&[u8]>> {
    let mut parts = Vec::new();
    for length in lengths {
        let (part, rest) = bytes.split_at_checked(usize::try_from(length).ok()?)?;
        parts.push(part);
        bytes = rest;
    }
    bytes.is_empty().then_some(parts)
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    fn questions() -> Vec<Question> {
        let file = NamedFile { length: 3, name: "manifest.json".to_owned() };
        let asks = [
            Ask::State {},
            Ask::Entries { from: 0, to: 256 },
            Ask::Papers {},
            Ask::Paper { sha256: Hash([7; 32]) },
            Ask::Staged { n: 1 },
            Ask::Announce { event: 9, files: vec![file], n: 2 },
            Ask::Place { at: "s3://a/b".to_owned(), cosigned: true, size: Some(3) },
            Ask::Attach {},
            Ask::Check {},
            Ask::ReplaceLogKey { event: 5 },
        ];
        asks.map(|ask| Question { v: FORM, lang: "kk".to_owned(), ask, bytes: 4 }).to_vec()
    }

    #[test]
    fn what_is_written_is_read_again_and_nothing_else() {
        for question in questions() {
            let mut bytes = Vec::new();
            write_frame(&mut bytes, &question, &[b"ab", b"cd"]).unwrap();
            let mut from = Cursor::new(&bytes);
            assert_eq!(read_line::<Question>(&mut from).unwrap(), question);
            assert_eq!(read_body(&mut from, question.bytes).unwrap(), b"abcd");
            let text = String::from_utf8(bytes).unwrap();
            let more = text.replacen("\"v\":1", "\"v\":1,\"x\":0", 1);
            assert!(read_line::<Question>(&mut Cursor::new(more)).is_err(), "a word that there is not");
        }
    }

    /// No line and no body takes more than there is, or stops the node.
    #[test]
    fn what_is_cut_off_or_turned_is_refused_or_another_question() {
        for question in questions() {
            let mut whole = Vec::new();
            write_frame(&mut whole, &question, &[]).unwrap();
            for end in 0..whole.len() {
                assert!(read_line::<Question>(&mut Cursor::new(&whole[..end])).is_err(), "{end}");
            }
            for spoilt in crate::files::spoil_bytes(&whole) {
                if let Ok(read) = read_line::<Question>(&mut Cursor::new(&spoilt)) {
                    let mut again = Vec::new();
                    write_frame(&mut again, &read, &[]).unwrap();
                    assert_eq!(read_line::<Question>(&mut Cursor::new(&again)).unwrap(), read);
                }
            }
        }
        assert!(read_body(&mut Cursor::new(b"abc"), 4).is_err());
        assert!(read_body(&mut Cursor::new(b"abc"), u64::MAX).is_err());
    }

    #[test]
    fn parts_are_all_of_the_bytes() {
        let split = |lengths: &[u64]| split_parts(b"abcdef", lengths.iter().copied());
        assert_eq!(split(&[2, 0, 4]), Some(vec![&b"ab"[..], b"", b"cdef"]));
        assert_eq!((split(&[2]), split(&[2, 5]), split(&[u64::MAX])), (None, None, None));
    }
}
