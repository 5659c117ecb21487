//! `hattama event check`: a protocol's sums and control ratios, before anybody signs.
//!
//! Each ratio with both of its sides, with what the ledger says was sent to the precinct. The ratios are the law's.

use std::path::{Path, PathBuf};

use clap::Args;
use client::files::read_signed;
use commission::book::{Book, layout::is_book};
use event::{Hash, SignedEvent};
use law::{
    Fact, Line, Ratio, Sent,
    facts::{Count, Protocol},
    state::Poll,
};
use ledger::{Chain, Head, Prospect};
use phrase::{Phrase, Phrased as _, phrase};
use texts::program::say;

use super::doubts::describe_finding;
use crate::{fault::Fault, open::received_at, source, terminal::print};

/// Add a protocol up, check its control ratios and ask the law, before it is signed
///
/// Exit code: 0 every ratio holds or is explained on the paper and the ledger would take it in, 1 one does not, the event does
/// not follow in its author's chain, or a rule refuses it.
#[derive(Debug, Args)]
pub(crate) struct CheckWords {
    /// The draft, signed or not
    file: PathBuf,
    /// The ledger, or a published copy of it: what was sent to the precinct is compared, and the place in the author's chain
    #[arg(long, env = "HATTAMA_LEDGER", value_name = "SOURCE")]
    ledger: Option<PathBuf>,
    /// A precinct's book, instead of a ledger: the law is asked too, as far as the book knows
    #[arg(long, env = "HATTAMA_BOOK", value_name = "DIR")]
    book: Option<PathBuf>,
}

/// How a ratio stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stand {
    Holds,
    Broken,
    Explained,
    Noted,
    Open,
}

impl CheckWords {
    pub(crate) fn run(self) -> Result<(), Fault> {
        let signed = read_signed(&self.file)?;
        let named_book = self.ledger.as_deref().filter(|dir| is_book(dir));
        if let Some(dir) = self.book.as_deref().or(named_book) {
            return by_the_book(&self.file, &signed, &Book::open(dir)?);
        }
        let head = self.ledger.as_deref().map(|source| source::replay_source(source, None)).transpose()?;
        let (lines, broken) = check_ratios(&signed, head.as_ref().and_then(|head| find_poll(head, &signed)));
        lines.iter().for_each(|line| print(line));
        if lines.is_empty() {
            print(&say("check-no-figures", &[]));
        }
        if broken > 0 {
            return Err(Fault::DoesNotAddUp { path: self.file, found: broken });
        }
        let Some(head) = head else { return Ok(()) };
        require_next_place(&self.file, &signed, &head)?;
        ask_the_law(&self.file, &signed, &head)
    }
}

/// The sums, and what the ledger would say as far as the book knows: of a draft, and of what was signed already.
fn by_the_book(file: &Path, signed: &SignedEvent, book: &Book) -> Result<(), Fault> {
    let (lines, broken) = check_ratios(signed, book.poll());
    lines.iter().for_each(|line| print(line));
    if lines.is_empty() {
        print(&say("check-no-figures", &[]));
    }
    if broken > 0 {
        return Err(Fault::DoesNotAddUp { path: file.to_owned(), found: broken });
    }
    let refused = |violation| Err(Fault::ByTheBook { path: file.to_owned(), violation });
    let chain = Chain::of_event(&signed.event);
    let hash = signed.hash();
    if let Some(unusable) =
        book.unusable.iter().find(|unusable| unusable.path.file_name() == file.file_name())
    {
        return Err(untrue_file(file, unusable.fault.phrase()));
    }
    let own = book.own.iter().find(|(_, own)| own.hash() == hash);
    let doubt = own.and_then(|(path, _)| book.doubtful.iter().find(|(doubtful, _)| doubtful == path));
    if let Some((_, violation)) = doubt {
        return refused(violation.clone());
    }
    if !book.excerpt.knows_event(&hash) {
        let (seq, prev) = book.excerpt.next_in(&chain);
        if (seq, prev) != (signed.event.author_seq, signed.event.author_prev) {
            return Err(misplaced(file, signed, (seq, prev)));
        }
        if let Err(violation) = book.excerpt.judge_event(signed)? {
            return refused(violation);
        }
    }
    let place = signed.event.author_seq.to_string();
    print(&say("check-follows", &[("place", place.into()), ("chain", chain.key().into())]));
    Ok(())
}

/// What a signer sees before the passphrase: nothing for an event without a protocol.
pub(super) fn describe_ratios(signed: &SignedEvent) -> String {
    check_ratios(signed, None).0.join("\n")
}

/// One line for the sum and one for each ratio, and how many do not hold; none for an event without a protocol.
pub(super) fn check_ratios(signed: &SignedEvent, poll: Option<&Poll>) -> (Vec<String>, usize) {
    let sent = poll.map_or_else(Sent::default, |poll| Sent { delivered: poll.delivered, listed: poll.list });
    read_protocol(signed).map(|(_, protocol)| judge_ratios(&protocol, sent)).unwrap_or_default()
}

fn read_protocol(signed: &SignedEvent) -> Option<(event::Id, Protocol)> {
    let body = signed.event.body.text().as_bytes();
    match Fact::read_body(signed.event.fact.as_str(), body).ok()? {
        Fact::ProtocolSigned(body) => Some((body.precinct, body.protocol)),
        Fact::ProtocolSuperseded(body) => Some((body.precinct, body.protocol)),
        _ => None,
    }
}

/// What happened at the precinct so far, as the ledger has it.
fn find_poll<'a>(head: &'a Head, signed: &SignedEvent) -> Option<&'a Poll> {
    let election = head.state().elections.get(signed.event.election.as_ref()?)?;
    election.polls.get(&read_protocol(signed)?.0)
}

/// One line for the sum and one for each ratio; how many do not hold.
fn judge_ratios(protocol: &Protocol, sent: Sent) -> (Vec<String>, usize) {
    let count = &protocol.count;
    let votes: u128 = count.votes.iter().map(|one| u128::from(one.votes)).sum();
    let args = [
        ("votes", votes.to_string().into()),
        ("against", count.against_all.to_string().into()),
        ("invalid", count.invalid.to_string().into()),
        ("sum", (votes + u128::from(count.against_all) + u128::from(count.invalid)).to_string().into()),
        ("found", count.found.to_string().into()),
    ];
    let (mut lines, mut broken) = (vec![say("check-sum", &args)], 0);
    for ratio in Ratio::ALL.iter().copied() {
        let stand = judge_ratio(ratio, protocol, sent);
        broken += usize::from(stand == Stand::Broken);
        let id = match stand {
            Stand::Holds => "ratio-holds",
            Stand::Broken => "ratio-broken",
            Stand::Explained => "ratio-explained",
            Stand::Noted => "ratio-noted",
            Stand::Open => "ratio-open",
        };
        let rule = ratio.rule().id();
        lines.push(format!(
            "{:<12} {rule}  {}{}",
            say(id, &[]),
            ratio.words(),
            describe_figures(ratio, count, sent)
        ));
    }
    (lines, broken)
}

fn judge_ratio(ratio: Ratio, protocol: &Protocol, sent: Sent) -> Stand {
    if ratio.needs().iter().any(|line| line_value(*line, &protocol.count, sent).is_none()) {
        return Stand::Open;
    }
    let explained = protocol.explanations.iter().any(|one| one.rule.as_str() == ratio.rule().id());
    match ratio.check_ratio(&protocol.count, sent) {
        None => Stand::Holds,
        Some(_) if !ratio.refuses() => Stand::Noted,
        Some(_) if explained => Stand::Explained,
        Some(_) => Stand::Broken,
    }
}

/// Both sides of an equation, else each figure that is read.
fn describe_figures(ratio: Ratio, count: &Count, sent: Sent) -> String {
    let told = |line: &Line| {
        line_value(*line, count, sent).map_or_else(|| "?".to_owned(), |value| value.to_string())
    };
    match ratio.sides() {
        Some((left, right)) => {
            let side = |lines: &[Line]| lines.iter().map(told).collect::<Vec<_>>().join(" + ");
            let sum: Option<u128> = right.iter().map(|line| line_value(*line, count, sent)).sum();
            let sum = sum.filter(|_| right.len() > 1).map_or_else(String::new, |sum| format!(" = {sum}"));
            format!(": {} | {}{sum}", side(left), side(right))
        }
        None => {
            let each = |line: &Line| format!("{} {}", line.words(), told(line));
            format!(": {}", ratio.needs().iter().map(each).collect::<Vec<_>>().join(", "))
        }
    }
}

/// A line of the protocol; none where only the ledger would know it.
fn line_value(line: Line, count: &Count, sent: Sent) -> Option<u128> {
    let one = |value: u64| Some(u128::from(value));
    let sum = |values: &mut dyn Iterator<Item = u64>| Some(values.map(u128::from).sum());
    match line {
        Line::Absentee => one(count.absentee),
        Line::AgainstAll => one(count.against_all),
        Line::Cancelled => one(count.cancelled),
        Line::Damaged => one(count.damaged.as_ref().map_or(0, |damaged| damaged.count)),
        Line::Found => one(count.found),
        Line::HomeApplications => one(count.home_applications),
        Line::Invalid => one(count.invalid),
        Line::Issued => one(count.issued),
        Line::IssuedBy => sum(&mut count.issued_by.iter().map(|share| share.issued)),
        Line::PortableApplications => sum(&mut count.portable.iter().map(|one| one.applications)),
        Line::PortableFound => sum(&mut count.portable.iter().map(|one| one.found)),
        Line::Received => one(count.received),
        Line::Stationary => one(count.stationary),
        Line::Voters => one(count.voters),
        Line::Votes => sum(&mut count.votes.iter().map(|one| one.votes)),
        Line::Delivered => sent.delivered.map(u128::from),
        Line::Listed => sent.listed.map(u128::from),
    }
}

/// Whether it stands at the author's next place.
fn require_next_place(file: &Path, signed: &SignedEvent, head: &Head) -> Result<(), Fault> {
    let chain = Chain::of_event(&signed.event);
    let (seq, prev) = head.next_in(&chain);
    if (seq, prev) == (signed.event.author_seq, signed.event.author_prev) {
        print(&say("check-follows", &[("place", seq.to_string().into()), ("chain", chain.key().into())]));
        return Ok(());
    }
    Err(misplaced(file, signed, (seq, prev)))
}

/// What the ledger would say if the event came now: every refusal, and what it would note.
fn ask_the_law(file: &Path, signed: &SignedEvent, head: &Head) -> Result<(), Fault> {
    let received = received_at(head.state(), &signed.event.at)?;
    let findings = Prospect::new(head).judge(signed, received);
    let findings =
        findings.map_err(|refusal| Fault::Unlawful { path: file.to_owned(), refusal: Box::new(refusal) })?;
    findings.iter().for_each(|finding| print(&describe_finding(finding)));
    print(&say("check-lawful", &[]));
    Ok(())
}

fn misplaced(file: &Path, signed: &SignedEvent, (seq, prev): (u64, Hash)) -> Fault {
    let (found, before) = (signed.event.author_seq, signed.event.author_prev);
    let chain = Chain::of_event(&signed.event);
    untrue_file(
        file,
        phrase!(
            "misplaced-in-chain",
            "expected place {seq} after event {prev} in the chain {chain}, found {found} after {before}"
        ),
    )
}

fn untrue_file(file: &Path, found: Phrase) -> Fault {
    Fault::Untrue { path: file.to_owned(), found }
}
