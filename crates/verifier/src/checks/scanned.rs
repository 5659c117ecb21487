//! What was scanned at a precinct against the ledger: OBS-02.
//!
//! Looks at the scanned protocol and the protocols that the ledger holds of its precinct. Elsewhere: reading codes
//! (`cli`).

use phrase::{Phrase, ToArgument, phrase};

use law::{
    Rule,
    facts::Count,
    state::{Poll, ProtocolRecord},
};
use ledger::Chain;

use crate::{
    brought::BroughtOutcome,
    checks::{
        context::Context,
        signed_acts::{count_own_keys, is_act_of_commission},
    },
    compare::{
        compared_sheet::{ComparedSheet, LineDifference, SheetOutcome},
        scan::{Scan, list_lines},
    },
    findings::Findings,
    found_message::{FoundMessage, quote},
    not_run::NotRun,
    scope_lines::ScopeLine,
};

const RULE: Rule = Rule::Obs02;

/// Compares every scanned protocol; tells for each, in one line, what the ledger says of it.
pub(crate) fn check_scans(context: &Context<'_>, findings: &mut Findings) -> Vec<ScopeLine> {
    let scans = context.inputs.scans;
    let told = scans.iter().map(|scan| compare_scan(context, scan, findings)).collect();
    findings.not_run(RULE, NotRun::NoScan);
    told
}

/// What the ledger says of a sheet.
struct Judged {
    outcome: SheetOutcome,
    /// The protocol that counts.
    entry: Option<u64>,
    differences: Vec<LineDifference>,
    said: Phrase,
}

impl Judged {
    fn of(outcome: SheetOutcome, entry: Option<u64>, said: Phrase) -> Self {
        Self { outcome, entry, differences: Vec::new(), said }
    }
}

/// Compares one protocol that its commission may have signed; in one line of the scope what the ledger says of it.
pub(crate) fn compare_scan(context: &Context<'_>, scan: &Scan, findings: &mut Findings) -> ScopeLine {
    let Judged { outcome, entry, differences, said } = judge_scan(context, scan, findings);
    let event = scan.checked().hash();
    ScopeLine::ScannedProtocol(Box::new(ComparedSheet {
        place: scan.place().to_owned(),
        precinct: scan.precinct().to_string(),
        election: scan.checked().event().election.clone(),
        event,
        outcome,
        entry,
        differences,
        said: phrase!("scope-scanned-event", "{precinct}, event {event}: {said}", precinct = scan.precinct()),
    }))
}

fn judge_scan(context: &Context<'_>, scan: &Scan, findings: &mut Findings) -> Judged {
    let (event, subject) = (scan.checked().event(), scan.precinct().as_str());
    if context.ledger() != Some(event.ledger) {
        let own =
            context.ledger().map_or_else(|| phrase!("found-no-charter", "no charter").to_argument(), quote);
        let message = FoundMessage::expected(
            phrase!("found-this-ledger", "this ledger"),
            phrase!(
                "found-a-protocol-of-another-not",
                "a protocol of another: {ledger}, not {found}",
                ledger = event.ledger,
                found = own
            ),
        );
        findings.brought(RULE, subject, message, BroughtOutcome::OtherLedger);
        let said = phrase!("scanned-of-another-ledger", "of another ledger");
        return Judged::of(SheetOutcome::OtherLedger, None, said);
    }
    let poll = find_poll(context, scan);
    let records = poll.map(|poll| poll.protocols.as_slice()).unwrap_or_default();
    let hash = scan.checked().hash();
    findings.count_examined(RULE, 1);
    if let Some((at, record)) = records.iter().enumerate().find(|(_, record)| record.event == hash) {
        return match records.get(at + 1..).and_then(|later| later.last()) {
            None => {
                let entry = record.index;
                let said = phrase!("scanned-the-same", "the same event at entry {entry}");
                Judged::of(SheetOutcome::Same, Some(entry), said)
            }
            Some(now) => describe_superseded(scan, record, now, findings),
        };
    }
    if !context.replayed.is_complete() {
        // What stands behind the place where the replay stopped was not judged.
        let size = context.replayed.head.size();
        let message = FoundMessage::expected(
            phrase!("found-the-scanned-protocol", "the scanned protocol"),
            phrase!("found-no-more-than-entries-that-hold", "no more than {size} entries that hold"),
        );
        findings.error(RULE, None, subject, message);
        let said = phrase!("scanned-not-among", "not among the {size} entries that hold");
        return Judged::of(SheetOutcome::NotJudged, None, said);
    }
    judge_foreign_scan(context, scan, poll, findings)
}

/// A protocol that the ledger does not have: of strangers, given up, still to come, or a contradiction.
fn judge_foreign_scan(
    context: &Context<'_>,
    scan: &Scan,
    poll: Option<&Poll>,
    findings: &mut Findings,
) -> Judged {
    let (event, subject) = (scan.checked().event(), scan.precinct().as_str());
    let (head, hash) = (&context.replayed.head, scan.checked().hash());
    let keys = name_keys(context, scan);
    let now = poll.and_then(Poll::current);
    let own_precinct = head.state().precincts.get(scan.precinct());
    let of_author = own_precinct.is_some_and(|precinct| precinct.formed.commission == event.author);
    if !of_author || !is_act_of_commission(head.state(), scan.checked()) {
        let expected = phrase!(
            "found-a-protocol-that-the-commission-of-signed",
            "a protocol that the commission of {precinct} signed",
            precinct = scan.precinct()
        );
        findings.brought(RULE, subject, FoundMessage::expected(expected, keys), BroughtOutcome::Stranger);
        let said = phrase!("scanned-of-strangers", "not signed by its commission");
        return Judged::of(SheetOutcome::Stranger, now.map(|now| now.index), said);
    }
    if head.is_voided(event, &hash) {
        let message = phrase!(
            "found-signed-and-given-up",
            "the commission signed it, and gave it up later by an act in the ledger"
        );
        findings.warn(RULE, None, subject, FoundMessage::stated(message), None);
        let said = phrase!("scanned-given-up", "given up by its commission");
        return Judged::of(SheetOutcome::GivenUp, now.map(|now| now.index), said);
    }
    let (next, _) = head.next_in(&Chain::of_event(event));
    // A precinct signs one protocol, and later ones in its place: a second first one can never come.
    let may_come = now.is_none() || scan.supersedes().is_some();
    if event.author_seq >= next && may_come && head.state().closed.is_none() {
        let size = head.size();
        let found = match now {
            None => phrase!(
                "found-none-of-this-precinct-yet",
                "none of this precinct in {size} entries: it may come; {keys}",
                keys = &keys
            ),
            Some(_) => phrase!(
                "found-its-chain-up-to-place-only",
                "its chain up to place {next} only, in {size} entries: it may come; {keys}",
                keys = &keys
            ),
        };
        let message =
            FoundMessage::expected(phrase!("found-the-scanned-protocol", "the scanned protocol"), found);
        findings.brought(RULE, subject, message, BroughtOutcome::NotThereYet);
        let said = phrase!("scanned-not-there-yet", "not there yet");
        return Judged::of(SheetOutcome::NotThereYet, None, said);
    }
    fail_foreign_scan(context, scan, now, findings)
}

/// What its own commission signed and the ledger has not, and no longer can have.
fn fail_foreign_scan(
    context: &Context<'_>,
    scan: &Scan,
    now: Option<&ProtocolRecord>,
    findings: &mut Findings,
) -> Judged {
    let (subject, size) = (scan.precinct().as_str(), context.replayed.head.size());
    let keys = name_keys(context, scan);
    let mut fail = |entry: Option<u64>, message: FoundMessage| findings.fail(RULE, entry, subject, message);
    let Some(now) = now else {
        let found = phrase!(
            "found-none-of-this-precinct-in-entries",
            "none of this precinct in {size} entries; {keys}",
            keys = &keys
        );
        fail(
            None,
            FoundMessage::expected(phrase!("found-the-scanned-protocol", "the scanned protocol"), found),
        );
        let said = phrase!("scanned-not-in-the-ledger", "not in the ledger");
        return Judged::of(SheetOutcome::Absent, None, said);
    };
    let entry = now.index;
    Judged {
        outcome: SheetOutcome::Differs,
        entry: Some(entry),
        differences: fail_differences(scan, now, &keys, &mut fail),
        said: phrase!("scanned-differs", "a different protocol of this precinct stands at entry {entry}"),
    }
}

/// The protocol that counts is another: with the same figures, or with others, each told.
fn fail_differences(
    scan: &Scan,
    now: &ProtocolRecord,
    keys: &Phrase,
    fail: &mut impl FnMut(Option<u64>, FoundMessage),
) -> Vec<LineDifference> {
    let differences = list_differences(&scan.protocol().count, &now.protocol.count);
    let entry = Some(now.index);
    if differences.is_empty() {
        fail(
            entry,
            FoundMessage::expected(
                phrase!("found-event", "event {hash}", hash = scan.checked().hash()),
                phrase!(
                    "found-another-one-with-the-same-figures",
                    "another one with the same figures; {keys}"
                ),
            ),
        );
    } else {
        fail(
            entry,
            FoundMessage::expected(
                phrase!("found-the-scanned-protocol", "the scanned protocol"),
                phrase!("found-another-one", "another one; {keys}"),
            ),
        );
    }
    for (line, scanned, found) in &differences {
        fail(
            entry,
            FoundMessage::stated(phrase!(
                "found-scanned-in-the-ledger",
                "{line}: scanned {scanned}, in the ledger {found}"
            )),
        );
    }
    differences
}

fn find_poll<'a>(context: &'a Context<'_>, scan: &Scan) -> Option<&'a Poll> {
    let election = scan.checked().event().election.as_ref()?;
    context.replayed.head.state().elections.get(election)?.polls.get(scan.precinct())
}

/// The paper on the wall is older than the protocol that counts: nothing is false, and people must look.
fn describe_superseded(
    scan: &Scan,
    then: &ProtocolRecord,
    now: &ProtocolRecord,
    findings: &mut Findings,
) -> Judged {
    let (subject, entry) = (scan.precinct().as_str(), Some(now.index));
    let said = phrase!(
        "found-the-event-superseded",
        "the event at entry {then}, superseded by entry {now}",
        then = then.index,
        now = now.index
    );
    let mut warn = |message: Phrase, why| {
        let message = FoundMessage::stated(message);
        findings.warn(RULE, entry, subject, message, why);
    };
    let why = now.correction.as_ref().map(|(_, reason)| reason.to_string());
    warn(phrase!("found-scanned-is", "scanned is {said}", said = &said), why);
    let differences = list_differences(&scan.protocol().count, &now.protocol.count);
    for (line, scanned, found) in &differences {
        warn(phrase!("found-scanned-and-now", "{line}: scanned {scanned}, now {found}"), None);
    }
    Judged { outcome: SheetOutcome::Superseded, entry, differences, said }
}

/// Whether the keys are of the commission: a forged sheet and a protocol kept back look different.
fn name_keys(context: &Context<'_>, scan: &Scan) -> Phrase {
    let (event, state) = (scan.checked().event(), context.replayed.head.state());
    let own = count_own_keys(state, scan.checked());
    phrase!(
        "found-keys-of-the-commission",
        "{own} of its {all} keys are of {author} by the ledger",
        all = event.signers.len(),
        author = event.author
    )
}

/// Every line that differs, by name.
fn list_differences(scanned: &Count, found: &Count) -> Vec<LineDifference> {
    let (scanned, found) = (list_lines(scanned), list_lines(found));
    let value = |lines: &[(String, String)], name: &str| {
        let line = lines.iter().find(|(line, _)| line == name);
        line.map_or_else(|| "nothing".to_owned(), |(_, value)| value.clone())
    };
    let mut names: Vec<&String> = scanned.iter().map(|(name, _)| name).collect();
    names.extend(found.iter().map(|(name, _)| name).filter(|name| value(&scanned, name) == "nothing"));
    let both = names.into_iter().map(|name| (name.clone(), value(&scanned, name), value(&found, name)));
    both.filter(|(_, scanned, found)| scanned != found).collect()
}
