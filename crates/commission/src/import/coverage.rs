//! Which control ratios a table lets be judged.
//!
//! In: the lines that a mapping gives, and ratios that would hold by themselves. Out: judging them (`check`).

use law::{Line, Ratio};

use super::bound::{Amount, Bound, NotRun};

impl Bound {
    /// Notes what is computed, and parts the ratios into those that are judged and those that are not.
    pub(super) fn choose(&mut self) {
        for (name, amount) in self.named_amounts() {
            match amount {
                Amount::Always(number) => {
                    self.notes.push(format!("{name} is {number} in every row: the mapping says so"));
                }
                Amount::Sum { columns, .. } if columns.len() > 1 => {
                    let columns: Vec<String> =
                        columns.iter().map(|column| self.header.name(*column)).collect();
                    self.notes.push(format!("{name} is computed: {}", columns.join(" + ")));
                }
                Amount::Sum { .. } => {}
            }
        }
        for ratio in Ratio::ALL {
            let missing: Vec<&str> =
                ratio.needs().iter().filter(|line| !self.has(**line)).map(|line| line.words()).collect();
            if !missing.is_empty() {
                let reason = format!("not mapped: {}", missing.join(", "));
                self.not_run.push(NotRun { ratio: *ratio, reason });
            } else if self.holds_by_itself(*ratio) {
                let reason = "both sides come from the same columns".to_owned();
                self.not_run.push(NotRun { ratio: *ratio, reason });
            } else {
                self.ratios.push(*ratio);
            }
        }
    }

    fn named_amounts(&self) -> Vec<(String, Amount)> {
        let figures = self.figures.iter().map(|(line, amount)| (line.words().to_owned(), amount.clone()));
        let votes = self.votes.iter().map(|(id, amount)| (format!("votes of {id}"), amount.clone()));
        let shares = self.issued_by.iter().map(|(id, amount)| (format!("issued by {id}"), amount.clone()));
        figures.chain(votes).chain(shares).collect()
    }

    /// The amounts of a line; a line of boxes, votes or members has one for each.
    fn amounts(&self, line: Line) -> Vec<&Amount> {
        match line {
            Line::Votes => self.votes.iter().map(|(_, amount)| amount).collect(),
            Line::IssuedBy => self.issued_by.iter().map(|(_, amount)| amount).collect(),
            Line::PortableFound => self.portable.iter().map(|portable| &portable.found).collect(),
            Line::PortableApplications => {
                self.portable.iter().filter_map(|portable| portable.applications.as_ref()).collect()
            }
            line => self.figures.iter().filter(|(own, _)| *own == line).map(|(_, amount)| amount).collect(),
        }
    }

    pub(super) fn has(&self, line: Line) -> bool {
        let amounts = self.amounts(line).len();
        let boxes = line == Line::PortableApplications;
        amounts > 0 && (!boxes || amounts == self.portable.len())
    }

    /// A figure that is computed from the others cannot fail to agree with them.
    fn holds_by_itself(&self, ratio: Ratio) -> bool {
        let Some((one, others)) = ratio.sides() else { return false };
        let columns = |lines: &[Line]| {
            let mut all = Vec::new();
            for amount in lines.iter().flat_map(|line| self.amounts(*line)) {
                match amount {
                    Amount::Always(0) => {}
                    Amount::Always(_) => return None,
                    Amount::Sum { columns, .. } => all.extend(columns.iter().copied()),
                }
            }
            all.sort_unstable();
            Some(all)
        };
        let (one, others) = (columns(one), columns(others));
        one.is_some() && one == others
    }
}
