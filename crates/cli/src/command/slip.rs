//! `hattama slip`: the sheet that hangs at the precinct.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use client::files::{FileFault, read_signed, write_json_line};
use commission::{
    book::{Book, layout::is_book},
    slip::{self, MadeSlip, SheetFormat, SheetLanguages, SheetNames, SlipOrder},
};

use phrase::{Phrase, phrase};
use texts::program::say;

use crate::{
    fault::Fault,
    open::read_text_file,
    source,
    terminal::{eprint, print},
};

/// Print the sheet that hangs at the precinct: the protocol's lines, its hash, and codes that anybody can check
///
/// Needs nothing but the signed event's file, so it can be printed the moment the last member has signed. The sheet is
/// one page of A4. `hattama verify --qr` checks what was scanned from it.
#[derive(Debug, Args)]
pub(crate) struct Slip {
    /// The working file of a signed protocol
    file: PathBuf,
    /// The ledger's receipt for it, which becomes code B
    #[arg(long, env = "HATTAMA_RECEIPT", value_name = "FILE")]
    receipt: Option<PathBuf>,
    /// The precinct's book, a ledger's folder or a published ledger, which gives names of election, candidates, precinct
    /// and signers; without one the sheet shows ids. From a book, the sheet says that the ledger was not asked yet
    #[arg(long, env = "HATTAMA_FROM", value_name = "SOURCE")]
    from: Option<PathBuf>,
    /// The file to write, .html or .svg [default: standard output]
    #[arg(long, env = "HATTAMA_OUT", value_name = "FILE")]
    out: Option<PathBuf>,
    /// How to write it [default: as the name of --out ends, else html]
    #[arg(long, env = "HATTAMA_SLIP_FORMAT", value_enum)]
    format: Option<FormatWord>,
    /// Which languages the sheet speaks, whatever the language of the answers
    #[arg(long, env = "HATTAMA_SHEET", value_enum, default_value_t = SheetWord::Both)]
    sheet: SheetWord,
    /// Print it though signatures are missing, with the words for a draft across the page
    #[arg(long, env = "HATTAMA_DRAFT")]
    draft: bool,
}

/// How the sheet is written
#[derive(Debug, Clone, Copy, ValueEnum)]
enum FormatWord {
    /// A page for a browser, which prints it
    Html,
    /// A drawing
    Svg,
}

/// Which languages the sheet speaks
#[derive(Debug, Clone, Copy, ValueEnum)]
enum SheetWord {
    /// Kazakh
    Kk,
    /// Russian
    Ru,
    /// Kazakh, and Russian under it
    Both,
}

impl From<FormatWord> for SheetFormat {
    fn from(word: FormatWord) -> Self {
        match word {
            FormatWord::Html => Self::Html,
            FormatWord::Svg => Self::Svg,
        }
    }
}

impl From<SheetWord> for SheetLanguages {
    fn from(word: SheetWord) -> Self {
        match word {
            SheetWord::Kk => Self::Kk,
            SheetWord::Ru => Self::Ru,
            SheetWord::Both => Self::Both,
        }
    }
}

impl Slip {
    pub(crate) fn run(self) -> Result<(), Fault> {
        let format = choose_format(self.format.map(Into::into), self.out.as_deref())?;
        let signed = read_signed(&self.file)?;
        let names = match &self.from {
            Some(path) if is_book(path) => SheetNames::from_book(&Book::open(path)?, &signed)?,
            Some(path) => SheetNames::from_ledger(&source::replay_source(path, None)?, &signed)?,
            None => SheetNames::default(),
        };
        let receipt = self.receipt.as_deref().map(read_text).transpose()?;
        let order = SlipOrder {
            signed: &signed,
            receipt: receipt.as_deref(),
            names: &names,
            draft: self.draft,
            format,
            lang: self.sheet.into(),
        };
        let slip = slip::make_slip(&order)?;
        let text = slip.text.trim_end();
        match &self.out {
            Some(path) => {
                write_json_line(path, text.as_bytes())?;
                print(&format!("{}: {}", path.display(), describe_slip(&slip)));
            }
            None => {
                print(text);
                eprint(&describe_slip(&slip));
            }
        }
        Ok(())
    }
}

/// What was asked for, or what the file's name says.
fn choose_format(wanted: Option<SheetFormat>, out: Option<&Path>) -> Result<SheetFormat, Fault> {
    let by_name = match out.and_then(Path::extension).and_then(|extension| extension.to_str()) {
        Some("html" | "htm") => Some(SheetFormat::Html),
        Some("svg") => Some(SheetFormat::Svg),
        _ => None,
    };
    match (wanted, by_name, out) {
        (Some(format), ..) | (None, Some(format), _) => Ok(format),
        (None, None, None) => Ok(SheetFormat::Html),
        (None, None, Some(out)) => Err(Fault::Argument {
            expected: phrase!(
                "argument-sheet-format",
                "a file name that ends with .html or .svg, or --format"
            ),
            found: Phrase::verbatim(out.display()),
        }),
    }
}

fn describe_slip(slip: &MadeSlip) -> String {
    let version = slip.parts.iter().max().copied().unwrap_or_default();
    let args = [
        ("codes", slip.parts.len().into()),
        ("version", version.to_string().into()),
        ("bytes", slip.bytes.to_string().into()),
    ];
    let mut said = say("slip-made", &args);
    if let Some(version) = slip.receipt {
        said.push_str(&say("slip-made-receipt", &[("version", version.to_string().into())]));
    }
    said
}

/// A text file as it stands.
pub(crate) fn read_text(path: &Path) -> Result<String, FileFault> {
    read_text_file(path)
}
