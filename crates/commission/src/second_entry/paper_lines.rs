//! The lines of a paper on which figures stand, and what the event of its protocol says on each.

use std::collections::BTreeSet;

use law::facts::Count;

use crate::form::{Expected, Form, FormLine};

/// The line that says how many portable boxes the paper has; it has no number on the paper.
pub const BOXES: &str = "boxes";

/// One line of a paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecondLine {
    /// Its number on the paper.
    pub number: String,
    /// Its words.
    pub label: String,
    /// What it asks for; none asks for the number of portable boxes.
    pub slot: Option<FormLine>,
}

impl SecondLine {
    pub(super) fn is_of_boxes(&self) -> bool {
        matches!(self.slot, None | Some(FormLine::BoxApplications(_) | FormLine::BoxFound(_)))
    }
}

/// The lines of figures of a form, with the number of portable boxes in front of theirs. A member whom the event names and the commission
/// no longer has keeps a line.
pub(super) fn list_figure_lines(form: &Form, count: &Count, boxes_label: &str) -> Vec<SecondLine> {
    let mut lines = Vec::new();
    let is_figure = |slot: &FormLine| Expected::of_line(slot) == Expected::Count;
    for blank in form.blanks().filter(|blank| is_figure(&blank.slot)) {
        lines.push(SecondLine {
            number: blank.number.clone(),
            label: blank.label.clone(),
            slot: Some(blank.slot.clone()),
        });
        if blank.slot == FormLine::HomeApplications {
            let (number, label) = (BOXES.to_owned(), boxes_label.to_owned());
            lines.push(SecondLine { number, label, slot: None });
        }
    }
    let known: BTreeSet<FormLine> = lines.iter().filter_map(|line| line.slot.clone()).collect();
    let gone = count.issued_by.iter().map(|share| (FormLine::IssuedBy(share.seat.clone()), &share.seat));
    for (slot, seat) in gone.filter(|(slot, _)| !known.contains(slot)) {
        lines.push(SecondLine { number: format!("3.{seat}"), label: seat.to_string(), slot: Some(slot) });
    }
    lines
}

/// What the event says on a line; what it does not name is zero.
pub(super) fn stated_on(line: &SecondLine, count: &Count) -> u64 {
    let boxed = |n: &usize| n.checked_sub(1).and_then(|n| count.portable.get(n));
    match &line.slot {
        None => count.portable.len() as u64,
        Some(FormLine::Voters) => count.voters,
        Some(FormLine::Received) => count.received,
        Some(FormLine::Issued) => count.issued,
        Some(FormLine::IssuedBy(seat)) => {
            count.issued_by.iter().filter(|share| share.seat == *seat).map(|share| share.issued).sum()
        }
        Some(FormLine::Cancelled) => count.cancelled,
        Some(FormLine::Damaged) => count.damaged.as_ref().map_or(0, |damaged| damaged.count),
        Some(FormLine::HomeApplications) => count.home_applications,
        Some(FormLine::BoxApplications(n)) => boxed(n).map_or(0, |portable| portable.applications),
        Some(FormLine::BoxFound(n)) => boxed(n).map_or(0, |portable| portable.found),
        Some(FormLine::Stationary) => count.stationary,
        Some(FormLine::Found) => count.found,
        Some(FormLine::Invalid) => count.invalid,
        Some(FormLine::Votes(id)) => {
            count.votes.iter().filter(|line| line.candidate == *id).map(|line| line.votes).sum()
        }
        Some(FormLine::AgainstAll) => count.against_all,
        Some(FormLine::Absentee) => count.absentee,
        Some(
            FormLine::DamagedAct
            | FormLine::BoxAct(_)
            | FormLine::Started
            | FormLine::Ended
            | FormLine::Member(_)
            | FormLine::Paper
            | FormLine::Explanation(_)
            | FormLine::Ballots
            | FormLine::Boxes
            | FormLine::StandsIn
            | FormLine::Copies
            | FormLine::Posted,
        ) => 0,
    }
}
