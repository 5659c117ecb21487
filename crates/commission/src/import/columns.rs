//! A mapping laid over the header of a table: every name found, every column accounted for.

use std::collections::BTreeSet;

use law::Ratio;
use phrase::{Phrase, phrase};

use super::{
    amounts::{Amounts, BoxColumns, ComparedLine, DocumentColumns, SecondColumns},
    column_finder::{ColumnFinder, PrecinctColumns, WordsSource},
    coverage::{UnjudgedRatio, cover_ratios},
    fault::ImportFault,
    mapping::{DocumentRule, Mapping},
    mapping_checks::{exchanged_names, expected_sums, lines_of, require_marks},
};
use crate::table::{cell::CellStyle, header::ColumnHeader};

/// A mapping that fits a table.
#[derive(Debug)]
pub struct Columns {
    pub(super) header: ColumnHeader,
    pub(super) precinct: PrecinctColumns,
    /// The KATO code of the precinct's territory.
    pub(super) kato: Option<WordsSource>,
    /// The column of the contest: every row says it.
    pub(super) contest: Option<usize>,
    pub(super) amounts: Amounts,
    pub(super) second: Option<SecondColumns>,
    pub(super) times: Option<[WordsSource; 3]>,
    pub(super) paper: Option<DocumentColumns>,
    pub(super) damaged_act: Option<DocumentColumns>,
    pub(super) signers: Option<(WordsSource, Option<law::facts::MissingReason>)>,
    pub(super) explanations: Vec<(String, WordsSource)>,
    pub(super) supersedes: Option<[WordsSource; 2]>,
    pub(super) invalidates: Option<InvalidationColumns>,
    pub(super) style: CellStyle,
    pub(super) ratios: Vec<Ratio>,
    pub(super) not_run: Vec<UnjudgedRatio>,
    pub(super) notes: Vec<Phrase>,
    /// Columns that a figure is read from.
    pub(super) figure_columns: BTreeSet<usize>,
    /// Sums that are expected, by the words of their lines.
    pub(super) expected: Vec<(String, u64)>,
}

/// What an invalidation needs, beside the precinct.
#[derive(Debug)]
pub(super) struct InvalidationColumns {
    pub(super) ground: WordsSource,
    pub(super) at: WordsSource,
    pub(super) seats: WordsSource,
    pub(super) decision: DocumentColumns,
    pub(super) submission: DocumentColumns,
}

impl Columns {
    /// Lays a mapping over a header.
    ///
    /// # Errors
    /// When a name is not found, stands twice, or a column is neither mapped nor ignored.
    pub fn new(mapping: &Mapping, header: &[String]) -> Result<Self, ImportFault> {
        Self::lay_over(mapping, ColumnHeader::new(header))
    }

    /// The same over a header with columns of other files.
    pub(super) fn lay_over(mapping: &Mapping, header: ColumnHeader) -> Result<Self, ImportFault> {
        let mut finder = ColumnFinder { header: &header, used: BTreeSet::new(), compared: false };
        let precinct = finder.find_precinct(&mapping.precinct)?;
        let kato = match &mapping.precinct.kato {
            Some(words) => Some(finder.find_words("precinct.kato", words)?),
            None => None,
        };
        let contest = match &mapping.contest {
            Some(rule) => Some(finder.find_column("contest.column", &rule.column)?),
            None => None,
        };
        let mut figures = Vec::new();
        for (line, figure) in lines_of(&mapping.figures) {
            figures.push((line, finder.find_amount(&format!("figures.{}", line.words()), figure)?));
        }
        let votes = finder.find_by_id("votes", mapping.votes.iter())?;
        let issued_by = finder.find_by_id("issued_by", mapping.issued_by.iter())?;
        let portable = box_columns(mapping, &mut finder)?;
        let times = time_columns(mapping, &mut finder)?;
        let paper = finder.find_document("paper", mapping.paper.as_ref())?;
        let damaged_act = finder.find_document("damaged_act", mapping.damaged_act.as_ref())?;
        let signers = match &mapping.signers {
            Some(own) => Some((finder.find_words("signers.seats", &own.seats)?, own.missing)),
            None => None,
        };
        let explained = mapping.explanations.iter();
        let explanations = explained
            .map(|(rule, words)| {
                Ok((rule.clone(), finder.find_words(&format!("explanations.{rule}"), words)?))
            })
            .collect::<Result<_, ImportFault>>()?;
        let supersedes = supersession_columns(mapping, &mut finder)?;
        let invalidates = invalidation_columns(mapping, &mut finder)?;
        let amounts = Amounts { figures, votes, issued_by, portable };
        let second = second_columns(mapping, &amounts, &mut finder)?;
        let mut notes = Vec::new();
        require_accounted(mapping, &mut finder, &mut notes)?;
        let style = CellStyle {
            thousands: mapping.numbers.thousands,
            decimal: mapping.numbers.decimal,
            offset: mapping.times.as_ref().and_then(|times| times.offset.clone()),
        };
        require_marks(&style)?;
        notes.extend(exchanged_names(mapping, &amounts, &header));
        let expected = expected_sums(mapping)?;
        let figure_columns = amounts.columns();
        let coverage = cover_ratios(&amounts, &header);
        notes.extend(coverage.notes);
        Ok(Self {
            precinct,
            kato,
            contest,
            amounts,
            second,
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
            figure_columns,
            expected,
        })
    }

    /// The ratios whose lines are all mapped.
    #[must_use]
    pub fn ratios(&self) -> &[Ratio] {
        &self.ratios
    }

    /// The others, with the reason.
    #[must_use]
    pub fn not_run(&self) -> &[UnjudgedRatio] {
        &self.not_run
    }

    /// What is computed, said by the mapping, or left aside, in words.
    #[must_use]
    pub fn notes(&self) -> &[Phrase] {
        &self.notes
    }
}

fn time_columns(
    mapping: &Mapping,
    finder: &mut ColumnFinder<'_>,
) -> Result<Option<[WordsSource; 3]>, ImportFault> {
    let Some(times) = &mapping.times else { return Ok(None) };
    Ok(Some([
        finder.find_words("times.started", &times.started)?,
        finder.find_words("times.ended", &times.ended)?,
        finder.find_words("times.signed", &times.signed)?,
    ]))
}

fn supersession_columns(
    mapping: &Mapping,
    finder: &mut ColumnFinder<'_>,
) -> Result<Option<[WordsSource; 2]>, ImportFault> {
    let Some(own) = &mapping.supersedes else { return Ok(None) };
    let reason = finder.find_words("supersedes.reason", &own.reason)?;
    Ok(Some([reason, finder.find_words("supersedes.present", &own.present)?]))
}

fn invalidation_columns(
    mapping: &Mapping,
    finder: &mut ColumnFinder<'_>,
) -> Result<Option<InvalidationColumns>, ImportFault> {
    let Some(own) = &mapping.invalidates else { return Ok(None) };
    let mut paper = |field: &str, paper: &DocumentRule| {
        let found = finder.find_document(field, Some(paper))?;
        found.ok_or_else(|| ImportFault::Field {
            field: field.to_owned(),
            expected: phrase!("import-sha256-or-sealed", "sha256 with size, or sealed"),
            found: phrase!("import-neither", "neither"),
        })
    };
    let decision = paper("invalidates.decision", &own.decision)?;
    let submission = paper("invalidates.submission", &own.submission)?;
    Ok(Some(InvalidationColumns {
        ground: finder.find_words("invalidates.ground", &own.ground)?,
        at: finder.find_words("invalidates.at", &own.at)?,
        seats: finder.find_words("invalidates.seats", &own.seats)?,
        decision,
        submission,
    }))
}

fn box_columns(mapping: &Mapping, finder: &mut ColumnFinder<'_>) -> Result<Vec<BoxColumns>, ImportFault> {
    let mut boxes = Vec::new();
    for rule in &mapping.portable {
        boxes.push(BoxColumns {
            found: finder.find_amount("portable.found", &rule.found)?,
            applications: match &rule.applications {
                Some(figure) => Some(finder.find_amount("portable.applications", figure)?),
                None => None,
            },
            act: finder.find_document("portable.act", rule.act.as_ref())?,
        });
    }
    Ok(boxes)
}

/// A second set of figures; each of its lines is one that the mapping gives.
fn second_columns(
    mapping: &Mapping,
    amounts: &Amounts,
    finder: &mut ColumnFinder<'_>,
) -> Result<Option<SecondColumns>, ImportFault> {
    let Some(rule) = &mapping.compare else { return Ok(None) };
    let not_given = |field: &str, expected: Phrase, found: Phrase| ImportFault::Field {
        field: field.to_owned(),
        expected,
        found,
    };
    finder.compared = true;
    let mut lines = Vec::new();
    for (line, figure) in lines_of(&rule.figures) {
        let source = finder.find_amount(&format!("compare.figures.{}", line.words()), figure)?;
        lines.push(ComparedLine::of_figure(line, amounts, source).ok_or_else(|| {
            let expected = phrase!("import-line-of-figures", "a line that [figures] gives");
            not_given("compare.figures", expected, Phrase::verbatim(line.words()))
        })?);
    }
    for (candidate, source) in finder.find_by_id("compare.votes", rule.votes.iter())? {
        lines.push(ComparedLine::of_votes(&candidate, amounts, source).ok_or_else(|| {
            let expected = phrase!("import-candidate-of-votes", "a candidate that [votes] gives");
            not_given("compare.votes", expected, Phrase::verbatim(&candidate))
        })?);
    }
    for name in &rule.ignore {
        finder.find_column("compare.ignore", name)?;
    }
    finder.compared = false;
    if lines.is_empty() {
        let expected = phrase!("import-line-of-compare", "a line under [compare.figures] or [compare.votes]");
        return Err(not_given("compare", expected, phrase!("found-none", "none")));
    }
    let (name, own) = (rule.name.clone(), rule.own.clone());
    Ok(Some(SecondColumns { name, own, refuse: rule.refuse, lines }))
}

/// Every column is mapped or ignored, aloud.
fn require_accounted(
    mapping: &Mapping,
    finder: &mut ColumnFinder<'_>,
    notes: &mut Vec<Phrase>,
) -> Result<(), ImportFault> {
    let second = mapping.compare.as_ref();
    let second_long = second.and_then(|second| second.long.as_ref());
    for (field, long) in [("long.of", mapping.long.as_ref()), ("compare.long.of", second_long)] {
        if let Some(long) = long {
            finder.find_column(field, &long.of)?;
        }
    }
    if let Some(file) = second.and_then(|second| second.file.as_ref()) {
        finder.find_column("compare.file.of", &file.of)?;
    }
    let mut ignored = Vec::new();
    for name in &mapping.ignore.columns {
        ignored.push(finder.find_column("ignore.columns", name)?);
    }
    let header = finder.header;
    let left: Vec<usize> = (0..header.names.len()).filter(|column| !finder.used.contains(column)).collect();
    let named = |column: &&usize| header.names.get(**column).is_some_and(|name| !name.is_empty());
    if left.iter().any(|column| named(&column)) && !mapping.ignore.others {
        return Err(ImportFault::Unmapped { found: header.name_all(left.iter().filter(named)) });
    }
    ignored.extend(left);
    if !ignored.is_empty() {
        notes.push(phrase!("import-note-ignored", "ignored: {columns}", columns = header.name_all(&ignored)));
    }
    Ok(())
}
