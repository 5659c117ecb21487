//! The two engines of a ledger: one suite of conformance for the folder and for PostgreSQL, and what real clusters do when machines fail.
//!
//! The folder always runs. PostgreSQL runs with `HATTAMA_POSTGRES=1`: a primary and a synchronous standby, made here by an unprivileged
//! user, on sockets alone. Where the programs are missing it says "skipped".

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stderr,
    reason = "a test stops at the first surprise, and says so"
)]

mod cluster;
mod conformance;
mod failing;
mod proxy;
mod racing;
mod refused;
mod serving;
mod stage;
