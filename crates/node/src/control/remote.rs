//! A ledger that a running node hands over to a separate publisher: every entry is checked and judged here again, and nothing that the node says is
//! signed unless it follows.

use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
    fs, io,
    ops::ControlFlow,
    path::{Path, PathBuf},
    thread,
    time::{Duration, Instant},
};

use event::{Hash, SignedEvent, Stamp, json};
use ledger::{Head, LogKeys, ReplayStep, StoppedReplay, replay};
use phrase::{Phrased as _, phrase};
use serde::{Deserialize, Serialize};
use tlog::policy::Policy;

use super::{
    fault::ControlFault,
    frame::{Ask, ControlAnswer, FrozenState, NamedFile, split_parts},
    link::ControlLink,
};
use crate::{
    attachments::{attachment_path, attachments_folder},
    files::{FileError, create_private_folder, read_file, rename_durably, write_durably, write_privately},
    named_documents::note_documents,
    publish::{cosigned::WitnessAnswers, fault::PublishError, frozen::PublishableLedger},
};

/// How long an announcement may take to be shown: witnesses are asked meanwhile.
const SHOWN_WITHIN: Duration = Duration::from_secs(60);

/// What a publisher keeps in its folder.
const MEMORY: &str = "publisher.json";

/// The ledger of a running node, as a publisher sees it.
pub struct HandedLedger {
    link: ControlLink,
    dir: PathBuf,
    ledger: Hash,
    head: Head,
    documents: BTreeMap<Hash, u64>,
    state: Option<FrozenState>,
    /// The facts that were stated since the newest announcement.
    stated: BTreeSet<String>,
    /// Entries that were read last, and the index of the first.
    read: RefCell<(u64, Vec<Vec<u8>>)>,
    /// Held until the end: one publisher in a folder.
    _lock: fs::File,
}

/// What a publisher remembers of the ledger that it signs for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct PublisherMemory {
    ledger: Hash,
    root: Hash,
    size: u64,
}

impl HandedLedger {
    /// Begins to follow the node behind a socket, with a folder of the publisher's own. Without an id only the ledger that was published
    /// from this folder before.
    ///
    /// # Errors
    /// [`PublishError::Control`]; nothing was signed.
    pub fn open(link: ControlLink, dir: &Path, ledger: Option<Hash>) -> Result<Self, PublishError> {
        create_private_folder(dir)?;
        let path = dir.join("lock");
        let lock = fs::File::create(&path).map_err(FileError::at(&path))?;
        lock.try_lock().map_err(|_| ControlFault::OtherPublisher { path: dir.to_owned() })?;
        let known = read_memory(dir)?.map(|memory| memory.ledger);
        let ledger = match (ledger, known) {
            (Some(named), Some(known)) if named != known => {
                return Err(ControlFault::OtherLedger { expected: known, found: named }.into());
            }
            (named, known) => named.or(known).ok_or(ControlFault::Unpinned)?,
        };
        let mut handed = Self {
            link,
            dir: dir.to_owned(),
            ledger,
            head: Head::default(),
            documents: BTreeMap::new(),
            state: None,
            stated: BTreeSet::new(),
            read: RefCell::new((0, Vec::new())),
            _lock: lock,
        };
        handed.bring_newest()?;
        Ok(handed)
    }

    /// The facts that were stated since the newest announcement, by their names.
    #[must_use]
    pub fn stated_since(&self) -> &BTreeSet<String> {
        &self.stated
    }

    /// Goes on to the newest state that the node hands over: entries are judged, the root and the checkpoint compared, papers fetched.
    ///
    /// # Errors
    /// [`PublishError`]; nothing was signed.
    pub fn bring_newest(&mut self) -> Result<(), PublishError> {
        let (ControlAnswer::State(state), _) = self.link.ask(Ask::State {}, &[])? else {
            return Err(self.link.other_answer().into());
        };
        if state.ledger != self.ledger {
            return Err(ControlFault::OtherLedger { expected: self.ledger, found: state.ledger }.into());
        }
        let memory = read_memory(&self.dir)?;
        let seen = memory.map_or(0, |memory| memory.size).max(self.head.size());
        if state.acknowledged < seen {
            let found = state.acknowledged.to_string();
            return Err(ControlFault::OtherHistory { size: seen, found }.into());
        }
        // A node that was started again asks its witnesses first: until they have answered it hands over what they saw before.
        if state.size < seen {
            return Err(ControlFault::NotShownAgain { expected: seen, found: state.size }.into());
        }
        while self.head.size() < state.size {
            self.bring_entries(state.size)?;
        }
        self.require_own_entries()?;
        self.require_checkpoint(&state)?;
        self.require_memory()?;
        self.state = Some(state);
        self.bring_papers()
    }

    /// The entries are those of the ledger that this publisher publishes: what the node says of itself is not enough.
    fn require_own_entries(&self) -> Result<(), ControlFault> {
        let found = self.head.state().ledger.unwrap_or(Hash::ZERO);
        if found == self.ledger {
            return Ok(());
        }
        Err(ControlFault::OtherLedger { expected: self.ledger, found })
    }

    /// The next entries, judged.
    fn bring_entries(&mut self, size: u64) -> Result<(), PublishError> {
        let entries = self.ask_entries(self.head.size(), size)?;
        let bytes: Vec<&[u8]> = entries.iter().map(Vec::as_slice).collect();
        let (documents, stated) = (&mut self.documents, &mut self.stated);
        let replayed = replay(&mut self.head, verifier::decode_all(&bytes), |step| {
            if let ReplayStep::Admitted(_, admitted) = step {
                note_documents(documents, admitted);
                let fact = admitted.entry().event().fact.as_str();
                if fact == "snapshot-published" {
                    stated.clear();
                } else {
                    stated.insert(fact.to_owned());
                }
            }
            ControlFlow::Continue(())
        });
        let stopped = |stopped| match stopped {
            StoppedReplay::Unreadable { index, error } => (index, error.phrase()),
            StoppedReplay::Refused { index, refusal } => (index, refusal.phrase()),
        };
        replayed.map_err(|fault| {
            let (index, found) = stopped(fault);
            ControlFault::Entry { index, found }
        })?;
        Ok(())
    }

    fn ask_entries(&self, from: u64, to: u64) -> Result<Vec<Vec<u8>>, ControlFault> {
        let (ControlAnswer::Entries { lengths }, bytes) = self.link.ask(Ask::Entries { from, to }, &[])?
        else {
            return Err(self.link.other_answer());
        };
        let parts = split_parts(&bytes, lengths.into_iter()).filter(|parts| !parts.is_empty());
        let parts = parts.filter(|parts| parts.len() as u64 <= to.saturating_sub(from));
        let parts = parts.ok_or_else(|| self.link.other_answer())?;
        Ok(parts.into_iter().map(<[u8]>::to_vec).collect())
    }

    /// The checkpoint is the log's, over these very entries.
    fn require_checkpoint(&self, state: &FrozenState) -> Result<(), ControlFault> {
        let other = |found| ControlFault::Checkpoint { found };
        let keys = LogKeys::of(self.head.state()).map_err(|error| other(error.phrase()))?;
        let opened = keys.open(state.checkpoint.as_bytes()).map_err(|error| other(error.phrase()))?;
        let own = (self.head.size(), self.head.root());
        if (opened.size, Hash(opened.root)) == own && state.root == own.1 {
            return Ok(());
        }
        Err(other(phrase!("a-root-of-another-tree", "a root of another tree")))
    }

    /// What this publisher saw before is the past of what it sees now; kept durably before anything is signed.
    fn require_memory(&self) -> Result<(), PublishError> {
        if let Some(before) = read_memory(&self.dir)? {
            let found = self.head.root_at(before.size);
            if found != Some(before.root) {
                let found = found.map_or_else(|| "-".to_owned(), |root| root.to_string());
                return Err(ControlFault::OtherHistory { size: before.size, found }.into());
            }
        }
        let memory = PublisherMemory { ledger: self.ledger, root: self.head.root(), size: self.head.size() };
        let path = self.dir.join(MEMORY);
        let form = |error| ControlFault::Memory { path: path.clone(), error };
        let beside = path.with_extension("new");
        write_privately(&beside, &serde_json::to_vec(&memory).map_err(form)?)?;
        Ok(rename_durably(&beside, &path)?)
    }

    /// Fetches the papers that lie beside the ledger and that its events name.
    fn bring_papers(&self) -> Result<(), PublishError> {
        let (ControlAnswer::Papers { papers }, _) = self.link.ask(Ask::Papers {}, &[])? else {
            return Err(self.link.other_answer().into());
        };
        for paper in papers {
            let path = attachment_path(&self.dir, &paper.sha256);
            if self.documents.get(&paper.sha256) != Some(&paper.size) || path.is_file() {
                continue;
            }
            let (ControlAnswer::Paper {}, bytes) = self.link.ask(Ask::Paper { sha256: paper.sha256 }, &[])?
            else {
                return Err(self.link.other_answer().into());
            };
            if event::sha256(&[&bytes]) != paper.sha256 {
                return Err(self.link.other_answer().into());
            }
            let making = attachments_folder(&self.dir).join("taking-in");
            write_durably(&making, &bytes)?;
            rename_durably(&making, &path)?;
        }
        Ok(())
    }
}

impl PublishableLedger for HandedLedger {
    fn head(&self) -> &Head {
        &self.head
    }

    fn entry(&self, index: u64) -> Result<Vec<u8>, PublishError> {
        let held = |read: &(u64, Vec<Vec<u8>>)| {
            let place = usize::try_from(index.checked_sub(read.0)?).ok()?;
            read.1.get(place).cloned()
        };
        let known = held(&self.read.borrow());
        let bytes = match known {
            Some(bytes) => bytes,
            None => {
                let entries = self.ask_entries(index, self.head.size())?;
                let first = entries.first().cloned().unwrap_or_default();
                *self.read.borrow_mut() = (index, entries);
                first
            }
        };
        // The entry that was judged, and no other.
        if self.head.tree().leaf_hash(index) == Some(tlog::tree::leaf_hash(&bytes)) {
            return Ok(bytes);
        }
        let found = phrase!("another-entry", "another entry");
        Err(ControlFault::Entry { index, found }.into())
    }

    fn checkpoint(&self) -> Option<Vec<u8>> {
        self.state.as_ref().map(|state| state.checkpoint.clone().into_bytes())
    }

    fn public_documents(&self) -> &BTreeMap<Hash, u64> {
        &self.documents
    }

    fn cosigned_checkpoint(
        &self,
        _policy: Option<&Policy>,
    ) -> Result<(Vec<u8>, Option<WitnessAnswers>), PublishError> {
        let state = self.state.as_ref().ok_or(PublishError::NoCheckpoint)?;
        // The node asks its witnesses, and hands over what they said.
        let answers = state.cosigned.zip(state.enough).map(|(cosigned, enough)| WitnessAnswers {
            cosigned: usize::try_from(cosigned).unwrap_or(usize::MAX),
            short: (!enough)
                .then(|| phrase!("node-fewer-cosignatures", "fewer cosignatures than the policy asks for")),
            silent: Vec::new(),
        });
        Ok((state.checkpoint.clone().into_bytes(), answers))
    }

    fn announce(
        &mut self,
        signed: SignedEvent,
        _received: Stamp,
        (n, files): (u64, &[(String, Vec<u8>)]),
    ) -> Result<(), PublishError> {
        let event = json::encode(&signed)?;
        let named =
            |(name, bytes): &(String, Vec<u8>)| NamedFile { length: bytes.len() as u64, name: name.clone() };
        let ask = Ask::Announce { event: event.len() as u64, files: files.iter().map(named).collect(), n };
        let parts: Vec<&[u8]> = std::iter::once(event.as_slice())
            .chain(files.iter().map(|(_, bytes)| bytes.as_slice()))
            .collect();
        let (ControlAnswer::Announced { index }, _) = self.link.ask(ask, &parts)? else {
            return Err(self.link.other_answer().into());
        };
        let until = Instant::now() + SHOWN_WITHIN;
        loop {
            self.bring_newest()?;
            if self.head.size() > index {
                return Ok(());
            }
            if Instant::now() > until {
                return Err(ControlFault::NotYetShown { index }.into());
            }
            thread::sleep(Duration::from_millis(200));
        }
    }

    fn staged_elsewhere(&self, n: u64) -> Result<Vec<(String, Vec<u8>)>, PublishError> {
        let (ControlAnswer::Staged { files }, bytes) = self.link.ask(Ask::Staged { n }, &[])? else {
            return Err(self.link.other_answer().into());
        };
        let parts = split_parts(&bytes, files.iter().map(|file| file.length));
        let parts = parts.ok_or_else(|| self.link.other_answer())?;
        let plain = |name: &str| name.split('/').all(|part| !matches!(part, "" | "." | ".."));
        if !files.iter().all(|file| plain(&file.name)) {
            return Err(self.link.other_answer().into());
        }
        Ok(files.into_iter().zip(parts).map(|(file, bytes)| (file.name, bytes.to_vec())).collect())
    }

    fn note_place(
        &self,
        _dir: &Path,
        place: &str,
        shown: Option<u64>,
        witnesses: Option<&WitnessAnswers>,
    ) -> Result<(), PublishError> {
        let cosigned = witnesses.is_some_and(|answers| answers.cosigned > 0);
        let ask = Ask::Place { at: place.to_owned(), cosigned, size: shown };
        match self.link.ask(ask, &[])?.0 {
            ControlAnswer::Noted {} => Ok(()),
            _ => Err(self.link.other_answer().into()),
        }
    }
}

fn read_memory(dir: &Path) -> Result<Option<PublisherMemory>, PublishError> {
    let path = dir.join(MEMORY);
    match read_file(&path, 1 << 16) {
        Ok(bytes) => match serde_json::from_slice(&bytes) {
            Ok(memory) => Ok(Some(memory)),
            Err(error) => Err(ControlFault::Memory { path, error }.into()),
        },
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(FileError::at(&path)(error).into()),
    }
}
