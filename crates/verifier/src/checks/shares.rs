//! ARI-08 and ARI-09 over the published tallies, added and divided again from the JSON alone.
//!
//! Looks at sums and shares. Elsewhere: whether the projection follows from the ledger (INT-09, `snapshot`).
//!
//! This does not call the code that made the percentages: it multiplies back. A share of s tenths of a percent with
//! halves up is right for votes c of base P exactly when (2s − 1)·P ≤ 2000·c < (2s + 1)·P.

use phrase::phrase;

use law::Rule;
use serde_json::Value;

use crate::{
    findings::Findings,
    found_message::{FoundMessage, quote},
    subject::Subject,
};

/// Every sum and share of `tallies.json`; `precincts.json` says which precincts count.
pub(crate) fn check_tallies(subject: &Subject, bytes: &[u8], precincts: &[u8], findings: &mut Findings) {
    let Ok(document) = serde_json::from_slice::<Value>(bytes) else {
        findings.fail(
            Rule::Ari09,
            None,
            subject,
            FoundMessage::expected(
                phrase!("found-json", "JSON"),
                phrase!("found-other-bytes", "other bytes"),
            ),
        );
        return;
    };
    let none = Vec::new();
    let elections = document.pointer("/view/elections").and_then(Value::as_array).unwrap_or(&none);
    let precincts = serde_json::from_slice::<Value>(precincts).unwrap_or_default();
    let polls = precincts.pointer("/view/elections").and_then(Value::as_array).unwrap_or(&none);
    for election in elections {
        let own = polls.iter().find(|own| own.get("election") == election.get("election"));
        let own = own.and_then(|own| own.get("precincts")).and_then(Value::as_array).unwrap_or(&none);
        check_sums(subject, election, own, findings);
        check_shares(subject, election, findings);
    }
}

/// Figures that totals have under the names that protocols have them.
pub(super) const FIELDS: [&str; 9] = [
    "absentee",
    "against_all",
    "cancelled",
    "found",
    "home_applications",
    "invalid",
    "issued",
    "received",
    "voters",
];

fn check_sums(subject: &Subject, election: &Value, polls: &[Value], findings: &mut Findings) {
    let none = Vec::new();
    // A precinct whose result is invalid has left the totals; its protocol stays beside them (art. 44(2-1)).
    let counts = |precinct: &&Value| {
        let own = polls.iter().find(|own| own.get("precinct") == precinct.get("precinct"));
        own.and_then(|own| own.get("status")).and_then(Value::as_str) != Some("invalidated")
    };
    let precincts = election.get("precincts").and_then(Value::as_array).unwrap_or(&none);
    let precincts: Vec<&Value> = precincts.iter().filter(counts).collect();
    for field in FIELDS {
        let expected: u128 =
            precincts.iter().map(|p| read_figure(p.pointer(&format!("/count/{field}")))).sum();
        let found = read_figure(election.pointer(&format!("/totals/{field}")));
        findings.count_examined(Rule::Ari08, 1);
        if expected != found {
            let message = FoundMessage::expected(
                phrase!("found-the-sum-of-the-precincts", "{field} {expected}, the sum of the precincts"),
                quote(found),
            );
            findings.fail(Rule::Ari08, None, subject, message);
        }
    }
    candidate_sums(subject, election, &precincts, findings);
}

fn candidate_sums(subject: &Subject, election: &Value, precincts: &[&Value], findings: &mut Findings) {
    let none = Vec::new();
    let lines = election.pointer("/totals/votes").and_then(Value::as_array).unwrap_or(&none);
    for line in lines {
        let candidate = line.get("candidate").and_then(Value::as_str).unwrap_or_default();
        let own = |precinct: &&Value| {
            let votes = precinct.pointer("/count/votes").and_then(Value::as_array).unwrap_or(&none).iter();
            let own = votes.filter(|votes| votes.get("candidate").and_then(Value::as_str) == Some(candidate));
            own.map(|votes| read_figure(votes.get("votes"))).sum::<u128>()
        };
        let (expected, found) = (precincts.iter().map(own).sum::<u128>(), read_figure(line.get("votes")));
        findings.count_examined(Rule::Ari08, 1);
        if expected != found {
            let message = FoundMessage::expected(
                phrase!(
                    "found-votes-for-the-sum-of-the-precincts",
                    "{expected} votes for {candidate}, the sum of the precincts"
                ),
                quote(found),
            );
            findings.fail(Rule::Ari08, None, subject, message);
        }
    }
}

fn check_shares(subject: &Subject, election: &Value, findings: &mut Findings) {
    let none = Vec::new();
    let votes = election.pointer("/totals/votes").and_then(Value::as_array).unwrap_or(&none);
    let shares = election.get("shares").and_then(Value::as_array).unwrap_or(&none);
    let against_all = read_figure(election.pointer("/totals/against_all"));
    let base = votes.iter().map(|line| read_figure(line.get("votes"))).sum::<u128>() + against_all;
    if shares.len() != votes.len() {
        let message = FoundMessage::expected(
            phrase!("found-shares", "{votes} shares", votes = votes.len()),
            shares.len(),
        );
        findings.fail(Rule::Ari09, None, subject, message);
    }
    for (line, share) in
        votes.iter().zip(shares).filter(|(line, share)| line.get("candidate") != share.get("candidate"))
    {
        let message = FoundMessage::expected(
            phrase!("found-the-share-of", "the share of {candidate:?}", candidate = line.get("candidate")),
            phrase!("found-that-of", "that of {candidate:?}", candidate = share.get("candidate")),
        );
        findings.fail(Rule::Ari09, None, subject, message);
    }
    let lines =
        votes.iter().zip(shares).map(|(line, share)| (read_figure(line.get("votes")), share.get("share")));
    for (count, share) in lines.chain([(against_all, election.get("against_all_share"))]) {
        findings.count_examined(Rule::Ari09, 1);
        let share = share.and_then(Value::as_str).unwrap_or_default();
        if !is_share_of(count, base, share) {
            let message = FoundMessage::expected(
                phrase!("found-the-share-of-in", "the share of {count} in {base}"),
                quote(share),
            );
            findings.fail(Rule::Ari09, None, subject, message);
        }
    }
}

fn is_share_of(count: u128, base: u128, share: &str) -> bool {
    let Some(tenths) = parse_tenths(share) else { return false };
    if base == 0 {
        return tenths == 0;
    }
    let double = 2000 * count;
    double + base >= 2 * tenths * base && double < (2 * tenths + 1) * base
}

fn parse_tenths(share: &str) -> Option<u128> {
    let (whole, tenth) = share.split_once('.')?;
    let plain = !whole.is_empty() && tenth.len() == 1 && (whole == "0" || !whole.starts_with('0'));
    let digits =
        plain && (whole.len() <= 3) && whole.bytes().chain(tenth.bytes()).all(|b| b.is_ascii_digit());
    digits.then(|| Some(whole.parse::<u128>().ok()? * 10 + tenth.parse::<u128>().ok()?))?
}

fn read_figure(value: Option<&Value>) -> u128 {
    value.and_then(Value::as_u64).unwrap_or_default().into()
}

#[cfg(test)]
mod tests {
    use super::is_share_of;

    #[test]
    fn only_the_right_share_follows() {
        assert!(is_share_of(771, 1000, "77.1"));
        assert!(is_share_of(1, 2000, "0.1"), "halves go up");
        assert!(!is_share_of(1, 2000, "0.0"));
        assert!(!is_share_of(771, 1000, "77.2"));
        assert!(!is_share_of(771, 1000, "77.0"));
        assert!(is_share_of(0, 0, "0.0"));
        for bad in ["77", "077.1", "77.10", "", ".1", "7 7.1", "+7.1"] {
            assert!(!is_share_of(771, 1000, bad), "{bad}");
        }
    }
}
