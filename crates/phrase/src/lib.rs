//! What a fault, a rule or a check says: the id of a text with named parameters, and its English.
//!
//! A phrase is made where the fault is known and said in a language where people read it. Its English is written beside
//! the code, for logs and JSON; Kazakh and Russian stand in the catalogue of the crate `texts` under the same id.
//!
//! ```
//! use phrase::{Phrase, phrase};
//!
//! let (max, found) = (7, 9);
//! let said = phrase!("text-too-long", "expected at most {max} bytes, found {found}");
//! assert_eq!(said.to_string(), "expected at most 7 bytes, found 9");
//! assert_eq!(said.id(), "text-too-long");
//! assert_eq!(said.expected().as_deref(), Some("at most 7 bytes"));
//! ```

#![no_std]

extern crate alloc;
#[cfg(any(feature = "std", test))]
extern crate std;
// The macros name this crate by its name, inside it too.
extern crate self as phrase;

#[doc(hidden)]
pub mod expansion;

#[cfg(feature = "std")]
mod system;
mod values;
mod wording;

pub use phrase_derive::{Phrased, phrase};
pub use wording::{Argument, Phrase, Phrased, ToArgument};
