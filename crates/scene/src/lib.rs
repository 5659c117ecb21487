//! A small lawful election and random lives, played in memory: what tests stand on.
//!
//! [`Scene`] plays the steps of one election up to any of them, so that a test can state something else there. [`play`]
//! plays longer elections, [`trials`] breaks every rule once, [`lives`] plays random elections against a naive model, [`unplanned`] says whatever
//! the law lets in.
//! No disk, no network: what a test does with the entries is its own affair. For tests alone; nothing that ships uses it.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    clippy::print_stderr,
    reason = "a test stops at the first surprise, and says so"
)]

mod dice;
mod facts;
pub mod lives;
pub mod play;
mod script;
mod shown;
pub mod statements;
pub mod trials;
pub mod unplanned;
mod values;
mod world;

pub use script::STEPS;
pub use shown::{Expected, Onlooker, Shown};
pub use values::{
    BOARD, ELECTION, PEC, PRECINCT, TEC, absent, count, id, own, paper, papers, sign_as, text, time,
};
pub use world::{Scene, Step};
