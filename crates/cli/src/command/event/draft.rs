//! `hattama event draft`: an unsigned event at the author's next place.
//!
//! In: reading the body, finding the signers' keys. Out: whether it will be admitted.

use std::{
    fs,
    io::Read as _,
    path::{Path, PathBuf},
};

use clap::Args;
use event::{Id, Key};
use law::Fact;
use ledger::{Chain, Head};

use super::unrepeated::Unrepeated;
use super::{at_or_now, write_whole};
use crate::{fault::Fault, print, source};

/// Write an unsigned event at the author's next place
#[derive(Debug, Args)]
pub(crate) struct Draft {
    /// What is stated, as protocol-signed; `hattama event facts` lists all
    fact: String,
    /// The ledger, or a published copy of it, whose newest tree the author has seen; absent for ledger-opened
    #[arg(long, env = "HATTAMA_LEDGER", value_name = "DIR")]
    ledger: Option<PathBuf>,
    /// The commission that speaks
    #[arg(long, env = "HATTAMA_AUTHOR", value_name = "ID")]
    author: String,
    /// `board`, or the seat of the one officer who acts
    #[arg(long, env = "HATTAMA_DESK", value_name = "SEAT", default_value = "board")]
    desk: String,
    /// The election, if it is about one
    #[arg(long, env = "HATTAMA_ELECTION", value_name = "ID")]
    election: Option<String>,
    /// Who signs: a seat of the author, or a public key in base64; once for each
    #[arg(long, required = true, value_name = "SEAT|KEY")]
    signer: Vec<String>,
    /// The content, as JSON in a file; - for standard input. It is written in its one canonical form
    #[arg(long, env = "HATTAMA_BODY", value_name = "FILE")]
    body: PathBuf,
    /// When it is signed [default: now]
    #[arg(long, env = "HATTAMA_AT", value_name = "TIME")]
    at: Option<String>,
    /// The file to write
    #[arg(long, env = "HATTAMA_OUT", value_name = "FILE")]
    out: PathBuf,
}

impl Draft {
    pub(crate) fn run(self) -> Result<(), Fault> {
        let head = match &self.ledger {
            Some(path) => source::replay(path, None)?,
            None => Head::default(),
        };
        if !Fact::NAMES.contains(&self.fact.as_str()) {
            return Err(law::FactError::Unknown { found: self.fact }.into());
        }
        let body = read_body(&self.body)?;
        // People write JSON with spaces and in any order; what is signed is its one canonical form. A field that stands
        // twice is refused here: reading would silently keep the last.
        let tidy = tidied(&body, &self.body)?;
        let fact = Fact::read_body(&self.fact, &tidy)?;
        let chain = Chain {
            author: Id::new(&self.author)?,
            election: self.election.as_deref().map(Id::new).transpose()?,
            desk: Id::new(&self.desk)?,
        };
        let signers = self.signer.iter().map(|text| signer(&head, &chain, text)).collect::<Result<_, _>>()?;
        let at = at_or_now(self.at.as_deref(), &head)?;
        let draft = head.draft(chain, &fact, at, signers)?;
        if self.out.exists() {
            let expected = "a file that is not there yet".to_owned();
            return Err(Fault::Argument { expected, found: self.out.display().to_string() });
        }
        write_whole(&self.out, &event::json::encode(&draft)?)?;
        print(&draft.hash()?.to_string());
        Ok(())
    }
}

fn tidied(body: &[u8], path: &Path) -> Result<Vec<u8>, Fault> {
    let failed = |error: serde_json::Error| Fault::Body { path: path.to_owned(), error };
    let value: Unrepeated = serde_json::from_slice(body).map_err(failed)?;
    serde_json::to_vec(&value.0).map_err(failed)
}

fn signer(head: &Head, chain: &Chain, text: &str) -> Result<Key, Fault> {
    let commission = head.state().commissions.get(&chain.author);
    if let Some(key) = commission.and_then(|c| c.seat(text)).and_then(|seat| seat.key) {
        return Ok(key);
    }
    let expected = match commission {
        Some(_) => format!("a seat of {} with a key, or a public key in base64", chain.author),
        None if head.size() == 0 => "a public key in base64, or --ledger, so that seats are known".to_owned(),
        None => format!("a public key in base64, since the ledger knows no commission {}", chain.author),
    };
    Key::parse(text).map_err(|_| Fault::Argument { expected, found: text.to_owned() })
}

fn read_body(path: &Path) -> Result<Vec<u8>, Fault> {
    let failed = |error| Fault::Read { path: path.to_owned(), error };
    if path.as_os_str() == "-" {
        let mut bytes = Vec::new();
        std::io::stdin().read_to_end(&mut bytes).map_err(failed)?;
        return Ok(bytes);
    }
    fs::read(path).map_err(failed)
}
