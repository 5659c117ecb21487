//! What a check or an import found, for people: line by line, then the counts, in the language of the answers.

use law::{Outcome, Ratio};
use phrase::{Phrase, Phrased as _, phrase};
use texts::{Language, paper::cite_line, program::answer_language, say_phrase};

use super::{
    check::CheckedTable,
    comparison::Comparison,
    drafts::ImportOutcome,
    report::{ReportItem, check_items, count_left_out, count_unkept, count_violations, import_items},
    sums::{LineSum, SummedLine},
};
use crate::{invisible::show_invisible, legible::ratios::name_ratio};

/// Lines of a list for people; the rest is counted.
const LISTED_MAX: usize = 1_000;

/// Lines of an answer; what strangers wrote is shown with its invisible signs.
#[derive(Default)]
struct Told(String);

impl Told {
    fn say(&mut self, said: Phrase) {
        let shown = said.map_texts(&|text| show_invisible(&text));
        self.0.push_str(&say_phrase(answer_language(), &shown));
        self.0.push('\n');
    }

    fn say_item(&mut self, item: ReportItem<'_>) {
        let (line, said) = (item.line, item.said);
        self.say(match item.precinct {
            Some(precinct) => {
                phrase!("import-told-line-of", "line {line}, {precinct}: {said}", line = line.to_string())
            }
            None => phrase!("import-told-line", "line {line}: {said}", line = line.to_string()),
        });
    }

    fn say_notes(&mut self, notes: &[Phrase]) {
        for note in notes {
            self.say(phrase!("import-told-note", "note: {note}"));
        }
    }

    /// Which column was read as which line, with the sums.
    fn say_sums(&mut self, sums: &[LineSum]) {
        sums.iter().for_each(|sum| self.say(describe_sum(sum)));
    }

    /// The sums of a second set of figures, and how often it says otherwise.
    fn say_comparison(&mut self, comparison: Option<&Comparison>) {
        if let Some(comparison) = comparison {
            self.say_sums(&comparison.sums);
            self.say(phrase!(
                "import-told-compared",
                "compared {counts}",
                counts = comparison.describe_counts()
            ));
        }
    }

    /// What the ledger will note of drafts, or show as explained.
    fn say_findings(&mut self, drafted: &ImportOutcome) {
        let all =
            || drafted.drafts.iter().flat_map(|draft| draft.findings.iter().map(move |own| (draft, own)));
        for (draft, finding) in all().take(LISTED_MAX) {
            let (line, precinct) = (draft.line.to_string(), draft.precinct.as_str());
            let said = finding.violation.phrase();
            self.say(match finding.outcome {
                Outcome::Explained => {
                    phrase!("import-told-explained", "line {line}, {precinct}: explained: {said}")
                }
                _ => phrase!("import-told-noted", "line {line}, {precinct}: noted: {said}"),
            });
        }
        let more = all().count().saturating_sub(LISTED_MAX);
        if more > 0 {
            self.say(phrase!("import-told-more-noted", "… and {more} more that are noted or explained"));
        }
    }
}

/// A ratio by the numbers of its lines; in English as a mapping names them.
fn describe_ratio(ratio: Ratio) -> String {
    match answer_language() {
        Language::En => ratio.words().to_owned(),
        lang => name_ratio(ratio, lang),
    }
}

/// What a line is called: by its number, in English as a mapping names it.
fn describe_line(sum: &LineSum) -> String {
    let name = sum.name.as_ref().map(|name| format!(" ({name})")).unwrap_or_default();
    let lang = answer_language();
    let line = match (&sum.of, lang) {
        (_, Language::En) => sum.line.clone(),
        (SummedLine::Figure(line), _) => cite_line(*line, lang),
        (SummedLine::OfSecond(line, second), _) => format!("{second}: {}", say_phrase(lang, line)),
        (SummedLine::Votes(id), _) => format!("{}: {id}", cite_line(law::Line::Votes, lang)),
        (SummedLine::IssuedBy(seat), _) => format!("{}: {seat}", cite_line(law::Line::IssuedBy, lang)),
        (SummedLine::PortableFound(place), _) => {
            format!("{} № {}", cite_line(law::Line::PortableFound, lang), place + 1)
        }
        (SummedLine::PortableApplications(place), _) => {
            format!("{} № {}", cite_line(law::Line::PortableApplications, lang), place + 1)
        }
    };
    format!("{line}{name}")
}

fn describe_sum(own: &LineSum) -> Phrase {
    let (columns, line, sum) = (&own.columns, describe_line(own), own.sum);
    match own.expected {
        None => phrase!("import-told-read", "read     {columns} -> {line}: {sum}"),
        Some(expected) if expected == sum => {
            phrase!("import-told-read-expected", "read     {columns} -> {line}: {sum} as expected")
        }
        Some(expected) => {
            phrase!("import-told-read-otherwise", "read     {columns} -> {line}: {sum}, EXPECTED {expected}")
        }
    }
}

/// A check for people: one line for each row and ratio, then the counts.
pub fn check_text(checked: &CheckedTable) -> String {
    let mut told = Told::default();
    let items = check_items(checked);
    let more = items.len().saturating_sub(LISTED_MAX) as u64 + count_left_out(checked);
    items.into_iter().take(LISTED_MAX).for_each(|item| told.say_item(item));
    if more > 0 {
        told.say(phrase!(
            "import-told-more-counted",
            "… and {more} more, counted below (--format csv or json lists more of them)"
        ));
    }
    told.say_notes(&checked.notes);
    for ratio in &checked.run {
        let rows = checked.broken.iter().find(|(own, _)| own == ratio).map_or(0, |(_, count)| *count);
        let (rule, ratio) = (ratio.rule().id(), describe_ratio(*ratio));
        told.say(phrase!("import-told-judged", "judged   {rule} {ratio}: {rows} rows do not hold"));
    }
    for not_run in &checked.not_run {
        let (rule, ratio) = (not_run.ratio.rule().id(), describe_ratio(not_run.ratio));
        let reason = not_run.reason.phrase();
        told.say(phrase!("import-told-not-run", "NOT-RUN  {rule} {ratio}: {reason}"));
    }
    told.say_sums(&checked.sums);
    told.say_comparison(checked.comparison.as_ref());
    let counts: Vec<String> =
        count_violations(checked).into_iter().map(|(rule, count)| format!("{rule} {count}")).collect();
    let counts = match counts.as_slice() {
        [] => phrase!("import-told-none", "none"),
        counts => Phrase::verbatim(counts.join(", ")),
    };
    told.say(phrase!(
        "import-told-check-done",
        "{rows} rows: {clean} clean, {refused} refused; violations: {counts}; {blank} blank lines left out",
        rows = checked.rows,
        clean = checked.clean,
        refused = checked.refused_rows,
        blank = checked.blank
    ));
    told.0
}

/// An import for people.
pub fn import_text(drafted: &ImportOutcome, written: &Phrase) -> String {
    let mut told = Told::default();
    let items = import_items(drafted);
    let more = items.len().saturating_sub(LISTED_MAX) as u64 + count_unkept(drafted.comparison.as_ref());
    items.into_iter().take(LISTED_MAX).for_each(|item| told.say_item(item));
    if more > 0 {
        told.say(phrase!("import-told-more", "… and {more} more (--format csv or json lists more of them)"));
    }
    told.say_findings(drafted);
    told.say_notes(&drafted.notes);
    let count = drafted.without_row.len();
    if count > 0 {
        let names: Vec<&str> = drafted.without_row.iter().map(event::Id::as_str).collect();
        let names = names.join(", ");
        told.say(phrase!("import-told-no-row", "note: no row for {count} precincts: {names}"));
    }
    let count = drafted.same.len();
    if count > 0 {
        told.say(phrase!("import-told-same", "note: {count} precincts have the figures that the ledger has"));
    }
    told.say_sums(&drafted.sums);
    told.say_comparison(drafted.comparison.as_ref());
    told.say(phrase!(
        "import-told-import-done",
        "{rows} rows: {drafts} drafts, {refused} refused, {blank} blank lines left out; {written}",
        rows = drafted.rows,
        drafts = drafted.drafts.len(),
        refused = drafted.refused.len(),
        blank = drafted.blank
    ));
    told.0
}
