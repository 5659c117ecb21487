//! Control ratios over a whole table, without any ledger: rows judged on every core, in the order of the file.

use std::collections::HashMap;

use law::{Ratio, Violation};
use rayon::prelude::*;

use phrase::{Phrase, phrase};

use super::{
    comparison::{Comparison, RowComparison},
    coverage::UnjudgedRatio,
    mapped::MappedTable,
    row::{RowFigures, broken_ratios},
    row_fault::{RowFault, RowRefusal, TotalFault},
    second_figures::begin_comparison,
    sums::{LineSum, LineSums},
    totals::TotalsFinder,
};
use crate::table::{
    cells::{ROWS_MAX, TableRow},
    fault::InputTableFault,
};

/// Rows that are judged at once.
const ROWS_AT_ONCE: usize = 8_192;
/// Refused rows that are kept with their reasons; the rest is counted.
const REFUSED_MAX: usize = 20_000;
/// Ratios that do not hold and are kept with their figures; the rest is counted.
const BREACHES_MAX: usize = 200_000;

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
    /// How often each ratio that was judged does not hold, kept above or not.
    pub broken: Vec<(Ratio, u64)>,
    /// Rows that were not judged, with their reasons, in the order of the file.
    pub refused: Vec<RowRefusal>,
    /// How many rows were not judged, kept above or not.
    pub refused_rows: u64,
    /// Which column was read as which line, and the sums.
    pub sums: Vec<LineSum>,
    /// What a second set of figures says, if the mapping names one.
    pub comparison: Option<Comparison>,
    /// Ratios that were judged.
    pub run: Vec<Ratio>,
    /// Ratios that were not, and why.
    pub not_run: Vec<UnjudgedRatio>,
    /// What was found out, computed or left aside.
    pub notes: Vec<Phrase>,
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
    if mapped.columns.figure_columns.is_empty() {
        return Err(InputTableFault::NoFigures);
    }
    let mut checked = CheckedTable {
        rows: 0,
        clean: 0,
        blank: 0,
        breaches: Vec::new(),
        broken: mapped.columns.ratios().iter().map(|ratio| (*ratio, 0)).collect(),
        refused: Vec::new(),
        refused_rows: 0,
        sums: Vec::new(),
        comparison: begin_comparison(&mapped.columns),
        run: mapped.columns.ratios().to_vec(),
        not_run: mapped.columns.not_run().to_vec(),
        notes: [mapped.table.notes.as_slice(), mapped.columns.notes()].concat(),
    };
    if mapped.columns.kato.is_some() {
        checked.notes.push(phrase!(
            "import-note-kato",
            "KATO codes are compared with a ledger by an import; a check has none"
        ));
    }
    let mut reading = ReadSoFar {
        seen: HashMap::new(),
        sums: LineSums::new(&mapped.columns, |_| None),
        totals: TotalsFinder::default(),
    };
    loop {
        let rows = mapped.table.next_rows(ROWS_AT_ONCE)?;
        if rows.is_empty() {
            checked.notes.extend(mapped.table.closing_notes());
            checked.add_orphans(&mapped);
            checked.finish(reading);
            return Ok(checked);
        }
        let judged: Vec<_> = rows.par_iter().map(|row| judge_row(&mapped, row)).collect();
        for (row, answer) in rows.iter().zip(judged) {
            checked.add_row(row, answer, &mut reading);
        }
        if checked.rows > ROWS_MAX {
            return Err(InputTableFault::TooManyRows { expected: ROWS_MAX });
        }
    }
}

/// What is known of the rows above.
struct ReadSoFar {
    seen: HashMap<String, u64>,
    sums: LineSums,
    totals: TotalsFinder,
}

type JudgedRow = Option<Result<JudgedFigures, RowRefusal>>;

/// A row that was read, the ratios that do not hold in it, and what a second set of figures says.
struct JudgedFigures {
    read: RowFigures,
    broken: Vec<(Ratio, Violation)>,
    compared: Option<RowComparison>,
}

fn judge_row(mapped: &MappedTable, row: &TableRow) -> JudgedRow {
    if row.is_blank() {
        return None;
    }
    Some(mapped.columns.read_row(row, &mapped.table).map(|reading| {
        let broken = broken_ratios(mapped.columns.ratios(), &reading);
        let compared = mapped.columns.compare_row(row, mapped.table.own_columns());
        JudgedFigures { read: reading, broken, compared }
    }))
}

impl CheckedTable {
    /// Whether every row was read and every ratio that was judged holds.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.broken.iter().all(|(_, count)| *count == 0)
            && self.refused_rows == 0
            && self.sums.iter().all(LineSum::holds)
    }

    fn refuse(&mut self, refusal: RowRefusal) {
        self.refused_rows += 1;
        if self.refused.len() < REFUSED_MAX {
            self.refused.push(refusal);
        }
    }

    /// Votes and second figures of files of their own that no row named.
    fn add_orphans(&mut self, mapped: &MappedTable) {
        for orphan in mapped.table.orphans() {
            let refusal = match self.comparison.as_mut().filter(|_| orphan.compared) {
                None => Some(RowRefusal::of_orphan(orphan)),
                Some(comparison) => comparison.refuse_orphan(orphan),
            };
            if let Some(refusal) = refusal {
                self.rows += 1;
                self.refuse(refusal);
            }
        }
    }

    /// The sums; a row above that they double is a total.
    fn finish(&mut self, mut read: ReadSoFar) {
        if let Some((row, rows)) = read.totals.finish() {
            read.sums.remove(&row.values);
            self.clean -= u64::from(row.clean);
            let faults = vec![RowFault::Total(TotalFault::Sum { rows })];
            self.refuse(RowRefusal { line: row.line, precinct: Some(row.precinct), faults });
        }
        self.sums = read.sums.finish();
    }

    fn add_row(&mut self, row: &TableRow, answer: JudgedRow, read: &mut ReadSoFar) {
        let line = row.line;
        let Some(answer) = answer else {
            self.blank += 1;
            return;
        };
        self.rows += 1;
        let JudgedFigures { read: reading, broken, compared } = match answer {
            Ok(judged) => judged,
            Err(refusal) => {
                if refusal.faults.iter().any(|fault| matches!(fault, RowFault::Total(_))) {
                    read.totals.end_group();
                }
                return self.refuse(refusal);
            }
        };
        let values = read.sums.values(&reading.count, reading.sent);
        let precinct = reading.precinct;
        if let Some(first) = read.seen.get(&precinct) {
            let faults = vec![RowFault::Twice { line: *first }];
            return self.refuse(RowRefusal { line, precinct: Some(precinct), faults });
        }
        if let Some(total) = read.totals.judge((line, &precinct, broken.is_empty()), &values) {
            let faults = vec![RowFault::Total(total)];
            return self.refuse(RowRefusal { line, precinct: Some(precinct), faults });
        }
        if let Some((comparison, compared)) = self.comparison.as_mut().zip(compared) {
            let faults = comparison.add_row(line, &precinct, compared);
            if !faults.is_empty() {
                return self.refuse(RowRefusal { line, precinct: Some(precinct), faults });
            }
        }
        read.sums.add(&values);
        self.clean += u64::from(broken.is_empty());
        for (ratio, violation) in broken {
            if let Some((_, count)) = self.broken.iter_mut().find(|(own, _)| *own == ratio) {
                *count += 1;
            }
            if self.breaches.len() < BREACHES_MAX {
                self.breaches.push(Breach { line, precinct: precinct.clone(), ratio, violation });
            }
        }
        read.seen.insert(precinct, line);
    }
}
