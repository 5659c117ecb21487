//! Words of strangers, so that they are nothing but words on a screen.

use std::{borrow::Cow, fmt::Write as _};

/// The text with escapes, as JSON has them, for signs that move the cursor, clear the screen, turn the order of letters, begin
/// another line or are not seen at all: what strangers wrote is quoted in answers, and writes nothing but words.
#[must_use]
pub fn quote_harmlessly<'a>(text: &'a str, kept: &[char]) -> Cow<'a, str> {
    let turns = |sign: char| matches!(sign, '\u{200e}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let moves = |sign: char| (sign.is_control() || turns(sign) || hides(sign)) && !kept.contains(&sign);
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

/// Whether a sign begins another line or is not seen: two names that differ by it alone look the same.
fn hides(sign: char) -> bool {
    matches!(
        u32::from(sign),
        0xAD | 0x34F
            | 0x61C
            | 0x115F..=0x1160
            | 0x17B4..=0x17B5
            | 0x180B..=0x180F
            | 0x200B..=0x200F
            | 0x2028..=0x2029
            | 0x2060..=0x206F
            | 0x3164
            | 0xFE00..=0xFE0F
            | 0xFEFF
            | 0xFFA0
            | 0xFFF0..=0xFFFB
            | 0xE0000..=0xE0FFF
    )
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
