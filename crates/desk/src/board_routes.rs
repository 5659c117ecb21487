//! Which page of a territorial commission's desk answers what is asked for.

use std::sync::Arc;

use event::Id;
use texts::Language;

use crate::{
    board_calls,
    call::DeskCall,
    desk::{Desk, locked},
    document_calls,
    ledger_place::{LedgerPlace, list_elections},
    ledger_reader::LedgerReader,
    outbox_calls,
    pages::plain_page,
    paths::{own_path, read_name},
    person::DeskPerson,
    person_calls,
    reply::DeskReply,
    room::{DeskPlace, DeskRoom},
    second_calls,
    sessions::DeskSession,
    settings::LedgerSubject,
    task_calls,
};

impl Desk {
    /// Answers a browser that has begun at the desk of a territorial commission.
    pub(crate) fn answer_of_ledger(
        &self,
        call: &DeskCall,
        session: &DeskSession,
        lang: Language,
        (subject, reader): (&LedgerSubject, &Arc<LedgerReader>),
    ) -> DeskReply {
        if call.is_post && call.path == "/refresh" {
            reader.read_once();
            return DeskReply::go_to(own_path(call.field("back").unwrap_or("/")));
        }
        let mut place = self.find_place(subject, reader);
        let sitting = locked(&self.sessions).person_of(session);
        let person = sitting.filter(|person| self.still_sits(&place, person));
        if let Some(person) = person.as_ref().filter(|_| call.is_post) {
            locked(&self.sessions).touch_person(session, person);
        }
        let looks =
            matches!(call.path.split('/').nth(1), Some("list" | "precinct" | "findings" | "projector"));
        if !looks {
            place.read_documents();
        }
        let node = locked(&self.node).clone();
        let room = DeskRoom {
            settings: &self.settings,
            place: DeskPlace::Ledger(&place),
            person: person.as_ref(),
            form_secret: session.form_secret.as_str(),
            lang,
            node,
        };
        let path = call.path.trim_start_matches('/');
        let (first, rest) = path.split_once('/').unwrap_or((path, ""));
        let rest = &read_name(rest);
        match (call.is_post, first) {
            (true, "language") => DeskReply::go_to(own_path(call.field("back").unwrap_or("/"))),
            (_, "who") => {
                person_calls::answer_person(&room, call, &|person| self.seat_person(session, person))
            }
            // Nobody has said yet whose desk this is.
            _ if place.author.is_none() => DeskReply::go_to("/who"),
            (true, "election") => self.choose_election(&place, call),
            (false, "" | "list" | "precinct" | "projector" | "results") => {
                board_calls::answer_board(&room, &place, call, first, rest)
            }
            (_, "findings") => board_calls::answer_findings(&room, &place, call, rest),
            (false, "tasks") => task_calls::answer_tasks(&room, &place),
            (_, "act") => task_calls::answer_task(&room, &place, call, rest),
            (_, "second") => second_calls::answer_second(&room, &place, call, rest),
            (_, "document") => document_calls::answer_document(&room, call, rest),
            (false, "download") => document_calls::send_file(&room, rest),
            (true, "upload") => document_calls::take_signed(&room, call),
            (_, "outbox") => {
                let reply = outbox_calls::answer_outbox(&room, call, &|address| {
                    *locked(&self.node) = Some(address.to_owned());
                });
                if call.is_post {
                    // What was sent stands in the ledger that the next page shows.
                    reader.read_once();
                }
                reply
            }
            _ => plain_page::not_found(),
        }
    }

    /// The ledger as it was read last, with the commission and the election that are looked at.
    fn find_place(&self, subject: &LedgerSubject, reader: &Arc<LedgerReader>) -> LedgerPlace {
        let read = reader.current_head();
        let (author, wanted) = locked(&self.chosen).clone();
        let elections = author.as_ref().map(|author| list_elections(read.head.state(), author));
        let own = elections.unwrap_or_default();
        let named = own.iter().find(|id| Some(**id) == wanted.as_ref());
        let election: Option<Id> = named.or_else(|| own.first()).map(|id| (*id).clone());
        let board = election.as_ref().and_then(|election| reader.find_board(&read.head, election));
        let folder = subject.folder.clone();
        LedgerPlace { folder, read, author, election, board, own: Vec::new(), unsigned: Vec::new() }
    }

    /// Whether the key that somebody unlocked is still theirs: keys are revoked while a desk is open.
    fn still_sits(&self, place: &LedgerPlace, person: &DeskPerson) -> bool {
        DeskPerson::of_key(place.state(), person.key).as_ref() == Some(person)
            && place.author.as_ref() == Some(&person.commission)
    }

    fn seat_person(&self, session: &DeskSession, person: Option<DeskPerson>) {
        if let Some(person) = &person {
            locked(&self.chosen).0.get_or_insert_with(|| person.commission.clone());
        }
        locked(&self.sessions).set_person(session, person);
    }

    fn choose_election(&self, place: &LedgerPlace, call: &DeskCall) -> DeskReply {
        let wanted = call.field("election").unwrap_or_default();
        let own = place.author.iter().flat_map(|author| list_elections(place.state(), author));
        if let Some(found) = own.into_iter().find(|id| id.as_str() == wanted) {
            locked(&self.chosen).1 = Some(found.clone());
        }
        DeskReply::go_to("/")
    }
}
