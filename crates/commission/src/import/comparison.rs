//! A second set of figures against those of the protocols: what differs in which precinct, and how often.

use serde::Serialize;

use super::{
    figure_finding::FigureFinding,
    row_fault::{RowFault, RowRefusal},
    sums::LineSum,
};
use crate::table::OrphanCells;
use phrase::{Phrase, phrase};

/// Findings that are kept with their figures; the rest is counted.
const FINDINGS_MAX: usize = 200_000;

/// One row with both sets of figures.
#[derive(Debug, Default)]
pub(super) struct RowComparison {
    /// What is not the same.
    pub(super) findings: Vec<FigureFinding>,
    /// The second figures, in the order of the compared lines.
    pub(super) second: Vec<Option<u64>>,
}

/// A finding with its row.
#[derive(Debug, Clone)]
pub struct ComparedRow {
    /// Where the row begins in its file.
    pub line: u64,
    /// What names its precinct.
    pub precinct: String,
    /// What is not the same.
    pub finding: FigureFinding,
}

/// What a second set of figures says of a whole table.
#[derive(Debug, Clone, Serialize)]
pub struct Comparison {
    /// What the second set is called.
    pub name: String,
    /// What the figures of the protocols are called.
    pub own: String,
    /// Rows with figures of both sides.
    pub compared_rows: u64,
    /// Of them those where some figure differs.
    pub differing_rows: u64,
    /// Figures that differ.
    pub differences: u64,
    /// Rows that have no figure in the second set.
    pub rows_without_second: u64,
    /// Rows of the second set that no row of the table names.
    pub rows_without_own: u64,
    /// Single figures that one of the sides lacks.
    pub figures_lacking: u64,
    /// Cells of the second set that could not be read.
    pub unread: u64,
    /// The sums of the second set over the rows that were compared.
    pub sums: Vec<LineSum>,
    /// The findings, in the order of the file; none where rows are refused for them.
    #[serde(skip)]
    pub findings: Vec<ComparedRow>,
    #[serde(skip)]
    refuses: bool,
}

impl Comparison {
    /// Before the first row; `sums` names the compared lines.
    pub(super) fn new(name: String, own: String, refuses: bool, sums: Vec<LineSum>) -> Self {
        Self {
            name,
            own,
            compared_rows: 0,
            differing_rows: 0,
            differences: 0,
            rows_without_second: 0,
            rows_without_own: 0,
            figures_lacking: 0,
            unread: 0,
            sums,
            findings: Vec::new(),
            refuses,
        }
    }

    /// Counts a row and keeps what was found in it; answers with what it is refused for, where the mapping asks for that.
    pub(super) fn add_row(&mut self, line: u64, precinct: &str, row: RowComparison) -> Vec<RowFault> {
        self.compared_rows += u64::from(row.second.iter().any(Option::is_some));
        for (sum, figure) in self.sums.iter_mut().zip(&row.second) {
            sum.sum = sum.sum.saturating_add(figure.unwrap_or_default());
        }
        let before = self.differences;
        let mut faults = Vec::new();
        for finding in row.findings {
            if self.refuses {
                faults.push(RowFault::Compared { finding: finding.clone() });
            }
            self.add_finding(line, precinct, finding);
        }
        self.differing_rows += u64::from(self.differences > before);
        faults
    }

    /// Counts a row of the second set that no row of the table names; refused where the mapping asks for that.
    pub(super) fn refuse_orphan(&mut self, orphan: OrphanCells) -> Option<RowRefusal> {
        let OrphanCells { file, line, key, .. } = orphan;
        let finding = FigureFinding::NoOwnRow { second: self.name.clone(), file, line, key: key.clone() };
        self.add_finding(line, &key, finding.clone());
        let faults = vec![RowFault::Compared { finding }];
        self.refuses.then_some(RowRefusal { line, precinct: Some(key), faults })
    }

    fn add_finding(&mut self, line: u64, precinct: &str, finding: FigureFinding) {
        let count = match finding {
            FigureFinding::Differs { .. } => &mut self.differences,
            FigureFinding::NoSecondRow { .. } => &mut self.rows_without_second,
            FigureFinding::NoOwnRow { .. } => &mut self.rows_without_own,
            FigureFinding::NoSecondFigure { .. } | FigureFinding::NoOwnFigure { .. } => {
                &mut self.figures_lacking
            }
            FigureFinding::Unread { .. } => &mut self.unread,
        };
        *count += 1;
        if !self.refuses && self.findings.len() < FINDINGS_MAX {
            self.findings.push(ComparedRow { line, precinct: precinct.to_owned(), finding });
        }
    }

    /// How many findings there are, kept or not.
    pub(super) fn count_findings(&self) -> u64 {
        let rows = self.rows_without_second + self.rows_without_own;
        self.differences + rows + self.figures_lacking + self.unread
    }

    /// The counts, one after another.
    pub(super) fn describe_counts(&self) -> Phrase {
        let Self { name, own, .. } = self;
        let counted = phrase!(
            "import-compared",
            "{name} against {own}: {differences} differences in {differing} of {rows} rows compared",
            differences = self.differences,
            differing = self.differing_rows,
            rows = self.compared_rows
        );
        let count = self.rows_without_second;
        let second = phrase!("import-compared-no-second", "{count} rows without figures of {name}");
        let count = self.rows_without_own;
        let first = phrase!("import-compared-no-own", "{count} rows of {name} without a row of {own}");
        let count = self.figures_lacking;
        let lacking = phrase!("import-compared-lacking", "{count} single figures that one side lacks");
        let count = self.unread;
        let unread = phrase!("import-compared-unread", "{count} cells of {name} that could not be read");
        let more = [
            (self.rows_without_second, second),
            (self.rows_without_own, first),
            (self.figures_lacking, lacking),
            (self.unread, unread),
        ];
        let more = more.into_iter().filter(|(count, _)| *count > 0).map(|(_, said)| said);
        Phrase::chain([counted].into_iter().chain(more)).unwrap_or_else(|| Phrase::verbatim(""))
    }
}
