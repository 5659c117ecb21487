//! The sheet set on one page of A4: the text on the left, the codes on the right and below.
//!
//! In: places and sizes. Out: the marks themselves (`ink`), what is said (`sheet`).
//!
//! The text is set again, smaller and smaller, until it stands in the room that the codes leave. So the page is one page
//! whatever prints it.

use super::{
    Lang, SlipError,
    code::Code,
    ink::{Ink, Look},
    phrases::{self, Both},
    sheet::{Figure, Note, Row, Sheet},
    words,
};

const PAGE: (f64, f64) = (210.0, 297.0);
/// No printer needs more white at the edges.
const MARGIN: f64 = 9.0;
/// A code with the white around it.
const CODE: f64 = 61.0;
/// A code with its caption.
const CELL: f64 = 66.0;
/// Codes beside the text.
const BESIDE: usize = 4;
/// Codes that a page has room for.
pub(crate) const CODES_MAX: usize = 6;
const GAP: f64 = 4.0;
/// From baseline to baseline, in sizes of the text.
const LEADING: f64 = 1.28;
/// Length of a hash in groups of four.
const HASH_IN_GROUPS: usize = 79;
/// The largest and the smallest size of the text, in parts of its usual one, and the step between.
const SCALES: (u32, u32, usize) = (125, 72, 2);

/// A code and what stands under it.
pub(crate) struct Placed {
    pub(crate) code: Code,
    pub(crate) caption: Both,
}

/// The page as SVG.
pub(crate) fn svg(sheet: &Sheet, codes: &[Placed], lang: Lang) -> Result<String, SlipError> {
    if codes.len() > CODES_MAX {
        return Err(SlipError::Codes { expected: CODES_MAX, found: codes.len() });
    }
    let width = PAGE.0 - 2.0 * MARGIN - CODE - GAP;
    let below = if codes.len() > BESIDE { CELL } else { 0.0 };
    let room = PAGE.1 - 2.0 * MARGIN - below;
    let (largest, smallest, step) = SCALES;
    let text = (smallest..=largest).rev().step_by(step).find_map(|scale| {
        let mut column =
            Column { ink: Ink::default(), y: MARGIN, width, scale: f64::from(scale) / 100.0, lang };
        column.sheet(sheet);
        (column.y - MARGIN <= room).then_some(column.ink)
    });
    let mut ink = Ink::default();
    ink.add(&text.ok_or(SlipError::Text)?);
    if sheet.draft {
        ink.across(["ЖОБА", "ЧЕРНОВИК"]);
    }
    for (placed, n) in codes.iter().zip(0_u8..) {
        let beside = usize::from(n) < BESIDE;
        let (x, y) = if beside {
            (PAGE.0 - MARGIN - CODE, MARGIN + f64::from(n) * (CELL + 3.0))
        } else {
            (MARGIN + f64::from(n - 4) * (CODE + GAP), PAGE.1 - MARGIN - CELL)
        };
        ink.code(x, y, CODE, placed.code.side, &placed.code.path);
        let caption = lang.of(&placed.caption).join(" · ");
        let mut look = Look::plain(2.4).bold();
        look.size = look.size.min(look.size * CODE / look.width(&caption));
        ink.text(x, y + CODE + 2.2, look, &caption);
    }
    Ok(ink.page(&sheet.file_title))
}

/// The same page as HTML, which needs nothing from anywhere.
pub(crate) fn html(sheet: &Sheet, codes: &[Placed], lang: Lang) -> Result<String, SlipError> {
    let svg = svg(sheet, codes, lang)?;
    let code = if lang == Lang::Ru { "ru" } else { "kk" };
    Ok(format!(
        "<!doctype html>\n<html lang=\"{code}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <title>{}</title>\n<style>@page{{size:A4;margin:0}}html,body{{margin:0;padding:0}}\
         svg{{display:block;width:210mm;height:297mm;overflow:hidden}}@media print{{svg{{height:296.9mm}}}}</style>\n\
         </head>\n<body>\n{svg}</body>\n</html>\n",
        super::ink::escaped(&sheet.file_title),
    ))
}

/// Text that runs down the page.
struct Column {
    ink: Ink,
    y: f64,
    width: f64,
    scale: f64,
    lang: Lang,
}

impl Column {
    fn sheet(&mut self, sheet: &Sheet) {
        for (line, size) in self.lang.of(&sheet.title).into_iter().zip([4.2, 3.6]) {
            self.lines(line, Look::plain(size).bold(), MARGIN, self.width);
        }
        if sheet.test {
            self.paragraph(&phrases::test_ledger(), Look { colour: "#b00", ..Look::plain(2.5).bold() });
        }
        self.space(0.8);
        sheet.head.iter().for_each(|note| self.note(note));
        self.correction(&sheet.correction);
        self.space(0.8);
        self.rule();
        sheet.rows.iter().for_each(|row| self.row(row));
        self.space(0.6);
        self.paragraph(&phrases::computed(), Look::plain(2.0).grey());
        self.space(0.8);
        sheet.notes.iter().for_each(|note| self.note(note));
        self.space(0.8);
        self.paragraph(&phrases::event(), Look::plain(2.4).bold());
        let digits: Vec<char> = sheet.event.in_groups().chars().collect();
        // Eight groups of four in a line.
        for line in digits.chunks(40) {
            let line: String = line.iter().collect();
            self.lines(line.trim_end(), Look { mono: true, ..Look::plain(3.8).bold() }, MARGIN, self.width);
        }
        self.space(0.8);
        self.paragraph(&phrases::how(), Look::plain(2.1));
    }

    /// A protocol in the place of another says so in a frame.
    fn correction(&mut self, notes: &[Note]) {
        if notes.is_empty() {
            return;
        }
        self.space(1.6);
        let top = self.y - 0.6;
        let width = self.width;
        self.width -= 2.0;
        notes.iter().for_each(|note| self.note(note));
        self.width = width;
        self.space(0.6);
        self.ink.frame(MARGIN - 1.5, top, width + 1.5, self.y - top);
        self.space(0.6);
    }

    /// One line: number, name, figure, words.
    fn row(&mut self, row: &Row) {
        let (number, figure, words) = (8.5, 17.0, 42.0);
        let name = self.width - number - figure - words;
        let top = self.y;
        let small = Look::plain(2.35);
        self.space(0.5);
        self.one(&row.number, small, MARGIN);
        let mut x = MARGIN + number;
        let mut bottom = self.column(&row.name, small, x, name - 1.0, row.computed);
        x += name;
        match row.figure {
            Figure::Heading => {}
            Figure::Absent => self.figure("—", x + figure - 2.0),
            Figure::Is(n) => self.figure(&n.to_string(), x + figure - 2.0),
        }
        let said = match row.figure {
            Figure::Heading => None,
            Figure::Absent => Some(phrases::none()),
            Figure::Is(n) => Some(Both { kk: words::kazakh(n), ru: words::russian(n) }),
        };
        if let Some(said) = said {
            bottom = bottom.max(self.column(&said, Look::plain(2.05).grey(), x + figure, words, false));
        }
        self.y = bottom.max(top + 4.0 * self.scale);
        self.space(0.5);
        self.rule();
    }

    /// Both languages under each other in a part of the width; the column's place stays. Tells where it ends.
    fn column(&mut self, both: &Both, look: Look, x: f64, width: f64, starred: bool) -> f64 {
        let top = self.y;
        for (text, n) in self.lang.of(both).into_iter().zip(0..) {
            let look = if n == 0 { look } else { look.grey() };
            let star = if starred { " *" } else { "" };
            self.lines(&format!("{text}{star}"), look, x, width);
        }
        std::mem::replace(&mut self.y, top)
    }

    fn figure(&mut self, text: &str, right: f64) {
        let look = Look { right: true, ..Look::plain(3.6 * self.scale).bold() };
        let widest = 14.0;
        let size = look.size.min(look.size * widest / look.width(text));
        self.ink.text(right, self.y + 3.1 * self.scale, Look { size, ..look }, text);
    }

    /// A label in bold and its value, running on.
    fn note(&mut self, note: &Note) {
        let values = self.lang.of(&note.value);
        let labels = self.lang.of(&note.label);
        // One value for both languages stands once, under both labels.
        let lines: Vec<(String, &str)> = if values.len() == 1 {
            vec![(labels.join(" / "), values.first().copied().unwrap_or_default())]
        } else {
            labels.iter().map(|label| (*label).to_owned()).zip(values).collect()
        };
        for (label, value) in lines {
            // A hash is compared by its groups: it starts a line of its own rather than break.
            if value.len() == HASH_IN_GROUPS {
                self.labelled(&format!("{label}:"), "");
                self.lines(value, Look { mono: true, ..Look::plain(2.3) }, MARGIN, self.width);
            } else {
                self.labelled(&format!("{label}:"), value);
            }
        }
    }

    /// A label in bold with text behind it, over as many lines as it takes.
    fn labelled(&mut self, label: &str, value: &str) {
        let look = Look { size: 2.3 * self.scale, ..Look::plain(2.3) };
        // As if all were bold: no line gets too long.
        let lines = look.bold().wrap(format!("{label} {value}").trim_end(), self.width);
        for (line, n) in lines.iter().zip(0..) {
            match line.strip_prefix(label).filter(|_| n == 0) {
                Some(rest) => self.ink.labelled(MARGIN, self.y + look.size, look, label, rest),
                None => self.ink.text(MARGIN, self.y + look.size, look, line),
            }
            self.y += look.size * LEADING;
        }
    }

    fn paragraph(&mut self, both: &Both, look: Look) {
        for text in self.lang.of(both) {
            self.lines(text, look, MARGIN, self.width);
        }
    }

    /// One line at the column's place, which stays.
    fn one(&mut self, text: &str, look: Look, x: f64) {
        let look = Look { size: look.size * self.scale, ..look };
        self.ink.text(x, self.y + look.size, look, text);
    }

    fn lines(&mut self, text: &str, look: Look, x: f64, width: f64) {
        let look = Look { size: look.size * self.scale, ..look };
        for line in look.wrap(text, width) {
            self.ink.text(x, self.y + look.size, look, &line);
            self.y += look.size * LEADING;
        }
    }

    fn space(&mut self, height: f64) {
        self.y += height * self.scale;
    }

    fn rule(&mut self) {
        self.ink.rule(MARGIN, self.y, self.width);
    }
}
