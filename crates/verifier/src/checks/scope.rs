//! What was verified, and what people must compare with their own eyes.

use event::{Hash, sha256};
use law::facts::Clock;

use crate::{
    checks::{by_hand, context::Context, transcriptions},
    hand_count::HandCount,
    scope_lines::{EyeLine, ScopeLine},
    source::content::SourceKind,
};

/// What was verified.
pub(crate) fn scope_lines(context: &Context<'_>) -> Vec<ScopeLine> {
    let state = context.replayed.head.state();
    let mut lines = vec![ScopeLine::Source(context.source.name.clone())];
    if context.source.kind == SourceKind::Address {
        lines.push(ScopeLine::NotListed);
    }
    let beside = &context.source.beside;
    if !beside.names.is_empty() {
        lines.push(ScopeLine::NotLookedAt(beside.names.join(", ")));
    }
    if beside.unsigned_entries > 0 {
        lines.push(ScopeLine::BehindTheHead(beside.unsigned_entries));
    }
    if let Some(charter) = context.charter() {
        lines.push(ScopeLine::Ledger(charter.name.to_string()));
        lines.push(ScopeLine::Origin(charter.origin.to_string()));
        if charter.test {
            lines.push(ScopeLine::Test);
        }
        let synthetic = state.synthetic_kinds();
        if !synthetic.is_empty() {
            lines.push(ScopeLine::Synthetic(synthetic));
        }
        if charter.clock == Clock::Simulated {
            lines.push(ScopeLine::SimulatedClock);
        }
    }
    lines.push(ScopeLine::Entries(context.published.tree.size()));
    if let Some((first, last)) = context.replayed.span {
        lines.push(ScopeLine::Received { first, last });
    }
    let elections: Vec<&str> = state.elections.keys().map(event::Id::as_str).collect();
    lines.extend([
        ScopeLine::Snapshots(context.published.snapshots.len()),
        ScopeLine::Elections(elections.join(", ")),
        ScopeLine::Pins(context.inputs.pins.len()),
        ScopeLine::Verifier,
    ]);
    lines
}

/// So many transcriptions that changed the order are told one by one; the others are counted.
const CHANGED_ORDERS_MAX: usize = 50;

/// What people must compare with their own eyes.
pub(crate) fn eye_lines(context: &Context<'_>) -> Vec<EyeLine> {
    let state = context.replayed.head.state();
    let mut lines: Vec<EyeLine> = context.ledger().into_iter().map(EyeLine::LedgerId).collect();
    let keys = context.charter().into_iter().flat_map(|charter| &charter.root_keys);
    lines.extend(keys.map(|key| EyeLine::RootKey(sha256(&[&key.0]))));
    let voters =
        state.precincts.values().fold(0_u64, |sum, precinct| sum.saturating_add(precinct.formed.voters));
    lines.extend([
        EyeLine::TreeRoot(Hash(context.published.tree.root())),
        EyeLine::Precincts(state.precincts.len()),
        EyeLine::Voters(voters),
        EyeLine::Candidates(state.elections.values().map(|election| election.candidates.len()).sum()),
        EyeLine::TestLedger(context.charter().is_some_and(|charter| charter.test)),
    ]);
    lines.extend(context.inputs.program.map(EyeLine::Program));
    let changed = transcriptions::list_changed_orders(context);
    let more = changed.len().saturating_sub(CHANGED_ORDERS_MAX);
    lines.extend(changed.into_iter().take(CHANGED_ORDERS_MAX).map(EyeLine::ChangedOrder));
    lines.extend((more > 0).then_some(EyeLine::MoreChangedOrders(more)));
    for (election, precinct, poll) in by_hand::draw_precincts(context) {
        let Some(current) = poll.current() else { continue };
        let number = state.precincts.get(precinct).map_or("", |own| own.formed.number.as_str());
        let election = state.elections.get(election);
        lines.push(EyeLine::AddUp(HandCount::of(precinct, number, election, &current.protocol.count)));
    }
    lines
}
