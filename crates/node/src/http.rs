//! Plumbing of HTTP that a node and a witness share: connections, TLS, addresses of customers, limits, bodies, work that
//! waits. What is asked and answered on a connection is no part of it (`api`, `witness::routes`).

pub(crate) mod answer_body;
pub(crate) mod answer_headers;
pub(crate) mod blocking;
pub(crate) mod body;
pub(crate) mod connections;
pub(crate) mod fault;
pub(crate) mod head;
pub(crate) mod limits;
pub(crate) mod listen;
pub(crate) mod pace;
pub(crate) mod page_policy;
pub(crate) mod peer;
pub(crate) mod reading_places;
pub(crate) mod sampling;
pub(crate) mod stream_places;
pub(crate) mod tls;
