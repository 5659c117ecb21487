//! `commission::import::copies::read_copies`: a table of copies without a mapping. Every row is a copy, refused or blank, once; the same
//! table gives the same copies twice, and agrees with itself.

#![no_main]

use std::collections::BTreeSet;

use commission::{
    import::{
        columns::Columns,
        copies::{mapping_by_name, read_copies},
        mapped::MappedTable,
    },
    table::{self, cells::TableOptions},
};
use event::Id;
use libfuzzer_sys::fuzz_target;
use verifier::copies::{PaperCopy, compare};

fuzz_target!(|data: &[u8]| {
    // A workbook is unpacked by other people's crates: not here.
    if data.starts_with(b"PK") {
        return;
    }
    let (Some(once), Some(again)) = (read(data), read(data)) else { return };
    assert_eq!(once, again);
    let precincts: BTreeSet<&str> = once.iter().map(|copy| copy.precinct.as_str()).collect();
    let compared = compare(&once, &once);
    assert!(compared.only_mine.is_empty() && compared.only_theirs.is_empty());
    // Two copies of one precinct may differ, and then the comparison says so.
    assert!(precincts.len() < once.len() || compared.differ.is_empty());
});

fn read(rows: &[u8]) -> Option<Vec<PaperCopy>> {
    let table = table::read_table(rows.to_vec(), &TableOptions::default()).ok()?;
    let candidates = ["abenov", "qaliev"].map(|id| Id::new(id).unwrap());
    let mapping = mapping_by_name(&table.header, &candidates, 4).ok()?;
    let columns = Columns::new(&mapping, &table.header).ok()?;
    let (copies, refused) = read_copies(MappedTable { table, columns }, "fuzz").ok()?;
    for refusal in &refused {
        assert!(!refusal.faults.is_empty());
        refusal.faults.iter().for_each(|fault| drop(fault.to_string()));
    }
    Some(copies)
}
