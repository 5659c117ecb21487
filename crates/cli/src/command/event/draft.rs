//! `hattama event draft`: an unsigned event at the author's next place.
//!
//! Whether it will be admitted only the ledger says.

use std::path::{Path, PathBuf};

use super::{
    body::{find_signer, read_fact},
    booked::{self, BookDraft, BookWords},
    doubts::print_doubts,
    voided::VoidedDrafts,
};
use crate::{fault::Fault, open::time_or_now, source, terminal::print};
use clap::Args;
use client::files::write_json_line;
use event::{Id, SignedEvent};
use law::Fact;
use ledger::{Chain, Head};

/// Write an unsigned event at the author's next place
///
/// From a precinct's book (`hattama book new`) no line is needed: the first run writes a form to fill in, in the order of the
/// paper; the same command once more reads it, adds it up, and writes the draft into the book's outbox.
#[derive(Debug, Args)]
pub(crate) struct DraftWords {
    /// What is stated, as protocol-signed; `hattama event facts` lists all
    fact: String,
    /// The ledger, or a published copy of it, whose newest tree the author has seen; absent for ledger-opened
    #[arg(long, env = "HATTAMA_LEDGER", value_name = "DIR")]
    ledger: Option<PathBuf>,
    /// The commission that speaks; a book says it
    #[arg(long, env = "HATTAMA_AUTHOR", value_name = "ID", required_unless_present = "book")]
    author: Option<String>,
    /// `board`, or the seat of the one officer who acts [default: board; with a book, whom the law names]
    #[arg(long, env = "HATTAMA_DESK", value_name = "SEAT")]
    desk: Option<String>,
    /// The election, if it is about one; a book says it
    #[arg(long, env = "HATTAMA_ELECTION", value_name = "ID")]
    election: Option<String>,
    /// Who signs: a seat of the author, or a public key in base64; once for each. A form says it for the board
    #[arg(long, value_name = "SEAT|KEY", required_unless_present = "book")]
    signer: Vec<String>,
    /// The content, as JSON in a file; - for standard input. It is written in its one canonical form
    #[arg(long, env = "HATTAMA_BODY", value_name = "FILE", required_unless_present = "book")]
    body: Option<PathBuf>,
    /// When it is signed [default: now]
    #[arg(long, env = "HATTAMA_AT", value_name = "TIME")]
    at: Option<String>,
    /// The file to write [default: in the book's outbox]
    #[arg(long, env = "HATTAMA_OUT", value_name = "FILE", required_unless_present = "book")]
    out: Option<PathBuf>,
    /// A signed draft that was not sent, or was refused: the new one takes its place and voids it, with all that it had
    /// voided itself; once for each
    #[arg(long, env = "HATTAMA_VOIDS", value_name = "FILE")]
    voids: Vec<PathBuf>,
    #[command(flatten)]
    booked: BookWords,
}

impl DraftWords {
    pub(crate) fn run(self) -> Result<(), Fault> {
        if !Fact::NAMES.contains(&self.fact.as_str()) {
            return Err(law::FactError::Unknown { found: self.fact }.into());
        }
        let voided = VoidedDrafts::read_files(&self.voids)?;
        match (&self.booked.book, &self.author, &self.body, &self.out) {
            (Some(book), ..) => booked::draft_from_book(
                &BookDraft {
                    fact: &self.fact,
                    desk: self.desk.as_deref(),
                    signer: &self.signer,
                    body: self.body.as_deref(),
                    at: self.at.as_deref(),
                    out: self.out.as_deref(),
                    voided: &voided,
                    words: &self.booked,
                },
                book,
            ),
            (None, Some(author), Some(body), Some(out)) => self.draft_from_ledger(author, body, out, &voided),
            // clap asks for them.
            _ => Err(Fault::Argument {
                expected: "--book, or --author, --body and --out".to_owned(),
                found: "neither".to_owned(),
            }),
        }
    }

    fn draft_from_ledger(
        &self,
        author: &str,
        body: &Path,
        out: &Path,
        voided: &VoidedDrafts,
    ) -> Result<(), Fault> {
        let head = match &self.ledger {
            Some(path) => source::replay_source(path, None)?,
            None => Head::default(),
        };
        let fact = read_fact(&self.fact, body)?;
        let chain = Chain {
            author: Id::new(author)?,
            election: self.election.as_deref().map(Id::new).transpose()?,
            desk: Id::new(self.desk.as_deref().unwrap_or("board"))?,
        };
        let signers = self
            .signer
            .iter()
            .map(|text| find_signer(head.state(), &chain, text))
            .collect::<Result<_, _>>()?;
        let at = time_or_now(self.at.as_deref(), head.state())?;
        voided.require_place(&chain, head.next_in(&chain))?;
        let draft = voided.named_by(head.draft(chain, &fact, at, signers)?)?;
        print_doubts(&fact);
        write_draft(&draft, out)
    }
}

/// Writes a draft where nothing is yet, and tells its hash.
fn write_draft(draft: &SignedEvent, out: &Path) -> Result<(), Fault> {
    if out.exists() {
        let expected = "a file that is not there yet".to_owned();
        return Err(Fault::Argument { expected, found: out.display().to_string() });
    }
    write_json_line(out, &event::json::encode(draft)?)?;
    print(&draft.hash().to_string());
    Ok(())
}
