//! The verifier for a browser: the crate `verifier`, as WebAssembly behind a few C functions.
//!
//! A page hands in bytes (a zip, files of a folder, what a server answered), and what the visitor keeps from elsewhere;
//! it gets the report back, as JSON and as a page in three languages. What is verified is verified by the very code of
//! `hattama verify`; this crate only carries bytes. It draws in nothing of the browser: one import tells how far the
//! replay is.
//!
//! ```
//! use browser::Session;
//! use texts::Language;
//!
//! let mut session = Session::new("a folder");
//! session.add_file("checkpoint", b"not a note").unwrap();
//! assert_eq!(session.verify(&|_| ()), 1);
//! assert!(session.page_in(Language::Kk).starts_with("<!DOCTYPE html>"));
//! ```

mod check_list;
mod exports;
mod remembered;
mod session;

pub use remembered::Remembered;
pub use session::{Session, SourceRefused, check_bundle};
