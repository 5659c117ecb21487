//! What a page stands on: the book or the ledger as it is now, the desk's settings, who reads it, and who sits there.

use std::path::{Path, PathBuf};

use commission::{
    book::Book,
    legible::{NameSource, seats::name_seat_plainly},
    moments::parse_local_time,
    standing::precincts::{PrecinctState, state_of},
};
use event::{Hash, Id, Key, SignedEvent, Time};
use law::{
    State,
    facts::Clock,
    state::{Election, Poll},
};
use ledger::Chain;
use texts::{Language, describe_synthetic, election_name, name_in_language, program::say};

use crate::{
    ledger_place::{LedgerPlace, OUTBOX},
    person::DeskPerson,
    settings::DeskSettings,
};

/// What a desk stands on, as it is now.
#[derive(Clone, Copy)]
pub(crate) enum DeskPlace<'a> {
    Book(&'a Book),
    Ledger(&'a LedgerPlace),
}

/// What a page stands on.
pub(crate) struct DeskRoom<'a> {
    pub(crate) settings: &'a DeskSettings,
    pub(crate) place: DeskPlace<'a>,
    /// Who unlocked a key here, where the desk is a person's.
    pub(crate) person: Option<&'a DeskPerson>,
    pub(crate) form_secret: &'a str,
    pub(crate) lang: Language,
    /// The node that signed events go to, if one was named.
    pub(crate) node: Option<String>,
}

impl DeskRoom<'_> {
    pub(crate) fn state(&self) -> &State {
        match self.place {
            DeskPlace::Book(book) => book.excerpt.state(),
            DeskPlace::Ledger(ledger) => ledger.state(),
        }
    }

    /// The commission by its id; none where nobody has said yet who sits here.
    pub(crate) fn author(&self) -> Option<&Id> {
        match self.place {
            DeskPlace::Book(book) => Some(&book.author),
            DeskPlace::Ledger(ledger) => ledger.author.as_ref(),
        }
    }

    /// The commission by its name.
    pub(crate) fn commission(&self) -> String {
        self.author().map_or_else(|| say("desk-title", &[]), |author| self.name_commission(author))
    }

    /// A commission by its name.
    pub(crate) fn name_commission(&self, id: &Id) -> String {
        let own = self.state().commissions.get(id);
        own.map_or_else(
            || id.to_string(),
            |own| name_in_language(self.lang, &own.name, own.names.as_ref()).to_owned(),
        )
    }

    /// What a page says beside the commission: the precinct, or who sits here.
    pub(crate) fn beside_commission(&self) -> Option<String> {
        match self.place {
            DeskPlace::Book(book) => {
                let precinct = &book.about.precinct;
                Some(say("legible-precinct", &[("number", self.number_of(precinct).into())]))
            }
            DeskPlace::Ledger(_) => self.person.map(|person| self.name_seat(person.seat.as_str())),
        }
    }

    /// The number of a precinct.
    pub(crate) fn number_of(&self, precinct: &Id) -> String {
        let own = self.state().precincts.get(precinct);
        own.map_or_else(|| precinct.to_string(), |own| own.formed.number.to_string())
    }

    fn election_id(&self) -> Option<&Id> {
        match self.place {
            DeskPlace::Book(book) => Some(&book.about.election),
            DeskPlace::Ledger(ledger) => ledger.election.as_ref(),
        }
    }

    pub(crate) fn election(&self) -> Option<&Election> {
        self.state().elections.get(self.election_id()?)
    }

    /// The precinct that an event is about, as the ledger or the book has it.
    /// Whether a paper of this precinct may still have to be typed a second time, in whichever election: a precinct can serve two.
    pub(crate) fn waits_to_be_typed(&self, precinct: &Id) -> bool {
        let polls = self.state().elections.values().filter_map(|one| one.polls.get(precinct));
        polls.map(|poll| state_of(poll).0).any(PrecinctState::waits_to_be_received)
    }

    pub(crate) fn poll_of(&self, precinct: &Id) -> Option<&Poll> {
        self.election()?.polls.get(precinct)
    }

    pub(crate) fn election_name(&self) -> String {
        let own = self.election();
        own.map_or_else(
            || self.election_id().map(Id::to_string).unwrap_or_default(),
            |own| election_name(own, self.lang).to_owned(),
        )
    }

    /// What every screen has to say of a ledger in which nothing counts.
    pub(crate) fn marks(&self) -> Vec<String> {
        let state = self.state();
        let mut marks = Vec::new();
        if state.charter.as_ref().is_some_and(|charter| charter.test) {
            marks.push(say("legible-test", &[]));
        }
        let kinds = self.election().map(|election| state.synthetic_kinds_of(election));
        let kinds = kinds.unwrap_or_else(|| state.synthetic_kinds());
        marks.extend(describe_synthetic(self.lang, &kinds));
        marks
    }

    pub(crate) fn names(&self) -> NameSource<'_> {
        match self.place {
            DeskPlace::Book(book) => NameSource::Book(book.excerpt.state(), book.excerpt.seen().size),
            DeskPlace::Ledger(ledger) => NameSource::Ledger(ledger.state()),
        }
    }

    /// Whether the times of this ledger are those of a script: then the clock of this computer says nothing of them.
    pub(crate) fn has_scripted_clock(&self) -> bool {
        let charter = self.state().charter.as_ref();
        charter.is_some_and(|charter| charter.clock == Clock::Simulated)
    }

    pub(crate) fn now(&self) -> Option<Time> {
        (self.settings.now)(self.state())
    }

    /// Where the times of the ledger are those of a script, the person says what the clock of the exercise shows.
    pub(crate) fn default_time(&self) -> String {
        let time = self.now().filter(|_| self.has_scripted_clock());
        time.map(|time| time.as_str().get(..16).unwrap_or_default().replace('T', " ")).unwrap_or_default()
    }

    /// The clock of this computer, or of the exercise as it was typed.
    pub(crate) fn read_time(&self, typed: &str) -> Option<Time> {
        if !self.has_scripted_clock() {
            return self.now();
        }
        let offset = self.election()?.calendar.voting_ends.as_str().get(19..)?;
        parse_local_time(typed.trim(), offset)
    }

    /// A seat of the commission with the name of its member.
    pub(crate) fn name_seat(&self, seat: &str) -> String {
        let author = self.author().map(Id::as_str).unwrap_or_default();
        name_seat_plainly(self.lang, Some(self.state()), author, seat)
    }

    /// The seats that have still to sign, in the order of the commission.
    pub(crate) fn missing_seats(&self, signed: &SignedEvent) -> Vec<(Id, Key)> {
        let missing = signed.missing_signers();
        let Some(author) = self.author() else { return Vec::new() };
        let seats = commission::form::list_seats(self.state(), author);
        let own = seats.into_iter().filter_map(|seat| Some((seat.seat.clone(), seat.key?)));
        own.filter(|(_, key)| missing.contains(key)).collect()
    }

    /// Drafts that somebody has still to sign.
    pub(crate) fn unsigned(&self) -> &[(PathBuf, SignedEvent)] {
        match self.place {
            DeskPlace::Book(book) => &book.unsigned,
            DeskPlace::Ledger(ledger) => &ledger.unsigned,
        }
    }

    /// Signed events that are not in the ledger as far as this desk knows.
    fn own(&self) -> &[(PathBuf, SignedEvent)] {
        match self.place {
            DeskPlace::Book(book) => &book.own,
            DeskPlace::Ledger(ledger) => &ledger.own,
        }
    }

    /// The folder in which forms, papers and documents are kept.
    pub(crate) fn folder(&self) -> &Path {
        match self.place {
            DeskPlace::Book(book) => &book.dir,
            DeskPlace::Ledger(ledger) => &ledger.folder,
        }
    }

    /// The folder of documents.
    pub(crate) fn outbox(&self) -> PathBuf {
        self.folder().join(OUTBOX)
    }

    /// A draft or a signed event of the outbox by the name of its file, and by no other way.
    pub(crate) fn find_document(&self, name: &str) -> Option<(&Path, &SignedEvent)> {
        let all = self.unsigned().iter().chain(self.own());
        let mut own = all.filter(|(path, _)| path.file_name().is_some_and(|own| own == name));
        own.next().map(|(path, signed)| (path.as_path(), signed))
    }

    /// Whether a document stands at the next place of its desk: of one desk one is signed after the other.
    pub(crate) fn is_next_of_its_desk(&self, signed: &SignedEvent) -> bool {
        let chain = Chain::of_event(&signed.event);
        let place = match self.place {
            DeskPlace::Book(book) => book.excerpt.next_in(&chain),
            DeskPlace::Ledger(ledger) => ledger.ground().next_in(&chain),
        };
        place == (signed.event.author_seq, signed.event.author_prev)
    }

    /// Whether a hash is that of an event that was recorded or is on its way.
    pub(crate) fn knows(&self, hash: &Hash) -> bool {
        match self.place {
            DeskPlace::Book(book) => book.excerpt.knows_event(hash),
            DeskPlace::Ledger(ledger) => {
                ledger.read.head.index_of(hash).is_some()
                    || ledger.own.iter().any(|(_, own)| own.hash() == *hash)
            }
        }
    }
}

/// The name of a file in the outbox, as it stands in addresses.
pub(crate) fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}
