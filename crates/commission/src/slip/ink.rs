//! Marks on paper: text, lines and shapes as SVG, in millimetres; how wide a text is and where its lines break.
//!
//! Nobody knows which font a printer's machine has, so widths are guessed from above: a line that is guessed to fit does.

use std::fmt::Write as _;

/// Fonts that have the Kazakh letters; the first one found is taken.
pub(crate) const FONT: &str = "Arial, 'Liberation Sans', 'Noto Sans', 'DejaVu Sans', sans-serif";
/// The same for hashes, whose digits people compare by place.
const FONT_MONO: &str = "'DejaVu Sans Mono', 'Liberation Mono', Consolas, 'Courier New', monospace";

/// How a text looks.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TextLook {
    pub(crate) size: f64,
    pub(crate) bold: bool,
    pub(crate) mono: bool,
    /// Whether the given place is the right end of the text.
    pub(crate) right: bool,
    pub(crate) colour: &'static str,
}

impl TextLook {
    pub(crate) fn plain(size: f64) -> Self {
        Self { size, bold: false, mono: false, right: false, colour: "#000" }
    }

    pub(crate) fn bold(self) -> Self {
        Self { bold: true, ..self }
    }

    pub(crate) fn grey(self) -> Self {
        Self { colour: "#444", ..self }
    }

    /// How wide a text is at most.
    pub(crate) fn width(self, text: &str) -> f64 {
        let ems: f64 = text.chars().map(|c| if self.mono { 0.61 } else { ems(c) }).sum();
        ems * self.size * if self.bold { 1.12 } else { 1.0 }
    }

    /// Lines of at most this width; a word that is wider alone is broken.
    pub(crate) fn wrap(self, text: &str, width: f64) -> Vec<String> {
        let mut lines = vec![String::new()];
        for word in text.split(' ') {
            let fits = |line: &str, more: &str| self.width(line) + self.width(more) <= width;
            let Some(line) = lines.last_mut() else { break };
            let spaced = if line.is_empty() { word.to_owned() } else { format!(" {word}") };
            if fits(line, &spaced) {
                line.push_str(&spaced);
                continue;
            }
            if !line.is_empty() {
                lines.push(String::new());
            }
            for character in word.chars() {
                let Some(line) = lines.last_mut() else { break };
                if line.is_empty() || fits(line, character.encode_utf8(&mut [0; 4])) {
                    line.push(character);
                } else {
                    lines.push(character.to_string());
                }
            }
        }
        lines
    }
}

/// Parts of the font's size, from above, over the fonts named above.
fn ems(character: char) -> f64 {
    match character {
        ' ' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' | 'i' | 'l' | 'j' | 'і' | 'І' | '·' => 0.34,
        '-' | '(' | ')' | '/' | 't' | 'f' | 'r' | '"' => 0.42,
        'ж' | 'ш' | 'щ' | 'ю' | 'ы' | 'м' | 'ф' | 'w' | 'm' | 'җ' => 0.82,
        'Ж' | 'Ш' | 'Щ' | 'Ю' | 'М' | 'Ф' | 'Ы' | 'W' | 'M' | '—' | '…' | '№' | '@' => 1.0,
        c if c.is_uppercase() => 0.72,
        _ => 0.6,
    }
}

/// A drawing.
#[derive(Debug, Clone, Default)]
pub(crate) struct SvgDrawing {
    svg: String,
}

impl SvgDrawing {
    /// A text with its baseline at y.
    pub(crate) fn text(&mut self, x: f64, y: f64, look: TextLook, text: &str) {
        let family = if look.mono { format!(" font-family=\"{FONT_MONO}\"") } else { String::new() };
        let _ = writeln!(
            self.svg,
            "<text x=\"{x:.2}\" y=\"{y:.2}\" font-size=\"{:.2}\" fill=\"{}\"{}{}{family}>{}</text>",
            look.size,
            look.colour,
            if look.bold { " font-weight=\"bold\"" } else { "" },
            if look.right { " text-anchor=\"end\"" } else { "" },
            escaped(text),
        );
    }

    /// A line that begins with a label in bold.
    pub(crate) fn labelled(&mut self, x: f64, y: f64, look: TextLook, label: &str, rest: &str) {
        // Some readers drop a plain space between the two.
        let _ = writeln!(
            self.svg,
            "<text x=\"{x:.2}\" y=\"{y:.2}\" font-size=\"{:.2}\"><tspan font-weight=\"bold\">{}</tspan>\
             \u{a0}{}</text>",
            look.size,
            escaped(label),
            escaped(rest),
        );
    }

    /// A thin line across.
    pub(crate) fn rule(&mut self, x: f64, y: f64, width: f64) {
        let _ = writeln!(
            self.svg,
            "<path d=\"M{x:.2} {y:.2}h{width:.2}\" stroke=\"#777\" stroke-width=\"0.15\"/>"
        );
    }

    /// A frame around something that must be seen.
    pub(crate) fn frame(&mut self, x: f64, y: f64, width: f64, height: f64) {
        let _ = writeln!(
            self.svg,
            "<rect x=\"{x:.2}\" y=\"{y:.2}\" width=\"{width:.2}\" height=\"{height:.2}\" fill=\"none\" \
             stroke=\"#000\" stroke-width=\"0.35\"/>"
        );
    }

    /// A code of so many modules in a white square: the mark of a draft must not run through it.
    pub(crate) fn code(&mut self, x: f64, y: f64, side: f64, modules: usize, path: &str) {
        let modules = u32::try_from(modules).unwrap_or(u32::MAX);
        let _ = writeln!(
            self.svg,
            "<g class=\"code\" transform=\"translate({x:.3} {y:.3}) scale({:.6})\" shape-rendering=\"crispEdges\">\
             <path d=\"M0 0h{modules}v{modules}H0z\" fill=\"#fff\"/><path d=\"{path}\"/></g>",
            side / f64::from(modules.max(1)),
        );
    }

    /// Large pale words across the page.
    pub(crate) fn across(&mut self, words: [&str; 2]) {
        // Over the text: the codes keep their white.
        for (word, y) in words.iter().zip([140.0, 172.0]) {
            let _ = writeln!(
                self.svg,
                "<text x=\"72\" y=\"{y}\" font-size=\"25\" font-weight=\"bold\" text-anchor=\"middle\" \
                 fill=\"#c00\" fill-opacity=\"0.22\" transform=\"rotate(-42 72 148)\">{}</text>",
                escaped(word)
            );
        }
    }

    /// The page of A4 with this drawing on it.
    pub(crate) fn page(&self, title: &str) -> String {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"210mm\" height=\"297mm\" viewBox=\"0 0 210 297\" \
             font-family=\"{FONT}\">\n<title>{}</title>\n<path d=\"M0 0h210v297H0z\" fill=\"#fff\"/>\n{}</svg>\n",
            escaped(title),
            self.svg
        )
    }
}

/// Text between tags or in an attribute, of HTML and of SVG.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(character),
        }
    }
    out
}
