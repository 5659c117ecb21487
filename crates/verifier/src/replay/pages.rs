//! How the published pages of a snapshot compare with those that the entries give.
//!
//! Pages are made one after the other, compared and dropped; only what differs stays.

use std::collections::BTreeSet;

use ledger::Head;
use publication::SITE_FOLDER;
use site::{SITE_FORMAT, SITE_PROGRAM, SiteError, visit_site};

use crate::{
    replay::{
        difference::bound_value,
        page_difference::{PageDifference, compare_page},
    },
    source::published::Snapshot,
};

/// How a snapshot's pages compare with the ledger.
pub(crate) struct PagesComparison {
    /// Number of the snapshot.
    pub(crate) n: u64,
    /// Entries that it covers.
    pub(crate) size: u64,
    /// Files examined, and what differs.
    pub(crate) result: Result<(u64, Vec<PageDifference>), SiteError>,
}

impl PagesComparison {
    /// Whether a file is not the one that the ledger gives.
    pub(crate) fn differs(&self, name: &str) -> bool {
        self.result.as_ref().is_ok_and(|(_, differences)| differences.iter().any(|d| d.name() == name))
    }
}

/// Makes the pages of a snapshot at the size that the replay has reached, and compares; nothing where it lists none, or has
/// them in a form that this version does not know.
pub(crate) fn compare_pages(snapshot: &Snapshot<'_>, head: &Head) -> Option<PagesComparison> {
    let format = snapshot.site_format().filter(|format| *format == SITE_FORMAT)?;
    let (mut made, mut differences) = (BTreeSet::new(), Vec::new());
    let visited = visit_site(format, head, &mut |(path, bytes)| {
        let name = format!("{SITE_FOLDER}{path}");
        differences.extend(compare_page(&name, &bytes, snapshot));
        made.insert(name);
    });
    let program = format!("{SITE_FOLDER}{SITE_PROGRAM}");
    let extra = snapshot.files.keys().filter(|name| name.starts_with(SITE_FOLDER) && **name != program);
    let extra = extra.filter(|name| !made.contains(**name));
    differences.extend(extra.map(|name| PageDifference::Extra { name: bound_value(name) }));
    let result = visited.map(|()| (made.len() as u64, differences));
    Some(PagesComparison { n: snapshot.n, size: head.size(), result })
}
