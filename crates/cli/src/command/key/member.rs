//! `hattama key member FILE`: a key, its proof, and the piece by which it is registered, in one go.

use std::path::{Path, PathBuf};

use clap::Args;
use commission::{
    ceremony::charter_seat::CharterSeat,
    keys::{
        fault::KeyFileError,
        fingerprint::fingerprint_of,
        piece::{KeyPiece, PIECE},
        signing_key::MemberKey,
    },
};
use event::{Hash, Id, Text};
use phrase::{Phrase, phrase};
use texts::program::say;

use super::made::make_signing_key;
use crate::{
    key_fault::KeyCommandFault,
    keyfile,
    signing::ProgramWords,
    source::replay_source,
    terminal::{eprint, print},
};

/// Make a key, the proof that you hold it, and the piece by which it is registered, in one go
///
/// Every member does this alone, on a device they trust. The key stays there; the piece (FILE.piece.json) goes to whoever
/// registers the commission: it holds the public key, the seat and the proof, and nothing secret. Both then read the fingerprint
/// to each other. A key file that is there already is kept and used, so that a command that was cut off can be run once more.
/// For the keys of a charter leave --ledger out; the seat is then `root-1`, `root-2` …, `office-1` …, `service` or `log`.
#[derive(Debug, Args)]
pub(crate) struct MemberWords {
    /// The key file: made where it is not there yet, for example chair.pem
    #[arg(value_name = "FILE", required_unless_present = "sign_with", conflicts_with = "sign_with")]
    file: Option<PathBuf>,
    #[command(flatten)]
    program: ProgramWords,
    /// The ledger: its id, as the minutes of the ceremony have it, or anything that holds it (a folder, a zip, an address)
    #[arg(long, env = "HATTAMA_LEDGER", value_name = "ID|SOURCE")]
    ledger: Option<String>,
    /// The commission [default: cec, for a charter]
    #[arg(long, env = "HATTAMA_COMMISSION", value_name = "ID")]
    commission: Option<String>,
    /// The seat: chair, deputy, secretary, m4 …; of a charter root-1, office-1, service, log
    #[arg(long, env = "HATTAMA_SEAT", value_name = "SEAT")]
    seat: String,
    /// The member's name, as the commission's list has it
    #[arg(long, env = "HATTAMA_NAME", value_name = "NAME")]
    name: Option<String>,
    /// Where the piece goes [default: FILE without .pem, with .piece.json]
    #[arg(long, env = "HATTAMA_PIECE", value_name = "FILE")]
    piece: Option<PathBuf>,
    /// Write the key without a passphrase: whoever gets the file can sign in your name
    // No variable stands for this flag: protection is given up by hand, never by a forgotten setting.
    #[arg(long)]
    insecure_no_passphrase: bool,
    /// Print the piece's words as JSON
    #[arg(long, env = "HATTAMA_JSON")]
    json: bool,
}

impl MemberWords {
    pub(super) fn run(self) -> Result<(), KeyCommandFault> {
        let (ledger, commission, seat) = self.find_seat()?;
        let name = self.name.as_deref().map(Text::new).transpose()?;
        let out = self.piece.clone().unwrap_or_else(|| match &self.file {
            Some(file) => file.with_extension(PIECE.trim_start_matches('.')),
            None => PathBuf::from(format!("{commission}-{seat}{PIECE}")),
        });
        // Looked at before a key is made: nothing is half done.
        let made = self.file.as_deref().is_some_and(|file| file.symlink_metadata().is_err());
        if made && out.symlink_metadata().is_ok() {
            return Err(KeyFileError::Exists(out).into());
        }
        let key = match &self.file {
            Some(file) if made => MemberKey::from(make_signing_key(file, self.insecure_no_passphrase)?),
            Some(file) => {
                eprint(&say("key-member-kept", &[("file", file.display().to_string().into())]));
                MemberKey::from(keyfile::open_key(file, || keyfile::read_passphrase_for(file))?)
            }
            None => self.program.open(None)?,
        };
        let piece = KeyPiece::prove(&key, ledger, commission, seat, name)?;
        piece.write(&out)?;
        self.tell(&piece, &out);
        Ok(())
    }

    /// What the key is for, as far as words say it; a charter's seats have their own names.
    fn find_seat(&self) -> Result<(Hash, Id, Id), KeyCommandFault> {
        let seat = Id::new(self.seat.trim())?;
        let cec = law::cec_id();
        let commission = self.commission.as_deref().map(|id| Id::new(id.trim())).transpose()?;
        match &self.ledger {
            Some(ledger) => {
                let commission = commission.ok_or_else(|| KeyCommandFault::Words {
                    expected: phrase!("argument-commission", "`--commission` with the commission's id"),
                    found: phrase!("found-none", "none"),
                })?;
                Ok((find_ledger(ledger)?, commission, seat))
            }
            None if commission.as_ref().is_some_and(|own| *own != cec) => Err(KeyCommandFault::Words {
                expected: phrase!(
                    "argument-ledger-of-minutes",
                    "`--ledger` with the ledger's id, as the minutes have it"
                ),
                found: phrase!("found-none", "none"),
            }),
            None if CharterSeat::parse(&seat).is_none() => Err(KeyCommandFault::Words {
                expected: phrase!(
                    "argument-charter-seat",
                    "a seat of a charter: `root-1`, `root-2` …, `office-1` …, `service` or `log`; for a commission `--ledger` as well"
                ),
                found: Phrase::verbatim(&seat),
            }),
            None => Ok((Hash::ZERO, cec, seat)),
        }
    }

    fn tell(&self, piece: &KeyPiece, out: &Path) {
        if self.json {
            let value = serde_json::json!({
                "commission": piece.commission, "fingerprint": fingerprint_of(&piece.key), "key": piece.key,
                "ledger": piece.ledger, "piece": out.display().to_string(), "seat": piece.seat,
            });
            print(&value.to_string());
            return;
        }
        let ledger = match piece.is_of_charter() {
            true => say("key-member-charter", &[]),
            false => piece.ledger.in_groups(),
        };
        let args = [
            ("seat", piece.seat.as_str().into()),
            ("commission", piece.commission.as_str().into()),
            ("ledger", ledger.into()),
            ("key", piece.key.to_string().into()),
            ("fingerprint", fingerprint_of(&piece.key).into()),
        ];
        print(&say("key-member-whose", &args));
        print(&say("key-member-hand-over", &[("piece", out.display().to_string().into())]));
        match &self.file {
            Some(file) => print(&say("key-member-never", &[("file", file.display().to_string().into())])),
            None => print(&say("key-member-never-token", &[])),
        }
    }
}

/// A ledger by its id, also in groups of four digits, or by what holds it.
fn find_ledger(text: &str) -> Result<Hash, KeyCommandFault> {
    let digits: String = text.split_whitespace().collect();
    if let Ok(id) = Hash::parse(&digits.to_lowercase()) {
        return Ok(id);
    }
    let head = replay_source(Path::new(text), None)?;
    head.state().ledger.ok_or_else(|| KeyCommandFault::Words {
        expected: phrase!(
            "argument-ledger-of-minutes",
            "`--ledger` with the ledger's id, as the minutes have it"
        ),
        found: Phrase::verbatim(text),
    })
}
