//! Which statement is lawful now.
//!
//! In: the facts, who signs each, the state that follows from those admitted, and one function for each rule of the law.
//! Out: bytes and signatures (`event`), the order of entries (`ledger`), clocks, files, translations.
//!
//! [`permits`] judges a statement against the state and changes nothing; [`State::apply`] takes an admitted one in and
//! cannot fail. An edition of the law is data that an election keeps from its calling on.
#![no_std]

extern crate alloc;

pub mod facts;
pub mod state;

mod annulment;
mod arithmetic;
mod authority;
mod ballots;
mod calling;
mod candidates;
mod changes;
mod charter;
mod commissions;
mod complaints;
mod corrections;
mod days;
mod edition;
mod judgement;
mod keys;
mod observers;
mod opening;
mod permit;
mod polling;
mod protocols;
mod ratios;
mod registration;
mod registry;
mod repeats;
mod results;
mod signing;
mod territory;

pub use edition::{AfterTie, Edition, Revocable, Terms};
pub use facts::{Fact, FactError};
pub use judgement::{Finding, Outcome, Statement, Violation};
pub use permit::{FIGURE_MAX, authorised, permits};
pub use ratios::{Line, Ratio, Sent};
pub use registry::{Rule, Severity};
pub use results::{Verdict, lines_root};
pub use signing::{Signing, signing};
pub use state::{State, log_key_for};
pub use territory::covers;
