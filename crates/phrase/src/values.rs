//! Values that can be parameters of a phrase: numbers, yes and no, phrases.

use alloc::{boxed::Box, string::ToString};

use crate::wording::{Argument, Phrase, ToArgument};

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
