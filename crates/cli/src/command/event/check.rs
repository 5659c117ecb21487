//! `hattama event check`: a protocol's sums and control ratios, before anybody signs.
//!
//! Each ratio with both of its sides, with what the ledger says was sent to the precinct. The ratios are the law's.

use std::path::{Path, PathBuf};

use clap::Args;
use client::files::read_signed;
use commission::{
    book::Book,
    legible::ratios::{RatioStand, find_protocol, judge_ratios},
};
use event::{Hash, SignedEvent};
use law::{Sent, facts::Protocol, state::Poll};
use ledger::{Chain, Head, Prospect};
use phrase::{Phrase, Phrased as _, phrase};
use texts::{
    group_digits,
    program::{answer_language, say},
};

use super::{
    doubts::describe_finding,
    shown::{NameWords, OpenedNames, describe_document},
};
use crate::{
    fault::Fault,
    open::received_at,
    terminal::{eprint, print},
};

/// Add a protocol up, check its control ratios and ask the law, before it is signed
///
/// Exit code: 0 every ratio holds or is explained on the paper and the ledger would take it in, 1 one does not, the event does
/// not follow in its author's chain, or a rule refuses it.
#[derive(Debug, Args)]
pub(crate) struct CheckWords {
    /// The draft, signed or not
    file: PathBuf,
    /// Asked too: what was sent to the precinct, the place in the author's chain, the law
    #[command(flatten)]
    names: NameWords,
}

impl CheckWords {
    pub(crate) fn run(self) -> Result<(), Fault> {
        let signed = read_signed(&self.file)?;
        let names = self.names.open(&self.file)?;
        print(&describe_document(&signed, &names)?);
        print("");
        let head = match names {
            OpenedNames::Nobody => None,
            OpenedNames::Ledger(head) => Some(head),
            OpenedNames::Book(book) => return by_the_book(&self.file, &signed, &book),
        };
        let head = head.as_deref();
        let (lines, broken) = check_ratios(&signed, head.and_then(|head| find_poll(head, &signed)));
        lines.iter().for_each(|line| print(line));
        if lines.is_empty() {
            print(&say("check-no-figures", &[]));
        }
        if broken > 0 {
            // What else the law would refuse is said in the same breath: the paper is looked at once.
            if let Some(Err(refusal)) = head.map(|head| ask_the_law(&self.file, &signed, head)) {
                eprint(&refusal.to_sentence());
            }
            return Err(Fault::DoesNotAddUp { path: self.file, found: broken });
        }
        let Some(head) = head else { return Ok(()) };
        require_next_place(&self.file, &signed, head)?;
        ask_the_law(&self.file, &signed, head)
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
    find_protocol(signed).map(|(_, protocol)| list_ratios(&protocol, sent)).unwrap_or_default()
}

/// What happened at the precinct so far, as the ledger has it.
fn find_poll<'a>(head: &'a Head, signed: &SignedEvent) -> Option<&'a Poll> {
    let election = head.state().elections.get(signed.event.election.as_ref()?)?;
    election.polls.get(&find_protocol(signed)?.0)
}

/// One line for the sum and one for each ratio; how many do not hold.
fn list_ratios(protocol: &Protocol, sent: Sent) -> (Vec<String>, usize) {
    let count = &protocol.count;
    let votes: u128 = count.votes.iter().map(|one| u128::from(one.votes)).sum();
    let figure = |figure: u128| group_digits(&figure.to_string()).into();
    let args = [
        ("votes", figure(votes)),
        ("against", figure(count.against_all.into())),
        ("invalid", figure(count.invalid.into())),
        ("sum", figure(votes + u128::from(count.against_all) + u128::from(count.invalid))),
        ("found", figure(count.found.into())),
    ];
    let judged = judge_ratios(protocol, sent, answer_language());
    let broken = judged.iter().filter(|one| one.stand == RatioStand::Broken).count();
    let each = judged
        .iter()
        .map(|one| format!("{:<12} {}  {}", one.stand.word(answer_language()), one.rule.id(), one.words));
    (std::iter::once(say("check-sum", &args)).chain(each).collect(), broken)
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
