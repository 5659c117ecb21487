//! Ids from what people say: a precinct's number, a candidate's name, a seat in words.

use event::Id;
use law::{State, state::Election};

use super::fault::Expectation;
use crate::{described::field::Named, form::value::is_word};

/// Seats with a name of their own, and the texts that say them.
const SEATS: [(&str, &str); 3] =
    [("chair", "seat-chair"), ("deputy", "seat-deputy"), ("secretary", "seat-secretary")];

/// The id that is meant, where only one can be; what fits nothing is an id that the law will judge.
pub(super) fn find_id(
    state: &State,
    election: Option<&Election>,
    named: Named,
    text: &str,
) -> Result<Id, Expectation> {
    let fitting = match named {
        Named::Precinct => find_precincts(state, election, text),
        Named::Candidate => find_candidates(election, text),
        Named::Commission => find_commissions(state, text),
        Named::Seat => find_seat(text),
        Named::New | Named::Complaint | Named::Election | Named::Organisation => Vec::new(),
    };
    match fitting.as_slice() {
        [one] => Ok(one.clone()),
        [] => Id::new(text).map_err(|_| Expectation::Id),
        several => Err(Expectation::Several {
            fitting: several.iter().map(Id::as_str).collect::<Vec<_>>().join(", "),
        }),
    }
}

/// By id, else by number: `5`, `005`, `№ 5` and `Участок № 5` are one number.
pub(super) fn find_precincts(state: &State, election: Option<&Election>, text: &str) -> Vec<Id> {
    if let Some((id, _)) = state.precincts.get_key_value(text) {
        return vec![id.clone()];
    }
    let wanted = number(text);
    let votes = |id: &Id| election.is_none_or(|own| own.polls.is_empty() || own.polls.contains_key(id));
    let own = state.precincts.iter().filter(|(id, _)| votes(id));
    own.filter(|(_, precinct)| number(precinct.formed.number.as_str()) == wanted)
        .map(|(id, _)| id.clone())
        .collect()
}

/// The one number of a text without its zeros, in front: `Участок № 005` is 5; a text with none, or with two, stands as it is.
fn number(text: &str) -> String {
    let mut runs = text.split(|sign: char| !sign.is_ascii_digit()).filter(|run| !run.is_empty());
    match (runs.next(), runs.next()) {
        (Some(one), None) => {
            let bare = one.trim_start_matches('0');
            if bare.is_empty() { "0".to_owned() } else { bare.to_owned() }
        }
        _ => text.to_owned(),
    }
}

/// By id, else by a name in either language, whole or by its first word.
fn find_candidates(election: Option<&Election>, text: &str) -> Vec<Id> {
    let Some(election) = election else { return Vec::new() };
    if let Some((id, _)) = election.candidates.get_key_value(text) {
        return vec![id.clone()];
    }
    let plain = |name: &str| name.to_lowercase().replace('ё', "е");
    let wanted = plain(text);
    let called = |name: &str| {
        let name = plain(name);
        name == wanted || name.split_whitespace().next() == Some(wanted.as_str())
    };
    let own = election.candidates.iter().filter(|(_, candidate)| {
        called(candidate.nominated.name_kk.as_str()) || called(candidate.nominated.name_ru.as_str())
    });
    own.map(|(id, _)| id.clone()).collect()
}

/// By id, else by its whole name.
fn find_commissions(state: &State, text: &str) -> Vec<Id> {
    if let Some((id, _)) = state.commissions.get_key_value(text) {
        return vec![id.clone()];
    }
    let own = state.commissions.iter().filter(|(_, one)| one.name.eq_ignore_ascii_case(text));
    own.map(|(id, _)| id.clone()).collect()
}

fn find_seat(text: &str) -> Vec<Id> {
    let seat = SEATS.iter().find(|(_, words)| is_word(text, words)).map(|(seat, _)| *seat);
    seat.and_then(|seat| Id::new(seat).ok()).into_iter().collect()
}
