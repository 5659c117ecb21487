//! A protocol that people add up by hand: MAN-05.
//!
//! Contains its figures in the order of the paper, with the names of the candidates. Elsewhere: which protocols are drawn
//! (`checks::by_hand`), all figures by the names of copies (`compare::copies`).

use event::Id;
use law::{facts::Count, state::Election};
use site::pictures::list_count_lines;
use texts::{Language, group_digits, law_text};

use crate::{compare::copies, harmless::quote_harmlessly};

/// A protocol to add up by hand.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HandCount {
    /// The precinct by its id, and all its figures, as they stand in the report as JSON.
    pub text: String,
    /// The precinct's number on paper.
    pub number: String,
    /// The lines in the order of the paper.
    pub lines: Vec<HandLine>,
}

/// One line of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandLine {
    /// The line by its name in `lines.csv`, or `issued_by`.
    pub line: &'static str,
    /// The candidate's names, for a line of votes.
    pub names: Option<[String; 2]>,
    /// What stands there; several figures where several people or boxes have one.
    pub figures: Vec<u64>,
}

impl HandCount {
    /// The figures of a protocol.
    pub(crate) fn of(precinct: &Id, number: &str, election: Option<&Election>, count: &Count) -> Self {
        let figure = |(name, figure): &(String, Option<u64>)| figure.map(|figure| format!("{name} {figure}"));
        let figures: Vec<String> = copies::list_figures(count).iter().filter_map(figure).collect();
        let mut lines = Vec::new();
        for (line, candidate, value) in list_count_lines(count) {
            let names = candidate.map(|id| {
                let own = election.and_then(|election| election.candidates.get(&id));
                own.map_or_else(
                    || [id.to_string(), id.to_string()],
                    |own| [own.nominated.name_kk.to_string(), own.nominated.name_ru.to_string()],
                )
            });
            let figures = match line {
                "portable_found" if !count.portable.is_empty() => {
                    count.portable.iter().map(|portable| portable.found).collect()
                }
                _ => vec![value],
            };
            lines.push(HandLine { line, names, figures });
            if line == "issued" {
                let figures = count.issued_by.iter().map(|share| share.issued).collect();
                lines.push(HandLine { line: "issued_by", names: None, figures });
            }
        }
        Self { text: format!("{precinct}: {}", figures.join(", ")), number: number.to_owned(), lines }
    }

    /// The protocol in one line.
    pub(crate) fn value_in(&self, lang: Language) -> String {
        let number = quote_harmlessly(&self.number, &[]).into_owned();
        let place = law_text(lang, "paper-precinct", &[("number", number.into())]);
        let line = |line: &HandLine| format!("{} {}", line.name_in(lang), line.figures_text());
        format!("{place}: {}", self.lines.iter().map(line).collect::<Vec<_>>().join("; "))
    }
}

impl HandLine {
    /// The line in a few words.
    pub(crate) fn name_in(&self, lang: Language) -> String {
        let Some([kk, ru]) = &self.names else { return law_text(lang, &format!("line-{}", self.line), &[]) };
        let name = match lang {
            Language::Kk => kk.clone(),
            Language::En if kk != ru => format!("{kk} / {ru}"),
            Language::Ru | Language::En => ru.clone(),
        };
        quote_harmlessly(&name, &[]).into_owned()
    }

    /// Its figures, as they are added up.
    pub(crate) fn figures_text(&self) -> String {
        let figures: Vec<String> = self.figures.iter().map(|own| group_digits(&own.to_string())).collect();
        if figures.is_empty() { "—".to_owned() } else { figures.join(" + ") }
    }
}
