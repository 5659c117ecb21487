//! `hattama summary`: what a central commission announces of a whole ledger, replayed from the events.
//!
//! As text with tables, as CSV with one row an election, and as the published projection.

mod elected;
mod grouped;

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use law::{
    State,
    facts::{Level, Method, Office},
    state::Candidate,
};
use ledger::projections::{self, NominationView, SummaryView, format_percent};
use phrase::phrase;
use texts::{
    Language, Value, election_name,
    program::{answer_language, localize_share, say},
};

use crate::{
    command::results::{NO_FIGURE, mark_test, of_protocols, synthetic_words},
    fault::Fault,
    source, table,
    terminal::print,
};
use elected::find_elected;
use grouped::{SummaryGrouping, group_elections};

/// Below a longer table what is made up is said again.
const ROWS_OF_A_SCREEN: usize = 15;

/// Print the summary of a whole ledger: commissions, candidates, turnout, the elected, who watched
#[derive(Debug, Args)]
pub(crate) struct Summary {
    /// A published ledger: its folder, a zip of it, or the address of a static server; or the folder of a ledger on this
    /// machine; several with --by
    #[arg(required = true, value_name = "SOURCE")]
    sources: Vec<PathBuf>,
    /// Add the elections up by the year of the voting, by region, by the party or the kind of who nominated
    #[arg(long, env = "HATTAMA_BY", value_enum)]
    by: Option<SummaryGrouping>,
    /// As it was at a number of entries, or at a time
    #[arg(long, env = "HATTAMA_AS_OF", value_name = "SIZE|TIME")]
    as_of: Option<String>,
    /// How to print it
    #[arg(long, env = "HATTAMA_FORMAT", value_enum, default_value_t = SummaryFormat::Table)]
    format: SummaryFormat,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum SummaryFormat {
    /// For people
    Table,
    /// One row an election, RFC 4180
    Csv,
    /// The published projection
    Json,
}

impl Summary {
    pub(crate) fn run(self) -> Result<(), Fault> {
        let replay = |source: &PathBuf| source::replay_source(source, self.as_of.as_deref());
        if let Some(by) = self.by {
            let heads = self.sources.iter().map(replay).collect::<Result<Vec<_>, _>>()?;
            let grouped = group_elections(&heads, by);
            print(
                match self.format {
                    SummaryFormat::Table => grouped.describe(),
                    SummaryFormat::Csv => grouped.to_csv(),
                    SummaryFormat::Json => grouped.to_json()?,
                }
                .trim_end(),
            );
            return Ok(());
        }
        let [source] = self.sources.as_slice() else {
            let expected = phrase!("argument-one-source", "one SOURCE, or --by");
            return Err(Fault::Argument { expected, found: phrase::Phrase::verbatim(self.sources.len()) });
        };
        let head = replay(source)?;
        match self.format {
            SummaryFormat::Table => print(&describe_ledger(&head)),
            SummaryFormat::Csv => print(format_csv(head.state()).trim_end()),
            SummaryFormat::Json => print(&encode_summary(head.state())?),
        }
        Ok(())
    }
}

/// The elections of several published ledgers by year, by kind and by party, as the demo of the years ends.
pub(crate) fn print_grouped(sources: &[PathBuf]) -> Result<(), Fault> {
    let heads =
        sources.iter().map(|source| source::replay_source(source, None)).collect::<Result<Vec<_>, _>>()?;
    for by in [SummaryGrouping::Year, SummaryGrouping::Kind, SummaryGrouping::Party] {
        print(&group_elections(&heads, by).describe());
    }
    Ok(())
}

/// The summary as people read it.
pub(crate) fn describe_ledger(head: &ledger::Head) -> String {
    let state = head.state();
    let view = projections::view_summary(state);
    let charter = state.charter.as_ref();
    let origin = charter.map_or_else(String::new, |charter| charter.origin.to_string());
    let mut out = vec![say("summary-of", &[("origin", origin.into()), ("size", head.size().into())])];
    out.extend(mark_test(state, &state.synthetic_kinds()));
    out.extend(describe_commissions(&view));
    let Some(elections) = view.elections.as_ref() else {
        out.push(say("summary-no-elections", &[]));
        return out.join("\n");
    };
    let args = [
        ("called", group_figure(elections.called)),
        ("determined", group_figure(elections.determined)),
        ("published", group_figure(elections.published)),
        ("certified", group_figure(elections.certified)),
    ];
    out.push(say("summary-elections", &args));
    if elections.repeated > 0 {
        out.push(say("summary-repeated", &[("n", group_figure(elections.repeated))]));
    }
    let over = |figure: fn(&NominationView) -> u64| group_figure(view.nominations.iter().map(figure).sum());
    let args = [
        ("standing", over(|view| view.standing)),
        ("registered", over(|view| view.registered)),
        ("nominated", over(|view| view.nominated)),
    ];
    out.push(say("summary-candidates", &args));
    if elections.precincts > 0 {
        let args = [("counted", elections.precincts_counted.into()), ("all", elections.precincts.into())];
        out.push(say("protocols-counted", &args));
    }
    out.extend(describe_turnout(&view));
    out.extend(describe_people(&view));
    out.push(describe_nominations(&view));
    out.push(tabulate_contests(state));
    if state.elections.len() > ROWS_OF_A_SCREEN {
        out.extend(mark_test(state, &state.synthetic_kinds()));
    }
    out.join("\n")
}

fn describe_commissions(view: &SummaryView) -> Vec<String> {
    let lower = view.commissions.iter().filter(|level| level.level != Level::Central);
    let all: u64 = lower.clone().map(|level| level.count).sum();
    let name = |level, office| match (level, office) {
        (Level::Central | Level::Regional, _) => "summary-regional",
        (Level::Territorial, Some(Office::District)) => "summary-district",
        (Level::Territorial, Some(Office::City)) => "summary-city",
        (Level::Territorial, Some(Office::Rural)) => "summary-rural",
        (Level::Territorial, None) => "summary-territorial",
        (Level::Precinct, _) => "summary-precinct",
    };
    let mut out = vec![say("summary-commissions", &[("n", group_figure(all))])];
    out.extend(lower.map(|level| {
        format!("  {}", say(name(level.level, level.office), &[("n", group_figure(level.count))]))
    }));
    out
}

fn describe_turnout(view: &SummaryView) -> Vec<String> {
    let Some(turnout) = view.turnout.as_ref() else { return vec![say("summary-no-protocols", &[])] };
    let elections = view.elections.as_ref();
    let of = elections.map_or_else(String::new, |all| of_protocols(all.precincts_counted, all.precincts));
    let mut out = vec![say("voters-on-lists", &[("n", group_figure(turnout.voters))])];
    let kinds = [
        ("turnout-issued", turnout.issued_ballots, &turnout.issued),
        ("turnout-found", turnout.found, &turnout.in_boxes),
        ("turnout-law", turnout.participated, &turnout.legal),
    ];
    out.extend(kinds.map(|(name, figure, percent)| {
        say(
            name,
            &[("n", group_figure(figure)), ("share", localize_share(answer_language(), percent).into())],
        )
    }));
    out.push(say("invalid-ballots", &[("n", group_figure(turnout.invalid))]));
    out.iter_mut().for_each(|line| line.push_str(&of));
    out
}

/// The ages of the elected, and who watched.
fn describe_people(view: &SummaryView) -> Vec<String> {
    let age = view.elected.as_ref().map(|elected| {
        let args = [
            ("mean", localize_share(answer_language(), &elected.mean_age).into()),
            ("youngest", elected.youngest.into()),
            ("oldest", elected.oldest.into()),
            ("n", elected.count.into()),
        ];
        say("summary-age", &args)
    });
    let watching = view.watching.as_ref().map(|watching| {
        let args = [
            ("n", group_figure(watching.counted)),
            ("proxies", group_figure(watching.proxies)),
            ("observers", group_figure(watching.observers)),
            ("media", group_figure(watching.media)),
            ("foreign", group_figure(watching.foreign)),
            ("organisations", group_figure(watching.organisations)),
        ];
        say(if watching.approximate { "summary-watching-about" } else { "summary-watching" }, &args)
    });
    age.into_iter().chain(watching).collect()
}

fn describe_nominations(view: &SummaryView) -> String {
    let header = ["summary-nominated-by", "summary-column-candidates", "summary-column-elected"]
        .map(|id| say(id, &[]));
    let [by, candidates, elected] = header.each_ref().map(String::as_str);
    let mut table = table::new_figures_table(&[by, candidates, elected]);
    for line in &view.nominations {
        let by = match (line.method, &line.party) {
            (Method::Party, Some(party)) => party.clone(),
            (Method::Party, None) => String::new(),
            (Method::Own, _) => say("summary-own", &[]),
            (Method::HigherAkim, _) => say("summary-higher-akim", &[]),
        };
        table.add_row([by, table::group_digits(line.standing), table::group_digits(line.elected)]);
    }
    table.to_string()
}

/// One row for each election, in the order of their ids.
fn tabulate_contests(state: &State) -> String {
    let header = [
        "summary-column-election",
        "summary-column-candidates",
        "summary-column-voters",
        "summary-column-turnout",
        "summary-column-elected",
    ]
    .map(|id| say(id, &[]));
    let mut table = table::new_figures_table(&header.each_ref().map(String::as_str));
    for election in state.elections.values() {
        let totals = election.totals();
        let (counted, all) = (election.current_protocols().count, election.polls.len() as u64);
        let known = |figure: String| if counted == 0 { NO_FIGURE.to_owned() } else { figure };
        let turnout =
            localize_share(answer_language(), &format_percent(totals.participated(), totals.voters, 2));
        table.add_row([
            election_name(election, answer_language()).to_owned(),
            election.ballot_lines().len().to_string(),
            known(table::group_digits(totals.voters)),
            known(turnout) + &of_protocols(counted, all),
            find_elected(election).map(short_name).unwrap_or_default(),
        ]);
    }
    table.to_string()
}

/// In a table of many elections there is no place for two spellings.
fn short_name(candidate: &Candidate) -> String {
    let nominated = &candidate.nominated;
    if answer_language() == Language::Kk {
        nominated.name_kk.to_string()
    } else {
        nominated.name_ru.to_string()
    }
}

fn format_csv(state: &State) -> String {
    let header = [
        "election",
        "office",
        "territory",
        "name",
        "precincts",
        "counted",
        "candidates",
        "voters",
        "issued",
        "found",
        "invalid",
        "participated",
        "turnout",
        "against_all",
        "elected",
        "birth_year",
        "method",
        "party",
    ];
    let marked = !state.synthetic_kinds().is_empty();
    let mut rows = vec![header.map(str::to_owned).to_vec()];
    rows.iter_mut().for_each(|header| header.extend(marked.then(|| "synthetic".to_owned())));
    for (id, election) in &state.elections {
        let totals = election.totals();
        let counted = election.polls.values().filter(|poll| poll.current().is_some()).count();
        let elected = find_elected(election).map(|candidate| &candidate.nominated);
        let said =
            |text: fn(&law::facts::CandidateNominated) -> String| elected.map(text).unwrap_or_default();
        let mut row = vec![
            id.to_string(),
            word_in_bytes(&election.called.office),
            election.called.territory.to_string(),
            election.called.name.to_string(),
        ];
        row.extend(
            [election.polls.len(), counted, election.ballot_lines().len()].map(|figure| figure.to_string()),
        );
        let figures = [totals.voters, totals.issued, totals.found, totals.invalid, totals.participated()];
        let known = |figure: String| if counted == 0 { String::new() } else { figure };
        row.extend(figures.map(|figure| known(figure.to_string())));
        row.push(known(format_percent(totals.participated(), totals.voters, 2)));
        row.push(known(totals.against_all.to_string()));
        row.extend([
            said(|nominated| nominated.candidate.to_string()),
            said(|nominated| nominated.birth_year.to_string()),
            said(|nominated| word_in_bytes(&nominated.method)),
            said(|nominated| nominated.party.as_ref().map(ToString::to_string).unwrap_or_default()),
        ]);
        row.extend(marked.then(|| synthetic_words(state, election)));
        rows.push(row);
    }
    publication::delimited::write_guarded_rows(rows)
}

/// A word of the ledger, as its bytes have it.
fn word_in_bytes(value: &impl serde::Serialize) -> String {
    let quoted = serde_json::to_string(value).unwrap_or_default();
    quoted.trim_matches('"').to_owned()
}

fn encode_summary(state: &State) -> Result<String, Fault> {
    let documents = projections::project_documents(state)?;
    let summary = documents.into_iter().find(|(name, _)| *name == "summary.json").map(|(_, bytes)| bytes);
    Ok(String::from_utf8_lossy(&summary.unwrap_or_default()).into_owned())
}

fn group_figure(figure: u64) -> Value<'static> {
    table::group_digits(figure).into()
}
