//! `hattama protocol`: tables of protocols checked, and imported as drafts.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand, ValueEnum};
use client::{files::write_atomically, staged};
use commission::{
    import::{
        check::check_table,
        drafts::{ImportOutcome, draft_protocols},
        fault::ImportFault,
        mapped::{self, MappedTable},
        mapping::Mapping,
        report,
        target::ImportTarget,
        template, told,
    },
    table::{self, cells::TableOptions},
};
use event::Id;
use phrase::{Phrase, phrase};
use texts::say_fault;

use crate::{
    fault::Fault,
    source,
    terminal::{eprint, print},
};

#[derive(Debug, Subcommand)]
pub(crate) enum ProtocolCommand {
    /// Judge the control ratios of every row, without any ledger; ratios whose lines are not mapped say NOT-RUN
    ///
    /// Exit code: 0 every row was read and holds, 1 some does not, 2 a file could not be read.
    Check {
        #[command(flatten)]
        table: TableWords,
        /// How to print it
        #[arg(long, env = "HATTAMA_FORMAT", value_enum, default_value_t = ImportFormat::Text)]
        format: ImportFormat,
    },
    /// Write unsigned drafts, one file for each precinct, from the rows that the law lets in; list the others with the reason
    ///
    /// Exit code: 0 every row gave a draft, 1 some was refused (the others are drafted), 2 a file could not be read.
    Import(Import),
    /// Write a mapping to begin with, from the header of a table
    Map {
        /// The table: CSV or a workbook (.xlsx)
        file: PathBuf,
        #[command(flatten)]
        how: HowWords,
        /// Write it to this file instead of printing it
        #[arg(long, env = "HATTAMA_OUT", value_name = "FILE")]
        out: Option<PathBuf>,
    },
}

#[derive(Debug, Args)]
pub(crate) struct TableWords {
    /// The table: CSV (comma, semicolon or tab) or a workbook (.xlsx)
    file: PathBuf,
    /// Which column holds what: TOML, or JSON; docs/import.md describes it
    #[arg(long, env = "HATTAMA_MAP", value_name = "FILE")]
    map: PathBuf,
    #[command(flatten)]
    how: HowWords,
}

#[derive(Debug, Args)]
pub(crate) struct HowWords {
    /// The sheet of a workbook that has several
    #[arg(long, env = "HATTAMA_SHEET", value_name = "NAME")]
    sheet: Option<String>,
    /// The encoding of CSV: utf-8, utf-16le, utf-16be, windows-1251, kz-1048, cp866 or koi8-r [default: utf-8]
    #[arg(long, env = "HATTAMA_ENCODING", value_name = "NAME")]
    encoding: Option<String>,
    /// The line of the header [default: 1]
    #[arg(long, env = "HATTAMA_HEADER", value_name = "LINE")]
    header: Option<u64>,
}

/// Unsigned drafts from the rows of a table
#[derive(Debug, Args)]
pub(crate) struct Import {
    #[command(flatten)]
    table: TableWords,
    /// The ledger whose newest tree the authors have seen: any SOURCE
    #[arg(long, env = "HATTAMA_LEDGER", value_name = "SOURCE")]
    ledger: PathBuf,
    /// The election
    #[arg(long, env = "HATTAMA_ELECTION", value_name = "ID")]
    election: String,
    /// The folder to make for the drafts
    #[arg(long, env = "HATTAMA_OUT", value_name = "DIR", required_unless_present = "dry_run")]
    out: Option<PathBuf>,
    /// Do everything but write
    #[arg(long, env = "HATTAMA_DRY_RUN")]
    dry_run: bool,
    /// How to print the list
    #[arg(long, env = "HATTAMA_FORMAT", value_enum, default_value_t = ImportFormat::Text)]
    format: ImportFormat,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum ImportFormat {
    /// For people
    Text,
    /// For spreadsheets, RFC 4180
    Csv,
    /// For programs
    Json,
}

impl ProtocolCommand {
    pub(crate) fn run(self) -> Result<u8, Fault> {
        match self {
            Self::Check { table, format } => print_check(&table, format),
            Self::Import(import) => import.run(),
            Self::Map { file, how, out } => write_mapping(&file, &how, out.as_deref()),
        }
    }
}

impl HowWords {
    fn options(&self) -> TableOptions {
        let (sheet, encoding) = (self.sheet.clone(), self.encoding.clone());
        TableOptions { header: self.header, encoding, separator: None, sheet }
    }
}

impl TableWords {
    fn open(&self) -> Result<MappedTable, Fault> {
        let mapping = Mapping::read_file(&self.map).map_err(fault_of(&self.map))?;
        mapped::open_mapped(&self.file, &mapping, &self.how.options()).map_err(fault_of(&self.file))
    }
}

/// A fault with the file that it is about.
fn fault_of<F: Into<ImportFault>>(path: &Path) -> impl Fn(F) -> Fault {
    move |error| Fault::Protocol { path: path.to_owned(), error: error.into() }
}

fn print_check(words: &TableWords, format: ImportFormat) -> Result<u8, Fault> {
    let checked = check_table(words.open()?).map_err(fault_of(&words.file))?;
    let text = match format {
        ImportFormat::Text => told::check_text(&checked),
        ImportFormat::Csv => report::check_csv(&checked),
        ImportFormat::Json => report::check_json(&checked).map_err(fault_of(&words.file))?,
    };
    print(text.trim_end());
    Ok(u8::from(!checked.holds()))
}

impl Import {
    fn run(self) -> Result<u8, Fault> {
        let out = self.out.as_deref().filter(|_| !self.dry_run);
        // Before the work, so that nobody waits for nothing.
        out.map_or(Ok(()), staged::require_free).map_err(fault_of(&self.table.file))?;
        let mapped = self.table.open()?;
        let head = source::replay_source(&self.ledger, None)?;
        let election = Id::new(&self.election)?;
        let place = ImportTarget { head: &head, election: &election, now: node::now()? };
        let drafted = draft_protocols(mapped, place).map_err(fault_of(&self.table.file))?;
        let written = self.write_drafts(out, &drafted)?;
        let text = match self.format {
            ImportFormat::Text => told::import_text(&drafted, &written),
            ImportFormat::Csv => report::import_csv(&drafted),
            ImportFormat::Json => report::import_json(&drafted).map_err(fault_of(&self.table.file))?,
        };
        print(text.trim_end());
        Ok(u8::from(!drafted.refused.is_empty() || !drafted.sums_hold()))
    }

    fn write_drafts(&self, out: Option<&Path>, drafted: &ImportOutcome) -> Result<Phrase, Fault> {
        let Some(out) = out else {
            return Ok(phrase!("import-told-dry", "a dry run, nothing was written"));
        };
        if !drafted.sums_hold() {
            return Ok(phrase!(
                "import-told-other-sums",
                "the sums are not those that the mapping expects: nothing was written"
            ));
        }
        if drafted.drafts.is_empty() {
            return Ok(phrase!("import-told-nothing", "nothing was written"));
        }
        let mut files = Vec::new();
        for draft in &drafted.drafts {
            let bytes = [event::json::encode(&draft.event)?, b"\n".to_vec()].concat();
            files.push((report::file_name(draft), bytes));
        }
        staged::write_folder(out, &files).map_err(fault_of(&self.table.file))?;
        Ok(phrase!("import-told-written", "written to {folder}", folder = out.display().to_string()))
    }
}

fn write_mapping(file: &Path, how: &HowWords, out: Option<&Path>) -> Result<u8, Fault> {
    let table = table::open_table(file, &how.options()).map_err(fault_of(file))?;
    let text = template::mapping_template(&table);
    match out {
        None => print(text.trim_end()),
        Some(out) => {
            staged::require_free(out).map_err(fault_of(file))?;
            write_atomically(out, text.as_bytes())?;
        }
    }
    if !template::fits_table(&text, &table) {
        let left = phrase!("import-map-left", "what begins with # is still to be filled in");
        eprint(&say_fault(&left));
    }
    Ok(0)
}
