//! The pages of a published ledger, and the pictures that they share with reports.

pub mod pictures;
