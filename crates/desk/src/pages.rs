//! The pages of the desk: one file for each, in one frame.

pub(crate) mod act_page;
pub(crate) mod assets;
pub(crate) mod day_page;
pub(crate) mod document_page;
mod frame;
pub(crate) mod outbox_page;
pub(crate) mod paper_page;
pub(crate) mod plain_page;
