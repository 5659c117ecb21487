//! Following a log: whatever it shows is held against everything that it showed before, and against what was promised.

pub mod alarm;
pub mod checkpoint;
pub mod folder;
pub mod log_server;
pub mod pins;
pub mod promises;
pub mod second_look;
pub mod watched;
pub mod watcher;
