//! The chain of one author: what one desk says of one election, or of none.

use alloc::string::String;
use core::fmt;

use event::{Event, Id};
use serde::{Deserialize, Serialize};

/// A chain of one author: what one desk says of one election, or of none.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Chain {
    /// The commission.
    pub author: Id,
    /// The election.
    pub election: Option<Id>,
    /// The desk.
    pub desk: Id,
}

impl Chain {
    /// The chain that an event stands in.
    #[must_use]
    pub fn of_event(event: &Event) -> Self {
        Self { author: event.author.clone(), election: event.election.clone(), desk: event.desk.clone() }
    }

    /// One line, unambiguous, since ids hold no slash.
    #[must_use]
    pub fn key(&self) -> String {
        alloc::format!("{self}")
    }
}

impl fmt::Display for Chain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let election = self.election.as_ref().map_or("-", Id::as_str);
        write!(f, "{}/{election}/{}", self.author, self.desk)
    }
}
