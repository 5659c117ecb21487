//! Protocols that are unlike the rest of the district: ARI-16, ARI-17.
//!
//! Looks at each candidate's votes at one precinct against the share in all the others together. Elsewhere: thresholds
//! over one protocol (`thresholds`), late arrivals (`arrivals`).
//!
//! Everything is computed in whole numbers: what n ballots lead one to expect, n · votes elsewhere / ballots elsewhere, is
//! compared after multiplying by the ballots elsewhere.

use event::Id;
use law::Rule;
use phrase::phrase;

use crate::{
    checks::{context::Context, current_protocols::CurrentProtocol},
    findings::Findings,
    found_message::FoundMessage,
};

/// Fewer other precincts are no district to compare with.
const OTHERS_MIN: usize = 3;
/// Fewer valid ballots swing by chance.
const VALID_MIN: u64 = 50;
/// ARI-16: two lines that differ by less, in percent of the valid ballots, look alike either way.
const SWAP_PERCENT: i128 = 10;
/// ARI-16: exchanged, the two lines are so many times nearer to what is expected.
const SWAP_NEARER: i128 = 4;
/// ARI-17: a share so many points from the rest of the district.
const SHARE_POINTS: i128 = 20;

/// The votes of one candidate here, and in all other precincts.
struct CandidateVotes<'a> {
    candidate: &'a Id,
    here: i128,
    elsewhere: i128,
}

/// Every election.
pub(crate) fn check_outliers(context: &Context<'_>, findings: &mut Findings) {
    for (id, election) in &context.replayed.head.state().elections {
        let all = context.current_protocols(id);
        if all.len() <= OTHERS_MIN {
            continue;
        }
        let candidates = election.ballot_lines();
        let total: u64 = all.iter().fold(0, |sum, own| sum.saturating_add(own.valid()));
        let totals: Vec<u64> = candidates
            .iter()
            .map(|candidate| all.iter().fold(0_u64, |sum, own| sum.saturating_add(own.votes(candidate))))
            .collect();
        for own in all.iter().filter(|own| own.valid() >= VALID_MIN) {
            let rest = i128::from(total) - i128::from(own.valid());
            let line = |(candidate, total): (&'_ Id, &u64)| {
                let here = i128::from(own.votes(candidate));
                (here, i128::from(*total) - here)
            };
            let lines: Vec<CandidateVotes<'_>> = candidates
                .iter()
                .zip(&totals)
                .map(|pair| {
                    let (here, elsewhere) = line(pair);
                    CandidateVotes { candidate: pair.0, here, elsewhere }
                })
                .collect();
            note_swapped_lines(own, &lines, rest, findings);
            note_distant_shares(own, &lines, rest, findings);
        }
    }
    for rule in [Rule::Ari16, Rule::Ari17] {
        findings.not_applicable(rule);
    }
}

/// ARI-16: two lines that would fit if they were exchanged.
fn note_swapped_lines(
    own: &CurrentProtocol<'_>,
    lines: &[CandidateVotes<'_>],
    rest: i128,
    findings: &mut Findings,
) {
    findings.count_examined(Rule::Ari16, 1);
    let valid = i128::from(own.valid());
    for (place, a) in lines.iter().enumerate() {
        for b in lines.iter().skip(place + 1) {
            let off = |votes: i128, elsewhere: i128| (votes * rest - valid * elsewhere).abs();
            let as_they_stand = off(a.here, a.elsewhere) + off(b.here, b.elsewhere);
            let exchanged = off(b.here, a.elsewhere) + off(a.here, b.elsewhere);
            let apart = (a.here - b.here).abs() * 100 >= valid * SWAP_PERCENT;
            if apart && as_they_stand > 0 && exchanged * SWAP_NEARER <= as_they_stand {
                let message = FoundMessage::expected(
                    phrase!(
                        "found-votes-like-those-of-the-rest-of-the-district",
                        "votes like those of the rest of the district"
                    ),
                    phrase!(
                        "found-and-exchanged-they-would-fit",
                        "{candidate} {here} and {candidate2} {here2}: exchanged, they would fit",
                        candidate = a.candidate,
                        here = a.here,
                        candidate2 = b.candidate,
                        here2 = b.here
                    ),
                );
                findings.fail(Rule::Ari16, Some(own.entry), own.precinct.as_str(), message);
            }
        }
    }
}

/// ARI-17: a share far from that of the rest.
fn note_distant_shares(
    own: &CurrentProtocol<'_>,
    lines: &[CandidateVotes<'_>],
    rest: i128,
    findings: &mut Findings,
) {
    findings.count_examined(Rule::Ari17, 1);
    let valid = i128::from(own.valid());
    for line in lines {
        let off = (line.here * rest - valid * line.elsewhere).abs();
        if rest > 0 && off * 100 >= SHARE_POINTS * valid * rest {
            let message = FoundMessage::expected(
                phrase!(
                    "found-a-share-within-points-of-the-rest-of-the-district",
                    "a share within {SHARE_POINTS} points of the rest of the district"
                ),
                phrase!(
                    "found-of-elsewhere-of",
                    "{candidate} {here} of {valid}, elsewhere {elsewhere} of {rest}",
                    candidate = line.candidate,
                    here = line.here,
                    elsewhere = line.elsewhere
                ),
            );
            findings.fail(Rule::Ari17, Some(own.entry), own.precinct.as_str(), message);
        }
    }
}
