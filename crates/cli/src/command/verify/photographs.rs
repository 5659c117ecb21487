//! Photographs of slips as phones and scanners write them: JPEG and PNG, unpacked into grey points, and their codes read.

use std::{collections::BTreeSet, io::Cursor, path::Path};

use phrase::{Phrase, phrase};
use verifier::photographed::{POINTS_MAX, read_codes, tell_without_codes};
use zune_core::{bytestream::ZCursor, colorspace::ColorSpace, options::DecoderOptions};

use crate::fault::Fault;

const JPEG: &[u8] = b"\xff\xd8\xff";
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";

/// A picture in grey, line by line.
struct GreyPicture {
    width: usize,
    height: usize,
    dots: Vec<u8>,
}

/// Whether a file begins as a photograph does.
pub(super) fn is_photograph(bytes: &[u8]) -> bool {
    bytes.starts_with(JPEG) || bytes.starts_with(PNG)
}

/// The texts of all codes on a photograph.
pub(super) fn read_photograph(file: &Path, bytes: &[u8]) -> Result<BTreeSet<String>, Fault> {
    let of = |found| Fault::Unreadable { path: file.to_owned(), found };
    let picture = if bytes.starts_with(PNG) { unpack_png(bytes) } else { unpack_jpeg(bytes) };
    let picture = picture.map_err(of)?;
    let texts = read_codes(picture.width, picture.height, &picture.dots);
    if texts.is_empty() {
        return Err(of(tell_without_codes()));
    }
    Ok(texts)
}

fn damaged() -> Phrase {
    phrase!("photograph-damaged", "expected a whole JPEG or PNG picture, found a damaged one")
}

fn require_few_points(width: usize, height: usize) -> Result<(), Phrase> {
    if width.checked_mul(height).is_some_and(|points| points <= POINTS_MAX) {
        return Ok(());
    }
    Err(phrase!(
        "photograph-too-large",
        "expected a picture of at most {max} points, found {width} by {height}",
        max = POINTS_MAX
    ))
}

fn unpack_png(bytes: &[u8]) -> Result<GreyPicture, Phrase> {
    let mut decoder = png::Decoder::new(Cursor::new(bytes));
    decoder.set_transformations(png::Transformations::normalize_to_color8());
    let (width, height) = {
        let info = decoder.read_header_info().map_err(|_| damaged())?;
        (info.width as usize, info.height as usize)
    };
    require_few_points(width, height)?;
    let mut reader = decoder.read_info().map_err(|_| damaged())?;
    let mut buffer = vec![0; reader.output_buffer_size().ok_or_else(damaged)?];
    let frame = reader.next_frame(&mut buffer).map_err(|_| damaged())?;
    buffer.truncate(frame.buffer_size());
    let dots = mean_of_colours(&buffer, frame.color_type.samples());
    Ok(GreyPicture { width, height, dots })
}

fn unpack_jpeg(bytes: &[u8]) -> Result<GreyPicture, Phrase> {
    let options = DecoderOptions::default().jpeg_set_out_colorspace(ColorSpace::Luma);
    let mut decoder = zune_jpeg::JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    decoder.decode_headers().map_err(|_| damaged())?;
    let (width, height) = decoder.dimensions().ok_or_else(damaged)?;
    require_few_points(width, height)?;
    let dots = decoder.decode().map_err(|_| damaged())?;
    Ok(GreyPicture { width, height, dots })
}

/// Grey from colours: two and four samples a point end with opacity, which says nothing of light.
fn mean_of_colours(bytes: &[u8], samples: usize) -> Vec<u8> {
    let colours = match samples {
        0 | 1 => return bytes.to_vec(),
        2 => 1,
        _ => 3,
    };
    let mean = |dot: &[u8]| {
        let sum: usize = dot.iter().take(colours).map(|one| usize::from(*one)).sum();
        u8::try_from(sum / colours).unwrap_or(u8::MAX)
    };
    bytes.chunks_exact(samples).map(mean).collect()
}
