//! `commission::import`: a mapping, a zero byte, a table. Nothing stops the program; every row is judged, refused or blank, once;
//! what is judged has its ratios, and the same table gives the same answer twice.

#![no_main]

use commission::{
    import::{
        check::{CheckedTable, check_table},
        columns::Columns,
        mapped::MappedTable,
        mapping::Mapping,
    },
    table::{self, cells::TableOptions},
};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Some(end) = data.iter().position(|byte| *byte == 0) else { return };
    let Ok(text) = std::str::from_utf8(&data[..end]) else { return };
    let mapping = match Mapping::parse(text) {
        Ok(mapping) => mapping,
        Err(fault) => return drop(fault.to_string()),
    };
    // A workbook is unpacked by other people's crates: not here.
    let rows = &data[end + 1..];
    if rows.starts_with(b"PK") {
        return;
    }
    let (Some(once), Some(again)) = (judged(&mapping, rows), judged(&mapping, rows)) else { return };
    assert_eq!((once.rows, once.clean, once.breaches.len()), (again.rows, again.clean, again.breaches.len()));
    let mut broken: Vec<u64> = once.breaches.iter().map(|breach| breach.line).collect();
    broken.dedup();
    assert_eq!(once.rows, once.clean + broken.len() as u64 + once.refused.len() as u64);
    assert!(once.breaches.iter().all(|breach| once.run.contains(&breach.ratio)));
    for refusal in &once.refused {
        assert!(!refusal.faults.is_empty());
        refusal.faults.iter().for_each(|fault| drop(fault.to_string()));
    }
});

fn judged(mapping: &Mapping, rows: &[u8]) -> Option<CheckedTable> {
    let table = table::read_table(rows.to_vec(), &TableOptions::default().or(&mapping.file)).ok()?;
    let columns = Columns::new(mapping, &table.header).ok()?;
    check_table(MappedTable { table, columns }).ok()
}
