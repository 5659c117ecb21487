//! Entries read, decoded and checked ahead of the judge, and handed to it in their order.
//!
//! What is done ahead follows from the bytes of one entry alone, so that it is done on every core at once and in any order.
//! Whatever depends on the entries before is the judge's, who takes them one by one on the thread that called. Where there
//! are no threads the same is done in turns.
//!
//! The queue between the two is bounded by entries and by bytes: neither a slow judge nor a ledger of longest entries fills
//! the memory.

use std::borrow::Cow;

use ledger::{CheckedLeaves, Entry, EntryError};

use crate::replay::{
    decode::decode_ahead,
    personal_data::{PersonalData, in_entry},
};

/// An entry as the judge is handed it.
pub(crate) struct PreparedEntry<'a> {
    /// Its index.
    pub(crate) at: u64,
    /// Its bytes.
    pub(crate) bytes: Cow<'a, [u8]>,
    /// The entry in them, or why there is none.
    pub(crate) decoded: Result<Entry, EntryError>,
    /// Personal data in them.
    pub(crate) personal: Vec<PersonalData>,
}

/// Entries that follow one another, with the index of the first.
pub(crate) type Portion<'a> = (u64, Vec<Cow<'a, [u8]>>);

/// Hands all entries to `judge`, in their order and a few at a time.
#[cfg(not(feature = "threads"))]
pub(crate) fn prepare_ahead<'a>(
    portions: impl Iterator<Item = Portion<'a>>,
    known: &CheckedLeaves,
    mut judge: impl FnMut(Vec<PreparedEntry<'a>>),
) {
    portions.for_each(|portion| judge(prepare_portion(portion, known)));
}

#[cfg(feature = "threads")]
pub(crate) use on_every_core::prepare_ahead;

fn prepare_portion<'a>((first, entries): Portion<'a>, known: &CheckedLeaves) -> Vec<PreparedEntry<'a>> {
    let prepare = |(at, bytes): (u64, Cow<'a, [u8]>)| {
        let (decoded, personal) = (decode_ahead(&bytes, known), in_entry(&bytes).collect());
        PreparedEntry { at, bytes, decoded, personal }
    };
    (first..).zip(entries).map(prepare).collect()
}

#[cfg(feature = "threads")]
mod on_every_core {
    use std::{
        borrow::Cow,
        collections::VecDeque,
        sync::mpsc::{Receiver, RecvTimeoutError, TryRecvError, channel},
        time::Duration,
    };

    use super::{CheckedLeaves, Portion, PreparedEntry, prepare_portion};

    /// Entries that one core takes at once: some milliseconds of work.
    const TOGETHER: usize = 64;

    /// Bytes of them, but for the last one.
    const TOGETHER_BYTES: usize = 256 << 10;

    /// So many such portions are on their way at most, or twice as many as there are threads.
    const AHEAD: usize = 64;

    /// Bytes of entries that are on their way, but for the portion that is read last. What is found in them can take several times as
    /// many: a line of garbage that is made of numbers is a finding every few bytes.
    const AHEAD_BYTES: usize = 4 << 20;

    /// A portion on its way: its bytes, and where it comes out.
    type Prepared<'a> = (usize, Receiver<Vec<PreparedEntry<'a>>>);

    /// Hands all entries to `judge`, in their order and a few at a time.
    pub(crate) fn prepare_ahead<'a>(
        portions: impl Iterator<Item = Portion<'a>>,
        known: &CheckedLeaves,
        mut judge: impl FnMut(Vec<PreparedEntry<'a>>),
    ) {
        let ahead = AHEAD.max(2 * rayon::current_num_threads());
        rayon::in_place_scope_fifo(|scope| {
            let (mut queue, mut queued_bytes) = (VecDeque::<Prepared<'a>>::new(), 0);
            for (first, mut entries) in portions {
                let mut first = first;
                while !entries.is_empty() {
                    let rest = entries.split_off(count_together(&entries));
                    let portion = (first, std::mem::replace(&mut entries, rest));
                    first += portion.1.len() as u64;
                    let bytes = portion.1.iter().map(|entry| entry.len()).sum();
                    let (sender, receiver) = channel();
                    scope.spawn_fifo(move |_| drop(sender.send(prepare_portion(portion, known))));
                    queue.push_back((bytes, receiver));
                    queued_bytes += bytes;
                    while queue.len() > ahead || queued_bytes > AHEAD_BYTES {
                        let Some((bytes, prepared)) = queue.pop_front() else { break };
                        queued_bytes -= bytes;
                        await_portion(&prepared).into_iter().for_each(&mut judge);
                    }
                }
            }
            for (_, prepared) in queue {
                await_portion(&prepared).into_iter().for_each(&mut judge);
            }
        });
    }

    /// How many of these entries one core takes at once.
    fn count_together(entries: &[Cow<'_, [u8]>]) -> usize {
        let mut bytes = 0;
        let fit = entries.iter().take(TOGETHER).take_while(|entry| {
            let fits = bytes < TOGETHER_BYTES;
            bytes += entry.len();
            fits
        });
        fit.count()
    }

    /// Waits for a portion; nothing comes of one whose thread panicked, and then the scope panics at its end. A thread of the
    /// pool works while it waits: the portion may stand in its own queue.
    fn await_portion<T>(prepared: &Receiver<T>) -> Option<T> {
        loop {
            match prepared.try_recv() {
                Ok(portion) => return Some(portion),
                Err(TryRecvError::Disconnected) => return None,
                Err(TryRecvError::Empty) => {}
            }
            match rayon::yield_now() {
                None => return prepared.recv().ok(),
                Some(rayon::Yield::Executed) => {}
                Some(rayon::Yield::Idle) => match prepared.recv_timeout(Duration::from_millis(1)) {
                    Ok(portion) => return Some(portion),
                    Err(RecvTimeoutError::Disconnected) => return None,
                    Err(RecvTimeoutError::Timeout) => {}
                },
            }
        }
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        /// What the judge is handed with so many threads, from a thread of the pool and from another one.
        fn indices(threads: usize, lengths: &[usize]) -> [Vec<u64>; 2] {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            let run = || {
                let (mut next, mut seen) = (7, Vec::new());
                let portions = lengths.iter().map(|length| {
                    let first = next;
                    next += *length as u64;
                    (first, vec![Cow::Owned(b"no entry".to_vec()); *length])
                });
                prepare_ahead(portions, &CheckedLeaves::default(), |prepared| {
                    assert!(
                        prepared.iter().all(|entry| entry.decoded.is_err() && *entry.bytes == *b"no entry")
                    );
                    seen.extend(prepared.iter().map(|entry| entry.at));
                });
                seen
            };
            [pool.install(run), run()]
        }

        #[test]
        fn entries_come_in_order_whatever_the_threads() {
            let lengths = [0, 1, 63, 64, 65, 0, 5_000, 130];
            let all: Vec<u64> = (7..7 + lengths.iter().sum::<usize>() as u64).collect();
            for threads in [1, 2, 7] {
                assert_eq!(indices(threads, &lengths), [all.clone(), all.clone()], "{threads}");
            }
            assert_eq!(indices(1, &[]), [Vec::<u64>::new(), Vec::new()]);
        }

        #[test]
        fn few_bytes_wait_for_the_judge() {
            let (mut read, mut judged) = (0, 0);
            let read_to = std::cell::Cell::new(0);
            let portions = (0..40_u64).map(|n| {
                read += 1;
                read_to.set(read);
                (n, vec![Cow::Owned(vec![0xff; 4 << 20])])
            });
            prepare_ahead(portions, &CheckedLeaves::default(), |prepared| {
                judged += prepared.len();
                assert!(read_to.get() <= judged + 4, "{} read, {judged} judged", read_to.get());
            });
            assert_eq!(judged, 40);
        }
    }
}
