//! Codes of sheets in photographs: found, and read as text.
//!
//! A photograph proves nothing by itself: what its codes say is a signed event, and is judged as such (`sheet_parts`,
//! `compare`). Elsewhere: how pictures are packed (`cli`, the browser).

use std::collections::BTreeSet;

use phrase::{Phrase, phrase};
use rqrr::PreparedImage;

/// A picture of more points is not unpacked: phones make a quarter of them unless they are told otherwise.
pub const POINTS_MAX: usize = 50_000_000;

/// Codes are looked for in so many points: more show no more of a code, and every trial copies them.
const POINTS_LOOKED_AT: usize = 16_000_000;

/// A picture is looked at as it is, and smaller: grain and dust that hide a code go away.
const SCALES: [usize; 3] = [1, 2, 3];

/// The texts of all codes in a grey picture, line by line, one byte a point, 0 for black; each once. A picture of another
/// length than its sides say has none.
#[must_use]
pub fn read_codes(width: usize, height: usize, grey: &[u8]) -> BTreeSet<String> {
    let mut texts = BTreeSet::new();
    if width.checked_mul(height) != Some(grey.len()) || grey.is_empty() || grey.len() > POINTS_MAX {
        return texts;
    }
    let least = (1..).find(|scale| (width / scale) * (height / scale) <= POINTS_LOOKED_AT).unwrap_or(1);
    for scale in SCALES.map(|scale| scale * least) {
        let (across, down) = (width / scale, height / scale);
        if across == 0 || down == 0 {
            break;
        }
        let dot = |x: usize, y: usize| average_dot(width, grey, (x * scale, y * scale), scale);
        let mut picture = PreparedImage::prepare_from_greyscale(across, down, dot);
        let read = picture.detect_grids().into_iter().filter_map(|grid| grid.decode().ok());
        texts.extend(read.map(|(_, text)| text));
    }
    texts
}

/// What is said of a photograph on which no code reads.
#[must_use]
pub fn tell_without_codes() -> Phrase {
    phrase!(
        "photograph-without-codes",
        "expected a slip's codes on the photograph, found none that reads: take it nearer, straight from above, in even light"
    )
}

/// The mean of a square of points.
fn average_dot(width: usize, grey: &[u8], (left, top): (usize, usize), scale: usize) -> u8 {
    let row =
        |y: usize| grey.get((top + y) * width + left..(top + y) * width + left + scale).unwrap_or_default();
    let sum: usize = (0..scale).flat_map(row).map(|dot| usize::from(*dot)).sum();
    u8::try_from(sum / (scale * scale)).unwrap_or(u8::MAX)
}

#[cfg(test)]
mod tests {
    #![allow(
        clippy::unwrap_used,
        clippy::indexing_slicing,
        clippy::cast_possible_truncation,
        reason = "a test"
    )]

    use super::*;

    /// A code as it is printed, seen from aside, turned, in uneven light.
    fn photograph(text: &str, size: usize) -> Vec<u8> {
        let code = qrcode::QrCode::with_error_correction_level(text, qrcode::EcLevel::M).unwrap();
        let (modules, colors) = (code.width(), code.to_colors());
        let printed = |u: f64, v: f64| {
            let side = modules as f64;
            let (x, y) = (u * (side + 8.0) - 4.0, v * (side + 8.0) - 4.0);
            if x < 0.0 || y < 0.0 || x >= side || y >= side {
                return 235.0;
            }
            if colors[y as usize * modules + x as usize] == qrcode::Color::Dark { 40.0 } else { 225.0 }
        };
        let (sin, cos) = 0.21_f64.sin_cos();
        let mut grey = vec![0; size * size];
        for (at, dot) in grey.iter_mut().enumerate() {
            let mut sum = 0.0;
            for part in 0..4 {
                let (px, py) = (
                    (at % size) as f64 + f64::from(part % 2) / 2.0,
                    (at / size) as f64 + f64::from(part / 2) / 2.0,
                );
                let (x, y) = (px / size as f64 - 0.5, py / size as f64 - 0.5);
                let depth = 1.0 + 0.18 * x + 0.1 * y;
                let (u, v) =
                    ((x * cos - y * sin) / depth * 1.3 + 0.5, (x * sin + y * cos) / depth * 1.3 + 0.5);
                let paper = (0.0..1.0).contains(&u) && (0.0..1.0).contains(&v);
                sum += if paper { printed(u, v) } else { 120.0 } * (1.0 - 0.35 * (x + 0.5));
            }
            *dot = (sum / 4.0 + ((at * 7919) % 13) as f64) as u8;
        }
        grey
    }

    #[test]
    fn a_code_is_read_from_aside_and_in_uneven_light() {
        let text = format!("hattama-slip-v1 1/1 {}\n{}", "ab".repeat(32), "{\"a\":\"б\"}".repeat(40));
        let size = 1_200;
        assert_eq!(read_codes(size, size, &photograph(&text, size)).into_iter().collect::<Vec<_>>(), [text]);
    }

    #[test]
    fn what_is_no_picture_has_no_code() {
        assert!(read_codes(0, 0, &[]).is_empty());
        assert!(read_codes(4, 4, &[0; 15]).is_empty());
        assert!(read_codes(usize::MAX, 2, &[0; 4]).is_empty());
        assert!(read_codes(1, 1, &[0]).is_empty());
        assert!(read_codes(64, 64, &[0; 4096]).is_empty());
    }
}
