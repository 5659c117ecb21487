//! `hattama event draft`: an unsigned event at the author's next place.
//!
//! In: reading the body, finding the signers' keys. Out: whether it will be admitted.

use std::{
    fs,
    io::Read as _,
    path::{Path, PathBuf},
};

use clap::Args;
use event::{Id, Key, SignedEvent};
use law::{Fact, State};
use ledger::{Chain, Head};

use super::{
    at_or_now,
    booked::{self, Booked},
    unrepeated::Unrepeated,
    write_whole,
};
use crate::{fault::Fault, print, source};

/// Write an unsigned event at the author's next place
///
/// From a precinct's book (`hattama book new`) no line is needed: the first run writes a form to fill in, in the order of the
/// paper; the same command once more reads it, adds it up, and writes the draft into the book's outbox.
#[derive(Debug, Args)]
pub(crate) struct Draft {
    /// What is stated, as protocol-signed; `hattama event facts` lists all
    pub(super) fact: String,
    /// The ledger, or a published copy of it, whose newest tree the author has seen; absent for ledger-opened
    #[arg(long, env = "HATTAMA_LEDGER", value_name = "DIR")]
    ledger: Option<PathBuf>,
    /// The commission that speaks; a book says it
    #[arg(long, env = "HATTAMA_AUTHOR", value_name = "ID", required_unless_present = "book")]
    author: Option<String>,
    /// `board`, or the seat of the one officer who acts [default: board; with a book, whom the law names]
    #[arg(long, env = "HATTAMA_DESK", value_name = "SEAT")]
    pub(super) desk: Option<String>,
    /// The election, if it is about one; a book says it
    #[arg(long, env = "HATTAMA_ELECTION", value_name = "ID")]
    election: Option<String>,
    /// Who signs: a seat of the author, or a public key in base64; once for each. A form says it for the board
    #[arg(long, value_name = "SEAT|KEY", required_unless_present = "book")]
    pub(super) signer: Vec<String>,
    /// The content, as JSON in a file; - for standard input. It is written in its one canonical form
    #[arg(long, env = "HATTAMA_BODY", value_name = "FILE", required_unless_present = "book")]
    pub(super) body: Option<PathBuf>,
    /// When it is signed [default: now]
    #[arg(long, env = "HATTAMA_AT", value_name = "TIME")]
    pub(super) at: Option<String>,
    /// The file to write [default: in the book's outbox]
    #[arg(long, env = "HATTAMA_OUT", value_name = "FILE", required_unless_present = "book")]
    pub(super) out: Option<PathBuf>,
    #[command(flatten)]
    pub(super) booked: Booked,
}

impl Draft {
    pub(crate) fn run(self) -> Result<(), Fault> {
        if !Fact::NAMES.contains(&self.fact.as_str()) {
            return Err(law::FactError::Unknown { found: self.fact }.into());
        }
        match (&self.booked.book, &self.author, &self.body, &self.out) {
            (Some(book), ..) => booked::draft(&self, book),
            (None, Some(author), Some(body), Some(out)) => self.drafted(author, body, out),
            // clap asks for them.
            _ => Err(Fault::Argument {
                expected: "--book, or --author, --body and --out".to_owned(),
                found: "neither".to_owned(),
            }),
        }
    }

    fn drafted(&self, author: &str, body: &Path, out: &Path) -> Result<(), Fault> {
        let head = match &self.ledger {
            Some(path) => source::replay(path, None)?,
            None => Head::default(),
        };
        let fact = stated(&self.fact, body)?;
        let chain = Chain {
            author: Id::new(author)?,
            election: self.election.as_deref().map(Id::new).transpose()?,
            desk: Id::new(self.desk.as_deref().unwrap_or("board"))?,
        };
        let signers =
            self.signer.iter().map(|text| signer(head.state(), &chain, text)).collect::<Result<_, _>>()?;
        let at = at_or_now(self.at.as_deref(), head.state())?;
        let draft = head.draft(chain, &fact, at, signers)?;
        written(&draft, out)
    }
}

/// A fact as people write its content: JSON with spaces and in any order; what is signed is its one canonical form. A field
/// that stands twice is refused here: reading would silently keep the last.
pub(super) fn stated(fact: &str, body: &Path) -> Result<Fact, Fault> {
    let tidy = tidied(&read_body(body)?, body)?;
    Ok(Fact::read_body(fact, &tidy)?)
}

/// Writes a draft where nothing is yet, and tells its hash.
fn written(draft: &SignedEvent, out: &Path) -> Result<(), Fault> {
    if out.exists() {
        let expected = "a file that is not there yet".to_owned();
        return Err(Fault::Argument { expected, found: out.display().to_string() });
    }
    write_whole(out, &event::json::encode(draft)?)?;
    print(&draft.hash().to_string());
    Ok(())
}

fn tidied(body: &[u8], path: &Path) -> Result<Vec<u8>, Fault> {
    let failed = |error: serde_json::Error| Fault::Body { path: path.to_owned(), error };
    let value: Unrepeated = serde_json::from_slice(body).map_err(failed)?;
    serde_json::to_vec(&value.0).map_err(failed)
}

/// The key of a seat of the author, or a key.
pub(super) fn signer(state: &State, chain: &Chain, text: &str) -> Result<Key, Fault> {
    let commission = state.commissions.get(&chain.author);
    if let Some(key) = commission.and_then(|c| c.seat(text)).and_then(|seat| seat.key) {
        return Ok(key);
    }
    let expected = match commission {
        Some(_) => format!("a seat of {} with a key, or a public key in base64", chain.author),
        None if state.ledger.is_none() => {
            "a public key in base64, or --ledger, so that seats are known".to_owned()
        }
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
