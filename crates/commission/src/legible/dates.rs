//! Times as they are written here: day, month, year.

/// As it was written: 12.10.2025 22:30 (+05:00); seconds where there are any.
#[must_use]
pub fn local_time(text: &str) -> String {
    let part = |from: usize, to: usize| text.get(from..to).unwrap_or_default();
    let seconds = Some(part(16, 19)).filter(|seconds| *seconds != ":00").unwrap_or_default();
    format!("{} {}{seconds} ({})", local_day(text), part(11, 16), part(19, 25))
}

/// 12.10.2025.
pub(super) fn local_day(text: &str) -> String {
    let part = |from: usize, to: usize| text.get(from..to).unwrap_or_default();
    format!("{}.{}.{}", part(8, 10), part(5, 7), part(0, 4))
}
