//! One text as one QR code, drawn as a path of SVG.
//!
//! The text goes in as one run of bytes. The encoder's own mixture of modes is not used: some readers join the runs of
//! different modes wrongly where the text is not ASCII. Such text is marked as UTF-8 (ECI 26).

use std::fmt::Write as _;

use qrcode::{Color, EcLevel, QrCode, Version, bits::Bits, render::unicode::Dense1x2};

use super::fault::SlipFault;

/// Modules of white that the standard wants on each side.
const QUIET: usize = 4;
/// The largest version there is.
const VERSION_MAX: i16 = 40;
/// What says that the bytes are UTF-8.
const ECI_UTF8: u32 = 26;

/// A code, drawn.
#[derive(Debug)]
pub(crate) struct QrDrawing {
    /// A path over modules, with the white around it.
    pub(crate) path: String,
    /// Modules on each side, with the white around it.
    pub(crate) side: usize,
    /// 1 to 40.
    pub(crate) version: i16,
}

/// Draws a text: at level M up to this version, or else in the smallest code of level L.
pub(crate) fn draw_code(text: &str, version_max: i16) -> Result<QrDrawing, SlipFault> {
    let medium = (1..=version_max).find_map(|version| encode_text(text, version, EcLevel::M));
    let code =
        medium.or_else(|| (1..=VERSION_MAX).find_map(|version| encode_text(text, version, EcLevel::L)));
    let (version, code) = code.ok_or(SlipFault::Code { found: text.len() })?;
    Ok(path_of(&code, version))
}

/// The same for a terminal: two rows of modules in each line of characters.
///
/// # Errors
/// [`SlipFault::Code`] when no code holds the text.
pub fn draw_for_terminal(text: &str, version_max: i16) -> Result<String, SlipFault> {
    let medium = (1..=version_max).find_map(|version| encode_text(text, version, EcLevel::M));
    let code =
        medium.or_else(|| (1..=VERSION_MAX).find_map(|version| encode_text(text, version, EcLevel::L)));
    let (_, code) = code.ok_or(SlipFault::Code { found: text.len() })?;
    // Terminals are dark: the modules that are printed are the light ones.
    let mut drawing = code.render::<Dense1x2>();
    Ok(drawing.dark_color(Dense1x2::Light).light_color(Dense1x2::Dark).build())
}

/// A picture of its own, `mm` wide.
///
/// # Errors
/// [`SlipFault::Code`] when no code holds the text.
pub fn draw_as_svg(text: &str, version_max: i16, mm: u32) -> Result<String, SlipFault> {
    let QrDrawing { path, side, .. } = draw_code(text, version_max)?;
    Ok(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{mm}mm\" height=\"{mm}mm\" viewBox=\"0 0 {side} {side}\" \
         shape-rendering=\"crispEdges\"><rect width=\"{side}\" height=\"{side}\" fill=\"#fff\"/><path d=\"{path}\"/></svg>\n"
    ))
}

fn encode_text(text: &str, version: i16, level: EcLevel) -> Option<(i16, QrCode)> {
    let mut bits = Bits::new(Version::Normal(version));
    if !text.is_ascii() {
        bits.push_eci_designator(ECI_UTF8).ok()?;
    }
    bits.push_byte_data(text.as_bytes()).ok()?;
    bits.push_terminator(level).ok()?;
    QrCode::with_bits(bits, level).ok().map(|code| (version, code))
}

/// Dark modules, each run of a row as one rectangle: thousands of single squares would make seams in print.
fn path_of(code: &QrCode, version: i16) -> QrDrawing {
    let width = code.width();
    let mut path = String::new();
    for (y, row) in code.to_colors().chunks(width).enumerate() {
        let mut x = 0;
        for run in row.chunk_by(|a, b| a == b) {
            if run.first() == Some(&Color::Dark) {
                let _ = write!(path, "M{} {}h{}v1h-{}z", x + QUIET, y + QUIET, run.len(), run.len());
            }
            x += run.len();
        }
    }
    QrDrawing { path, side: width + 2 * QUIET, version }
}
