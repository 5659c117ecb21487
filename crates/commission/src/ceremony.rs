//! The ceremony in which a ledger begins: whose keys stand in the charter, what it says, who has signed.
//!
//! A folder holds all of it, so that a ceremony which was interrupted goes on where it stood: `charter.toml` with what people
//! decided, `pieces` with a registration piece for each key, `charter.json` with the draft and the signatures so far.

pub mod charter_seat;
pub mod fault;
pub mod roll;
pub mod settings;

use std::path::{Path, PathBuf};

use client::files::{read_signed, write_json_line};
use event::{SignedEvent, Stamp, Time};
use law::{Fact, facts::LedgerOpened};
use ledger::{Head, Prospect};

use crate::drafting::{
    Composed, Content, DraftOrder, body::DraftBody, draft_fact, ground::Ground, speakers::Speakers,
};
use fault::CeremonyFault;
use roll::KeyRoll;
use settings::CharterSettings;

/// The folder of a ceremony with everything that was collected in it.
#[derive(Debug)]
pub struct Ceremony {
    /// The folder.
    pub dir: PathBuf,
    /// What was decided.
    pub settings: CharterSettings,
    /// The keys so far.
    pub roll: KeyRoll,
    /// The charter, once it is drafted.
    pub charter: Option<SignedEvent>,
}

impl Ceremony {
    /// Opens the folder of a ceremony, or begins one where there is none.
    ///
    /// # Errors
    /// [`CeremonyFault`]: a file that does not read, pieces that do not fit together.
    pub fn open(dir: &Path) -> Result<Self, CeremonyFault> {
        let settings = CharterSettings::read(&settings_file(dir))?;
        let roll = KeyRoll::read(&pieces_folder(dir))?;
        let charter = charter_file(dir).exists().then(|| read_signed(&charter_file(dir))).transpose()?;
        Ok(Self { dir: dir.to_owned(), settings, roll, charter })
    }

    /// Takes in what was decided and which pieces were handed over: all of it, or nothing.
    ///
    /// # Errors
    /// [`CeremonyFault`]; `Drafted` where the charter stands already and something else is said.
    pub fn take_in(&mut self, said: &CharterSettings, pieces: &[PathBuf]) -> Result<(), CeremonyFault> {
        let settings = self.settings.merged(said);
        let roll = self.roll.merged(pieces)?;
        if self.charter.is_some() && (settings != self.settings || roll != self.roll) {
            let signed = self.charter.as_ref().map_or(0, |charter| charter.signatures.len());
            return Err(CeremonyFault::Drafted { path: charter_file(&self.dir), signed });
        }
        settings.require_consistent()?;
        settings.write(&settings_file(&self.dir))?;
        roll.write(&pieces_folder(&self.dir))?;
        (self.settings, self.roll) = (settings, roll);
        Ok(())
    }

    /// Keys that the settings ask for and that nobody has handed over.
    #[must_use]
    pub fn missing_seats(&self) -> Vec<String> {
        self.roll.missing_seats(self.settings.roots.unwrap_or(1), self.settings.offices.unwrap_or(1))
    }

    /// Drafts the charter once everything is there, asks the law, and writes it.
    ///
    /// # Errors
    /// [`CeremonyFault`]: keys beyond the number decided, or what the law refuses.
    pub fn draft(&mut self, at: Time) -> Result<(), CeremonyFault> {
        let draft = self.compose(at)?;
        write_json_line(&charter_file(&self.dir), &event::json::encode(&draft.event)?)?;
        self.charter = Some(draft.event);
        Ok(())
    }

    fn compose(&self, at: Time) -> Result<Composed, CeremonyFault> {
        let (roots, offices) = (self.settings.roots.unwrap_or(1), self.settings.offices.unwrap_or(1));
        if let Some(found) = self.roll.find_beyond(roots, offices) {
            return Err(CeremonyFault::Beyond { seat: found.to_string(), roots, offices });
        }
        let head = Head::default();
        let order = DraftOrder {
            fact: "ledger-opened",
            speakers: Speakers::default(),
            received: Stamp::from_millis(at.seconds().saturating_mul(1000))?,
            at,
            dir: self.dir.clone(),
        };
        let body = DraftBody::from_value(self.settings.to_body(&self.roll));
        let content = Content { body, ..Content::default() };
        Ok(draft_fact(&Ground::Ledger(Prospect::new(&head)), &order, content)?.draft)
    }

    /// The charter as it stands in the folder, once it says what settings and pieces say.
    ///
    /// # Errors
    /// [`CeremonyFault`]: not drafted yet, or changed since by somebody.
    pub fn require_charter(&self) -> Result<(&SignedEvent, LedgerOpened), CeremonyFault> {
        let path = || charter_file(&self.dir);
        let charter = self.charter.as_ref().ok_or_else(|| CeremonyFault::NotDrafted { path: path() })?;
        let again = self.compose(charter.event.at.clone())?;
        if again.event.hash() != charter.hash() {
            return Err(CeremonyFault::Changed {
                path: path(),
                expected: again.event.hash(),
                found: charter.hash(),
            });
        }
        match again.fact {
            Fact::LedgerOpened(body) => Ok((charter, body)),
            _ => Err(CeremonyFault::NotDrafted { path: path() }),
        }
    }
}

/// The file that goes from holder to holder.
#[must_use]
pub fn charter_file(dir: &Path) -> PathBuf {
    dir.join("charter.json")
}

/// What people decided.
#[must_use]
pub fn settings_file(dir: &Path) -> PathBuf {
    dir.join("charter.toml")
}

/// Registration pieces of every key.
#[must_use]
pub fn pieces_folder(dir: &Path) -> PathBuf {
    dir.join("pieces")
}
