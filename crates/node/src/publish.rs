//! Publishing: a snapshot is frozen, verified, signed, announced and made public.
//!
//! `publisher` has the order of the steps and what a crash between two of them leaves to be finished; `stage` the files of a
//! snapshot; `target` what a publication target is and `release` what is laid down there in which order; `folder`, `bucket`
//! and `archive` are the targets; `cosigned` asks the witnesses; `frozen` is the ledger that is published.

pub(crate) mod archive;
pub(crate) mod bucket;
pub(crate) mod cosigned;
pub(crate) mod fault;
pub(crate) mod folder;
pub(crate) mod frozen;
pub(crate) mod office;
pub(crate) mod open;
pub(crate) mod pages;
pub(crate) mod publisher;
mod release;
pub(crate) mod stage;
pub(crate) mod target;
