//! `hattama checks`: the registry, for people.
//!
//! In: id, name, severity, question. Out: how a check is made.

use clap::Args;
use law::{Rule, Severity};

use crate::{fault::Fault, print};

/// Say what a check asks, or list them all
#[derive(Debug, Args)]
pub(crate) struct Checks {
    /// Id of a check, as ARI-04; all of them without it
    id: Option<String>,
}

impl Checks {
    pub(crate) fn run(self) -> Result<(), Fault> {
        let Some(id) = self.id else {
            for rule in Rule::ALL {
                let built = if verifier::registry::is_built(*rule) { "" } else { "  (not built yet)" };
                print(&format!("{}  {:28} {}{built}", rule.id(), rule.name(), rule.question()));
            }
            return Ok(());
        };
        let rule = Rule::ALL.iter().find(|rule| rule.id().eq_ignore_ascii_case(&id));
        let Some(rule) = rule else {
            return Err(Fault::Argument { expected: "the id of a check, as ARI-04".to_owned(), found: id });
        };
        let severity = match rule.severity() {
            Severity::Fail => "a failure refuses an event, and fails a verification",
            Severity::Warn => "a failure is a warning",
            Severity::Info => "for information",
        };
        let built =
            if verifier::registry::is_built(*rule) { "made by this version" } else { "not built yet" };
        print(&format!(
            "{} {}\n{}\nrests on: {}\n{severity}; {built}",
            rule.id(),
            rule.name(),
            rule.question(),
            rule.article()
        ));
        Ok(())
    }
}
