//! A row as the figures of a protocol, whole or refused with every reason.

use event::{Document, Hash};
use law::{
    Line, Ratio, Sent, Violation,
    facts::{Count, Damaged, Portable, Share, Votes},
    state::Commission,
};
use phrase::phrase;

use super::{
    amounts::{DocumentColumns, FigureSource},
    column_finder::{PrecinctColumns, WordsSource},
    columns::Columns,
    precinct_number::plain_number,
    row_fault::{RowFault, RowRefusal, TotalFault},
    totals,
};
use crate::invisible::show_invisible;
use crate::table::{
    InputTable,
    cell::{self, CellFault},
    cells::{Cell, TableRow},
};

/// Faults that are listed for one row.
const FAULTS_MAX: usize = 20;

/// A row that was read.
#[derive(Debug)]
pub struct RowFigures {
    /// What names the precinct.
    pub precinct: String,
    /// Its figures; lines that are not mapped are 0 and mean nothing.
    pub count: Count,
    /// What was sent to the precinct, if the table says so.
    pub sent: Sent,
}

/// One row under its mapping.
pub(super) struct RowReader<'a> {
    columns: &'a Columns,
    row: &'a TableRow,
    own_columns: usize,
    /// Whether no figure stands in it at all, which is said once.
    no_figure: bool,
    pub(super) faults: Vec<RowFault>,
}

impl<'a> RowReader<'a> {
    pub(super) fn new(columns: &'a Columns, row: &'a TableRow, own_columns: usize) -> Self {
        let mut faults = Vec::new();
        if let Some(fault) = row.quote_fault() {
            faults.push(RowFault::Quote(fault));
        } else if row.width() != own_columns {
            faults.push(RowFault::Width { expected: own_columns, found: row.width() });
        }
        let mut reader = Self { columns, row, own_columns, no_figure: false, faults };
        // Rows of other contests are left aside; one that does not say its own is not taken for either.
        if let Some(column) = columns.contest.filter(|_| reader.faults.is_empty()) {
            reader.require(&WordsSource::Column(column), |_| Ok(()));
        }
        reader
    }

    fn add_fault(&mut self, column: usize, fault: CellFault) {
        if self.no_figure && fault == CellFault::Empty && self.columns.figure_columns.contains(&column) {
            return;
        }
        match self.faults.len() {
            FAULTS_MAX => return self.faults.push(RowFault::More),
            place if place > FAULTS_MAX => return,
            _ => {}
        }
        let column = self.columns.header.name(column);
        self.faults.push(RowFault::Cell { column, fault });
    }

    /// A seat that cannot sign.
    pub(super) fn add_seat_fault(&mut self, commission: &Commission, found: &str) {
        let seats = commission.seats.iter().filter(|seat| seat.key.is_some()).map(|seat| seat.seat.as_str());
        let expected = seats.collect::<Vec<_>>().join(" ");
        self.faults.push(RowFault::Seat { expected, found: found.to_owned() });
    }

    /// Says once that no figure stands in the row, where none does.
    fn look_for_figures(&mut self) {
        let columns = &self.columns.figure_columns;
        let empty = |column: &usize| self.row.cell(*column, self.own_columns) == Cell::Empty;
        if !columns.is_empty() && columns.iter().all(empty) {
            self.no_figure = true;
            self.faults.push(RowFault::NoFigure);
        }
    }

    /// A figure; nothing where the form has no such line, or after a fault.
    pub(super) fn read_amount(&mut self, amount: &FigureSource) -> Option<u64> {
        let (columns, empty_is_none) = match amount {
            FigureSource::Always(number) => return Some(*number),
            FigureSource::Sum { columns, empty_is_none } => (columns, *empty_is_none),
        };
        let mut sum: Option<u64> = None;
        for column in columns {
            match cell::read_figure(self.row.cell(*column, self.own_columns), &self.columns.style) {
                Ok(Some(figure)) => sum = Some(sum.unwrap_or_default().saturating_add(figure)),
                Ok(None) if empty_is_none => {}
                Ok(None) => self.add_fault(*column, CellFault::Empty),
                Err(fault) => self.add_fault(*column, fault),
            }
        }
        if let (Some(found), Some(column)) = (sum.filter(|sum| *sum > law::FIGURE_MAX), columns.first()) {
            self.add_fault(*column, CellFault::TooBig { found: found.to_string() });
        }
        sum
    }

    /// WordsRule; nothing for an empty cell, or after a fault.
    pub(super) fn read_words(&mut self, source: &WordsSource) -> Option<String> {
        match source {
            WordsSource::Always(words) => Some(words.clone()),
            WordsSource::Column(column) => self.read_text(*column),
        }
    }

    fn read_text(&mut self, column: usize) -> Option<String> {
        match cell::read_text(self.row.cell(column, self.own_columns)) {
            Ok(text) => text,
            Err(fault) => {
                self.add_fault(column, fault);
                None
            }
        }
    }

    /// WordsRule that must stand there, read into something.
    pub(super) fn require<T>(
        &mut self,
        source: &WordsSource,
        read: impl FnOnce(&str) -> Result<T, CellFault>,
    ) -> Option<T> {
        let before = self.faults.len();
        let text = self.read_words(source);
        let read = match &text {
            Some(text) => read(text),
            None if self.faults.len() > before => return None,
            None => Err(CellFault::Empty),
        };
        match (read, source) {
            (Ok(value), _) => Some(value),
            (Err(fault), WordsSource::Column(column)) => {
                self.add_fault(*column, fault);
                None
            }
            (Err(fault), WordsSource::Always(_)) => {
                self.faults
                    .push(RowFault::Cell { column: phrase!("import-the-mapping", "the mapping"), fault });
                None
            }
        }
    }

    /// A paper; nothing where no cell of it holds anything.
    pub(super) fn read_document(&mut self, paper: DocumentColumns) -> Option<Document> {
        let hash = |expected| {
            move |text: &str| {
                Hash::parse(text).map_err(|_| CellFault::Form { expected, found: text.to_owned() })
            }
        };
        let before = self.faults.len();
        match paper {
            DocumentColumns::Sealed(column) => {
                self.read_text(column)?;
                let sealed = self.require(&WordsSource::Column(column), hash("64 hexadecimal digits"))?;
                Some(Document { sealed: Some(sealed), sha256: None, size: None })
            }
            DocumentColumns::Public { sha256, size } => {
                if self.read_text(sha256).is_none() && self.read_text(size).is_none() {
                    return None;
                }
                self.faults.truncate(before);
                let hash = self.require(&WordsSource::Column(sha256), hash("64 hexadecimal digits"));
                let size = self.read_amount(&FigureSource::Sum { columns: vec![size], empty_is_none: false });
                Some(Document { sealed: None, sha256: Some(hash?), size: Some(size?) })
            }
        }
    }

    /// What names the precinct.
    pub(super) fn read_precinct(&mut self) -> Option<String> {
        let named = self.read_name();
        if self.holds_column_numbers() {
            self.faults.push(RowFault::ColumnNumbers);
        }
        if let Some(found) = named.as_deref().filter(|name| totals::names_total(name)) {
            let found = show_invisible(found);
            self.faults.push(RowFault::Total(TotalFault::Named { found }));
        }
        named
    }

    /// Whether the row numbers the columns, as forms do below their header: `1`, `2`, `3`, or `А`, `1`, `2`, `3`.
    fn holds_column_numbers(&self) -> bool {
        let (mut numbered, mut next) = (0, 1_u64);
        for column in 0..self.own_columns {
            let number = match self.row.cell(column, self.own_columns) {
                Cell::Number(number) => number.to_string().parse::<u64>().ok(),
                Cell::Text(text) => match text.parse::<u64>() {
                    Ok(number) => Some(number),
                    Err(_) if column == 0 && matches!(text, "А" | "A") => continue,
                    Err(_) => None,
                },
                _ => None,
            };
            if number != Some(next) {
                return false;
            }
            (numbered, next) = (numbered + 1, next + 1);
        }
        self.own_columns >= 4 && numbered >= 3
    }

    /// The KATO code of its territory; nothing where the mapping names none, or after a fault.
    pub(super) fn read_kato(&mut self) -> Option<String> {
        let columns = self.columns;
        self.require(columns.kato.as_ref()?, |text| {
            let digits = text.len() == 9 && text.bytes().all(|byte| byte.is_ascii_digit());
            let found = show_invisible(text);
            digits
                .then(|| text.to_owned())
                .ok_or(CellFault::Form { expected: "a KATO code of nine digits", found })
        })
    }

    fn read_name(&mut self) -> Option<String> {
        match &self.columns.precinct {
            PrecinctColumns::Id(column) => {
                self.require(&WordsSource::Column(*column), |text| Ok(text.to_owned()))
            }
            PrecinctColumns::Number { column, digits } => {
                let zeros = |text: &str| Ok(format!("{:0>digits$}", plain_number(text)));
                self.require(&WordsSource::Column(*column), zeros)
            }
            PrecinctColumns::Key(columns) => {
                let parts: Vec<String> = columns
                    .iter()
                    .filter_map(|column| {
                        self.require(&WordsSource::Column(*column), |text| Ok(text.to_owned()))
                    })
                    .collect();
                (parts.len() == columns.len()).then(|| parts.join(" / "))
            }
        }
    }

    /// Every figure that the mapping names, as copies of protocols name their lines.
    pub(super) fn read_lines(&mut self) -> Vec<(String, Option<u64>)> {
        let columns = self.columns;
        self.look_for_figures();
        let mut lines = Vec::new();
        for (line, amount) in &columns.amounts.figures {
            lines.push((line.words().replace('_', " "), self.read_amount(amount)));
        }
        for (candidate, amount) in &columns.amounts.votes {
            lines.push((format!("votes for {candidate}"), self.read_amount(amount)));
        }
        for (seat, amount) in &columns.amounts.issued_by {
            lines.push((format!("issued by {seat}"), self.read_amount(amount)));
        }
        lines
    }

    /// The figures.
    pub(super) fn read_count(&mut self) -> (Count, Sent) {
        let columns = self.columns;
        if columns.amounts.demands_a_figure() {
            self.look_for_figures();
        }
        let line = |cells: &mut Self, line: Line| {
            let amount =
                columns.amounts.figures.iter().find(|(own, _)| *own == line).map(|(_, amount)| amount);
            amount.and_then(|amount| cells.read_amount(amount))
        };
        let damaged = line(self, Line::Damaged);
        let act = columns.damaged_act.and_then(|paper| self.read_document(paper));
        let mut portable = Vec::new();
        for rule in &columns.amounts.portable {
            let found = self.read_amount(&rule.found);
            let applications = rule.applications.as_ref().and_then(|amount| self.read_amount(amount));
            let act = rule.act.and_then(|paper| self.read_document(paper));
            if found.is_some() || applications.is_some() {
                let (found, applications) = (found.unwrap_or_default(), applications.unwrap_or_default());
                portable.push(Portable { act, applications, found });
            }
        }
        let mut value = |name| line(self, name).unwrap_or_default();
        let mut count = Count {
            absentee: value(Line::Absentee),
            against_all: value(Line::AgainstAll),
            cancelled: value(Line::Cancelled),
            damaged: damaged.filter(|count| *count > 0).map(|count| Damaged {
                act: act.unwrap_or(Document { sealed: None, sha256: None, size: None }),
                count,
            }),
            found: value(Line::Found),
            home_applications: value(Line::HomeApplications),
            invalid: value(Line::Invalid),
            issued: value(Line::Issued),
            issued_by: Vec::new(),
            portable,
            received: value(Line::Received),
            stationary: value(Line::Stationary),
            voters: value(Line::Voters),
            votes: Vec::new(),
        };
        let sent = Sent { delivered: line(self, Line::Delivered), listed: line(self, Line::Listed) };
        for (seat, amount) in &columns.amounts.issued_by {
            let issued = self.read_amount(amount);
            count.issued_by.extend(issued.map(|issued| Share { issued, seat: seat.clone() }));
        }
        for (candidate, amount) in &columns.amounts.votes {
            let votes = self.read_amount(amount);
            count.votes.extend(votes.map(|votes| Votes { candidate: candidate.clone(), votes }));
        }
        (count, sent)
    }
}

impl Columns {
    /// Reads a row.
    ///
    /// # Errors
    /// Every reason why it is not taken.
    pub fn read_row(&self, row: &TableRow, table: &InputTable) -> Result<RowFigures, RowRefusal> {
        let mut cells = RowReader::new(self, row, table.own_columns());
        let mut precinct = cells.read_precinct();
        // Places have precincts of the same number; the code tells them apart.
        if let (Some(kato), PrecinctColumns::Number { .. }) = (cells.read_kato(), &self.precinct) {
            precinct = precinct.map(|number| format!("{number} / {kato}"));
        }
        let (count, sent) = cells.read_count();
        match (precinct, cells.faults) {
            (Some(precinct), faults) if faults.is_empty() => Ok(RowFigures { precinct, count, sent }),
            (precinct, faults) => Err(RowRefusal { line: row.line, precinct, faults }),
        }
    }
}

/// What does not hold in a row, in the order of the ratios.
pub(super) fn broken_ratios(ratios: &[Ratio], reading: &RowFigures) -> Vec<(Ratio, Violation)> {
    let judged =
        ratios.iter().filter_map(|ratio| Some((*ratio, ratio.check_ratio(&reading.count, reading.sent)?)));
    judged.collect()
}
