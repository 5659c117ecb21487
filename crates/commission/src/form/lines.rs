//! Which lines a form has: the figures of the law (art. 43), in the order in which they are established.
//!
//! The numbers of `ballots-accounted` are those that the same figures have in `protocol-signed`.

use std::path::Path;

use event::Id;
use law::{
    State,
    state::{Election, Seat},
};

use texts::{
    Language, Value, election_name,
    paper::{PaperLine, note_on_numbers},
    program::{answer_language, program_catalogue},
};

use super::{
    blank_form::{Blank, Form, FormPart},
    slot::FormLine,
    value::ValueContext,
};

/// Facts with a form, and the desk that states each unless somebody else is named.
pub const FACTS: [(&str, &str); 6] = [
    ("precinct-opened", "chair"),
    ("turnout-reported", "secretary"),
    ("voting-closed", "chair"),
    ("ballots-accounted", "board"),
    ("protocol-signed", "board"),
    ("copies-issued", "secretary"),
];

/// The desk that states a fact unless somebody else is named.
#[must_use]
pub fn usual_desk(fact: &str) -> &'static str {
    FACTS.iter().find(|(name, _)| *name == fact).map_or("board", |(_, desk)| *desk)
}

/// What a form is about.
#[derive(Debug, Clone, Copy)]
pub struct FormSubject<'a> {
    /// What the book holds of the ledger.
    pub state: &'a State,
    /// The election.
    pub election: &'a Id,
    /// The precinct.
    pub precinct: &'a Id,
    /// The commission of the precinct.
    pub author: &'a Id,
    /// The place in the chain, as `board-1`.
    pub place: &'a str,
    /// How many portable boxes there were.
    pub boxes: usize,
    /// Where named files are looked for.
    pub dir: &'a Path,
}

/// The same in one language.
struct FormInLanguage<'a> {
    sheet: FormSubject<'a>,
    lang: Language,
}

impl FormSubject<'_> {
    /// The empty form of a fact; none for a fact without one. Each line knows its words in every language: a line that was
    /// written in another is still read, and one whose words were changed is not.
    #[must_use]
    pub fn empty_form(&self, fact: &str) -> Option<Form> {
        let mut form = FormInLanguage { sheet: *self, lang: answer_language() }.empty_form(fact)?;
        for other in [Language::Kk, Language::Ru, Language::En] {
            let printed = FormInLanguage { sheet: *self, lang: other }.empty_form(fact)?;
            let blanks = form.parts.iter_mut().flat_map(|part| &mut part.blanks);
            for (own, other) in blanks.zip(printed.parts.into_iter().flat_map(|part| part.blanks)) {
                own.also.push(other.label);
            }
        }
        Some(form)
    }
}

impl FormSubject<'_> {
    /// Which form it is; for a protocol also for how many portable boxes, so that none is lost with its lines.
    #[must_use]
    pub fn identity(&self, fact: &str) -> String {
        let boxes = if fact == "protocol-signed" { format!(" boxes-{}", self.boxes) } else { String::new() };
        format!("{fact} {} {} {}{boxes}", self.election, self.precinct, self.place)
    }
}

impl FormInLanguage<'_> {
    fn say(&self, id: &str, args: &[(&str, Value<'_>)]) -> String {
        program_catalogue().format_text(self.lang, id, args)
    }

    fn empty_form(&self, fact: &str) -> Option<Form> {
        let parts = match fact {
            "precinct-opened" => {
                let lines = [("1", FormLine::Ballots, "form-ballots"), ("2", FormLine::Boxes, "form-boxes")];
                vec![self.part_of("form-part-day", &lines), self.stands_in_part("3")]
            }
            "turnout-reported" => {
                vec![self.part_of("form-part-day", &[("1", FormLine::Issued, "form-issued-so-far")])]
            }
            "voting-closed" => vec![self.stands_in_part("1")],
            "ballots-accounted" => vec![self.ballots_part(false), self.home_part(false), self.members_part()],
            "protocol-signed" => vec![
                self.ballots_part(true),
                self.home_part(true),
                self.votes_part(),
                self.lines_part(
                    "form-part-times",
                    [(PaperLine::Started, FormLine::Started), (PaperLine::Ended, FormLine::Ended)],
                ),
                self.members_part(),
                self.lines_part("form-part-paper", [(PaperLine::Paper, FormLine::Paper)]),
                self.explanations_part(),
            ],
            "copies-issued" => {
                let lines = [("1", FormLine::Copies, "form-copies"), ("2", FormLine::Posted, "form-posted")];
                vec![self.part_of("form-part-copies", &lines)]
            }
            _ => return None,
        };
        Some(Form {
            identity: self.sheet.identity(fact),
            intro: self.intro_lines(fact),
            parts,
            ground: ValueContext {
                dir: self.sheet.dir.to_owned(),
                offset: self.local_offset(),
                closed: self.find_election().map(|election| election.calendar.voting_ends.clone()),
            },
        })
    }

    fn intro_lines(&self, fact: &str) -> Vec<String> {
        let number =
            self.sheet.state.precincts.get(self.sheet.precinct).map_or("", |own| own.formed.number.as_str());
        let election = self.find_election().map_or("", |election| election_name(election, self.lang));
        let args = [("number", number.into()), ("election", election.into())];
        let mut intro = vec![
            format!("{} ({fact})", texts::law_text(self.lang, &format!("fact-{fact}"), &[])),
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
        if matches!(fact, "ballots-accounted" | "protocol-signed") {
            intro.push(note_on_numbers(self.lang));
        }
        intro
    }

    /// The offset of the place, as the calendar writes it.
    fn local_offset(&self) -> String {
        let ends = self
            .find_election()
            .map(|election| election.calendar.voting_ends.to_string())
            .unwrap_or_default();
        ends.get(19..).unwrap_or_default().to_owned()
    }

    fn find_election(&self) -> Option<&Election> {
        self.sheet.state.elections.get(self.sheet.election)
    }

    /// The officers first, as a commission lists itself.
    fn seats_in_order(&self) -> Vec<&Seat> {
        list_seats(self.sheet.state, self.sheet.author)
    }

    /// Fixed before any box is opened: lists and ballots; after the count also what is damaged.
    fn ballots_part(&self, counted: bool) -> FormPart {
        let mut part = self.part_of("form-part-ballots", &[]);
        part.blanks = vec![
            self.line(PaperLine::Voters, FormLine::Voters),
            self.line(PaperLine::Received, FormLine::Received),
            self.line(PaperLine::Issued, FormLine::Issued),
        ];
        for (n, seat) in self.seats_in_order().into_iter().enumerate() {
            let args = [("seat", name_seat(self.lang, seat).into())];
            let slot = FormLine::IssuedBy(seat.seat.clone());
            part.blanks.push(self.line_under(PaperLine::IssuedBy, n + 1, slot, &args));
        }
        part.blanks.push(self.line(PaperLine::Cancelled, FormLine::Cancelled));
        if counted {
            part.blanks.push(self.line(PaperLine::Damaged, FormLine::Damaged));
            part.blanks.push(self.line(PaperLine::DamagedAct, FormLine::DamagedAct));
        }
        part
    }

    /// Voting at home; after the count also what lay in the portable boxes.
    fn home_part(&self, counted: bool) -> FormPart {
        let mut part = self.part_of("form-part-home", &[]);
        part.blanks.push(self.line(PaperLine::HomeApplications, FormLine::HomeApplications));
        for n in (1..=self.sheet.boxes).filter(|_| counted) {
            let lines = [
                (PaperLine::BoxApplications, FormLine::BoxApplications(n)),
                (PaperLine::BoxFound, FormLine::BoxFound(n)),
                (PaperLine::BoxAct, FormLine::BoxAct(n)),
            ];
            part.blanks.extend(lines.into_iter().zip(1..).map(|((line, slot), place)| Blank {
                number: format!("{}.{place}", line.number_under(n)),
                slot,
                label: line.words(self.lang, &[("n", n.to_string().into())]),
                also: Vec::new(),
            }));
        }
        part
    }

    /// What the boxes held, in the order of the ballot.
    fn votes_part(&self) -> FormPart {
        let mut part = self.part_of("form-part-votes", &[]);
        part.blanks = vec![
            self.line(PaperLine::Stationary, FormLine::Stationary),
            self.line(PaperLine::Found, FormLine::Found),
            self.line(PaperLine::Invalid, FormLine::Invalid),
        ];
        let election = self.find_election();
        for (n, id) in election.map(Election::ballot_lines).unwrap_or_default().iter().enumerate() {
            let name = election.and_then(|election| election.candidates.get(id));
            let name = name.map_or(id.as_str(), |candidate| candidate.nominated.name_kk.as_str());
            let slot = FormLine::Votes(id.clone());
            part.blanks.push(self.line_under(PaperLine::VotesFor, n + 1, slot, &[("name", name.into())]));
        }
        part.blanks.push(self.line(PaperLine::AgainstAll, FormLine::AgainstAll));
        part.blanks.push(self.line(PaperLine::Absentee, FormLine::Absentee));
        part
    }

    fn members_part(&self) -> FormPart {
        let mut part = self.part_of("form-part-members", &[]);
        for (n, seat) in self.seats_in_order().into_iter().enumerate() {
            let (number, slot) = (PaperLine::Member.number_under(n + 1), FormLine::Member(seat.seat.clone()));
            part.blanks.push(Blank { number, slot, label: name_seat(self.lang, seat), also: Vec::new() });
        }
        part
    }

    fn explanations_part(&self) -> FormPart {
        let mut part = self.part_of("form-part-explained", &[]);
        part.blanks.extend(
            (1..=3).map(|n| self.line_under(PaperLine::Explanation, n, FormLine::Explanation(n), &[])),
        );
        part
    }

    fn stands_in_part(&self, number: &str) -> FormPart {
        self.part_of("form-part-stands-in", &[(number, FormLine::StandsIn, "form-stands-in")])
    }

    fn part_of(&self, heading: &str, lines: &[(&str, FormLine, &str)]) -> FormPart {
        let blanks = lines.iter().map(|(number, slot, id)| self.blank_of(number, slot.clone(), id)).collect();
        FormPart { heading: self.say(heading, &[]), blanks }
    }

    fn lines_part<const N: usize>(&self, heading: &str, lines: [(PaperLine, FormLine); N]) -> FormPart {
        let blanks = lines.into_iter().map(|(line, slot)| self.line(line, slot)).collect();
        FormPart { heading: self.say(heading, &[]), blanks }
    }

    /// A line of the protocol, as the paper numbers and words it.
    fn line(&self, line: PaperLine, slot: FormLine) -> Blank {
        let number = line.number().unwrap_or_default().to_owned();
        Blank { number, slot, label: line.words(self.lang, &[]), also: Vec::new() }
    }

    fn line_under(&self, line: PaperLine, place: usize, slot: FormLine, args: &[(&str, Value<'_>)]) -> Blank {
        Blank { number: line.number_under(place), slot, label: line.words(self.lang, args), also: Vec::new() }
    }

    fn blank_of(&self, number: &str, slot: FormLine, id: &str) -> Blank {
        Blank { number: number.to_owned(), slot, label: self.say(id, &[]), also: Vec::new() }
    }
}

/// The seats of a commission, its officers first.
#[must_use]
pub fn list_seats<'a>(state: &'a State, commission: &Id) -> Vec<&'a Seat> {
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
#[must_use]
pub fn name_seat(lang: Language, seat: &Seat) -> String {
    let id = seat.seat.as_str();
    let words = OFFICERS.iter().find(|(officer, _)| *officer == id).map_or("seat-member", |(_, words)| words);
    let name = seat.name.as_deref().map_or_else(String::new, |name| format!(" {name}"));
    format!("{}{name} ({id})", program_catalogue().format_text(lang, words, &[]))
}
