//! All files of the site of a ledger, in order.

use event::Stamp;
use law::State;
use ledger::Head;
use publication::ReportPosition;
use texts::Language;

use crate::{
    choice_page::make_choice_page, commissions_page::make_commission_pages, data_files::make_data_files,
    fault::SiteError, frame::PageFrame, precinct_pages::make_precinct_pages, shown_ledger::ShownLedger,
    site_file::SiteFile,
};

/// The one style sheet of all pages.
const STYLE: &str = concat!(include_str!("shared.css"), include_str!("site.css"));

/// Every file of the site of a ledger, sorted by path.
///
/// # Errors
/// [`SiteError::Empty`] before the first entry; else never for an admitted state.
pub fn make_site(head: &Head) -> Result<Vec<SiteFile>, SiteError> {
    let position = ReportPosition::of_head(head, None).ok_or(SiteError::Empty)?;
    let snapshots = head.state().snapshots.iter();
    let announced: Vec<Stamp> = snapshots.filter_map(|(index, _)| head.received_at(*index)).collect();
    make_site_of(head.state(), &position, &announced)
}

/// The same of a state at a position, with the times at which snapshots were announced.
///
/// # Errors
/// Never for an admitted state.
pub fn make_site_of(
    state: &State,
    position: &ReportPosition,
    announced: &[Stamp],
) -> Result<Vec<SiteFile>, SiteError> {
    let ledger = ShownLedger::of(state, position, announced);
    let data = make_data_files(&ledger)?;
    let mut files = vec![("style.css".to_owned(), STYLE.as_bytes().to_vec()), make_choice_page(&ledger)];
    for lang in Language::ALL {
        files.extend(make_pages(&ledger, lang, &data));
    }
    files.extend(data);
    files.sort();
    Ok(files)
}

fn make_pages(ledger: &ShownLedger<'_>, lang: Language, data: &[SiteFile]) -> Vec<SiteFile> {
    let page = |path: &str| PageFrame::new(ledger, lang, path);
    let front = page("index.html");
    let mut files = Vec::new();
    for shown in &ledger.elections {
        files.extend(page(&format!("elections/{}.html", shown.id)).make_election_page(shown));
        files.extend(make_precinct_pages(&front, shown));
    }
    let is_picture = |file: &&SiteFile| file.0.ends_with(".svg");
    let pictures: Vec<SiteFile> = files.iter().filter(is_picture).cloned().collect();
    files.push(front.make_front_page());
    files.extend(make_commission_pages(&front));
    files.push(page("corrections.html").make_corrections_page());
    files.push(page("downloads.html").make_downloads_page(data, &pictures));
    files.push(front.make_feed());
    files.push(page("check.html").make_check_page());
    files
}
