//! The entries of the data dictionary: a column or a line of a protocol, and a word in a column.

/// A column, or a line of a protocol: its name, its unit, and what it means in kk, ru, en.
pub(super) type ColumnLabel = (&'static str, &'static str, [&'static str; 3]);

/// A word in a column: the column, the word, and what it means in kk, ru, en.
pub(super) type WordLabel = (&'static str, &'static str, [&'static str; 3]);
