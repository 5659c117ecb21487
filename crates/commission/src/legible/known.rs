//! Names in the place of ids, keys and hashes, as far as a ledger or a book knows them.

use event::{Hash, Id, Key};
use law::{
    State,
    state::{DecisionKind, Election, Holder},
};
use texts::{Language, Value, election_name, law_text, name_in_language, program::program_catalogue};

use super::{
    dates::local_time,
    seats::{name_seat_plainly, place_of_seat},
};
use crate::described::field::Named;

/// Groups of a hash that tell the events of one ledger apart at a glance.
const HASH_SHORT: usize = 19;

/// Characters of a key that tell the keys of one commission apart.
const KEY_SHORT: usize = 12;

/// The election commission of the Republic, which has no record of its own.
const CEC: &str = "cec";

/// Where names come from.
#[derive(Debug, Clone, Copy)]
pub enum NameSource<'a> {
    /// Nobody was asked.
    None,
    /// A ledger, replayed.
    Ledger(&'a State),
    /// A precinct's book, and the size of the ledger that it was made of.
    Book(&'a State, u64),
}

impl<'a> NameSource<'a> {
    /// What the source holds.
    #[must_use]
    pub fn state(self) -> Option<&'a State> {
        match self {
            Self::None => None,
            Self::Ledger(state) | Self::Book(state, _) => Some(state),
        }
    }
}

/// Names as one document needs them.
#[derive(Debug)]
pub(super) struct KnownNames<'a> {
    state: Option<&'a State>,
    election: Option<&'a Election>,
    author: &'a Id,
    lang: Language,
}

impl<'a> KnownNames<'a> {
    pub(super) fn new(
        state: Option<&'a State>,
        election: Option<&Id>,
        author: &'a Id,
        lang: Language,
    ) -> Self {
        let election = state.zip(election).and_then(|(state, id)| state.elections.get(id));
        Self { state, election, author, lang }
    }

    pub(super) fn lang(&self) -> Language {
        self.lang
    }

    pub(super) fn state(&self) -> Option<&'a State> {
        self.state
    }

    pub(super) fn election(&self) -> Option<&'a Election> {
        self.election
    }

    pub(super) fn author(&self) -> &'a Id {
        self.author
    }

    pub(super) fn say(&self, id: &str, args: &[(&str, Value<'_>)]) -> String {
        program_catalogue().format_text(self.lang, id, args)
    }

    /// What an id names; the id itself in quotation marks where no source gives a name. A seat is one of `commission`, or of
    /// the author.
    pub(super) fn name_id(&self, named: Named, id: &str, commission: Option<&str>) -> String {
        let found = match named {
            Named::Seat => {
                let commission = commission.unwrap_or(self.author.as_str());
                return name_seat_plainly(self.lang, self.state, commission, id);
            }
            Named::New => return id.to_owned(),
            Named::Candidate => self.find_candidate(id),
            Named::Commission => self.find_commission(id),
            Named::Complaint => self.find_complaint(id),
            Named::Election => self
                .state
                .and_then(|state| state.elections.get(id))
                .map(|election| election_name(election, self.lang).to_owned()),
            Named::Organisation => {
                let found = self.state.and_then(|state| state.organisations.get(id));
                found.map(|organisation| organisation.name.to_string())
            }
            Named::Precinct => self.state.and_then(|state| state.precincts.get(id)).map(|precinct| {
                self.say("legible-precinct", &[("number", precinct.formed.number.as_str().into())])
            }),
        };
        found.unwrap_or_else(|| match self.state {
            None => format!("«{id}»"),
            Some(_) => self.say("legible-unknown", &[("id", id.into())]),
        })
    }

    fn find_candidate(&self, id: &str) -> Option<String> {
        let nominated = &self.election?.candidates.get(id)?.nominated;
        Some(match self.lang {
            Language::Kk => nominated.name_kk.to_string(),
            Language::Ru | Language::En => nominated.name_ru.to_string(),
        })
    }

    fn find_commission(&self, id: &str) -> Option<String> {
        let commission = self.state.and_then(|state| state.commissions.get(id));
        match commission {
            Some(own) => Some(name_in_language(self.lang, &own.name, own.names.as_ref()).to_owned()),
            None => (id == CEC).then(|| self.say("legible-cec", &[])),
        }
    }

    fn find_complaint(&self, id: &str) -> Option<String> {
        let complaint = self.election?.complaints.get(id)?;
        let args = [("id", id.into()), ("by", complaint.filed.filed_by.as_str().into())];
        Some(self.say("legible-complaint", &args))
    }

    /// Who speaks: the commission, and the officer who acts for it.
    pub(super) fn name_desk(&self, author: &Id, desk: &str) -> String {
        let commission = self.name_id(Named::Commission, author.as_str(), None);
        match desk {
            "board" => commission,
            "office" => format!("{commission}, {}", self.say("legible-office", &[])),
            seat => format!("{commission}, {}", self.name_id(Named::Seat, seat, Some(author.as_str()))),
        }
    }

    /// The territory of the election, by name where the ledger has one.
    pub(super) fn name_territory(&self) -> Option<String> {
        let called = &self.election?.called;
        let code = called.territory.as_str();
        Some(match &called.territory_names {
            Some(names) => format!("{} ({code})", name_in_language(self.lang, code, Some(names))),
            None => code.to_owned(),
        })
    }

    /// Who holds a key, in the order of the author's seats, and the beginning of the key.
    pub(super) fn name_signer(&self, key: &Key, author: &Id) -> (usize, String) {
        let short: String = key.to_string().chars().take(KEY_SHORT).collect();
        let holder = self.state.and_then(|state| state.keys.get(key)).map(|record| &record.holder);
        let place = match holder {
            Some(Holder::Member { commission, seat }) if commission == author => {
                place_of_seat(self.state, commission, seat.as_str()).unwrap_or(usize::MAX)
            }
            _ => usize::MAX,
        };
        let who = self.name_holder(holder, Some(author));
        (
            place,
            match who {
                Some(who) => format!("{who} ({short}…)"),
                None => self.say("legible-key", &[("key", format!("{short}…").into())]),
            },
        )
    }

    /// Whose a key is; the commission is told where it is another than the one that is spoken of.
    fn name_holder(&self, holder: Option<&Holder>, own: Option<&Id>) -> Option<String> {
        Some(match holder? {
            Holder::Root => self.say("legible-root", &[]),
            Holder::Office => self.say("legible-office", &[]),
            Holder::Service => self.say("legible-service", &[]),
            Holder::Log => self.say("legible-log", &[]),
            Holder::Member { commission, seat } => {
                let who = self.name_id(Named::Seat, seat.as_str(), Some(commission.as_str()));
                if own == Some(commission) {
                    who
                } else {
                    format!("{who}, {}", self.name_id(Named::Commission, commission.as_str(), None))
                }
            }
        })
    }

    /// A key as it stands, and whose it is if it is registered already.
    pub(super) fn name_key(&self, key: &str) -> String {
        let known = Key::parse(key).ok().and_then(|key| self.state?.keys.get(&key));
        match self.name_holder(known.map(|record| &record.holder), None) {
            Some(who) => format!("{key} ({who})"),
            None => key.to_owned(),
        }
    }

    /// An event by what it states, and the beginning of its hash; the whole hash where no source knows it.
    pub(super) fn name_event(&self, hash: &Hash) -> String {
        let groups = hash.in_groups();
        let Some(what) = self.find_event(hash) else { return groups };
        let short: String = groups.chars().take(HASH_SHORT).collect();
        format!("{what} ({short} …)")
    }

    fn find_event(&self, hash: &Hash) -> Option<String> {
        let state = self.state?;
        let fact = |name: &str| law_text(self.lang, &format!("fact-{name}"), &[]);
        let of_precinct = |name: &str, id: &Id| {
            format!("{}, {}", fact(name), self.name_id(Named::Precinct, id.as_str(), None))
        };
        if let Some(election) = self.election {
            for (id, poll) in &election.polls {
                if let Some(record) = poll.protocols.iter().find(|record| record.event == *hash) {
                    let name =
                        if record.correction.is_some() { "protocol-superseded" } else { "protocol-signed" };
                    return Some(format!("{}, {}", of_precinct(name, id), local_time(record.at.as_str())));
                }
            }
            if election.determined.as_ref().is_some_and(|own| own.event == *hash) {
                return Some(fact("results-determined"));
            }
            if let Some((number, _)) = election.certificate.as_ref().filter(|(_, own)| own == hash) {
                return Some(format!("{} № {number}", fact("certificate-issued")));
            }
            if let Some((id, _)) = election.complaints.iter().find(|(_, own)| own.event == *hash) {
                return Some(format!("{}: {}", fact("complaint-filed"), self.find_complaint(id.as_str())?));
            }
        }
        if let Some((_, own)) = state.commissions.iter().find(|(_, own)| own.event == *hash) {
            let name = name_in_language(self.lang, &own.name, own.names.as_ref());
            return Some(format!("{}: {name}", fact("commission-formed")));
        }
        Some(match &state.decisions.get(hash)?.kind {
            DecisionKind::Protocol(precinct) => of_precinct("protocol-signed", precinct),
            DecisionKind::Invalidation(precinct) => of_precinct("precinct-invalidated", precinct),
            DecisionKind::Determination => fact("results-determined"),
            DecisionKind::Registration => fact("akim-registered"),
            DecisionKind::Denial => fact("akim-registration-denied"),
            DecisionKind::Answer(complaint) => {
                let complaint = self.name_id(Named::Complaint, complaint.as_str(), None);
                format!("{}: {complaint}", fact("complaint-decided"))
            }
        })
    }
}
