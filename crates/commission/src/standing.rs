//! Where one stands: how far each precinct is and who waits for whom, and what a commission may or must do next.
//!
//! All of it follows from the state; what is listed is drafted by the command that stands beside it, and the law is asked
//! there.

mod above;
pub mod board;
mod campaign;
mod outcome;
pub mod precincts;
mod seats;
pub mod task;
pub mod tasks;
mod voting_day;
