//! The short public text of a result, as a press service would write it.
//!
//! Names, votes, shares, turnout, and what stands behind the figures, one sentence a line. `command/results.rs` prints
//! the table for people who want every figure.
//!
//! Shares have one decimal and are rounded each on its own (ARI-09); where they do not add up to a hundred, the text
//! says so instead of bending one of them.

use law::{AfterTie, facts::OutcomeKind, state::Election};
use ledger::{Head, projections::format_percent};
use publication::shares;
use texts::{
    Language, Value, candidate_name, describe_synthetic, election_name, figure, group_digits,
    program::{localize_share, program_catalogue},
};

/// The announcement in one language.
#[must_use]
pub fn announce_result(head: &Head, election: &Election, lang: Language) -> String {
    let say = |id: &str, args: &[(&str, Value<'_>)]| program_catalogue().format_text(lang, id, args);
    let mut lines = vec![election_name(election, lang).to_owned()];
    let charter = head.state().charter.as_ref();
    if charter.is_some_and(|charter| charter.test) {
        lines.push(say("announce-test", &[]));
    }
    lines.extend(describe_synthetic(lang, &head.state().synthetic_kinds_of(election)));
    lines.push(announce_outcome(election, lang));
    lines.push(String::new());
    if election.current_protocols().count == 0 {
        lines.extend(announce_candidates(election, lang));
    } else {
        lines.extend(announce_votes(election, lang));
        lines.push(String::new());
        lines.extend(announce_turnout(election, lang));
    }
    lines.push(String::new());
    let args = [
        ("origin", charter.map_or_else(String::new, |charter| charter.origin.to_string()).into()),
        ("size", figure(head.size())),
        ("root", head.root().to_string().into()),
    ];
    lines.push(say("announce-proof", &args));
    lines.join("\n")
}

fn announce_outcome(election: &Election, lang: Language) -> String {
    let say = |id: &str, args: &[(&str, Value<'_>)]| program_catalogue().format_text(lang, id, args);
    let Some(determined) = &election.determined else { return say("announce-preliminary", &[]) };
    match determined.body.outcome {
        OutcomeKind::Tie => return say("announce-tie", &[("next", after_tie(election).into())]),
        OutcomeKind::Invalid => return say("announce-invalid", &[]),
        OutcomeKind::Elected => {}
    }
    let elected = determined.body.elected.as_ref();
    let elected = elected.and_then(|id| election.candidates.get(id)).map(|one| candidate_name(one, lang));
    say("announce-elected", &[("name", elected.unwrap_or_default().into())])
}

/// What the edition of the law lets follow, as a word of the texts.
fn after_tie(election: &Election) -> &'static str {
    let again = election.called.edition.after_tie() == AfterTie::RepeatVoting && !election.is_voting_again;
    if again { "voting" } else { "election" }
}

/// Before any protocol is there: who stands, and that there are no figures.
fn announce_candidates(election: &Election, lang: Language) -> Vec<String> {
    let say = |id: &str, args: &[(&str, Value<'_>)]| program_catalogue().format_text(lang, id, args);
    let lines = election.ballot_lines();
    let named = lines.iter().filter_map(|id| election.candidates.get(id));
    let mut told: Vec<String> = named.map(|one| format!("{}: —", candidate_name(one, lang))).collect();
    told.push(format!("{}: —", say("announce-against-all", &[])));
    told.push(say("announce-no-protocols", &[("all", election.polls.len().into())]));
    told
}

/// Behind each figure that only a part of the protocols stands for.
fn of_protocols(election: &Election, lang: Language) -> String {
    let (counted, all) = (election.current_protocols().count, election.polls.len() as u64);
    if counted == all {
        return String::new();
    }
    let args: [(&str, Value<'_>); 2] = [("counted", counted.into()), ("all", all.into())];
    format!(" ({})", program_catalogue().format_text(lang, "of-protocols", &args))
}

/// The sentence with its last words before the full stop.
fn end_sentence(sentence: &str, last: &str) -> String {
    let said = sentence.strip_suffix('.').unwrap_or(sentence);
    format!("{said}{last}.")
}

/// One line for each candidate, most votes first, then against all, then what the shares add up to.
fn announce_votes(election: &Election, lang: Language) -> Vec<String> {
    let say = |id: &str, args: &[(&str, Value<'_>)]| program_catalogue().format_text(lang, id, args);
    let totals = election.totals();
    let base = totals.participated();
    let mut sorted: Vec<_> = totals.votes.iter().collect();
    sorted.sort_by_key(|line| std::cmp::Reverse(line.votes));
    let of = of_protocols(election, lang);
    let line = |who: String, votes: u64| {
        let percent = localize_share(lang, &format_percent(votes, base, 1));
        say("announce-line", &[("name", who.into()), ("votes", figure(votes)), ("share", percent.into())])
            + &of
    };
    let who = |id| election.candidates.get(id).map(|one| candidate_name(one, lang)).unwrap_or_default();
    let mut lines: Vec<String> = sorted.iter().map(|one| line(who(&one.candidate), one.votes)).collect();
    lines.push(line(say("announce-against-all", &[]), totals.against_all));
    if base > 0 {
        let parts: Vec<u64> =
            totals.votes.iter().map(|line| line.votes).chain([totals.against_all]).collect();
        lines.push(announce_sum(&parts, base, lang));
    }
    lines
}

/// What the printed shares add up to, and why where it is not a hundred.
#[must_use]
pub fn announce_sum(parts: &[u64], base: u64, lang: Language) -> String {
    let tenths = shares::sum_printed_tenths(parts, base);
    let sum = localize_share(lang, &format!("{}.{}", tenths / 10, tenths % 10));
    let id = if tenths == 1000 { "announce-whole" } else { "announce-rounded" };
    let args: &[(&str, Value<'_>)] =
        &[("sum", sum.into()), ("votes", group_digits(&base.to_string()).into())];
    program_catalogue().format_text(lang, id, args)
}

fn announce_turnout(election: &Election, lang: Language) -> Vec<String> {
    let say = |id: &str, args: &[(&str, Value<'_>)]| program_catalogue().format_text(lang, id, args);
    let totals = election.totals();
    let took = totals.participated();
    let of_listed = |part: u64| localize_share(lang, &format_percent(part, totals.voters, 1));
    let counted = election.current_protocols().count;
    let invalidated = election.invalidated_precincts().len();
    let corrected = election.polls.values().filter(|poll| poll.protocols.len() > 1).count();
    let args = [
        ("took", figure(took)),
        ("voters", figure(totals.voters)),
        ("share", of_listed(took).into()),
        ("invalid", figure(totals.invalid)),
    ];
    let issued = [("issued", figure(totals.issued)), ("share", of_listed(totals.issued).into())];
    let of = of_protocols(election, lang);
    let mut lines = vec![
        end_sentence(&say("announce-turnout", &args), &of),
        end_sentence(&say("announce-issued", &issued), &of),
        say("announce-precincts", &[("counted", counted.into()), ("all", election.polls.len().into())]),
    ];
    if invalidated > 0 {
        lines.push(say("announce-invalidated", &[("n", invalidated.into())]));
    }
    if corrected > 0 {
        lines.push(say("announce-corrected", &[("n", corrected.into())]));
    }
    lines
}
