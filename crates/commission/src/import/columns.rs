//! A mapping laid over the header of a table: every name found, every column accounted for.

use std::collections::BTreeSet;

use event::Id;
use law::{Line, Ratio};

use super::{
    amounts::{Amount, Amounts, BoundBox, BoundPaper},
    coverage::{NotRun, cover_ratios},
    fault::ImportFault,
    mapping::{Figure, Figures, Mapping, Paper, PrecinctRule, Words},
};
use crate::table::{cell::Style, fault::TableFault, header::Header};

/// A mapping that fits a table.
#[derive(Debug)]
pub struct Bound {
    pub(super) header: Header,
    pub(super) precinct: Precinct,
    pub(super) amounts: Amounts,
    pub(super) times: Option<[Source; 3]>,
    pub(super) paper: Option<BoundPaper>,
    pub(super) damaged_act: Option<BoundPaper>,
    pub(super) signers: Option<(Source, Option<law::facts::MissingReason>)>,
    pub(super) explanations: Vec<(String, Source)>,
    pub(super) supersedes: Option<[Source; 2]>,
    pub(super) invalidates: Option<BoundInvalidation>,
    pub(super) style: Style,
    pub(super) ratios: Vec<Ratio>,
    pub(super) not_run: Vec<NotRun>,
    pub(super) notes: Vec<String>,
}

/// What names a precinct.
#[derive(Debug)]
pub(super) enum Precinct {
    Id(usize),
    Number { column: usize, digits: usize },
    Key(Vec<usize>),
}

/// Words of a column, or the same in every row.
#[derive(Debug, Clone)]
pub(super) enum Source {
    Column(usize),
    Always(String),
}

/// What an invalidation needs, beside the precinct.
#[derive(Debug)]
pub(super) struct BoundInvalidation {
    pub(super) ground: Source,
    pub(super) at: Source,
    pub(super) seats: Source,
    pub(super) decision: BoundPaper,
    pub(super) submission: BoundPaper,
}

/// Finds columns and remembers which were named.
struct Finder<'a> {
    header: &'a Header,
    used: BTreeSet<usize>,
}

impl Finder<'_> {
    fn column(&mut self, field: &str, name: &str) -> Result<usize, TableFault> {
        let column = self.header.column(field, name)?;
        self.used.insert(column);
        Ok(column)
    }

    fn amount(&mut self, field: &str, figure: &Figure) -> Result<Amount, ImportFault> {
        match figure {
            Figure::Always(number) => Ok(Amount::Always(*number)),
            Figure::Columns { columns, empty_is_none } => {
                let found: Result<Vec<usize>, TableFault> =
                    columns.iter().map(|name| self.column(field, name)).collect();
                Ok(Amount::Sum { columns: found?, empty_is_none: *empty_is_none })
            }
        }
    }

    fn by_id<'f>(
        &mut self,
        table: &str,
        figures: impl Iterator<Item = (&'f String, &'f Figure)>,
    ) -> Result<Vec<(Id, Amount)>, ImportFault> {
        figures
            .map(|(name, figure)| {
                let field = format!("{table}.{name}");
                let id = Id::new(name).map_err(|fault| ImportFault::Field {
                    field: field.clone(),
                    expected: "an id, as \"abenov\"".to_owned(),
                    found: fault.to_string(),
                })?;
                Ok((id, self.amount(&field, figure)?))
            })
            .collect()
    }

    fn words(&mut self, field: &str, words: &Words) -> Result<Source, ImportFault> {
        match words {
            Words::Column(name) => Ok(Source::Column(self.column(field, name)?)),
            Words::Always { value } => Ok(Source::Always(value.clone())),
        }
    }

    fn paper(&mut self, field: &str, paper: Option<&Paper>) -> Result<Option<BoundPaper>, ImportFault> {
        let Some(paper) = paper else { return Ok(None) };
        let found = match (&paper.sha256, &paper.size, &paper.sealed) {
            (Some(sha256), Some(size), None) => BoundPaper::Public {
                sha256: self.column(&format!("{field}.sha256"), sha256)?,
                size: self.column(&format!("{field}.size"), size)?,
            },
            (None, None, Some(sealed)) => {
                BoundPaper::Sealed(self.column(&format!("{field}.sealed"), sealed)?)
            }
            _ => {
                return Err(ImportFault::Field {
                    field: field.to_owned(),
                    expected: "sha256 with size, or sealed".to_owned(),
                    found: "neither, or parts of both".to_owned(),
                });
            }
        };
        Ok(Some(found))
    }

    fn precinct(&mut self, rule: &PrecinctRule) -> Result<Precinct, ImportFault> {
        match (&rule.id, &rule.number, rule.key.as_slice()) {
            (Some(id), None, []) => Ok(Precinct::Id(self.column("precinct.id", id)?)),
            (None, Some(number), []) => {
                let column = self.column("precinct.number", number)?;
                Ok(Precinct::Number { column, digits: rule.digits.unwrap_or(0).min(20) })
            }
            (None, None, [_, ..]) => {
                let key: Result<_, TableFault> =
                    rule.key.iter().map(|name| self.column("precinct.key", name)).collect();
                Ok(Precinct::Key(key?))
            }
            _ => Err(ImportFault::Field {
                field: "precinct".to_owned(),
                expected: "one of id, number and key".to_owned(),
                found: "none, or more than one".to_owned(),
            }),
        }
    }
}

impl Bound {
    /// Lays a mapping over a header.
    ///
    /// # Errors
    /// When a name is not found, stands twice, or a column is neither mapped nor ignored.
    pub fn of(mapping: &Mapping, header: &[String]) -> Result<Self, ImportFault> {
        let header = Header::of(header);
        let mut finder = Finder { header: &header, used: BTreeSet::new() };
        let precinct = finder.precinct(&mapping.precinct)?;
        let mut figures = Vec::new();
        for (line, figure) in lines_of(&mapping.figures) {
            figures.push((line, finder.amount(&format!("figures.{}", line.words()), figure)?));
        }
        let votes = finder.by_id("votes", mapping.votes.iter())?;
        let issued_by = finder.by_id("issued_by", mapping.issued_by.iter())?;
        let portable = boxes(mapping, &mut finder)?;
        let times = times(mapping, &mut finder)?;
        let paper = finder.paper("paper", mapping.paper.as_ref())?;
        let damaged_act = finder.paper("damaged_act", mapping.damaged_act.as_ref())?;
        let signers = match &mapping.signers {
            Some(own) => Some((finder.words("signers.seats", &own.seats)?, own.missing)),
            None => None,
        };
        let explained = mapping.explanations.iter();
        let explanations = explained
            .map(|(rule, words)| Ok((rule.clone(), finder.words(&format!("explanations.{rule}"), words)?)))
            .collect::<Result<_, ImportFault>>()?;
        let supersedes = supersedes(mapping, &mut finder)?;
        let invalidates = invalidates(mapping, &mut finder)?;
        let mut notes = Vec::new();
        accounted(mapping, &mut finder, &mut notes)?;
        let style = Style {
            thousands: mapping.numbers.thousands,
            decimal: mapping.numbers.decimal,
            offset: mapping.times.as_ref().and_then(|times| times.offset.clone()),
        };
        let amounts = Amounts { figures, votes, issued_by, portable };
        let coverage = cover_ratios(&amounts, &header);
        notes.extend(coverage.notes);
        Ok(Self {
            precinct,
            amounts,
            times,
            paper,
            damaged_act,
            signers,
            explanations,
            supersedes,
            invalidates,
            style,
            ratios: coverage.ratios,
            not_run: coverage.not_run,
            notes,
            header,
        })
    }

    /// The ratios whose lines are all mapped.
    #[must_use]
    pub fn ratios(&self) -> &[Ratio] {
        &self.ratios
    }

    /// The others, with the reason.
    #[must_use]
    pub fn not_run(&self) -> &[NotRun] {
        &self.not_run
    }

    /// What is computed, said by the mapping, or left aside, in words.
    #[must_use]
    pub fn notes(&self) -> &[String] {
        &self.notes
    }
}

fn lines_of(figures: &Figures) -> impl Iterator<Item = (Line, &Figure)> {
    let all = [
        (Line::Absentee, &figures.absentee),
        (Line::AgainstAll, &figures.against_all),
        (Line::Cancelled, &figures.cancelled),
        (Line::Damaged, &figures.damaged),
        (Line::Found, &figures.found),
        (Line::HomeApplications, &figures.home_applications),
        (Line::Invalid, &figures.invalid),
        (Line::Issued, &figures.issued),
        (Line::Received, &figures.received),
        (Line::Stationary, &figures.stationary),
        (Line::Voters, &figures.voters),
        (Line::Delivered, &figures.delivered),
        (Line::Listed, &figures.listed),
    ];
    all.into_iter().filter_map(|(line, figure)| figure.as_ref().map(|figure| (line, figure)))
}

fn times(mapping: &Mapping, finder: &mut Finder<'_>) -> Result<Option<[Source; 3]>, ImportFault> {
    let Some(times) = &mapping.times else { return Ok(None) };
    Ok(Some([
        finder.words("times.started", &times.started)?,
        finder.words("times.ended", &times.ended)?,
        finder.words("times.signed", &times.signed)?,
    ]))
}

fn supersedes(mapping: &Mapping, finder: &mut Finder<'_>) -> Result<Option<[Source; 2]>, ImportFault> {
    let Some(own) = &mapping.supersedes else { return Ok(None) };
    let reason = finder.words("supersedes.reason", &own.reason)?;
    Ok(Some([reason, finder.words("supersedes.present", &own.present)?]))
}

fn invalidates(mapping: &Mapping, finder: &mut Finder<'_>) -> Result<Option<BoundInvalidation>, ImportFault> {
    let Some(own) = &mapping.invalidates else { return Ok(None) };
    let mut paper = |field: &str, paper: &Paper| {
        let bound = finder.paper(field, Some(paper))?;
        bound.ok_or_else(|| ImportFault::Field {
            field: field.to_owned(),
            expected: "sha256 with size, or sealed".to_owned(),
            found: "neither".to_owned(),
        })
    };
    let decision = paper("invalidates.decision", &own.decision)?;
    let submission = paper("invalidates.submission", &own.submission)?;
    Ok(Some(BoundInvalidation {
        ground: finder.words("invalidates.ground", &own.ground)?,
        at: finder.words("invalidates.at", &own.at)?,
        seats: finder.words("invalidates.seats", &own.seats)?,
        decision,
        submission,
    }))
}

fn boxes(mapping: &Mapping, finder: &mut Finder<'_>) -> Result<Vec<BoundBox>, ImportFault> {
    let mut boxes = Vec::new();
    for rule in &mapping.portable {
        boxes.push(BoundBox {
            found: finder.amount("portable.found", &rule.found)?,
            applications: match &rule.applications {
                Some(figure) => Some(finder.amount("portable.applications", figure)?),
                None => None,
            },
            act: finder.paper("portable.act", rule.act.as_ref())?,
        });
    }
    Ok(boxes)
}

/// Every column is mapped or ignored, aloud.
fn accounted(mapping: &Mapping, finder: &mut Finder<'_>, notes: &mut Vec<String>) -> Result<(), ImportFault> {
    if let Some(long) = &mapping.long {
        finder.column("long.of", &long.of)?;
    }
    let mut ignored = Vec::new();
    for name in &mapping.ignore.columns {
        ignored.push(finder.column("ignore.columns", name)?);
    }
    let header = finder.header;
    let left: Vec<usize> = (0..header.names.len()).filter(|column| !finder.used.contains(column)).collect();
    let named = |column: &&usize| header.names.get(**column).is_some_and(|name| !name.is_empty());
    let found: Vec<String> = left.iter().filter(named).map(|column| header.name(*column)).collect();
    if !found.is_empty() && !mapping.ignore.others {
        return Err(ImportFault::Unmapped { found: found.join(", ") });
    }
    ignored.extend(left);
    if !ignored.is_empty() {
        let names: Vec<String> = ignored.iter().map(|column| header.name(*column)).collect();
        notes.push(format!("ignored: {}", names.join(", ")));
    }
    Ok(())
}
