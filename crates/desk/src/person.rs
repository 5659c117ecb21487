//! Who sits at a desk of a territorial commission: whoever unlocked a member's key there. The key itself is forgotten at once.

use event::{Id, Key};
use law::{State, facts::Level, state::Holder};

/// A member of a commission, by the key that was unlocked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DeskPerson {
    pub(crate) commission: Id,
    pub(crate) seat: Id,
    pub(crate) key: Key,
}

impl DeskPerson {
    /// Whose key it is, as the ledger has it now: a key in force of a member of a territorial commission.
    pub(crate) fn of_key(state: &State, key: Key) -> Option<Self> {
        let record = state.keys.get(&key).filter(|record| record.revoked.is_none())?;
        let Holder::Member { commission, seat } = &record.holder else { return None };
        let own = state.commissions.get(commission)?;
        let sits = own.seat(seat.as_str()).is_some_and(|own| own.key == Some(key) && own.suspended.is_none());
        let speaks = own.level == Level::Territorial && own.dissolved.is_none() && sits;
        speaks.then(|| Self { commission: commission.clone(), seat: seat.clone(), key })
    }
}
