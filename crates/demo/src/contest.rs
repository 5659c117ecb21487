//! One election of a demo: where, when, who stands, what each precinct counted; ids, times and documents that follow from it,
//! so that one script plays any of them.

use event::{Document, Id, Text, Time, json::Fault};
use law::facts::{Ground, Method, ObserversCounted, Office, SyntheticKind};

use crate::{
    act::{Act, Needs, Write},
    seed::draw_figure,
};

/// Names of a contest in both languages of the state.
#[derive(Debug, Clone, Copy)]
pub struct ContestNames {
    /// The election in Kazakh.
    pub kk: &'static str,
    /// Its territory in Kazakh.
    pub territory_kk: &'static str,
    /// Its territory in Russian.
    pub territory_ru: &'static str,
}

/// An election as the script plays it.
#[derive(Debug, Clone)]
pub struct Contest {
    /// What its ids are made of: `semey` gives `tec-semey`, `semey-001`, `pec-semey-001`.
    pub slug: String,
    /// The election's id.
    pub election: String,
    /// The seed of its figures.
    pub seed: String,
    /// The first second of the voting day on the spot, since 1970.
    pub midnight: i64,
    /// Hours that its clocks are ahead of UTC.
    pub zone: i8,
    /// What people call it.
    pub name: String,
    /// The same in Kazakh, and the territory in Kazakh and in Russian, where the script has them.
    pub names: Option<ContestNames>,
    /// Which akim is elected.
    pub office: Office,
    /// Why it is held.
    pub ground: Ground,
    /// Code of the territory.
    pub territory: String,
    /// Code that its precincts carry.
    pub kato: String,
    /// Id and name of the oblast commission.
    pub oblast: (String, String),
    /// Name of the territorial commission.
    pub commission: String,
    /// Who is nominated, in the order of nomination.
    pub people: Vec<Nominee>,
    /// Lines of the approved ballot: places in `people`, in the order of the Kazakh alphabet.
    pub ballot: Vec<usize>,
    /// The one of them who withdraws: a place in `people`.
    pub withdraws: Option<usize>,
    /// The precincts.
    pub precincts: Vec<PrecinctFigures>,
    /// Votes on the wrong line of one precinct, until a recount is ordered.
    pub miscounted: Option<CountingMistake>,
    /// Two lines of one precinct that change places when the paper is typed in.
    pub mistyped: Option<CountingMistake>,
    /// Number of the certificate.
    pub certificate: String,
    /// Who watches.
    pub watched: Option<ObserversCounted>,
    /// Kinds of papers that are public here; all of them, if there is no list.
    pub public: Option<&'static [&'static str]>,
    /// What of it is made up, beside what is in every election of its ledger.
    pub synthetic: Vec<SyntheticKind>,
}

/// A candidate.
#[derive(Debug, Clone)]
pub struct Nominee {
    /// The id.
    pub id: String,
    /// In Kazakh.
    pub name_kk: String,
    /// In Russian.
    pub name_ru: String,
    /// Year of birth.
    pub birth_year: u64,
    /// How nominated.
    pub method: Method,
    /// By which party.
    pub party: Option<String>,
    /// How many days before the voting, where that is printed; the others come by one from the 45th day before on.
    pub nominated_before: Option<i64>,
}

/// A mistake at one precinct.
#[derive(Debug, Clone, Copy)]
pub struct CountingMistake {
    /// Its number.
    pub precinct: usize,
    /// The line that loses.
    pub from: usize,
    /// The line that gains.
    pub to: usize,
    /// How many votes.
    pub votes: u64,
}

/// The figures of one precinct.
#[derive(Debug, Clone, Default)]
pub struct PrecinctFigures {
    /// Number, from 1.
    pub number: usize,
    /// In a closed institution.
    pub closed: bool,
    /// Voters on the list.
    pub voters: u64,
    /// Members of its commission.
    pub members: usize,
    /// Ballots received.
    pub received: u64,
    /// Ballots issued.
    pub issued: u64,
    /// Of them on absentee certificates.
    pub absentee: u64,
    /// Ballots damaged, with an act.
    pub damaged: u64,
    /// Ballots found in the boxes.
    pub found: u64,
    /// Of them in the portable box.
    pub portable: u64,
    /// Invalid ballots.
    pub invalid: u64,
    /// Votes by the lines of the ballot on voting day, and against all last.
    pub votes: Vec<u64>,
    /// Ballots issued so far, at hours of the voting day.
    pub reports: Vec<(&'static str, u64)>,
    /// Proxies registered: line of the ballot, how many.
    pub proxies: Option<(usize, u64)>,
}

impl Contest {
    /// The territorial commission.
    #[must_use]
    pub fn tec_id(&self) -> String {
        format!("tec-{}", self.slug)
    }

    /// A precinct's id.
    #[must_use]
    pub fn precinct_id(&self, precinct: &PrecinctFigures) -> String {
        format!("{}-{:03}", self.slug, precinct.number)
    }

    /// Its commission.
    #[must_use]
    pub fn pec_id(&self, precinct: &PrecinctFigures) -> String {
        format!("pec-{}-{:03}", self.slug, precinct.number)
    }

    /// Voters in all.
    #[must_use]
    pub fn voters(&self) -> u64 {
        self.precincts.iter().map(|precinct| precinct.voters).sum()
    }

    /// Ids of the ballot's lines on voting day.
    #[must_use]
    pub fn lines(&self) -> Vec<&str> {
        let stays = self.ballot.iter().filter(|place| Some(**place) != self.withdraws);
        stays.filter_map(|place| self.people.get(*place)).map(|person| person.id.as_str()).collect()
    }

    /// Who has the most votes.
    #[must_use]
    pub fn winner(&self) -> Option<&str> {
        let votes = |line: usize| -> u64 {
            self.precincts.iter().filter_map(|precinct| precinct.votes.get(line)).sum()
        };
        self.lines().into_iter().enumerate().max_by_key(|(line, _)| votes(*line)).map(|(_, id)| id)
    }

    pub(crate) fn draw(&self, label: &str, below: u64) -> u64 {
        draw_figure(&self.seed, label, below)
    }

    /// A moment so many days after the voting day, at that hour on the spot.
    #[must_use]
    pub fn seconds_at(&self, days: i64, hour: &str) -> i64 {
        let mut parts = hour.split(':').map(|part| part.parse().unwrap_or(0));
        let (hours, minutes): (i64, i64) = (parts.next().unwrap_or(0), parts.next().unwrap_or(0));
        self.midnight + days * 86_400 + hours * 3_600 + minutes * 60
    }

    /// The same as an author on the spot writes it.
    pub(crate) fn time_at(&self, days: i64, hour: &str) -> Result<Time, Fault> {
        self.time_of(self.seconds_at(days, hour))
    }

    pub(crate) fn time_of(&self, seconds: i64) -> Result<Time, Fault> {
        Time::from_seconds(seconds, self.zone)
    }

    /// A stand-in for a paper: its hash is that of a line that says what it stands for. Where it is not public, its hash
    /// is sealed.
    pub(crate) fn document(&self, kind: &str, number: usize) -> Document {
        if self.is_public(kind, number) {
            Document::public(self.document_text(kind, number).as_bytes())
        } else {
            self.sealed_document(kind, number)
        }
    }

    /// A withheld paper: the salt would be kept with it.
    pub(crate) fn sealed_document(&self, kind: &str, number: usize) -> Document {
        let salt = match self.public {
            None => event::sha256(&[b"synthetic salt", kind.as_bytes(), &number.to_be_bytes()]),
            Some(_) => event::sha256(&[
                b"synthetic salt",
                self.document_text(kind, number).as_bytes(),
                &number.to_be_bytes(),
            ]),
        };
        Document::seal(&salt.0, self.document_text(kind, number).as_bytes())
    }

    /// What a paper says.
    pub(crate) fn document_text(&self, kind: &str, number: usize) -> String {
        paper_text(self.public.map(|_| self.slug.as_str()), kind, number)
    }

    fn is_public(&self, kind: &str, number: usize) -> bool {
        let corrected = self.miscounted.iter().chain(&self.mistyped).any(|slip| slip.precinct == number);
        self.public.is_none_or(|kinds| kinds.contains(&kind) || (kind.starts_with("protocol") && corrected))
    }

    /// An act of the territorial commission as a whole.
    pub(crate) fn board_act(&self, at: i64, fact: law::Fact) -> Act {
        self.act_of(at, &self.tec_id(), "board", board_labels(&self.tec_id()), fact)
    }

    /// An act of the territorial commission's secretary.
    pub(crate) fn secretary_act(&self, at: i64, fact: law::Fact) -> Act {
        let tec = self.tec_id();
        self.act_of(at, &tec, "secretary", seat_labels(&tec, &["secretary"]), fact)
    }

    /// An act in this election.
    pub(crate) fn act_of(
        &self,
        at: i64,
        author: &str,
        desk: &str,
        signers: Vec<String>,
        fact: law::Fact,
    ) -> Act {
        self.act_looking_back(
            at,
            author,
            desk,
            signers,
            Needs::Nothing,
            Box::new(move |_| Some(fact.clone())),
        )
    }

    /// An act in this election that speaks of events before it.
    pub(crate) fn act_looking_back(
        &self,
        at: i64,
        author: &str,
        desk: &str,
        signers: Vec<String>,
        looks_back: Needs,
        fact: Write,
    ) -> Act {
        let (author, desk, zone) = (author.to_owned(), desk.to_owned(), self.zone);
        Act { at, zone, author, desk, election: Some(self.election.clone()), signers, fact, looks_back }
    }

    /// An act outside any election.
    pub(crate) fn act_outside_elections(
        &self,
        at: i64,
        author: &str,
        signers: Vec<String>,
        fact: law::Fact,
    ) -> Act {
        let mut act = self.act_of(at, author, "board", signers, fact);
        act.election = None;
        act
    }
}

/// The four who sign for a board of seven.
pub(crate) fn board_labels(author: &str) -> Vec<String> {
    seat_labels(author, &["chair", "deputy", "secretary", "m4"])
}

pub(crate) fn seat_labels(author: &str, seats: &[&str]) -> Vec<String> {
    seats.iter().map(|seat| format!("{author}/{seat}")).collect()
}

/// chair, deputy, secretary, m4 …
pub(crate) fn seat_names(size: usize) -> impl Iterator<Item = String> {
    let named = ["chair", "deputy", "secretary"].into_iter().map(str::to_owned);
    named.chain((4..=size).map(|n| format!("m{n}")))
}

pub(crate) fn new_id(text: &str) -> Result<Id, Fault> {
    Id::new(text)
}

pub(crate) fn new_text(text: &str) -> Result<Text, Fault> {
    Text::new(text)
}

/// The text of a paper; where there are several elections, it says of which one it is.
fn paper_text(slug: Option<&str>, kind: &str, number: usize) -> String {
    match slug {
        None => format!("synthetic paper of the demo: {kind} {number}\n"),
        Some(slug) => format!("synthetic paper of the demo: {kind} {slug} {number}\n"),
    }
}
