//! The sheet set on one page of A4: the text on the left, the codes on the right and below.
//!
//! The text is set again, smaller and smaller, until it stands in the room that the codes leave. So the page is one page
//! whatever prints it.

use std::ops::RangeInclusive;

use super::{
    code::QrDrawing,
    column::TextColumn,
    fault::SlipFault,
    ink::{SvgDrawing, TextLook, escaped},
    phrases::{BothLanguages, SheetLanguages},
    sheet::Sheet,
};

const PAGE: (f64, f64) = (210.0, 297.0);
/// No printer needs more white at the edges.
const MARGIN: f64 = 9.0;
const GAP: f64 = 4.0;
/// Under a code, for its caption.
const CAPTION: f64 = 3.8;
/// Codes that a page has room for: five beside the text, two below.
pub(crate) const CODES_MAX: usize = 7;
/// The sizes that are tried, in hundredths of the usual one: first with the languages under each other, then, where that
/// gets too small, beside each other.
const LOOSE: RangeInclusive<u32> = 80..=125;
const TIGHT: RangeInclusive<u32> = 68..=100;

/// A code and what stands under it.
pub(crate) struct PlacedCode {
    pub(crate) code: QrDrawing,
    /// Its number, and what it holds.
    pub(crate) caption: (String, BothLanguages),
}

/// Where codes stand, and what they leave to the text.
struct PagePlan {
    /// Side of a code, with the white around it.
    code: f64,
    /// From one code beside the text to the next.
    pitch: f64,
    /// How many stand beside the text; the others stand below it.
    beside: usize,
    codes: usize,
}

impl PagePlan {
    /// Up to four codes of 6 cm; more are smaller, so that the text is not.
    fn new(codes: usize) -> Result<Self, SlipFault> {
        match codes {
            0..=4 => Ok(Self { code: 61.0, pitch: 69.0, beside: 4, codes }),
            5..=CODES_MAX => Ok(Self { code: 52.0, pitch: 55.8, beside: 5, codes }),
            _ => Err(SlipFault::Codes { expected: CODES_MAX, found: codes }),
        }
    }

    /// Width of the text.
    fn text_width(&self) -> f64 {
        PAGE.0 - 2.0 * MARGIN - self.code - GAP
    }

    /// Where the text ends at the latest.
    fn text_end(&self) -> f64 {
        if self.codes > self.beside { self.top_below() - GAP } else { PAGE.1 - MARGIN }
    }

    /// Where the codes below begin.
    fn top_below(&self) -> f64 {
        PAGE.1 - MARGIN - self.code - CAPTION
    }

    /// The place of a code, from 0.
    fn code_position(&self, n: usize) -> (f64, f64) {
        let nth = |n: usize| f64::from(u16::try_from(n).unwrap_or(0));
        match n.checked_sub(self.beside) {
            None => (PAGE.0 - MARGIN - self.code, MARGIN + nth(n) * self.pitch),
            Some(n) => (MARGIN + nth(n) * (self.code + GAP), self.top_below()),
        }
    }

    /// The text in this size, if it has room.
    fn set_text(
        &self,
        sheet: &Sheet,
        lang: SheetLanguages,
        (size, tight): (u32, bool),
    ) -> Option<SvgDrawing> {
        let scale = f64::from(size) / 100.0;
        let mut column = TextColumn {
            ink: SvgDrawing::default(),
            x: MARGIN,
            y: MARGIN,
            width: self.text_width(),
            scale,
            tight,
            lang,
        };
        column.set_sheet(sheet);
        // A code alone under the text leaves room beside it.
        if self.codes == self.beside + 1 {
            if column.y > self.text_end() {
                return None;
            }
            (column.x, column.y) = (MARGIN + self.code + GAP, self.top_below());
            column.width = self.text_width() - self.code - GAP;
            column.set_how_to_check();
            return (column.y <= PAGE.1 - MARGIN).then_some(column.ink);
        }
        column.set_how_to_check();
        (column.y <= self.text_end()).then_some(column.ink)
    }
}

/// The page as SVG.
pub(crate) fn page_as_svg(
    sheet: &Sheet,
    codes: &[PlacedCode],
    lang: SheetLanguages,
) -> Result<String, SlipFault> {
    let plan = PagePlan::new(codes.len())?;
    let mut sizes = LOOSE.rev().map(|size| (size, false)).chain(TIGHT.rev().map(|size| (size, true)));
    let mut ink = sizes.find_map(|size| plan.set_text(sheet, lang, size)).ok_or(SlipFault::Text)?;
    if sheet.draft {
        ink.across(["ЖОБА", "ЧЕРНОВИК"]);
    }
    for (placed, n) in codes.iter().zip(0..) {
        let (x, y) = plan.code_position(n);
        ink.code(x, y, plan.code, placed.code.side, &placed.code.path);
        let (number, what) = &placed.caption;
        let caption = format!("{number}{}", lang.of(what).join(" · "));
        let look = TextLook::plain(2.4).bold();
        let size = look.size.min(look.size * plan.code / look.width(&caption));
        ink.text(x + 1.5, y + plan.code + 1.6, TextLook { size, ..look }, &caption);
    }
    Ok(ink.page(&sheet.file_title))
}

/// The same page as HTML, which needs nothing from anywhere.
pub(crate) fn page_as_html(
    sheet: &Sheet,
    codes: &[PlacedCode],
    lang: SheetLanguages,
) -> Result<String, SlipFault> {
    let svg = page_as_svg(sheet, codes, lang)?;
    let code = if lang == SheetLanguages::Ru { "ru" } else { "kk" };
    Ok(format!(
        "<!doctype html>\n<html lang=\"{code}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <title>{}</title>\n<style>@page{{size:A4;margin:0}}html,body{{margin:0;padding:0}}\
         svg{{display:block;width:210mm;height:297mm;overflow:hidden}}@media print{{svg{{height:296.9mm}}}}</style>\n\
         </head>\n<body>\n{svg}</body>\n</html>\n",
        escaped(&sheet.file_title),
    ))
}
