//! `verify` over a folder of a few files: it never stops, and never says that bytes nobody signed are verified.
//!
//! ```text
//! input  = file*                                     until it ends, at most eight
//! file   = kind u8, place, length u16, content       integers are little-endian
//! place  = nothing | index u64, width u16 | level u8, index u64, width u16 | n u64, name u8 | length u8, text
//! ```

#![no_main]

use std::collections::BTreeMap;

use libfuzzer_sys::{
    arbitrary::{Result, Unstructured},
    fuzz_target,
};
use tlog::tile::{EntriesPath, TilePath};
use verifier::{ObserverInputs, Pin, Source, Verdict, Verification};

/// Most files of one folder.
const FILES_MAX: usize = 8;

/// Files of a snapshot that mean something.
const NAMES: [&str; 5] =
    ["manifest.json", "manifest.sig", "checkpoint", "projections/tallies.json", "projections/precincts.json"];

fuzz_target!(|data: &[u8]| {
    let Ok(files) = folder(&mut Unstructured::new(data)) else { return };
    let pins: Vec<Pin> = files.values().filter_map(|bytes| Pin::read(bytes).ok()).collect();
    let source = Source::from_published_files("fuzz", files);
    let inputs = ObserverInputs { pins: &pins, ..ObserverInputs::default() };
    let report = Verification::run(&source, &inputs, None).into_report();
    // No seed holds a checkpoint that the charter's log key signed.
    assert!(
        !matches!(report.verdict(), Verdict::Verified | Verdict::VerifiedWithWarnings),
        "{}",
        report.to_text()
    );
    let _ = (report.to_text(), report.to_json().unwrap(), report.count_checks());
});

/// The files that the input tells of.
fn folder(input: &mut Unstructured<'_>) -> Result<BTreeMap<String, Vec<u8>>> {
    let mut files = BTreeMap::new();
    while !input.is_empty() && files.len() < FILES_MAX {
        let path = path(input)?;
        let length = usize::from(input.arbitrary::<u16>()?);
        files.insert(path, piece(input, length)?.to_vec());
    }
    Ok(files)
}

/// Where the next file lies.
fn path(input: &mut Unstructured<'_>) -> Result<String> {
    Ok(match input.arbitrary::<u8>()? % 5 {
        0 => "checkpoint".to_owned(),
        1 => {
            let (index, width) = (input.arbitrary()?, width(input)?);
            EntriesPath::new(index, width).unwrap().to_string()
        }
        2 => {
            let (level, index, width) = (input.arbitrary::<u8>()? % 64, input.arbitrary()?, width(input)?);
            TilePath::new(level, index, width).unwrap().to_string()
        }
        3 => {
            let (n, name) = (input.arbitrary::<u64>()?, usize::from(input.arbitrary::<u8>()?));
            format!("snapshots/{n}/{}", NAMES[name % NAMES.len()])
        }
        _ => {
            let length = usize::from(input.arbitrary::<u8>()?);
            String::from_utf8_lossy(piece(input, length)?).into_owned()
        }
    })
}

/// A width that a tile can have.
fn width(input: &mut Unstructured<'_>) -> Result<u16> {
    Ok(input.arbitrary::<u16>()? % 256 + 1)
}

/// So many bytes, or as many as are left.
fn piece<'a>(input: &mut Unstructured<'a>, length: usize) -> Result<&'a [u8]> {
    input.bytes(length.min(input.len()))
}
