//! A node seen from outside: what a person's computer sends to it, asks of it, and keeps beside its own files.

pub mod files;
pub mod staged;
