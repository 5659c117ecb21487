//! Words of strangers, so that they are nothing but words on a screen.

use std::{borrow::Cow, fmt::Write as _};

use texts::is_unseen;

/// The text with escapes, as JSON has them, for signs that move the cursor, clear the screen, turn the order of letters, begin
/// another line or are not seen at all: what strangers wrote is quoted in answers, and writes nothing but words.
#[must_use]
pub fn quote_harmlessly<'a>(text: &'a str, kept: &[char]) -> Cow<'a, str> {
    let moves = |sign: char| (sign.is_control() || is_unseen(sign)) && !kept.contains(&sign);
    if !text.contains(moves) {
        return text.into();
    }
    let mut told = String::new();
    for sign in text.chars() {
        if moves(sign) {
            for unit in sign.encode_utf16(&mut [0; 2]) {
                let _ = write!(told, "\\u{unit:04x}");
            }
        } else {
            told.push(sign);
        }
    }
    told.into()
}

#[cfg(test)]
mod tests {
    use super::quote_harmlessly;

    #[test]
    fn what_nobody_sees_and_what_begins_a_line_is_written_by_its_code() {
        for (text, told) in [
            ("tile\u{200b}/0", "tile\\u200b/0"),
            ("a\u{2028}b\u{2029}", "a\\u2028b\\u2029"),
            ("\u{feff}checkpoint", "\\ufeffcheckpoint"),
            ("\u{202e}gpj.exe\u{1b}[2J", "\\u202egpj.exe\\u001b[2J"),
            ("x\u{e0041}", "x\\udb40\\udc41"),
            ("1\u{a0}234 дауыс, Әкім", "1\u{a0}234 дауыс, Әкім"),
        ] {
            assert_eq!(quote_harmlessly(text, &[]), told);
        }
        assert_eq!(quote_harmlessly("a\nb\u{200b}", &['\n']), "a\nb\\u200b");
    }
}
