//! The papers with numbered lines: what was accounted for, the protocol, a new one in its place, the results of the election.

use event::{Document, Id, Text, Time};
use law::{
    Fact, Rule,
    facts::{BallotsAccounted, Count, Missing, MissingReason, Protocol, Share, Totals},
    state::ProtocolRecord,
};
use serde_json::{Value, json};
use texts::{Value as Argument, group_digits, paper::PaperLine};

use super::{
    dates::local_time,
    document::LegibleLine,
    fields::FieldWriter,
    seats::{name_seat_plainly, place_of_seat},
};
use crate::described::{DescribedFact, field::Named};

/// Writes a paper whose lines have numbers; tells whether it is one.
pub(super) fn write_numbered(
    writer: &mut FieldWriter<'_>,
    fact: &Fact,
    described: &DescribedFact,
    body: &Value,
) -> bool {
    match fact {
        Fact::BallotsAccounted(accounted) => writer.write_accounted(accounted),
        Fact::ProtocolSigned(signed) => {
            writer.write_precinct(&signed.precinct);
            writer.write_protocol(&signed.protocol, None);
        }
        Fact::ProtocolSuperseded(new) => {
            writer.write_fields(described.fields, body, &["protocol"]);
            let election = writer.known.election();
            let poll = election.and_then(|election| election.polls.get(&new.precinct));
            let before = poll.and_then(|poll| poll.protocols.iter().find(|own| own.event == new.supersedes));
            writer.write_protocol(&new.protocol, before);
        }
        Fact::ResultsDetermined(results) => {
            writer.write_fields(described.fields, body, &["totals", "paper", "protocols"]);
            writer.write_totals(&results.totals);
            writer.write_fields(described.fields, body, &["totals", "elected", "invalidated", "outcome"]);
        }
        _ => return false,
    }
    true
}

impl FieldWriter<'_> {
    fn write_precinct(&mut self, precinct: &Id) {
        let label = self.say("field-precinct", &[]);
        let name = self.known.name_id(Named::Precinct, precinct.as_str(), None);
        self.lines.push(LegibleLine::said(label, name));
    }

    fn write_accounted(&mut self, body: &BallotsAccounted) {
        self.write_precinct(&body.precinct);
        self.write_figure(PaperLine::Voters, body.voters, None);
        self.write_figure(PaperLine::Received, body.received, None);
        self.write_figure(PaperLine::Issued, body.issued, None);
        self.write_shares(&body.issued_by, None);
        self.write_figure(PaperLine::Cancelled, body.cancelled, None);
        self.write_figure(PaperLine::HomeApplications, body.home_applications, None);
        self.write_missing(&body.missing);
    }

    /// Every line of the paper in its order; beside figures that differ from the protocol before, what stood there.
    fn write_protocol(&mut self, protocol: &Protocol, before: Option<&ProtocolRecord>) {
        let (count, old) = (&protocol.count, before.map(|record| &record.protocol.count));
        self.write_ballots(count, old);
        self.write_boxes(count, old);
        for (votes, n) in count.votes.iter().zip(1..) {
            let name = self.known.name_id(Named::Candidate, votes.candidate.as_str(), None);
            let was = old.and_then(|old| old.votes.iter().find(|own| own.candidate == votes.candidate));
            let (line, args) = (PaperLine::VotesFor, [("name", name.into())]);
            self.write_line(line, Some(n), &args, votes.votes, was.map(|own| own.votes));
        }
        self.write_figure(PaperLine::AgainstAll, count.against_all, old.map(|old| old.against_all));
        self.write_figure(PaperLine::Absentee, count.absentee, old.map(|old| old.absentee));
        self.write_time(PaperLine::Started, &protocol.started);
        self.write_time(PaperLine::Ended, &protocol.ended);
        self.write_missing(&protocol.missing);
        self.write_paper(PaperLine::Paper, None, &[], protocol.paper.as_ref());
        for (one, n) in protocol.explanations.iter().zip(1..) {
            let rule = match Rule::of(one.rule.as_str()) {
                Some(rule) => self.known.show_rule(rule.id()),
                None => one.rule.to_string(),
            };
            self.write_words(PaperLine::Explanation, n, &rule, &one.text);
        }
    }

    /// Lists and ballots: fixed before any box is opened, and what is damaged.
    fn write_ballots(&mut self, count: &Count, old: Option<&Count>) {
        self.write_figure(PaperLine::Voters, count.voters, old.map(|old| old.voters));
        self.write_figure(PaperLine::Received, count.received, old.map(|old| old.received));
        self.write_figure(PaperLine::Issued, count.issued, old.map(|old| old.issued));
        self.write_shares(&count.issued_by, old.map(|old| old.issued_by.as_slice()));
        self.write_figure(PaperLine::Cancelled, count.cancelled, old.map(|old| old.cancelled));
        let damaged = |count: &Count| count.damaged.as_ref().map_or(0, |damaged| damaged.count);
        self.write_figure(PaperLine::Damaged, damaged(count), old.map(damaged));
        if let Some(damaged) = &count.damaged {
            self.write_paper(PaperLine::DamagedAct, None, &[], Some(&damaged.act));
        }
        let home = old.map(|old| old.home_applications);
        self.write_figure(PaperLine::HomeApplications, count.home_applications, home);
    }

    /// What lay in the boxes, in the order in which they are opened.
    fn write_boxes(&mut self, count: &Count, old: Option<&Count>) {
        for (own, n) in count.portable.iter().zip(1..) {
            let was = old.and_then(|old| old.portable.get(n - 1)).map(|own| own.found);
            let applications = group_digits(&own.applications.to_string());
            let args = [("n", n.to_string().into()), ("applications", applications.into())];
            self.write_line(PaperLine::Box, Some(n), &args, own.found, was);
            if own.act.is_some() {
                self.write_paper(
                    PaperLine::BoxAct,
                    Some(n),
                    &[("n", n.to_string().into())],
                    own.act.as_ref(),
                );
            }
        }
        self.write_figure(PaperLine::Stationary, count.stationary, old.map(|old| old.stationary));
        self.write_figure(PaperLine::Found, count.found, old.map(|old| old.found));
        self.write_figure(PaperLine::Invalid, count.invalid, old.map(|old| old.invalid));
    }

    fn write_totals(&mut self, totals: &Totals) {
        let heading = self.say("field-totals", &[]);
        self.lines.push(LegibleLine::heading(heading, 0));
        for (line, figure) in [
            (PaperLine::Voters, totals.voters),
            (PaperLine::Received, totals.received),
            (PaperLine::Issued, totals.issued),
            (PaperLine::Cancelled, totals.cancelled),
            (PaperLine::HomeApplications, totals.home_applications),
            (PaperLine::PortableFound, totals.home_found),
            (PaperLine::Found, totals.found),
            (PaperLine::Invalid, totals.invalid),
        ] {
            self.write_figure(line, figure, None);
        }
        for (votes, n) in totals.votes.iter().zip(1..) {
            let name = self.known.name_id(Named::Candidate, votes.candidate.as_str(), None);
            self.write_line(PaperLine::VotesFor, Some(n), &[("name", name.into())], votes.votes, None);
        }
        self.write_figure(PaperLine::AgainstAll, totals.against_all, None);
        self.write_figure(PaperLine::Absentee, totals.absentee, None);
    }

    /// Ballots that each member issued, under the number of the member's seat.
    fn write_shares(&mut self, shares: &[Share], old: Option<&[Share]>) {
        for share in shares {
            let (author, seat) = (self.known.author(), share.seat.as_str());
            let place = place_of_seat(self.known.state(), author, seat);
            let name = name_seat_plainly(self.known.lang(), self.known.state(), author.as_str(), seat);
            let was = old.and_then(|old| old.iter().find(|own| own.seat == share.seat)).map(|own| own.issued);
            let args = [("seat", name.into())];
            self.write_line(PaperLine::IssuedBy, place, &args, share.issued, was);
        }
    }

    fn write_missing(&mut self, missing: &[Missing]) {
        for one in missing {
            let (author, seat) = (self.known.author(), one.seat.as_str());
            let who = name_seat_plainly(self.known.lang(), self.known.state(), author.as_str(), seat);
            let reason = self.say(text_of_reason(one.reason), &[]);
            let label = self.say("legible-does-not-sign", &[("who", who.into())]);
            let place = place_of_seat(self.known.state(), author, seat);
            let line = LegibleLine::said(label, reason);
            self.lines.push(match place {
                Some(place) => line.numbered(PaperLine::Member.number_under(place)),
                None => line.numbered(PaperLine::Member.number().unwrap_or_default()),
            });
            if let Some(opinion) = &one.opinion {
                let label = self.say("field-opinion", &[]);
                let said = self.known.show_document(&json!(opinion));
                self.lines.push(LegibleLine::said(label, said).at(1));
            }
        }
    }

    fn write_figure(&mut self, line: PaperLine, figure: u64, before: Option<u64>) {
        self.write_line(line, None, &[], figure, before);
    }

    fn write_line(
        &mut self,
        line: PaperLine,
        place: Option<usize>,
        args: &[(&str, Argument<'_>)],
        figure: u64,
        before: Option<u64>,
    ) {
        let mut own =
            self.figure_line(line.words(self.known.lang(), args), figure).numbered(number_of(line, place));
        if let Some(before) = before.filter(|before| *before != figure) {
            let before = group_digits(&before.to_string());
            let was = self.say("legible-was", &[("before", before.into())]);
            own.value = own.value.map(|value| format!("{value}  {was}"));
        }
        self.lines.push(own);
    }

    fn write_time(&mut self, line: PaperLine, time: &Time) {
        let own = LegibleLine::said(line.words(self.known.lang(), &[]), local_time(time.as_str()));
        self.lines.push(own.numbered(number_of(line, None)));
    }

    fn write_paper(
        &mut self,
        line: PaperLine,
        place: Option<usize>,
        args: &[(&str, Argument<'_>)],
        paper: Option<&Document>,
    ) {
        let said = match paper {
            Some(paper) => self.known.show_document(&json!(paper)),
            None => self.say("legible-none", &[]),
        };
        let own = LegibleLine::said(line.words(self.known.lang(), args), said);
        self.lines.push(own.numbered(number_of(line, place)));
    }

    fn write_words(&mut self, line: PaperLine, place: usize, rule: &str, text: &Text) {
        let label = format!("{}: {rule}", line.words(self.known.lang(), &[]));
        self.lines.push(LegibleLine::said(label, text.to_string()).numbered(number_of(line, Some(place))));
    }
}

fn number_of(line: PaperLine, place: Option<usize>) -> String {
    match place {
        Some(place) => line.number_under(place),
        None => line.number().unwrap_or_default().to_owned(),
    }
}

fn text_of_reason(reason: MissingReason) -> &'static str {
    match reason {
        MissingReason::Absent => "form-word-absent",
        MissingReason::Refused => "form-word-refused",
        MissingReason::Dissent => "form-word-dissent",
        MissingReason::Suspended => "form-word-suspended",
    }
}
