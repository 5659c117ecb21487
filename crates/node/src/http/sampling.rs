//! Lines of log that anybody could cause without end: the first few of a second are written, the others are counted.

use std::{
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

/// Lines of a second.
const LINES_MAX: u32 = 10;

/// How long lines are counted together.
const TOGETHER: Duration = Duration::from_secs(1);

/// Lines of one kind.
#[derive(Default)]
pub(crate) struct SampledLines(Mutex<Option<Window>>);

struct Window {
    begun: Instant,
    written: u32,
    left_out: u64,
}

impl SampledLines {
    /// Whether a line is written now: with how many were left out since the last one.
    pub(crate) fn take_line(&self, now: Instant) -> Option<u64> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let window = kept.get_or_insert(Window { begun: now, written: 0, left_out: 0 });
        if now.saturating_duration_since(window.begun) >= TOGETHER {
            let left_out = window.left_out;
            *window = Window { begun: now, written: 1, left_out: 0 };
            return Some(left_out);
        }
        if window.written >= LINES_MAX {
            window.left_out += 1;
            return None;
        }
        window.written += 1;
        Some(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_lines_a_second_and_a_count_of_the_others() {
        let (lines, now) = (SampledLines::default(), Instant::now());
        assert_eq!((0..1000).filter(|_| lines.take_line(now).is_some()).count(), 10);
        assert_eq!(lines.take_line(now + TOGETHER), Some(990));
        assert_eq!(lines.take_line(now + TOGETHER), Some(0));
    }
}
