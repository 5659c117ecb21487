//! Opening what a command line names: a ledger of this machine for writing, a key's seed, a policy, an election, a time.

use std::path::{Path, PathBuf};

use client::files::{FileFault, read_bounded, read_pasted};
use commission::{
    described::field::Named, drafting::lookup::find_named, keys::private::require_own_folder,
    moments::parse_local_time,
};
use event::{Id, Stamp, Time};
use law::{State, state::Election};
use ledger::Head;
use node::{WitnessPolicy, Writer};
use phrase::{Phrase, phrase};
use tlog::policy::{Policy, PolicyError};

use crate::{
    clock_doubt::warn_of_clock,
    keyfile::{self, KeyFileError},
    terminal::eprint,
};

/// The offset of Kazakhstan, for times that were written without one.
const OFFSET: &str = "+05:00";

/// Why something that a command line names is not opened.
#[derive(Debug, thiserror::Error, phrase::Phrased)]
pub(crate) enum OpenFault {
    /// A file that cannot be read.
    #[error(transparent)]
    File(#[from] FileFault),
    /// A key file, or its passphrase.
    #[error(transparent)]
    KeyFile(#[from] KeyFileError),
    /// A file that is no policy.
    #[error("{path}: {error}", path = .path.display())]
    Policy { path: PathBuf, error: PolicyError },
    /// A published ledger, or no ledger at all.
    #[error("expected a ledger's own folder (a published one takes no events), found no journal in {path}", path = .path.display())]
    NotAppendable { path: PathBuf },
    /// A ledger that the one writer does not open.
    #[error(transparent)]
    Writer(#[from] node::OpenLedgerError),
    /// A ledger of which others know more, or might.
    #[error(transparent)]
    Begin(#[from] node::BeginError),
    /// Words that are no time.
    #[error("expected a local time with its offset, such as 2025-10-12T21:14:00+05:00, found {found}")]
    Time { found: String },
    /// A clock that tells no time that an event could bear.
    #[error(transparent)]
    Clock(#[from] event::json::Fault),
    /// A ledger, at the size that was asked for, without any election.
    #[error("expected a ledger with an election (at that size), found {found}")]
    NoElection { found: Phrase },
    /// One of several elections has to be named.
    #[error("expected --election with one of: {expected}, found {found}")]
    Election { expected: String, found: Phrase },
}

impl OpenFault {
    /// 1: refused on its merits; 2: could not tell; 64: words that do not fit.
    pub(crate) fn exit_code(&self) -> u8 {
        match self {
            Self::File(fault) => fault.exit_code(),
            Self::Writer(node::OpenLedgerError::Genesis(error)) if error.is_of_the_machine() => 2,
            Self::Begin(node::BeginError::Anchor(error)) if error.is_contradiction() => 1,
            Self::Writer(node::OpenLedgerError::Genesis(_)) | Self::Clock(_) => 1,
            Self::Begin(node::BeginError::Anchor(node::AnchorError::Policy(_))) => 64,
            Self::KeyFile(_)
            | Self::Policy { .. }
            | Self::NotAppendable { .. }
            | Self::Writer(_)
            | Self::Begin(_) => 2,
            Self::Time { .. } | Self::NoElection { .. } | Self::Election { .. } => 64,
        }
    }
}

/// Largest file that somebody brings along: a table of every precinct of a country has some tens of megabytes.
pub(crate) const INPUT_BYTES_MAX: u64 = 64 << 20;

/// Reads a file as it stands.
pub(crate) fn read_file(path: &Path) -> Result<Vec<u8>, FileFault> {
    read_bounded(path, INPUT_BYTES_MAX)
}

/// Reads a text that somebody may have pasted into an editor.
pub(crate) fn read_pasted_file(path: &Path) -> Result<Vec<u8>, FileFault> {
    read_pasted(path, INPUT_BYTES_MAX)
}

/// Reads a file of text, whatever an editor did to its line ends.
pub(crate) fn read_text_file(path: &Path) -> Result<String, FileFault> {
    let no_text = |error| FileFault::Read {
        path: path.to_owned(),
        error: std::io::Error::new(std::io::ErrorKind::InvalidData, error),
    };
    String::from_utf8(read_pasted_file(path)?).map_err(|error| no_text(error.utf8_error()))
}

/// Reads a policy from a file.
pub(crate) fn read_policy(path: &Path) -> Result<Policy, OpenFault> {
    Policy::parse(&read_pasted_file(path)?)
        .map_err(|error| OpenFault::Policy { path: path.to_owned(), error })
}

/// Reads a policy, with the text that the ledger remembers.
pub(crate) fn read_witness_policy(path: &Path) -> Result<WitnessPolicy, OpenFault> {
    let read = WitnessPolicy::parse(&read_file(path)?);
    read.map_err(|error| OpenFault::Policy { path: path.to_owned(), error })
}

/// The seed of a key file; asks for its passphrase where it has one.
pub(crate) fn read_seed(file: &Path) -> Result<[u8; 32], KeyFileError> {
    Ok(keyfile::open_key(file, || keyfile::read_passphrase_for(file))?.to_bytes())
}

/// A time as people write it on a command line.
pub(crate) fn read_time(text: &str) -> Result<Time, OpenFault> {
    // A time without its offset, or without seconds, has one reading in Kazakhstan.
    let plain = text.replace('\u{a0}', " ");
    let read = Time::parse(plain.trim()).ok().or_else(|| parse_local_time(plain.trim(), OFFSET));
    read.ok_or_else(|| OpenFault::Time { found: text.to_owned() })
}

/// When a ledger would receive an event signed at a time: now, or then where its clock is simulated.
pub(crate) fn received_at(state: &State, at: &Time) -> Result<Stamp, OpenFault> {
    let real = state.charter.as_ref().is_some_and(|charter| charter.clock == law::facts::Clock::Real);
    Ok(if real { node::now()? } else { Stamp::from_millis(at.seconds().saturating_mul(1000))? })
}

/// A time given, or now; under a simulated clock the last entry's. A clock that cannot be right beside the newest entry is told.
pub(crate) fn time_or_now(at: Option<&str>, state: &State) -> Result<Time, OpenFault> {
    if let Some(text) = at {
        return read_time(text);
    }
    let simulated = state.charter.as_ref().is_some_and(|c| c.clock == law::facts::Clock::Simulated);
    let stamp = match state.received {
        Some(received) if simulated => received,
        newest => {
            let now = node::now()?;
            newest.into_iter().for_each(|newest| warn_of_clock(now, newest));
            now
        }
    };
    Ok(Time::from_seconds(stamp.millis().div_euclid(1000), 5)?)
}

/// Opens a ledger of this machine, signs nothing, and tells what had to be mended.
pub(crate) fn open_unsigned_writer(ledger: &Path, log_key: Option<&Path>) -> Result<Writer, OpenFault> {
    if !ledger.join("journal").is_file() {
        return Err(OpenFault::NotAppendable { path: ledger.to_owned() });
    }
    require_own_folder(ledger)?;
    let log_key = log_key.map_or_else(|| ledger.join("log-key.pem"), Path::to_owned);
    let (writer, notices) = Writer::open_unsigned(ledger, &read_seed(&log_key)?)?;
    notices.iter().for_each(|notice| eprint(&notice.to_string()));
    Ok(writer)
}

/// The election that was asked for, or the only one.
pub(crate) fn find_election(head: &Head, wanted: Option<&str>) -> Result<(Id, Election), OpenFault> {
    let elections = &head.state().elections;
    let found = match wanted {
        Some(text) => {
            let id = find_named(head.state(), None, Named::Election, text).ok();
            id.and_then(|id| elections.get_key_value(&id))
        }
        None if elections.len() == 1 => elections.first_key_value(),
        None => None,
    };
    found.map(|(id, election)| (id.clone(), election.clone())).ok_or_else(|| {
        let found = wanted.map_or_else(|| phrase!("found-none", "none"), Phrase::verbatim);
        if elections.is_empty() {
            return OpenFault::NoElection { found };
        }
        let expected = elections.keys().map(Id::as_str).collect::<Vec<_>>().join(", ");
        OpenFault::Election { expected, found }
    })
}
