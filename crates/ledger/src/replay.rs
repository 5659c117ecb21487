//! The replay: entries that were read are admitted one after the other, and the head goes on with each.
//!
//! Who reads and decodes the entries, and on how many cores, is the caller's affair; what every replay does with them is here
//! once: the first entry that does not read, or that may not follow, stops it.

use core::ops::ControlFlow;

use crate::{Admitted, Entry, EntryError, Head, Refusal};

/// What a replay has come to, as its caller is shown it for every entry, in this order.
#[derive(Debug)]
pub enum ReplayStep<'a> {
    /// An entry that was read and is not judged yet, and the head that it meets.
    Decoded(&'a Head, &'a Entry),
    /// The same entry, which may follow, and the head that is still without it.
    Admitted(&'a Head, &'a Admitted),
    /// The head with the entry.
    Extended(&'a Head),
}

/// Why an entry cannot be replayed. The head then stands in front of it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, phrase::Phrased)]
pub enum StoppedReplay {
    /// It does not read, or a signature in it is not good.
    #[error("entry {index}: {error}")]
    Unreadable {
        /// Its index: the size of the head.
        index: u64,
        /// Why.
        error: EntryError,
    },
    /// It may not follow.
    #[error("entry {index}, {}: {refusal}", refusal.rule())]
    Refused {
        /// Its index: the size of the head.
        index: u64,
        /// Why.
        refusal: Refusal,
    },
}

/// Admits decoded entries on a head, the next one of the ledger first, and shows each step of it to `look`, which can end the
/// replay there: an entry that was only decoded, or only admitted, is then left out.
///
/// # Errors
/// The first [`StoppedReplay`].
pub fn replay(
    head: &mut Head,
    decoded: impl IntoIterator<Item = Result<Entry, EntryError>>,
    mut look: impl FnMut(ReplayStep<'_>) -> ControlFlow<()>,
) -> Result<(), StoppedReplay> {
    for entry in decoded {
        let index = head.size();
        let entry = entry.map_err(|error| StoppedReplay::Unreadable { index, error })?;
        if look(ReplayStep::Decoded(head, &entry)).is_break() {
            return Ok(());
        }
        let admitted = head.admit(entry).map_err(|refusal| StoppedReplay::Refused { index, refusal })?;
        if look(ReplayStep::Admitted(head, &admitted)).is_break() {
            return Ok(());
        }
        head.extend(admitted);
        if look(ReplayStep::Extended(head)).is_break() {
            return Ok(());
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops at the first surprise")]

    use alloc::{format, vec::Vec};

    use event::ProvedKey;
    use law::{Fact, state::Holder};

    use super::*;

    /// The entries of the scene as they stand in the vectors.
    fn scene() -> Vec<Result<Entry, EntryError>> {
        let text = include_str!("../../../tests/vectors/scene.json");
        let steps: Vec<serde_json::Value> = serde_json::from_str(text).unwrap();
        steps.iter().map(|step| Entry::decode(step["entry"].as_str().unwrap().as_bytes())).collect()
    }

    #[test]
    fn each_entry_is_shown_three_times_and_taken_in() {
        let (mut head, mut steps) = (Head::default(), [0, 0, 0]);
        let entries = scene();
        let count = entries.len() as u64;
        let all = replay(&mut head, entries, |step| {
            match step {
                ReplayStep::Decoded(head, entry) => {
                    assert_eq!(head.size(), entry.index());
                    steps[0] += 1;
                }
                ReplayStep::Admitted(head, admitted) => {
                    assert_eq!(head.size(), admitted.entry().index());
                    steps[1] += 1;
                }
                ReplayStep::Extended(head) => {
                    steps[2] += 1;
                    assert_eq!(head.size(), steps[2]);
                }
            }
            ControlFlow::Continue(())
        });
        assert_eq!((all, head.size(), steps), (Ok(()), count, [count; 3]));
    }

    #[test]
    fn a_replay_ends_where_its_caller_wants() {
        let stop_at = |wanted: fn(&ReplayStep<'_>) -> bool| {
            let mut head = Head::default();
            let end = |step: ReplayStep<'_>| {
                if wanted(&step) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            };
            replay(&mut head, scene(), end).unwrap();
            head.size()
        };
        assert_eq!(stop_at(|step| matches!(step, ReplayStep::Decoded(_, entry) if entry.index() == 3)), 3);
        assert_eq!(stop_at(|step| matches!(step, ReplayStep::Admitted(head, _) if head.size() == 3)), 3);
        assert_eq!(stop_at(|step| matches!(step, ReplayStep::Extended(head) if head.size() == 3)), 3);
    }

    #[test]
    fn the_first_bad_entry_stops_it_and_is_named() {
        let go_on = |_: ReplayStep<'_>| ControlFlow::Continue(());
        let mut head = Head::default();
        let mut unread = scene();
        unread[2] = Entry::decode(b"{}");
        assert!(matches!(
            replay(&mut head, unread, go_on),
            Err(StoppedReplay::Unreadable { index: 2, error: EntryError::Decode(_) })
        ));
        assert_eq!(head.size(), 2);

        let mut head = Head::default();
        let mut swapped = scene();
        swapped.swap(1, 2);
        assert_eq!(
            replay(&mut head, swapped, go_on),
            Err(StoppedReplay::Refused { index: 1, refusal: Refusal::Index { expected: 1, found: 2 } })
        );
        assert_eq!(head.size(), 1);
    }

    /// Keys that come in with a proof: all but those of the root and of the log.
    fn count_proved_keys(head: &Head) -> usize {
        let holders = head.state().keys.values().map(|record| &record.holder);
        holders.filter(|holder| !matches!(holder, Holder::Root | Holder::Log)).count()
    }

    #[test]
    fn each_proof_that_a_rule_asks_for_is_known_ahead() {
        let mut head = Head::default();
        for entry in scene() {
            let entry = entry.unwrap();
            let proved = entry.clone().read_ahead().take_foreknown().proved.len();
            let before = count_proved_keys(&head);
            let plain = head.admit(entry.clone()).unwrap();
            let ahead = head.admit(entry.read_ahead()).unwrap();
            assert_eq!(format!("{:?}", plain.fact()), format!("{:?}", ahead.fact()));
            assert_eq!(plain.findings(), ahead.findings());
            head.extend(ahead);
            assert_eq!(count_proved_keys(&head) - before, proved, "{}", plain.fact().name());
        }
        assert!(count_proved_keys(&head) > 10);
    }

    #[test]
    fn a_proof_counts_for_its_own_key_and_text_alone() {
        let mut formed = scene().into_iter().map(Result::unwrap);
        let mut formed = formed.find(|entry| entry.event().fact.as_str() == "commission-formed").unwrap();
        let foreknown = formed.take_foreknown();
        assert_eq!(foreknown.proved, [], "nothing was checked ahead");
        let Ok(Fact::CommissionFormed(fact)) = foreknown.stated else {
            unreachable!("the fact that was looked for")
        };
        let mut formed = formed.read_ahead();
        let (ledger, proved) = (formed.event().ledger, formed.take_foreknown().proved);
        assert_eq!(proved.len(), fact.members.len());
        let text = |member: &law::facts::Member| event::key_text(&ledger, &fact.commission, &member.seat);
        let (one, other) = (&fact.members[0], &fact.members[1]);
        let (key, proof) = (one.key.unwrap(), one.proof.unwrap());
        assert!(proved[0].is_of(&key, &text(one), &proof));
        assert!(!proved[0].is_of(&key, &text(other), &proof));
        assert!(!proved[0].is_of(&other.key.unwrap(), &text(one), &proof));
        assert!(!proved[0].is_of(&key, &text(one), &other.proof.unwrap()));
        assert_eq!(ProvedKey::check(&key, text(other), &proof), None);
        assert_eq!(ProvedKey::check(&other.key.unwrap(), text(one), &proof), None);
    }
}
