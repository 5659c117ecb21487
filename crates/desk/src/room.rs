//! What a page stands on: the book as it is now, the desk's settings, and who reads it.

use commission::{
    book::Book,
    legible::{NameSource, seats::name_seat_plainly},
    moments::parse_local_time,
};
use event::{Hash, Id, Key, SignedEvent, Time};
use law::{facts::Clock, state::Election};
use ledger::Chain;
use texts::{Language, describe_synthetic, election_name, name_in_language, program::say};

use crate::settings::DeskSettings;

/// What a page stands on.
pub(crate) struct DeskRoom<'a> {
    pub(crate) settings: &'a DeskSettings,
    pub(crate) book: &'a Book,
    pub(crate) form_secret: &'a str,
    pub(crate) lang: Language,
    /// The node that signed events go to, if one was named.
    pub(crate) node: Option<String>,
}

impl DeskRoom<'_> {
    /// The commission by its name.
    pub(crate) fn commission(&self) -> String {
        let own = self.book.excerpt.state().commissions.get(&self.book.author);
        own.map_or_else(
            || self.book.author.to_string(),
            |own| name_in_language(self.lang, &own.name, own.names.as_ref()).to_owned(),
        )
    }

    /// The number of the precinct.
    pub(crate) fn precinct(&self) -> String {
        let own = self.book.excerpt.state().precincts.get(&self.book.about.precinct);
        own.map_or_else(|| self.book.about.precinct.to_string(), |own| own.formed.number.to_string())
    }

    pub(crate) fn election(&self) -> Option<&Election> {
        self.book.excerpt.state().elections.get(&self.book.about.election)
    }

    pub(crate) fn election_name(&self) -> String {
        let own = self.election();
        own.map_or_else(
            || self.book.about.election.to_string(),
            |own| election_name(own, self.lang).to_owned(),
        )
    }

    /// What every screen has to say of a ledger in which nothing counts.
    pub(crate) fn marks(&self) -> Vec<String> {
        let state = self.book.excerpt.state();
        let mut marks = Vec::new();
        if state.charter.as_ref().is_some_and(|charter| charter.test) {
            marks.push(say("legible-test", &[]));
        }
        let kinds = self.election().map(|election| state.synthetic_kinds_of(election)).unwrap_or_default();
        marks.extend(describe_synthetic(self.lang, &kinds));
        marks
    }

    pub(crate) fn names(&self) -> NameSource<'_> {
        NameSource::Book(self.book.excerpt.state(), self.book.excerpt.seen().size)
    }

    /// Whether the times of this ledger are those of a script: then the clock of this computer says nothing of them.
    pub(crate) fn has_scripted_clock(&self) -> bool {
        let charter = self.book.excerpt.state().charter.as_ref();
        charter.is_some_and(|charter| charter.clock == Clock::Simulated)
    }

    pub(crate) fn now(&self) -> Option<Time> {
        (self.settings.now)(self.book.excerpt.state())
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
        name_seat_plainly(self.lang, Some(self.book.excerpt.state()), self.book.author.as_str(), seat)
    }

    /// The seats that have still to sign, in the order of the commission.
    pub(crate) fn missing_seats(&self, signed: &SignedEvent) -> Vec<(Id, Key)> {
        let missing = signed.missing_signers();
        let seats = commission::form::list_seats(self.book.excerpt.state(), &self.book.author);
        let own = seats.into_iter().filter_map(|seat| Some((seat.seat.clone(), seat.key?)));
        own.filter(|(_, key)| missing.contains(key)).collect()
    }

    /// A draft or a signed event of the outbox by the name of its file, and by no other way.
    pub(crate) fn find_document(&self, name: &str) -> Option<(&std::path::Path, &SignedEvent)> {
        let all = self.book.unsigned.iter().chain(&self.book.own);
        let mut own = all.filter(|(path, _)| path.file_name().is_some_and(|own| own == name));
        own.next().map(|(path, signed)| (path.as_path(), signed))
    }

    /// Whether a document stands at the next place of its desk: of one desk one is signed after the other.
    pub(crate) fn is_next_of_its_desk(&self, signed: &SignedEvent) -> bool {
        let place = self.book.excerpt.next_in(&Chain::of_event(&signed.event));
        place == (signed.event.author_seq, signed.event.author_prev)
    }

    /// Whether a hash is that of an event that was recorded or is on its way.
    pub(crate) fn knows(&self, hash: &Hash) -> bool {
        self.book.excerpt.knows_event(hash)
    }
}

/// The name of a file in the outbox, as it stands in addresses.
pub(crate) fn file_name(path: &std::path::Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}
