//! The contest of a mapping laid over a table, and over the files that stand beside it.

use phrase::phrase;

use super::{fault::ImportFault, mapping::ContestRule};
use crate::table::{InputTable, contest::ContestFilter};

impl ContestRule {
    /// The values that are asked for: one, or several.
    fn list_values(&self) -> Result<Vec<String>, ImportFault> {
        let values: Vec<String> = self.value.iter().chain(&self.values).cloned().collect();
        let both = self.value.is_some() && !self.values.is_empty();
        if both || values.is_empty() || values.iter().any(|value| value.trim().is_empty()) {
            return Err(ImportFault::Field {
                field: "contest".to_owned(),
                expected: phrase!("import-contest-value", "value = \"…\", or values = [\"…\", \"…\"]"),
                found: if both {
                    phrase!("import-both", "both")
                } else {
                    phrase!("import-neither-or-empty", "neither, or an empty value")
                },
            });
        }
        Ok(values)
    }
}

/// Leaves rows of other contests aside, by the cells of this column.
pub(super) fn filter_table(
    table: &mut InputTable,
    rule: &ContestRule,
    field: &str,
    column: &str,
) -> Result<(), ImportFault> {
    let values = rule.list_values()?;
    let place = table.own_column(field, column)?;
    let name = table.column_header().name(place);
    table.filter_contest(ContestFilter::new(place, name, &values));
    Ok(())
}

/// The same in a file beside the table, if it names such a column.
pub(super) fn filter_file(
    table: &mut InputTable,
    rule: Option<&ContestRule>,
    field: &str,
    column: Option<&str>,
) -> Result<Option<usize>, ImportFault> {
    let Some(column) = column else { return Ok(None) };
    let rule = rule.ok_or_else(|| ImportFault::Field {
        field: field.to_owned(),
        expected: phrase!("import-contest-of-mapping", "[contest] with its value in the mapping"),
        found: phrase!("found-none", "none"),
    })?;
    filter_table(table, rule, field, column)?;
    Ok(Some(table.own_column(field, column)?))
}
