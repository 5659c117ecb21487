//! `hattama history`: the life of a precinct's protocols.
//!
//! Old figures beside new ones, with ground, signers, and what each moved in the total and in the order of candidates.

use std::path::PathBuf;

use clap::Args;
use commission::{described::field::Named, drafting::lookup::find_named};
use event::Id;
use law::{
    facts::{CorrectionGround, Count},
    state::{Election, Poll, ProtocolRecord, ProtocolStatus},
};
use phrase::{Phrase, phrase};
use texts::{
    describe_synthetic,
    program::{answer_language, law_word, say},
};
use verifier::changes::{Change, list_changes};

use crate::{
    fault::Fault,
    named::{name_candidate, name_seats, number_precinct, tell_time},
    open::find_election,
    source, table,
    terminal::print,
};

/// Print the life of a precinct's protocols, old figures beside new ones
#[derive(Debug, Args)]
pub(crate) struct History {
    /// A published ledger: its folder, a zip of it, or the address of a static server; or the folder of a ledger on this
    /// machine
    source: PathBuf,
    /// The precinct, by id or by number; every corrected one without it
    #[arg(long, env = "HATTAMA_PRECINCT", value_name = "ID|NUMBER")]
    precinct: Option<String>,
    /// The election, if the ledger holds several
    #[arg(long, env = "HATTAMA_ELECTION", value_name = "ID")]
    election: Option<String>,
    /// As it was at a number of entries, or at a time
    #[arg(long, env = "HATTAMA_AS_OF", value_name = "SIZE|TIME")]
    as_of: Option<String>,
}

impl History {
    pub(crate) fn run(self) -> Result<(), Fault> {
        let as_of = self.as_of.as_deref().map(source::parse_as_of).transpose()?;
        let (changes, head) = list_changes(&source::read_source(&self.source)?, as_of.as_ref())?;
        let (name, election) = find_election(&head, self.election.as_deref())?;
        let asked = self.precinct.as_deref();
        let asked = asked.map(|text| find_named(head.state(), Some(&election), Named::Precinct, text).ok());
        let wanted = |id: &Id, poll: &Poll| match &asked {
            Some(precinct) => precinct.as_ref() == Some(id),
            None => poll.protocols.len() > 1,
        };
        let synthetic = head.state().synthetic_kinds_of(&election);
        if let Some(mark) = describe_synthetic(answer_language(), &synthetic) {
            print(&mark);
        }
        let mut shown = 0;
        for (id, poll) in election.polls.iter().filter(|(id, poll)| wanted(id, poll)) {
            let own = |change: &&Change| change.precinct == *id && change.election == name;
            let name = number_precinct(head.state(), id);
            print_precinct(&name, &election, poll, &changes.iter().filter(own).collect::<Vec<_>>());
            shown += 1;
        }
        match (&self.precinct, shown) {
            (Some(precinct), 0) => Err(Fault::Argument {
                expected: phrase!(
                    "argument-precinct-as",
                    "a precinct of {name}, as {one}",
                    one = election.polls.keys().next().map_or("-", Id::as_str)
                ),
                found: Phrase::verbatim(precinct),
            }),
            (None, 0) => {
                print(&say("history-none", &[]));
                Ok(())
            }
            _ => Ok(()),
        }
    }
}

fn print_precinct(name: &str, election: &Election, poll: &Poll, changes: &[&Change]) {
    let status = law_word(&format!("poll-{}", poll.status().name()));
    print(&say("history-precinct", &[("id", name.into()), ("status", status.into())]));
    let named = |id: &Id| name_candidate(election, id);
    for record in &poll.protocols {
        let entry = say("history-entry", &[("entry", format!("{:>6}", record.index).into())]);
        let at = tell_time(&record.at);
        print(&format!("  {entry}  {at}  {}  {}", record.event, status_word(record)));
        let Some(change) = changes.iter().find(|change| change.entry == record.index) else { continue };
        print(&format!(
            "               {}",
            say("history-signers", &[("seats", name_seats(&change.signers).into())])
        ));
        describe_ground(change).iter().for_each(|line| print(&format!("               {line}")));
        let headings = ["history-before", "history-after", "history-change"];
        if let Some(table) = compare_counts(headings, &named, change.before.as_ref(), change.after.as_ref()) {
            print(&table);
        }
        describe_effects(change, &named).iter().for_each(|line| print(&format!("  {line}")));
    }
    // Where it was replaced more than once: the whole way in one table.
    if let [first, _, .., last] = poll.protocols.as_slice() {
        let headings = ["history-first", "history-now", "history-change"];
        print(
            &compare_counts(headings, &named, Some(&first.protocol.count), Some(&last.protocol.count))
                .unwrap_or_default(),
        );
    }
    print("");
}

/// Ground and reason of a correction.
pub(super) fn describe_ground(change: &Change) -> Option<String> {
    let (ground, reason) = change.correction.as_ref()?;
    let args = [("ground", ground_name(*ground).into()), ("reason", reason.clone().into())];
    Some(say("history-ground", &args))
}

/// Old figures beside new ones, if there are both.
fn compare_counts(
    headings: [&str; 3],
    named: &dyn Fn(&Id) -> String,
    before: Option<&Count>,
    after: Option<&Count>,
) -> Option<String> {
    let (before, after) = (before?, after?);
    let header = headings.map(|id| say(id, &[]));
    let [one, other, change] = header.each_ref().map(String::as_str);
    let mut table = table::new_figures_table(&["", one, other, change]);
    for ((name, before), (_, after)) in
        list_figures(before, named).into_iter().zip(list_figures(after, named))
    {
        table.add_row([
            name,
            table::group_digits(before),
            table::group_digits(after),
            signed_difference(before, after),
        ]);
    }
    Some(format!("{table}"))
}

/// A difference with its sign; nothing where there is none.
pub(super) fn signed_difference(before: u64, after: u64) -> String {
    let change = i128::from(after) - i128::from(before);
    if change == 0 { String::new() } else { format!("{change:+}") }
}

/// What a correction moved in the totals of the election, and in the order of candidates.
pub(super) fn describe_effects(change: &Change, named: &dyn Fn(&Id) -> String) -> Vec<String> {
    if change.before.is_none() {
        return Vec::new();
    }
    let [before, after] = &change.totals;
    let lines = before.votes.iter().zip(&after.votes).filter(|(one, other)| one.votes != other.votes);
    let mut told: Vec<String> = lines
        .map(|(one, other)| {
            let args = [
                ("candidate", named(&one.candidate).into()),
                ("before", one.votes.into()),
                ("after", other.votes.into()),
                ("change", signed_difference(one.votes, other.votes).into()),
            ];
            say("history-total", &args)
        })
        .collect();
    let [one, other] = change.orders();
    let list = |order: &[&Id]| order.iter().map(|id| named(id)).collect::<Vec<_>>().join(", ");
    told.push(if one == other {
        say("history-order-same", &[("order", list(&other).into())])
    } else {
        say("history-order-changed", &[("before", list(&one).into()), ("after", list(&other).into())])
    });
    told
}

fn status_word(record: &ProtocolRecord) -> String {
    law_word(match record.status {
        ProtocolStatus::Signed => "protocol-signed",
        ProtocolStatus::Received => "protocol-received",
        ProtocolStatus::Returned(_) => "protocol-returned",
        ProtocolStatus::RecountOrdered(_) => "protocol-recount-ordered",
        ProtocolStatus::Superseded(_) => "protocol-superseded",
        ProtocolStatus::Cancelled(_) => "protocol-cancelled",
    })
}

fn ground_name(ground: CorrectionGround) -> String {
    law_word(match ground {
        CorrectionGround::Decision => "ground-decision",
        CorrectionGround::Recount => "ground-recount",
        CorrectionGround::Transcription => "ground-transcription",
    })
}

fn list_figures(count: &Count, named: &dyn Fn(&Id) -> String) -> Vec<(String, u64)> {
    let mut rows: Vec<(String, u64)> = [
        ("figure-voters", count.voters),
        ("figure-received", count.received),
        ("figure-issued", count.issued),
        ("figure-cancelled", count.cancelled),
        ("figure-found", count.found),
        ("figure-invalid", count.invalid),
    ]
    .map(|(name, figure)| (say(name, &[]), figure))
    .to_vec();
    rows.extend(count.votes.iter().map(|line| (named(&line.candidate), line.votes)));
    rows.push((say("figure-against-all", &[]), count.against_all));
    rows
}
