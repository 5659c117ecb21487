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
use texts::{Lang, Value};

use crate::texts::{lang, own};

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

/// The same in one language.
struct Printed<'a> {
    sheet: Sheet<'a>,
    lang: Lang,
}

impl Sheet<'_> {
    /// The empty form of a fact; none for a fact without one. Each line knows its words in every language: a line that was
    /// written in another is still read, and one whose words were changed is not.
    pub(crate) fn form(&self, fact: &str) -> Option<Form> {
        let mut form = Printed { sheet: *self, lang: lang() }.form(fact)?;
        for other in [Lang::Kk, Lang::Ru, Lang::En] {
            let printed = Printed { sheet: *self, lang: other }.form(fact)?;
            let blanks = form.parts.iter_mut().flat_map(|part| &mut part.blanks);
            for (own, other) in blanks.zip(printed.parts.into_iter().flat_map(|part| part.blanks)) {
                own.also.push(other.label);
            }
        }
        Some(form)
    }
}

impl Sheet<'_> {
    /// Which form it is; for a protocol also for how many portable boxes, so that none is lost with its lines.
    pub(crate) fn identity(&self, fact: &str) -> String {
        let boxes = if fact == "protocol-signed" { format!(" boxes-{}", self.boxes) } else { String::new() };
        format!("{fact} {} {} {}{boxes}", self.election, self.precinct, self.place)
    }
}

impl Printed<'_> {
    fn say(&self, id: &str, args: &[(&str, Value<'_>)]) -> String {
        own().text(self.lang, id, args)
    }

    fn form(&self, fact: &str) -> Option<Form> {
        let parts = match fact {
            "precinct-opened" => {
                let lines = [("1", Slot::Ballots, "form-ballots"), ("2", Slot::Boxes, "form-boxes")];
                vec![self.part("form-part-day", &lines), self.stands_in("3")]
            }
            "turnout-reported" => {
                vec![self.part("form-part-day", &[("1", Slot::Issued, "form-issued-so-far")])]
            }
            "voting-closed" => vec![self.stands_in("1")],
            "ballots-accounted" => vec![self.ballots(), self.home(false), self.members()],
            "protocol-signed" => vec![
                self.ballots(),
                self.home(true),
                self.votes(),
                self.part(
                    "form-part-times",
                    &[("14", Slot::Started, "form-started"), ("15", Slot::Ended, "form-ended")],
                ),
                self.members(),
                self.part("form-part-paper", &[("17", Slot::Paper, "form-paper")]),
                self.explanations(),
            ],
            "copies-issued" => {
                let lines = [("1", Slot::Copies, "form-copies"), ("2", Slot::Posted, "form-posted")];
                vec![self.part("form-part-copies", &lines)]
            }
            _ => return None,
        };
        Some(Form {
            identity: self.sheet.identity(fact),
            intro: self.intro(fact),
            parts,
            ground: Ground { dir: self.sheet.dir.to_owned(), offset: self.offset() },
        })
    }

    fn intro(&self, fact: &str) -> Vec<String> {
        let number =
            self.sheet.state.precincts.get(self.sheet.precinct).map_or("", |own| own.formed.number.as_str());
        let election = self.own().map_or("", |election| election.called.name.as_str());
        let args = [("number", number.into()), ("election", election.into())];
        let mut intro = vec![
            format!("{} ({fact})", texts::text(self.lang, &format!("fact-{fact}"), &[])),
            self.say("form-precinct", &args),
            String::new(),
        ];
        intro.push(self.say("form-how", &[]));
        if matches!(fact, "ballots-accounted" | "protocol-signed") {
            intro.push(self.say("form-how-members", &[]));
        }
        if fact == "protocol-signed" {
            intro.push(self.say("form-how-explained", &[]));
        }
        intro
    }

    /// The offset of the place, as the calendar writes it.
    fn offset(&self) -> String {
        let ends = self.own().map(|election| election.calendar.voting_ends.to_string()).unwrap_or_default();
        ends.get(19..).unwrap_or_default().to_owned()
    }

    fn own(&self) -> Option<&Election> {
        self.sheet.state.elections.get(self.sheet.election)
    }

    /// The officers first, as a commission lists itself.
    fn seats(&self) -> Vec<&Seat> {
        seats(self.sheet.state, self.sheet.author)
    }

    /// Fixed before any box is opened: lists and ballots.
    fn ballots(&self) -> Part {
        let first = [
            ("1", Slot::Voters, "form-voters"),
            ("2", Slot::Received, "form-received"),
            ("3", Slot::Issued, "form-issued"),
        ];
        let mut part = self.part("form-part-ballots", &first);
        for (n, seat) in self.seats().into_iter().enumerate() {
            let label = self.say("form-issued-by", &[("seat", named(self.lang, seat).into())]);
            part.blanks.push(Blank {
                number: format!("3.{}", n + 1),
                slot: Slot::IssuedBy(seat.seat.clone()),
                label,
                also: Vec::new(),
            });
        }
        part.blanks.push(self.blank("4", Slot::Cancelled, "form-cancelled"));
        part
    }

    /// Voting at home; after the count also what lay in the portable boxes, and what is damaged.
    fn home(&self, counted: bool) -> Part {
        let mut part = self.part("form-part-home", &[]);
        if counted {
            part.blanks.push(self.blank("5", Slot::Damaged, "form-damaged"));
            part.blanks.push(self.blank("5.1", Slot::DamagedAct, "form-damaged-act"));
        }
        part.blanks.push(self.blank("6", Slot::HomeApplications, "form-home"));
        for n in (1..=self.sheet.boxes).filter(|_| counted) {
            let lines = [
                (1, Slot::BoxApplications(n), "form-box-applications"),
                (2, Slot::BoxFound(n), "form-box-found"),
                (3, Slot::BoxAct(n), "form-box-act"),
            ];
            part.blanks.extend(lines.map(|(line, slot, id)| Blank {
                number: format!("7.{n}.{line}"),
                slot,
                label: self.say(id, &[("n", n.to_string().into())]),
                also: Vec::new(),
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
        let mut part = self.part("form-part-votes", &first);
        let election = self.own();
        for (n, id) in election.map(Election::lines).unwrap_or_default().iter().enumerate() {
            let name = election.and_then(|election| election.candidates.get(id));
            let name = name.map_or(id.as_str(), |candidate| candidate.nominated.name_kk.as_str());
            let label = self.say("form-votes", &[("name", name.into())]);
            part.blanks.push(Blank {
                number: format!("11.{}", n + 1),
                slot: Slot::Votes(id.clone()),
                label,
                also: Vec::new(),
            });
        }
        part.blanks.push(self.blank("12", Slot::AgainstAll, "form-against-all"));
        part.blanks.push(self.blank("13", Slot::Absentee, "form-absentee"));
        part
    }

    fn members(&self) -> Part {
        let mut part = self.part("form-part-members", &[]);
        for (n, seat) in self.seats().into_iter().enumerate() {
            let (number, slot) = (format!("16.{}", n + 1), Slot::Member(seat.seat.clone()));
            part.blanks.push(Blank { number, slot, label: named(self.lang, seat), also: Vec::new() });
        }
        part
    }

    fn explanations(&self) -> Part {
        let mut part = self.part("form-part-explained", &[]);
        part.blanks.extend((1..=3).map(|n| {
            let (number, slot) = (format!("18.{n}"), Slot::Explanation(n));
            Blank { number, slot, label: self.say("form-explanation", &[]), also: Vec::new() }
        }));
        part
    }

    fn stands_in(&self, number: &str) -> Part {
        self.part("form-part-stands-in", &[(number, Slot::StandsIn, "form-stands-in")])
    }

    fn part(&self, heading: &str, lines: &[(&str, Slot, &str)]) -> Part {
        let blanks = lines.iter().map(|(number, slot, id)| self.blank(number, slot.clone(), id)).collect();
        Part { heading: self.say(heading, &[]), blanks }
    }

    fn blank(&self, number: &str, slot: Slot, id: &str) -> Blank {
        Blank { number: number.to_owned(), slot, label: self.say(id, &[]), also: Vec::new() }
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
pub(crate) fn named(lang: Lang, seat: &Seat) -> String {
    let id = seat.seat.as_str();
    let words = OFFICERS.iter().find(|(officer, _)| *officer == id).map_or("seat-member", |(_, words)| words);
    let name = seat.name.as_deref().map_or_else(String::new, |name| format!(" {name}"));
    format!("{}{name} ({id})", own().text(lang, words, &[]))
}
