//! The ceremony in which a ledger begins: whose keys stand in the charter, what it says, who has signed.

pub mod charter_seat;
