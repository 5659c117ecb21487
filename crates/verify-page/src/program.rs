//! The program that runs in a browser, as it was built, and what it was built from.

/// `crates/browser` as WebAssembly, packed by gzip when this crate was built (`build.rs`). `crates/browser/build.sh` makes it,
/// the same bytes each time.
#[must_use]
pub fn packed_program() -> &'static [u8] {
    include_bytes!(concat!(env!("OUT_DIR"), "/browser.wasm.gz"))
}

/// SHA-256 over all that it was built from, as it stood then. The tests compare it with what stands there now.
#[must_use]
pub fn built_from() -> &'static str {
    include_str!("../../browser/wasm/built-from").trim_ascii()
}
