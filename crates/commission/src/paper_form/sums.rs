//! The control ratios of a form while it is being filled in: each with both sides as far as they are there, and the numbers of the
//! lines that it reads.

use law::{Line, Ratio, Rule, Sent, facts::Count};
use texts::program::answer_language;

use super::PaperForm;
use crate::{
    form::{Filled, FormLine, FormValue, add_up_count},
    legible::ratios::{RatioStand, name_ratio, show_ratio},
};

/// One control ratio over the lines of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormSum {
    /// The rule that it stands under.
    pub rule: Rule,
    /// How it stands; open while a line is missing.
    pub stand: RatioStand,
    /// It by the numbers of lines, with figures once all are there.
    pub words: String,
    /// Its sides, where the figures of the form alone make both.
    pub sides: Option<(SumSide, SumSide)>,
    /// Whether the sides ought to be equal; else the first is at most the second.
    pub equal: bool,
    /// Whether it is noted where it does not hold, and keeps nothing out.
    pub notes: bool,
    /// The numbers of every line that it reads.
    pub lines: Vec<String>,
}

/// One side of a ratio.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SumSide {
    /// Numbers of lines that are added.
    pub lines: Vec<String>,
    /// What was sent to the precinct, which no line of the form has.
    pub sent: u64,
}

impl PaperForm<'_> {
    /// Every control ratio whose lines this form has.
    #[must_use]
    pub fn add_up(&self, filled: &Filled) -> Vec<FormSum> {
        let count = add_up_count(&self.subject(), filled);
        let poll = self.book.poll();
        let sent =
            poll.map_or_else(Sent::default, |poll| Sent { delivered: poll.delivered, listed: poll.list });
        Ratio::ALL.iter().filter_map(|ratio| self.add_up_ratio(*ratio, filled, &count, sent)).collect()
    }

    fn add_up_ratio(&self, ratio: Ratio, filled: &Filled, count: &Count, sent: Sent) -> Option<FormSum> {
        let mut lines = Vec::new();
        let mut complete = true;
        for line in ratio.needs() {
            match self.side_of(&[*line], sent) {
                // A ratio over something that this form does not ask for.
                None => return None,
                Some(side) => {
                    complete &= side.lines.iter().all(|number| self.has_count(number, filled));
                    lines.extend(side.lines);
                }
            }
        }
        let explained = filled
            .values()
            .any(|value| matches!(value, FormValue::Explained(rule, _) if *rule == ratio.rule()));
        let stand = match ratio.check_ratio(count, sent) {
            _ if !complete => RatioStand::Open,
            None => RatioStand::Holds,
            Some(_) if !ratio.refuses() => RatioStand::Noted,
            Some(_) if explained => RatioStand::Explained,
            Some(_) => RatioStand::Broken,
        };
        let lang = answer_language();
        let words = if complete { show_ratio(ratio, count, sent, lang) } else { name_ratio(ratio, lang) };
        let sides = match (ratio.sides(), ratio, ratio.needs()) {
            (Some((left, right)), ..) => self.side_of(left, sent).zip(self.side_of(right, sent)),
            // What they say of a single box is no sum.
            (None, Ratio::PortableAct | Ratio::PortableInvalid, _) => None,
            (None, _, [less, more]) => self.side_of(&[*less], sent).zip(self.side_of(&[*more], sent)),
            _ => None,
        };
        Some(FormSum {
            rule: ratio.rule(),
            stand,
            words,
            sides,
            equal: ratio.sides().is_some(),
            notes: !ratio.refuses(),
            lines,
        })
    }

    /// The numbers behind the lines of a ratio; none where the form has no such line.
    fn side_of(&self, lines: &[Line], sent: Sent) -> Option<SumSide> {
        let mut side = SumSide::default();
        for line in lines {
            match line {
                Line::Delivered => side.sent += sent.delivered?,
                Line::Listed => side.sent += sent.listed?,
                _ => {
                    let own = self.form.blanks().filter(|blank| is_of_line(&blank.slot, *line));
                    let numbers: Vec<String> = own.map(|blank| blank.number.clone()).collect();
                    // A form without lines for boxes has none of their ballots, but it is a form of the count.
                    let boxes = matches!(line, Line::PortableFound | Line::PortableApplications);
                    if numbers.is_empty() && !(boxes && self.fact == "protocol-signed") {
                        // Damaged ballots are known only when the count is over.
                        return None;
                    }
                    side.lines.extend(numbers);
                }
            }
        }
        Some(side)
    }

    fn has_count(&self, number: &str, filled: &Filled) -> bool {
        let slot = self.form.blanks().find(|blank| blank.number == number).map(|blank| &blank.slot);
        slot.and_then(|slot| filled.get(slot)).is_some_and(|value| matches!(value, FormValue::Count(_)))
    }
}

fn is_of_line(slot: &FormLine, line: Line) -> bool {
    matches!(
        (slot, line),
        (FormLine::Absentee, Line::Absentee)
            | (FormLine::AgainstAll, Line::AgainstAll)
            | (FormLine::Cancelled, Line::Cancelled)
            | (FormLine::Damaged, Line::Damaged)
            | (FormLine::Found, Line::Found)
            | (FormLine::HomeApplications, Line::HomeApplications)
            | (FormLine::Invalid, Line::Invalid)
            | (FormLine::Issued, Line::Issued)
            | (FormLine::IssuedBy(_), Line::IssuedBy)
            | (FormLine::BoxApplications(_), Line::PortableApplications)
            | (FormLine::BoxFound(_), Line::PortableFound)
            | (FormLine::Received, Line::Received)
            | (FormLine::Stationary, Line::Stationary)
            | (FormLine::Voters, Line::Voters)
            | (FormLine::Votes(_), Line::Votes)
    )
}
