//! `hattama event`: draft, sign, show and append, file by file, so that signing can happen offline.

mod append;
mod body;
pub(crate) mod booked;
mod check;
mod doubts;
mod draft;
mod unique_keys;
mod voided;

use std::path::{Path, PathBuf};

use clap::Subcommand;
use client::files::{read_signed, write_json_line};
use ed25519_dalek::Signer as _;
use event::{Key, MemberSignature, Signature, SignedEvent, member_text};
use law::Fact;
use texts::program::{answer_language, law_word, say};

use crate::{
    fault::Fault,
    keyfile, table,
    terminal::{eprint, print},
};

pub(crate) use append::{DeliveryWords, attach_all, describe_delivered};

#[derive(Debug, Subcommand)]
pub(crate) enum EventCommand {
    /// Write an unsigned event at the author's next place
    Draft(draft::DraftWords),
    /// Add a protocol up, and check its control ratios, before it is signed
    Check(check::CheckWords),
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
    Append(append::AppendWords),
    /// List the facts that can be stated
    Facts,
}

impl EventCommand {
    pub(crate) fn run(self) -> Result<(), Fault> {
        match self {
            Self::Draft(draft) => draft.run(),
            Self::Check(check) => check.run(),
            Self::Sign { file, key } => sign_file(&file, &key),
            Self::Show { file } => show_file(&file),
            Self::Append(append) => append.run(),
            Self::Facts => {
                Fact::NAMES.iter().for_each(|name| print(name));
                Ok(())
            }
        }
    }
}

fn sign_file(file: &Path, key: &Path) -> Result<(), Fault> {
    let mut signed = read_signed(file)?;
    // Shown before the passphrase is asked for: nobody signs what they have not seen.
    eprint(&describe_event(&signed)?);
    let sums = check::describe_ratios(&signed);
    if !sums.is_empty() {
        eprint(&sums);
    }
    let key = keyfile::open_key(key, || keyfile::read_passphrase_for(key))?;
    let signer = Key(key.verifying_key().to_bytes());
    if !signed.event.signers.contains(&signer) {
        return Err(Fault::NotASigner { path: file.to_owned(), found: signer });
    }
    let text = member_text(&signed.event, &signed.hash());
    let signature = Signature(key.sign(text.as_bytes()).to_bytes());
    if !signed.add_signature(MemberSignature { signature, signer })? {
        print(&say("signed-already", &[]));
        return Ok(());
    }
    write_json_line(file, &event::json::encode(&signed)?)?;
    let missing = signed.missing_signers().len();
    let args = [
        ("key", signer.to_string().into()),
        ("missing", missing.into()),
        ("all", signed.event.signers.len().into()),
    ];
    print(&say("signed-as", &args));
    Ok(())
}

fn show_file(file: &Path) -> Result<(), Fault> {
    print(&describe_event(&read_signed(file)?)?);
    Ok(())
}

fn describe_event(signed: &SignedEvent) -> Result<String, Fault> {
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
        ("event-hash", signed.hash().in_groups()),
    ];
    let pairs = pairs.map(|(id, value)| (say(id, &[]), value));
    let mut text = format!("{}\n{}\n", table::format_pairs(&pairs), serde_json::to_string_pretty(&body)?);
    for signer in &event.signers {
        let there = if signed.missing_signers().contains(signer) {
            "signature-missing"
        } else if signed.bad_signatures().contains(signer) {
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
    if texts::law_catalogue().has_text(answer_language(), &id) {
        format!("{} ({fact})", law_word(&id))
    } else {
        fact.to_owned()
    }
}
