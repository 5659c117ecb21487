//! `hattama history`: the life of a precinct's protocols.
//!
//! In: old figures beside new ones, with ground and reason. Out: results (`results`).

use std::path::PathBuf;

use clap::Args;
use event::Id;
use law::{
    facts::{CorrectionGround, Count},
    state::{Poll, ProtocolRecord, ProtocolStatus},
};

use crate::{
    fault::Fault,
    print, source, table,
    texts::{law, say},
};

/// Print the life of a precinct's protocols, old figures beside new ones
#[derive(Debug, Args)]
pub(crate) struct History {
    /// A published ledger: its folder, a zip of it, or the address of a static server; or the folder of a ledger on this
    /// machine
    source: PathBuf,
    /// The precinct; every corrected one without it
    #[arg(long, env = "HATTAMA_PRECINCT", value_name = "ID")]
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
        let head = source::replay(&self.source, self.as_of.as_deref())?;
        let (name, election) = super::results::election(&head, self.election.as_deref())?;
        let wanted = |id: &Id, poll: &Poll| match &self.precinct {
            Some(precinct) => id.as_str() == precinct,
            None => poll.protocols.len() > 1,
        };
        let mut shown = 0;
        for (id, poll) in election.polls.iter().filter(|(id, poll)| wanted(id, poll)) {
            precinct(id, poll);
            shown += 1;
        }
        match (&self.precinct, shown) {
            (Some(precinct), 0) => Err(Fault::Argument {
                expected: format!(
                    "a precinct of {name}, as {}",
                    election.polls.keys().next().map_or("-", Id::as_str)
                ),
                found: precinct.clone(),
            }),
            (None, 0) => {
                print(&say("history-none", &[]));
                Ok(())
            }
            _ => Ok(()),
        }
    }
}

fn precinct(id: &Id, poll: &Poll) {
    let status = law(&format!("poll-{}", poll.status().name()));
    print(&say("history-precinct", &[("id", id.as_str().into()), ("status", status.into())]));
    for record in &poll.protocols {
        let entry = say("history-entry", &[("entry", format!("{:>6}", record.index).into())]);
        print(&format!("  {entry}  {}  {}  {}", record.at, record.event, became(record)));
        if let Some((ground, reason)) = &record.correction {
            let args = [("ground", ground_name(*ground).into()), ("reason", reason.to_string().into())];
            print(&format!("               {}", say("history-ground", &args)));
        }
    }
    if let [first, .., last] = poll.protocols.as_slice() {
        let header = ["history-first", "history-now", "history-change"].map(|id| say(id, &[]));
        let [announced, now, change] = header.each_ref().map(String::as_str);
        let mut table = table::figures(&["", announced, now, change]);
        for ((name, before), (_, after)) in
            figures(&first.protocol.count).into_iter().zip(figures(&last.protocol.count))
        {
            let change = i128::from(after) - i128::from(before);
            let change = if change == 0 { String::new() } else { format!("{change:+}") };
            table.add_row([name, table::grouped(before), table::grouped(after), change]);
        }
        print(&format!("{table}"));
    }
    print("");
}

fn became(record: &ProtocolRecord) -> String {
    law(match record.status {
        ProtocolStatus::Signed => "protocol-signed",
        ProtocolStatus::Received => "protocol-received",
        ProtocolStatus::Returned(_) => "protocol-returned",
        ProtocolStatus::RecountOrdered(_) => "protocol-recount-ordered",
        ProtocolStatus::Superseded(_) => "protocol-superseded",
        ProtocolStatus::Cancelled(_) => "protocol-cancelled",
    })
}

fn ground_name(ground: CorrectionGround) -> String {
    law(match ground {
        CorrectionGround::Decision => "ground-decision",
        CorrectionGround::Recount => "ground-recount",
        CorrectionGround::Transcription => "ground-transcription",
    })
}

fn figures(count: &Count) -> Vec<(String, u64)> {
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
    rows.extend(count.votes.iter().map(|line| (line.candidate.to_string(), line.votes)));
    rows.push((say("figure-against-all", &[]), count.against_all));
    rows
}
