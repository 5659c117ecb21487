//! The words that some fields take, as they stand in the format, each with the text that says it.

use super::field::Choice;

const fn choice(word: &'static str, text: &'static str) -> Choice {
    Choice { word, text }
}

/// Where times of receipt come from.
pub const CLOCK: &[Choice] = &[choice("real", "word-real"), choice("simulated", "word-simulated")];

/// How many sign a precinct's protocol.
pub const QUORUM: &[Choice] = &[choice("officers", "word-officers"), choice("majority", "word-majority")];

/// Where a commission stands.
pub const LEVEL: &[Choice] = &[
    choice("central", "word-central"),
    choice("regional", "word-regional"),
    choice("territorial", "word-territorial"),
    choice("precinct", "word-precinct"),
];

/// Who votes at a precinct.
pub const PRECINCT_KIND: &[Choice] =
    &[choice("open", "word-open-precinct"), choice("closed", "word-closed-precinct")];

/// Editions of the law.
pub const EDITION: &[Choice] = &[
    choice("assumed-2021", "word-edition-assumed"),
    choice("Z2025_01_01", "word-edition-first"),
    choice("Z2026_07_01", "word-edition-second"),
];

/// Why an election is held.
pub const GROUND: &[Choice] = &[
    choice("term-ends", "word-term-ends"),
    choice("early-termination", "word-early-termination"),
    choice("new-unit", "word-new-unit"),
];

/// Which akim is elected.
pub const OFFICE: &[Choice] = &[
    choice("district", "word-office-district"),
    choice("city", "word-office-city"),
    choice("rural", "word-office-rural"),
];

/// How a candidate is nominated.
pub const METHOD: &[Choice] = &[
    choice("party", "word-method-party"),
    choice("own", "word-method-own"),
    choice("higher-akim", "word-method-akim"),
];

/// How a candidacy ends.
pub const WITHDRAWAL: &[Choice] = &[
    choice("withdrew", "word-withdrew"),
    choice("nomination-revoked", "word-nomination-revoked"),
    choice("died", "word-died"),
];

/// On what ground a registration is refused or cancelled.
pub const REFUSAL: &[Choice] = &[
    choice("rules-or-documents", "word-refusal-documents"),
    choice("ineligible", "word-refusal-ineligible"),
    choice("abuse-of-office", "word-refusal-office"),
    choice("campaigning", "word-refusal-campaigning"),
    choice("defamation", "word-refusal-defamation"),
    choice("bribery", "word-refusal-bribery"),
    choice("special-check", "word-refusal-check"),
    choice("false-declaration", "word-refusal-declaration"),
    choice("other", "word-refusal-other"),
];

/// Whose decision changes another.
pub const AUTHORITY: &[Choice] =
    &[choice("court", "word-court"), choice("higher-commission", "word-higher-commission")];

/// Why a member does not sign.
pub const MISSING: &[Choice] = &[
    choice("absent", "form-word-absent"),
    choice("refused", "form-word-refused"),
    choice("dissent", "form-word-dissent"),
    choice("suspended", "form-word-suspended"),
];

/// On what ground a protocol gives way to another.
pub const CORRECTION: &[Choice] = &[
    choice("decision", "word-correction-decision"),
    choice("recount", "word-correction-recount"),
    choice("transcription", "word-correction-transcription"),
];

/// What a complaint is about.
pub const ABOUT: &[Choice] =
    &[choice("commission", "word-about-commission"), choice("other", "word-about-other")];

/// What a complaint came to.
pub const ANSWER: &[Choice] = &[
    choice("granted", "word-granted"),
    choice("partly", "word-partly"),
    choice("rejected", "word-rejected"),
    choice("not-considered", "word-not-considered"),
];

/// What an election came to.
pub const OUTCOME: &[Choice] =
    &[choice("elected", "word-elected"), choice("tie", "word-tie"), choice("invalid", "word-invalid")];

/// At whose word a registration is denied.
pub const DENIAL: &[Choice] = &[choice("appeals", "word-appeals"), choice("submission", "word-submission")];
