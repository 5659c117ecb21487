//! Whether an act that somebody brought along is a commission's own: signed by as many of its keys as the law asks for.
//!
//! Only such an act can accuse a ledger. One member alone, a key that was in doubt already, strangers with keys of their own
//! cannot speak for a commission. Elsewhere: what a contradiction proves to others (`evidence`).

use std::collections::BTreeSet;

use event::{Checked, Id};
use law::{
    Fact, Signing, State,
    facts::Quorum,
    signing_rule,
    state::{Commission, Holder},
};

/// Whether the signers of an act are enough members of its author, under keys that are registered for them and were not in
/// doubt when it was signed.
pub(crate) fn is_act_of_commission(state: &State, checked: &Checked) -> bool {
    let event = checked.event();
    let Some(commission) = state.commissions.get(&event.author) else { return false };
    let Ok(fact) = Fact::read(event, checked.bytes()) else { return false };
    let mut seats = BTreeSet::new();
    for key in &event.signers {
        let Some(record) = state.keys.get(key) else { return false };
        let Holder::Member { commission: own, seat } = &record.holder else { return false };
        let doubtful =
            record.revoked.as_ref().is_some_and(|revoked| revoked.since.seconds() <= event.at.seconds());
        if *own != event.author || doubtful {
            return false;
        }
        seats.insert(seat);
    }
    have_enough_signed(state, commission, &fact, &seats)
}

fn have_enough_signed(state: &State, commission: &Commission, fact: &Fact, seats: &BTreeSet<&Id>) -> bool {
    let majority = seats.len() * 2 > commission.seat_count();
    match signing_rule(fact) {
        Signing::Board(_) => majority,
        Signing::Chair(_) | Signing::Officer(_) => seats.len() == 1,
        Signing::Quorum => {
            let officers = ["chair", "deputy", "secretary"];
            let two = seats.iter().filter(|seat| officers.contains(&seat.as_str())).count() >= 2;
            let all = state.charter.as_ref().is_some_and(|charter| charter.quorum == Quorum::Majority);
            two && (majority || !all)
        }
        Signing::EveryRoot | Signing::Roots | Signing::RootHandover | Signing::Office => false,
    }
}

/// How many of the keys under an act are registered for members of its author.
pub(crate) fn count_own_keys(state: &State, checked: &Checked) -> usize {
    let event = checked.event();
    let own = event.signers.iter().filter(|key| {
        let holder = state.keys.get(key).map(|record| &record.holder);
        matches!(holder, Some(Holder::Member { commission, .. }) if *commission == event.author)
    });
    own.count()
}
