//! Texts that somebody pasted into an editor on Windows, or got by mail: what that adds is taken away.

/// A text as it was before somebody pasted it: without the mark that editors put in front, which nobody signed and nobody
/// sees, and with lines that end in a line feed. A signature over it holds only if it reads as it was signed.
#[must_use]
pub fn restore_pasted_text(bytes: &[u8]) -> Vec<u8> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut plain = Vec::with_capacity(bytes.len());
    let mut rest = bytes.iter().peekable();
    while let Some(&byte) = rest.next() {
        if byte != b'\r' || rest.peek() != Some(&&b'\n') {
            plain.push(byte);
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_editor_adds_is_taken_away_and_nothing_else() {
        for (pasted, plain) in [
            ("a\n", "a\n"),
            ("\u{feff}a\r\nb\r\n", "a\nb\n"),
            ("a\rb\r", "a\rb\r"),
            ("a\r\r\n", "a\r\n"),
            ("a\u{feff}\n", "a\u{feff}\n"),
            ("", ""),
        ] {
            assert_eq!(restore_pasted_text(pasted.as_bytes()), plain.as_bytes(), "{pasted:?}");
        }
    }
}
