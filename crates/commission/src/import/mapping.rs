//! The mapping: which column of somebody's table holds which line of a protocol, in TOML or JSON.

use std::{collections::BTreeMap, fs, io::Read as _, path::Path};

use serde::Deserialize;

use super::{
    fault::ImportFault,
    figure_rules::{FigureRule, FigureRules, SecondFiguresRule, VotesFileRule},
};
use crate::table::{cell::Thousands, cells::FileRules, fault::InputTableFault};

/// A mapping of more bytes is not read.
const MAPPING_BYTES_MAX: u64 = 1 << 20;

/// A mapping of columns.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// How the file is read.
    #[serde(default)]
    pub file: FileRules,
    /// How numbers are written.
    #[serde(default)]
    pub numbers: NumberRules,
    /// What names the precinct.
    pub precinct: PrecinctRule,
    /// Which rows are of this election, where the table holds several.
    pub contest: Option<ContestRule>,
    /// The lines of the protocol.
    #[serde(default)]
    pub figures: FigureRules,
    /// Votes by candidate id.
    #[serde(default)]
    pub votes: BTreeMap<String, FigureRule>,
    /// Ballots issued by seat.
    #[serde(default)]
    pub issued_by: BTreeMap<String, FigureRule>,
    /// Portable boxes, in the order opened.
    #[serde(default)]
    pub portable: Vec<PortableRule>,
    /// Votes in a file of their own, one line a row.
    pub long: Option<VotesFileRule>,
    /// A second set of figures, to be set against these.
    pub compare: Option<SecondFiguresRule>,
    /// TimeRules of the count.
    pub times: Option<TimeRules>,
    /// The signed paper.
    pub paper: Option<DocumentRule>,
    /// The act over damaged ballots.
    pub damaged_act: Option<DocumentRule>,
    /// Who signs.
    pub signers: Option<SignerRules>,
    /// Why a ratio does not hold, by rule id.
    #[serde(default)]
    pub explanations: BTreeMap<String, WordsRule>,
    /// For protocols in the place of others.
    pub supersedes: Option<SupersessionRules>,
    /// For precincts whose result is declared invalid.
    pub invalidates: Option<InvalidationRules>,
    /// Sums that the table is expected to come to.
    #[serde(default)]
    pub totals: ExpectedTotals,
    /// What is left aside.
    #[serde(default)]
    pub ignore: IgnoreRules,
}

/// Sums that the table is expected to come to, as somebody else states them.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExpectedTotals {
    /// By the name of a line under `[figures]`.
    #[serde(default)]
    pub figures: BTreeMap<String, u64>,
    /// By the id of a candidate.
    #[serde(default)]
    pub votes: BTreeMap<String, u64>,
}

/// How numbers are written.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NumberRules {
    /// What may part thousands.
    pub thousands: Option<Thousands>,
    /// What may stand before a fraction of zeros.
    pub decimal: Option<char>,
}

/// What names the precinct: one of the three.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PrecinctRule {
    /// The column with the id of the ledger.
    pub id: Option<String>,
    /// The column with the number that the precinct was formed under.
    pub number: Option<String>,
    /// Zeros are set before shorter numbers, up to so many digits.
    pub digits: Option<usize>,
    /// The KATO code of its territory, which has to be the one in the ledger.
    pub kato: Option<WordsRule>,
    /// Columns that together name the precinct, where there is no ledger.
    #[serde(default)]
    pub key: Vec<String>,
}

/// Which rows are of this election: those whose cell of one column is one of the values.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContestRule {
    /// The column.
    pub column: String,
    /// The one value.
    pub value: Option<String>,
    /// Several values.
    #[serde(default)]
    pub values: Vec<String>,
}

/// A portable box.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PortableRule {
    /// Ballots in it.
    pub found: FigureRule,
    /// Applications for it.
    pub applications: Option<FigureRule>,
    /// The act that makes it invalid.
    pub act: Option<DocumentRule>,
}

/// TimeRules of the count.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TimeRules {
    /// Start of the count.
    pub started: WordsRule,
    /// End of the count.
    pub ended: WordsRule,
    /// When it was signed.
    pub signed: WordsRule,
    /// The offset of times that name none, as `+05:00`.
    pub offset: Option<String>,
}

/// A paper: public by hash and size, or sealed.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DocumentRule {
    /// Column with SHA-256 in hexadecimal digits.
    pub sha256: Option<String>,
    /// Column with the size in bytes.
    pub size: Option<String>,
    /// Column with the salted hash of a paper withheld.
    pub sealed: Option<String>,
}

/// Who signs; the rest of the commission is missing, for one reason.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignerRules {
    /// Seats, parted by spaces.
    pub seats: WordsRule,
    /// Why the others do not sign.
    pub missing: Option<law::facts::MissingReason>,
}

/// For protocols in the place of others.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SupersessionRules {
    /// What was wrong.
    pub reason: WordsRule,
    /// Who was present, parted by `;`.
    pub present: WordsRule,
}

/// For precincts whose result is declared invalid.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InvalidationRules {
    /// Which violation; where the cell is empty, the result counts.
    pub ground: WordsRule,
    /// When the decision was signed.
    pub at: WordsRule,
    /// Seats of the commission that organises the election, parted by spaces.
    pub seats: WordsRule,
    /// The decision.
    pub decision: DocumentRule,
    /// The submission of the precinct's commission.
    pub submission: DocumentRule,
}

/// WordsRule: of a column, or the same in every row.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged, expecting = "a column, or { value = \"…\" }")]
pub enum WordsRule {
    /// By header or letter.
    Column(String),
    /// The same in every row.
    Always {
        /// What it is.
        value: String,
    },
}

/// What is left aside.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IgnoreRules {
    /// Columns.
    #[serde(default)]
    pub columns: Vec<String>,
    /// Every column that nothing names.
    #[serde(default)]
    pub others: bool,
}

impl Mapping {
    /// Reads the file: JSON if its name ends so, else TOML.
    ///
    /// # Errors
    /// When it cannot be read, or is no mapping; with line and column.
    pub fn read_file(file: &Path) -> Result<Self, ImportFault> {
        let failed = |error| InputTableFault::Read { error };
        let about = fs::metadata(file).map_err(failed)?;
        // A pipe would hold the program, and a film its memory.
        if !about.is_file() {
            return Err(InputTableFault::NotAFile.into());
        }
        if about.len() > MAPPING_BYTES_MAX {
            let (expected, found) = (MAPPING_BYTES_MAX, about.len());
            return Err(InputTableFault::TooLarge { expected, found }.into());
        }
        let mut text = String::new();
        let opened = fs::File::open(file).map_err(failed)?;
        // The limit holds while it is read: a file may grow.
        opened.take(MAPPING_BYTES_MAX + 1).read_to_string(&mut text).map_err(failed)?;
        if text.len() as u64 > MAPPING_BYTES_MAX {
            let (expected, found) = (MAPPING_BYTES_MAX, text.len() as u64);
            return Err(InputTableFault::TooLarge { expected, found }.into());
        }
        let text = text.trim_start_matches('\u{feff}');
        if file.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json")) {
            return serde_json::from_str(text).map_err(|error| ImportFault::MappingJson { error });
        }
        Self::parse(text)
    }

    /// Reads TOML.
    ///
    /// # Errors
    /// When it is no mapping; with line and column.
    pub fn parse(text: &str) -> Result<Self, ImportFault> {
        let text = text.trim_start_matches('\u{feff}');
        toml::from_str(text).map_err(|error| ImportFault::MappingToml { error: Box::new(error) })
    }
}
