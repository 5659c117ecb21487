//! Words of strangers, so that they are nothing but words on a screen.

use std::{borrow::Cow, fmt::Write as _};

/// The text with escapes, as JSON has them, for signs that move the cursor, clear the screen or turn the order of letters:
/// what strangers wrote is quoted in answers, and writes nothing but words.
#[must_use]
pub fn quote_harmlessly<'a>(text: &'a str, kept: &[char]) -> Cow<'a, str> {
    let turns = |sign: char| matches!(sign, '\u{200e}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let moves = |sign: char| (sign.is_control() || turns(sign)) && !kept.contains(&sign);
    if !text.contains(moves) {
        return text.into();
    }
    let mut told = String::new();
    for sign in text.chars() {
        if moves(sign) {
            let _ = write!(told, "\\u{:04x}", u32::from(sign));
        } else {
            told.push(sign);
        }
    }
    told.into()
}
