//! What each fact asks for: its fields with meaning, unit, article and a filled example.
//!
//! One table for the form, the flags, the tables of many rows and `event facts`. A test holds it against the structs of
//! the law: no field is missing, none is there that the law does not have.

mod calling;
mod candidates;
mod charter;
mod complaints;
mod count;
mod fact;
pub mod field;
mod offices;
mod polling;
mod results;
pub(crate) mod shared;
pub mod told;
pub mod words;

use law::{FactError, Signing, facts::Level};

pub use fact::{DescribedFact, read_value};

const CHAPTERS: [&[DescribedFact]; 8] = [
    charter::FACTS,
    offices::FACTS,
    calling::FACTS,
    candidates::FACTS,
    polling::FACTS,
    count::FACTS,
    complaints::FACTS,
    results::FACTS,
];

/// Every fact, in the order of the chapters.
pub fn all_facts() -> impl Iterator<Item = &'static DescribedFact> {
    CHAPTERS.into_iter().flatten()
}

/// The description of a fact.
///
/// # Errors
/// [`FactError::Unknown`].
pub fn describe_fact(name: &str) -> Result<&'static DescribedFact, FactError> {
    let found = all_facts().find(|fact| fact.name == name);
    found.ok_or_else(|| FactError::Unknown { found: name.to_owned() })
}

/// Facts that a precinct's commission states.
#[must_use]
pub fn facts_of_precincts() -> Vec<&'static str> {
    let own = |fact: &&DescribedFact| match fact.signing() {
        Ok(Signing::Quorum) => true,
        Ok(Signing::Board(level) | Signing::Chair(level) | Signing::Officer(level)) => {
            level == Level::Precinct
        }
        _ => false,
    };
    // Whoever it is handed to takes a complaint in.
    all_facts().filter(|fact| own(fact) || fact.name == "complaint-filed").map(|fact| fact.name).collect()
}
