//! Counts that a ledger itself calls approximate: they decide about an announcement that is approximate too, and about nothing else.

use phrase::{Argument, Phrase, phrase};

use crate::{
    claim::{Relation, Scope},
    figure::add_up,
    measure::{Measure, Stage},
    scope::ScopedElection,
};

/// A count of those who watch, where one of these elections says that its figures are approximate: whose, and how many all come to.
pub(crate) fn find_approximate(
    measure: Measure,
    to: Relation,
    scope: &Scope,
    elections: &[ScopedElection<'_>],
) -> Option<Phrase> {
    let other = match to {
        Relation::Alone => None,
        Relation::PercentOf(other) | Relation::ForEach(other) => Some(other),
    };
    let counted = [Some(measure), other].into_iter().flatten().find(|own| own.stage() == Stage::Watching)?;
    let says_so =
        |one: &ScopedElection<'_>| one.election.observers.as_ref().is_some_and(|count| count.approximate);
    let first = elections.iter().find(|one| says_so(one))?;
    let found = add_up(counted, scope, elections).value;
    Some(phrase!(
        "claim-approximate",
        "{measure} is about {found}: the ledger says itself that its counts are approximate, first of {election}",
        measure = Argument::quote(counted.name()),
        found = found,
        election = Argument::quote(first.id.as_str())
    ))
}
