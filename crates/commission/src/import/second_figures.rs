//! A second set of figures laid over a table, and what it says of one row.

use phrase::{Phrase, Phrased as _};

use super::{
    amounts::{ComparedLine, FigureSource, SecondColumns},
    columns::Columns,
    comparison::{Comparison, RowComparison},
    figure_finding::FigureFinding,
    row::RowReader,
    row_fault::RowFault,
    sums::{LineSum, SummedLine, always_said, name_source},
};
use crate::table::cells::{Cell, TableRow};

/// The second set of figures before the first row, if the mapping names one: its lines with the columns they are read from.
pub(super) fn begin_comparison(columns: &Columns) -> Option<Comparison> {
    let second = columns.second.as_ref()?;
    let sum = |line: &ComparedLine| LineSum {
        line: format!("{} of {}", line.line, second.name),
        of: SummedLine::OfSecond(line.line.clone(), second.name.clone()),
        always: always_said(&line.second),
        name: None,
        columns: name_source(&line.second, columns),
        sum: 0,
        expected: None,
    };
    let sums = second.lines.iter().map(sum).collect();
    Some(Comparison::new(second.name.clone(), second.own.clone(), second.refuse, sums))
}

impl Columns {
    /// Sets the two figures of every line of a row against each other; nothing where the mapping names no second set, or the
    /// row's cells are not where they should be.
    pub(super) fn compare_row(&self, row: &TableRow, own_columns: usize) -> Option<RowComparison> {
        let second = self.second.as_ref()?;
        if !RowReader::new(self, row, own_columns).faults.is_empty() {
            return None;
        }
        let mut compared = RowComparison::default();
        let mut own_figures = false;
        for line in &second.lines {
            let mut cells = RowReader::new(self, row, own_columns);
            let own = cells.read_amount(&line.own);
            // The row itself is refused for it.
            let own_unread = !cells.faults.is_empty();
            own_figures |= own.is_some();
            let found = self.read_second(row, own_columns, &line.second);
            let found = match found {
                Ok(found) => found,
                Err(faults) => {
                    let unread = |fault: RowFault| FigureFinding::Unread {
                        second: second.name.clone(),
                        fault: fault.phrase(),
                    };
                    compared.findings.extend(faults.into_iter().map(unread));
                    compared.second.push(None);
                    continue;
                }
            };
            compared.second.push(found);
            if !own_unread {
                compared.findings.extend(compare_figures(second, &line.line, own, found));
            }
        }
        let unread = compared.findings.iter().any(|own| matches!(own, FigureFinding::Unread { .. }));
        if !unread && compared.second.iter().all(Option::is_none) {
            // Where neither side has a figure, there is nothing to say.
            let lacks = || FigureFinding::NoSecondRow { second: second.name.clone() };
            compared.findings = own_figures.then(lacks).into_iter().collect();
        }
        Some(compared)
    }

    /// A figure of the second set; nothing where none of its cells holds anything.
    fn read_second(
        &self,
        row: &TableRow,
        own_columns: usize,
        source: &FigureSource,
    ) -> Result<Option<u64>, Vec<RowFault>> {
        if let FigureSource::Sum { columns, .. } = source
            && columns.iter().all(|column| row.cell(*column, own_columns) == Cell::Empty)
        {
            return Ok(None);
        }
        let mut cells = RowReader::new(self, row, own_columns);
        let figure = cells.read_amount(source);
        if cells.faults.is_empty() { Ok(figure) } else { Err(cells.faults) }
    }
}

fn compare_figures(
    columns: &SecondColumns,
    line: &Phrase,
    own: Option<u64>,
    second: Option<u64>,
) -> Option<FigureFinding> {
    let (line, names) = (line.clone(), (columns.name.clone(), columns.own.clone()));
    match (own, second) {
        (Some(expected), Some(found)) if expected != found => {
            Some(FigureFinding::Differs { line, second: names.0, found, own: names.1, expected })
        }
        (Some(expected), None) => {
            Some(FigureFinding::NoSecondFigure { line, second: names.0, own: names.1, expected })
        }
        (None, Some(found)) => {
            Some(FigureFinding::NoOwnFigure { line, second: names.0, found, own: names.1 })
        }
        _ => None,
    }
}
