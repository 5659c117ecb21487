//! Copies of protocols on paper against the ledger: OBS-01, OBS-03, OBS-05.
//!
//! Looks at each copy against the protocol that counts and those before it, and how much so many copies show.
//! Elsewhere: the comparison itself (`copies`), the chances (`detection`), signed copies (`scanned`), a quick count
//! (`quick_count`).

use std::collections::{BTreeMap, BTreeSet};

use event::Id;
use law::{
    Rule,
    state::{Election, Poll},
};
use phrase::{Phrase, phrase};

use crate::{
    brought::BroughtOutcome,
    checks::context::Context,
    compare::{
        copies::{self, Different, PaperCopy, list_differences, print_figure},
        detection,
    },
    findings::Findings,
    found_message::{FoundMessage, quote},
    not_run::NotRun,
    scope_lines::ScopeLine,
};

/// Every copy; in a few lines what they came to.
pub(crate) fn check_copies(context: &Context<'_>, findings: &mut Findings) -> Vec<ScopeLine> {
    let mut held: BTreeSet<(&Id, &Id)> = BTreeSet::new();
    let mut lines = ComparedLines::new();
    let (mut same, mut differ, mut only_mine) = (0_u64, 0_u64, 0_u64);
    let mut cells: BTreeMap<(usize, usize), u64> = BTreeMap::new();
    // A draft that its commission gave up is no copy of anything: what became of it is told as of any signed act (OBS-02).
    let given_up = |copy: &&PaperCopy| {
        let own = context.inputs.scans.iter().map(|scan| scan.checked());
        let own = own.filter(|checked| Some(checked.hash()) == copy.event);
        own.into_iter().any(|checked| context.replayed.head.is_voided(checked.event(), &checked.hash()))
    };
    for copy in context.inputs.copies.iter().filter(|copy| !given_up(copy)) {
        let compared = list_legible(copy).len();
        if compared == 0 {
            let message = FoundMessage::expected(
                phrase!("found-a-figure-in-the-row-of-a-copy", "a figure in the row of a copy"),
                phrase!("found-none-an-empty-cell-is-no-zero", "none (an empty cell is no zero)"),
            );
            let subject = format!("{}, {}", copy.place, copy.precinct);
            findings.brought(Rule::Obs01, subject, message, BroughtOutcome::Unusable);
            continue;
        }
        let Some((election, precinct, poll)) = find_precinct(context, copy, findings) else {
            only_mine += 1;
            continue;
        };
        *cells.entry((compared, copy.figures.len())).or_default() += 1;
        mark_compared(&mut lines, (election, precinct), copy);
        held.insert((election, precinct));
        if compare_copy(copy, precinct, poll, findings) { same += 1 } else { differ += 1 }
    }
    if context.inputs.copies.is_empty() {
        // Rows that could not be read were told already.
        for rule in [Rule::Obs01, Rule::Obs03, Rule::Obs05] {
            findings.not_run(rule, NotRun::NoCopies);
        }
        return Vec::new();
    }
    let elections: BTreeSet<&Id> = held.iter().map(|(election, _)| *election).collect();
    let mut told = Vec::new();
    let mut only_theirs = 0;
    for id in elections {
        let Some(election) = context.replayed.head.state().elections.get(id) else { continue };
        let own = held.iter().filter(|(election, _)| *election == id).count() as u64;
        let all = with_protocol(election);
        only_theirs += all - own.min(all);
        let whole = count_whole(&lines, id, election);
        told.extend(report_coverage(id, all, whole, findings));
    }
    let held = match only_theirs {
        0 if held.is_empty() => phrase!("scope-copies-none", "you hold a copy of none of its protocols"),
        0 => phrase!("scope-copies-whole", "you hold a copy of every protocol there"),
        _ => phrase!("scope-copies-lacking", "you hold no copy of {only_theirs} others"),
    };
    let said = phrase!(
        "scope-copies-came-to",
        "{same} match, {differ} differ, {only_mine} are not in the ledger; {held}"
    );
    let cells = cells.iter().rev().map(|((compared, all), count)| match all {
        _ if *count == 1 => phrase!("scope-copy-lines", "1 copy, {compared} of {all} lines"),
        _ => phrase!("scope-copies-lines", "{count} copies, {compared} of {all} lines each"),
    });
    let said = cells.fold(said, |all, one| phrase!("found-and-then", "{all}; {one}"));
    told.insert(0, ScopeLine::Copies(said));
    findings.not_applicable(Rule::Obs01);
    findings.not_run(Rule::Obs03, NotRun::NoCopyHeld);
    told
}

/// Of each line of each election, the precincts of which a copy has a figure in it.
type ComparedLines<'a> = BTreeMap<(&'a Id, String), BTreeSet<&'a Id>>;

/// The lines of a copy that somebody could read: a cell that is empty says nothing.
fn list_legible(copy: &PaperCopy) -> Vec<(String, Option<u64>)> {
    copy.figures.iter().filter(|(_, figure)| figure.is_some()).cloned().collect()
}

fn mark_compared<'a>(
    lines: &mut ComparedLines<'a>,
    (election, precinct): (&'a Id, &'a Id),
    copy: &PaperCopy,
) {
    for (line, _) in list_legible(copy) {
        lines.entry((election, line)).or_default().insert(precinct);
    }
}

/// Of how many precincts the votes for each candidate were compared, line by line the fewest: an altered vote could stand in
/// any of them.
fn count_whole(lines: &ComparedLines<'_>, id: &Id, election: &Election) -> u64 {
    let votes = election.ballot_lines().iter().map(|candidate| format!("votes for {candidate}"));
    let compared = |line: String| lines.get(&(id, line)).map_or(0, |own| own.len() as u64);
    votes.map(compared).min().unwrap_or_default()
}

fn with_protocol(election: &Election) -> u64 {
    election.polls.values().filter(|poll| poll.current().is_some()).count() as u64
}

/// Where the ledger has the precinct of a copy: by its id, or by its number if no other one has it.
fn find_precinct<'a>(
    context: &'a Context<'_>,
    copy: &PaperCopy,
    findings: &mut Findings,
) -> Option<(&'a Id, &'a Id, &'a Poll)> {
    findings.count_examined(Rule::Obs05, 1);
    let state = context.replayed.head.state();
    let number = |id: &Id| state.precincts.get(id).map(|precinct| precinct.formed.number.as_str());
    let polls = state.elections.iter().filter(|(id, _)| copy.election.as_ref().is_none_or(|own| own == *id));
    let polls = polls
        .flat_map(|(id, election)| election.polls.iter().map(move |(precinct, poll)| (id, precinct, poll)));
    let all: Vec<_> = polls
        .filter(|(_, id, _)| id.as_str() == copy.precinct || number(id) == Some(copy.precinct.as_str()))
        .filter(|(_, _, poll)| poll.current().is_some())
        .collect();
    let subject = format!("{}, {}", copy.place, copy.precinct);
    match all.as_slice() {
        [one] => Some(*one),
        [] => {
            // A slip of the pen in the observer's own table is no lie of the ledger.
            let (message, outcome) = describe_unknown_precinct(context, copy);
            findings.brought(Rule::Obs05, &subject, message, outcome);
            None
        }
        more => {
            let names: Vec<String> =
                more.iter().map(|(election, id, _)| format!("{election}/{id}")).collect();
            let message = FoundMessage::expected(
                phrase!("found-one-precinct-of-one-election", "one precinct of one election"),
                phrase!(
                    "found-name-the-election-election",
                    "{names}: name the election (--election)",
                    names = names.join(", ")
                ),
            );
            findings.brought(Rule::Obs05, &subject, message, BroughtOutcome::Unusable);
            None
        }
    }
}

/// Why the precinct of a copy has no protocol: it is known and its protocol has not come, or nobody knows the name; then the
/// names that are nearest.
fn describe_unknown_precinct(context: &Context<'_>, copy: &PaperCopy) -> (FoundMessage, BroughtOutcome) {
    let state = context.replayed.head.state();
    let named = |id: &Id, number: &str| id.as_str() == copy.precinct || number == copy.precinct;
    let formed = state.precincts.iter().map(|(id, precinct)| (id, precinct.formed.number.as_str()));
    if formed.clone().any(|(id, number)| named(id, number)) {
        let message = FoundMessage::expected(
            phrase!(
                "found-a-protocol-of-this-precinct-in-the-ledger",
                "a protocol of this precinct in the ledger"
            ),
            phrase!("found-none-yet-it-may-come", "none yet: it may come"),
        );
        return (message, BroughtOutcome::NotThereYet);
    }
    let mut near: Vec<(usize, &str)> = formed
        .flat_map(|(id, number)| [id.as_str(), number])
        .map(|name| (count_edits(name, &copy.precinct), name))
        .filter(|(edits, _)| *edits <= EDITS_MAX)
        .collect();
    near.sort_unstable();
    let perhaps = match near.first() {
        Some((_, name)) => {
            phrase!("found-no-such-precinct-perhaps", "no such precinct; perhaps {name}", name = quote(name))
        }
        None => phrase!("found-no-such-precinct", "no such precinct"),
    };
    let expected = phrase!(
        "found-a-precinct-of-this-ledger-by-its-id-or-its-number",
        "a precinct of this ledger, by its id or its number"
    );
    (FoundMessage::expected(expected, perhaps), BroughtOutcome::Unusable)
}

/// A name with more slips than this is another name.
const EDITS_MAX: usize = 2;

/// How many letters have to be changed, added or left out to come from one name to another, whatever their case.
fn count_edits(one: &str, other: &str) -> usize {
    let (one, other): (Vec<char>, Vec<char>) =
        (one.to_lowercase().chars().collect(), other.to_lowercase().chars().take(64).collect());
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.iter().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        let mut next = vec![left];
        for (b, above) in other.iter().zip(row.iter().skip(1)) {
            let changed = diagonal + usize::from(a != b);
            left = changed.min(above + 1).min(left + 1);
            diagonal = *above;
            next.push(left);
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

/// OBS-01: the copy is that of the protocol that counts, or of one that the ledger shows as replaced.
fn compare_copy(copy: &PaperCopy, precinct: &Id, poll: &Poll, findings: &mut Findings) -> bool {
    findings.count_examined(Rule::Obs01, 1);
    let Some(current) = poll.current() else { return false };
    let figures = |record: &law::state::ProtocolRecord| copies::list_figures(&record.protocol.count);
    // A line that nobody could read on the copy contradicts nothing.
    let legible = list_legible(copy);
    let different = list_differences(&legible, &figures(current));
    let subject = format!("{precinct} ({})", copy.place);
    if different.is_empty() {
        return true;
    }
    let before = poll.protocols.iter().rev().skip(1);
    let replaced = before.into_iter().find(|record| list_differences(&legible, &figures(record)).is_empty());
    if let Some(replaced) = replaced {
        let reason = current.correction.as_ref().map(|(_, reason)| reason.to_string());
        let message = FoundMessage::stated(phrase!(
            "found-the-copy-is-of-the-protocol-at-entry-replaced-by-entry",
            "the copy is of the protocol at entry {index}, replaced by entry {index2}: {different}",
            index = replaced.index,
            index2 = current.index,
            different = print_differences(&different)
        ));
        findings.warn(Rule::Obs01, Some(current.index), &subject, message, reason);
        return true;
    }
    for Different { line, mine, theirs } in &different {
        let message = FoundMessage::expected(
            phrase!(
                "found-as-on-the-copy",
                "{line} {mine} as on the copy",
                line = quote(line),
                mine = print_figure(*mine)
            ),
            phrase!(
                "found-in-the-ledger-at-entry",
                "{theirs} in the ledger, entry {index}",
                theirs = print_figure(*theirs),
                index = current.index
            ),
        );
        // Nobody signed the table: whether it or the ledger is wrong, the sheet on the wall tells.
        findings.brought(Rule::Obs01, &subject, message, BroughtOutcome::Differs);
    }
    false
}

fn print_differences(different: &[Different]) -> Phrase {
    let one = |own: &Different| {
        phrase!(
            "found-then-and-now",
            "{line} {then} then, {now} now",
            line = quote(&own.line),
            then = print_figure(own.mine),
            now = print_figure(own.theirs)
        )
    };
    Phrase::chain(different.iter().map(one)).unwrap_or_else(|| phrase!("figure-nothing", "nothing"))
}

/// OBS-03: what so many copies of so many protocols would have shown.
fn report_coverage(election: &Id, all: u64, held: u64, findings: &mut Findings) -> Vec<ScopeLine> {
    findings.count_examined(Rule::Obs03, all);
    let chance = |altered: u64| {
        let tenths = detection::detection_tenths(all, altered, held);
        phrase!(
            "found-chance-of-detection",
            "{altered} altered: {percent} % (95 % needs {copies})",
            percent = format_args!("{}.{}", tenths / 10, tenths % 10),
            copies = detection::copies_for_95(all, altered)
        )
    };
    let table = detection::ALTERED.iter().filter(|altered| **altered <= all).map(|m| chance(*m));
    let table = table.reduce(|all, one| phrase!("found-and-then", "{all}; {one}"));
    let sure = detection::altered_for_95(all, held).map_or_else(
        || phrase!("found-no-number-seen", "no number of altered protocols would have been seen with 95 %"),
        |altered| {
            phrase!(
                "found-number-seen",
                "had {altered} or more been altered, you would have seen it with 95 %"
            )
        },
    );
    let message = FoundMessage::stated(phrase!(
        "found-you-hold-of",
        "you hold {held} of {all}: {sure}; {table}",
        table = table.unwrap_or_else(|| Phrase::verbatim(""))
    ));
    findings.fail(Rule::Obs03, None, election.as_str(), message);
    let said = phrase!(
        "scope-copies-held",
        "{election}: you hold {held} of {all}; {sure} (random, honest copies assumed)"
    );
    vec![ScopeLine::DetectionPower(said)]
}
