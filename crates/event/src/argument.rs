//! Values of an event as parameters of a phrase: ids may have a name, all others stand as they are written.

use phrase::{Argument, ToArgument};

use crate::{Hash, Id, Key, Signature, Stamp, Text, Time};

impl ToArgument for Id {
    fn to_argument(&self) -> Argument {
        Argument::Id(self.as_str().into())
    }
}

macro_rules! quoted {
    ($($name:ident)*) => {$(
        impl ToArgument for $name {
            fn to_argument(&self) -> Argument {
                Argument::quote(self)
            }
        }
    )*};
}

quoted!(Hash Key Signature Stamp Text Time);
