//! An act without a form of the paper asked for and posted: a complaint, a refused copy, a new protocol in the place of another.

use axum::http::StatusCode;
use commission::{
    described::field::FieldKind,
    form::TypedValues,
    paper_form::{ActForm, ActLine, ActPlace, fault::PaperFormFault, keep_paper},
};
use texts::program::say;

use crate::{
    answered::{tell_draft_fault, tell_paper_fault},
    call::DeskCall,
    pages::{
        act_page::{ActPage, render_act},
        plain_page,
    },
    paths::{document_path, path_of_act},
    reply::DeskReply,
    room::{DeskPlace, DeskRoom, file_name},
    typed_lines::{LINE_FILE, digest, read_posted},
};

/// Answers `/act/FACT`.
pub(crate) fn answer_act(room: &DeskRoom<'_>, place: ActPlace<'_>, call: &DeskCall, fact: &str) -> DeskReply {
    let about = place.about.as_ref().map(|(field, value)| format!("{field}={value}"));
    let typed_at = call.field("at").map_or_else(|| room.default_time(), str::to_owned);
    let Some(at) = room.read_time(&typed_at).or_else(|| room.now()) else {
        return plain_page::reply(StatusCode::CONFLICT, &[say("desk-no-time", &[])]);
    };
    let conflict = |fault: &PaperFormFault| plain_page::reply(StatusCode::CONFLICT, &tell_act_fault(fault));
    let form = match ActForm::open(place, fact, at) {
        Ok(form) => form,
        Err(PaperFormFault::DraftWaits { path }) if !call.is_post => {
            return DeskReply::go_to(&document_path(&file_name(&path)));
        }
        Err(fault) => return conflict(&fault),
    };
    let kept = match form.read_typed() {
        Ok(kept) => kept,
        Err(fault) => return conflict(&fault),
    };
    let mut page = ActPage {
        board: list_board(room, &form, call),
        path: path_of_act(fact, about.as_deref()),
        fact,
        form: &form,
        seen: digest(&kept),
        typed: kept,
        at: typed_at,
        said: Vec::new(),
        warned: Vec::new(),
    };
    if call.is_post {
        match post_act(room, call, &mut page) {
            Ok(Some(reply)) => return reply,
            Ok(None) => {}
            Err(fault) => page.warned.extend(tell_act_fault(&fault)),
        }
    }
    DeskReply::page(StatusCode::OK, render_act(room, &page))
}

/// Who can sign for the board of a territorial commission, and whether they are among those who do: everybody before somebody chose.
fn list_board(room: &DeskRoom<'_>, form: &ActForm<'_>, call: &DeskCall) -> Vec<(String, bool)> {
    let DeskPlace::Ledger(_) = room.place else { return Vec::new() };
    let Some(author) = room.author().filter(|_| form.is_of_the_board) else { return Vec::new() };
    let chosen = |seat: &str| {
        !call.is_post || call.fields.iter().any(|(name, own)| name == "signer" && own.as_str() == seat)
    };
    let seats = commission::form::list_seats(room.state(), author);
    let own = seats.into_iter().filter(|seat| seat.key.is_some() && seat.suspended.is_none());
    own.map(|seat| (seat.seat.to_string(), chosen(seat.seat.as_str()))).collect()
}

fn post_act(
    room: &DeskRoom<'_>,
    call: &DeskCall,
    page: &mut ActPage<'_>,
) -> Result<Option<DeskReply>, PaperFormFault> {
    let done = call.field("do").unwrap_or("save");
    let mut typed = page.form.keep_own(&read_posted(call));
    let others = call.field("seen") != Some(page.seen.as_str()) && digest(&typed) != page.seen;
    if others {
        if done == "keep" {
            return Ok(Some(DeskReply::text(StatusCode::CONFLICT, "")));
        }
        let differ = crate::typed_lines::list_differing(&typed, &page.typed).join(", ");
        page.warned.push(say("desk-typed-by-others", &[("lines", differ.into())]));
        page.typed = typed;
        return Ok(Some(DeskReply::page(StatusCode::CONFLICT, render_act(room, page))));
    }
    take_papers(room, call, page.form, &mut typed)?;
    page.form.save_typed(&typed)?;
    page.seen = digest(&typed);
    page.typed = typed;
    match done {
        "keep" => return Ok(Some(DeskReply::text(StatusCode::OK, &page.seen))),
        "draft" if room.read_time(&page.at).is_none() => page.warned.push(say("desk-no-time", &[])),
        // Nobody is not everybody.
        "draft" if !page.board.is_empty() && page.board.iter().all(|(_, signs)| !signs) => {
            page.warned.push(say("desk-no-signer", &[]));
        }
        "draft" => {
            let draft = page.form.write_draft()?;
            return Ok(Some(DeskReply::go_to(&document_path(&file_name(&draft.path)))));
        }
        _ => page.said.push(say("desk-kept", &[])),
    }
    Ok(None)
}

/// Keeps papers that came along, and names each on its line.
fn take_papers(
    room: &DeskRoom<'_>,
    call: &DeskCall,
    form: &ActForm<'_>,
    typed: &mut TypedValues,
) -> Result<(), PaperFormFault> {
    for file in &call.files {
        let Some(number) = file.field.strip_prefix(LINE_FILE) else { continue };
        let is_paper = form.lines.iter().any(
            |line| matches!(line, ActLine::Asked(own, _, _, Some(FieldKind::Document)) if own == number),
        );
        if is_paper {
            typed.insert(number.to_owned(), keep_paper(room.folder(), &file.name, &file.bytes)?);
        }
    }
    Ok(())
}

/// Why there is no draft: every line of it.
fn tell_act_fault(fault: &PaperFormFault) -> Vec<String> {
    match fault {
        PaperFormFault::Draft(fault) => tell_draft_fault(fault),
        other => tell_paper_fault(other),
    }
}
