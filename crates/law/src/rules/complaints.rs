//! Complaints and their answers (art. 20(9), 49).
//!
//! Contains COM-08 for answers in time, PRO-16 for complaints open when something final is decided. Does not contain
//! decisions cancelled from above (`annulment`).

use phrase::phrase;

use alloc::vec::Vec;

use crate::{
    Finding, Rule, State, Statement, Violation, days,
    facts::{ComplaintAbout, ComplaintDecided, ComplaintFiled, Level},
    lookup::{note_violation, require_election, require_new_id},
    state::Election,
    statement::require,
};

/// A new complaint with the day until which the law wants it answered.
pub(crate) fn complaint_filed(state: &State, s: &Statement<'_>, b: &ComplaintFiled) -> Result<(), Violation> {
    require_new_id(state, Rule::Pro01, &b.complaint)?;
    let level = state.commissions.get(&s.event.author).map(|commission| commission.level);
    let placed = level != Some(Level::Precinct) || b.precinct.is_some();
    require(
        placed,
        Rule::Aty02,
        phrase!(
            "law-the-precinct-of-the-commission-that-takes-it-in",
            "the precinct of the commission that takes it in"
        ),
        phrase!("law-none", "none"),
    )?;
    let days = match b.about {
        ComplaintAbout::Commission => 3,
        ComplaintAbout::Other => 5,
    };
    let lawful = b.due.seconds() > s.event.at.seconds() && days::days_between(&s.event.at, &b.due) <= days;
    require(
        lawful,
        Rule::Com08,
        phrase!("law-an-answer-due-within-days", "an answer due within {days} days"),
        &b.due,
    )
}

/// A complaint is answered once; a late answer is noted.
pub(crate) fn complaint_decided(
    state: &State,
    s: &Statement<'_>,
    b: &ComplaintDecided,
) -> Result<Option<Finding>, Violation> {
    let complaint = require_election(state, s)?.complaints.get(&b.complaint);
    let complaint = complaint.ok_or_else(|| {
        Violation::new(Rule::Pro01, phrase!("law-a-complaint-filed", "a complaint filed"), &b.complaint)
    })?;
    require(
        complaint.decided.is_none(),
        Rule::Pro01,
        phrase!("law-a-complaint-answered-once", "a complaint answered once"),
        phrase!("law-answered-again", "answered again"),
    )?;
    let due = &complaint.filed.due;
    let late = s.event.at.seconds() > due.seconds();
    Ok(late.then(|| {
        note_violation(
            s,
            Violation::new(Rule::Com08, phrase!("law-an-answer-by", "an answer by {due}"), &s.event.at),
        )
    }))
}

/// PRO-16, noted: complaints without an answer when something final is decided.
pub(crate) fn open_before_final(s: &Statement<'_>, election: &Election) -> Vec<Finding> {
    let open = |(id, _): (&event::Id, _)| {
        note_violation(
            s,
            Violation::new(
                Rule::Pro16,
                phrase!("law-no-open-complaint", "no open complaint"),
                phrase!("law-open", "{id}, open"),
            ),
        )
    };
    election.open_complaints().map(open).collect()
}

/// COM-08, noted: complaints whose day has passed without an answer.
pub(crate) fn find_overdue<'a>(
    s: &'a Statement<'_>,
    elections: impl Iterator<Item = &'a Election>,
) -> Vec<Finding> {
    let passed = |election: &'a Election| {
        let open = election.open_complaints();
        open.filter(|(_, complaint)| s.received.millis() > complaint.filed.due.seconds().saturating_mul(1000))
    };
    let late = elections.flat_map(passed).map(|(id, complaint)| {
        note_violation(
            s,
            Violation::new(
                Rule::Com08,
                phrase!("law-an-answer-by", "an answer by {due}", due = complaint.filed.due),
                phrase!("law-open", "{id}, open"),
            ),
        )
    });
    late.collect()
}
