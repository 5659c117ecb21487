//! A ledger that several nodes write to: PostgreSQL decides, and each node follows it with a folder of its own.
//!
//! Contains the head as one row, advanced by compare-and-swap in the transaction that inserts a group; the synchronous standby that every
//! acknowledgement waits for; what a reconnect looks at; promotion. Does not contain what may be admitted (`ledger`), who signs (`node`),
//! public reads, which come from the folder and from what is published.
//!
//! ```text
//! take_turn ──▶ a standby answers ──▶ BEGIN, the head's row is ours ──▶ entries of others
//! commit    ──▶ UPDATE head WHERE size, hash, epoch ──▶ INSERT ──▶ COMMIT, no timeout, no warning ──▶ the standby has it ──▶ folder
//! set_head  ──▶ UPDATE head WHERE epoch AND signed <= size ──▶ COMMIT, the same way ──▶ folder          only now may a receipt leave
//! ```
//!
//! Whatever fails leaves the engine closed to further writes. Opening it again waits until the standby has replayed all that the primary
//! has, compares the folder with the database, and completes the folder.

mod address;
mod connection;
mod follow_mark;
mod head_row;
mod opening;
mod promotion;
mod schema;
mod shared;
mod standby;

pub use opening::{change_address, create_shared, join_shared, open_engine};
pub use promotion::{Promoted, promote};
pub use shared::SharedStore;
