//! `hattama event`: draft, sign, show and append, file by file, so that signing can happen offline.
//!
//! In: the words of the five subcommands. Out: drafting (`draft`), appending (`append`), what is lawful (`law`).

mod append;
pub(crate) mod booked;
mod check;
mod draft;
mod unrepeated;

use std::{
    fs,
    io::Write as _,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
};

pub(crate) use append::{Line, attach, open, told};
use clap::Subcommand;
use ed25519_dalek::Signer as _;
use event::{Key, MemberSignature, Signature, SignedEvent, Time, member_text};
use law::{Fact, State};

use crate::{
    eprint,
    fault::Fault,
    keyfile, print, table,
    texts::{lang, law, say},
};

#[derive(Debug, Subcommand)]
pub(crate) enum EventCommand {
    /// Write an unsigned event at the author's next place
    Draft(draft::Draft),
    /// Add a protocol up, and check its control ratios, before it is signed
    Check(check::Check),
    /// Add one member's signature to the file; shows first what is signed
    Sign {
        /// The file that goes from member to member
        file: PathBuf,
        /// The member's key
        #[arg(long, env = "HATTAMA_KEY", value_name = "PEM")]
        key: PathBuf,
    },
    /// Show what an event says and who has signed
    Show {
        /// The file
        file: PathBuf,
    },
    /// Append fully signed events to a ledger on this machine, as one group, or to a node
    Append(append::Append),
    /// List the facts that can be stated
    Facts,
}

impl EventCommand {
    pub(crate) fn run(self) -> Result<(), Fault> {
        match self {
            Self::Draft(draft) => draft.run(),
            Self::Check(check) => check.run(),
            Self::Sign { file, key } => sign(&file, &key),
            Self::Show { file } => show(&file),
            Self::Append(append) => append.run(),
            Self::Facts => {
                Fact::NAMES.iter().for_each(|name| print(name));
                Ok(())
            }
        }
    }
}

fn sign(file: &Path, key: &Path) -> Result<(), Fault> {
    let mut signed = read_signed(file)?;
    // Shown before the passphrase is asked for: nobody signs what they have not seen.
    eprint(&described(&signed)?);
    let sums = check::shown(&signed);
    if !sums.is_empty() {
        eprint(&sums);
    }
    let key = keyfile::open(key, || keyfile::read_passphrase_for(key))?;
    let signer = Key(key.verifying_key().to_bytes());
    if !signed.event.signers.contains(&signer) {
        return Err(Fault::NotASigner { path: file.to_owned(), found: signer });
    }
    let text = member_text(&signed.event, &signed.hash()?);
    let signature = Signature(key.sign(text.as_bytes()).to_bytes());
    if !signed.add(MemberSignature { signature, signer })? {
        print(&say("signed-already", &[]));
        return Ok(());
    }
    write_whole(file, &event::json::encode(&signed)?)?;
    let missing = signed.missing().len();
    let args = [
        ("key", signer.to_string().into()),
        ("missing", missing.into()),
        ("all", signed.event.signers.len().into()),
    ];
    print(&say("signed-as", &args));
    Ok(())
}

fn show(file: &Path) -> Result<(), Fault> {
    print(&described(&read_signed(file)?)?);
    Ok(())
}

fn described(signed: &SignedEvent) -> Result<String, Fault> {
    let event = &signed.event;
    let body: serde_json::Value = serde_json::from_str(event.body.text())?;
    let election = event.election.as_ref().map_or("-", event::Id::as_str);
    let at = [("author", event.author.as_str().into()), ("desk", event.desk.as_str().into())];
    let place = [("n", event.author_seq.to_string().into())];
    let pairs = [
        ("event-fact", fact_title(event.fact.as_str())),
        ("event-author", say("event-author-value", &at)),
        ("event-election", election.to_owned()),
        ("event-signed-at", event.at.to_string()),
        ("event-place", say("event-place-value", &place)),
        ("event-ledger", event.ledger.to_string()),
        ("event-hash", signed.hash()?.in_groups()),
    ];
    let pairs = pairs.map(|(id, value)| (say(id, &[]), value));
    let mut text = format!("{}\n{}\n", table::labelled(&pairs), serde_json::to_string_pretty(&body)?);
    for signer in &event.signers {
        let there = if signed.missing().contains(signer) {
            "signature-missing"
        } else if signed.bad()?.contains(signer) {
            "signature-bad"
        } else {
            "signature-there"
        };
        text.push_str(&format!("{signer}  {}\n", say(there, &[])));
    }
    Ok(text.trim_end().to_owned())
}

/// A fact as people call it, with its id, which stands in the bytes.
fn fact_title(fact: &str) -> String {
    let id = format!("fact-{fact}");
    if texts::own().has(lang(), &id) { format!("{} ({fact})", law(&id)) } else { fact.to_owned() }
}

/// Longer than any signed event, with room for the spaces of an editor at its end.
const SIGNED_BYTES_MAX: u64 = 1 << 20;

/// Reads the file of a signed event.
pub(crate) fn read_signed(file: &Path) -> Result<SignedEvent, Fault> {
    let bytes = crate::book::bounded(file, SIGNED_BYTES_MAX)?;
    // Editors end files with line feeds; they are no part of the event.
    let bytes = bytes.trim_ascii_end();
    SignedEvent::decode(bytes).map_err(|error| Fault::SignedEvent { path: file.to_owned(), error })
}

/// The seed of a key file.
pub(crate) fn seed_of(file: &Path) -> Result<[u8; 32], Fault> {
    Ok(keyfile::open(file, || keyfile::read_passphrase_for(file))?.to_bytes())
}

/// A time given, or now; under a simulated clock the last entry's.
pub(crate) fn at_or_now(at: Option<&str>, state: &State) -> Result<Time, Fault> {
    if let Some(text) = at {
        let expected = "a local time with its offset, such as 2025-10-12T21:14:00+05:00".to_owned();
        return Time::parse(text).map_err(|_| Fault::Argument { expected, found: text.to_owned() });
    }
    let simulated = state.charter.as_ref().is_some_and(|c| c.clock == law::facts::Clock::Simulated);
    let stamp = if simulated { state.received } else { None };
    let stamp = stamp.map_or_else(node::now, Ok)?;
    Ok(Time::from_seconds(stamp.millis().div_euclid(1000), 5)?)
}

/// Writes a JSON file as a whole or not at all, and ends its line.
pub(crate) fn write_whole(file: &Path, bytes: &[u8]) -> Result<(), Fault> {
    write_text(file, &[bytes, b"\n"].concat())
}

/// Writes a file as a whole or not at all.
pub(crate) fn write_text(file: &Path, bytes: &[u8]) -> Result<(), Fault> {
    let failed = |error| Fault::Write { path: file.to_owned(), error };
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut whole = tempfile::NamedTempFile::new_in(folder).map_err(failed)?;
    whole.write_all(bytes).map_err(failed)?;
    // Like any file that a person makes: readable, as the umask has it, and not as a temporary file is.
    whole.as_file().set_permissions(fs::Permissions::from_mode(0o644)).map_err(failed)?;
    whole.as_file().sync_all().map_err(failed)?;
    whole.persist(file).map_err(|error| failed(error.error))?;
    Ok(())
}
