//! How large a number and how deep a value may be.

/// Largest integer that every JSON reader keeps exactly (RFC 8785, section 3.2.2.3 and its appendix): 2^53−1.
pub const INTEGER_MAX: u64 = (1 << 53) - 1;

/// Objects and arrays inside one another; deeper than any fact needs, shallow enough for any stack.
pub const DEPTH_MAX: usize = 16;
