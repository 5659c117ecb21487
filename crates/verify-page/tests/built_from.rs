//! The program for browsers that is committed was built from what stands here.

#![allow(clippy::unwrap_used, missing_docs, reason = "a test stops at the first surprise")]

#[path = "sources/listing.rs"]
mod listing;

#[test]
fn the_program_was_built_from_these_sources() {
    assert_eq!(
        verify_page::built_from(),
        listing::hash_sources(),
        "the verifier for browsers is older than its sources: crates/browser/build.sh builds it again"
    );
}
