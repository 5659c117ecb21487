//! The script from nominations to the delivery of ballots.
//!
//! In: four candidates, one of whom withdraws, and the ballots. Out: voting day (`voting`).
//!
//! Candidates are named as the public articles print them; their years of birth and papers are synthetic.

use event::{Id, json::Fault};
use law::{
    Fact,
    facts::{
        BallotAmended, BallotApproved, BallotsDelivered, BallotsPrinted, CandidateNominated,
        CandidateRegistered, CandidateWithdrew, EligibilityChecked, Method, SignaturesVerified,
        VoterListHandedOver, WithdrawalKind,
    },
};

use super::{
    ELECTION, TEC,
    figures::{Precinct, VOTERS, roll},
    opening::{act, board, paper, sealed, seats, text},
    stage::{Act, local},
};

/// Id, name in Kazakh and in Russian, day of nomination.
const CANDIDATES: [(&str, &str, &str, u32); 4] = [
    ("kozhanbaev", "Қожанбаев Әділет", "Кожанбаев Адилет", 28),
    ("toleuov", "Төлеуов Қ.", "Толеуов К.", 29),
    ("bekzhasarov", "Бекжасаров А.", "Бекжасаров А.", 30),
    ("shapatov", "Шапатов К.", "Шапатов К.", 31),
];

/// The ballot's lines before and after the withdrawal, in the order of the Kazakh alphabet.
const BALLOT: [&str; 4] = ["bekzhasarov", "kozhanbaev", "toleuov", "shapatov"];

/// Nominations, registrations, ballots, the withdrawal, deliveries.
///
/// # Errors
/// Never for the values of the script.
pub fn campaign(precincts: &[Precinct]) -> Result<Vec<Act>, Fault> {
    let mut acts = Vec::new();
    for (n, candidate) in CANDIDATES.iter().enumerate() {
        candidacy(&mut acts, n, candidate)?;
    }
    let ids = |names: &[&str]| names.iter().map(|name| Id::new(name)).collect::<Result<Vec<Id>, Fault>>();
    let approved = BallotApproved { candidates: ids(&BALLOT)?, decision: paper("ballot", 1) };
    by_board(&mut acts, "2025-09-17 10:00", Fact::BallotApproved(approved));
    let printed = BallotsPrinted { act: paper("printing", 1), count: VOTERS + VOTERS.div_ceil(100) };
    by_board(&mut acts, "2025-09-22 16:00", Fact::BallotsPrinted(printed));
    let withdrew = CandidateWithdrew {
        candidate: Id::new("shapatov")?,
        kind: WithdrawalKind::Withdrew,
        statement: sealed("withdrawal", 4),
    };
    by_board(&mut acts, "2025-10-07 15:00", Fact::CandidateWithdrew(withdrew));
    let amended = BallotAmended {
        added: Vec::new(),
        candidates: ids(&BALLOT[..3])?,
        decision: paper("ballot", 2),
        manner: text("Строка вычеркнута от руки под подпись членов комиссии")?,
        struck: ids(&BALLOT[3..])?,
    };
    by_board(&mut acts, "2025-10-08 10:00", Fact::BallotAmended(amended));
    for precinct in precincts {
        deliveries(&mut acts, precinct)?;
    }
    Ok(acts)
}

fn candidacy(
    acts: &mut Vec<Act>,
    n: usize,
    (id, name_kk, name_ru, day): &(&str, &str, &str, u32),
) -> Result<(), Fault> {
    let candidate = Id::new(id)?;
    let nominated = Fact::CandidateNominated(CandidateNominated {
        birth_year: 1970 + roll(&format!("birth/{id}"), 20),
        candidate: candidate.clone(),
        method: Method::Own,
        name_kk: text(name_kk)?,
        name_ru: text(name_ru)?,
        occupation: None,
        party: None,
        statement: sealed("consent", n),
    });
    let at = local(&format!("2025-08-{day:02} 11:00"));
    acts.push(act(at, TEC, "secretary", Some(ELECTION), seats(TEC, &["secretary"]), nominated));
    let eligible =
        EligibilityChecked { candidate: candidate.clone(), eligible: true, paper: sealed("eligibility", n) };
    by_board(acts, &format!("2025-09-0{} 11:00", n + 2), Fact::EligibilityChecked(eligible));
    let needed = VOTERS.div_ceil(100);
    let valid = needed + 40 + roll(&format!("signatures/{id}"), 300);
    let invalid = roll(&format!("struck/{id}"), 60);
    let verified = SignaturesVerified {
        candidate: candidate.clone(),
        invalid,
        needed,
        paper: sealed("signatures", n),
        valid,
    };
    by_board(acts, &format!("2025-09-1{} 11:00", n + 1), Fact::SignaturesVerified(verified));
    let number = n as u64 + 1;
    let registered = CandidateRegistered { candidate, decision: paper("registration", n), number };
    by_board(acts, &format!("2025-09-1{} 16:00", n + 3), Fact::CandidateRegistered(registered));
    Ok(())
}

fn deliveries(acts: &mut Vec<Act>, precinct: &Precinct) -> Result<(), Fault> {
    let number = precinct.number;
    let id = Id::new(&precinct.id())?;
    let list = Fact::VoterListHandedOver(VoterListHandedOver {
        act: paper("voter-list-act", number),
        list: sealed("voter-list", number),
        precinct: id.clone(),
        voters: precinct.voters,
    });
    let at = local("2025-09-20 09:00") + number as i64 * 150;
    acts.push(act(at, TEC, "board", Some(ELECTION), board(TEC), list));
    let delivered = Fact::BallotsDelivered(BallotsDelivered {
        act: paper("delivery", number),
        count: precinct.received,
        precinct: id,
    });
    let at = local("2025-10-09 09:00") + number as i64 * 1_500;
    acts.push(act(at, TEC, "board", Some(ELECTION), board(TEC), delivered));
    Ok(())
}

fn by_board(acts: &mut Vec<Act>, at: &str, fact: Fact) {
    acts.push(act(local(at), TEC, "board", Some(ELECTION), board(TEC), fact));
}
