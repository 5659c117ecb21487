//! `archive::read_archive`: no zip stops it or takes more than the limits, names lead nowhere, and what is read is written and
//! read again as the same files, and never verified: no seed was signed by a log.

#![no_main]

use std::io::Cursor;

use libfuzzer_sys::fuzz_target;
use verifier::{Content, ObserverInputs, Source, Verdict, Verification, archive, limits::Limits};

const LIMITS: Limits = Limits { files: 64, file_bytes: 1 << 16, total_bytes: 1 << 18, seconds: 1, tell_wait: |_, _| {} };

fuzz_target!(|data: &[u8]| {
    let note = archive::checkpoint(Cursor::new(data), &LIMITS);
    let Ok(Source { content: Content::Published(files), .. }) = archive::read_archive("fuzz", Cursor::new(data), &LIMITS)
    else {
        return;
    };
    assert_eq!(files.get("checkpoint"), note.ok().as_ref(), "two readings of one member");
    assert!(files.len() <= 64 && files.values().all(|bytes| bytes.len() <= 1 << 16));
    assert!(files.values().map(Vec::len).sum::<usize>() <= 1 << 18);
    for name in files.keys() {
        assert!(!name.starts_with('/') && !name.contains('\\'), "{name:?}");
        assert!(name.split('/').all(|part| !matches!(part, "" | "." | "..")), "{name:?}");
    }
    let mut zip = Cursor::new(Vec::new());
    publication::write_zip(&files, &mut zip).unwrap();
    let again = archive::read_archive("again", zip, &LIMITS).unwrap();
    let verdict = Verification::run(&again, &ObserverInputs::default(), None).report().verdict();
    assert!(!matches!(verdict, Verdict::Verified | Verdict::VerifiedWithWarnings), "{verdict:?}");
    assert!(matches!(again.content, Content::Published(read) if read == files), "written and read again");
});
