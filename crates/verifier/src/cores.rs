//! Two things that need nothing of each other, done at once where there are threads.

/// Does both, on two cores if there are.
#[cfg(feature = "threads")]
pub(crate) fn run_both<A: Send, B: Send>(
    one: impl FnOnce() -> A + Send,
    other: impl FnOnce() -> B + Send,
) -> (A, B) {
    rayon::join(one, other)
}

/// Does both, one after the other.
#[cfg(not(feature = "threads"))]
pub(crate) fn run_both<A, B>(one: impl FnOnce() -> A, other: impl FnOnce() -> B) -> (A, B) {
    (one(), other())
}
