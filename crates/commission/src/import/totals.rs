//! Rows of a table that are sums of others: by their name, or by their figures.

use super::row_fault::TotalFault;

/// Words that a total is called by; they stand first or last in its name.
const TOTALS: [&str; 14] = [
    "итого",
    "всего",
    "итог",
    "сумма",
    "барлығы",
    "барлыгы",
    "жиыны",
    "жиынтығы",
    "қорытынды",
    "қорытындысы",
    "total",
    "totals",
    "subtotal",
    "sum",
];

/// Whether what should name a precinct names a total.
pub(super) fn names_total(name: &str) -> bool {
    let name = name.to_lowercase();
    let mut words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let first = words.next().unwrap_or_default();
    let last = words.next_back().unwrap_or_default();
    TOTALS.contains(&first) || TOTALS.contains(&last)
}

/// Sums of the rows so far.
#[derive(Debug, Default)]
pub(super) struct TotalsFinder {
    all: Vec<u64>,
    rows: u64,
    since: Vec<u64>,
    rows_since: u64,
    largest: Option<SumCandidate>,
}

/// The row that could be the sum of all others, wherever it stands.
#[derive(Debug)]
pub(super) struct SumCandidate {
    pub(super) line: u64,
    pub(super) precinct: String,
    /// Whether it broke no ratio.
    pub(super) clean: bool,
    pub(super) values: Vec<u64>,
}

impl TotalsFinder {
    /// Says whether the row is the sum of all rows above, or of those since the last such row; else adds it.
    pub(super) fn judge(&mut self, row: (u64, &str, bool), values: &[u64]) -> Option<TotalFault> {
        // One figure alone may well be equal by chance.
        let telling = values.iter().filter(|value| **value > 0).count() > 1;
        let groups = [(&self.since, self.rows_since), (&self.all, self.rows)];
        let summed = groups.into_iter().find(|(sums, rows)| telling && *rows > 1 && *sums == values);
        if let Some((_, rows)) = summed {
            self.end_group();
            return Some(TotalFault::Sum { rows });
        }
        add(&mut self.all, values);
        add(&mut self.since, values);
        (self.rows, self.rows_since) = (self.rows + 1, self.rows_since + 1);
        let larger = |own: &SumCandidate| values.iter().zip(&own.values).all(|(new, old)| new >= old);
        if telling && self.largest.as_ref().is_none_or(larger) {
            let (line, precinct, clean) = (row.0, row.1.to_owned(), row.2);
            self.largest = Some(SumCandidate { line, precinct, clean, values: values.to_vec() });
        }
        None
    }

    /// A row that its name calls a total ends what is summed up.
    pub(super) fn end_group(&mut self) {
        self.since.clear();
        self.rows_since = 0;
    }

    /// A row that stood above the rows it is the sum of.
    pub(super) fn finish(self) -> Option<(SumCandidate, u64)> {
        let largest = self.largest?;
        let others = self.rows - 1;
        let doubled: Vec<u64> = largest.values.iter().map(|value| value.saturating_mul(2)).collect();
        (others > 1 && doubled == self.all).then_some((largest, others))
    }
}

fn add(sums: &mut Vec<u64>, values: &[u64]) {
    sums.resize(values.len().max(sums.len()), 0);
    sums.iter_mut().zip(values).for_each(|(sum, value)| *sum = sum.saturating_add(*value));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_total_is_told_wherever_it_stands() {
        for name in [
            "Итого",
            "ИТОГО:",
            "Барлығы",
            "Total",
            "Всего по району",
            "grand total",
            "Аудан бойынша барлығы",
            "По району, итого:",
        ] {
            assert!(names_total(name), "{name}");
        }
        for name in ["0017", "Тоталь", "Summerhill", "", "grand hotel", "Жалпы білім беретін мектеп"]
        {
            assert!(!names_total(name), "{name}");
        }
        let rows = [[5, 3], [7, 2], [12, 5], [1, 1], [2, 2], [3, 3], [15, 8]];
        let mut finder = TotalsFinder::default();
        let told: Vec<bool> = rows.iter().map(|row| finder.judge((1, "p", true), row).is_some()).collect();
        assert_eq!(told, [false, false, true, false, false, true, true]);
        let mut finder = TotalsFinder::default();
        for (line, row) in [[13, 6], [5, 3], [7, 2], [1, 1]].iter().enumerate() {
            assert_eq!(finder.judge((line as u64, "p", true), row), None);
        }
        assert_eq!(finder.finish().map(|(row, others)| (row.line, others)), Some((0, 3)));
    }
}
