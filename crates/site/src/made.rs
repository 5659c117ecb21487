//! All files of the site of a ledger: one after the other, or all of them in order.

use event::Stamp;
use law::{Rule, State};
use ledger::Head;
use publication::ReportPosition;
use texts::Language;

use crate::{
    choice_page::make_choice_page,
    commissions_page::make_commission_pages,
    data_files::make_data_files,
    download_line::DownloadLine,
    fault::SiteError,
    format::SITE_FORMAT,
    frame::PageFrame,
    page_script::{SCRIPT, SCRIPT_NAME},
    precinct_pages::make_precinct_pages,
    shown_ledger::ShownLedger,
    site_file::SiteFile,
};

/// The one style sheet of all pages.
const STYLE: &str = concat!(include_str!("shared.css"), include_str!("site.css"));

/// Who takes the files as they are made.
type Take<'a> = &'a mut dyn FnMut(SiteFile);

/// Every file of the site of a ledger, sorted by path.
///
/// # Errors
/// [`SiteError::Empty`] before the first entry; else never for an admitted state.
pub fn make_site(head: &Head) -> Result<Vec<SiteFile>, SiteError> {
    let mut files = Vec::new();
    visit_site(SITE_FORMAT, head, &mut |file| files.push(file))?;
    files.sort();
    Ok(files)
}

/// Makes every file of the site in a released form, in no order, and keeps none: beside the tables no more than the pages
/// of one election is held.
///
/// # Errors
/// [`SiteError::Format`] where this version does not know the number; as [`make_site`].
pub fn visit_site(format: u64, head: &Head, take: &mut dyn FnMut(SiteFile)) -> Result<(), SiteError> {
    if format != SITE_FORMAT {
        return Err(SiteError::Format { found: format });
    }
    let position = ReportPosition::of_head(head, None).ok_or(SiteError::Empty)?;
    let announced = list_announced(head);
    visit_site_of(head.state(), &position, &announced, &[], take)
}

/// Every file of the site of a copy on which checks failed, sorted by path: of the entries that were admitted, with the checks on
/// top of every page. It is no projection, and no snapshot can have it.
///
/// # Errors
/// As [`make_site`].
pub fn make_failed_site(head: &Head, failed: &[Rule]) -> Result<Vec<SiteFile>, SiteError> {
    let position = ReportPosition::of_head(head, None).ok_or(SiteError::Empty)?;
    let announced = list_announced(head);
    let mut files = Vec::new();
    visit_site_of(head.state(), &position, &announced, failed, &mut |file| files.push(file))?;
    files.sort();
    Ok(files)
}

/// When snapshots were announced.
fn list_announced(head: &Head) -> Vec<Stamp> {
    let snapshots = head.state().snapshots.iter();
    snapshots.filter_map(|(index, _)| head.received_at(*index)).collect()
}

/// Every file of a state at a position, with the times at which snapshots were announced, sorted by path.
///
/// # Errors
/// Never for an admitted state.
pub fn make_site_of(
    state: &State,
    position: &ReportPosition,
    announced: &[Stamp],
) -> Result<Vec<SiteFile>, SiteError> {
    let mut files = Vec::new();
    visit_site_of(state, position, announced, &[], &mut |file| files.push(file))?;
    files.sort();
    Ok(files)
}

fn visit_site_of(
    state: &State,
    position: &ReportPosition,
    announced: &[Stamp],
    failed: &[Rule],
    take: Take<'_>,
) -> Result<(), SiteError> {
    let ledger = ShownLedger::of(state, position, announced).with_failed(failed);
    let data = make_data_files(&ledger)?;
    let listed: Vec<DownloadLine> = data.iter().map(DownloadLine::of).collect();
    data.into_iter().for_each(&mut *take);
    take(("style.css".to_owned(), STYLE.as_bytes().to_vec()));
    take((SCRIPT_NAME.to_owned(), SCRIPT.as_bytes().to_vec()));
    take(make_choice_page(&ledger));
    for lang in Language::ALL {
        visit_pages(&ledger, lang, &listed, take);
    }
    Ok(())
}

fn visit_pages(ledger: &ShownLedger<'_>, lang: Language, data: &[DownloadLine], take: Take<'_>) {
    let page = |path: &str| PageFrame::new(ledger, lang, path);
    let front = page("index.html");
    let mut pictures = Vec::new();
    for shown in &ledger.elections {
        let files = page(&format!("elections/{}.html", shown.id)).make_election_page(shown);
        pictures.extend(files.iter().filter(|(path, _)| path.ends_with(".svg")).map(DownloadLine::of));
        files.into_iter().for_each(&mut *take);
        make_precinct_pages(&front, shown).into_iter().for_each(&mut *take);
    }
    take(front.make_front_page());
    make_commission_pages(&front).into_iter().for_each(&mut *take);
    take(page("corrections.html").make_corrections_page());
    take(page("downloads.html").make_downloads_page(data, &pictures));
    take(front.make_feed());
    take(page("check.html").make_check_page());
}
