//! Finds the columns that a mapping names in the header of a table, and remembers which were named.

use std::collections::BTreeSet;

use event::Id;
use phrase::{Phrased as _, phrase};

use super::{
    amounts::{DocumentColumns, FigureSource},
    fault::ImportFault,
    figure_rules::FigureRule,
    mapping::{DocumentRule, PrecinctRule, WordsRule},
};
use crate::table::{fault::InputTableFault, header::ColumnHeader};

/// What names a precinct.
#[derive(Debug)]
pub(super) enum PrecinctColumns {
    Id(usize),
    Number { column: usize, digits: usize },
    Key(Vec<usize>),
}

/// Words of a column, or the same in every row.
#[derive(Debug, Clone)]
pub(super) enum WordsSource {
    Column(usize),
    Always(String),
}

/// Finds columns and remembers which were named.
pub(super) struct ColumnFinder<'a> {
    pub(super) header: &'a ColumnHeader,
    /// Columns that were named.
    pub(super) used: BTreeSet<usize>,
    /// Whether names are those of a second set of figures.
    pub(super) compared: bool,
}

impl ColumnFinder<'_> {
    pub(super) fn find_column(&mut self, field: &str, name: &str) -> Result<usize, InputTableFault> {
        let column = match self.compared {
            true => self.header.compared_column(field, name)?,
            false => self.header.column(field, name)?,
        };
        self.used.insert(column);
        Ok(column)
    }

    pub(super) fn find_amount(
        &mut self,
        field: &str,
        figure: &FigureRule,
    ) -> Result<FigureSource, ImportFault> {
        match figure {
            FigureRule::Always(number) => Ok(FigureSource::Always(*number)),
            FigureRule::Columns { columns, empty_is_none } => {
                let found: Result<Vec<usize>, InputTableFault> =
                    columns.iter().map(|name| self.find_column(field, name)).collect();
                Ok(FigureSource::Sum { columns: found?, empty_is_none: *empty_is_none })
            }
        }
    }

    pub(super) fn find_by_id<'f>(
        &mut self,
        table: &str,
        figures: impl Iterator<Item = (&'f String, &'f FigureRule)>,
    ) -> Result<Vec<(Id, FigureSource)>, ImportFault> {
        figures
            .map(|(name, figure)| {
                let field = format!("{table}.{name}");
                let id = Id::new(name).map_err(|fault| ImportFault::Field {
                    field: field.clone(),
                    expected: phrase!("import-an-id", "an id, as \"abenov\""),
                    found: fault.phrase(),
                })?;
                Ok((id, self.find_amount(&field, figure)?))
            })
            .collect()
    }

    pub(super) fn find_words(&mut self, field: &str, words: &WordsRule) -> Result<WordsSource, ImportFault> {
        match words {
            WordsRule::Column(name) => Ok(WordsSource::Column(self.find_column(field, name)?)),
            WordsRule::Always { value } => Ok(WordsSource::Always(value.clone())),
        }
    }

    pub(super) fn find_document(
        &mut self,
        field: &str,
        paper: Option<&DocumentRule>,
    ) -> Result<Option<DocumentColumns>, ImportFault> {
        let Some(paper) = paper else { return Ok(None) };
        let found = match (&paper.sha256, &paper.size, &paper.sealed) {
            (Some(sha256), Some(size), None) => DocumentColumns::Public {
                sha256: self.find_column(&format!("{field}.sha256"), sha256)?,
                size: self.find_column(&format!("{field}.size"), size)?,
            },
            (None, None, Some(sealed)) => {
                DocumentColumns::Sealed(self.find_column(&format!("{field}.sealed"), sealed)?)
            }
            _ => {
                return Err(ImportFault::Field {
                    field: field.to_owned(),
                    expected: phrase!("import-sha256-or-sealed", "sha256 with size, or sealed"),
                    found: phrase!("import-neither-or-parts", "neither, or parts of both"),
                });
            }
        };
        Ok(Some(found))
    }

    pub(super) fn find_precinct(&mut self, rule: &PrecinctRule) -> Result<PrecinctColumns, ImportFault> {
        match (&rule.id, &rule.number, rule.key.as_slice()) {
            (Some(id), None, []) => Ok(PrecinctColumns::Id(self.find_column("precinct.id", id)?)),
            (None, Some(number), []) => {
                let column = self.find_column("precinct.number", number)?;
                Ok(PrecinctColumns::Number { column, digits: rule.digits.unwrap_or(0).min(20) })
            }
            (None, None, [_, ..]) => {
                let key: Result<_, InputTableFault> =
                    rule.key.iter().map(|name| self.find_column("precinct.key", name)).collect();
                Ok(PrecinctColumns::Key(key?))
            }
            _ => Err(ImportFault::Field {
                field: "precinct".to_owned(),
                expected: phrase!("import-one-of-id-number-key", "one of id, number and key"),
                found: phrase!("import-none-or-several", "none, or more than one"),
            }),
        }
    }
}
