//! What passes by in a replay and no state keeps: how keys are used, what was announced when, personal data in events.
//!
//! Contains one look at each admitted entry, in memory that grows with keys and announcements, not with entries.
//! Elsewhere: what is made of it (`checks`).

use std::collections::{BTreeMap, VecDeque};

use event::{Id, Key, Stamp, Time};
use law::{Fact, State, facts::Level};
use ledger::Admitted;
use serde::{Deserialize, Serialize};

use crate::replay::{personal_data::PersonalData, reordered::ReorderedReplay};

/// Acts of voting day and of the count by one key of a precinct's commission, within [`WINDOW`]: more is a burst.
pub(crate) const BURST_PRECINCT: usize = 12;
/// The same for a key of any commission above: one every ten seconds.
pub(crate) const BURST_ABOVE: usize = 60;
/// Seconds in which a burst is counted.
pub(crate) const WINDOW: i64 = 600;
/// So many acts at night, outside the night of the count, are many.
pub(crate) const ODD_MIN: u64 = 5;
/// Hours of the night, local time of the author: from midnight up to and without this one.
pub(crate) const ODD_UNTIL: u64 = 6;
/// So much personal data is kept to be shown; the rest is counted.
const PERSONAL_MAX: usize = 10_000;
/// Voting day and the night of the count, in seconds from the hour polls open.
const COUNT_SECONDS: i64 = 48 * 3_600;

/// What was seen so far.
#[derive(Default, Serialize, Deserialize)]
pub(crate) struct ReplayObservations {
    /// How each key was used.
    pub(crate) keys: BTreeMap<Key, KeyUse>,
    /// Announcements of snapshots: entry, and when it was received.
    pub(crate) announced: Vec<(u64, Stamp)>,
    /// Entries that called an election.
    pub(crate) called: BTreeMap<Id, u64>,
    /// Corrections of the node's clock: entry, and the time before and after.
    pub(crate) clocks: Vec<(u64, Stamp, Stamp)>,
    /// Entries that adopted other rules.
    pub(crate) adopted: Vec<u64>,
    /// Personal data in entries: the first of it.
    pub(crate) personal: Vec<(u64, PersonalData)>,
    /// How much more there was.
    pub(crate) personal_more: u64,
    /// Entries searched for it.
    pub(crate) searched: u64,
    /// The other replay.
    pub(crate) second: ReorderedReplay,
}

/// How one key was used.
#[derive(Default, Serialize, Deserialize)]
pub(crate) struct KeyUse {
    recent: VecDeque<i64>,
    /// The most acts within the window, and the entry of the last of them.
    pub(crate) burst: (usize, u64),
    /// Acts at night outside the night of the count, and the entry of the first.
    pub(crate) odd: (u64, u64),
    /// Whether its commission is a precinct's.
    pub(crate) precinct: bool,
}

impl ReplayObservations {
    /// Takes in what was found in the bytes of an entry, admitted or not.
    pub(crate) fn take_personal_data(&mut self, at: u64, found: Vec<PersonalData>) {
        self.searched += 1;
        for found in found {
            if self.personal.len() < PERSONAL_MAX {
                self.personal.push((at, found));
            } else {
                self.personal_more += 1;
            }
        }
    }

    /// Looks at an admitted entry, in the state that it met.
    pub(crate) fn observe_entry(&mut self, admitted: &Admitted, state: &State) {
        let entry = admitted.entry();
        let index = entry.index();
        match admitted.fact() {
            Fact::SnapshotPublished(_) => self.announced.push((index, entry.received())),
            Fact::RulesAdopted(_) => self.adopted.push(index),
            Fact::ClockCorrected(b) => self.clocks.push((index, b.wrong, entry.received())),
            Fact::ElectionCalled(_) | Fact::RepeatVotingCalled(_) | Fact::RepeatElectionCalled(_) => {
                let id = entry.event().election.clone();
                self.called.extend(id.map(|id| (id, index)));
            }
            _ => {}
        }
        self.observe_keys(admitted, state);
        self.second.take_entry(admitted);
    }

    fn observe_keys(&mut self, admitted: &Admitted, state: &State) {
        let event = admitted.entry().event();
        let Some(election) = event.election.as_ref().and_then(|id| state.elections.get(id)) else { return };
        let level = state.commissions.get(&event.author).map(|commission| commission.level);
        let odd = is_odd(&event.at, &election.calendar.voting_starts);
        let counts = is_of_the_count(admitted.fact());
        if !odd && !counts {
            return;
        }
        for key in &event.signers {
            let used = self.keys.entry(*key).or_default();
            used.precinct = level == Some(Level::Precinct);
            if odd {
                used.odd =
                    (used.odd.0 + 1, if used.odd.0 == 0 { admitted.entry().index() } else { used.odd.1 });
            }
            if counts {
                used.count_arrival(event.at.seconds(), admitted.entry().index());
            }
        }
    }
}

impl KeyUse {
    fn count_arrival(&mut self, at: i64, index: u64) {
        self.recent.push_back(at);
        self.recent.retain(|other| other.abs_diff(at) < WINDOW.unsigned_abs());
        // A burst long past what is told of needs no more memory.
        if self.recent.len() > 4 * BURST_ABOVE {
            self.recent.pop_front();
        }
        if self.recent.len() > self.burst.0 {
            self.burst = (self.recent.len(), index);
        }
    }
}

/// At night, and not in the night of the count.
fn is_odd(at: &Time, voting_starts: &Time) -> bool {
    let hour: u64 = at.as_str().get(11..13).and_then(|hour| hour.parse().ok()).unwrap_or(12);
    let since = at.seconds() - voting_starts.seconds();
    hour < ODD_UNTIL && !(0..COUNT_SECONDS).contains(&since)
}

/// Acts of voting day and of the count, which people do one by one. Lists and ballots go out to all precincts at once.
fn is_of_the_count(fact: &Fact) -> bool {
    matches!(
        fact,
        Fact::PrecinctOpened(_)
            | Fact::TurnoutReported(_)
            | Fact::VotingClosed(_)
            | Fact::BallotsAccounted(_)
            | Fact::ProtocolSigned(_)
            | Fact::CopiesIssued(_)
            | Fact::CopyRefused(_)
            | Fact::ProtocolReceived(_)
            | Fact::ProtocolReturned(_)
            | Fact::RecountRequested(_)
            | Fact::RecountOrdered(_)
            | Fact::ProtocolSuperseded(_)
    )
}
