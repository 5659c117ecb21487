//! The strict reader: one pass over the bytes that is at once the check of canonical form and serde's source of values.
//!
//! Contains tokens, order of fields, limits, and the values with a form of their own (hash, key, signature, id, text,
//! times), which announce themselves by the name of their newtype, so that their faults carry a position too. Elsewhere:
//! how serde asks (`value_source`), which fields an object has; serde's derives ask for them.

use alloc::{
    borrow::Cow,
    boxed::Box,
    format,
    string::{String, ToString},
};

use serde::de::{Deserializer, Visitor};

use super::limits::{DEPTH_MAX, INTEGER_MAX};
use crate::fault::{DecodeError, Fault, NOWHERE};
use crate::json_part::JsonPart;
use crate::{bytes, text, time};
use phrase::{Phrase, Phrased, phrase};

pub(super) type Read<T> = Result<T, DecodeError>;

/// Reads one value that fills the bytes.
pub(crate) fn read<'de, T: serde::Deserialize<'de>>(bytes: &'de [u8]) -> Read<T> {
    let mut reader = Reader { bytes, at: 0, depth: 0 };
    let value = T::deserialize(&mut reader).map_err(|error| error.or_at(0))?;
    reader.require_end()?;
    Ok(value)
}

/// The place of the value of a top-level field in canonical bytes, found by reading, not by searching.
#[must_use]
pub fn span_of_field(bytes: &[u8], field: &str) -> Option<(usize, usize)> {
    let mut reader = Reader { bytes, at: 0, depth: 0 };
    reader.expect_byte(b'{', JsonPart::Object).ok()?;
    loop {
        let name = reader.read_string().ok()?;
        reader.expect_byte(b':', JsonPart::Colon).ok()?;
        let start = reader.at;
        reader.skip_value().ok()?;
        if name == field {
            return Some((start, reader.at));
        }
        reader.expect_byte(b',', JsonPart::Comma).ok()?;
    }
}

/// Where in the bytes the reading is.
pub(super) struct Reader<'de> {
    bytes: &'de [u8],
    pub(super) at: usize,
    depth: usize,
}

impl<'de> Reader<'de> {
    pub(super) fn fail<T>(&self, fault: Fault) -> Read<T> {
        Err(DecodeError { at: self.at, fault })
    }

    pub(super) fn peek_byte(&self, expected: JsonPart) -> Read<u8> {
        match self.bytes.get(self.at) {
            Some(byte) => Ok(*byte),
            None => self.fail(Fault::End { expected }),
        }
    }

    pub(super) fn expect_byte(&mut self, byte: u8, expected: JsonPart) -> Read<()> {
        let found = self.peek_byte(expected)?;
        if found != byte {
            return self.fail(Fault::Syntax { expected, found: show_byte(found) });
        }
        self.at += 1;
        Ok(())
    }

    pub(super) fn take_word(&mut self, word: &'static str) -> bool {
        let found = self.bytes.get(self.at..).is_some_and(|rest| rest.starts_with(word.as_bytes()));
        if found {
            self.at += word.len();
        }
        found
    }

    pub(super) fn enter_level(&mut self) -> Read<()> {
        self.depth += 1;
        if self.depth > DEPTH_MAX {
            return self.fail(Fault::TooDeep { max: DEPTH_MAX });
        }
        Ok(())
    }

    /// A string's text, its characters not judged yet beyond UTF-8 and escapes.
    pub(super) fn read_string(&mut self) -> Read<Cow<'de, str>> {
        self.expect_byte(b'"', JsonPart::Text)?;
        let start = self.at;
        let mut owned: Option<String> = None;
        let mut piece = start;
        loop {
            match self.peek_byte(JsonPart::EndOfText)? {
                b'"' => break,
                b'\\' => {
                    let before = self.slice_text(piece, self.at)?;
                    let text = owned.get_or_insert_default();
                    text.push_str(before);
                    match self.bytes.get(self.at + 1) {
                        Some(b'"') => text.push('"'),
                        Some(b'\\') => text.push('\\'),
                        _ => return self.fail(Fault::Escape),
                    }
                    self.at += 2;
                    piece = self.at;
                }
                _ => self.at += 1,
            }
        }
        let rest = self.slice_text(piece, self.at)?;
        let text = match owned {
            None => Cow::Borrowed(rest),
            Some(mut text) => {
                text.push_str(rest);
                Cow::Owned(text)
            }
        };
        self.judge_text(start, &text)?;
        self.at += 1;
        Ok(text)
    }

    pub(super) fn slice_text(&self, from: usize, to: usize) -> Read<&'de str> {
        let bytes = self.bytes.get(from..to).unwrap_or_default();
        core::str::from_utf8(bytes)
            .map_err(|error| DecodeError { at: from + error.valid_up_to(), fault: Fault::Utf8 })
    }

    fn judge_text(&self, start: usize, text: &str) -> Read<()> {
        text::require_clean(text).map_err(|(offset, fault)| {
            // Escapes before the fault are two bytes for one character.
            let escapes = text.bytes().take(offset).filter(|b| matches!(b, b'"' | b'\\')).count();
            DecodeError { at: start + offset + escapes, fault }
        })
    }

    pub(super) fn read_integer(&mut self) -> Read<u64> {
        let start = self.at;
        match self.peek_byte(JsonPart::Integer)? {
            b'-' => return self.fail(Fault::Negative),
            b'0'..=b'9' => {}
            found => {
                return self.fail(Fault::Syntax { expected: JsonPart::Integer, found: show_byte(found) });
            }
        }
        while self.bytes.get(self.at).is_some_and(u8::is_ascii_digit) {
            self.at += 1;
        }
        if matches!(self.bytes.get(self.at), Some(b'.' | b'e' | b'E')) {
            return Err(DecodeError { at: start, fault: Fault::Float });
        }
        let digits = self.slice_text(start, self.at)?;
        if digits.len() > 1 && digits.starts_with('0') {
            return Err(DecodeError { at: start, fault: Fault::LeadingZero });
        }
        match digits.parse::<u64>() {
            Ok(value) if value <= INTEGER_MAX => Ok(value),
            _ => {
                let found = digits.chars().take(40).collect();
                Err(DecodeError { at: start, fault: Fault::TooBig { found } })
            }
        }
    }

    /// Passes over any value, with every check of form.
    pub(super) fn skip_value(&mut self) -> Read<()> {
        self.deserialize_any(serde::de::IgnoredAny).map(drop)
    }

    /// A value that is a string of a form of its own.
    pub(super) fn visit_formed<V: Visitor<'de>>(&mut self, name: &str, visitor: V) -> Read<V::Value> {
        let start = self.at;
        if self.peek_byte(JsonPart::Text)? != b'"' {
            return Err(self.kind_fault(Phrase::verbatim(name)));
        }
        let text = self.read_string()?;
        let at = |fault| DecodeError { at: start, fault };
        match name {
            "Hash" => visitor.visit_bytes(&bytes::decode_hex(&text).map_err(at)?),
            "Key" => visitor.visit_bytes(&bytes::decode_base64::<32>(&text).map_err(at)?),
            "Signature" => visitor.visit_bytes(&bytes::decode_base64::<64>(&text).map_err(at)?),
            "Id" => {
                text::require_id(&text).map_err(at)?;
                visitor.visit_str(&text)
            }
            "Time" => {
                time::require_time(&text).map_err(at)?;
                visitor.visit_str(&text)
            }
            "Stamp" => {
                time::require_stamp(&text).map_err(at)?;
                visitor.visit_str(&text)
            }
            _ => visitor.visit_str(&text),
        }
        .map_err(|error: DecodeError| error.or_at(start))
    }

    /// Another kind of value than the one that was due.
    /// The fault of a value of another kind than was expected here.
    pub(super) fn kind_fault(&mut self, expected: Phrase) -> DecodeError {
        let at = self.at;
        let found = match self.peek_byte(JsonPart::Value) {
            Err(error) => return error,
            Ok(b'"') => phrase!("json-text", "text"),
            Ok(b'{') => JsonPart::Object.phrase(),
            Ok(b'[') => JsonPart::List.phrase(),
            Ok(b'0'..=b'9') => JsonPart::Integer.phrase(),
            Ok(b'-') => return DecodeError { at, fault: Fault::Negative },
            Ok(_) if self.take_word("true") => phrase!("json-true", "true"),
            Ok(_) if self.take_word("false") => return DecodeError { at, fault: Fault::False },
            Ok(_) if self.take_word("null") => return DecodeError { at, fault: Fault::Null },
            Ok(byte) => {
                let fault = Fault::Syntax { expected: JsonPart::Value, found: show_byte(byte) };
                return DecodeError { at, fault };
            }
        };
        DecodeError { at, fault: Fault::Kind { expected: Box::new(expected), found: Box::new(found) } }
    }

    /// Goes into an object, past its brace. Out: where it began. Apart from what is read inside, so that it is compiled once.
    pub(super) fn enter_object(&mut self) -> Read<usize> {
        let start = self.at;
        if self.peek_byte(JsonPart::Object)? != b'{' {
            return Err(self.kind_fault(JsonPart::Object.phrase()));
        }
        self.enter_level()?;
        self.at += 1;
        if self.peek_byte(JsonPart::Field)? == b'}' {
            return Err(DecodeError { at: start, fault: Fault::EmptyObject });
        }
        Ok(start)
    }

    /// Goes into a list, past its bracket. Out: where it began.
    pub(super) fn enter_list(&mut self) -> Read<usize> {
        let start = self.at;
        if self.peek_byte(JsonPart::List)? != b'[' {
            return Err(self.kind_fault(JsonPart::List.phrase()));
        }
        self.enter_level()?;
        self.at += 1;
        if self.peek_byte(JsonPart::Element)? == b']' {
            return Err(DecodeError { at: start, fault: Fault::EmptyList });
        }
        Ok(start)
    }

    /// Goes out of an object or a list, past its end.
    pub(super) fn leave_level(&mut self, end: u8, expected: JsonPart) -> Read<()> {
        self.expect_byte(end, expected)?;
        self.depth -= 1;
        Ok(())
    }

    /// The name of the next field, after the one before; nothing at the end of the object.
    pub(super) fn next_name(&mut self, before: Option<&str>) -> Read<Option<(usize, Cow<'de, str>)>> {
        if before.is_some() {
            if self.peek_byte(JsonPart::CommaOrBrace)? == b'}' {
                return Ok(None);
            }
            self.expect_byte(b',', JsonPart::CommaOrBrace)?;
        }
        let start = self.at;
        let name = self.read_string()?;
        match before {
            Some(before) if *before == *name => {
                return Err(DecodeError { at: start, fault: Fault::Duplicate { field: name.to_string() } });
            }
            Some(before) if *before > *name => {
                let fault = Fault::Order { before: before.to_string(), found: name.to_string() };
                return Err(DecodeError { at: start, fault });
            }
            _ => {}
        }
        self.expect_byte(b':', JsonPart::Colon)?;
        Ok(Some((start, name)))
    }

    /// Whether another element follows in a list.
    pub(super) fn has_next_element(&mut self, first: bool) -> Read<bool> {
        if !first {
            if self.peek_byte(JsonPart::CommaOrBracket)? == b']' {
                return Ok(false);
            }
            self.expect_byte(b',', JsonPart::CommaOrBracket)?;
        }
        Ok(true)
    }

    fn require_end(&self) -> Read<()> {
        match self.bytes.len() - self.at {
            0 => Ok(()),
            found => Err(DecodeError { at: self.at, fault: Fault::Trailing { found } }),
        }
    }
}

pub(super) fn show_byte(byte: u8) -> String {
    if byte.is_ascii_graphic() { format!("'{}'", char::from(byte)) } else { format!("byte 0x{byte:02x}") }
}

const _: () = assert!(NOWHERE > 1 << 20, "a position never looks like no position");
