//! Texts in Kazakh, Russian and English: languages, catalogues of Fluent messages, the manual pages of checks, refusals.
//!
//! ```
//! use law::Rule;
//! use texts::{Language, law_text, page::CheckPage};
//!
//! assert_eq!(law_text(Language::Ru, "fact-ledger-opened", &[]), "Журнал открыт");
//! assert_eq!(CheckPage::of(Rule::Ari04, Language::Kk).article, "43-баптың 1, 5-тармақтары");
//! // A text that no catalogue has shows as its id.
//! assert_eq!(law_text(Language::En, "no-such-text", &[]), "no-such-text");
//! ```
//!
//! Ids and JSON stay in English, and no language changes a verdict, an exit code or a byte of a report as JSON.

pub mod mend;
pub mod needs;
pub mod numerals;
pub mod page;
pub mod paper;
pub mod program;
pub mod refusal;

mod catalogue;
mod language;
mod law_texts;
mod names;
mod phrases;
mod unseen;

pub use catalogue::{Catalogue, FluentNumber, Value, figure, group_digits, pattern_arguments};
pub use language::Language;
pub use law_texts::{describe_synthetic, law_catalogue, law_text};
pub use names::{candidate_name, election_name, name_candidate_of, name_in_language};
pub use phrases::{phrase_catalogue, say_fault, say_named_phrase, say_phrase};
pub use unseen::is_unseen;
