//! What the lines of forms ask for.

use event::Id;

/// What a line asks for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs, reason = "the form's own words say it")]
pub enum FormLine {
    Voters,
    Received,
    Issued,
    IssuedBy(Id),
    Cancelled,
    Damaged,
    DamagedAct,
    HomeApplications,
    BoxApplications(usize),
    BoxFound(usize),
    BoxAct(usize),
    Stationary,
    Found,
    Invalid,
    Votes(Id),
    AgainstAll,
    Absentee,
    Started,
    Ended,
    Member(Id),
    Paper,
    Explanation(usize),
    Ballots,
    Boxes,
    StandsIn,
    Copies,
    Posted,
}

impl FormLine {
    /// What need not be there. A figure always is: an empty line is no zero.
    pub(super) fn may_be_empty(&self) -> bool {
        use FormLine::{BoxAct, DamagedAct, Explanation, Paper, StandsIn};
        matches!(self, BoxAct(_) | DamagedAct | Explanation(_) | Paper | StandsIn)
    }
}
