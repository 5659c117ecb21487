//! The protocol of the territorial commission on the results of an election: the outcome, every sum, who signed.

use event::SignedEvent;
use law::facts::{OutcomeKind, ResultsDetermined, Totals};
use texts::paper::PaperLine;

use super::{
    names::SheetNames,
    note::SheetNote,
    phrases::{self, BothLanguages},
    sheet::{
        LineFigure, Sheet, SheetLine, act_notes, document_note, line_under, main_line, note_of, signer_notes,
    },
};

/// Everything on the sheet, from the event and from the names that are known.
pub(crate) fn results_sheet(
    signed: &SignedEvent,
    results: &ResultsDetermined,
    names: &SheetNames,
    draft: bool,
) -> Sheet {
    let title = phrases::title_results();
    Sheet {
        file_title: title.kk.clone(),
        title,
        draft,
        marks: names.marks_with(draft.then(phrases::draft_act)),
        test: names.test,
        synthetic: names.synthetic_mark(),
        head: head_notes(signed, results, names),
        correction: Vec::new(),
        rows: total_lines(results, names),
        notes: closing_notes(signed, results, names),
        event: signed.hash(),
    }
}

fn head_notes(signed: &SignedEvent, results: &ResultsDetermined, names: &SheetNames) -> Vec<SheetNote> {
    let mut head = act_notes(signed, names, phrases::author());
    let outcome = match results.outcome {
        OutcomeKind::Elected => phrases::outcome_elected(),
        OutcomeKind::Tie => phrases::outcome_tie(),
        OutcomeKind::Invalid => phrases::outcome_invalid(),
    };
    let outcome = match &results.elected {
        Some(candidate) => outcome.with(": ").then(&names.candidate_name(candidate)),
        None => outcome,
    };
    head.push(SheetNote { label: phrases::outcome(), value: outcome });
    head.push(SheetNote { label: phrases::sums(), value: phrases::sums_of_protocols() });
    head.push(note_of(phrases::protocols_counted(), &results.protocols.count.to_string()));
    if !results.invalidated.is_empty() {
        let all: Vec<String> = results.invalidated.iter().map(|id| names.precinct_number(id)).collect();
        head.push(note_of(phrases::invalidated(), &all.join(", ")));
    }
    head
}

/// The sums under the numbers that the same figures have in the protocols of precincts.
fn total_lines(results: &ResultsDetermined, names: &SheetNames) -> Vec<SheetLine> {
    let totals: &Totals = &results.totals;
    let stated = |line: PaperLine, figure: u64| main_line(line, LineFigure::Is(figure));
    let mut rows = vec![
        stated(PaperLine::Voters, totals.voters),
        stated(PaperLine::Received, totals.received),
        stated(PaperLine::Issued, totals.issued),
        stated(PaperLine::Cancelled, totals.cancelled),
        stated(PaperLine::HomeApplications, totals.home_applications),
        stated(PaperLine::PortableFound, totals.home_found),
        stated(PaperLine::Found, totals.found),
        stated(PaperLine::Invalid, totals.invalid),
        main_line(PaperLine::Votes, LineFigure::Heading),
    ];
    for (line, n) in totals.votes.iter().zip(1..) {
        rows.push(line_under(PaperLine::VotesFor, n, names.candidate_name(&line.candidate), line.votes));
    }
    rows.push(stated(PaperLine::AgainstAll, totals.against_all));
    rows.push(stated(PaperLine::Absentee, totals.absentee));
    let valid = totals.found.checked_sub(totals.invalid).map_or(LineFigure::Absent, LineFigure::Is);
    rows.push(SheetLine { computed: true, ..main_line(PaperLine::Valid, valid) });
    rows
}

fn closing_notes(signed: &SignedEvent, results: &ResultsDetermined, names: &SheetNames) -> Vec<SheetNote> {
    let mut notes = signer_notes(signed, names);
    notes.push(document_note(Some(&results.paper)));
    notes.push(SheetNote {
        label: phrases::protocol_root(),
        value: BothLanguages::same(&results.protocols.root.in_groups()),
    });
    notes.extend(names.ledger_note());
    notes.push(note_of(phrases::ledger_number(), &signed.event.ledger.in_groups()));
    notes.extend(names.origin_note());
    notes
}
