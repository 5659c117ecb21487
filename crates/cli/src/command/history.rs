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

use crate::{fault::Fault, print, source, table};

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
                print("no protocol was replaced");
                Ok(())
            }
            _ => Ok(()),
        }
    }
}

fn precinct(id: &Id, poll: &Poll) {
    print(&format!("Precinct {id}: {}", poll.status().name()));
    for record in &poll.protocols {
        print(&format!("  entry {:>6}  {}  {}  {}", record.index, record.at, record.event, became(record)));
        if let Some((ground, reason)) = &record.correction {
            print(&format!("               ground: {}; reason: {reason}", ground_name(*ground)));
        }
    }
    if let [first, .., last] = poll.protocols.as_slice() {
        let mut table = table::figures(&["", "first announced", "now", "change"]);
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

fn became(record: &ProtocolRecord) -> &'static str {
    match record.status {
        ProtocolStatus::Signed => "signed",
        ProtocolStatus::Received => "received",
        ProtocolStatus::Returned(_) => "returned",
        ProtocolStatus::RecountOrdered(_) => "recount ordered",
        ProtocolStatus::Superseded(_) => "superseded",
        ProtocolStatus::Cancelled(_) => "cancelled",
    }
}

fn ground_name(ground: CorrectionGround) -> &'static str {
    match ground {
        CorrectionGround::Decision => "decision of a higher commission or a court",
        CorrectionGround::Recount => "recount ordered from above (art. 43(9))",
        CorrectionGround::Transcription => "wrong transcription of an unchanged paper",
    }
}

fn figures(count: &Count) -> Vec<(String, u64)> {
    let mut rows: Vec<(String, u64)> = [
        ("voters on the list", count.voters),
        ("ballots received", count.received),
        ("ballots issued", count.issued),
        ("unused, cancelled", count.cancelled),
        ("found in the boxes", count.found),
        ("invalid", count.invalid),
    ]
    .map(|(name, figure)| (name.to_owned(), figure))
    .to_vec();
    rows.extend(count.votes.iter().map(|line| (line.candidate.to_string(), line.votes)));
    rows.push(("against all".to_owned(), count.against_all));
    rows
}
