//! The file of claims: from its rows to claims that make sense, or the first fault.

use std::collections::BTreeSet;

use law::facts::{Level, Method, Office, PrecinctKind};

use crate::{
    claim::{
        Bound, Claim, ClaimContent, FigureClaim, Grouping, PrintedClaim, PrintedRest, RankingClaim, Relation,
        Scope,
    },
    claim_row::{ClaimRow, LISTS, require_text},
    fault::ClaimsFault,
    measure::{DayMeasure, Measure, NameMeasure},
    rows::{Rows, read_csv_rows, read_toml_rows},
};

/// Longest file of claims, in bytes.
pub const CLAIMS_BYTES_MAX: u64 = 4 << 20;
/// Most claims of a file.
pub const CLAIMS_MAX: usize = 10_000;
/// Keys that choose elections, or what of them counts.
const SCOPE: [&str; 12] = [
    "candidate",
    "day",
    "election",
    "elections",
    "from",
    "level",
    "method",
    "office",
    "party",
    "precincts",
    "territory",
    "until",
];

/// A file of claims that was read.
#[derive(Debug, Clone)]
pub struct ClaimsFile {
    /// What it is called, if it says so.
    pub title: Option<String>,
    pub(crate) claims: Vec<Claim>,
}

impl ClaimsFile {
    /// Reads TOML.
    ///
    /// # Errors
    /// The first [`ClaimsFault`].
    pub fn read_toml(text: &str) -> Result<Self, ClaimsFault> {
        Self::of_rows(read_toml_rows(text)?)
    }

    /// Reads CSV.
    ///
    /// # Errors
    /// The first [`ClaimsFault`].
    pub fn read_csv(text: &str) -> Result<Self, ClaimsFault> {
        Self::of_rows(read_csv_rows(text, &LISTS)?)
    }

    /// Reads a file by its name: CSV where that ends in `.csv`, else TOML.
    ///
    /// # Errors
    /// The first [`ClaimsFault`].
    pub fn read_named(name: &str, bytes: &[u8]) -> Result<Self, ClaimsFault> {
        let text = std::str::from_utf8(bytes)
            .map_err(|error| ClaimsFault::Utf8 { at: error.valid_up_to() as u64 })?
            .trim_start_matches('\u{feff}');
        let is_csv = name.len() > 4 && name.to_ascii_lowercase().ends_with(".csv");
        if is_csv { Self::read_csv(text) } else { Self::read_toml(text) }
    }

    /// How many claims it holds.
    #[must_use]
    pub fn claim_count(&self) -> usize {
        self.claims.len()
    }

    fn of_rows(rows: Rows) -> Result<Self, ClaimsFault> {
        if rows.rows.is_empty() {
            return Err(ClaimsFault::Empty);
        }
        if rows.rows.len() > CLAIMS_MAX {
            return Err(ClaimsFault::TooMany { expected: CLAIMS_MAX as u64, found: rows.rows.len() as u64 });
        }
        if let Some(title) = &rows.title {
            require_text(0, "title", title)?;
        }
        let claims: Vec<Claim> = (1..)
            .zip(&rows.rows)
            .map(|(claim, row)| ClaimRow { claim, row }.read())
            .collect::<Result<_, _>>()?;
        require_references(&claims)?;
        Ok(Self { title: rows.title, claims })
    }
}

/// Ids stand once, and what a claim rests on is another claim with a figure.
fn require_references(claims: &[Claim]) -> Result<(), ClaimsFault> {
    let mut ids = BTreeSet::new();
    for (claim, own) in (1..).zip(claims) {
        if !ids.insert(&own.id) {
            return Err(ClaimsFault::IdTwice { claim, id: own.id.clone() });
        }
    }
    let has_figure = |id: &String, own: &Claim| {
        claims.iter().any(|other| other.id == *id && id != &own.id && other.figure().is_some())
    };
    for (claim, own) in (1..).zip(claims) {
        let ClaimContent::Printed(printed) = &own.content else { continue };
        let named: Vec<&String> = match &printed.rests {
            PrintedRest::Sum(ids) => ids.iter().collect(),
            PrintedRest::Share(part, whole) | PrintedRest::Quotient(part, whole) => vec![part, whole],
        };
        if let Some(found) = named.into_iter().find(|id| !has_figure(id, own)) {
            return Err(ClaimsFault::Reference { claim, found: found.clone() });
        }
    }
    Ok(())
}

impl ClaimRow<'_> {
    fn read(&self) -> Result<Claim, ClaimsFault> {
        self.require_known()?;
        let content = self.read_content()?;
        Ok(Claim {
            id: self.require_word("id")?.to_owned(),
            says: self.require_word("says")?.to_owned(),
            source: self.require_word("source")?.to_owned(),
            date: self.require_day_or_unknown("date")?,
            printed: match &content {
                ClaimContent::Ranking(ranking) => ranking.names.join(" > "),
                ClaimContent::Unrecorded(None) => "—".to_owned(),
                _ => self.require_word("value")?.to_owned(),
            },
            content,
        })
    }

    fn read_content(&self) -> Result<ClaimContent, ClaimsFault> {
        if self.row.contains_key("sum_of") || self.row.contains_key("share_of") {
            return self.read_printed();
        }
        let what = self.require_word("what")?;
        if what == "unrecorded" {
            self.require_only(what, &[])?;
            let figure = self.word("value")?.map(|_| self.require_figure()).transpose()?;
            return Ok(ClaimContent::Unrecorded(figure));
        }
        if let Some(day) = DayMeasure::ALL.into_iter().find(|day| day.name() == what) {
            self.require_only(what, &SCOPE)?;
            self.require_day("value")?;
            if day.is_of_candidate() {
                self.require_word("candidate")?;
            }
            return Ok(ClaimContent::Day(day, self.read_scope(true)?));
        }
        if let Some(name) = NameMeasure::ALL.into_iter().find(|name| name.name() == what) {
            self.require_only(what, &SCOPE)?;
            self.require_word("value")?;
            return Ok(ClaimContent::Name(name, self.read_scope(true)?));
        }
        let (measure, to) = self.read_measure(what)?;
        if self.row.contains_key("ranking") {
            return self.read_ranking(measure, to);
        }
        self.read_figure(measure, to)
    }

    fn read_figure(&self, measure: Measure, to: Relation) -> Result<ClaimContent, ClaimsFault> {
        let claim = self.claim;
        self.require_only(measure.name(), &[&SCOPE[..], &["bound", "of", "per"]].concat())?;
        let value = self.require_figure()?;
        let bound = self.read_bound()?;
        if to == Relation::Alone && value.decimals > 0 {
            return Err(ClaimsFault::Fraction { claim, found: self.require_word("value")?.to_owned() });
        }
        let open = matches!(bound, Bound::Over | Bound::AtLeast) && to == Relation::Alone;
        let scope = self.read_scope(!(open || measure == Measure::Elections && to == Relation::Alone))?;
        if measure == Measure::Elections && to == Relation::Alone && scope.elections.is_some() {
            return Err(ClaimsFault::Beside { claim, key: "elections", beside: "elections".to_owned() });
        }
        if measure == Measure::BirthYear {
            self.require_word("candidate")?;
        }
        self.require_choosers(measure, to)?;
        Ok(ClaimContent::Figure(FigureClaim { measure, to, value, bound, scope }))
    }

    /// What would choose nothing is no part of a claim: it would look as if it had.
    fn require_choosers(&self, measure: Measure, to: Relation) -> Result<(), ClaimsFault> {
        let other = match to {
            Relation::Alone => None,
            Relation::PercentOf(other) | Relation::ForEach(other) => Some(other),
        };
        let both = [Some(measure), other];
        let any = |fits: fn(Measure) -> bool| both.into_iter().flatten().any(fits);
        let of_commissions = |measure| matches!(measure, Measure::Commissions | Measure::Members);
        let refused: [(&[&'static str], bool); 3] = [
            (&["candidate", "party", "method"], any(Measure::is_of_candidates)),
            (&["precincts"], any(Measure::is_of_precincts)),
            (&["level"], any(of_commissions)),
        ];
        for (keys, fits) in refused {
            if let Some(key) = keys.iter().find(|key| !fits && self.row.contains_key(**key)) {
                return Err(ClaimsFault::Beside {
                    claim: self.claim,
                    key,
                    beside: measure.name().to_owned(),
                });
            }
        }
        Ok(())
    }

    fn read_ranking(&self, measure: Measure, to: Relation) -> Result<ClaimContent, ClaimsFault> {
        self.require_only("ranking", &[&SCOPE[..], &["by", "of", "per", "ranking"]].concat())?;
        let names = self.list("ranking")?.unwrap_or_default();
        if names.len() < 2 {
            return Err(ClaimsFault::Few {
                claim: self.claim,
                key: "ranking",
                expected: 2,
                found: names.len() as u64,
            });
        }
        let by = self.require_choice("by", &Grouping::ALL)?;
        let own = match by {
            Grouping::Candidate => &["candidate"][..],
            Grouping::Party => &["candidate", "method", "party"],
            Grouping::Region | Grouping::Territory | Grouping::Year => &[],
        };
        let of_candidates = matches!(by, Grouping::Candidate | Grouping::Party);
        if let Some(key) = own.iter().find(|key| self.row.contains_key(**key)) {
            return Err(ClaimsFault::Beside { claim: self.claim, key, beside: "ranking".to_owned() });
        }
        if of_candidates && !measure.is_of_candidates() {
            return Err(ClaimsFault::Beside {
                claim: self.claim,
                key: "by",
                beside: measure.name().to_owned(),
            });
        }
        self.require_choosers(measure, to)?;
        Ok(ClaimContent::Ranking(RankingClaim { measure, to, by, names, scope: self.read_scope(true)? }))
    }

    fn read_printed(&self) -> Result<ClaimContent, ClaimsFault> {
        let (sum, share) = (self.list("sum_of")?, self.list("share_of")?);
        let (value, bound) = (self.require_figure()?, self.read_bound()?);
        let few =
            |key, found: usize| ClaimsFault::Few { claim: self.claim, key, expected: 2, found: found as u64 };
        let rests = match (sum, share) {
            (Some(_), Some(_)) => {
                let beside = "share_of".to_owned();
                return Err(ClaimsFault::Beside { claim: self.claim, key: "sum_of", beside });
            }
            (Some(ids), None) if ids.len() >= 2 => PrintedRest::Sum(ids),
            (Some(ids), None) => return Err(few("sum_of", ids.len())),
            (None, ids) => match ids.unwrap_or_default().as_slice() {
                [part, whole] if self.word("what")? == Some("quotient") => {
                    PrintedRest::Quotient(part.clone(), whole.clone())
                }
                [part, whole] => PrintedRest::Share(part.clone(), whole.clone()),
                other => return Err(few("share_of", other.len())),
            },
        };
        self.require_only("sum_of", &["bound", "share_of", "sum_of"])?;
        if matches!(rests, PrintedRest::Sum(_)) && value.decimals > 0 {
            return Err(ClaimsFault::Fraction {
                claim: self.claim,
                found: self.require_word("value")?.to_owned(),
            });
        }
        Ok(ClaimContent::Printed(PrintedClaim { value, bound, rests }))
    }

    /// A figure, or a word that stands for two of them.
    fn read_measure(&self, what: &str) -> Result<(Measure, Relation), ClaimsFault> {
        let of_voters = |measure| Ok((measure, Relation::PercentOf(Measure::Voters)));
        let pair = match what {
            "turnout" => of_voters(Measure::Participated),
            "turnout-issued" => of_voters(Measure::Issued),
            "turnout-found" => of_voters(Measure::Found),
            "mean-age" => Ok((Measure::Ages, Relation::ForEach(Measure::Elected))),
            _ => {
                let measure = self.require_measure("what", what)?;
                let other = |key| self.word(key)?.map(|word| self.require_measure(key, word)).transpose();
                return match (other("of")?, other("per")?) {
                    (None, None) => Ok((measure, Relation::Alone)),
                    (Some(of), None) => Ok((measure, Relation::PercentOf(of))),
                    (None, Some(per)) => Ok((measure, Relation::ForEach(per))),
                    (Some(_), Some(_)) => {
                        Err(ClaimsFault::Beside { claim: self.claim, key: "of", beside: "per".to_owned() })
                    }
                };
            }
        };
        match ["of", "per"].into_iter().find(|key| self.row.contains_key(*key)) {
            Some(key) => Err(ClaimsFault::Beside { claim: self.claim, key, beside: what.to_owned() }),
            None => pair,
        }
    }

    fn require_measure(&self, key: &'static str, found: &str) -> Result<Measure, ClaimsFault> {
        let known = Measure::ALL.into_iter().find(|measure| measure.name() == found);
        known.ok_or_else(|| {
            let figures = Measure::ALL.map(Measure::name);
            let mut words: Vec<&str> = figures.to_vec();
            if key == "what" {
                words.extend(["turnout", "turnout-issued", "turnout-found", "mean-age"]);
                words.extend(DayMeasure::ALL.map(DayMeasure::name));
                words.extend(NameMeasure::ALL.map(NameMeasure::name));
                words.push("unrecorded");
            }
            ClaimsFault::Word { claim: self.claim, key, expected: words.join(", "), found: found.to_owned() }
        })
    }

    fn read_scope(&self, counted: bool) -> Result<Scope, ClaimsFault> {
        let claim = self.claim;
        let owned = |key| self.word(key).map(|word| word.map(str::to_owned));
        let election = owned("election")?;
        let elections = match self.word("elections")? {
            Some(text) => Some(self.require_count("elections", text)?),
            None if election.is_some() => Some(1),
            None if counted => return Err(ClaimsFault::Missing { claim, key: "elections" }),
            None => None,
        };
        let day = self.word("day")?.map(|_| self.require_day("day")).transpose()?;
        let (from, until) = match day {
            Some(day) => {
                if let Some(key) = ["from", "until"].into_iter().find(|key| self.row.contains_key(*key)) {
                    return Err(ClaimsFault::Beside { claim, key, beside: "day".to_owned() });
                }
                (Some(day.clone()), Some(day))
            }
            None => {
                let bound = |key| self.word(key)?.map(|_| self.require_day(key)).transpose();
                (bound("from")?, bound("until")?)
            }
        };
        Ok(Scope {
            elections,
            election,
            territory: self.word("territory")?.map(|code| self.require_territory(code)).transpose()?,
            office: self.choice("office", &OFFICES)?,
            from,
            until,
            candidate: owned("candidate")?,
            party: owned("party")?,
            method: self.choice("method", &METHODS)?,
            levels: self.read_levels()?,
            precincts: self.choice("precincts", &PRECINCTS)?,
        })
    }

    fn read_levels(&self) -> Result<Vec<Level>, ClaimsFault> {
        let words = self.list("level")?.unwrap_or_default();
        words.iter().map(|word| self.find_choice("level", &LEVELS, word)).collect()
    }

    fn read_bound(&self) -> Result<Bound, ClaimsFault> {
        Ok(self.choice("bound", &Bound::ALL)?.unwrap_or(Bound::Exactly))
    }
}

const OFFICES: [(&str, Office); 3] =
    [("district", Office::District), ("city", Office::City), ("rural", Office::Rural)];
const METHODS: [(&str, Method); 3] =
    [("party", Method::Party), ("own", Method::Own), ("higher-akim", Method::HigherAkim)];
const PRECINCTS: [(&str, PrecinctKind); 2] = [("open", PrecinctKind::Open), ("closed", PrecinctKind::Closed)];
const LEVELS: [(&str, Level); 3] =
    [("regional", Level::Regional), ("territorial", Level::Territorial), ("precinct", Level::Precinct)];
