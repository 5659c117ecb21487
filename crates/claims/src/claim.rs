//! One claim, read and found to make sense.

use law::facts::{Level, Method, Office, PrecinctKind};

use crate::{
    measure::{DayMeasure, Measure, NameMeasure},
    rounding::PrintedFigure,
};

/// Something that was announced.
#[derive(Debug, Clone)]
pub(crate) struct Claim {
    /// Its id in the file.
    pub(crate) id: String,
    /// The wording, as printed.
    pub(crate) says: String,
    /// Where it was printed.
    pub(crate) source: String,
    /// When.
    pub(crate) date: String,
    /// The figure, day, name or order that was announced, as printed.
    pub(crate) printed: String,
    /// What it is about.
    pub(crate) content: ClaimContent,
}

/// What a claim is about.
#[derive(Debug, Clone)]
pub(crate) enum ClaimContent {
    /// A number, a share of another, or so many for each of another.
    Figure(FigureClaim),
    /// Which are first, in which order.
    Ranking(RankingClaim),
    /// A name.
    Name(NameMeasure, Scope),
    /// A day.
    Day(DayMeasure, Scope),
    /// A figure that follows from others of the file.
    Printed(PrintedClaim),
    /// What no ledger records; with a figure where others of the file rest on it.
    Unrecorded(Option<PrintedFigure>),
}

/// A number, or two that stand to each other.
#[derive(Debug, Clone)]
pub(crate) struct FigureClaim {
    pub(crate) measure: Measure,
    pub(crate) to: Relation,
    pub(crate) value: PrintedFigure,
    pub(crate) bound: Bound,
    pub(crate) scope: Scope,
}

/// What a figure stands to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Relation {
    /// Itself.
    Alone,
    /// Percent of another.
    PercentOf(Measure),
    /// So many for each of another.
    ForEach(Measure),
}

/// An order that was announced.
#[derive(Debug, Clone)]
pub(crate) struct RankingClaim {
    pub(crate) measure: Measure,
    pub(crate) to: Relation,
    pub(crate) by: Grouping,
    pub(crate) names: Vec<String>,
    pub(crate) scope: Scope,
}

/// A figure that follows from others.
#[derive(Debug, Clone)]
pub(crate) struct PrintedClaim {
    pub(crate) value: PrintedFigure,
    pub(crate) bound: Bound,
    pub(crate) rests: PrintedRest,
}

/// On which others.
#[derive(Debug, Clone)]
pub(crate) enum PrintedRest {
    /// Their sum.
    Sum(Vec<String>),
    /// One as percent of the other.
    Share(String, String),
    /// One divided by the other.
    Quotient(String, String),
}

/// How a printed figure stands to the true one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bound {
    /// The same, at the digits that were printed.
    Exactly,
    /// Rounded to its last digit that is not zero.
    About,
    /// More was meant.
    Over,
    /// Less was meant.
    Under,
    /// So much, or more.
    AtLeast,
    /// So much, or less.
    AtMost,
}

/// What is ranked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Grouping {
    Candidate,
    Party,
    Region,
    Territory,
    Year,
}

/// Which elections, and which of them counts.
#[derive(Debug, Clone, Default)]
pub(crate) struct Scope {
    /// How many elections the claim speaks of.
    pub(crate) elections: Option<u64>,
    pub(crate) election: Option<String>,
    /// Nine digits.
    pub(crate) territory: Option<String>,
    pub(crate) office: Option<Office>,
    /// First and last day of voting, as text.
    pub(crate) from: Option<String>,
    pub(crate) until: Option<String>,
    pub(crate) candidate: Option<String>,
    pub(crate) party: Option<String>,
    pub(crate) method: Option<Method>,
    pub(crate) levels: Vec<Level>,
    pub(crate) precincts: Option<PrecinctKind>,
}

impl Claim {
    /// The printed figure, where it is one: others may rest on it.
    pub(crate) fn figure(&self) -> Option<PrintedFigure> {
        match &self.content {
            ClaimContent::Figure(figure) => Some(figure.value),
            ClaimContent::Printed(printed) => Some(printed.value),
            ClaimContent::Unrecorded(figure) => *figure,
            ClaimContent::Ranking(_) | ClaimContent::Name(..) | ClaimContent::Day(..) => None,
        }
    }
}

impl Bound {
    /// Every bound with its word.
    pub(crate) const ALL: [(&'static str, Self); 6] = [
        ("exactly", Self::Exactly),
        ("about", Self::About),
        ("over", Self::Over),
        ("under", Self::Under),
        ("at-least", Self::AtLeast),
        ("at-most", Self::AtMost),
    ];
}

impl Grouping {
    /// Every grouping with its word.
    pub(crate) const ALL: [(&'static str, Self); 5] = [
        ("candidate", Self::Candidate),
        ("party", Self::Party),
        ("region", Self::Region),
        ("territory", Self::Territory),
        ("year", Self::Year),
    ];
}
