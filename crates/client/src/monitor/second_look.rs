//! A second look before an alarm: what `verify` says of the same entries and the same pin. Only where it would fail the ledger is
//! the log accused; what it cannot decide is told and decides nothing.

use std::collections::BTreeMap;

use verifier::{ObserverInputs, Pin, Source, SourceKind, Verdict, Verification};

use super::{
    alarm::{Alarm, AlarmKind},
    watched::{WatchStep, WatchedLog},
};

/// What the second look came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SecondLook {
    /// The log, or a commission, is accused.
    Accused,
    /// Nothing can be said: the observer's own input, a later version.
    Undecided,
    /// Nothing is wrong.
    Sound,
}

/// Second looks that were made, by alarm: each again only when the log has grown.
#[derive(Debug, Default)]
pub struct SecondLooks(BTreeMap<(AlarmKind, String), (u64, SecondLook)>);

impl SecondLooks {
    /// Looks at what was seen of a log and at one pin of the observer's.
    pub fn look(
        &mut self,
        base: &str,
        watched: &WatchedLog,
        step: &WatchStep,
        alarm: &Alarm,
        pin: Option<&Pin>,
    ) -> SecondLook {
        let size = watched.head.size().saturating_add(step.suspect.len() as u64);
        if let Some((_, found)) = self.0.get(&alarm.key()).filter(|(before, _)| *before == size) {
            return *found;
        }
        let entries = [watched.entries.as_slice(), &step.suspect].concat();
        let newest = watched.newest.as_ref().map(|(_, note)| note.clone());
        let note = if step.suspect.is_empty() { newest } else { Some(step.note.clone()) };
        let source = Source::from_entries(base, entries, note).read_as(SourceKind::Address);
        let pins: Vec<Pin> = pin.cloned().into_iter().collect();
        let inputs = ObserverInputs { pins: &pins, ..ObserverInputs::default() };
        let found = match Verification::run(&source, &inputs, None).report().verdict() {
            Verdict::Failed => SecondLook::Accused,
            Verdict::Incomplete => SecondLook::Undecided,
            Verdict::Verified | Verdict::VerifiedWithWarnings => SecondLook::Sound,
        };
        self.0.insert(alarm.key(), (size, found));
        found
    }
}
