//! Who is elected in an election.

use law::state::{Candidate, Election};

/// The candidate that the results determine as elected.
pub(super) fn find_elected(election: &Election) -> Option<&Candidate> {
    let determined = election.determined.as_ref()?;
    determined.body.elected.as_ref().and_then(|id| election.candidates.get(id))
}
