//! Where figures come from, as a mapping says it: numbers, columns to add, a file of votes, a second set of figures.

use std::{collections::BTreeMap, fmt};

use serde::{
    Deserialize, Deserializer,
    de::{self, MapAccess, SeqAccess, Visitor},
};

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
    /// Its column with the contest, where it holds several: the values are those of `[contest]`.
    pub contest: Option<String>,
}

/// A second set of figures for the same precincts, such as a machine's, set against those of the protocol.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SecondFiguresRule {
    /// What the second set is called.
    #[serde(default = "name_machine")]
    pub name: String,
    /// What the figures of the protocol are called beside it.
    #[serde(default = "name_final")]
    pub own: String,
    /// Whether a row is refused where the two differ, or one is lacking.
    #[serde(default)]
    pub refuse: bool,
    /// A file with one row for each precinct, if they stand in none of this table's columns.
    pub file: Option<FiguresFileRule>,
    /// A file with one row for each line of the ballot.
    pub long: Option<VotesFileRule>,
    /// The second figure of each line.
    #[serde(default)]
    pub figures: FigureRules,
    /// The second figure of each candidate, by id.
    #[serde(default)]
    pub votes: BTreeMap<String, FigureRule>,
    /// Columns of its files that are left aside.
    #[serde(default)]
    pub ignore: Vec<String>,
}

fn name_machine() -> String {
    "machine".to_owned()
}

fn name_final() -> String {
    "final".to_owned()
}

/// Figures in a file of their own, one row for each precinct.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FiguresFileRule {
    /// The file, beside the table unless the path is whole.
    pub file: String,
    /// Its column with what `of` holds here.
    pub key: String,
    /// The column here that `key` names.
    pub of: String,
    /// Its column with the contest, where it holds several: the values are those of `[contest]`.
    pub contest: Option<String>,
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
