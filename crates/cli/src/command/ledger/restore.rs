//! `hattama ledger restore`: a ledger made again in a new folder, from a backup, a published place, a zip, an address or a copy of its folder.

use std::path::{Path, PathBuf};

use clap::Args;
use client::files::read_signed;
use node::{Anchors, KeptBackup, KeptFiles, OldNode, Restoration, restore_ledger};
use texts::program::{answer_language, say};
use verifier::{ObserverInputs, Source, Status, Verdict, Verification};
use zeroize::Zeroizing;

use crate::{
    anchoring::{PinWords, PolicyWord, StateWord, read_pins},
    fault::Fault,
    inside::lies_inside,
    keeping_fault::KeepingFault,
    open::{read_seed, read_witness_policy},
    source::{Shape, find_shape, read_backup, read_source},
    table::group_digits,
    terminal::{eprint, print},
};

#[derive(Debug, Args)]
pub(crate) struct RestoreWords {
    /// A backup (a folder, s3://…), a published folder, a zip of it, its address, or a copy of the ledger's own folder
    from: PathBuf,
    /// The new folder
    #[arg(long, env = "HATTAMA_RESTORE_TO", value_name = "DIR")]
    to: PathBuf,
    /// The log key; with --log-key-replaced the new one
    #[arg(long, env = "HATTAMA_LOG_KEY", value_name = "PEM")]
    log_key: PathBuf,
    /// The node that wrote before can never start again: its disk is destroyed, or its log key is gone from it
    #[arg(long, env = "HATTAMA_OLD_NODE_GONE", group = "old-node")]
    old_node_gone: bool,
    /// It may run: from now on nothing is acknowledged before the quorum of --policy, which does not cosign two histories
    #[arg(long, env = "HATTAMA_QUORUM_FIRST", group = "old-node", requires = "policy")]
    quorum_first: bool,
    /// It may run: the root keys replaced its log key by this signed event, which becomes the next entry
    #[arg(long, env = "HATTAMA_LOG_KEY_REPLACED", group = "old-node", value_name = "FILE")]
    log_key_replaced: Option<PathBuf>,
    /// A place where the ledger is published, as for `publish --to`: nothing is restored behind its checkpoint
    #[arg(long, env = "HATTAMA_PLACE", value_name = "PLACE")]
    place: Vec<String>,
    /// A witness, a mirror or a static server that shows a checkpoint under this address: asked, too
    #[arg(long, env = "HATTAMA_WITNESS", value_name = "ADDRESS")]
    witness: Vec<String>,
    #[command(flatten)]
    policy: PolicyWord,
    #[command(flatten)]
    pins: PinWords,
    #[command(flatten)]
    state: StateWord,
}

impl RestoreWords {
    pub(crate) fn run(self) -> Result<(), Fault> {
        let from = self.from.display().to_string();
        self.require_others_words(&from)?;
        let old_node = match &self.log_key_replaced {
            Some(file) => OldNode::KeyReplaced(Box::new(read_signed(file)?)),
            None if self.quorum_first => OldNode::QuorumFirst,
            None if self.old_node_gone => OldNode::Gone,
            // Told before anything is read for a long time.
            None => return Err(KeepingFault::from(node::RestoreError::OldNode).into()),
        };
        let policy = self.policy.policy.as_deref().map(read_witness_policy).transpose()?;
        let anchors = Anchors {
            places: self.place.clone(),
            addresses: self.witness.clone(),
            policy,
            state: self.state.find()?,
            pins: read_pins(&self.pins.pin)?,
            ..Anchors::default()
        };
        let log_seed = Zeroizing::new(read_seed(&self.log_key)?);
        let backup = find_backup(&self.from)?;
        let source = match &backup {
            Some(backup) => read_backup(&from, backup)?,
            None => read_source(&self.from)?,
        };
        require_sound(&from, &source)?;
        let restoration = Restoration {
            source: &source,
            checkpoint: source
                .checkpoint()
                .ok_or_else(|| KeepingFault::NoCheckpoint { from: from.clone() })?,
            files: match &backup {
                Some(backup) => KeptFiles::Backup(backup),
                None if matches!(find_shape(&self.from)?, Shape::Ledger) => KeptFiles::Folder(&self.from),
                None => KeptFiles::Published(&source),
            },
            to: &self.to,
            log_seed: &log_seed,
            anchors,
            old_node,
        };
        let done = restore_ledger(restoration).map_err(KeepingFault::from)?;
        let to = self.to.display().to_string();
        let args = [
            ("ledger", to.as_str().into()),
            ("from", from.into()),
            ("size", group_digits(done.size).into()),
            ("root", done.root.to_string().into()),
        ];
        print(&say("ledger-restored", &args));
        eprint(&if self.quorum_first {
            say("ledger-restored-quorum", &[("ledger", to.into())])
        } else {
            say("ledger-restored-next", &[("ledger", to.into())])
        });
        Ok(())
    }

    /// What lies in the source says nothing of whether the source is the newest.
    fn require_others_words(&self, from: &str) -> Result<(), KeepingFault> {
        let named = self.place.iter().chain(&self.witness).chain(&self.pins.pin);
        match named.into_iter().find(|named| lies_inside(&self.from, Path::new(named))) {
            Some(named) => Err(KeepingFault::OwnWord { from: from.to_owned(), named: named.clone() }),
            None => Ok(()),
        }
    }
}

/// The backup that is named, if it is one: a folder, or a prefix in an object store.
fn find_backup(from: &Path) -> Result<Option<KeptBackup>, Fault> {
    let text = from.to_str().unwrap_or_default();
    let far = text.contains("://") && !text.starts_with("http://") && !text.starts_with("https://");
    let there = far || matches!(find_shape(from)?, Shape::Backup);
    let backup = there.then(|| KeptBackup::open(text)).transpose().map_err(KeepingFault::from)?;
    Ok(backup)
}

/// Everything is verified: what failed is not restored, what could not be judged is told.
fn require_sound(from: &str, source: &Source) -> Result<(), KeepingFault> {
    let report = Verification::run(source, &ObserverInputs::default(), None).into_report();
    match report.verdict() {
        Verdict::Failed => {
            let failed = report.rows.iter().filter(|row| row.status == Status::Fail);
            let checks = failed.map(|row| row.rule.id()).collect::<Vec<_>>().join(", ");
            Err(KeepingFault::Failed { from: from.to_owned(), checks })
        }
        Verdict::Verified | Verdict::VerifiedWithWarnings => Ok(()),
        Verdict::Incomplete => {
            eprint(&report.sentence_in(answer_language()));
            Ok(())
        }
    }
}
