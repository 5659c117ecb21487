//! Which lines a form has: the figures of the law (art. 43), in the order in which they are established.
//!
//! In: one list for each fact that a precinct states on its own. Out: what the lines may say (`value`).
//!
//! The numbers of `ballots-accounted` are those that the same figures have in `protocol-signed`.

use std::path::Path;

use event::Id;
use law::{
    State,
    state::{Election, Seat},
};

use super::{Blank, Form, Ground, Part, Slot};
use crate::texts::{law, say};

/// Facts with a form, and the desk that states each unless somebody else is named.
pub(crate) const FACTS: [(&str, &str); 6] = [
    ("precinct-opened", "chair"),
    ("turnout-reported", "secretary"),
    ("voting-closed", "chair"),
    ("ballots-accounted", "board"),
    ("protocol-signed", "board"),
    ("copies-issued", "secretary"),
];

/// What a form is about.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sheet<'a> {
    pub(crate) state: &'a State,
    pub(crate) election: &'a Id,
    pub(crate) precinct: &'a Id,
    pub(crate) author: &'a Id,
    /// The place in the chain, as `board-1`.
    pub(crate) place: &'a str,
    /// How many portable boxes there were.
    pub(crate) boxes: usize,
    /// Where named files are looked for.
    pub(crate) dir: &'a Path,
}

impl Sheet<'_> {
    /// The empty form of a fact; none for a fact without one.
    pub(crate) fn form(&self, fact: &str) -> Option<Form> {
        let parts = match fact {
            "precinct-opened" => {
                let lines = [("1", Slot::Ballots, "form-ballots"), ("2", Slot::Boxes, "form-boxes")];
                vec![part("form-part-day", &lines), stands_in("3")]
            }
            "turnout-reported" => vec![part("form-part-day", &[("1", Slot::Issued, "form-issued-so-far")])],
            "voting-closed" => vec![stands_in("1")],
            "ballots-accounted" => vec![self.ballots(), self.home(false), self.members()],
            "protocol-signed" => vec![
                self.ballots(),
                self.home(true),
                self.votes(),
                part(
                    "form-part-times",
                    &[("14", Slot::Started, "form-started"), ("15", Slot::Ended, "form-ended")],
                ),
                self.members(),
                part("form-part-paper", &[("17", Slot::Paper, "form-paper")]),
                explanations(),
            ],
            "copies-issued" => {
                let lines = [("1", Slot::Copies, "form-copies"), ("2", Slot::Posted, "form-posted")];
                vec![part("form-part-copies", &lines)]
            }
            _ => return None,
        };
        Some(Form {
            identity: format!("{fact} {} {} {}", self.election, self.precinct, self.place),
            intro: self.intro(fact),
            parts,
            ground: Ground { dir: self.dir.to_owned(), offset: self.offset() },
        })
    }

    fn intro(&self, fact: &str) -> Vec<String> {
        let number = self.state.precincts.get(self.precinct).map_or("", |own| own.formed.number.as_str());
        let election = self.own().map_or("", |election| election.called.name.as_str());
        let args = [("number", number.into()), ("election", election.into())];
        let mut intro = vec![
            format!("{} ({fact})", law(&format!("fact-{fact}"))),
            say("form-precinct", &args),
            String::new(),
        ];
        intro.push(say("form-how", &[]));
        if matches!(fact, "ballots-accounted" | "protocol-signed") {
            intro.push(say("form-how-members", &[]));
        }
        if fact == "protocol-signed" {
            intro.push(say("form-how-explained", &[]));
        }
        intro
    }

    /// The offset of the place, as the calendar writes it.
    fn offset(&self) -> String {
        let ends = self.own().map(|election| election.calendar.voting_ends.to_string()).unwrap_or_default();
        ends.get(19..).unwrap_or_default().to_owned()
    }

    fn own(&self) -> Option<&Election> {
        self.state.elections.get(self.election)
    }

    /// The officers first, as a commission lists itself.
    fn seats(&self) -> Vec<&Seat> {
        seats(self.state, self.author)
    }

    /// Fixed before any box is opened: lists and ballots.
    fn ballots(&self) -> Part {
        let first = [
            ("1", Slot::Voters, "form-voters"),
            ("2", Slot::Received, "form-received"),
            ("3", Slot::Issued, "form-issued"),
        ];
        let mut part = part("form-part-ballots", &first);
        for (n, seat) in self.seats().into_iter().enumerate() {
            let label = say("form-issued-by", &[("seat", named(seat).into())]);
            part.blanks.push(Blank {
                number: format!("3.{}", n + 1),
                slot: Slot::IssuedBy(seat.seat.clone()),
                label,
            });
        }
        part.blanks.push(blank("4", Slot::Cancelled, "form-cancelled"));
        part
    }

    /// Voting at home; after the count also what lay in the portable boxes, and what is damaged.
    fn home(&self, counted: bool) -> Part {
        let mut part = part("form-part-home", &[]);
        if counted {
            part.blanks.push(blank("5", Slot::Damaged, "form-damaged"));
            part.blanks.push(blank("5.1", Slot::DamagedAct, "form-damaged-act"));
        }
        part.blanks.push(blank("6", Slot::HomeApplications, "form-home"));
        for n in (1..=self.boxes).filter(|_| counted) {
            let lines = [
                (1, Slot::BoxApplications(n), "form-box-applications"),
                (2, Slot::BoxFound(n), "form-box-found"),
                (3, Slot::BoxAct(n), "form-box-act"),
            ];
            part.blanks.extend(lines.map(|(line, slot, id)| Blank {
                number: format!("7.{n}.{line}"),
                slot,
                label: say(id, &[("n", n.to_string().into())]),
            }));
        }
        part
    }

    /// What the boxes held, in the order of the ballot.
    fn votes(&self) -> Part {
        let first = [
            ("8", Slot::Stationary, "form-stationary"),
            ("9", Slot::Found, "form-found"),
            ("10", Slot::Invalid, "form-invalid"),
        ];
        let mut part = part("form-part-votes", &first);
        let election = self.own();
        for (n, id) in election.map(Election::lines).unwrap_or_default().iter().enumerate() {
            let name = election.and_then(|election| election.candidates.get(id));
            let name = name.map_or(id.as_str(), |candidate| candidate.nominated.name_kk.as_str());
            let label = say("form-votes", &[("name", name.into())]);
            part.blanks.push(Blank { number: format!("11.{}", n + 1), slot: Slot::Votes(id.clone()), label });
        }
        part.blanks.push(blank("12", Slot::AgainstAll, "form-against-all"));
        part.blanks.push(blank("13", Slot::Absentee, "form-absentee"));
        part
    }

    fn members(&self) -> Part {
        let mut part = part("form-part-members", &[]);
        for (n, seat) in self.seats().into_iter().enumerate() {
            let (number, slot) = (format!("16.{}", n + 1), Slot::Member(seat.seat.clone()));
            part.blanks.push(Blank { number, slot, label: named(seat) });
        }
        part
    }
}

/// The seats of a commission, its officers first.
pub(crate) fn seats<'a>(state: &'a State, commission: &Id) -> Vec<&'a Seat> {
    let commission = state.commissions.get(commission);
    let mut seats: Vec<&Seat> = commission.iter().flat_map(|commission| &commission.seats).collect();
    let rank = |seat: &Seat| OFFICERS.iter().position(|(id, _)| *id == seat.seat.as_str());
    seats.sort_by_key(|seat| (rank(seat).unwrap_or(OFFICERS.len()), seat.seat.clone()));
    seats
}

/// Seats with a name of their own.
const OFFICERS: [(&str, &str); 3] =
    [("chair", "seat-chair"), ("deputy", "seat-deputy"), ("secretary", "seat-secretary")];

/// A seat with the name of its member, as far as the ledger has it.
pub(crate) fn named(seat: &Seat) -> String {
    let id = seat.seat.as_str();
    let words = OFFICERS.iter().find(|(officer, _)| *officer == id).map_or("seat-member", |(_, words)| words);
    let name = seat.name.as_deref().map_or_else(String::new, |name| format!(" {name}"));
    format!("{}{name} ({id})", say(words, &[]))
}

fn explanations() -> Part {
    let mut part = part("form-part-explained", &[]);
    part.blanks.extend((1..=3).map(|n| {
        let (number, slot) = (format!("18.{n}"), Slot::Explanation(n));
        Blank { number, slot, label: say("form-explanation", &[]) }
    }));
    part
}

fn stands_in(number: &str) -> Part {
    part("form-part-stands-in", &[(number, Slot::StandsIn, "form-stands-in")])
}

fn part(heading: &str, lines: &[(&str, Slot, &str)]) -> Part {
    let blanks = lines.iter().map(|(number, slot, id)| blank(number, slot.clone(), id)).collect();
    Part { heading: say(heading, &[]), blanks }
}

fn blank(number: &str, slot: Slot, id: &str) -> Blank {
    Blank { number: number.to_owned(), slot, label: say(id, &[]) }
}
