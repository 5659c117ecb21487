//! The script of the scene: its steps, who takes each, when.

use law::{Edition, Fact, facts::*};

use crate::values::{BOARD, ELECTION, PEC, TEC, id, own, paper, text, time};

/// Every step in order; the part after a colon tells repeated facts apart.
pub const STEPS: &[&str] = &[
    "ledger-opened",
    "commission-formed:cec",
    "commission-formed:oblast",
    "commission-formed:tec",
    "commission-formed:pec",
    "precinct-formed",
    "key-revoked",
    "key-enrolled",
    "election-called",
    "precincts-fixed",
    "candidate-nominated:abenov",
    "candidate-nominated:qaliev",
    "candidate-nominated:serikov",
    "eligibility-checked:abenov",
    "eligibility-checked:qaliev",
    "eligibility-checked:serikov",
    "signatures-verified:abenov",
    "signatures-verified:serikov",
    "candidate-registered:abenov",
    "candidate-registered:qaliev",
    "candidate-registered:serikov",
    "ballot-approved",
    "ballots-printed",
    "voter-list-handed-over",
    "candidate-withdrew",
    "ballot-amended",
    "ballots-delivered",
    "precinct-opened",
    "turnout-reported",
    "voting-closed",
    "ballots-accounted",
    "protocol-signed",
    "protocol-received:first",
    "protocol-returned",
    "protocol-superseded:transcription",
    "protocol-received:second",
    "recount-ordered",
    "protocol-superseded:recount",
    "copies-issued",
    "protocol-received:third",
    "results-determined",
    "duties-resigned",
    "results-published",
    "akim-registered",
    "certificate-issued",
];

pub(crate) type Who = (&'static str, String, String, Option<String>, Vec<String>);

pub(crate) fn who(name: &str) -> Who {
    let kind = name.split(':').next().unwrap();
    let wide = |at, author: &str, signers| (at, author.to_owned(), "board".to_owned(), None, signers);
    let tec = |at| (at, TEC.to_owned(), "board".to_owned(), Some(ELECTION.to_owned()), own(TEC, &BOARD));
    let pec = |at| (at, PEC.to_owned(), "board".to_owned(), Some(ELECTION.to_owned()), own(PEC, &BOARD));
    let one = |at, author: &str, desk: &str| {
        (at, author.to_owned(), desk.to_owned(), Some(ELECTION.to_owned()), own(author, &[desk]))
    };
    match name {
        "ledger-opened" => wide("2025-08-19 10:00", "cec", own("cec", &["root-1", "root-2", "root-3"])),
        "commission-formed:cec" => wide("2025-08-19 11:00", "cec", own("cec", &["root-1", "root-2"])),
        "commission-formed:oblast" | "commission-formed:tec" => {
            wide("2025-08-19 12:00", "cec", own("cec", &BOARD))
        }
        "commission-formed:pec" | "precinct-formed" | "key-revoked" | "key-enrolled" => {
            wide("2025-08-20 09:00", TEC, own(TEC, &BOARD))
        }
        "election-called" => tec("2025-08-25 15:00"),
        "precincts-fixed" => tec("2025-08-26 12:00"),
        "ballot-approved" => tec("2025-09-21 10:00"),
        "ballots-printed" | "voter-list-handed-over" => tec("2025-09-22 10:00"),
        "candidate-withdrew" => tec("2025-10-07 15:00"),
        "ballot-amended" | "ballots-delivered" => tec("2025-10-09 10:00"),
        "precinct-opened" => one("2025-10-12 07:00", PEC, "chair"),
        "turnout-reported" => one("2025-10-12 12:00", PEC, "secretary"),
        "voting-closed" => one("2025-10-12 20:00", PEC, "chair"),
        "ballots-accounted" => pec("2025-10-12 20:30"),
        "protocol-signed" => pec("2025-10-12 22:30"),
        "copies-issued" => one("2025-10-13 15:30", PEC, "secretary"),
        "protocol-received:first" => one("2025-10-12 23:00", TEC, "secretary"),
        "protocol-returned" => one("2025-10-13 09:00", TEC, "secretary"),
        "protocol-superseded:transcription" => pec("2025-10-13 10:00"),
        "protocol-received:second" => one("2025-10-13 10:30", TEC, "secretary"),
        "recount-ordered" => tec("2025-10-13 12:00"),
        "protocol-superseded:recount" => pec("2025-10-13 15:00"),
        "protocol-received:third" => one("2025-10-13 16:00", TEC, "secretary"),
        "certificate-issued" => one("2025-10-15 12:00", TEC, "chair"),
        _ => match kind {
            "candidate-nominated" => one("2025-08-28 11:00", TEC, "secretary"),
            "eligibility-checked" => tec("2025-09-02 11:00"),
            "signatures-verified" => tec("2025-09-10 11:00"),
            "candidate-registered" => tec("2025-09-15 11:00"),
            _ => tec("2025-10-14 10:00"),
        },
    }
}

pub(crate) fn called() -> Fact {
    Fact::ElectionCalled(ElectionCalled {
        names: None,
        territory_names: None,
        calendar: Calendar {
            nomination_ends: time("2025-09-16 18:00"),
            nomination_starts: time("2025-08-26 00:00"),
            registration_ends: time("2025-09-20 18:00"),
            voting_ends: time("2025-10-12 20:00"),
            voting_starts: time("2025-10-12 07:00"),
            withdrawal_ends: time("2025-10-09 18:00"),
        },
        decision: paper("calling"),
        edition: Edition::Z2025_01_01,
        ground: Ground::EarlyTermination,
        ground_date: Some(time("2025-08-18 00:00")),
        ground_decision: None,
        name: text("Выборы акима села"),
        office: Office::Rural,
        synthetic: std::collections::BTreeSet::new(),
        territory: text("103230100"),
        voting_day: time("2025-10-12 07:00"),
    })
}

pub(crate) fn nominated(candidate: &str) -> Fact {
    let (name, party) = match candidate {
        "abenov" => ("Әбенов Д.", None),
        "qaliev" => ("Қалиев Е.", Some(text("Сынақ партиясы"))),
        _ => ("Серіков Т.", None),
    };
    Fact::CandidateNominated(CandidateNominated {
        biography: None,
        conference: None,
        birth_year: 1980,
        candidate: id(candidate),
        method: if party.is_some() { Method::Party } else { Method::Own },
        name_kk: text(name),
        name_ru: text(name),
        occupation: None,
        party,
        statement: paper("consent"),
    })
}
