//! Pictures of elections as SVG, drawn for pages and for reports from one code: the same figures, the same bytes.

/// The style of reports, and what pages begin with.
pub const SHARED_STYLE: &str = include_str!("shared.css");

mod arrivals;
mod balance;
mod charts;
mod corrections;
mod grid;
mod plot;
mod precinct_rows;
mod scatter;

pub use charts::{
    CandidateLine, Corrected, ElectionPicture, FigureChange, Pictures, PrecinctPoint, ProtocolStage,
    list_count_lines,
};
pub use corrections::{ground_message, render_change_arrow};
pub use grid::{stage_sign, stage_text};
pub(crate) use plot::WIDTH as PICTURE_WIDTH;
pub use plot::{Picture, PicturePlace, Plotter, offset_seconds, print_clock};
