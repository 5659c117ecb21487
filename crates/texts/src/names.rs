//! Names that a ledger holds: in the reader's language where it has them in both, else as they stand.

use law::{
    facts::NameInBoth,
    state::{Candidate, Election},
};

use crate::Language;

/// A name in the reader's language: the Kazakh or Russian one where the ledger has both; for English, and where it has
/// only one of unsaid language, that one.
#[must_use]
pub fn name_in_language<'a>(language: Language, name: &'a str, names: Option<&'a NameInBoth>) -> &'a str {
    match (language, names) {
        (Language::Kk, Some(names)) => names.kk.as_str(),
        (Language::Ru, Some(names)) => names.ru.as_str(),
        (Language::En, _) | (_, None) => name,
    }
}

/// What people call an election, in the reader's language.
#[must_use]
pub fn election_name(election: &Election, language: Language) -> &str {
    name_in_language(language, election.called.name.as_str(), election.called.names.as_ref())
}

/// The name of a candidate in a language; in English, which has no spelling of its own, both.
#[must_use]
pub fn candidate_name(candidate: &Candidate, language: Language) -> String {
    let (kk, ru) = (&candidate.nominated.name_kk, &candidate.nominated.name_ru);
    match language {
        Language::Kk => kk.to_string(),
        Language::Ru => ru.to_string(),
        Language::En => format!("{kk} / {ru}"),
    }
}

/// A candidate of an election by name; the id where the election has none of it.
#[must_use]
pub fn name_candidate_of(election: &Election, id: &str, language: Language) -> String {
    election.candidates.get(id).map_or_else(|| id.to_string(), |own| candidate_name(own, language))
}
