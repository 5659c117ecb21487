//! Figures that were announced, as an observer brings them, held against figures of a ledger.

pub mod rounding;
