//! Photographs of slips as phones and scanners write them: JPEG and PNG, unpacked into grey points, and their codes read.
//!
//! Whoever sends a picture may mean harm: its points are counted before it is unpacked, and its codes are looked for apart from
//! the program, for so long and no longer.

use std::{collections::BTreeSet, io::Cursor, sync::mpsc, thread, time::Duration};

use phrase::{Phrase, phrase};
use verifier::photographed::{POINTS_MAX, read_codes, tell_without_codes};
use zune_core::{bytestream::ZCursor, colorspace::ColorSpace, options::DecoderOptions};

/// What pictures begin with, and what they are called.
const PICTURES: [(usize, &[u8], &str); 9] = [
    (0, b"\xff\xd8\xff", JPEG),
    (0, b"\x89PNG\r\n\x1a\n", PNG),
    (4, b"ftyphei", "HEIC"),
    (4, b"ftypmif1", "HEIF"),
    (4, b"ftypavif", "AVIF"),
    (8, b"WEBP", "WebP"),
    (0, b"GIF8", "GIF"),
    (0, b"II*\0", "TIFF"),
    (0, b"MM\0*", "TIFF"),
];
const JPEG: &str = "JPEG";
const PNG: &str = "PNG";

/// No picture of a sheet takes so long; one that was made to take long does.
const PATIENCE: Duration = Duration::from_secs(60);

/// A picture in grey, line by line.
struct GreyPicture {
    width: usize,
    height: usize,
    dots: Vec<u8>,
}

/// Whether a file begins as a picture does, of any form.
pub(super) fn is_picture(bytes: &[u8]) -> bool {
    name_form(bytes).is_some()
}

fn name_form(bytes: &[u8]) -> Option<&'static str> {
    let begins = |at: usize, mark: &[u8]| bytes.get(at..).is_some_and(|rest| rest.starts_with(mark));
    PICTURES.iter().find(|(at, mark, _)| begins(*at, mark)).map(|(.., name)| *name)
}

/// The texts of all codes on a photograph.
pub(super) fn read_photograph(bytes: Vec<u8>) -> Result<BTreeSet<String>, Phrase> {
    let (give, taken) = mpsc::channel();
    // A reader of pictures that other people wrote may stop in the middle: the channel then closes.
    let begun = thread::Builder::new().name("photograph".to_owned()).spawn(move || {
        // Nobody waits for it any more: nothing is lost.
        let _ = give.send(read_picture(&bytes));
    });
    if begun.is_err() {
        return Err(damaged());
    }
    match taken.recv_timeout(PATIENCE) {
        Ok(read) => read,
        Err(mpsc::RecvTimeoutError::Disconnected) => Err(damaged()),
        Err(mpsc::RecvTimeoutError::Timeout) => Err(phrase!(
            "photograph-too-long",
            "expected codes within {seconds} seconds, found none so far: photograph fewer sheets at once",
            seconds = PATIENCE.as_secs()
        )),
    }
}

fn read_picture(bytes: &[u8]) -> Result<BTreeSet<String>, Phrase> {
    let picture = match name_form(bytes) {
        Some(PNG) => unpack_png(bytes)?,
        Some(JPEG) => unpack_jpeg(bytes)?,
        other => {
            return Err(phrase!(
                "photograph-of-another-form",
                "expected a JPEG or PNG picture, found {form}: save it as JPEG",
                form = other.unwrap_or("?")
            ));
        }
    };
    let texts = read_codes(picture.width, picture.height, &picture.dots);
    if texts.is_empty() { Err(tell_without_codes()) } else { Ok(texts) }
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
    decoder.set_ignore_text_chunk(true);
    decoder.set_ignore_iccp_chunk(true);
    let (width, height) = {
        let info = decoder.read_header_info().map_err(|_| damaged())?;
        (info.width as usize, info.height as usize)
    };
    require_few_points(width, height)?;
    let mut reader = decoder.read_info().map_err(|_| damaged())?;
    let samples = reader.output_color_type().0.samples();
    let mut dots = Vec::new();
    if reader.info().interlaced {
        let mut whole = vec![0; reader.output_buffer_size().ok_or_else(damaged)?];
        reader.next_frame(&mut whole).map_err(|_| damaged())?;
        push_grey(&mut dots, &whole, samples);
    } else {
        // Row by row: never all colours of a large picture at once.
        while let Some(row) = reader.next_row().map_err(|_| damaged())? {
            push_grey(&mut dots, row.data(), samples);
        }
    }
    Ok(GreyPicture { width, height, dots })
}

fn unpack_jpeg(bytes: &[u8]) -> Result<GreyPicture, Phrase> {
    let side = usize::from(u16::MAX);
    let options = DecoderOptions::default().set_max_width(side).set_max_height(side);
    let options = options.jpeg_set_out_colorspace(ColorSpace::Luma);
    let mut decoder = zune_jpeg::JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    decoder.decode_headers().map_err(|_| damaged())?;
    let (width, height) = decoder.dimensions().ok_or_else(damaged)?;
    require_few_points(width, height)?;
    let dots = decoder.decode().map_err(|_| damaged())?;
    Ok(GreyPicture { width, height, dots })
}

/// Grey from colours: two and four samples a point end with opacity, which says nothing of light.
fn push_grey(dots: &mut Vec<u8>, bytes: &[u8], samples: usize) {
    let colours = match samples {
        0 | 1 => return dots.extend_from_slice(bytes),
        2 => 1,
        _ => 3,
    };
    let mean = |dot: &[u8]| {
        let sum: usize = dot.iter().take(colours).map(|one| usize::from(*one)).sum();
        u8::try_from(sum / colours).unwrap_or(u8::MAX)
    };
    dots.extend(bytes.chunks_exact(samples).map(mean));
}
