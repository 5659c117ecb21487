//! The pages of a snapshot, the program beside them, and the page at the top that leads to them.

use ledger::Head;
use publication::SITE_FOLDER;
use site::{SITE_FORMAT, SITE_PROGRAM, parse_root_page, render_root_page, visit_site};

use super::{
    fault::PublishError,
    target::{PublicationTarget, ROOT_PAGE, require_own_root_page},
};

/// What snapshots have for people: pages, and the verifier as one file, which does not follow from the entries.
pub(crate) struct SnapshotPages {
    pub(crate) verifier_page: Vec<u8>,
}

impl SnapshotPages {
    /// Adds the pages after the entries of a head.
    pub(super) fn add_files(
        &self,
        head: &Head,
        files: &mut Vec<(String, Vec<u8>)>,
    ) -> Result<(), PublishError> {
        visit_site(SITE_FORMAT, head, &mut |(path, bytes)| {
            files.push((format!("{SITE_FOLDER}{path}"), bytes))
        })?;
        files.push((format!("{SITE_FOLDER}{SITE_PROGRAM}"), self.verifier_page.clone()));
        Ok(())
    }
}

/// Lets the page at the top lead to a snapshot, unless it leads to a newer one; tells whether it was written.
pub(super) fn show_root_page(target: &mut dyn PublicationTarget, n: u64) -> Result<bool, PublishError> {
    require_own_root_page(target)?;
    let there = target.read(ROOT_PAGE)?.and_then(|there| parse_root_page(&there));
    if there.is_some_and(|there| there >= n) {
        return Ok(false);
    }
    target.replace(ROOT_PAGE, &render_root_page(n))?;
    Ok(true)
}
