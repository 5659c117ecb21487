//! Names that people cannot tell apart: of candidates and parties (COM-04), of precincts (COM-02).
//!
//! Looks at every two spellings that differ only by case, letters of one shape, or spaces. Nothing is refused for it: two people
//! can have nearly one name. Elsewhere: which letters look alike (`compare::look_alike`).

use std::collections::{BTreeMap, BTreeSet};

use law::Rule;
use phrase::phrase;

use crate::{
    checks::context::Context,
    compare::look_alike::{fold_digits, fold_shape},
    findings::Findings,
    found_message::{FoundMessage, quote},
};

/// Spellings that are equal in one of the forms.
type Groups = BTreeMap<String, BTreeSet<String>>;

/// COM-02 and COM-04 over every name.
pub(crate) fn check_look_alikes(context: &Context<'_>, findings: &mut Findings) {
    let state = context.replayed.head.state();
    let mut parties = Vec::new();
    for (id, election) in &state.elections {
        let nominated = || election.candidates.values().map(|candidate| &candidate.nominated);
        let kazakh = nominated().map(|own| own.name_kk.as_str());
        let russian = nominated().map(|own| own.name_ru.as_str());
        warn_of_look_alikes(Rule::Com04, id.as_str(), kazakh, findings);
        warn_of_look_alikes(Rule::Com04, id.as_str(), russian, findings);
        let ids = election.candidates.keys().map(event::Id::as_str);
        warn_of_look_alikes(Rule::Com04, id.as_str(), ids, findings);
        parties.extend(nominated().filter_map(|own| own.party.as_ref()).map(event::Text::as_str));
    }
    warn_of_look_alikes(Rule::Com04, "parties", parties.into_iter(), findings);
    let formed = || state.precincts.iter();
    let ids = formed().map(|(id, _)| id.as_str());
    warn_of_look_alikes(Rule::Com02, "precincts", ids, findings);
    let numbers = formed().map(|(_, precinct)| precinct.formed.number.as_str());
    warn_of_look_alikes(Rule::Com02, "precincts", numbers, findings);
}

/// One finding for each group of different spellings that look the same.
fn warn_of_look_alikes<'a>(
    rule: Rule,
    subject: &str,
    names: impl Iterator<Item = &'a str> + Clone,
    findings: &mut Findings,
) {
    let mut told = BTreeSet::new();
    for fold in [fold_shape, fold_digits] {
        let mut groups = Groups::new();
        for name in names.clone() {
            groups.entry(fold(name)).or_default().insert(name.to_owned());
        }
        for group in groups.into_values().filter(|group| group.len() > 1) {
            if told.insert(group.clone()) {
                let shown = group.iter().map(|name| show_letters(name)).collect::<Vec<_>>().join(", ");
                let message = FoundMessage::expected(
                    phrase!("found-names-that-people-can-tell-apart", "names that people can tell apart"),
                    quote(shown),
                );
                findings.warn(rule, None, subject, message, None);
            }
        }
    }
}

/// A name with the number of every letter that is of another alphabet than the first one, and of every space but the usual.
fn show_letters(name: &str) -> String {
    let latin = name.chars().find(|letter| letter.is_alphabetic()).is_some_and(|letter| letter.is_ascii());
    let odd = |letter: char| match letter {
        ' ' | '-' => false,
        letter if letter.is_alphabetic() => letter.is_ascii() != latin,
        letter => !letter.is_ascii(),
    };
    let mut shown = String::from("\"");
    for letter in name.chars() {
        if odd(letter) {
            shown.push_str(&format!("[{letter} U+{:04X}]", u32::from(letter)));
        } else {
            shown.push(letter);
        }
    }
    shown.push('"');
    shown
}
