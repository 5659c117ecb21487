//! What a test shows to an onlooker: entries under a checkpoint, and what should be found in them.

use law::Rule;

/// Entries as they would be published, and what should be found in them.
pub struct Shown {
    /// Every entry, in order.
    pub entries: Vec<Vec<u8>>,
    /// The signed checkpoint over them.
    pub checkpoint: Vec<u8>,
    /// What should be found.
    pub expected: Expected,
}

/// What should be found in entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    /// Nothing that fails.
    Lawful,
    /// Nothing that fails, and something to look at under this rule.
    Noted(Rule),
    /// A failure under this rule at this entry, and no other.
    Refused {
        /// The rule.
        rule: Rule,
        /// The entry.
        at: u64,
    },
}

/// Whoever looks at what a test shows.
pub type Onlooker<'a> = &'a dyn Fn(&Shown);
