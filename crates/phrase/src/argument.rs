//! The parameters of a phrase: numbers, quoted texts, ids of what has a name, phrases, lists.

use alloc::{
    boxed::Box,
    string::{String, ToString},
    vec::Vec,
};
use core::fmt::{self, Display};

use serde::{Deserialize, Serialize};

use crate::wording::Phrase;

/// A parameter of a phrase.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Argument {
    /// A whole number; each language groups its digits and chooses the form of the noun beside it.
    Number(u64),
    /// What stands as it was written: a hash, a time, a path, what a stranger wrote.
    Text(String),
    /// The id of a commission, precinct, candidate or election, for which readers may know a name.
    Id(String),
    /// A phrase of its own, said in the same language.
    Phrase(Box<Phrase>),
    /// Several, with commas between them.
    List(Vec<Argument>),
}

impl Argument {
    /// What stands as it was written, in every language.
    pub fn quote(text: impl Display) -> Self {
        Self::Text(text.to_string())
    }

    /// A phrase of its own.
    #[must_use]
    pub fn of_phrase(phrase: Phrase) -> Self {
        Self::Phrase(Box::new(phrase))
    }

    /// Several, with commas between them.
    pub fn list<T: ToArgument>(items: impl IntoIterator<Item = T>) -> Self {
        Self::List(items.into_iter().map(|item| item.to_argument()).collect())
    }

    /// The same with every text in it changed.
    #[must_use]
    pub fn map_texts(self, change: &dyn Fn(String) -> String) -> Self {
        match self {
            Self::Number(number) => Self::Number(number),
            Self::Text(text) => Self::Text(change(text)),
            Self::Id(id) => Self::Id(change(id)),
            Self::Phrase(phrase) => Self::Phrase(Box::new(phrase.map_texts(change))),
            Self::List(items) => Self::List(items.into_iter().map(|item| item.map_texts(change)).collect()),
        }
    }
}

impl Display for Argument {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => write!(f, "{number}"),
            Self::Text(text) | Self::Id(text) => f.write_str(text),
            Self::Phrase(phrase) => write!(f, "{phrase}"),
            Self::List(items) => {
                for (place, item) in items.iter().enumerate() {
                    if place > 0 {
                        f.write_str(", ")?;
                    }
                    write!(f, "{item}")?;
                }
                Ok(())
            }
        }
    }
}

/// What can be a parameter of a phrase without being an English text.
pub trait ToArgument {
    /// The parameter.
    fn to_argument(&self) -> Argument;
}

impl ToArgument for Argument {
    fn to_argument(&self) -> Argument {
        self.clone()
    }
}

impl<T: ToArgument + ?Sized> ToArgument for &T {
    fn to_argument(&self) -> Argument {
        T::to_argument(self)
    }
}

impl<T: ToArgument + ?Sized> ToArgument for Box<T> {
    fn to_argument(&self) -> Argument {
        T::to_argument(self)
    }
}

/// What says a phrase can be a parameter of another one. The derive of `Phrased` writes this too.
#[macro_export]
macro_rules! phrased_argument {
    ($($name:ty)*) => {$(
        impl $crate::ToArgument for $name {
            fn to_argument(&self) -> $crate::Argument {
                $crate::Argument::of_phrase($crate::Phrased::phrase(self))
            }
        }
    )*};
}

phrased_argument!(Phrase);

macro_rules! whole_numbers {
    ($($number:ty)*) => {$(
        impl ToArgument for $number {
            fn to_argument(&self) -> Argument {
                u64::try_from(*self).map_or_else(|_| Argument::Text(self.to_string()), Argument::Number)
            }
        }
    )*};
}

whole_numbers!(u8 u16 u32 u64 usize u128 i32 i64 i128);

impl ToArgument for bool {
    fn to_argument(&self) -> Argument {
        if *self { crate::phrase!("yes", "true") } else { crate::phrase!("no", "false") }.to_argument()
    }
}
