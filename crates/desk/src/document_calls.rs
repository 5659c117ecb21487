//! A document of the outbox: shown, signed by one member after the other, handed out as a file, taken back as one, printed.

use axum::http::StatusCode;
use client::files::{RECEIPT, path_beside, read_bounded};
use commission::{
    book::Book,
    form::{FACTS, form_path},
    slip::{SheetFormat, SheetLanguages, SheetNames, SlipOrder, make_slip},
};
use event::{Hash, SignedEvent};
use texts::{program::say, say_fault};
use tlog::receipt::MAX_RECEIPT_BYTES;
use zeroize::Zeroizing;

use crate::{
    call::DeskCall,
    pages::{
        document_page::{DocumentPage, render_document},
        plain_page,
    },
    paths::document_path,
    reply::DeskReply,
    room::{DeskPlace, DeskRoom, file_name},
    signing::{SigningFault, SigningOrder, sign_document, take_signatures},
};

/// Answers `/document/FILE`.
pub(crate) fn answer_document(room: &DeskRoom<'_>, call: &DeskCall, name: &str) -> DeskReply {
    let Some((path, signed)) = room.find_document(name) else { return plain_page::not_found() };
    if !call.is_post {
        return show(room, name, signed, Vec::new());
    }
    match call.field("do") {
        Some("back") => go_back(room, path, signed),
        Some("sign") => match sign(room, call, path, signed) {
            Ok(()) => DeskReply::go_to(&document_path(name)),
            Err(fault) => show(room, name, signed, vec![tell_signing_fault(&fault)]),
        },
        // A change of language alone.
        _ => DeskReply::go_to(&document_path(name)),
    }
}

fn show(room: &DeskRoom<'_>, name: &str, signed: &SignedEvent, warned: Vec<String>) -> DeskReply {
    let page = DocumentPage { name: name.to_owned(), signed, warned };
    match render_document(room, &page) {
        Ok(page) => DeskReply::page(StatusCode::OK, page),
        Err(said) => plain_page::reply(StatusCode::CONFLICT, &[said]),
    }
}

/// A draft that nobody has signed is taken back; what was typed stays in its form.
fn go_back(room: &DeskRoom<'_>, path: &std::path::Path, signed: &SignedEvent) -> DeskReply {
    if !signed.signatures.is_empty() {
        return plain_page::reply(StatusCode::CONFLICT, &[say("desk-begun-to-sign", &[])]);
    }
    let fact = signed.event.fact.as_str();
    let on_paper = FACTS.iter().any(|(own, _)| *own == fact);
    // The form of another act was kept under the name of its draft, and is the next one again.
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    // Behind the point stands what it is about.
    let about = stem.split_once('.').map(|(_, about)| about);
    let own_form = about.map_or_else(|| fact.to_owned(), |about| format!("{fact}.{about}"));
    let (kept, next) = (form_path(room.folder(), &stem), form_path(room.folder(), &own_form));
    let has_form = !on_paper && kept.exists();
    if has_form && next.exists() {
        let args = [("file", file_name(&next).into())];
        return plain_page::reply(StatusCode::CONFLICT, &[say("desk-form-in-the-way", &args)]);
    }
    // The form first: what was typed is the last thing to be lost.
    let renamed = if has_form { std::fs::rename(&kept, &next) } else { Ok(()) };
    match renamed.and_then(|()| std::fs::remove_file(path)) {
        // A desk of a territorial commission leads back to what it was about.
        Ok(()) if matches!(room.place, DeskPlace::Ledger(_)) => DeskReply::go_to("/tasks"),
        Ok(()) if on_paper => DeskReply::go_to(&format!("/paper/{fact}")),
        Ok(()) => DeskReply::go_to(&format!("/act/{fact}")),
        Err(error) => {
            let args = [("file", file_name(path).into()), ("error", error.to_string().into())];
            plain_page::reply(StatusCode::INTERNAL_SERVER_ERROR, &[say("desk-cannot-write", &args)])
        }
    }
}

fn sign(
    room: &DeskRoom<'_>,
    call: &DeskCall,
    path: &std::path::Path,
    signed: &SignedEvent,
) -> Result<(), SigningFault> {
    let seat = call.field("seat").unwrap_or_default();
    let missing = room.missing_seats(signed);
    let (seat, key) = missing.iter().find(|(own, _)| own.as_str() == seat).ok_or(SigningFault::NoSeat)?;
    sign_document(SigningOrder {
        path,
        shown: call.field("hash").unwrap_or_default(),
        seat: seat.as_str(),
        who: room.name_seat(seat.as_str()),
        key: *key,
        passphrase: Zeroizing::new(call.field("passphrase").unwrap_or_default().to_owned()),
        folders: &room.settings.keys,
    })
}

fn tell_signing_fault(fault: &SigningFault) -> String {
    match fault {
        SigningFault::File(fault) => fault.to_sentence(),
        other => say_fault(other),
    }
}

/// Answers `/download/FILE`: the draft, for whoever signs elsewhere.
pub(crate) fn send_file(room: &DeskRoom<'_>, name: &str) -> DeskReply {
    let Some((_, signed)) = room.find_document(name) else { return plain_page::not_found() };
    match event::json::encode(signed) {
        Ok(bytes) => DeskReply::file(name, bytes),
        Err(fault) => plain_page::reply(StatusCode::CONFLICT, &[say_fault(&fault)]),
    }
}

/// Answers `/upload`: signatures that were given elsewhere. Whatever else is in the file counts for nothing.
pub(crate) fn take_signed(room: &DeskRoom<'_>, call: &DeskCall) -> DeskReply {
    let file = call.files.iter().find(|file| file.field == "signed");
    let Some(file) = file else {
        return plain_page::reply(StatusCode::BAD_REQUEST, &[say("desk-no-file", &[])]);
    };
    let text = verifier::restore_pasted_text(&file.bytes);
    let signed = match SignedEvent::decode(text.trim_ascii_end()) {
        Ok(signed) => signed,
        Err(fault) => return plain_page::reply(StatusCode::BAD_REQUEST, &[say_fault(&fault)]),
    };
    let hash: Hash = signed.hash();
    let own = room.unsigned().iter().find(|(_, own)| own.hash() == hash);
    let Some((path, _)) = own else {
        let said = if room.knows(&hash) { "desk-signed-already" } else { "desk-other-document" };
        return plain_page::reply(StatusCode::CONFLICT, &[say(said, &[])]);
    };
    match take_signatures(path, &signed, hash) {
        Ok(_) => DeskReply::go_to(&document_path(&file_name(path))),
        Err(fault) => plain_page::reply(StatusCode::CONFLICT, &[tell_signing_fault(&fault)]),
    }
}

/// Answers `/sheet/FILE`: what hangs at the precinct, with its receipt where there is one.
pub(crate) fn send_sheet(room: &DeskRoom<'_>, book: &Book, name: &str) -> DeskReply {
    let Some((path, signed)) = room.find_document(name) else { return plain_page::not_found() };
    let refused = |said: String| plain_page::reply(StatusCode::CONFLICT, &[said]);
    let names = match SheetNames::from_book(book, signed) {
        Ok(names) => names,
        Err(fault) => return refused(say_fault(&fault)),
    };
    let receipt = read_bounded(&path_beside(path, RECEIPT), MAX_RECEIPT_BYTES as u64).ok();
    let receipt = receipt.and_then(|bytes| String::from_utf8(bytes).ok());
    let order = SlipOrder {
        signed,
        receipt: receipt.as_deref(),
        names: &names,
        draft: false,
        format: SheetFormat::Html,
        lang: SheetLanguages::Both,
    };
    match make_slip(&order) {
        Ok(slip) => DeskReply::sheet(slip.text),
        Err(fault) => refused(say_fault(&fault)),
    }
}
