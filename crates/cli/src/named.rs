//! Precincts, commissions, candidates, seats and times as answers for people have them, in the language of the answers.

use commission::legible::{local_time, seats::title_of_seat};
use event::Id;
use law::{State, state::Election};
use texts::{
    name_candidate_of, name_in_language,
    program::{answer_language, say},
};

/// The number of a precinct, its id behind it: `№ 0023 (semey-023)`.
pub(crate) fn number_precinct(state: &State, id: &Id) -> String {
    match state.precincts.get(id) {
        Some(precinct) => format!("№ {} ({id})", precinct.formed.number),
        None => id.to_string(),
    }
}

/// A precinct by its number, its id behind it: `precinct No. 0023 (semey-023)`.
pub(crate) fn name_precinct(state: &State, id: &Id) -> String {
    match state.precincts.get(id) {
        Some(precinct) => format!("{} ({id})", say_number(precinct.formed.number.as_str())),
        None => id.to_string(),
    }
}

/// What a precinct is called.
fn say_number(number: &str) -> String {
    say("legible-precinct", &[("number", number.into())])
}

/// A precinct, a commission or a candidate by name, its id behind it.
pub(crate) fn name_subject(state: &State, election: Option<&Election>, id: &Id) -> String {
    if state.precincts.contains_key(id) {
        return name_precinct(state, id);
    }
    if state.commissions.contains_key(id) {
        return format!("{} ({id})", name_commission(state, id));
    }
    match election.filter(|own| own.candidates.contains_key(id)) {
        Some(election) => format!("{} ({id})", name_candidate(election, id)),
        None => id.to_string(),
    }
}

/// A commission by its name.
pub(crate) fn name_commission(state: &State, id: &Id) -> String {
    let named = |own: &law::state::Commission| {
        name_in_language(answer_language(), &own.name, own.names.as_ref()).to_owned()
    };
    state.commissions.get(id).map_or_else(|| id.to_string(), named)
}

/// A candidate by name.
pub(crate) fn name_candidate(election: &Election, id: &Id) -> String {
    name_candidate_of(election, id.as_str(), answer_language())
}

/// Seats by their titles.
pub(crate) fn name_seats(seats: &[String]) -> String {
    let title = |seat: &String| title_of_seat(answer_language(), seat);
    seats.iter().map(title).collect::<Vec<_>>().join(", ")
}

/// A time as it was written, in the order of a date.
pub(crate) fn tell_time(at: impl std::fmt::Display) -> String {
    local_time(&at.to_string())
}
