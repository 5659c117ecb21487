//! The text of the sheet, set down a column of some width in some size: what follows what, and where lines break.

use texts::{Language, numerals::spell_figure, paper::note_on_numbers};

use super::{
    ink::{SvgDrawing, TextLook},
    note::SheetNote,
    phrases::{self, BothLanguages, SheetLanguages},
    sheet::{LineFigure, Sheet, SheetLine},
};

/// From baseline to baseline, in sizes of the text.
const LEADING: f64 = 1.22;
/// Between two languages on one line.
const BESIDE_EACH_OTHER: &str = " / ";
/// Size of figures in words.
const WORDS: f64 = 2.05;
/// Length of a hash in groups of four.
const HASH_IN_GROUPS: usize = 79;

/// Text that runs down the page.
pub(super) struct TextColumn {
    pub(super) ink: SvgDrawing,
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) width: f64,
    pub(super) scale: f64,
    /// BothLanguages languages on one line where they fit.
    pub(super) tight: bool,
    pub(super) lang: SheetLanguages,
}

impl TextColumn {
    /// Everything but how to check it.
    pub(super) fn set_sheet(&mut self, sheet: &Sheet) {
        for (line, size) in self.lang.of(&sheet.title).into_iter().zip([4.2, 3.6]) {
            self.set_lines(line, TextLook::plain(size).bold(), self.x, self.width);
        }
        for mark in &sheet.marks {
            self.set_paragraph(mark, TextLook { colour: "#b00", ..TextLook::plain(2.9).bold() });
        }
        if sheet.test {
            self.set_paragraph(
                &phrases::test_ledger(),
                TextLook { colour: "#b00", ..TextLook::plain(2.5).bold() },
            );
        }
        if let Some(synthetic) = &sheet.synthetic {
            self.set_paragraph(synthetic, TextLook { colour: "#b00", ..TextLook::plain(2.0) });
        }
        self.leave_space(0.8);
        sheet.head.iter().for_each(|note| self.set_note(note));
        self.set_correction(&sheet.correction);
        self.leave_space(0.8);
        self.set_rule();
        if !sheet.rows.is_empty() {
            let words = self.words_width(&sheet.rows);
            sheet.rows.iter().for_each(|row| self.set_row(row, words));
            self.leave_space(0.6);
            self.set_paragraph(&phrases::computed(), TextLook::plain(2.0).grey());
            let numbers =
                BothLanguages { kk: note_on_numbers(Language::Kk), ru: note_on_numbers(Language::Ru) };
            self.set_paragraph(&numbers, TextLook::plain(2.0).grey());
        }
        self.leave_space(0.8);
        sheet.notes.iter().for_each(|note| self.set_note(note));
        self.leave_space(0.8);
        self.set_paragraph(&phrases::event(), TextLook::plain(2.4).bold());
        let digits: Vec<char> = sheet.event.in_groups().chars().collect();
        // Eight groups of four in a line.
        for line in digits.chunks(40) {
            let line: String = line.iter().collect();
            self.set_lines(
                line.trim_end(),
                TextLook { mono: true, ..TextLook::plain(3.8).bold() },
                self.x,
                self.width,
            );
        }
    }

    /// How a passer-by checks it.
    pub(super) fn set_how_to_check(&mut self) {
        self.leave_space(0.8);
        self.set_paragraph(&phrases::how(), TextLook::plain(2.1));
    }

    /// A protocol in the place of another says so in a frame.
    fn set_correction(&mut self, notes: &[SheetNote]) {
        if notes.is_empty() {
            return;
        }
        self.leave_space(1.6);
        let (top, x, width) = (self.y - 0.6, self.x, self.width);
        (self.x, self.width) = (x + 1.5, width - 3.0);
        notes.iter().for_each(|note| self.set_note(note));
        (self.x, self.width) = (x, width);
        self.leave_space(0.6);
        self.ink.frame(x, top, width, self.y - top);
        self.leave_space(0.6);
    }

    /// What figures in words take, each on one line if that leaves room for the names.
    fn words_width(&self, rows: &[SheetLine]) -> f64 {
        let look = TextLook::plain(WORDS * self.scale);
        let widest = |said: BothLanguages| match (self.tight, self.lang.of(&said)) {
            (true, texts) => look.width(&texts.join(BESIDE_EACH_OTHER)),
            (false, texts) => texts.into_iter().map(|text| look.width(text)).fold(0.0, f64::max),
        };
        let said = rows.iter().filter_map(|row| figure_in_words(row.figure));
        said.map(widest).fold(0.0, f64::max).clamp(20.0, if self.tight { 42.0 } else { 46.0 })
    }

    /// One line: number, name, figure, words.
    fn set_row(&mut self, row: &SheetLine, words: f64) {
        let (number, figure) = (7.0, 15.5);
        let name = self.width - number - figure - words;
        let top = self.y;
        let small = TextLook::plain(2.35);
        self.leave_space(0.35);
        self.set_line(&row.number, small, self.x);
        let mut x = self.x + number;
        let mut bottom = self.set_cell(&row.name, small, x, name - 1.0, row.computed);
        x += name;
        match row.figure {
            LineFigure::Heading => {}
            LineFigure::Absent => self.set_figure("—", x + figure - 2.0),
            LineFigure::Is(n) => self.set_figure(&n.to_string(), x + figure - 2.0),
        }
        if let Some(said) = figure_in_words(row.figure) {
            bottom =
                bottom.max(self.set_cell(&said, TextLook::plain(WORDS).grey(), x + figure, words, false));
        }
        self.y = bottom.max(top + 3.7 * self.scale);
        self.leave_space(0.55);
        self.set_rule();
    }

    /// BothLanguages languages under each other in a part of the width; the column's place stays. Tells where it ends.
    fn set_cell(&mut self, both: &BothLanguages, look: TextLook, x: f64, width: f64, starred: bool) -> f64 {
        let top = self.y;
        for (text, n) in self.texts_on_lines(both, look, width - 3.0).into_iter().zip(0..) {
            let look = if n == 0 { look } else { look.grey() };
            let star = if starred { " *" } else { "" };
            self.set_lines(&format!("{text}{star}"), look, x, width);
        }
        std::mem::replace(&mut self.y, top)
    }

    /// A line for each language, or one for both.
    fn texts_on_lines(&self, both: &BothLanguages, look: TextLook, width: f64) -> Vec<String> {
        let texts = self.lang.of(both);
        let beside = texts.join(BESIDE_EACH_OTHER);
        let look = TextLook { size: look.size * self.scale, ..look };
        if self.tight && look.width(&beside) <= width {
            return vec![beside];
        }
        texts.into_iter().map(str::to_owned).collect()
    }

    fn set_figure(&mut self, text: &str, right: f64) {
        let look = TextLook { right: true, ..TextLook::plain(3.6 * self.scale).bold() };
        let widest = 14.0;
        let size = look.size.min(look.size * widest / look.width(text));
        self.ink.text(right, self.y + 3.1 * self.scale, TextLook { size, ..look }, text);
    }

    /// A label in bold and its value, running on.
    fn set_note(&mut self, note: &SheetNote) {
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
                self.set_labelled(&format!("{label}:"), "");
                self.set_lines(value, TextLook { mono: true, ..TextLook::plain(2.3) }, self.x, self.width);
            } else {
                self.set_labelled(&format!("{label}:"), value);
            }
        }
    }

    /// A label in bold with text behind it, over as many lines as it takes.
    fn set_labelled(&mut self, label: &str, value: &str) {
        let look = TextLook { size: 2.3 * self.scale, ..TextLook::plain(2.3) };
        // What the label is wider by in bold is kept free.
        let room = self.width - look.bold().width(label) + look.width(label);
        let lines = look.wrap(format!("{label} {value}").trim_end(), room);
        for (line, n) in lines.iter().zip(0..) {
            match line.strip_prefix(label).filter(|_| n == 0) {
                Some(rest) => self.ink.labelled(self.x, self.y + look.size, look, label, rest.trim_start()),
                None => self.ink.text(self.x, self.y + look.size, look, line),
            }
            self.y += look.size * LEADING;
        }
    }

    fn set_paragraph(&mut self, both: &BothLanguages, look: TextLook) {
        for text in self.lang.of(both) {
            self.set_lines(text, look, self.x, self.width);
        }
    }

    /// One line at the column's place, which stays.
    fn set_line(&mut self, text: &str, look: TextLook, x: f64) {
        let look = TextLook { size: look.size * self.scale, ..look };
        self.ink.text(x, self.y + look.size, look, text);
    }

    fn set_lines(&mut self, text: &str, look: TextLook, x: f64, width: f64) {
        let look = TextLook { size: look.size * self.scale, ..look };
        for line in look.wrap(text, width) {
            self.ink.text(x, self.y + look.size, look, &line);
            self.y += look.size * LEADING;
        }
    }

    fn leave_space(&mut self, height: f64) {
        self.y += height * self.scale;
    }

    fn set_rule(&mut self) {
        self.ink.rule(self.x, self.y, self.width);
    }
}

/// A figure in words.
fn figure_in_words(figure: LineFigure) -> Option<BothLanguages> {
    match figure {
        LineFigure::Heading => None,
        LineFigure::Absent => Some(phrases::none()),
        LineFigure::Is(n) => {
            Some(BothLanguages { kk: spell_figure(Language::Kk, n), ru: spell_figure(Language::Ru, n) })
        }
    }
}
