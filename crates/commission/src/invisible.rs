//! Characters that nobody sees, written by their code, so that a message shows what stands in a cell.

/// The text with invisible characters as `<U+200B>`; only the plain space stays.
pub(crate) fn show_invisible(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if is_invisible(c) {
            out.push_str(&format!("<U+{:04X}>", u32::from(c)));
        } else {
            out.push(c);
        }
    }
    out
}

/// The text with signs that look like digits written by their code too, where it holds nothing but digits otherwise:
/// `1О0` and `１２` are no numbers.
pub(crate) fn show_lookalikes(text: &str) -> String {
    let alike = |c: char| {
        matches!(c, 'O' | 'o' | 'О' | 'о' | 'Ο' | 'З' | 'з' | 'l' | 'I' | 'І' | '|' | 'б' | 'B' | 'В' | 'S')
            || (c.is_numeric() && !c.is_ascii())
    };
    let figure = |c: char| {
        c.is_ascii_digit()
            || c.is_whitespace()
            || matches!(c, '.' | ',' | '\'')
            || is_invisible(c)
            || alike(c)
    };
    if !text.chars().all(figure) || !text.chars().any(|c| c.is_ascii_digit() || c.is_numeric()) {
        return show_invisible(text);
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if alike(c) || is_invisible(c) {
            out.push_str(&format!("<U+{:04X}>", u32::from(c)));
        } else {
            out.push(c);
        }
    }
    out
}

/// Whether nobody sees this character: controls, white space other than the plain space, and what Unicode lets programs pass over.
pub(crate) fn is_invisible(c: char) -> bool {
    c.is_control() || (c.is_whitespace() && c != ' ') || texts::is_unseen(c)
}

#[cfg(test)]
mod tests {
    use super::{show_invisible, show_lookalikes};

    #[test]
    fn what_nobody_sees_is_written_by_its_code() {
        for (text, shown) in [
            ("1239\u{200b}", "1239<U+200B>"),
            ("1\u{a0}239", "1<U+00A0>239"),
            ("\u{feff}a\u{2028}", "<U+FEFF>a<U+2028>"),
            ("Әкім 5", "Әкім 5"),
        ] {
            assert_eq!(show_invisible(text), shown);
        }
        for (text, shown) in [
            ("1О0", "1<U+041E>0"),
            ("\u{ff11}\u{ff12}", "<U+FF11><U+FF12>"),
            ("1239\u{200b}", "1239<U+200B>"),
            ("12 голосов", "12 голосов"),
            ("Озеро", "Озеро"),
        ] {
            assert_eq!(show_lookalikes(text), shown);
        }
    }
}
