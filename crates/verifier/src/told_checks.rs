//! What checks have come to while a verification is under way, told to whoever watches it.

use std::{cell::RefCell, collections::BTreeMap};

use law::Rule;

use crate::{
    findings::{Findings, Row, Status},
    replay::VerificationStep,
};

/// Tells of each check what it has come to, each time that it changes.
pub(crate) struct ToldChecks<'t> {
    told: &'t dyn Fn(VerificationStep),
    last: RefCell<BTreeMap<Rule, &'static str>>,
}

impl<'t> ToldChecks<'t> {
    /// Nothing was told yet.
    pub(crate) fn new(told: &'t dyn Fn(VerificationStep)) -> Self {
        Self { told, last: RefCell::default() }
    }

    /// Tells what the findings so far say.
    pub(crate) fn tell_findings(&self, findings: &Findings) {
        findings.statuses().for_each(|(rule, status)| self.tell_one(rule, status));
    }

    /// Tells what every check came to at the end.
    pub(crate) fn tell_rows(&self, rows: &[Row]) {
        rows.iter().for_each(|row| self.tell_one(row.rule, &row.status));
    }

    fn tell_one(&self, rule: Rule, status: &Status) {
        if self.last.borrow_mut().insert(rule, status.word()) != Some(status.word()) {
            (self.told)(VerificationStep::Check { rule, status: status.clone() });
        }
    }
}
