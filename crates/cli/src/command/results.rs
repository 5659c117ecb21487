//! `hattama results`: the result of an election, replayed from the events.
//!
//! As a table, CSV, JSON, a report by NIST SP 1500-100, or the short public text (`announcement`).

use std::{collections::BTreeSet, path::PathBuf};

use clap::{Args, ValueEnum};
use commission::{described::field::Named, drafting::lookup::find_named};
use event::Id;
use law::{
    State,
    facts::{OutcomeKind, SyntheticKind},
    state::{Candidate, Election},
};
use ledger::{Head, projections::format_percent};
use phrase::{Phrase, phrase};
use publication::{ReportPosition, make_nist_report};
use texts::program::{answer_language, law_word, localize_share, say};
use texts::{describe_synthetic, election_name};

use crate::{
    announcement::announce_result, fault::Fault, open::find_election, source, table, terminal::print,
};

/// Print the result of an election, replayed from the events
#[derive(Debug, Args)]
pub(crate) struct Results {
    /// A published ledger: its folder, a zip of it, or the address of a static server; or the folder of a ledger on this
    /// machine
    source: PathBuf,
    /// The election, if the ledger holds several
    #[arg(long, env = "HATTAMA_ELECTION", value_name = "ID")]
    election: Option<String>,
    /// One precinct only
    #[arg(long, env = "HATTAMA_PRECINCT", value_name = "ID")]
    precinct: Option<String>,
    /// As it was at a number of entries, or at a time
    #[arg(long, env = "HATTAMA_AS_OF", value_name = "SIZE|TIME")]
    as_of: Option<String>,
    /// How to print it
    #[arg(long, env = "HATTAMA_FORMAT", value_enum, default_value_t = ResultFormat::Table)]
    format: ResultFormat,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum ResultFormat {
    /// For people
    Table,
    /// One row a precinct, RFC 4180
    Csv,
    /// The published projection of tallies
    Json,
    /// A report by NIST SP 1500-100, as snapshots hold it
    Nist,
    /// The short public text, as a press service would write it
    Announcement,
}

impl Results {
    pub(crate) fn run(self) -> Result<(), Fault> {
        let head = source::replay_source(&self.source, self.as_of.as_deref())?;
        let (name, mut election) = find_election(&head, self.election.as_deref())?;
        if let Some(precinct) = &self.precinct {
            let asked = find_named(head.state(), Some(&election), Named::Precinct, precinct).ok();
            election.polls.retain(|id, _| Some(id) == asked.as_ref());
            if election.polls.is_empty() {
                let expected = phrase!("argument-precinct", "a precinct of {name}");
                return Err(Fault::Argument { expected, found: Phrase::verbatim(precinct) });
            }
        }
        match self.format {
            ResultFormat::Table => print(&describe_result(&head, &name, &election)),
            ResultFormat::Csv => print(format_csv(head.state(), &election).trim_end()),
            ResultFormat::Json => print(&read_tallies(&head)?),
            ResultFormat::Nist => print(&format_nist(&head, &name)?),
            ResultFormat::Announcement => print(&announce_result(&head, &election, answer_language())),
        }
        Ok(())
    }
}

/// The result as people read it.
pub(crate) fn describe_result(head: &Head, id: &Id, election: &Election) -> String {
    let totals = election.totals();
    let base = totals.participated();
    let counted = election.current_protocols().count;
    let of = of_protocols(counted, election.polls.len() as u64);
    let (column, percents) = (say("column-votes", &[]) + &of, say("column-share", &[]));
    let mut table = table::new_figures_table(&["", &column, &percents]);
    let mut lines: Vec<_> = totals.votes.iter().collect();
    lines.sort_by_key(|line| std::cmp::Reverse(line.votes));
    let known = |figure: String| if counted == 0 { NO_FIGURE.to_owned() } else { figure };
    let mut row = |name: String, votes: u64| {
        table.add_row([
            name,
            known(table::group_digits(votes)),
            known(localize_share(answer_language(), &format_percent(votes, base, 1))),
        ]);
    };
    for line in lines {
        row(election.candidates.get(&line.candidate).map(full_name).unwrap_or_default(), line.votes);
    }
    row(say("against-all", &[]), totals.against_all);
    let mut out =
        vec![format!("{} ({id})", election_name(election, answer_language())), describe_status(election)];
    out.extend(mark_test(head.state(), &head.state().synthetic_kinds_of(election)));
    let all = election.polls.len();
    out.push(say("protocols-counted", &[("counted", counted.into()), ("all", all.into())]));
    out.push(table.to_string());
    if counted == 0 {
        out.push(say("results-no-protocols", &[]));
        return out.join("\n");
    }
    let grouped = |figure: u64| table::group_digits(figure).into();
    let first_line = out.len();
    out.push(say("voters-on-lists", &[("n", grouped(totals.voters))]));
    let turnout = [("turnout-issued", totals.issued), ("turnout-found", totals.found), ("turnout-law", base)];
    for (name, part) in turnout {
        let of_listed = localize_share(answer_language(), &format_percent(part, totals.voters, 2));
        out.push(say(name, &[("n", grouped(part)), ("share", of_listed.into())]));
    }
    out.push(say("invalid-ballots", &[("n", grouped(totals.invalid))]));
    out.iter_mut().skip(first_line).for_each(|line| line.push_str(&of));
    let corrected = election.polls.values().filter(|poll| poll.protocols.len() > 1).count();
    out.push(say("corrected-protocols", &[("n", corrected.into())]));
    out.join("\n")
}

/// What has to stand beside figures of a test ledger: which of them are made up, or, where it does not say, that those of
/// precincts are.
pub(crate) fn mark_test(state: &State, kinds: &BTreeSet<SyntheticKind>) -> Option<String> {
    let test = state.charter.as_ref().is_some_and(|charter| charter.test);
    let said = describe_synthetic(answer_language(), kinds)
        .map(|said| say("test-synthetic", &[("said", said.into())]));
    said.or_else(|| test.then(|| say("test-figures", &[])))
}

/// What of an election is made up, as a cell of a table.
pub(crate) fn synthetic_words(state: &State, election: &Election) -> String {
    SyntheticKind::join_names(&state.synthetic_kinds_of(election))
}

/// What stands for a figure before any protocol is there: nobody has counted nothing.
pub(crate) const NO_FIGURE: &str = "—";

/// Behind every figure that only a part of the protocols stands for: " (of 18 of 128 protocols)".
pub(crate) fn of_protocols(counted: u64, all: u64) -> String {
    if counted == 0 || counted == all {
        return String::new();
    }
    format!(" ({})", say("of-protocols", &[("counted", counted.into()), ("all", all.into())]))
}

fn full_name(candidate: &Candidate) -> String {
    texts::candidate_name(candidate, answer_language())
}

fn describe_status(election: &Election) -> String {
    let Some(determined) = &election.determined else { return say("result-preliminary", &[]) };
    let elected = determined.body.elected.as_ref().and_then(|id| election.candidates.get(id));
    let outcome = match elected {
        Some(elected) => format!("{}: {}", law_word("outcome-elected"), full_name(elected)),
        None if determined.body.outcome == OutcomeKind::Invalid => law_word("outcome-invalid"),
        None => law_word("outcome-tie"),
    };
    let entry = determined.index.to_string().into();
    let outcome = ("outcome", outcome.into());
    match &election.certificate {
        None => say("result-determined", &[("entry", entry), outcome]),
        Some((number, _)) => {
            let number = ("number", number.to_string().into());
            say("result-certified", &[("entry", entry), outcome, number])
        }
    }
}

fn format_csv(state: &State, election: &Election) -> String {
    let words = synthetic_words(state, election);
    let marked = |word: &str| (!words.is_empty()).then(|| word.to_owned());
    let mut header: Vec<String> =
        ["precinct", "voters", "received", "issued", "cancelled", "found", "invalid"]
            .map(str::to_owned)
            .to_vec();
    header.extend(election.ballot_lines().iter().map(ToString::to_string));
    header.extend(["against_all", "corrections", "event"].map(str::to_owned));
    header.extend(marked("synthetic"));
    let mut rows = vec![header];
    for (id, poll) in &election.polls {
        let Some(record) = poll.current() else { continue };
        let c = &record.protocol.count;
        let figures = [c.voters, c.received, c.issued, c.cancelled, c.found, c.invalid];
        let figures = figures.into_iter().chain(c.votes.iter().map(|line| line.votes)).chain([c.against_all]);
        let mut row = vec![id.to_string()];
        row.extend(figures.map(|figure| figure.to_string()));
        row.extend([(poll.protocols.len() - 1).to_string(), record.event.to_string()]);
        row.extend(marked(&words));
        rows.push(row);
    }
    publication::delimited::write_guarded_rows(rows)
}

fn read_tallies(head: &Head) -> Result<String, Fault> {
    let documents = ledger::projections::project_documents(head.state())?;
    let tallies = documents.into_iter().find(|(name, _)| *name == "tallies.json").map(|(_, bytes)| bytes);
    Ok(String::from_utf8_lossy(&tallies.unwrap_or_default()).into_owned())
}

/// Without the number of a snapshot: what is asked for here need not be one.
fn format_nist(head: &Head, election: &Id) -> Result<String, Fault> {
    let expected = phrase!("argument-ledger-with-entries", "a ledger with entries");
    let place = ReportPosition::of_head(head, None)
        .ok_or(Fault::Argument { expected, found: phrase!("found-none", "none") })?;
    let report = make_nist_report(head.state(), &place, election)?;
    Ok(String::from_utf8_lossy(&report).into_owned())
}
