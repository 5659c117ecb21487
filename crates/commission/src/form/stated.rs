//! What a filled form states: the fact, who signs it, and the documents that it names.

use std::path::PathBuf;

use event::{Document, Hash, Id, Text, Time};
use law::{Fact, facts::*};

use super::{blank_form::Filled, lines::Sheet, slot::Slot, value::Value};

/// What a form came to.
#[derive(Debug)]
pub struct Stated {
    /// The fact.
    pub fact: Fact,
    /// Seats that sign for the board, ascending.
    pub seats: Vec<Id>,
    /// Files that the event names by hash.
    pub papers: Vec<PathBuf>,
    /// Candidates and their votes, as they were read.
    pub votes: Vec<(Id, u64)>,
}

/// The fact of a form that was read without a fault; none if the form is not of that fact.
#[must_use]
pub fn stated(fact: &str, sheet: &Sheet<'_>, filled: &Filled) -> Option<Stated> {
    let values = Values(filled);
    let precinct = sheet.precinct.clone();
    let fact = match fact {
        "precinct-opened" => Fact::PrecinctOpened(PrecinctOpened {
            ballots: values.count(Slot::Ballots),
            boxes: values.count(Slot::Boxes),
            precinct,
            stands_in: values.words(Slot::StandsIn),
        }),
        "turnout-reported" => {
            Fact::TurnoutReported(TurnoutReported { issued: values.count(Slot::Issued), precinct })
        }
        "voting-closed" => {
            Fact::VotingClosed(VotingClosed { precinct, stands_in: values.words(Slot::StandsIn) })
        }
        "ballots-accounted" => Fact::BallotsAccounted(BallotsAccounted {
            cancelled: values.count(Slot::Cancelled),
            home_applications: values.count(Slot::HomeApplications),
            issued: values.count(Slot::Issued),
            issued_by: values.issued_by(),
            missing: values.missing(),
            precinct,
            received: values.count(Slot::Received),
            voters: values.count(Slot::Voters),
        }),
        "protocol-signed" => {
            Fact::ProtocolSigned(ProtocolSigned { precinct, protocol: values.protocol(sheet)? })
        }
        "copies-issued" => Fact::CopiesIssued(CopiesIssued {
            copies: values.count(Slot::Copies),
            posted: values.posted(),
            precinct,
            protocol: current(sheet),
        }),
        _ => return None,
    };
    let papers = filled.values().filter_map(|value| match value {
        Value::File(path, _) | Value::Missing(_, Some((path, _))) => Some(path.clone()),
        _ => None,
    });
    let votes = filled.iter().filter_map(|(slot, value)| match (slot, value) {
        (Slot::Votes(id), Value::Count(votes)) => Some((id.clone(), *votes)),
        _ => None,
    });
    Some(Stated { fact, seats: values.signing(), papers: papers.collect(), votes: votes.collect() })
}

/// The protocol that counts, as far as the book knows; zeros, which the law refuses, where there is none.
fn current(sheet: &Sheet<'_>) -> Hash {
    let election = sheet.state.elections.get(sheet.election);
    let poll = election.and_then(|election| election.polls.get(sheet.precinct));
    poll.and_then(|poll| poll.current()).map_or(Hash::ZERO, |record| record.event)
}

struct Values<'a>(&'a Filled);

impl Values<'_> {
    /// A figure; every line of a form read without a fault has one.
    fn count(&self, slot: Slot) -> u64 {
        match self.0.get(&slot) {
            Some(Value::Count(number)) => *number,
            _ => 0,
        }
    }

    fn words(&self, slot: Slot) -> Option<Text> {
        match self.0.get(&slot) {
            Some(Value::Words(words)) => Some(words.clone()),
            _ => None,
        }
    }

    fn time(&self, slot: Slot) -> Option<Time> {
        match self.0.get(&slot) {
            Some(Value::Time(time)) => Some(time.clone()),
            _ => None,
        }
    }

    fn document(&self, slot: Slot) -> Option<Document> {
        match self.0.get(&slot) {
            Some(Value::File(_, document)) => Some(document.clone()),
            _ => None,
        }
    }

    fn posted(&self) -> bool {
        self.0.get(&Slot::Posted) == Some(&Value::Yes(true))
    }

    /// Those who issued none are not among those who issued.
    fn issued_by(&self) -> Vec<Share> {
        let share = |(slot, value): (&Slot, &Value)| match (slot, value) {
            (Slot::IssuedBy(seat), Value::Count(issued)) if *issued > 0 => {
                Some(Share { issued: *issued, seat: seat.clone() })
            }
            _ => None,
        };
        self.0.iter().filter_map(share).collect()
    }

    fn missing(&self) -> Vec<Missing> {
        let missing = |(slot, value): (&Slot, &Value)| match (slot, value) {
            (Slot::Member(seat), Value::Missing(reason, opinion)) => {
                let opinion = opinion.as_ref().map(|(_, document)| document.clone());
                Some(Missing { opinion, reason: *reason, seat: seat.clone() })
            }
            _ => None,
        };
        self.0.iter().filter_map(missing).collect()
    }

    fn signing(&self) -> Vec<Id> {
        let signs = |(slot, value): (&Slot, &Value)| match (slot, value) {
            (Slot::Member(seat), Value::Signs) => Some(seat.clone()),
            _ => None,
        };
        self.0.iter().filter_map(signs).collect()
    }

    fn explanations(&self) -> Vec<Explanation> {
        let explained = |value: &Value| match value {
            Value::Explained(rule, text) => {
                Some(Explanation { rule: Text::new(rule.id()).ok()?, text: text.clone() })
            }
            _ => None,
        };
        let mut all: Vec<Explanation> = self.0.values().filter_map(explained).collect();
        all.sort_by(|a, b| a.rule.as_str().cmp(b.rule.as_str()));
        all
    }

    fn protocol(&self, sheet: &Sheet<'_>) -> Option<Protocol> {
        let lines = sheet.state.elections.get(sheet.election)?.lines();
        let votes = |id: &Id| Votes { candidate: id.clone(), votes: self.count(Slot::Votes(id.clone())) };
        let portable = |n| Portable {
            act: self.document(Slot::BoxAct(n)),
            applications: self.count(Slot::BoxApplications(n)),
            found: self.count(Slot::BoxFound(n)),
        };
        Some(Protocol {
            count: Count {
                absentee: self.count(Slot::Absentee),
                against_all: self.count(Slot::AgainstAll),
                cancelled: self.count(Slot::Cancelled),
                damaged: self.damaged(),
                found: self.count(Slot::Found),
                home_applications: self.count(Slot::HomeApplications),
                invalid: self.count(Slot::Invalid),
                issued: self.count(Slot::Issued),
                issued_by: self.issued_by(),
                portable: (1..=sheet.boxes).map(portable).collect(),
                received: self.count(Slot::Received),
                stationary: self.count(Slot::Stationary),
                voters: self.count(Slot::Voters),
                votes: lines.iter().map(votes).collect(),
            },
            ended: self.time(Slot::Ended)?,
            explanations: self.explanations(),
            missing: self.missing(),
            paper: self.document(Slot::Paper),
            started: self.time(Slot::Started)?,
        })
    }

    /// Damaged ballots stand with their act, which the form does not read without.
    fn damaged(&self) -> Option<Damaged> {
        let count = self.count(Slot::Damaged);
        Some(Damaged { act: self.document(Slot::DamagedAct)?, count }).filter(|damaged| damaged.count > 0)
    }
}
