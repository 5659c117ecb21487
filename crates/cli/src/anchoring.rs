//! The words that say whom a command asks before it signs, and opening a ledger so.

use std::{
    env,
    path::{Path, PathBuf},
};

use clap::Args;
use node::{Anchors, Writer};

use phrase::phrase;

use crate::{
    fault::Fault,
    open::{OpenFault, open_unsigned_writer, read_witness_policy},
    pin::read_pin,
};

/// Whom to ask beside those whom the ledger remembers.
#[derive(Debug, Default, Args)]
pub(crate) struct AnchorWords {
    /// A place where the ledger is published, as for `publish --to`: asked for a newer checkpoint before anything is signed, beside the
    /// places that the ledger remembers
    #[arg(long, env = "HATTAMA_PLACE", value_name = "PLACE")]
    place: Vec<String>,
    /// A witness, a mirror or a static server that shows a checkpoint under this address: asked, too
    #[arg(long, env = "HATTAMA_WITNESS", value_name = "ADDRESS")]
    witness: Vec<String>,
    /// Sign although nobody answered: only for a ledger that was never published and has no policy
    #[arg(long, env = "HATTAMA_ACCEPT_UNANCHORED")]
    accept_unanchored: bool,
    #[command(flatten)]
    copy: CopyWords,
}

/// Where it is kept what tells a ledger from its copies.
#[derive(Debug, Default, Args)]
pub(crate) struct StateWord {
    /// State directory, outside of the ledger's folder: what is kept there tells the ledger from its copies [default: hattama in
    /// $XDG_STATE_HOME or ~/.local/state]
    #[arg(long, env = "HATTAMA_STATE", value_name = "DIR")]
    state: Option<PathBuf>,
}

impl StateWord {
    /// The directory that was named, or that of this account.
    pub(crate) fn find(&self) -> Result<PathBuf, Fault> {
        find_state_directory(self.state.as_deref())
    }
}

/// How a ledger is told from its copy.
#[derive(Debug, Default, Args)]
pub(crate) struct CopyWords {
    #[command(flatten)]
    state: StateWord,
    /// This folder is a copy, and from now on the ledger: a place, a witness or a --pin has to show that it is the newest
    #[arg(long, env = "HATTAMA_RESTORED")]
    restored: bool,
}

/// What is kept elsewhere and the ledger must hold.
#[derive(Debug, Default, Args)]
pub(crate) struct PinWords {
    /// A checkpoint, a receipt, or a size with its root, kept elsewhere: must be of this ledger's past, and with --restored shows that it is
    /// the newest copy
    #[arg(long, env = "HATTAMA_PIN", value_name = "FILE")]
    pub(crate) pin: Vec<String>,
}

impl AnchorWords {
    /// Of a ledger that was just made and that nobody has seen: nobody can know more of it.
    pub(crate) fn first(state: StateWord) -> Self {
        Self { accept_unanchored: true, copy: CopyWords { state, restored: false }, ..Self::default() }
    }

    /// Whom these words name; `more` are the places, the policy and the pins that the command knows beside them.
    pub(crate) fn to_anchors(
        &self,
        more: &[String],
        policy: Option<&Path>,
        pins: &PinWords,
    ) -> Result<Anchors, Fault> {
        let policy = policy.map(read_witness_policy).transpose()?;
        let places = [&self.place[..], more].concat();
        Ok(Anchors {
            places,
            addresses: self.witness.clone(),
            policy,
            accept_unanchored: self.accept_unanchored,
            state: self.copy.state.find()?,
            restored: self.copy.restored,
            quorum_first: false,
            pins: read_pins(&pins.pin)?,
            old_node_gone: false,
        })
    }
}

/// What these words name.
pub(crate) fn read_pins(pins: &[String]) -> Result<Vec<verifier::Pin>, Fault> {
    Ok(pins.iter().map(|pin| read_pin(pin)).collect::<Result<_, _>>()?)
}

/// The state directory that was named, or that of this account.
pub(crate) fn find_state_directory(named: Option<&Path>) -> Result<PathBuf, Fault> {
    let absolute = |name: &str| env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let usual =
        || absolute("XDG_STATE_HOME").or_else(|| absolute("HOME").map(|home| home.join(".local/state")));
    named.map(Path::to_owned).or_else(|| usual().map(|state| state.join("hattama"))).ok_or_else(|| {
        let expected = phrase!("argument-state", "--state DIR, or HOME or XDG_STATE_HOME in the environment");
        Fault::Argument { expected, found: phrase!("found-none", "none") }
    })
}

/// Whose witnesses to ask.
#[derive(Debug, Default, Args)]
pub(crate) struct PolicyWord {
    /// A C2SP policy with this log and its witnesses: they are asked, too [default: the one that the ledger remembers]
    #[arg(long, env = "HATTAMA_POLICY", value_name = "FILE")]
    pub(crate) policy: Option<PathBuf>,
}

/// Opens a ledger of this machine for writing: who may know more is asked before anything is signed.
pub(crate) fn open_anchored_writer(
    ledger: &Path,
    log_key: Option<&Path>,
    anchors: &Anchors,
) -> Result<Writer, Fault> {
    let mut writer = open_unsigned_writer(ledger, log_key)?;
    anchors.begin_writing(&mut writer).map_err(OpenFault::from)?;
    Ok(writer)
}
