//! Prints the hash over all that the program for browsers is built from: `crates/browser/build.sh` records it.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "it stops at the first surprise")]

#[path = "../tests/sources/listing.rs"]
mod listing;

fn main() {
    println!("{}", listing::hash_sources());
}
