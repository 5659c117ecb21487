//! The desk: the screen of a precinct's commission, as pages on loopback over its book.
//!
//! It stands on the functions of the crate `commission` and has no rule of its own: what is lawful now, what a form asks for, how it
//! adds up, what the law says of a draft, who signs and what hangs at the precinct are answered there. Here are the pages, and who
//! may ask for one: a browser on this computer that was started by whoever started the desk, and nobody else.
//!
//! ```text
//! call ──guard──▶ session ──▶ route ──▶ page ──▶ reply with its headers
//!       own Host, own Origin   cookie, secret of the form
//! ```

mod act_calls;
mod answered;
mod board_calls;
mod board_routes;
mod book_routes;
mod call;
mod delivery;
mod desk;
mod document_calls;
pub mod fault;
mod guard;
mod handled;
mod ledger_place;
mod ledger_reader;
mod officer_draft;
mod outbox_calls;
mod pages;
mod paper_calls;
mod paths;
mod person;
mod person_calls;
mod reply;
mod room;
mod second_calls;
mod secret;
mod server;
mod sessions;
pub mod settings;
mod signing;
mod start_file;
pub mod states;
mod task_calls;
mod typed_lines;

pub use server::{open_browser, open_desk};
