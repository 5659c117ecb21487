//! The mapping: which column of somebody's table holds which line of a protocol, in TOML or JSON.

use std::{collections::BTreeMap, fmt, fs, path::Path};

use serde::{
    Deserialize, Deserializer,
    de::{self, MapAccess, SeqAccess, Visitor},
};

use super::fault::ImportFault;
use crate::table::{cell::Thousands, cells::FileRules, fault::InputTableFault};

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
    /// Columns that together name the precinct, where there is no ledger.
    #[serde(default)]
    pub key: Vec<String>,
}

/// The lines of the protocol; what stands in no column is left out, or said as a number.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "the words are those of the protocol")]
pub struct FigureRules {
    pub absentee: Option<FigureRule>,
    pub against_all: Option<FigureRule>,
    pub cancelled: Option<FigureRule>,
    pub damaged: Option<FigureRule>,
    pub found: Option<FigureRule>,
    pub home_applications: Option<FigureRule>,
    pub invalid: Option<FigureRule>,
    pub issued: Option<FigureRule>,
    pub received: Option<FigureRule>,
    pub stationary: Option<FigureRule>,
    pub voters: Option<FigureRule>,
    /// Ballots delivered, where no ledger says it.
    pub delivered: Option<FigureRule>,
    /// Voters on the list handed over, where no ledger says it.
    pub listed: Option<FigureRule>,
}

/// Where a figure comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FigureRule {
    /// The same in every row: the file has no such column.
    Always(u64),
    /// The sum of columns, mostly of one.
    Columns {
        /// By header, or by letter as `#B`.
        columns: Vec<String>,
        /// An empty cell means that the form has no such line there.
        empty_is_none: bool,
    },
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

/// Votes in a file of their own.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VotesFileRule {
    /// The file, beside the table unless the path is whole.
    pub file: String,
    /// Its column with what `of` holds here.
    pub key: String,
    /// Its column with the line of the ballot; each value becomes a column.
    pub line: String,
    /// Its column with the votes.
    pub votes: String,
    /// The column here that `key` names.
    pub of: String,
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
        let text = fs::read_to_string(file).map_err(|error| InputTableFault::Read { error })?;
        if file.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json")) {
            return serde_json::from_str(&text)
                .map_err(|error| ImportFault::Mapping { reason: error.to_string() });
        }
        Self::parse(&text)
    }

    /// Reads TOML.
    ///
    /// # Errors
    /// When it is no mapping; with line and column.
    pub fn parse(text: &str) -> Result<Self, ImportFault> {
        toml::from_str(text)
            .map_err(|error| ImportFault::Mapping { reason: error.to_string().trim_end().to_owned() })
    }
}

impl<'de> Deserialize<'de> for FigureRule {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(FigureVisitor)
    }
}

struct FigureVisitor;

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
enum EmptyWord {
    None,
}

fn figure_of_columns(columns: Vec<String>) -> FigureRule {
    FigureRule::Columns { columns, empty_is_none: false }
}

impl<'de> Visitor<'de> for FigureVisitor {
    type Value = FigureRule;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "a column, a list of columns to add, a number, or { columns = [\"…\"], empty = \"none\" }",
        )
    }

    fn visit_str<E: de::Error>(self, column: &str) -> Result<FigureRule, E> {
        Ok(figure_of_columns(vec![column.to_owned()]))
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<FigureRule, E> {
        if number > law::FIGURE_MAX {
            return Err(E::custom(format!("expected at most {}, found {number}", law::FIGURE_MAX)));
        }
        Ok(FigureRule::Always(number))
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<FigureRule, E> {
        let number = u64::try_from(number);
        self.visit_u64(
            number.map_err(|_| E::custom("expected a number of at least 0, found a negative one"))?,
        )
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<FigureRule, A::Error> {
        let mut names = Vec::new();
        while let Some(name) = list.next_element()? {
            names.push(name);
        }
        if names.is_empty() {
            return Err(de::Error::custom("expected at least one column, found an empty list"));
        }
        Ok(figure_of_columns(names))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<FigureRule, A::Error> {
        let (mut names, mut empty): (Vec<String>, _) = (Vec::new(), false);
        while let Some(field) = fields.next_key::<String>()? {
            match field.as_str() {
                "columns" => names = fields.next_value()?,
                "empty" => {
                    let EmptyWord::None = fields.next_value()?;
                    empty = true;
                }
                other => return Err(de::Error::unknown_field(other, &["columns", "empty"])),
            }
        }
        if names.is_empty() {
            return Err(de::Error::missing_field("columns"));
        }
        Ok(FigureRule::Columns { columns: names, empty_is_none: empty })
    }
}
