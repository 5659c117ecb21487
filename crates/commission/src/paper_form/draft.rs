//! The draft of a form: its statement, who signs it, the law asked, and the file in the outbox.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use client::files::{FileFault, write_json_line};
use event::{SignedEvent, Time};
use law::{Fact, Finding};
use ledger::Chain;

use super::{PaperForm, fault::PaperFormFault};
use crate::{
    book::fault::BookFault,
    form::{Filled, TypedValues, read_statement},
    legible::ratios::RatioStand,
};

/// A draft that was written.
#[derive(Debug)]
pub struct PaperDraft {
    /// Its file in the outbox.
    pub path: PathBuf,
    /// The unsigned event.
    pub event: SignedEvent,
    /// What it states.
    pub fact: Fact,
    /// What the ledger would note or show as explained.
    pub findings: Vec<Finding>,
    /// Files that it names by hash.
    pub papers: Vec<PathBuf>,
}

impl PaperForm<'_> {
    /// Makes the draft of a form without a fault, asks the law as far as the book knows, and writes it into the outbox. An earlier draft
    /// at its place gives way, as long as nobody has signed it.
    ///
    /// # Errors
    /// [`PaperFormFault`]: lines that are missing, ratios that do not hold, the rule that refuses; nothing was written.
    pub fn write_draft(&self, typed: &TypedValues, at: Time) -> Result<PaperDraft, PaperFormFault> {
        // Gone before the form is read again: nobody signs old figures by mistake.
        self.withdraw_draft()?;
        let path = self.book.draft_file(&self.stem, false);
        let (filled, faults) = self.read(typed);
        if !faults.is_empty() {
            return Err(PaperFormFault::NotFilledIn { found: faults.len() });
        }
        let no_form = || PaperFormFault::NoForm { found: self.fact.to_owned() };
        let stated = read_statement(self.fact, &self.subject(), &filled).ok_or_else(no_form)?;
        let seats = if self.is_of_the_board() { stated.seats } else { vec![self.chain.desk.clone()] };
        let signers = self.book.find_keys(&self.chain, &seats)?;
        if signers.is_empty() {
            return Err(BookFault::NobodySigns.into());
        }
        let event = self.book.excerpt.draft(self.chain.clone(), &stated.fact, at, signers)?;
        let broken = self.count_broken(&filled);
        if broken > 0 {
            return Err(PaperFormFault::Broken { found: broken });
        }
        let findings = self.book.excerpt.judge_event(&event)??;
        write_json_line(&path, &event::json::encode(&event)?)?;
        Ok(PaperDraft { path, event, fact: stated.fact, findings, papers: stated.papers })
    }

    /// Only a protocol is refused for its ratios; the law asks the others itself.
    fn count_broken(&self, filled: &Filled) -> usize {
        if self.fact != "protocol-signed" {
            return 0;
        }
        self.add_up(filled).iter().filter(|sum| sum.stand == RatioStand::Broken).count()
    }

    /// Takes back a draft at this place that nobody has signed.
    ///
    /// # Errors
    /// Where members have begun to sign it, or it cannot be removed.
    pub fn withdraw_draft(&self) -> Result<(), PaperFormFault> {
        remove_drafts(self.find_earlier_drafts()?)
    }

    /// Drafts at this place that nobody has signed.
    pub(super) fn find_earlier_drafts(&self) -> Result<Vec<PathBuf>, PaperFormFault> {
        find_earlier_drafts(&self.book.unsigned, &self.chain, &self.book.draft_file(&self.stem, false))
    }
}

/// Removes drafts that nobody has signed.
fn remove_drafts(drafts: Vec<PathBuf>) -> Result<(), PaperFormFault> {
    for path in drafts {
        match fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(FileFault::Write { path, error }.into());
            }
            _ => {}
        }
    }
    Ok(())
}

/// Drafts of a chain that would be written to this file and that nobody has signed; any other is in the way.
pub(super) fn find_earlier_drafts(
    unsigned: &[(PathBuf, SignedEvent)],
    chain: &Chain,
    out: &Path,
) -> Result<Vec<PathBuf>, PaperFormFault> {
    let mut earlier = Vec::new();
    for (path, one) in unsigned.iter().filter(|(_, one)| Chain::of_event(&one.event) == *chain) {
        if path.file_name() != out.file_name() || !one.signatures.is_empty() {
            let (expected, missing) = (one.event.signers.len(), one.missing_signers().len());
            let found = expected - missing;
            return Err(PaperFormFault::BegunToSign { path: path.clone(), expected, found });
        }
        earlier.push(path.clone());
    }
    Ok(earlier)
}
