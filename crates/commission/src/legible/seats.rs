//! A seat of a commission in words: the officer's title or the member's number, and the member's name where it is known.

use event::Id;
use law::{State, state::Seat};
use texts::{Language, program::program_catalogue};

/// Seats with a name of their own, in the order in which a commission lists itself.
const OFFICERS: [(&str, &str); 3] =
    [("chair", "seat-chair"), ("deputy", "seat-deputy"), ("secretary", "seat-secretary")];

/// The title of a seat alone: chair, or member No. 4.
#[must_use]
pub fn title_of_seat(lang: Language, seat: &str) -> String {
    let own = |id: &str| program_catalogue().format_text(lang, id, &[]);
    if let Some((_, words)) = OFFICERS.iter().find(|(officer, _)| *officer == seat) {
        return own(words);
    }
    match seat.strip_prefix('m').filter(|n| !n.is_empty() && n.bytes().all(|byte| byte.is_ascii_digit())) {
        Some(n) => format!("{} № {n}", own("seat-member")),
        None => format!("{} «{seat}»", own("seat-member")),
    }
}

/// A seat with the name of its member, as far as the source has it.
#[must_use]
pub fn name_seat_plainly(lang: Language, state: Option<&State>, commission: &str, seat: &str) -> String {
    let title = title_of_seat(lang, seat);
    match find_seat(state, commission, seat).and_then(|seat| seat.name.as_ref()) {
        Some(name) => format!("{title} {name}"),
        None => title,
    }
}

/// The place of a seat in its commission, its officers first, counted from 1.
#[must_use]
pub fn place_of_seat(state: Option<&State>, commission: &Id, seat: &str) -> Option<usize> {
    let seats = crate::form::list_seats(state?, commission);
    seats.iter().position(|own| own.seat.as_str() == seat).map(|place| place + 1)
}

fn find_seat<'a>(state: Option<&'a State>, commission: &str, seat: &str) -> Option<&'a Seat> {
    state?.commissions.get(commission)?.seat(seat)
}
