//! The election of the akim of Semey on 12 October 2025, played into a fresh ledger.
//!
//! In: cast, script, figures. Out: the command that tells the story (`command::demo`).
//!
//! Real, as published: voting day, numbers of precincts, members and voters, the candidates, who withdrew and when, the
//! shares. Synthetic, and marked so by the ledger's test flag: every precinct's figures, the day of calling, names of
//! commission members, birth years, papers. All keys derive from a public seed.

pub mod cast;
pub mod figures;
pub mod stage;

mod campaign;
mod ending;
mod names;
mod opening;
pub(crate) mod papers;
mod voting;

pub use campaign::campaign;
pub use ending::{corrections, ending};
pub use opening::{calling, charter, commissions, formed};
pub use voting::voting_day;

/// The seed of every key and figure, public on purpose.
pub const SEED: &str = "semey-2025-10-12";
/// The election's id.
pub const ELECTION: &str = "semey-2025";
/// The territorial commission.
pub const TEC: &str = "tec-semey";
