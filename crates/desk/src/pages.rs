//! The pages of the desk: one file for each, in one frame.

pub(crate) mod act_page;
pub(crate) mod assets;
pub(crate) mod board_page;
pub(crate) mod day_page;
pub(crate) mod document_page;
pub(crate) mod findings_page;
mod frame;
pub(crate) mod list_page;
pub(crate) mod outbox_page;
pub(crate) mod paper_page;
pub(crate) mod person_page;
pub(crate) mod plain_page;
pub(crate) mod precinct_page;
pub(crate) mod projector_page;
pub(crate) mod results_page;
pub(crate) mod second_page;
pub(crate) mod tasks_page;
