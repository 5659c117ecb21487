//! The report: the verdict, and its forms for terminals, browsers and programs.

pub(crate) mod anchor;
mod anchor_text;
mod html;
mod json;
pub(crate) mod on_paper;
pub mod registry_json;
mod text;
pub(crate) mod unverified;
pub(crate) mod verdict;
