//! Signing many drafts of one person at once: which may stand in a batch, what the summary says, and where it stands.

use std::path::{Path, PathBuf};

use client::files::{FileFault, read_signed, write_json_line};
use event::{Id, Key, MemberSignature, SignedEvent, member_text};
use law::Fact;

use crate::{
    keys::{signing_key::MemberKey, signing_program::SigningProgramFault},
    many::ALONE,
};

/// Drafts that are signed together.
#[derive(Debug)]
pub struct Batch {
    /// Each with its file, in the order named, none of them twice.
    pub drafts: Vec<BatchDraft>,
}

/// One draft of a batch.
#[derive(Debug)]
pub struct BatchDraft {
    /// Its file.
    pub path: PathBuf,
    /// The draft.
    pub signed: SignedEvent,
    /// What it is about: a precinct, a candidate, a commission.
    pub about: Option<Id>,
}

/// How far a batch came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BatchDone {
    /// Files that bear the signature now.
    pub signed: Vec<PathBuf>,
    /// Files that bore it before.
    pub already: Vec<PathBuf>,
}

/// Why a batch is not signed, or not to its end.
#[derive(Debug, thiserror::Error, phrase::Phrased)]
#[allow(missing_docs, reason = "the words say it")]
pub enum BatchFault {
    #[error(transparent)]
    File(#[from] FileFault),
    #[error(transparent)]
    Check(#[from] event::CheckError),
    #[error(transparent)]
    Form(#[from] event::json::DecodeError),
    #[error("{path}: expected drafts that may be signed together, found {fact}: it is read and signed alone", path = .path.display())]
    Alone { path: PathBuf, fact: String },
    #[error("{path}: expected the key among those that sign, found {key}; nothing was signed", path = .path.display())]
    NotASigner { path: PathBuf, key: Key },
    #[error("{path}: expected the draft that was shown, found another one; {done} of {all} are signed", path = .path.display())]
    Changed { path: PathBuf, done: usize, all: usize },
    #[error("{path}: {error}; {done} of {all} are signed, this one and those after it are not: run the same command once more", path = .path.display())]
    CutOff { path: PathBuf, error: FileFault, done: usize, all: usize },
    #[error("{path}: {error}; {done} of {all} are signed, this one and those after it are not: run the same command once more", path = .path.display())]
    Unsigned { path: PathBuf, error: Box<SigningProgramFault>, done: usize, all: usize },
}

impl Batch {
    /// Reads drafts that are to be signed together.
    ///
    /// # Errors
    /// [`BatchFault::Alone`] for a protocol, a determination or a certificate among several; a file that cannot be read.
    pub fn read(paths: &[PathBuf]) -> Result<Self, BatchFault> {
        let mut drafts: Vec<BatchDraft> = Vec::new();
        for path in paths {
            let signed = read_signed(path)?;
            if drafts.iter().any(|one| one.path == *path || one.signed.hash() == signed.hash()) {
                continue;
            }
            let about = find_subject(&signed);
            drafts.push(BatchDraft { path: path.clone(), signed, about });
        }
        let alone = drafts.iter().find(|one| ALONE.contains(&one.signed.event.fact.as_str()));
        if let Some(one) = alone.filter(|_| drafts.len() > 1) {
            let fact = one.signed.event.fact.to_string();
            return Err(BatchFault::Alone { path: one.path.clone(), fact });
        }
        Ok(Self { drafts })
    }

    /// Signs every draft with one key; before the first, the key is found among the signers of all.
    ///
    /// # Errors
    /// [`BatchFault`], which says how many are signed; what is signed stays signed, and the same call goes on from there.
    pub fn sign(&mut self, key: &MemberKey) -> Result<BatchDone, BatchFault> {
        let signer = key.public_key();
        let foreign = self.drafts.iter().find(|one| !one.signed.event.signers.contains(&signer));
        if let Some(one) = foreign {
            return Err(BatchFault::NotASigner { path: one.path.clone(), key: signer });
        }
        let all = self.drafts.len();
        let mut done = BatchDone { signed: Vec::new(), already: Vec::new() };
        for one in &mut self.drafts {
            let count = done.signed.len() + done.already.len();
            // Others may have signed meanwhile: their signatures stay, and another draft is not signed unseen.
            let mut now = read_signed(&one.path).map_err(|error| cut_off(&one.path, error, count, all))?;
            if now.hash() != one.signed.hash() {
                return Err(BatchFault::Changed { path: one.path.clone(), done: count, all });
            }
            if !now.missing_signers().contains(&signer) {
                done.already.push(one.path.clone());
                continue;
            }
            let text = member_text(&now.event, &now.hash());
            let signature = key.sign(text.as_bytes()).map_err(|error| {
                let error = Box::new(error);
                BatchFault::Unsigned { path: one.path.clone(), error, done: count, all }
            })?;
            now.add_signature(MemberSignature { signature, signer })?;
            let bytes = event::json::encode(&now)?;
            write_json_line(&one.path, &bytes).map_err(|error| cut_off(&one.path, error, count, all))?;
            one.signed = now;
            done.signed.push(one.path.clone());
        }
        Ok(done)
    }
}

fn cut_off(path: &Path, error: FileFault, done: usize, all: usize) -> BatchFault {
    BatchFault::CutOff { path: path.to_owned(), error, done, all }
}

/// What a draft is about, in the summary.
fn find_subject(signed: &SignedEvent) -> Option<Id> {
    let body = signed.event.body.text();
    let fact = Fact::read_body(signed.event.fact.as_str(), body.as_bytes()).ok();
    if let Some(precinct) = fact.as_ref().and_then(Fact::precinct) {
        return Some(precinct.clone());
    }
    let value: serde_json::Value = serde_json::from_str(body).ok()?;
    let named = ["precinct", "candidate", "commission", "organisation", "complaint"];
    named.iter().find_map(|name| value.get(*name)?.as_str()).and_then(|id| Id::new(id).ok())
}
