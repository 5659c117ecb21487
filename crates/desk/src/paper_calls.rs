//! A form of the paper asked for and posted: what was typed is kept first, then said of, then drafted.

use axum::http::StatusCode;
use commission::{
    book::Book,
    form::{Expected, TypedValues, parse_count},
    paper_form::{BOXES_MAX, PaperForm, fault::PaperFormFault, keep_paper},
};
use texts::program::say;

use crate::{
    answered::tell_paper_fault,
    call::DeskCall,
    pages::{
        paper_page::{PaperPage, render_paper},
        plain_page,
    },
    paths::document_path,
    reply::DeskReply,
    room::{DeskRoom, file_name},
    typed_lines::{LINE_FILE, SIGNS, digest, list_differing, read_posted},
};

/// Answers `/paper/FACT`.
pub(crate) fn answer_paper(room: &DeskRoom<'_>, book: &Book, call: &DeskCall, fact: &str) -> DeskReply {
    let wanted: Option<usize> = call.field("boxes").and_then(|text| text.trim().parse().ok());
    let boxes = wanted.filter(|boxes| *boxes <= BOXES_MAX);
    let too_many = wanted.filter(|boxes| *boxes > BOXES_MAX);
    let form = match PaperForm::open(book, fact, boxes) {
        Ok(form) => form,
        Err(fault) => return plain_page::reply(StatusCode::CONFLICT, &tell_paper_fault(&fault)),
    };
    let kept = match form.read_typed() {
        Ok(kept) => kept,
        Err(fault) => return plain_page::reply(StatusCode::CONFLICT, &tell_paper_fault(&fault)),
    };
    if call.is_post {
        let found = too_many.map(|found| PaperFormFault::Boxes { expected: BOXES_MAX, found });
        return post_paper(
            room,
            call,
            &form,
            &kept,
            found.as_ref().map(tell_paper_fault).unwrap_or_default(),
        );
    }
    let page = PaperPage::new(&form, kept.clone(), &kept, room.default_time());
    DeskReply::page(StatusCode::OK, render_paper(room, &page))
}

/// `page_said` is what is wrong already with what was posted.
fn post_paper(
    room: &DeskRoom<'_>,
    call: &DeskCall,
    form: &PaperForm<'_>,
    kept: &TypedValues,
    mut page_said: Vec<String>,
) -> DeskReply {
    let done = call.field("do").unwrap_or("save");
    let mut typed = write_figures_plainly(form, form.keep_own(&read_posted(call)));
    let at = call.field("at").map_or_else(|| room.default_time(), str::to_owned);
    // Somebody else has typed since this page was shown: nothing of theirs is lost in silence.
    let seen = call.field("seen").unwrap_or_default();
    if seen != digest(kept) && digest(&typed) != digest(kept) {
        let differ = list_differing(&typed, kept).join(", ");
        let said = vec![say("desk-typed-by-others", &[("lines", differ.into())])];
        if done == "keep" {
            return DeskReply::text(StatusCode::CONFLICT, "");
        }
        let page = PaperPage { warned: said, ..PaperPage::new(form, typed, kept, at) };
        return DeskReply::page(StatusCode::CONFLICT, render_paper(room, &page));
    }
    match take_files(room, call, form, &mut typed) {
        Ok(()) => {}
        Err(said) => page_said.extend(said),
    }
    let filled_in = match done {
        "zeros" => fill_empty(form, &mut typed, Expected::Count, "0"),
        "members" => fill_empty(form, &mut typed, Expected::Member, SIGNS),
        _ => 0,
    };
    if let Err(fault) = form.save_typed(&typed) {
        let page = PaperPage { warned: tell_paper_fault(&fault), ..PaperPage::new(form, typed, kept, at) };
        return DeskReply::page(StatusCode::INTERNAL_SERVER_ERROR, render_paper(room, &page));
    }
    if done == "keep" {
        return DeskReply::text(StatusCode::OK, &digest(&typed));
    }
    let mut page = PaperPage::new(form, typed.clone(), &typed, at);
    page.warned = page_said;
    match done {
        "zeros" | "members" => page.said.push(say("desk-filled", &[("count", filled_in.into())])),
        "draft" if page.warned.is_empty() => return draft_paper(room, call, page),
        "check" => page.asks_for_all = true,
        _ => page.said.push(say("desk-kept", &[])),
    }
    DeskReply::page(StatusCode::OK, render_paper(room, &page))
}

/// Drafts what has no fault, once somebody says that it was compared with the paper.
fn draft_paper(room: &DeskRoom<'_>, call: &DeskCall, mut page: PaperPage<'_>) -> DeskReply {
    page.asks_for_all = true;
    let own = digest(&page.typed);
    let at = room.read_time(&page.at);
    let Some(at) = at else {
        page.warned.push(say("desk-no-time", &[]));
        return DeskReply::page(StatusCode::OK, render_paper(room, &page));
    };
    if page.list_faults().is_empty() {
        if page.form.is_of_the_board() && call.field("compared") != Some(own.as_str()) {
            page.asks_compared = true;
            return DeskReply::page(StatusCode::OK, render_paper(room, &page));
        }
        match page.form.write_draft(&page.typed, at) {
            Ok(draft) => return DeskReply::go_to(&document_path(&file_name(&draft.path))),
            Err(fault) => page.warned.extend(tell_paper_fault(&fault)),
        }
    }
    DeskReply::page(StatusCode::OK, render_paper(room, &page))
}

/// Figures without the spaces with which they are shown: the same figure is the same value.
fn write_figures_plainly(form: &PaperForm<'_>, mut typed: TypedValues) -> TypedValues {
    for blank in form.form.blanks().filter(|blank| Expected::of_line(&blank.slot) == Expected::Count) {
        if let Some(count) = typed.get(&blank.number).and_then(|text| parse_count(text)) {
            typed.insert(blank.number.clone(), count.to_string());
        }
    }
    typed
}

/// Keeps files that came along, and names each on its line.
fn take_files(
    room: &DeskRoom<'_>,
    call: &DeskCall,
    form: &PaperForm<'_>,
    typed: &mut TypedValues,
) -> Result<(), Vec<String>> {
    for file in &call.files {
        let Some(number) = file.field.strip_prefix(LINE_FILE) else { continue };
        let Some(line) = form.form.blanks().find(|blank| blank.number == number) else { continue };
        let name =
            keep_paper(room.folder(), &file.name, &file.bytes).map_err(|fault| tell_paper_fault(&fault))?;
        let own = typed.entry(number.to_owned()).or_default();
        *own = match Expected::of_line(&line.slot) {
            // Behind the word for a dissenting opinion stands the file of it.
            Expected::Member => format!("{}: {name}", own.split(':').next().unwrap_or_default().trim()),
            _ => name,
        };
    }
    Ok(())
}

/// Fills every empty line of a kind; how many.
fn fill_empty(form: &PaperForm<'_>, typed: &mut TypedValues, kind: Expected, value: &str) -> usize {
    let empty = form.form.blanks().filter(|blank| Expected::of_line(&blank.slot) == kind);
    let empty: Vec<String> =
        empty.map(|blank| blank.number.clone()).filter(|number| !typed.contains_key(number)).collect();
    for number in &empty {
        typed.insert(number.clone(), value.to_owned());
    }
    empty.len()
}
