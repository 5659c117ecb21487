//! The verifier as one file, `verify.html`: everything inside, for a stick, a party's or a witness's site.
//!
//! The program is `crates/browser` as WebAssembly; here are its page, its worker and its words. The page asks nothing of
//! any other host but the ledger's address that the visitor types, and its policy names each script and style by hash.
//!
//! ```
//! let page = verify_page::render_verify_page();
//! assert!(page.starts_with("<!DOCTYPE html>"));
//! assert_eq!(page, verify_page::render_verify_page());
//! ```

mod one_file;
mod program;
mod words;

pub use one_file::render_verify_page;
pub use program::{built_from, packed_program};
