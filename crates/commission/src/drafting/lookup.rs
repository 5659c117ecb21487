//! Ids from what people say: a precinct's number, a candidate's name, a seat in words, an id with letters of another alphabet.

use event::Id;
use law::{State, state::Election};

use super::fault::Expectation;
use crate::{described::field::Named, form::value::is_word, import::precinct_number::plain_number};

/// Seats with a name of their own, and the texts that say them.
const SEATS: [(&str, &str); 3] =
    [("chair", "seat-chair"), ("deputy", "seat-deputy"), ("secretary", "seat-secretary")];

/// Cyrillic letters that look like Latin ones, and which.
const LOOKALIKES: [(char, char); 18] = [
    ('а', 'a'),
    ('в', 'b'),
    ('с', 'c'),
    ('е', 'e'),
    ('һ', 'h'),
    ('н', 'h'),
    ('і', 'i'),
    ('ј', 'j'),
    ('к', 'k'),
    ('м', 'm'),
    ('о', 'o'),
    ('р', 'p'),
    ('ѕ', 's'),
    ('т', 't'),
    ('у', 'y'),
    ('ү', 'y'),
    ('х', 'x'),
    ('ё', 'e'),
];

/// The id that is meant, where only one can be; what fits nothing is an id that the law will judge.
///
/// # Errors
/// [`Expectation`]: several fit, or what is written can be no id.
pub fn find_named(
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
        Named::Election => find_alike(state.elections.keys(), text),
        Named::Organisation => find_alike(state.organisations.keys(), text),
        Named::Complaint => find_alike(election.into_iter().flat_map(|own| own.complaints.keys()), text),
        Named::New => Vec::new(),
    };
    match fitting.as_slice() {
        [one] => Ok(one.clone()),
        [] => Id::new(text).map_err(|_| Expectation::Id),
        several => Err(Expectation::Several {
            fitting: several.iter().map(Id::as_str).collect::<Vec<_>>().join(", "),
        }),
    }
}

/// Ids that are written alike: without regard to capitals, look-alikes of another alphabet, the kind of dash, spaces around it,
/// and zeros before a number.
fn find_alike<'a>(ids: impl Iterator<Item = &'a Id>, text: &str) -> Vec<Id> {
    let wanted = write_plainly(text);
    let mut fitting: Vec<Id> = Vec::new();
    for id in ids {
        if id.as_str() == text.trim() {
            return vec![id.clone()];
        }
        if write_plainly(id.as_str()) == wanted {
            fitting.push(id.clone());
        }
    }
    fitting
}

/// An id as everybody would have typed it.
fn write_plainly(text: &str) -> String {
    let small = text.trim().to_lowercase();
    let latin = small.chars().filter(|sign| !texts::is_unseen(*sign)).map(|sign| match sign {
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '_' | ' ' | '\u{a0}' => '-',
        other => LOOKALIKES.iter().find(|(own, _)| *own == other).map_or(other, |(_, latin)| *latin),
    });
    let latin: String = latin.collect();
    let bare = |part: &str| match part.trim_start_matches('0') {
        "" if !part.is_empty() => "0".to_owned(),
        bare => bare.to_owned(),
    };
    latin.split('-').filter(|part| !part.is_empty()).map(bare).collect::<Vec<_>>().join("-")
}

/// By id, else by number: `5`, `005`, `№ 5` and `Участок № 5` are one number.
pub(super) fn find_precincts(state: &State, election: Option<&Election>, text: &str) -> Vec<Id> {
    let alike = find_alike(state.precincts.keys(), text);
    if !alike.is_empty() {
        return alike;
    }
    let wanted = number(text);
    let votes = |id: &Id| election.is_none_or(|own| own.polls.is_empty() || own.polls.contains_key(id));
    let own = state.precincts.iter().filter(|(id, _)| votes(id));
    own.filter(|(_, precinct)| number(precinct.formed.number.as_str()) == wanted)
        .map(|(id, _)| id.clone())
        .collect()
}

/// The number of a precinct without its zeros: `Участок № 005` is 5; what may be another number stands as it is.
fn number(text: &str) -> &str {
    let plain = plain_number(text.trim());
    match plain.trim_start_matches('0') {
        "" if !plain.is_empty() => "0",
        bare if bare.bytes().all(|byte| byte.is_ascii_digit()) => bare,
        _ => plain,
    }
}

/// By id, else by a name in either language, whole or by its first word.
fn find_candidates(election: Option<&Election>, text: &str) -> Vec<Id> {
    let Some(election) = election else { return Vec::new() };
    let alike = find_alike(election.candidates.keys(), text);
    if !alike.is_empty() {
        return alike;
    }
    let plain =
        |name: &str| name.to_lowercase().replace('ё', "е").split_whitespace().collect::<Vec<_>>().join(" ");
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
    let alike = find_alike(state.commissions.keys(), text);
    if !alike.is_empty() {
        return alike;
    }
    let wanted = text.trim().to_lowercase();
    let own = state.commissions.iter().filter(|(_, one)| one.name.to_lowercase() == wanted);
    own.map(|(id, _)| id.clone()).collect()
}

fn find_seat(text: &str) -> Vec<Id> {
    let seat = SEATS.iter().find(|(_, words)| is_word(text, words)).map(|(seat, _)| (*seat).to_owned());
    let plain = write_plainly(text);
    let usual = SEATS.iter().any(|(seat, _)| *seat == plain)
        || plain
            .strip_prefix('m')
            .is_some_and(|n| !n.is_empty() && n.bytes().all(|one| one.is_ascii_digit()));
    let seat = seat.or_else(|| usual.then_some(plain));
    seat.and_then(|seat| Id::new(&seat).ok()).into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_that_of_a_precinct_and_not_of_something_else() {
        for text in ["5", "005", " № 5 ", "№5", "Участок № 005", "5 участок", "УИК-5", "5.0"]
        {
            assert_eq!(number(text), "5", "{text}");
        }
        for other in ["5a", "aktobe-005", "5 и 6", "", "semey", "5-6"] {
            assert_eq!(number(other), other);
        }
        assert_eq!((number("0"), number("000")), ("0", "0"));
    }

    #[test]
    fn ids_are_found_as_people_type_them_and_only_where_one_is_meant() {
        let ids: Vec<Id> =
            ["tec-semey", "semey-005", "semey-050", "c-1"].map(|id| Id::new(id).unwrap()).to_vec();
        let found = |text: &str| {
            find_alike(ids.iter(), text).iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
        };
        for (text, expected) in [
            ("tec-semey", "tec-semey"),
            ("TEC-Semey", "tec-semey"),
            ("тес-sеmеу", "tec-semey"),
            ("tec–semey", "tec-semey"),
            (" tec semey\u{200b}", "tec-semey"),
            ("semey-5", "semey-005"),
            ("SEMEY-0005", "semey-005"),
            ("semey-50", "semey-050"),
            ("с-1", "c-1"),
            ("semey", ""),
            ("semey-500", ""),
        ] {
            assert_eq!(found(text), expected, "{text}");
        }
    }
}
