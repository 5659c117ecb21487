//! Elections of akims, played into a fresh ledger: Semey on 12 October 2025, 45 at once on 5 November 2023, and those of the years 2021 to 2025.
//!
//! Contains the cast of keys, the script and the contests; they are also what tests and benches stand on. Does not
//! contain the commands that tell the story.
//!
//! Of Semey real, as published: voting day, numbers of precincts, members and voters, the candidates, who withdrew and
//! when, the shares. Synthetic, and marked so by the ledger's test flag: every precinct's figures, the day of calling,
//! names of commission members, birth years, papers. All keys derive from a public seed.
//!
//! ```
//! use demo::{SEED, cast::Cast};
//!
//! // The charter of the Semey ledger, signed by its three root keys: the first event, and the ledger's id.
//! let mut cast = Cast::new(SEED);
//! let charter = demo::semey_charter(&mut cast)?.check()?;
//! assert_eq!(charter.event().fact.as_str(), "ledger-opened");
//!
//! let semey = demo::semey_contest();
//! assert_eq!(semey.precincts.len(), 128);
//! assert_eq!(semey.voters(), 220_761);
//! # Ok::<(), event::CheckError>(())
//! ```

pub mod act;
pub mod cast;
pub mod contest;
#[cfg(feature = "play")]
pub mod documents;
pub mod figures;
pub mod lies;
pub mod national;
pub mod seed;
#[cfg(feature = "play")]
pub mod stage;
pub mod years;

mod campaign;
mod ending;
mod names;
mod opening;
mod semey;
mod voting;

pub use campaign::campaign_acts;
pub use ending::{correction_acts, ending_acts};
pub use opening::{LedgerTitle, calling_acts, commission_acts, commission_formed, signed_charter};
pub use seed::SEED;
pub use semey::{ELECTION, semey_charter, semey_contest};
pub use voting::voting_day_acts;
