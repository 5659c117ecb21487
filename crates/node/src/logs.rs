//! Logs: what a node or a witness tells its operators, on stderr: lines for people, or one JSON object a line. No secret and no
//! body of a request is ever logged.

use std::io;

use tracing_subscriber::filter::LevelFilter;

/// How much is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verbosity {
    /// What has to be mended.
    Warn,
    /// Starts, ends, every event taken in.
    Info,
    /// Every request.
    Debug,
}

/// Tells from here on, panics too; a second call changes nothing.
pub fn start_logging(level: Verbosity, json: bool) {
    let level = match level {
        Verbosity::Warn => LevelFilter::WARN,
        Verbosity::Info => LevelFilter::INFO,
        Verbosity::Debug => LevelFilter::DEBUG,
    };
    let lines = tracing_subscriber::fmt().with_writer(io::stderr).with_max_level(level).with_ansi(false);
    let _already = if json {
        lines.json().flatten_event(true).with_current_span(false).try_init()
    } else {
        lines.try_init()
    };
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(
            place,
            panic = panic.payload_as_str().unwrap_or("no message"),
            "a part stopped itself"
        );
    }));
}
