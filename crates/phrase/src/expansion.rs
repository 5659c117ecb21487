//! What the macros write out: it finds the kind of each parameter, and quotes what has no kind of its own.

pub use alloc::{borrow::Cow, format, vec};
use core::fmt::Display;

pub use crate::wording::Pattern;
use crate::{Argument, ToArgument};

/// A parameter whose kind is looked for, in two steps that the compiler takes in order.
#[derive(Debug)]
pub struct OfKind<'a, T: ?Sized>(pub &'a T);

/// First: a parameter, or a reference to one.
pub trait ByValue {
    /// The parameter.
    fn find_argument(&self) -> Argument;
}

/// Else: what can be shown, quoted as it is.
pub trait ByDisplay {
    /// The parameter.
    fn find_argument(&self) -> Argument;
}

impl<T: ToArgument + ?Sized> ByValue for &OfKind<'_, T> {
    fn find_argument(&self) -> Argument {
        self.0.to_argument()
    }
}

impl<T: Display + ?Sized> ByDisplay for OfKind<'_, T> {
    fn find_argument(&self) -> Argument {
        Argument::quote(self.0)
    }
}
