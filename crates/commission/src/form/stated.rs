//! What a filled form states: the fact, who signs it, and the documents that it names.

use std::path::PathBuf;

use event::{Document, Hash, Id, Text, Time};
use law::{Fact, facts::*, state::Election};

use super::{blank_form::Filled, lines::FormSubject, slot::FormLine, value::FormValue};

/// What a form came to.
#[derive(Debug)]
pub struct FormStatement {
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
pub fn read_statement(fact: &str, sheet: &FormSubject<'_>, filled: &Filled) -> Option<FormStatement> {
    let values = FilledValues(filled);
    let precinct = sheet.precinct.clone();
    let fact = match fact {
        "precinct-opened" => Fact::PrecinctOpened(PrecinctOpened {
            ballots: values.count(FormLine::Ballots),
            boxes: values.count(FormLine::Boxes),
            precinct,
            stands_in: values.words(FormLine::StandsIn),
        }),
        "turnout-reported" => {
            Fact::TurnoutReported(TurnoutReported { issued: values.count(FormLine::Issued), precinct })
        }
        "voting-closed" => {
            Fact::VotingClosed(VotingClosed { precinct, stands_in: values.words(FormLine::StandsIn) })
        }
        "ballots-accounted" => Fact::BallotsAccounted(BallotsAccounted {
            cancelled: values.count(FormLine::Cancelled),
            home_applications: values.count(FormLine::HomeApplications),
            issued: values.count(FormLine::Issued),
            issued_by: values.issued_by(),
            missing: values.missing(),
            precinct,
            received: values.count(FormLine::Received),
            voters: values.count(FormLine::Voters),
        }),
        "protocol-signed" => {
            Fact::ProtocolSigned(ProtocolSigned { precinct, protocol: values.protocol(sheet)? })
        }
        "copies-issued" => Fact::CopiesIssued(CopiesIssued {
            copies: values.count(FormLine::Copies),
            posted: values.posted(),
            precinct,
            protocol: current_protocol(sheet),
        }),
        _ => return None,
    };
    let papers = filled.values().filter_map(|value| match value {
        FormValue::File(path, _) | FormValue::Missing(_, Some((path, _))) => Some(path.clone()),
        _ => None,
    });
    let votes = filled.iter().filter_map(|(slot, value)| match (slot, value) {
        (FormLine::Votes(id), FormValue::Count(votes)) => Some((id.clone(), *votes)),
        _ => None,
    });
    Some(FormStatement {
        fact,
        seats: values.signing_seats(),
        papers: papers.collect(),
        votes: votes.collect(),
    })
}

/// The figures of a form that may be filled in half, for sums alone: a line that is not there counts as zero, and damaged ballots
/// count before their act is named.
#[must_use]
pub fn add_up_count(sheet: &FormSubject<'_>, filled: &Filled) -> Count {
    let values = FilledValues(filled);
    let mut count = values.protocol_count(sheet);
    let damaged = values.count(FormLine::Damaged);
    count.damaged = (damaged > 0).then(|| Damaged { act: Document::public(b""), count: damaged });
    count
}

/// The protocol that counts, as far as the book knows; zeros, which the law refuses, where there is none.
fn current_protocol(sheet: &FormSubject<'_>) -> Hash {
    let election = sheet.state.elections.get(sheet.election);
    let poll = election.and_then(|election| election.polls.get(sheet.precinct));
    poll.and_then(|poll| poll.current()).map_or(Hash::ZERO, |record| record.event)
}

struct FilledValues<'a>(&'a Filled);

impl FilledValues<'_> {
    /// A figure; every line of a form read without a fault has one.
    fn count(&self, slot: FormLine) -> u64 {
        match self.0.get(&slot) {
            Some(FormValue::Count(number)) => *number,
            _ => 0,
        }
    }

    fn words(&self, slot: FormLine) -> Option<Text> {
        match self.0.get(&slot) {
            Some(FormValue::Words(words)) => Some(words.clone()),
            _ => None,
        }
    }

    fn time(&self, slot: FormLine) -> Option<Time> {
        match self.0.get(&slot) {
            Some(FormValue::Time(time)) => Some(time.clone()),
            _ => None,
        }
    }

    fn document(&self, slot: FormLine) -> Option<Document> {
        match self.0.get(&slot) {
            Some(FormValue::File(_, document)) => Some(document.clone()),
            _ => None,
        }
    }

    fn posted(&self) -> bool {
        self.0.get(&FormLine::Posted) == Some(&FormValue::Yes(true))
    }

    /// Those who issued none are not among those who issued.
    fn issued_by(&self) -> Vec<Share> {
        let share = |(slot, value): (&FormLine, &FormValue)| match (slot, value) {
            (FormLine::IssuedBy(seat), FormValue::Count(issued)) if *issued > 0 => {
                Some(Share { issued: *issued, seat: seat.clone() })
            }
            _ => None,
        };
        self.0.iter().filter_map(share).collect()
    }

    fn missing(&self) -> Vec<Missing> {
        let missing = |(slot, value): (&FormLine, &FormValue)| match (slot, value) {
            (FormLine::Member(seat), FormValue::Missing(reason, opinion)) => {
                let opinion = opinion.as_ref().map(|(_, document)| document.clone());
                Some(Missing { opinion, reason: *reason, seat: seat.clone() })
            }
            _ => None,
        };
        self.0.iter().filter_map(missing).collect()
    }

    fn signing_seats(&self) -> Vec<Id> {
        let signs = |(slot, value): (&FormLine, &FormValue)| match (slot, value) {
            (FormLine::Member(seat), FormValue::Signs) => Some(seat.clone()),
            _ => None,
        };
        self.0.iter().filter_map(signs).collect()
    }

    fn explanations(&self) -> Vec<Explanation> {
        let explained = |value: &FormValue| match value {
            FormValue::Explained(rule, text) => {
                Some(Explanation { rule: Text::new(rule.id()).ok()?, text: text.clone() })
            }
            _ => None,
        };
        let mut all: Vec<Explanation> = self.0.values().filter_map(explained).collect();
        all.sort_by(|a, b| a.rule.as_str().cmp(b.rule.as_str()));
        all
    }

    fn protocol(&self, sheet: &FormSubject<'_>) -> Option<Protocol> {
        sheet.state.elections.get(sheet.election)?;
        Some(Protocol {
            count: self.protocol_count(sheet),
            ended: self.time(FormLine::Ended)?,
            explanations: self.explanations(),
            missing: self.missing(),
            paper: self.document(FormLine::Paper),
            started: self.time(FormLine::Started)?,
        })
    }

    /// The figures; a line that was not read counts as zero.
    fn protocol_count(&self, sheet: &FormSubject<'_>) -> Count {
        let lines = sheet.state.elections.get(sheet.election).map(Election::ballot_lines).unwrap_or_default();
        let votes = |id: &Id| Votes { candidate: id.clone(), votes: self.count(FormLine::Votes(id.clone())) };
        let portable = |n| Portable {
            act: self.document(FormLine::BoxAct(n)),
            applications: self.count(FormLine::BoxApplications(n)),
            found: self.count(FormLine::BoxFound(n)),
        };
        Count {
            absentee: self.count(FormLine::Absentee),
            against_all: self.count(FormLine::AgainstAll),
            cancelled: self.count(FormLine::Cancelled),
            damaged: self.damaged(),
            found: self.count(FormLine::Found),
            home_applications: self.count(FormLine::HomeApplications),
            invalid: self.count(FormLine::Invalid),
            issued: self.count(FormLine::Issued),
            issued_by: self.issued_by(),
            portable: (1..=sheet.boxes).map(portable).collect(),
            received: self.count(FormLine::Received),
            stationary: self.count(FormLine::Stationary),
            voters: self.count(FormLine::Voters),
            votes: lines.iter().map(votes).collect(),
        }
    }

    /// Damaged ballots stand with their act, which the form does not read without.
    fn damaged(&self) -> Option<Damaged> {
        let count = self.count(FormLine::Damaged);
        Some(Damaged { act: self.document(FormLine::DamagedAct)?, count }).filter(|damaged| damaged.count > 0)
    }
}
