//! `hattama table FACT FILE`: drafts from a table that other people made, one for each lawful row.

use std::{fs, path::PathBuf};

use clap::Args;
use client::files::{FileFault, write_json_line};
use commission::{
    drafting::{DraftOrder, speakers::Speakers},
    many::{
        ManyOutcome, draft_table,
        fault::{RefusedRow, RowReason},
    },
    table::{cells::TableOptions, open_table},
};
use law::Fact;
use ledger::Prospect;
use phrase::{Phrase, phrase};
use serde_json::json;
use texts::{program::say, say_fault};

use super::event::{AtOnceWords, expect_drafts};
use crate::{
    draft_words,
    fault::Fault,
    open::{received_at, time_or_now},
    source,
    terminal::{eprint, print},
};

/// Refused rows that are told one by one.
const TOLD_MAX: usize = 200;

/// Draft many acts from a table (CSV, XLSX): one for each lawful row, every other row with its reason
///
/// Precincts, members and keys, voter lists, deliveries, receipts of protocols, observers: columns are recognised by their usual
/// Kazakh and Russian headings, or named with --column. Rows are drafted one after another, as if the earlier ones had been
/// taken in. Without --out it is a dry run. Exit code: 0 every row gave a draft, 1 some did not, 2 no table.
#[derive(Debug, Args)]
pub(crate) struct TableWords {
    /// What each row states, as ballots-delivered
    fact: String,
    /// The table
    file: PathBuf,
    /// A ledger, a published copy as folder, zip or address, or a node
    #[arg(long, env = "HATTAMA_LEDGER", value_name = "SOURCE")]
    ledger: PathBuf,
    /// The folder for the drafts; without it nothing is written
    #[arg(long, env = "HATTAMA_OUT", value_name = "DIR")]
    out: Option<PathBuf>,
    /// The commission that speaks [default: whom the law names]
    #[arg(long, env = "HATTAMA_AUTHOR", value_name = "ID")]
    author: Option<String>,
    /// The election [default: the one under way]
    #[arg(long, env = "HATTAMA_ELECTION", value_name = "ID")]
    election: Option<String>,
    /// The seat that acts, where it is not the board
    #[arg(long, env = "HATTAMA_DESK", value_name = "SEAT")]
    desk: Option<String>,
    /// Who signs: a seat of the author, or a public key; once for each [default: everybody who may]
    #[arg(long, value_name = "SEAT|KEY")]
    signer: Vec<String>,
    /// A field that is the same in every row, as act=act.pdf; once for each
    #[arg(long, value_name = "FIELD=VALUE")]
    set: Vec<String>,
    /// Which column is a field, where its heading does not say so: count="Issued"; once for each
    #[arg(long, value_name = "FIELD=HEADING")]
    column: Vec<String>,
    /// The sheet of a workbook
    #[arg(long, env = "HATTAMA_SHEET", value_name = "NAME")]
    sheet: Option<String>,
    /// The line of the header, from 1
    #[arg(long, env = "HATTAMA_HEADER", value_name = "LINE")]
    header: Option<u64>,
    /// When the drafts are signed [default: now]
    #[arg(long, env = "HATTAMA_AT", value_name = "TIME")]
    at: Option<String>,
    /// Drafts that are on their way to the ledger, signed or not, or folders of them: the new ones follow them
    #[arg(long, value_name = "FILE|DIR", num_args = 1..)]
    after: Vec<PathBuf>,
    #[command(flatten)]
    at_once: AtOnceWords,
    /// Print the outcome as JSON
    #[arg(long, env = "HATTAMA_JSON")]
    json: bool,
}

impl TableWords {
    pub(crate) fn run(self) -> Result<u8, Fault> {
        if !Fact::NAMES.contains(&self.fact.as_str()) {
            return Err(law::FactError::Unknown { found: self.fact }.into());
        }
        let head = source::replay_source(&self.ledger, None)?;
        let at = time_or_now(self.at.as_deref(), head.state())?;
        let received = received_at(head.state(), &at)?;
        let options =
            TableOptions { header: self.header, sheet: self.sheet.clone(), ..TableOptions::default() };
        let of = |fault| Fault::Many { path: self.file.clone(), fault };
        let table = open_table(&self.file, &options).map_err(|fault| of(fault.into()))?;
        let order = DraftOrder {
            fact: &self.fact,
            speakers: Speakers {
                author: self.author.as_deref(),
                election: self.election.as_deref(),
                desk: self.desk.as_deref(),
                signers: &self.signer,
            },
            at,
            received,
            dir: self.file.parent().map(PathBuf::from).unwrap_or_default(),
        };
        let (said, columns) = (split_all(&self.set, "--set")?, split_all(&self.column, "--column")?);
        let mut prospect = Prospect::new(&head);
        expect_drafts(&mut prospect, &head, &self.after)?;
        let outcome = draft_table(prospect, &order, &said, &columns, table).map_err(of)?;
        let files = match &self.out {
            Some(out) if !outcome.drafts.is_empty() => write_drafts(&outcome, out)?,
            _ => Vec::new(),
        };
        if self.json {
            print(&encode_outcome(&outcome)?);
        } else {
            self.tell(&outcome);
        }
        // What is drafted of a table with faults is looked at before it is signed.
        if outcome.refused.is_empty() {
            self.at_once.sign(files, Some(self.ledger.clone()))?;
        }
        Ok(u8::from(!outcome.refused.is_empty()))
    }

    fn tell(&self, outcome: &ManyOutcome) {
        outcome.notes.iter().for_each(|note| eprint(&say_fault(note)));
        for column in &outcome.columns {
            let args = [("heading", column.heading.as_str().into()), ("field", column.field.as_str().into())];
            print(&say("table-column", &args));
        }
        if !outcome.unread.is_empty() {
            print(&say("table-unread", &[("columns", outcome.unread.join(" | ").into())]));
        }
        for refused in outcome.refused.iter().take(TOLD_MAX) {
            print(&describe_refused(refused));
        }
        if let Some(more) = outcome.refused.len().checked_sub(TOLD_MAX).filter(|more| *more > 0) {
            print(&say("table-more", &[("more", more.into())]));
        }
        let args = [
            ("rows", outcome.rows.into()),
            ("drafts", outcome.drafts.len().into()),
            ("refused", outcome.refused.len().into()),
        ];
        print(&say("table-done", &args));
        match &self.out {
            Some(_) if outcome.drafts.is_empty() => print(&say("table-none", &[])),
            Some(out) => print(&say("table-written", &[("dir", out.display().to_string().into())])),
            None => print(&say("table-dry", &[])),
        }
    }
}

fn split_all(words: &[String], flag: &str) -> Result<Vec<(String, String)>, Fault> {
    let split = |word: &String| {
        let parts = word.split_once('=').map(|(name, value)| (name.trim().to_owned(), value.to_owned()));
        parts.ok_or_else(|| Fault::Argument {
            expected: phrase!("argument-name-value", "{flag} with NAME=VALUE"),
            found: Phrase::verbatim(word),
        })
    };
    words.iter().map(split).collect()
}

/// Writes every draft, or none: where one of the files is there already, nothing is written.
fn write_drafts(outcome: &ManyOutcome, out: &std::path::Path) -> Result<Vec<PathBuf>, Fault> {
    fs::create_dir_all(out).map_err(|error| FileFault::Write { path: out.to_owned(), error })?;
    let files: Vec<PathBuf> = outcome.drafts.iter().map(|draft| out.join(draft.file_name())).collect();
    if let Some(there) = files.iter().find(|file| file.exists()) {
        let expected = phrase!("argument-new-file", "a file that is not there yet");
        return Err(Fault::Argument { expected, found: Phrase::verbatim(there.display()) });
    }
    for (file, draft) in files.iter().zip(&outcome.drafts) {
        write_json_line(file, &event::json::encode(&draft.draft.draft.event)?)?;
    }
    Ok(files)
}

/// Line, what the row is about, and why it gives no draft.
fn describe_refused(row: &RefusedRow) -> String {
    let why = match &row.reason {
        RowReason::Draft(fault) => draft_words::describe_in_line(fault),
        other => say_fault(other),
    };
    let args =
        [("line", row.line.to_string().into()), ("name", row.name.as_str().into()), ("why", why.into())];
    say("table-refused", &args)
}

fn encode_outcome(outcome: &ManyOutcome) -> Result<String, Fault> {
    let columns: Vec<_> = outcome
        .columns
        .iter()
        .map(|column| json!({ "field": column.field, "heading": column.heading }))
        .collect();
    let drafts: Vec<_> = outcome
        .drafts
        .iter()
        .map(
            |row| json!({ "event": row.draft.draft.event.hash(), "file": row.file_name(), "line": row.line }),
        )
        .collect();
    let refused: Vec<_> = outcome
        .refused
        .iter()
        .map(|row| json!({ "line": row.line, "name": row.name, "why": row.reason.to_string() }))
        .collect();
    let value = json!({
        "columns": columns, "drafts": drafts, "refused": refused, "rows": outcome.rows, "unread": outcome.unread,
    });
    Ok(serde_json::to_string_pretty(&value)?)
}
