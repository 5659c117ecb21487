//! Elections of akims, played into a fresh ledger: Semey on 12 October 2025, and 45 at once on 5 November 2023.
//!
//! In: cast, script, contests. Out: the commands that tell the story (`command::demo`).
//!
//! Of Semey real, as published: voting day, numbers of precincts, members and voters, the candidates, who withdrew and
//! when, the shares. Synthetic, and marked so by the ledger's test flag: every precinct's figures, the day of calling,
//! names of commission members, birth years, papers. All keys derive from a public seed.

pub mod cast;
pub mod contest;
pub mod figures;
pub mod national;
pub mod stage;

mod campaign;
mod ending;
mod names;
mod opening;
pub(crate) mod papers;
mod semey;
mod voting;

use event::{CheckError, SignedEvent};

pub use campaign::campaign;
pub use ending::{corrections, ending};
pub use opening::{Title, calling, charter_of, commissions, formed};
pub use semey::semey;
pub use voting::voting_day;

/// The seed of every key and figure of the Semey demo, public on purpose.
pub const SEED: &str = "semey-2025-10-12";
/// The id of its election.
pub const ELECTION: &str = "semey-2025";

/// The charter of the Semey demo.
///
/// # Errors
/// Never for the values of the script.
pub fn charter(cast: &mut cast::Cast) -> Result<SignedEvent, CheckError> {
    let title = Title {
        origin: "demo.example/hattama/semey-2025",
        name: "Журнал выборов акимов: показательный",
    };
    charter_of(cast, title, semey().at(-54, "10:00"))
}
