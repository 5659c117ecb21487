//! The script from nominations to the delivery of ballots: candidates, one of whom may withdraw, and who watches.

use event::{Id, json::Fault};
use law::{
    Fact,
    facts::{
        BallotAmended, BallotApproved, BallotsDelivered, BallotsPrinted, CandidateNominated,
        CandidateRegistered, CandidateWithdrew, EligibilityChecked, Method, ProxiesRegistered,
        SignaturesVerified, VoterListHandedOver, WithdrawalKind,
    },
};

use crate::{
    act::Act,
    contest::{Contest, Nominee, PrecinctFigures, new_id, new_text},
};

/// Nominations, registrations, ballots, a withdrawal, deliveries.
///
/// # Errors
/// Never for the values of the script.
pub fn campaign_acts(contest: &Contest) -> Result<Vec<Act>, Fault> {
    let mut acts = Vec::new();
    for (n, person) in contest.people.iter().enumerate() {
        add_candidacy(&mut acts, contest, n, person)?;
    }
    let named = |places: &[usize]| {
        let people = places.iter().filter_map(|place| contest.people.get(*place));
        people.map(|person| new_id(&person.id)).collect::<Result<Vec<Id>, Fault>>()
    };
    let approved =
        BallotApproved { candidates: named(&contest.ballot)?, decision: contest.document("ballot", 1) };
    acts.push(contest.board_act(contest.seconds_at(-25, "10:00"), Fact::BallotApproved(approved)));
    let voters = contest.voters();
    let delivered: u64 = contest.precincts.iter().map(|precinct| precinct.received).sum();
    let count = (voters + voters.div_ceil(100)).max(delivered);
    let printed = BallotsPrinted { act: contest.document("printing", 1), count };
    acts.push(contest.board_act(contest.seconds_at(-20, "16:00"), Fact::BallotsPrinted(printed)));
    if let Some(place) = contest.withdraws {
        let left = named(&[place])?;
        let withdrew = left.first().cloned().map(|candidate| CandidateWithdrew {
            candidate,
            kind: WithdrawalKind::Withdrew,
            statement: contest.sealed_document("withdrawal", contest.people.len()),
        });
        acts.extend(
            withdrew.map(|b| contest.board_act(contest.seconds_at(-5, "15:00"), Fact::CandidateWithdrew(b))),
        );
        let stay: Vec<usize> = contest.ballot.iter().copied().filter(|other| *other != place).collect();
        let amended = BallotAmended {
            added: Vec::new(),
            candidates: named(&stay)?,
            decision: contest.document("ballot", 2),
            manner: new_text("Строка вычеркнута от руки под подпись членов комиссии")?,
            struck: left,
        };
        acts.push(contest.board_act(contest.seconds_at(-4, "10:00"), Fact::BallotAmended(amended)));
    }
    for precinct in &contest.precincts {
        add_deliveries(&mut acts, contest, precinct)?;
    }
    if let Some(counted) = contest.watched {
        acts.push(contest.secretary_act(contest.seconds_at(-1, "18:00"), Fact::ObserversCounted(counted)));
    }
    Ok(acts)
}

fn add_candidacy(acts: &mut Vec<Act>, contest: &Contest, n: usize, person: &Nominee) -> Result<(), Fault> {
    let candidate = new_id(&person.id)?;
    // The dates leave four days: whoever comes later comes on the last.
    let day = n.min(3) as i64;
    let nominated = Fact::CandidateNominated(CandidateNominated {
        biography: None,
        conference: None,
        birth_year: person.birth_year,
        candidate: candidate.clone(),
        method: person.method,
        name_kk: new_text(&person.name_kk)?,
        name_ru: new_text(&person.name_ru)?,
        occupation: None,
        party: person.party.as_deref().map(new_text).transpose()?,
        statement: contest.sealed_document("consent", n),
    });
    let printed = person.nominated_before.map(|before| -before);
    let nominated_on = printed.unwrap_or(day - 45);
    acts.push(contest.secretary_act(contest.seconds_at(nominated_on, "11:00"), nominated));
    let paper = contest.sealed_document("eligibility", n);
    let eligible = EligibilityChecked { candidate: candidate.clone(), eligible: true, paper };
    let checked_on = (day - 40).max(nominated_on + 1);
    acts.push(contest.board_act(contest.seconds_at(checked_on, "11:00"), Fact::EligibilityChecked(eligible)));
    if person.method == Method::Own {
        let needed = contest.voters().div_ceil(100);
        let verified = SignaturesVerified {
            candidate: candidate.clone(),
            invalid: contest.draw(&format!("struck/{}", person.id), 60),
            needed,
            paper: contest.sealed_document("signatures", n),
            valid: needed + 40 + contest.draw(&format!("signatures/{}", person.id), 300),
        };
        acts.push(
            contest.board_act(contest.seconds_at(day - 31, "11:00"), Fact::SignaturesVerified(verified)),
        );
    }
    let (decision, number) = (contest.document("registration", n), n as u64 + 1);
    let registered = CandidateRegistered { candidate, decision, number };
    acts.push(
        contest.board_act(contest.seconds_at(day - 29, "16:00"), Fact::CandidateRegistered(registered)),
    );
    Ok(())
}

fn add_deliveries(acts: &mut Vec<Act>, contest: &Contest, precinct: &PrecinctFigures) -> Result<(), Fault> {
    let number = precinct.number;
    let own = new_id(&contest.precinct_id(precinct))?;
    let list = Fact::VoterListHandedOver(VoterListHandedOver {
        act: contest.document("voter-list-act", number),
        list: contest.sealed_document("voter-list", number),
        precinct: own.clone(),
        voters: precinct.voters,
    });
    acts.push(contest.board_act(contest.seconds_at(-22, "09:00") + number as i64 * 150, list));
    if let Some((line, count)) = precinct.proxies {
        let candidate = contest.lines().get(line).map(|candidate| new_id(candidate)).transpose()?;
        let registered = candidate.map(|candidate| {
            let decision = contest.document("proxies", number);
            Fact::ProxiesRegistered(ProxiesRegistered { candidate, count, decision, precinct: own.clone() })
        });
        let at = contest.seconds_at(-10, "09:00") + number as i64 * 150;
        acts.extend(registered.map(|fact| contest.board_act(at, fact)));
    }
    let delivered = Fact::BallotsDelivered(BallotsDelivered {
        act: contest.document("delivery", number),
        count: precinct.received,
        precinct: own,
    });
    acts.push(contest.board_act(contest.seconds_at(-3, "09:00") + number as i64 * 240, delivered));
    Ok(())
}
