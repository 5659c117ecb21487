//! How published report files differ from those that the ledger gives.

pub(crate) mod difference;
