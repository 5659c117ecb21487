//! An extract on the certificate of an akim: what the ledger says of it. The certificate itself is another paper.

use event::SignedEvent;
use law::facts::CertificateIssued;

use super::{
    names::SheetNames,
    note::SheetNote,
    phrases::{self, BothLanguages},
    sheet::{Sheet, act_notes, document_note, note_of, signer_notes},
};

/// Everything on the sheet, from the event and from the names that are known.
pub(crate) fn extract_sheet(
    signed: &SignedEvent,
    certificate: &CertificateIssued,
    names: &SheetNames,
    draft: bool,
) -> Sheet {
    let title = phrases::title_extract();
    let mut marks = vec![phrases::no_certificate()];
    marks.extend(names.marks_with(draft.then(phrases::draft_act)));
    Sheet {
        file_title: title.kk.clone(),
        title,
        draft,
        marks,
        test: names.test,
        synthetic: names.synthetic_mark(),
        head: head_notes(signed, certificate, names),
        correction: Vec::new(),
        rows: Vec::new(),
        notes: closing_notes(signed, certificate, names),
        event: signed.hash(),
    }
}

fn head_notes(signed: &SignedEvent, certificate: &CertificateIssued, names: &SheetNames) -> Vec<SheetNote> {
    let mut head = act_notes(signed, names, phrases::author());
    head.push(SheetNote { label: phrases::issued_to(), value: names.candidate_name(&certificate.candidate) });
    head.push(note_of(phrases::certificate_number(), certificate.number.as_str()));
    head
}

fn closing_notes(
    signed: &SignedEvent,
    certificate: &CertificateIssued,
    names: &SheetNames,
) -> Vec<SheetNote> {
    let mut notes = signer_notes(signed, names);
    notes.push(SheetNote {
        label: phrases::paper_of_certificate(),
        ..document_note(Some(&certificate.paper))
    });
    notes.push(SheetNote {
        label: phrases::determined_by(),
        value: BothLanguages::same(&certificate.determined.in_groups()),
    });
    notes.extend(names.ledger_note());
    notes.push(note_of(phrases::ledger_number(), &signed.event.ledger.in_groups()));
    notes.extend(names.origin_note());
    notes
}
