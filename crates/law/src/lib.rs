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

mod arithmetic;
mod authority;
mod ballots;
mod calling;
mod candidates;
mod commissions;
mod corrections;
mod edition;
mod judgement;
mod keys;
mod opening;
mod permit;
mod polling;
mod protocols;
mod ratios;
mod registry;
mod results;
mod territory;

pub use authority::{Signing, signing};
pub use edition::Edition;
pub use facts::{Fact, FactError};
pub use judgement::{Finding, Outcome, Statement, Violation};
pub use permit::{FIGURE_MAX, permits};
pub use ratios::{Line, Ratio, Sent};
pub use registry::{Rule, Severity};
pub use results::{Verdict, lines_root};
pub use state::State;
pub use territory::covers;
