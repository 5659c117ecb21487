//! The texts that cells of a workbook share: nothing stands in one that a spreadsheet program and a reader may take differently.

use std::io::BufReader;

use phrase::phrase;

use super::{container::WorkbookZip, fault::InputTableFault, sheet::TagReader};

/// Refuses a comment, an instruction or unparsed text inside a shared text. Every part of that name is looked at: which of two a program
/// takes is its own matter.
pub(super) fn require_plain_texts(archive: &mut WorkbookZip<'_>) -> Result<(), InputTableFault> {
    let names = archive.file_names().filter_map(|name| name.ok().map(|name| name.into_owned()));
    let parts: Vec<String> =
        names.filter(|name| name.to_ascii_lowercase().ends_with("sharedstrings.xml")).collect();
    parts.iter().try_for_each(|part| require_plain(archive, part))
}

fn require_plain(archive: &mut WorkbookZip<'_>, part: &str) -> Result<(), InputTableFault> {
    // What does not unpack, reading the cells has told.
    let Ok(file) = archive.by_name(part) else { return Ok(()) };
    let mut tags = TagReader::new(BufReader::new(file));
    let (mut number, mut within) = (0_u64, false);
    while let Some(tag) = tags.next_tag()? {
        if within && tag.behind_other {
            let reason = phrase!(
                "workbook-comment-in-a-text",
                "a comment or the like inside text {number} of its cells"
            );
            return Err(InputTableFault::Workbook { reason });
        }
        match tag.name.as_str() {
            "si" => {
                number += 1;
                within = !tag.closed;
            }
            "/si" => within = false,
            _ => {}
        }
    }
    Ok(())
}
