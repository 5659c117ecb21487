//! The lines of a precinct's protocol: the one table of their numbers and words, for form, sheet, check and report.
//!
//! The order is that in which article 43 of the Constitutional Law has the figures established. The form of the Central
//! Election Commission has not been entered yet: until it is, every number is assumed, and [`note_on_numbers`] says so.

use phrase::Phrase;

use crate::{catalogue::Value, language::Language, law_texts::law_text};

/// A line of the protocol, or one that follows from its lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaperLine {
    /// Voters of the precinct.
    Voters,
    /// Ballots received.
    Received,
    /// Voters who received ballots.
    Issued,
    /// Ballots that one member issued.
    IssuedBy,
    /// Unused ballots.
    Cancelled,
    /// Ballots damaged or unaccounted for.
    Damaged,
    /// The act about them.
    DamagedAct,
    /// Applications to vote outside the premises.
    HomeApplications,
    /// Ballots in all portable boxes.
    PortableFound,
    /// One portable box.
    Box,
    /// Applications of one portable box.
    BoxApplications,
    /// Ballots of one portable box.
    BoxFound,
    /// The act of one portable box.
    BoxAct,
    /// Ballots in the stationary boxes.
    Stationary,
    /// Ballots in all boxes.
    Found,
    /// Invalid ballots.
    Invalid,
    /// Votes, a heading.
    Votes,
    /// Votes for one candidate.
    VotesFor,
    /// Votes against all.
    AgainstAll,
    /// Voters with absentee certificates.
    Absentee,
    /// When the count began.
    Started,
    /// When the count ended.
    Ended,
    /// A member who signs, or why not.
    Member,
    /// The scan of the paper.
    Paper,
    /// Why a ratio does not hold on the paper.
    Explanation,
    /// Valid ballots, which follow from other lines.
    Valid,
    /// Voters who took part, who follow from other lines.
    Participated,
}

struct PaperRow {
    line: PaperLine,
    text: &'static str,
    number: Option<&'static str>,
}

/// By line; what has no number follows from other lines and is not written into the protocol.
const ROWS: [PaperRow; 27] = [
    PaperRow { line: PaperLine::Voters, text: "line-voters", number: Some("1") },
    PaperRow { line: PaperLine::Received, text: "line-received", number: Some("2") },
    PaperRow { line: PaperLine::Issued, text: "line-issued", number: Some("3") },
    PaperRow { line: PaperLine::IssuedBy, text: "line-issued_by_seat", number: Some("3") },
    PaperRow { line: PaperLine::Cancelled, text: "line-cancelled", number: Some("4") },
    PaperRow { line: PaperLine::Damaged, text: "line-damaged", number: Some("5") },
    PaperRow { line: PaperLine::DamagedAct, text: "line-damaged_act", number: Some("5.1") },
    PaperRow { line: PaperLine::HomeApplications, text: "line-home_applications", number: Some("6") },
    PaperRow { line: PaperLine::PortableFound, text: "line-portable_found", number: Some("7") },
    PaperRow { line: PaperLine::Box, text: "line-box", number: Some("7") },
    PaperRow { line: PaperLine::BoxApplications, text: "line-box_applications", number: Some("7") },
    PaperRow { line: PaperLine::BoxFound, text: "line-box_found", number: Some("7") },
    PaperRow { line: PaperLine::BoxAct, text: "line-box_act", number: Some("7") },
    PaperRow { line: PaperLine::Stationary, text: "line-stationary", number: Some("8") },
    PaperRow { line: PaperLine::Found, text: "line-found", number: Some("9") },
    PaperRow { line: PaperLine::Invalid, text: "line-invalid", number: Some("10") },
    PaperRow { line: PaperLine::Votes, text: "line-votes", number: Some("11") },
    PaperRow { line: PaperLine::VotesFor, text: "line-votes_for", number: Some("11") },
    PaperRow { line: PaperLine::AgainstAll, text: "line-against_all", number: Some("12") },
    PaperRow { line: PaperLine::Absentee, text: "line-absentee", number: Some("13") },
    PaperRow { line: PaperLine::Started, text: "line-started", number: Some("14") },
    PaperRow { line: PaperLine::Ended, text: "line-ended", number: Some("15") },
    PaperRow { line: PaperLine::Member, text: "line-member", number: Some("16") },
    PaperRow { line: PaperLine::Paper, text: "line-paper", number: Some("17") },
    PaperRow { line: PaperLine::Explanation, text: "line-explanation", number: Some("18") },
    PaperRow { line: PaperLine::Valid, text: "line-valid", number: None },
    PaperRow { line: PaperLine::Participated, text: "line-participated", number: None },
];

impl PaperLine {
    /// The number on the paper; none for what follows from other lines.
    #[must_use]
    pub fn number(self) -> Option<&'static str> {
        self.row().and_then(|row| row.number)
    }

    /// The number of one of several under it: of a member, a box, a candidate, counted from 1.
    #[must_use]
    pub fn number_under(self, place: usize) -> String {
        format!("{}.{place}", self.number().unwrap_or_default())
    }

    /// The words of the paper, in a language.
    #[must_use]
    pub fn words(self, lang: Language, args: &[(&str, Value<'_>)]) -> String {
        law_text(lang, self.row().map_or("", |row| row.text), args)
    }

    fn row(self) -> Option<&'static PaperRow> {
        ROWS.iter().find(|row| row.line == self)
    }
}

/// A line as a sentence cites it: by its number; what stands in no one line of the paper by what it is.
#[must_use]
pub fn cite_line(line: law::Line, lang: Language) -> String {
    use law::Line;
    let (own, text) = match line {
        Line::Absentee => (PaperLine::Absentee, "paper-cited"),
        Line::AgainstAll => (PaperLine::AgainstAll, "paper-cited"),
        Line::Cancelled => (PaperLine::Cancelled, "paper-cited"),
        Line::Damaged => (PaperLine::Damaged, "paper-cited"),
        Line::Found => (PaperLine::Found, "paper-cited"),
        Line::HomeApplications => (PaperLine::HomeApplications, "paper-cited"),
        Line::Invalid => (PaperLine::Invalid, "paper-cited"),
        Line::Issued => (PaperLine::Issued, "paper-cited"),
        Line::IssuedBy => (PaperLine::IssuedBy, "paper-cited-issued-by"),
        Line::PortableApplications => (PaperLine::Box, "paper-cited-box-applications"),
        Line::PortableFound => (PaperLine::PortableFound, "paper-cited"),
        Line::Received => (PaperLine::Received, "paper-cited"),
        Line::Stationary => (PaperLine::Stationary, "paper-cited"),
        Line::Voters => (PaperLine::Voters, "paper-cited"),
        Line::Votes => (PaperLine::Votes, "paper-cited-votes"),
        Line::Delivered => (PaperLine::Received, "paper-cited-delivered"),
        Line::Listed => (PaperLine::Voters, "paper-cited-listed"),
    };
    law_text(lang, text, &[("number", own.number().unwrap_or_default().into())])
}

/// A line by the words of the paper, in English by its name in a mapping: `home applications`.
#[must_use]
pub fn name_line(line: law::Line) -> Phrase {
    let name = line.words().replace('_', " ");
    text_of_line(line).map_or_else(|| Phrase::verbatim(&name), |text| Phrase::word(text.to_owned(), &name))
}

/// The text of a line that stands once on the paper.
#[must_use]
pub fn text_of_line(line: law::Line) -> Option<&'static str> {
    use law::Line;
    Some(match line {
        Line::Absentee => "line-absentee",
        Line::AgainstAll => "line-against_all",
        Line::Cancelled => "line-cancelled",
        Line::Damaged => "line-damaged",
        Line::Found => "line-found",
        Line::HomeApplications => "line-home_applications",
        Line::Invalid => "line-invalid",
        Line::Issued => "line-issued",
        Line::PortableFound => "line-portable_found",
        Line::Received | Line::Delivered => "line-received",
        Line::Stationary => "line-stationary",
        Line::Voters | Line::Listed => "line-voters",
        Line::Votes => "line-votes",
        Line::IssuedBy | Line::PortableApplications => return None,
    })
}

/// What stands under a table of lines while their numbers are assumed.
#[must_use]
pub fn note_on_numbers(lang: Language) -> String {
    law_text(lang, "paper-assumed", &[])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_rise_and_every_line_has_words_in_every_language() {
        let numbers = ROWS.iter().filter_map(|row| row.number);
        let numbers: Vec<f32> = numbers.map(|number| number.parse().unwrap_or_default()).collect();
        assert!(numbers.is_sorted() && numbers.first() == Some(&1.0), "{numbers:?}");
        for row in &ROWS {
            for lang in Language::ALL {
                let words = row.line.words(lang, &[("n", 1_u64.into()), ("applications", 1_u64.into())]);
                assert!(words != row.text && !words.is_empty(), "{:?}", row.line);
            }
        }
        assert_eq!(PaperLine::VotesFor.number_under(2), "11.2");
    }
}
