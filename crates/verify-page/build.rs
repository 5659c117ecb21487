//! Packs the program of the page when this crate is built: packing takes longer than verifying a small ledger.

use std::{
    env,
    error::Error,
    fs::{File, read},
    io::Write as _,
    path::Path,
};

use flate2::{Compression, GzBuilder};

const PROGRAM: &str = "../browser/wasm/browser.wasm";

fn main() -> Result<(), Box<dyn Error>> {
    for watched in ["build.rs", PROGRAM] {
        println!("cargo::rerun-if-changed={watched}");
    }
    let out = env::var_os("OUT_DIR").ok_or("expected OUT_DIR, as cargo sets it")?;
    // Without a name or a time in front: the same bytes for the same program.
    let packed = File::create(Path::new(&out).join("browser.wasm.gz"))?;
    let mut packer = GzBuilder::new().write(packed, Compression::best());
    packer.write_all(&read(PROGRAM)?)?;
    packer.finish()?.sync_all()?;
    Ok(())
}
