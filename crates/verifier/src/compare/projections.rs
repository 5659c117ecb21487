//! What a snapshot shows, read from its published projections: things by name, figures by precinct.
//!
//! Contains three JSON documents as bytes. Elsewhere: what became of them in another snapshot
//! (`checks::snapshot_changes`, `diff`), whether they follow from the ledger (`checks::snapshot`).

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use event::Hash;
use law::Line;
use phrase::{Argument, Phrase, Phrased, phrase};
use serde_json::Value;
use texts::paper::text_of_line;

/// Figures of a protocol, or totals, by their place.
pub type PublishedFigures = BTreeMap<FigurePlace, u64>;

/// Where a figure stands in a published projection.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum FigurePlace {
    /// A field: `invalid`, `portable/0/found`.
    Field(String),
    /// The votes for a candidate.
    Votes(String),
}

impl FigurePlace {
    fn has_at_most(&self, bytes: usize) -> bool {
        let (Self::Field(place) | Self::Votes(place)) = self;
        place.len() <= bytes
    }
}

impl fmt::Display for FigurePlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.phrase().fmt(f)
    }
}

impl Phrased for FigurePlace {
    fn phrase(&self) -> Phrase {
        match self {
            Self::Field(name) => {
                let line = Line::ALL.iter().find(|line| line.words() == name);
                // Totals name what was found in all portable boxes by a word of their own.
                let of_totals = || (name == "home_found").then_some("line-portable_found");
                match line.and_then(|line| text_of_line(*line)).or_else(of_totals) {
                    Some(text) => Phrase::word(text.to_owned(), name),
                    None => name_row(name).unwrap_or_else(|| Phrase::verbatim(name)),
                }
            }
            Self::Votes(candidate) => {
                let candidate = Argument::Id(candidate.clone());
                phrase!("figure-votes-for", "votes for {candidate}")
            }
        }
    }
}

/// A figure of one row of a list: what a member issued, what was found in a portable box, who had asked for it.
fn name_row(place: &str) -> Option<Phrase> {
    let mut parts = place.split('/');
    let (list, row, figure) = (parts.next()?, parts.next()?.parse::<u64>().ok()?, parts.next()?);
    let number = row.checked_add(1).filter(|_| parts.next().is_none())?;
    Some(match (list, figure) {
        ("issued_by", "issued") => phrase!("figure-issued-by", "ballots issued by a member, No. {number}"),
        ("portable", "found") => phrase!("figure-box-found", "ballots in portable box No. {number}"),
        ("portable", "applications") => {
            phrase!("figure-box-applications", "applications for portable box No. {number}")
        }
        _ => return None,
    })
}

/// What a snapshot names, and its attachments.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, thiserror::Error, phrase::Phrased)]
pub enum PublishedThing {
    /// A file beside it, by its hash.
    #[error("attachments/{0}")]
    Attachment(Hash),
    /// A candidate.
    #[error("candidate {candidate} of {election}")]
    Candidate {
        /// The candidate's id.
        candidate: String,
        /// The election's id.
        election: String,
    },
    /// An election.
    #[error("election {0}")]
    Election(String),
    /// A precinct.
    #[error("precinct {precinct} of {election}")]
    Precinct {
        /// The precinct's id.
        precinct: String,
        /// The election's id.
        election: String,
    },
}

/// What somebody was shown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PublishedProjections {
    /// Elections, precincts and candidates.
    pub things: BTreeSet<PublishedThing>,
    /// Figures by election and precinct.
    pub precincts: BTreeMap<[String; 2], PublishedFigures>,
    /// Totals by election.
    pub totals: BTreeMap<String, PublishedFigures>,
}

impl PublishedProjections {
    /// Reads projections; one that is not there, or is no JSON, shows nothing.
    #[must_use]
    pub fn of<'a>(file: impl Fn(&str) -> Option<Cow<'a, [u8]>>) -> Self {
        let read = |name: &str| -> Option<Value> { serde_json::from_slice(&file(name)?).ok() };
        let mut shown = Self::default();
        type Named = fn(String, String) -> PublishedThing;
        let precinct: Named = |precinct, election| PublishedThing::Precinct { precinct, election };
        let candidate: Named = |candidate, election| PublishedThing::Candidate { candidate, election };
        let lists = [
            ("precincts.json", "precincts", "precinct", precinct),
            ("candidates.json", "candidates", "candidate", candidate),
        ];
        for (file, list, id, named) in lists {
            for election in
                list_items(read(file).as_ref().and_then(|document| document.pointer("/view/elections")))
            {
                let name = read_text(election, "election");
                let items = list_items(election.get(list)).iter();
                shown.things.extend(items.map(|item| named(read_text(item, id), name.clone())));
                shown.things.insert(PublishedThing::Election(name));
            }
        }
        for election in
            list_items(read("tallies.json").as_ref().and_then(|document| document.pointer("/view/elections")))
        {
            let name = read_text(election, "election");
            for precinct in list_items(election.get("precincts")) {
                let own = read_figures(precinct.get("count"));
                shown.precincts.insert([name.clone(), read_text(precinct, "precinct")], own);
            }
            shown.totals.insert(name, read_figures(election.get("totals")));
        }
        shown
    }
}

fn list_items(list: Option<&Value>) -> &[Value] {
    list.and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}

fn read_text(value: &Value, field: &str) -> String {
    value.get(field).and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn read_figures(count: Option<&Value>) -> PublishedFigures {
    let mut figures = PublishedFigures::new();
    let root = FigurePlace::Field(String::new());
    collect_leaves(&root, count.unwrap_or(&Value::Null), &mut figures);
    figures
}

/// Longest place of a figure: no protocol has a longer one, and every figure carries its own.
const PLACE_MAX: usize = 300;

fn collect_leaves(place: &FigurePlace, value: &Value, into: &mut PublishedFigures) {
    if !place.has_at_most(PLACE_MAX) {
        return;
    }
    let under = |name: &str| {
        let name: String = name.chars().take(PLACE_MAX + 1).collect();
        match place {
            FigurePlace::Field(place) if place.is_empty() => FigurePlace::Field(name),
            FigurePlace::Field(place) => FigurePlace::Field(format!("{place}/{name}")),
            FigurePlace::Votes(candidate) => FigurePlace::Votes(format!("{candidate}/{name}")),
        }
    };
    match value {
        Value::Number(figure) => into.extend(figure.as_u64().map(|figure| (place.clone(), figure))),
        Value::Object(fields) => match (fields.get("candidate").and_then(Value::as_str), fields.get("votes"))
        {
            (Some(candidate), Some(votes)) => {
                collect_leaves(&FigurePlace::Votes(candidate.to_owned()), votes, into);
            }
            _ => fields.iter().for_each(|(name, field)| collect_leaves(&under(name), field, into)),
        },
        Value::Array(list) => {
            for (item, at) in list.iter().zip(0_u32..) {
                let lined = item.get("candidate").is_some();
                let place = if lined { FigurePlace::Field(String::new()) } else { under(&at.to_string()) };
                collect_leaves(&place, item, into);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_longer_than_any_is_no_figure() {
        let name = "k".repeat(1000);
        let nested = format!("{{\"{name}\":{{\"a\":1,\"b\":2}},\"valid\":3}}");
        let found = read_figures(Some(&serde_json::from_str(&nested).unwrap()));
        assert_eq!(found, PublishedFigures::from([(FigurePlace::Field("valid".to_owned()), 3)]));
    }
}
