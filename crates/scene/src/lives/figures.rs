//! The figures of a precinct in a random life, and a protocol's count of them.

use event::Id;
use law::facts::*;

use super::{
    plan::{Station, Turn},
    tally::Figures,
};
use crate::values::{id, paper};

impl Station {
    /// The figures that the paper has, in the order of the lines.
    pub(super) fn figures(&self, lines: usize) -> Figures {
        let issued = self.issued();
        let found = issued.saturating_sub(self.carried_out);
        let invalid = found * self.invalid / 100;
        let valid = found - invalid;
        let weights: u64 = self.weights[..=lines].iter().sum();
        let votes: Vec<u64> =
            self.weights[1..=lines].iter().map(|w| (valid * w).checked_div(weights).unwrap_or(0)).collect();
        let received = self.voters + self.voters.div_ceil(100);
        let damaged = self.damaged.min(received - issued);
        let home = self.portable.min(found);
        Figures {
            voters: self.voters,
            received,
            issued,
            cancelled: received - issued - damaged,
            damaged,
            found,
            invalid,
            applications: home + self.shift % 3,
            home,
            absentee: 0,
            against_all: valid - votes.iter().sum::<u64>(),
            votes,
        }
    }

    /// The figures that the first event has: at some precincts typed into the wrong lines.
    pub(super) fn typed(&self, lines: usize) -> Figures {
        let mut figures = self.figures(lines);
        if matches!(self.turn, Turn::Mistyped | Turn::MistypedAndRecounted) && lines > 1 {
            figures.votes.swap(0, 1);
        }
        figures
    }

    /// The figures of a paper of its own, after a recount or a decision.
    pub(super) fn recounted(&self, lines: usize) -> Figures {
        let mut figures = self.figures(lines);
        if lines > 1 {
            let moved = self.shift.min(figures.votes[0]);
            figures.votes[0] -= moved;
            figures.votes[1] += moved;
        }
        figures
    }
}

pub(super) fn count(figures: &Figures, lines: &[Id]) -> Count {
    let half = figures.issued / 2;
    let damaged = Damaged { act: paper("damaged"), count: figures.damaged };
    let portable = Portable { act: None, applications: figures.applications, found: figures.home };
    let votes = lines.iter().zip(&figures.votes);
    Count {
        absentee: figures.absentee,
        against_all: figures.against_all,
        cancelled: figures.cancelled,
        damaged: (figures.damaged > 0).then_some(damaged),
        found: figures.found,
        home_applications: figures.applications,
        invalid: figures.invalid,
        issued: figures.issued,
        issued_by: vec![
            Share { issued: half, seat: id("m4") },
            Share { issued: figures.issued - half, seat: id("m5") },
        ],
        portable: vec![portable],
        received: figures.received,
        stationary: figures.found - figures.home,
        voters: figures.voters,
        votes: votes
            .map(|(candidate, votes)| Votes { candidate: candidate.clone(), votes: *votes })
            .collect(),
    }
}

pub(super) fn absent() -> Vec<Missing> {
    ["m4", "m5"].map(|seat| Missing { opinion: None, reason: MissingReason::Absent, seat: id(seat) }).to_vec()
}
