//! The control socket: what operators and the publisher ask of a running node, on a Unix socket with the permissions of a file.
//!
//! `frame` has what goes over it; `socket` listens and says who asks; `server`, `answer` and `announced` do what is asked, in the node; `link` asks, and `remote` is
//! the ledger that a separate publisher gets that way, which holds an office key and is not the node.

pub(crate) mod announced;
pub(crate) mod answer;
pub(crate) mod fault;
pub(crate) mod frame;
pub(crate) mod link;
pub(crate) mod remote;
pub(crate) mod server;
#[cfg(unix)]
pub(crate) mod socket;
