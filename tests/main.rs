//! One test binary: what belongs where.
//!
//! `scene`: a small lawful election to stand on, at most 60 entries, every fact once (the crate `scene`). The law's own tests
//! and random elections stand beside the ledger (`crates/ledger/tests`), and before the verifier (`crates/verifier/tests`).
//! `planted`: a ledger with a fault for each check, and what it makes fail. `formats`: golden bytes, other people's vectors, the worked example of docs/format.md.
//! `commands`: the real program, as a person would use it; `demo_folder`: what its demo writes. `drafted`: what a signer is shown. `drafting`: drafts that know, and who waits for whom. `clerks`: slips that have one reading. `foretold`: refusals before anybody signs. `real_tables`: territories and elections as offices have them. `import`: tables of
//! protocols, good, bad and real. `publishing`: every kind of place; `object_store`: a real server. `receipts`: what holds
//! offline, and cosignatures. `witness`: witnesses that others run. `refusals`: what it refuses, by id.
//! `walkthrough`: the page from nothing to a certificate. `ceremony`: how a ledger begins. `keys`: made, registered, locked, held elsewhere. `slip`: the sheet at the precinct and what a scan of it is told. `tamper`: no changed byte is ever verified. `exports`:
//! report files, and lies in them. `archives`: zips, good and bad. `book`: a precinct without a line; `board`: the desk of a territorial commission. `addresses`: static servers, good and bad, played by
//! `site`. `serve`: the node. `named`: what a SOURCE and a --pin can be. `crash`: killed at random moments. `summary`: a
//! ledger as a whole; `national`: many elections in one. `history`: ways to start an old or a second copy.
//! `pages`: the site of a ledger. `claims`: what was announced. `contradicted`: a signed protocol that the ledger has otherwise. `marked`: what a demo makes up is marked. `years`: elections of five years. `copies`: of protocols on paper. `report`: as page and as JSON. `resumed`: verified from where the last time ended.
//! `evidence`: lies proved to others, and none proved of the honest. `mutation`: a snapshot changed at random.
//! `bad_input`: what careless people bring. `prompts`: a person at a terminal. `laptop`: what editors and Windows do to files. `untold`: answers that cannot be given, commands that are killed. `flooded`: garbage by the million. `hostile`: sources that want to hold or kill their reader. `sources`: what is read, and what may stand for it. `brought`: what an observer brings along. `future`: ledgers of a later version. `agreed`: `watch` and `verify` say the same. `looked_at`: what is lawful and must not pass in silence. `admitted`: rare lawful acts never fail. `rare`: ledgers of such acts, pinned. `lived`: lives that nobody planned, on disk. `strangers`: files that nobody stands for. `browser`: the verifier for browsers says the same. `second`:
//! another implementation, in Python, comes to the same. `texts`: three languages that say the same. The manners of the code
//! are `tidy/main.rs`, a binary of its own. `documents`: what the pages name is there. `operated`: what operators are handed.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    clippy::print_stderr,
    clippy::too_many_lines,
    reason = "a test stops at the first surprise, and says so"
)]

mod addresses;
mod admitted;
mod agreed;
mod archives;
mod bad_input;
mod board;
mod book;
mod brought;
mod browser;
mod ceremony;
mod claims;
mod clerks;
mod commands;
mod contradicted;
mod copies;
mod crash;
mod demo_folder;
mod documents;
mod drafted;
mod drafting;
mod evidence;
mod exports;
mod flooded;
mod folders;
mod foretold;
mod formats;
mod future;
mod history;
mod hostile;
mod import;
mod keys;
mod laptop;
mod lived;
mod looked_at;
mod marked;
mod mutation;
mod named;
mod national;
mod object_store;
mod operated;
mod pages;
mod photographed;
mod planted;
mod prompts;
mod publishing;
mod rare;
mod real_tables;
mod receipts;
mod refusals;
mod report;
mod resumed;
mod scene;
mod second;
mod serve;
mod site;
mod slip;
mod sources;
mod strangers;
mod summary;
mod tamper;
mod texts;
mod untold;
mod walkthrough;
mod witness;
mod years;
