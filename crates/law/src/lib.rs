//! Which statement is lawful now.
//!
//! Contains the facts, who signs each, the state that follows from those admitted, and one function for each rule of
//! the law. Does not contain bytes and signatures (`event`), the order of entries (`ledger`), clocks, files,
//! translations.
//!
//! [`permits`] judges a statement against the state and changes nothing; [`State::apply_statement`] takes an admitted one in and
//! cannot fail. An edition of the law is data that an election keeps from its calling on.
//!
//! What a rule is, and who signs a fact:
//!
//! ```
//! use event::Id;
//! use law::{Fact, Rule, Severity, Signing, facts::{Level, TurnoutReported}, signing_rule};
//!
//! let rule = Rule::of("ARI-04").ok_or("a rule of the registry")?;
//! assert_eq!((rule.name(), rule.severity()), ("VotesSum", Severity::Fail));
//!
//! // Any one member of the precinct's commission reports the turnout.
//! let turnout = Fact::TurnoutReported(TurnoutReported { issued: 214, precinct: Id::new("semey-012")? });
//! assert_eq!(signing_rule(&turnout), Signing::Officer(Level::Precinct));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
#![no_std]
// A fact that a match does not name would be judged by whatever the match says of the rest.
#![warn(clippy::wildcard_enum_match_arm)]

extern crate alloc;

pub mod facts;
pub mod state;

mod alphabet;
mod arithmetic;
mod authority;
mod cec_authority;
mod days;
mod edition;
mod foresight;
mod lookup;
mod ratios;
mod registry;
mod rules;
mod signing;
mod statement;
mod territory;
mod totals;

pub use alphabet::kazakh_order;
pub use arithmetic::Sent;
pub use edition::{AfterTie, DETERMINED_WITHIN, Edition, FINISHED_WITHIN, Revocable, Terms};
pub use facts::{Fact, FactError};
pub use foresight::Unforeseen;
pub use lookup::{cec_id, lines_root};
pub use ratios::{Line, Ratio};
pub use registry::{Rule, Severity};
pub use rules::{
    FIGURE_MAX, judge_authority, permits,
    versions::{RULES, require_known_rules},
};
pub use signing::{Signing, signing_rule};
pub use state::{State, log_key_for};
pub use statement::{Finding, Outcome, Statement, Violation};
pub use territory::covers_territory;
pub use totals::Winner;
