//! The text of the sheet, set down a column of some width in some size: what follows what, and where lines break.

use super::{
    ink::{Ink, Look},
    phrases::{self, Both, Lang},
    sheet::{Figure, Note, Row, Sheet},
    words,
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
pub(super) struct Column {
    pub(super) ink: Ink,
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) width: f64,
    pub(super) scale: f64,
    /// Both languages on one line where they fit.
    pub(super) tight: bool,
    pub(super) lang: Lang,
}

impl Column {
    /// Everything but how to check it.
    pub(super) fn sheet(&mut self, sheet: &Sheet) {
        for (line, size) in self.lang.of(&sheet.title).into_iter().zip([4.2, 3.6]) {
            self.lines(line, Look::plain(size).bold(), self.x, self.width);
        }
        if sheet.draft {
            self.paragraph(&phrases::draft(), Look { colour: "#b00", ..Look::plain(2.5).bold() });
        }
        if sheet.test {
            self.paragraph(&phrases::test_ledger(), Look { colour: "#b00", ..Look::plain(2.5).bold() });
        }
        self.space(0.8);
        sheet.head.iter().for_each(|note| self.note(note));
        self.correction(&sheet.correction);
        self.space(0.8);
        self.rule();
        let words = self.words_width(&sheet.rows);
        sheet.rows.iter().for_each(|row| self.row(row, words));
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
            self.lines(line.trim_end(), Look { mono: true, ..Look::plain(3.8).bold() }, self.x, self.width);
        }
    }

    /// How a passer-by checks it.
    pub(super) fn how(&mut self) {
        self.space(0.8);
        self.paragraph(&phrases::how(), Look::plain(2.1));
    }

    /// A protocol in the place of another says so in a frame.
    fn correction(&mut self, notes: &[Note]) {
        if notes.is_empty() {
            return;
        }
        self.space(1.6);
        let (top, x, width) = (self.y - 0.6, self.x, self.width);
        (self.x, self.width) = (x + 1.5, width - 3.0);
        notes.iter().for_each(|note| self.note(note));
        (self.x, self.width) = (x, width);
        self.space(0.6);
        self.ink.frame(x, top, width, self.y - top);
        self.space(0.6);
    }

    /// What figures in words take, each on one line if that leaves room for the names.
    fn words_width(&self, rows: &[Row]) -> f64 {
        let look = Look::plain(WORDS * self.scale);
        let widest = |said: Both| match (self.tight, self.lang.of(&said)) {
            (true, texts) => look.width(&texts.join(BESIDE_EACH_OTHER)),
            (false, texts) => texts.into_iter().map(|text| look.width(text)).fold(0.0, f64::max),
        };
        let said = rows.iter().filter_map(|row| said(row.figure));
        said.map(widest).fold(0.0, f64::max).clamp(20.0, if self.tight { 42.0 } else { 46.0 })
    }

    /// One line: number, name, figure, words.
    fn row(&mut self, row: &Row, words: f64) {
        let (number, figure) = (7.0, 15.5);
        let name = self.width - number - figure - words;
        let top = self.y;
        let small = Look::plain(2.35);
        self.space(0.35);
        self.one(&row.number, small, self.x);
        let mut x = self.x + number;
        let mut bottom = self.column(&row.name, small, x, name - 1.0, row.computed);
        x += name;
        match row.figure {
            Figure::Heading => {}
            Figure::Absent => self.figure("—", x + figure - 2.0),
            Figure::Is(n) => self.figure(&n.to_string(), x + figure - 2.0),
        }
        if let Some(said) = said(row.figure) {
            bottom = bottom.max(self.column(&said, Look::plain(WORDS).grey(), x + figure, words, false));
        }
        self.y = bottom.max(top + 3.7 * self.scale);
        self.space(0.55);
        self.rule();
    }

    /// Both languages under each other in a part of the width; the column's place stays. Tells where it ends.
    fn column(&mut self, both: &Both, look: Look, x: f64, width: f64, starred: bool) -> f64 {
        let top = self.y;
        for (text, n) in self.texts(both, look, width - 3.0).into_iter().zip(0..) {
            let look = if n == 0 { look } else { look.grey() };
            let star = if starred { " *" } else { "" };
            self.lines(&format!("{text}{star}"), look, x, width);
        }
        std::mem::replace(&mut self.y, top)
    }

    /// A line for each language, or one for both.
    fn texts(&self, both: &Both, look: Look, width: f64) -> Vec<String> {
        let texts = self.lang.of(both);
        let beside = texts.join(BESIDE_EACH_OTHER);
        let look = Look { size: look.size * self.scale, ..look };
        if self.tight && look.width(&beside) <= width {
            return vec![beside];
        }
        texts.into_iter().map(str::to_owned).collect()
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
                self.lines(value, Look { mono: true, ..Look::plain(2.3) }, self.x, self.width);
            } else {
                self.labelled(&format!("{label}:"), value);
            }
        }
    }

    /// A label in bold with text behind it, over as many lines as it takes.
    fn labelled(&mut self, label: &str, value: &str) {
        let look = Look { size: 2.3 * self.scale, ..Look::plain(2.3) };
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

    fn paragraph(&mut self, both: &Both, look: Look) {
        for text in self.lang.of(both) {
            self.lines(text, look, self.x, self.width);
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
        self.ink.rule(self.x, self.y, self.width);
    }
}

/// A figure in words.
fn said(figure: Figure) -> Option<Both> {
    match figure {
        Figure::Heading => None,
        Figure::Absent => Some(phrases::none()),
        Figure::Is(n) => Some(Both { kk: words::kazakh(n), ru: words::russian(n) }),
    }
}
