//! A source of numbers that gives the same ones for a seed.

/// A linear congruential generator: tests need no better one.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    /// A number below another one.
    pub(crate) fn roll(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % below.max(1)
    }

    /// Whether one in so many times comes about.
    pub(crate) fn one_in(&mut self, times: u64) -> bool {
        self.roll(times) == 0
    }

    /// One of these.
    pub(crate) fn pick<'a, T>(&mut self, of: &'a [T]) -> Option<&'a T> {
        of.get(self.roll(of.len() as u64) as usize)
    }
}
