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
    /// The text that says what to write, or when the line is wanted, where its words do not.
    #[must_use]
    pub fn hint(&self) -> Option<&'static str> {
        Some(match self {
            Self::Started | Self::Ended => "form-hint-time",
            Self::DamagedAct => "form-hint-damaged-act",
            Self::BoxAct(_) => "form-hint-box-act",
            Self::Paper => "form-hint-paper",
            Self::Explanation(_) => "form-hint-explanation",
            Self::Posted => "form-hint-posted",
            _ => return None,
        })
    }

    /// What need not be there. A figure always is: an empty line is no zero.
    #[must_use]
    pub fn may_be_empty(&self) -> bool {
        use FormLine::{BoxAct, DamagedAct, Explanation, Paper, StandsIn};
        matches!(self, BoxAct(_) | DamagedAct | Explanation(_) | Paper | StandsIn)
    }
}
