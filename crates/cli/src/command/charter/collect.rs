//! `hattama charter new DIR`: what is decided and every key, collected until the charter can be drafted.

use std::{
    io::{self, IsTerminal as _, Write as _},
    path::PathBuf,
};

use clap::{Args, ValueEnum};
use commission::ceremony::{Ceremony, settings::CharterSettings, settings_file};
use law::{State, facts::Quorum};
use texts::program::say;

use super::compared::{describe_charter, tell_next};
use crate::{
    fault::Fault,
    open::time_or_now,
    terminal::{eprint, print},
};

/// How many must sign a precinct's protocol.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum QuorumWord {
    /// Chair or deputy, and the secretary
    Officers,
    /// More than half of all members, too
    Majority,
}

impl From<QuorumWord> for Quorum {
    fn from(word: QuorumWord) -> Self {
        match word {
            QuorumWord::Officers => Self::Officers,
            QuorumWord::Majority => Self::Majority,
        }
    }
}

/// Collect what is decided and every key, and draft the charter once nothing is missing
///
/// DIR keeps the ceremony: charter.toml with what was decided, pieces/ with the piece of each key, charter.json with the charter
/// and its signatures. The same command goes on where it stood; with a terminal it asks for what nobody has decided. Keys are
/// made by their holders, each with a passphrase of its own: `hattama key member FILE --seat root-1` (root-2 …, office-1 …,
/// service, log). Nothing is drafted before every key is there, proved and different from all others, and before the law was
/// asked. Once the charter is drafted, only moving charter.json away changes it.
#[derive(Debug, Args)]
pub(crate) struct CollectWords {
    /// Folder of the ceremony
    dir: PathBuf,
    /// Settings as a file, with the names of the flags: roots = 3
    #[arg(long, env = "HATTAMA_CONFIG", value_name = "TOML")]
    config: Option<PathBuf>,
    /// A registration piece that a holder handed over; once for each
    #[arg(long, env = "HATTAMA_PIECE", value_name = "FILE", value_delimiter = ',')]
    piece: Vec<PathBuf>,
    /// What people call the ledger
    #[arg(long, env = "HATTAMA_NAME", value_name = "NAME")]
    name: Option<String>,
    /// The name in Kazakh
    #[arg(long, env = "HATTAMA_NAME_KK", value_name = "NAME")]
    name_kk: Option<String>,
    /// The name in Russian
    #[arg(long, env = "HATTAMA_NAME_RU", value_name = "NAME")]
    name_ru: Option<String>,
    /// First line of the checkpoints: a name like example.org/hattama
    #[arg(long, env = "HATTAMA_ORIGIN", value_name = "ORIGIN")]
    origin: Option<String>,
    /// Number of root keys; all of them sign the charter
    #[arg(long, env = "HATTAMA_ROOTS", value_name = "N")]
    roots: Option<u32>,
    /// How many root keys sign later acts of the root
    #[arg(long, env = "HATTAMA_THRESHOLD", value_name = "K")]
    threshold: Option<u64>,
    /// Number of office keys; they sign snapshots
    #[arg(long, env = "HATTAMA_OFFICES", value_name = "N")]
    offices: Option<u32>,
    /// How many must sign a precinct's protocol
    #[arg(long, env = "HATTAMA_QUORUM", value_enum, value_name = "QUORUM")]
    quorum: Option<QuorumWord>,
    /// Longest time between two snapshots on voting night that the CEC promises, in minutes
    #[arg(long, env = "HATTAMA_PROMISE_MINUTES", value_name = "MINUTES")]
    promise_minutes: Option<u64>,
    /// Nothing in this ledger is real
    #[arg(long, env = "HATTAMA_TEST")]
    test: bool,
    /// Times of receipt are those of the events; for a rehearsal, with --test
    #[arg(long, env = "HATTAMA_SIMULATED_CLOCK", requires = "test")]
    simulated_clock: bool,
    /// The time that the charter bears [default: now]
    #[arg(long, env = "HATTAMA_AT", value_name = "TIME")]
    at: Option<String>,
}

impl CollectWords {
    pub(super) fn run(self) -> Result<(), Fault> {
        let mut ceremony = Ceremony::open(&self.dir)?;
        let file = self.config.as_deref().map(CharterSettings::read).transpose()?.unwrap_or_default();
        let mut said = file.merged(&self.said());
        if io::stdin().is_terminal() && ceremony.charter.is_none() {
            ask_undecided(&ceremony.settings, &mut said);
        }
        ceremony.take_in(&said, &self.piece)?;
        let settings = settings_file(&self.dir).display().to_string();
        let (undecided, missing) = (ceremony.settings.undecided(), ceremony.missing_seats());
        if ceremony.charter.is_none() {
            let number = ceremony.roll.pieces().count();
            eprint(&say(
                "charter-collected",
                &[("number", number.into()), ("dir", self.dir.display().to_string().into())],
            ));
            if !undecided.is_empty() {
                let args = [("names", undecided.join(", ").into()), ("file", settings.into())];
                print(&say("charter-undecided", &args));
            }
            if !missing.is_empty() {
                print(&say("charter-missing", &[("seats", missing.join(", ").into())]));
                for seat in &missing {
                    print(&format!("  hattama key member {seat}.pem --seat {seat}"));
                }
            }
            if !undecided.is_empty() || !missing.is_empty() {
                return Ok(());
            }
            ceremony.draft(time_or_now(self.at.as_deref(), &State::default())?)?;
        }
        let (charter, body) = ceremony.require_charter()?;
        print(&describe_charter(&ceremony, charter, &body));
        print(&tell_next(&ceremony, charter)?);
        Ok(())
    }

    fn said(&self) -> CharterSettings {
        CharterSettings {
            name: self.name.clone(),
            name_kk: self.name_kk.clone(),
            name_ru: self.name_ru.clone(),
            offices: self.offices,
            origin: self.origin.clone(),
            promise_minutes: self.promise_minutes,
            quorum: self.quorum.map(Into::into),
            roots: self.roots,
            simulated_clock: self.simulated_clock.then_some(true),
            test: self.test.then_some(true),
            threshold: self.threshold,
        }
    }
}

/// Asks, one by one, for what nobody has decided, and again where an answer has no reading; an empty line leaves it for later,
/// and so does the end of what is typed.
fn ask_undecided(decided: &CharterSettings, said: &mut CharterSettings) {
    for name in decided.merged(said).undecided() {
        loop {
            let args = [("name", name.into()), ("meaning", say(meaning_of(name), &[]).into())];
            eprint(&say("charter-ask", &args));
            let _ = io::stderr().flush();
            let mut line = String::new();
            if io::stdin().read_line(&mut line).unwrap_or(0) == 0 {
                return;
            }
            // What a paste adds and nobody sees is no part of the answer.
            let text: String = line.chars().filter(|sign| !texts::is_unseen(*sign)).collect();
            let text = text.trim();
            if text.is_empty() || take_answer(name, text, said) {
                break;
            }
            let id = if name == "quorum" { "charter-ask-quorum" } else { "charter-ask-number" };
            eprint(&say(id, &[("found", text.into())]));
        }
    }
}

/// Whether an answer has a reading; then it is taken.
fn take_answer(name: &str, text: &str, said: &mut CharterSettings) -> bool {
    match name {
        "name" => said.name = Some(text.to_owned()),
        "origin" => said.origin = Some(text.to_owned()),
        "roots" => said.roots = text.parse().ok(),
        "threshold" => said.threshold = text.parse().ok(),
        "offices" => said.offices = text.parse().ok(),
        "quorum" => said.quorum = QuorumWord::from_str(text, true).ok().map(Into::into),
        _ => said.promise_minutes = text.parse().ok(),
    }
    match name {
        "roots" => said.roots.is_some(),
        "threshold" => said.threshold.is_some(),
        "offices" => said.offices.is_some(),
        "quorum" => said.quorum.is_some(),
        "name" | "origin" => true,
        _ => said.promise_minutes.is_some(),
    }
}

/// The text that says what a setting means.
fn meaning_of(name: &str) -> &'static str {
    match name {
        "name" => "field-ledger-name",
        "origin" => "field-origin",
        "roots" => "field-root-keys",
        "threshold" => "field-threshold",
        "offices" => "field-office-keys",
        "quorum" => "field-quorum",
        _ => "field-promise",
    }
}
