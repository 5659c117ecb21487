//! What people decide before a charter is drafted: name, origin, how many keys, who is enough.

use std::{fs, path::Path};

use client::files::{FileFault, read_bounded, write_atomically};
use law::facts::{Clock, Quorum};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::{
    charter_seat::{CharterSeat, KEYS_MAX},
    fault::CeremonyFault,
    roll::KeyRoll,
};

/// More than this is no file of settings.
const SETTINGS_BYTES_MAX: u64 = 64 * 1024;

/// What was decided so far.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct CharterSettings {
    /// What people call the ledger.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The name in Kazakh.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name_kk: Option<String>,
    /// The name in Russian.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name_ru: Option<String>,
    /// Number of office keys.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offices: Option<u32>,
    /// The first line of checkpoints.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub origin: Option<String>,
    /// Longest time between two snapshots on voting night, in minutes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub promise_minutes: Option<u64>,
    /// How many must sign a precinct's protocol.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quorum: Option<Quorum>,
    /// Number of root keys.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub roots: Option<u32>,
    /// Times of receipt are those of the events; for a test alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub simulated_clock: Option<bool>,
    /// Nothing in the ledger is real.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub test: Option<bool>,
    /// How many root keys sign later acts of the root.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub threshold: Option<u64>,
}

impl CharterSettings {
    /// Settings from a file; none where there is no file.
    ///
    /// # Errors
    /// [`CeremonyFault::Settings`] for a word that is none.
    pub fn read(path: &Path) -> Result<Self, CeremonyFault> {
        if !path.exists() {
            return Ok(Self::default());
        }
        let bytes = read_bounded(path, SETTINGS_BYTES_MAX)?;
        let text = String::from_utf8_lossy(&bytes);
        let read = toml::from_str(text.trim_start_matches('\u{feff}'));
        read.map_err(|error| CeremonyFault::Settings { path: path.to_owned(), error })
    }

    /// Writes them to a file, and makes its folder where there is none.
    ///
    /// # Errors
    /// A file that cannot be written.
    pub fn write(&self, path: &Path) -> Result<(), CeremonyFault> {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)
                .map_err(|error| FileFault::Write { path: folder.to_owned(), error })?;
        }
        let mut text = String::new();
        if let Ok(Value::Object(fields)) = serde_json::to_value(self) {
            // A string, a number and a truth are written in TOML as they are in JSON.
            fields.iter().for_each(|(name, value)| text.push_str(&format!("{name} = {value}\n")));
        }
        Ok(write_atomically(path, text.as_bytes())?)
    }

    /// With what was said now, which counts before what was decided.
    #[must_use]
    pub fn merged(&self, said: &Self) -> Self {
        let own = self.clone();
        let said = said.clone();
        Self {
            name: said.name.or(own.name),
            name_kk: said.name_kk.or(own.name_kk),
            name_ru: said.name_ru.or(own.name_ru),
            offices: said.offices.or(own.offices),
            origin: said.origin.or(own.origin),
            promise_minutes: said.promise_minutes.or(own.promise_minutes),
            quorum: said.quorum.or(own.quorum),
            roots: said.roots.or(own.roots),
            simulated_clock: said.simulated_clock.or(own.simulated_clock),
            test: said.test.or(own.test),
            threshold: said.threshold.or(own.threshold),
        }
    }

    /// Whether what was decided so far fits together.
    ///
    /// # Errors
    /// [`CeremonyFault`].
    pub fn require_consistent(&self) -> Result<(), CeremonyFault> {
        for found in [self.roots, self.offices].into_iter().flatten() {
            if !(1..=KEYS_MAX).contains(&found) {
                return Err(CeremonyFault::Keys { most: KEYS_MAX, found });
            }
        }
        if let (Some(roots), Some(found)) = (self.roots, self.threshold)
            && !(1..=u64::from(roots)).contains(&found)
        {
            return Err(CeremonyFault::Threshold { roots, found });
        }
        match self.name_kk.is_some() == self.name_ru.is_some() {
            true => Ok(()),
            false => Err(CeremonyFault::OneName),
        }
    }

    /// What nobody has decided, by the names of the file.
    #[must_use]
    pub fn undecided(&self) -> Vec<&'static str> {
        let asked = [
            ("name", self.name.is_some()),
            ("origin", self.origin.is_some()),
            ("roots", self.roots.is_some()),
            ("threshold", self.threshold.is_some()),
            ("offices", self.offices.is_some()),
            ("quorum", self.quorum.is_some()),
            ("promise-minutes", self.promise_minutes.is_some()),
        ];
        asked.into_iter().filter(|(_, decided)| !decided).map(|(name, _)| name).collect()
    }

    /// The content of the charter; the order of keys is put right when it is drafted.
    pub(super) fn to_body(&self, roll: &KeyRoll) -> Value {
        let mut body = Map::new();
        let mut put = |name: &str, value: Option<Value>| {
            if let Some(value) = value {
                body.insert(name.to_owned(), value);
            }
        };
        let clock = if self.simulated_clock == Some(true) { Clock::Simulated } else { Clock::Real };
        put("clock", Some(json!(clock)));
        put("name", self.name.as_ref().map(|name| json!(name)));
        let both = self.name_kk.as_ref().zip(self.name_ru.as_ref());
        put("names", both.map(|(kk, ru)| json!({ "kk": kk, "ru": ru })));
        put("origin", self.origin.as_ref().map(|origin| json!(origin)));
        put("promise_minutes", self.promise_minutes.map(|minutes| json!(minutes)));
        put("quorum", self.quorum.map(|quorum| json!(quorum)));
        put("threshold", self.threshold.map(|threshold| json!(threshold)));
        put("test", self.test.filter(|test| *test).map(|test| json!(test)));
        let (mut roots, mut offices) = (Vec::new(), Vec::new());
        for (seat, piece) in roll.pieces() {
            let proved = json!({ "key": piece.key, "proof": piece.proof });
            match seat {
                CharterSeat::Root(_) => roots.push(json!(piece.key)),
                CharterSeat::Office(_) => offices.push(proved),
                CharterSeat::Service => put("service_key", Some(proved)),
                CharterSeat::Log => put("log_key", Some(json!(piece.key))),
            }
        }
        put("root_keys", Some(json!(roots)));
        put("office_keys", Some(json!(offices)));
        Value::Object(body)
    }
}
