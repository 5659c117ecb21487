//! A document in words as text for a terminal: label, figure, and the figure in words under each other.

use super::document::{LegibleDocument, LegibleLine};

/// Widest label that values stand behind; a longer one has its value on the next line.
const LABEL_MAX: usize = 58;

impl LegibleDocument {
    /// The document as text, without the names of formats.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut text = format!("{}\n\n", self.title);
        write_lines(&self.head, &mut text);
        text.push('\n');
        write_lines(&self.lines, &mut text);
        text.push('\n');
        write_lines(&self.signers, &mut text);
        for note in &self.notes {
            text.push_str(&format!("\n{note}"));
        }
        text.trim_end().to_owned()
    }
}

fn write_lines(lines: &[LegibleLine], text: &mut String) {
    let labels: Vec<String> = lines.iter().map(label_of).collect();
    let said = lines.iter().zip(&labels).filter(|(line, _)| line.value.is_some());
    let widths = said.map(|(_, label)| label.chars().count()).filter(|width| *width <= LABEL_MAX);
    let width = widths.max().unwrap_or_default();
    for (line, label) in lines.iter().zip(&labels) {
        let Some(value) = &line.value else {
            text.push_str(&format!("{label}:\n"));
            continue;
        };
        if label.chars().count() > width {
            text.push_str(&format!("{label}\n{:width$}", ""));
        } else {
            text.push_str(&format!("{label:width$}"));
        }
        text.push_str(&format!("  {value}"));
        if let Some(words) = &line.in_words {
            text.push_str(&format!("  ({words})"));
        }
        text.push('\n');
    }
}

fn label_of(line: &LegibleLine) -> String {
    let number = line.number.as_ref().map(|number| format!("{number:<5} ")).unwrap_or_default();
    format!("{:indent$}{number}{}", "", line.label, indent = line.depth * 2)
}
