//! A paper typed a second time: who may, what was typed, and what follows from the comparison.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use commission::{
    form::{FormSubject, TypedValues},
    second_entry::{BOXES, SecondEntry, SecondLine},
};
use event::{Hash, Id};
use law::state::{ProtocolRecord, ProtocolStatus};
use texts::program::say;

use crate::{
    call::DeskCall,
    ledger_place::LedgerPlace,
    officer_draft::{OfficerDraft, draft_of_officer, find_waiting},
    pages::{
        plain_page,
        second_page::{SecondPage, render_second},
    },
    paths::document_path,
    person::DeskPerson,
    reply::DeskReply,
    room::DeskRoom,
    states::{DeskFlow, may_follow},
    typed_lines::{digest, read_posted},
};

/// Answers `/second/PRECINCT`.
pub(crate) fn answer_second(
    room: &DeskRoom<'_>,
    place: &LedgerPlace,
    call: &DeskCall,
    precinct: &str,
) -> DeskReply {
    let Some(person) = room.person else { return DeskReply::go_to(&format!("/who?back=/second/{precinct}")) };
    let refused = |text: &str| plain_page::reply(StatusCode::CONFLICT, &[say(text, &[])]);
    let Some((precinct, record)) = Id::new(precinct).ok().and_then(|id| {
        let record = room.poll_of(&id)?.current()?.clone();
        Some((id, record))
    }) else {
        return plain_page::not_found();
    };
    if record.status != ProtocolStatus::Signed {
        return refused("desk-second-nothing");
    }
    if let Some(name) = find_waiting(place, &precinct, &["protocol-received", "protocol-returned"]) {
        return DeskReply::go_to(&document_path(&name));
    }
    let mut second = SecondRoom::open(room, place, person, precinct, record);
    if call.is_post {
        return second.answer_post(call);
    }
    second.show_page(Vec::new(), Vec::new(), StatusCode::OK)
}

/// One paper at one person's desk.
struct SecondRoom<'a> {
    room: &'a DeskRoom<'a>,
    place: &'a LedgerPlace,
    person: &'a DeskPerson,
    precinct: Id,
    record: ProtocolRecord,
    entry: SecondEntry,
}

impl<'a> SecondRoom<'a> {
    fn open(
        room: &'a DeskRoom<'a>,
        place: &'a LedgerPlace,
        person: &'a DeskPerson,
        precinct: Id,
        record: ProtocolRecord,
    ) -> Self {
        let ledger = place.state().ledger.unwrap_or(Hash::ZERO);
        let begun = SecondEntry::new(ledger, record.event, person.seat.clone(), person.key);
        let entry = SecondEntry::read_kept(&place.folder, &begun).unwrap_or(begun);
        Self { room, place, person, precinct, record, entry }
    }

    fn list_lines(&self) -> Vec<SecondLine> {
        let state = self.place.state();
        let commission = state.precincts.get(&self.precinct).map(|own| own.formed.commission.clone());
        let (Some(commission), Some(election)) = (commission, self.place.election.as_ref()) else {
            return Vec::new();
        };
        let subject = FormSubject {
            state,
            election,
            precinct: &self.precinct,
            author: &commission,
            place: "",
            boxes: 1,
            dir: &self.place.folder,
        };
        self.entry.list_lines(&subject, &self.record.protocol.count, &say("desk-boxes", &[]))
    }

    fn show_page(&self, warned: Vec<String>, said: Vec<String>, status: StatusCode) -> DeskReply {
        let page = SecondPage {
            precinct: &self.precinct,
            record: &self.record,
            entry: &self.entry,
            lines: self.list_lines(),
            seen: digest(&self.entry.typed),
            at: self.room.default_time(),
            warned,
            said,
        };
        DeskReply::page(status, render_second(self.room, &page))
    }

    fn answer_post(&mut self, call: &DeskCall) -> DeskReply {
        let done = call.field("do").unwrap_or("save");
        let equal = self.entry.is_equal(&self.list_lines(), &self.record.protocol.count);
        match done {
            // The file of an entry is no proof: what it says is compared once more.
            "receive" if !equal => {
                self.show_page(vec![say("desk-second-not-now", &[])], Vec::new(), StatusCode::CONFLICT)
            }
            "receive" | "return" if may_follow(DeskFlow::SecondEntry, self.entry.stage.name(), done) => {
                self.draft_act(call, done)
            }
            "receive" | "return" => {
                self.show_page(vec![say("desk-second-not-now", &[])], Vec::new(), StatusCode::CONFLICT)
            }
            _ if !self.entry.stage.is_open() => self.show_page(Vec::new(), Vec::new(), StatusCode::OK),
            _ => self.take_typed(call, done),
        }
    }

    /// Keeps what was typed first, then compares where that is asked for.
    fn take_typed(&mut self, call: &DeskCall, done: &str) -> DeskReply {
        let before = digest(&self.entry.typed);
        let mut entry = self.entry.clone();
        let typed = read_second(call);
        entry.keep_typed(&self.list_lines(), &typed);
        // Somebody else has typed since this page was shown: nothing of theirs is lost in silence.
        let others = call.field("seen") != Some(before.as_str()) && digest(&entry.typed) != before;
        if others {
            return match done {
                "keep" => DeskReply::text(StatusCode::CONFLICT, ""),
                _ => {
                    self.show_page(vec![say("desk-second-by-others", &[])], Vec::new(), StatusCode::CONFLICT)
                }
            };
        }
        let kept = std::mem::replace(&mut self.entry, entry);
        // Another number of boxes has other lines.
        let lines = self.list_lines();
        self.entry.keep_typed(&lines, &typed);
        let missing = self.entry.list_missing(&lines).len();
        if done == "compare" {
            self.entry.compare_figures(&lines, &self.record.protocol.count);
        }
        if let Err(fault) = self.entry.write_kept(&self.place.folder) {
            // What is not kept did not happen: the page shows no comparison that could be made again.
            self.entry = kept;
            return self.show_page(vec![fault.to_sentence()], Vec::new(), StatusCode::INTERNAL_SERVER_ERROR);
        }
        match done {
            "keep" => DeskReply::text(StatusCode::OK, &digest(&self.entry.typed)),
            "compare" if missing > 0 => self.show_page(
                vec![say("desk-missing-figures", &[("count", missing.into())])],
                Vec::new(),
                StatusCode::OK,
            ),
            "compare" => DeskReply::go_to(&format!("/second/{}", self.precinct)),
            _ => self.show_page(Vec::new(), vec![say("desk-kept", &[])], StatusCode::OK),
        }
    }

    /// Drafts what follows: the officer signs it on its own page, or takes it back.
    fn draft_act(&self, call: &DeskCall, done: &str) -> DeskReply {
        let typed_at = call.field("at").map_or_else(|| self.room.default_time(), str::to_owned);
        let Some(at) = self.room.read_time(&typed_at) else {
            return self.show_page(vec![say("desk-no-time", &[])], Vec::new(), StatusCode::OK);
        };
        let mut fields = BTreeMap::from([
            ("precinct", self.precinct.to_string()),
            ("protocol", self.record.event.to_string()),
        ]);
        let fact = if done == "receive" { "protocol-received" } else { "protocol-returned" };
        if done == "return" {
            fields.insert("reason", self.tell_reason());
        }
        let order = OfficerDraft { fact, person: self.person, at, fields };
        match draft_of_officer(self.place, &order) {
            Ok(name) => DeskReply::go_to(&document_path(&name)),
            Err(said) => self.show_page(said, Vec::new(), StatusCode::CONFLICT),
        }
    }

    /// The lines that differ, each with both figures: why a protocol goes back.
    fn tell_reason(&self) -> String {
        let differing = self.entry.list_differing(&self.list_lines(), &self.record.protocol.count);
        let told = differing.iter().take(REASON_LINES_MAX).map(|one| {
            let name =
                if one.line.number == BOXES { one.line.label.as_str() } else { one.line.number.as_str() };
            let args = [
                ("line", name.into()),
                ("typed", one.typed.to_string().into()),
                ("stated", one.stated.to_string().into()),
            ];
            say("desk-second-reason-line", &args)
        });
        let args = [("count", differing.len().into()), ("lines", told.collect::<Vec<_>>().join("; ").into())];
        say("desk-second-reason", &args)
    }
}

/// Lines that the reason of a return names one by one.
const REASON_LINES_MAX: usize = 20;

/// What was posted for each line, and how many boxes the paper has.
fn read_second(call: &DeskCall) -> TypedValues {
    let mut typed = read_posted(call);
    typed.extend(call.field("vboxes").map(|text| (BOXES.to_owned(), text.to_owned())));
    typed
}
