//! What a report says in the words of the paper: precincts by their numbers, lines by their names, people by theirs.
//!
//! Contains the words around findings and contradictions. Elsewhere: what people call an id (`paper_names`), what differs
//! (`contradictions`), the report as JSON, which keeps the ids (`json`).

use event::Id;
use publication::precincts::list_figures;
use texts::{Language, group_digits, law_text as say, paper::PaperLine};

use crate::{
    contradictions::{ContradictedLine, Contradiction, EntryValue},
    findings::CheckFinding,
    harmless::quote_harmlessly,
    paper_names::PaperName,
    report::verdict::Report,
    subject::Subject,
};

impl Report {
    /// What a finding is about, in the words of the paper: the entry and what it states, the precinct by its number.
    #[must_use]
    pub fn place_in(&self, lang: Language, found: &CheckFinding) -> String {
        let named = match &found.subject {
            Subject::Named(name) => Subject::Named(self.name_in(lang, name).unwrap_or_else(|| name.clone())),
            other => other.clone(),
        };
        let place = named.text_in(lang, found.entry);
        let Some(stated) = found.entry.and_then(|entry| self.stated.get(&entry)) else { return place };
        let mut what = say(lang, &format!("fact-{}", stated.fact), &[]);
        let own = stated.precinct.as_ref().map(|id| self.precinct_in(lang, id));
        if let Some(precinct) = own.filter(|precinct| !place.contains(precinct.as_str())) {
            what = format!("{what}, {precinct}");
        }
        say(lang, "stated-entry", &[("place", place.into()), ("what", what.into())])
    }

    /// What a finding says, with the names of what it calls by id.
    #[must_use]
    pub fn message_in(&self, lang: Language, found: &CheckFinding) -> String {
        let of_paper = found.check.id().starts_with("OBS");
        found.message.named_in(lang, &|text| {
            let line = of_paper.then(|| self.read_line(lang, text)).flatten();
            line.or_else(|| self.name_in(lang, text))
        })
    }

    /// What a published table has otherwise than the entries, in one sentence.
    #[must_use]
    pub fn contradiction_in(&self, lang: Language, found: &Contradiction) -> String {
        let election = self.election_in(lang, &found.election);
        let mut place = match &found.precinct {
            Some(id) => match self.names.find(id.as_str()) {
                Some(PaperName::Precinct(number)) => say(
                    lang,
                    "paper-protocol",
                    &[("number", quote_harmlessly(number, &[]).into_owned().into())],
                ),
                _ => say(lang, "paper-protocol", &[("number", id.to_string().into())]),
            },
            None => election.clone(),
        };
        if found.precinct.is_some() && self.names.has_several_elections() {
            place = format!("{election}, {place}");
        }
        let value = |text: &str| self.value_in(lang, found, text);
        let line = self.line_in(lang, &found.election, &found.line);
        let published = found.published.as_deref().map(value).unwrap_or_default();
        let args = [("where", place.into()), ("line", line.into()), ("published", published.into())];
        match (&found.entry, &found.published) {
            (EntryValue::Stated { index, .. }, None) => {
                let [place, ..] = args;
                say(lang, "contradiction-left-out", &[place, ("index", index.to_string().into())])
            }
            (EntryValue::Stated { index, value: stated }, Some(_)) => {
                let [place, line, published] = args;
                let stated = [("index", index.to_string().into()), ("stated", value(stated).into())];
                let [index, stated] = stated;
                say(lang, "contradiction", &[place, line, published, index, stated])
            }
            (EntryValue::Sum(sum), _) => {
                let [place, line, published] = args;
                let stated = ("stated", group_digits(&sum.to_string()).into());
                say(lang, "contradiction-sum", &[place, line, published, stated])
            }
            (EntryValue::Nothing, _) => say(lang, "contradiction-unstated", &args),
        }
    }

    /// The tables that a contradiction stands in.
    #[must_use]
    pub fn contradiction_files_in(&self, lang: Language, found: &Contradiction) -> String {
        let files: Vec<&str> =
            found.files.iter().map(|name| name.rsplit('/').next().unwrap_or(name)).collect();
        let args = [("n", found.snapshot.to_string().into()), ("files", files.join(", ").into())];
        say(lang, "contradiction-files", &args)
    }

    fn election_in(&self, lang: Language, id: &Id) -> String {
        self.name_in(lang, id.as_str()).unwrap_or_else(|| id.to_string())
    }

    fn precinct_in(&self, lang: Language, id: &Id) -> String {
        self.name_in(lang, id.as_str())
            .unwrap_or_else(|| say(lang, "paper-precinct", &[("number", id.to_string().into())]))
    }

    /// What an id stands for.
    fn name_in(&self, lang: Language, id: &str) -> Option<String> {
        let name = match self.names.find(id)? {
            PaperName::Precinct(number) => {
                return Some(say(
                    lang,
                    "paper-precinct",
                    &[("number", quote_harmlessly(number, &[]).into_owned().into())],
                ));
            }
            PaperName::Candidate(names) => choose_name(lang, names),
            PaperName::Called([kk, ru, en]) => match lang {
                Language::Kk => kk.clone(),
                Language::Ru => ru.clone(),
                Language::En => en.clone(),
            },
        };
        Some(quote_harmlessly(&name, &[]).into_owned())
    }

    fn candidate_in(&self, lang: Language, election: &Id, candidate: &Id) -> String {
        let names = self.names.candidate(election, candidate);
        let name = names.map_or_else(|| candidate.to_string(), |names| choose_name(lang, names));
        quote_harmlessly(&name, &[]).into_owned()
    }

    fn line_in(&self, lang: Language, election: &Id, line: &ContradictedLine) -> String {
        match line {
            ContradictedLine::Protocol => String::new(),
            ContradictedLine::Figure(name) => {
                let words = lower_first(&say(lang, &format!("line-{name}"), &[]));
                number_line(lang, find_paper_line(name).and_then(PaperLine::number), words)
            }
            ContradictedLine::Votes(id) => {
                let name = self.candidate_in(lang, election, id);
                let words = say(lang, "paper-votes-for", &[("name", name.into())]);
                number_line(lang, self.number_candidate(election, id).as_deref(), words)
            }
            ContradictedLine::Number => say(lang, "paper-number", &[]),
            ContradictedLine::NameKk(id) => {
                say(lang, "paper-name-kk", &[("name", self.candidate_in(lang, election, id).into())])
            }
            ContradictedLine::NameRu(id) => {
                say(lang, "paper-name-ru", &[("name", self.candidate_in(lang, election, id).into())])
            }
            ContradictedLine::Elected => say(lang, "paper-elected", &[]),
        }
    }

    /// The number of a candidate's line on the paper.
    fn number_candidate(&self, election: &Id, candidate: &Id) -> Option<String> {
        let own = self.pictures.elections.iter().find(|own| own.election == *election)?;
        let place = own.candidates.iter().position(|line| line.candidate == *candidate)?;
        Some(PaperLine::VotesFor.number_under(place + 1))
    }

    fn value_in(&self, lang: Language, found: &Contradiction, text: &str) -> String {
        if text.is_empty() {
            return "—".to_owned();
        }
        match &found.line {
            ContradictedLine::Figure(_) | ContradictedLine::Votes(_) if text.parse::<u64>().is_ok() => {
                group_digits(text)
            }
            ContradictedLine::Elected => match Id::new(text) {
                Ok(id) => self.candidate_in(lang, &found.election, &id),
                Err(_) => format!("«{}»", quote_harmlessly(text, &[])),
            },
            ContradictedLine::Figure(_) | ContradictedLine::Votes(_) | ContradictedLine::Protocol => {
                format!("«{}»", quote_harmlessly(text, &[]))
            }
            ContradictedLine::Number | ContradictedLine::NameKk(_) | ContradictedLine::NameRu(_) => {
                format!("«{}»", quote_harmlessly(text, &[]))
            }
        }
    }

    /// A line as copies and codes call it.
    fn read_line(&self, lang: Language, text: &str) -> Option<String> {
        if let Some(id) = text.strip_prefix("votes for ") {
            let name = self.name_in(lang, id).unwrap_or_else(|| id.to_owned());
            return Some(say(lang, "paper-votes-for", &[("name", name.into())]));
        }
        let own = text.replace(' ', "_");
        let line = list_figures().chain(["portable"]).find(|line| *line == own)?;
        let line = if line == "portable" { "portable_found" } else { line };
        Some(lower_first(&say(lang, &format!("line-{line}"), &[])))
    }
}

/// A name in the language; in English, which has no spelling of its own, both.
fn choose_name(lang: Language, [kk, ru]: &[String; 2]) -> String {
    match lang {
        Language::Kk => kk.clone(),
        Language::En if kk != ru => format!("{kk} / {ru}"),
        Language::Ru | Language::En => ru.clone(),
    }
}

fn number_line(lang: Language, number: Option<&str>, words: String) -> String {
    let Some(number) = number else { return words };
    say(lang, "numbered-line", &[("number", number.into()), ("line", words.into())])
}

/// The line of the paper behind a figure of `lines.csv`.
pub(crate) fn find_paper_line(figure: &str) -> Option<PaperLine> {
    Some(match figure {
        "voters" => PaperLine::Voters,
        "received" => PaperLine::Received,
        "issued" => PaperLine::Issued,
        "cancelled" => PaperLine::Cancelled,
        "damaged" => PaperLine::Damaged,
        "home_applications" => PaperLine::HomeApplications,
        "absentee" => PaperLine::Absentee,
        "stationary" => PaperLine::Stationary,
        "portable_found" => PaperLine::PortableFound,
        "found" => PaperLine::Found,
        "invalid" => PaperLine::Invalid,
        "against_all" => PaperLine::AgainstAll,
        _ => return None,
    })
}

fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}
