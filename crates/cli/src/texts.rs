//! The program's own texts, which are the crate `texts`.

pub use ::texts::program::*;
