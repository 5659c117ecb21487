//! The program that runs in a browser, as it was built, and what it was built from.

/// `crates/browser` as WebAssembly. `crates/browser/build.sh` makes it, the same bytes each time.
#[must_use]
pub fn browser_program() -> &'static [u8] {
    include_bytes!("../../browser/wasm/browser.wasm")
}

/// SHA-256 over all that it was built from, as it stood then. The tests compare it with what stands there now.
#[must_use]
pub fn built_from() -> &'static str {
    include_str!("../../browser/wasm/built-from").trim_ascii()
}
