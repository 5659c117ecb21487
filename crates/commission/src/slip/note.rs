//! A label on the sheet and what it says.

use super::phrases::BothLanguages;

/// A label and what it says.
#[derive(Debug)]
pub(crate) struct SheetNote {
    pub(crate) label: BothLanguages,
    pub(crate) value: BothLanguages,
}
