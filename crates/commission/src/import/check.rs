//! Control ratios over a whole table, without any ledger: rows judged on every core, in the order of the file.

use std::collections::HashMap;

use law::{Ratio, Violation};
use rayon::prelude::*;

use super::{
    coverage::UnjudgedRatio,
    mapped::MappedTable,
    row::{RowFault, RowFigures, RowRefusal, broken_ratios},
};
use crate::table::{
    cells::{ROWS_MAX, TableRow},
    fault::InputTableFault,
};

/// Rows that are judged at once.
const ROWS_AT_ONCE: usize = 8_192;

/// What a table says of itself.
#[derive(Debug)]
pub struct CheckedTable {
    /// Rows with anything in them, below the header.
    pub rows: u64,
    /// Of them those that were read and break no ratio.
    pub clean: u64,
    /// Rows with nothing in them.
    pub blank: u64,
    /// Ratios that do not hold, in the order of the file.
    pub breaches: Vec<Breach>,
    /// Rows that were not judged.
    pub refused: Vec<RowRefusal>,
    /// Ratios that were judged.
    pub run: Vec<Ratio>,
    /// Ratios that were not, and why.
    pub not_run: Vec<UnjudgedRatio>,
    /// What was found out, computed or left aside.
    pub notes: Vec<String>,
}

/// A ratio that does not hold in one row.
#[derive(Debug, Clone)]
pub struct Breach {
    /// Where the row begins in the file.
    pub line: u64,
    /// What names its precinct.
    pub precinct: String,
    /// The ratio.
    pub ratio: Ratio,
    /// What it asks and what stands there.
    pub violation: Violation,
}

/// Judges every row.
///
/// # Errors
/// When the file cannot be read on, or has too many rows.
pub fn check_table(mut mapped: MappedTable) -> Result<CheckedTable, InputTableFault> {
    let mut checked = CheckedTable {
        rows: 0,
        clean: 0,
        blank: 0,
        breaches: Vec::new(),
        refused: Vec::new(),
        run: mapped.columns.ratios().to_vec(),
        not_run: mapped.columns.not_run().to_vec(),
        notes: [mapped.table.notes.as_slice(), mapped.columns.notes()].concat(),
    };
    let mut seen = HashMap::new();
    loop {
        let rows = mapped.table.next_rows(ROWS_AT_ONCE)?;
        if rows.is_empty() {
            return Ok(checked);
        }
        let judged: Vec<_> = rows.par_iter().map(|row| judge_row(&mapped, row)).collect();
        for (row, answer) in rows.iter().zip(judged) {
            checked.add_row(row, answer, &mut seen);
        }
        if checked.rows > ROWS_MAX {
            return Err(InputTableFault::TooManyRows { expected: ROWS_MAX });
        }
    }
}

type JudgedRow = Option<Result<(RowFigures, Vec<(Ratio, Violation)>), RowRefusal>>;

fn judge_row(mapped: &MappedTable, row: &TableRow) -> JudgedRow {
    if row.is_blank() {
        return None;
    }
    Some(mapped.columns.read_row(row, &mapped.table).map(|reading| {
        let broken = broken_ratios(mapped.columns.ratios(), &reading);
        (reading, broken)
    }))
}

impl CheckedTable {
    /// Whether every row was read and every ratio that was judged holds.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.breaches.is_empty() && self.refused.is_empty()
    }

    fn add_row(&mut self, row: &TableRow, answer: JudgedRow, seen: &mut HashMap<String, u64>) {
        let line = row.line;
        let Some(answer) = answer else {
            self.blank += 1;
            return;
        };
        self.rows += 1;
        let (reading, broken) = match answer {
            Ok(judged) => judged,
            Err(refusal) => return self.refused.push(refusal),
        };
        let precinct = reading.precinct;
        if let Some(first) = seen.get(&precinct) {
            let faults = vec![RowFault::Twice { line: *first }];
            return self.refused.push(RowRefusal { line, precinct: Some(precinct), faults });
        }
        self.clean += u64::from(broken.is_empty());
        self.breaches.extend(broken.into_iter().map(|(ratio, violation)| Breach {
            line,
            precinct: precinct.clone(),
            ratio,
            violation,
        }));
        seen.insert(precinct, line);
    }
}
