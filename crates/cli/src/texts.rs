//! The languages that the command line names; the texts themselves are the crate `texts`.

use clap::ValueEnum;

use ::texts::Lang;
pub use ::texts::program::*;

/// A language on the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Spoken {
    /// Kazakh
    Kk,
    /// Russian
    Ru,
    /// English
    En,
}

impl From<Spoken> for Lang {
    fn from(spoken: Spoken) -> Self {
        match spoken {
            Spoken::Kk => Self::Kk,
            Spoken::Ru => Self::Ru,
            Spoken::En => Self::En,
        }
    }
}
