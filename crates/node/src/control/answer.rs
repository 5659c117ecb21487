//! What a node does when it is asked on its control socket: hands a frozen state over, takes announcements and papers in, replaces its log key.

use std::{
    collections::BTreeMap,
    io::{self, BufReader, Read, Write},
};

use ed25519_dalek::SigningKey;
use event::{Key, SignedEvent};
use law::Fact;
use phrase::Phrased as _;
use texts::{Language, say_phrase};
use tokio::sync::oneshot;
use verifier::limits::FILE_BYTES_MAX;
use zeroize::Zeroizing;

use super::{
    announced::take_announcement,
    fault::ControlRefusal,
    frame::{
        Ask, ControlAnswer, ENTRIES_AT_ONCE, FORM, NamedFile, NamedPaper, Question, Reply, read_body,
        read_line, split_parts, write_frame,
    },
    server::{Caller, ControlServer, below},
};
use crate::{
    attachments::{AttachmentError, attachment_path, keep_attachment, read_attachments},
    files::read_file,
    publish::stage::read_staged,
    reopening::view_of_journal,
    shared::{Mode, NewLogKey, Task},
    witnesses::memory::AnchorMemory,
};

/// An answer with the bytes behind it.
type Answered = Result<(ControlAnswer, Vec<Vec<u8>>), ControlRefusal>;

/// Reads one question and answers it. `operator` is whether the node's own account or root asks.
pub(crate) fn serve_question(
    server: &ControlServer,
    stream: impl Read + Write,
    operator: Caller,
) -> io::Result<()> {
    let mut stream = BufReader::new(stream);
    let question: Question = read_line(&mut stream)?;
    let lang = Language::from_locale(&question.lang).unwrap_or(Language::En);
    let answered = match operator {
        Err((uid, gid)) => Err(ControlRefusal::Stranger { uid, gid }),
        Ok(_) if question.v != FORM => Err(ControlRefusal::Form { expected: FORM, found: question.v }),
        Ok(operator) => {
            let body = Zeroizing::new(read_body(&mut stream, question.bytes)?);
            server.answer(question.ask, &body, operator)
        }
    };
    let (told, body) = answered.unwrap_or_else(|refusal| {
        tracing::warn!(%refusal, "refused on the control socket");
        let why = say_phrase(lang, &refusal.phrase());
        (ControlAnswer::Refused { merits: refusal.is_of_merits(), why }, Vec::new())
    });
    let bytes = body.iter().map(|part| part.len() as u64).sum();
    let parts: Vec<&[u8]> = body.iter().map(Vec::as_slice).collect();
    write_frame(stream.get_mut(), &Reply { told, bytes }, &parts)
}

impl ControlServer {
    fn answer(&self, ask: Ask, body: &[u8], operator: bool) -> Answered {
        let alone = |told| Ok((told, Vec::new()));
        match ask {
            Ask::State {} => alone(ControlAnswer::State(self.freeze()?)),
            Ask::Entries { from, to } => self.hand_entries(from, to),
            Ask::Papers {} => {
                let papers = read_attachments(&self.dir, &BTreeMap::new());
                let papers = papers.map_err(|error| below(&error))?;
                let named = |(name, paper): (&String, &verifier::Paper)| {
                    (*name == paper.sha256.to_string())
                        .then_some(NamedPaper { sha256: paper.sha256, size: paper.size })
                };
                alone(ControlAnswer::Papers { papers: papers.iter().filter_map(named).collect() })
            }
            Ask::Paper { sha256 } => {
                let read = read_file(&attachment_path(&self.dir, &sha256), FILE_BYTES_MAX);
                let bytes = read.map_err(|_| ControlRefusal::NoFile { name: sha256.to_string() })?;
                Ok((ControlAnswer::Paper {}, vec![bytes]))
            }
            Ask::Staged { n } => {
                let files = read_staged(&self.dir, n).map_err(|error| below(&error))?;
                let named = |(name, bytes): &(String, Vec<u8>)| NamedFile {
                    length: bytes.len() as u64,
                    name: name.clone(),
                };
                let told = ControlAnswer::Staged { files: files.iter().map(named).collect() };
                Ok((told, files.into_iter().map(|(_, bytes)| bytes).collect()))
            }
            Ask::Announce { event, files, n } => {
                let one = self.one_change();
                let index = take_announcement(self, (event, n), &files, body)?;
                drop(one);
                alone(ControlAnswer::Announced { index })
            }
            Ask::Place { at, cosigned, size } => {
                let one = self.one_change();
                let noted = AnchorMemory::update(&self.dir, |memory| {
                    memory.note_place(&at, size);
                    memory.witnessed |= cosigned;
                });
                drop(one);
                noted.map_err(|error| below(&error))?;
                alone(ControlAnswer::Noted {})
            }
            Ask::Attach {} => {
                let one = self.one_change();
                let attached = self.attach(body)?;
                drop(one);
                alone(attached)
            }
            Ask::Check {} => alone(self.check_disk()?),
            Ask::ReplaceLogKey { .. } if !operator => Err(ControlRefusal::GroupAlone),
            Ask::ReplaceLogKey { event } => {
                let one = self.one_change();
                let index = self.replace_log_key(event, body)?;
                drop(one);
                alone(ControlAnswer::LogKeyReplaced { index })
            }
        }
    }

    fn hand_entries(&self, from: u64, to: u64) -> Answered {
        let size = self.freeze()?.size;
        if from >= to || to > size {
            return Err(ControlRefusal::Beyond { size });
        }
        let reader = self.shared.view().open_reader().map_err(|error| below(&error))?;
        let entries = reader.entries(from..to.min(from + ENTRIES_AT_ONCE)).map_err(|error| below(&error))?;
        let lengths = entries.iter().map(|entry| entry.len() as u64).collect();
        Ok((ControlAnswer::Entries { lengths }, entries))
    }

    fn attach(&self, bytes: &[u8]) -> Result<ControlAnswer, ControlRefusal> {
        let hash = event::sha256(&[bytes]);
        let (tell, told) = oneshot::channel();
        self.shared.hand_to_writer(Task::FindPaper(hash, tell));
        let size = told.blocking_recv().map_err(|_| self.tell_reading_only())?;
        match keep_attachment(|_| size, &self.dir, bytes) {
            Ok(done) => Ok(ControlAnswer::Attached { again: done.again, sha256: done.sha256 }),
            Err(error) => {
                let merits = !matches!(error, AttachmentError::Write(_));
                Err(ControlRefusal::Below { found: error.phrase(), merits })
            }
        }
    }

    /// Reads the journal as it lies on the disk, every entry judged again, and compares it with what was acknowledged.
    fn check_disk(&self) -> Result<ControlAnswer, ControlRefusal> {
        let (size, expected) = {
            let view = self.shared.view();
            (view.size(), view.head().root())
        };
        let on_disk = view_of_journal(&self.dir).map_err(|error| below(&error))?;
        let found = on_disk.head().root_at(size);
        if found != Some(expected) {
            let found = found.map_or_else(|| "-".to_owned(), |root| root.to_string());
            return Err(ControlRefusal::Lost { size, expected, found });
        }
        let writing = match self.shared.mode() {
            Mode::Writing => None,
            Mode::ReadOnly(why) => Some(why.to_string()),
        };
        Ok(ControlAnswer::Checked { entries: size, root: expected, writing })
    }

    fn replace_log_key(&self, event: u64, body: &[u8]) -> Result<u64, ControlRefusal> {
        if self.shared.witnessed.is_some() {
            return Err(ControlRefusal::UnderPolicy);
        }
        let parts = split_parts(body, [event, 32].into_iter()).ok_or(ControlRefusal::Parts)?;
        let [event, seed] = parts.as_slice() else { return Err(ControlRefusal::Parts) };
        let seed: [u8; 32] = (*seed).try_into().map_err(|_| ControlRefusal::Parts)?;
        let signed = SignedEvent::decode(event)
            .map_err(|error| ControlRefusal::Below { found: error.phrase(), merits: true })?;
        let seed = Zeroizing::new(seed);
        let expected = Key(SigningKey::from_bytes(&seed).verifying_key().to_bytes());
        match Fact::read_body(signed.event.fact.as_str(), signed.event.body.text().as_bytes()) {
            Ok(Fact::LogKeyReplaced(body)) if body.log_key == expected => {}
            Ok(Fact::LogKeyReplaced(body)) => {
                return Err(ControlRefusal::Replacement { expected, found: body.log_key.to_string() });
            }
            _ => {
                let found = signed.event.fact.to_string();
                return Err(ControlRefusal::Replacement { expected, found });
            }
        }
        self.append(signed, |events| Task::ReplaceLogKey(NewLogKey { events, seed }))
    }
}
