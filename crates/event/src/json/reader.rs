//! The strict reader: one pass over the bytes that is at once the check of canonical form and serde's source of values.
//!
//! Contains tokens, order of fields, limits, and the values with a form of their own (hash, key, signature, id, text,
//! times), which announce themselves by the name of their newtype, so that their faults carry a position too. Does not
//! contain which fields an object has; serde's derives ask for them.

use alloc::{
    borrow::Cow,
    boxed::Box,
    format,
    string::{String, ToString},
};

use serde::de::{
    DeserializeSeed, Deserializer, IntoDeserializer, MapAccess, SeqAccess, Visitor, value::StrDeserializer,
};

use super::limits::{DEPTH_MAX, INTEGER_MAX};
use crate::fault::{DecodeError, Fault, NOWHERE};
use crate::json_part::JsonPart;
use crate::{bytes, text, time};
use phrase::{Phrase, Phrased, phrase};

type Read<T> = Result<T, DecodeError>;

/// Reads one value that fills the bytes.
pub(crate) fn read<'de, T: serde::Deserialize<'de>>(bytes: &'de [u8]) -> Read<T> {
    let mut reader = Reader { bytes, at: 0, depth: 0 };
    let value = T::deserialize(&mut reader).map_err(|error| error.or_at(0))?;
    match bytes.len() - reader.at {
        0 => Ok(value),
        found => Err(DecodeError { at: reader.at, fault: Fault::Trailing { found } }),
    }
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

struct Reader<'de> {
    bytes: &'de [u8],
    at: usize,
    depth: usize,
}

impl<'de> Reader<'de> {
    fn fail<T>(&self, fault: Fault) -> Read<T> {
        Err(DecodeError { at: self.at, fault })
    }

    fn peek_byte(&self, expected: JsonPart) -> Read<u8> {
        match self.bytes.get(self.at) {
            Some(byte) => Ok(*byte),
            None => self.fail(Fault::End { expected }),
        }
    }

    fn expect_byte(&mut self, byte: u8, expected: JsonPart) -> Read<()> {
        let found = self.peek_byte(expected)?;
        if found != byte {
            return self.fail(Fault::Syntax { expected, found: show_byte(found) });
        }
        self.at += 1;
        Ok(())
    }

    fn take_word(&mut self, word: &'static str) -> bool {
        let found = self.bytes.get(self.at..).is_some_and(|rest| rest.starts_with(word.as_bytes()));
        if found {
            self.at += word.len();
        }
        found
    }

    fn enter_level(&mut self) -> Read<()> {
        self.depth += 1;
        if self.depth > DEPTH_MAX {
            return self.fail(Fault::TooDeep { max: DEPTH_MAX });
        }
        Ok(())
    }

    /// A string's text, its characters not judged yet beyond UTF-8 and escapes.
    fn read_string(&mut self) -> Read<Cow<'de, str>> {
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

    fn slice_text(&self, from: usize, to: usize) -> Read<&'de str> {
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

    fn read_integer(&mut self) -> Read<u64> {
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
    fn skip_value(&mut self) -> Read<()> {
        self.deserialize_any(serde::de::IgnoredAny).map(drop)
    }

    /// A value that is a string of a form of its own.
    fn visit_formed<V: Visitor<'de>>(&mut self, name: &str, visitor: V) -> Read<V::Value> {
        let start = self.at;
        if self.peek_byte(JsonPart::Text)? != b'"' {
            return self.fail_kind(Phrase::verbatim(name));
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
    fn fail_kind<T>(&mut self, expected: Phrase) -> Read<T> {
        let at = self.at;
        let found = match self.peek_byte(JsonPart::Value)? {
            b'"' => phrase!("json-text", "text"),
            b'{' => JsonPart::Object.phrase(),
            b'[' => JsonPart::List.phrase(),
            b'0'..=b'9' => JsonPart::Integer.phrase(),
            b'-' => return self.fail(Fault::Negative),
            _ if self.take_word("true") => phrase!("json-true", "true"),
            _ if self.take_word("false") => return Err(DecodeError { at, fault: Fault::False }),
            _ if self.take_word("null") => return Err(DecodeError { at, fault: Fault::Null }),
            byte => return self.fail(Fault::Syntax { expected: JsonPart::Value, found: show_byte(byte) }),
        };
        Err(DecodeError { at, fault: Fault::Kind { expected: Box::new(expected), found: Box::new(found) } })
    }
}

fn show_byte(byte: u8) -> String {
    if byte.is_ascii_graphic() { format!("'{}'", char::from(byte)) } else { format!("byte 0x{byte:02x}") }
}

impl<'de> Deserializer<'de> for &mut Reader<'de> {
    type Error = DecodeError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        let start = self.at;
        match self.peek_byte(JsonPart::Value)? {
            b'"' => match self.read_string()? {
                Cow::Borrowed(text) => visitor.visit_borrowed_str(text),
                Cow::Owned(text) => visitor.visit_string(text),
            },
            b'{' => return self.deserialize_map(visitor),
            b'[' => return self.deserialize_seq(visitor),
            b'-' | b'0'..=b'9' => visitor.visit_u64(self.read_integer()?),
            _ if self.take_word("true") => visitor.visit_bool(true),
            _ if self.take_word("false") => Err(DecodeError { at: start, fault: Fault::False }),
            _ if self.take_word("null") => Err(DecodeError { at: start, fault: Fault::Null }),
            found => Err(DecodeError {
                at: start,
                fault: Fault::Syntax { expected: JsonPart::Value, found: show_byte(found) },
            }),
        }
        .map_err(|error: DecodeError| error.or_at(start))
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        let start = self.at;
        if self.peek_byte(JsonPart::Object)? != b'{' {
            return self.fail_kind(JsonPart::Object.phrase());
        }
        self.enter_level()?;
        self.at += 1;
        if self.peek_byte(JsonPart::Field)? == b'}' {
            return Err(DecodeError { at: start, fault: Fault::EmptyObject });
        }
        let value =
            visitor.visit_map(Fields { reader: self, before: None }).map_err(|error| error.or_at(start))?;
        self.expect_byte(b'}', JsonPart::CommaOrBrace)?;
        self.depth -= 1;
        Ok(value)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Read<V::Value> {
        self.deserialize_map(visitor)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        let start = self.at;
        if self.peek_byte(JsonPart::List)? != b'[' {
            return self.fail_kind(JsonPart::List.phrase());
        }
        self.enter_level()?;
        self.at += 1;
        if self.peek_byte(JsonPart::Element)? == b']' {
            return Err(DecodeError { at: start, fault: Fault::EmptyList });
        }
        let value =
            visitor.visit_seq(Elements { reader: self, first: true }).map_err(|error| error.or_at(start))?;
        self.expect_byte(b']', JsonPart::CommaOrBracket)?;
        self.depth -= 1;
        Ok(value)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        if self.take_word("null") {
            self.at -= 4;
            return self.fail(Fault::Null);
        }
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, name: &'static str, visitor: V) -> Read<V::Value> {
        if name == "Body" {
            let start = self.at;
            if self.peek_byte(JsonPart::Object)? != b'{' {
                return self.fail_kind(JsonPart::Object.phrase());
            }
            self.skip_value()?;
            return visitor.visit_borrowed_str(self.slice_text(start, self.at)?);
        }
        self.visit_formed(name, visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Read<V::Value> {
        let start = self.at;
        if self.peek_byte(JsonPart::Text)? != b'"' {
            return self.fail_kind(Phrase::verbatim(name));
        }
        let word = self.read_string()?;
        let word: StrDeserializer<'_, DecodeError> = (&*word).into_deserializer();
        visitor.visit_enum(word).map_err(|error| error.or_at(start))
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 u8 u16 u32 u64 i128 u128 f32 f64 char str string bytes byte_buf unit unit_struct
        tuple tuple_struct identifier ignored_any
    }
}

struct Fields<'a, 'de> {
    reader: &'a mut Reader<'de>,
    before: Option<Cow<'de, str>>,
}

impl<'de> MapAccess<'de> for Fields<'_, 'de> {
    type Error = DecodeError;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Read<Option<K::Value>> {
        if self.before.is_some() {
            if self.reader.peek_byte(JsonPart::CommaOrBrace)? == b'}' {
                return Ok(None);
            }
            self.reader.expect_byte(b',', JsonPart::CommaOrBrace)?;
        }
        let start = self.reader.at;
        let name = self.reader.read_string()?;
        match &self.before {
            Some(before) if **before == *name => {
                return Err(DecodeError { at: start, fault: Fault::Duplicate { field: name.to_string() } });
            }
            Some(before) if **before > *name => {
                let fault = Fault::Order { before: before.to_string(), found: name.to_string() };
                return Err(DecodeError { at: start, fault });
            }
            _ => {}
        }
        self.reader.expect_byte(b':', JsonPart::Colon)?;
        let key: StrDeserializer<'_, DecodeError> = (&*name).into_deserializer();
        let key = seed.deserialize(key).map_err(|error| error.or_at(start))?;
        self.before = Some(name);
        Ok(Some(key))
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Read<V::Value> {
        let start = self.reader.at;
        seed.deserialize(&mut *self.reader).map_err(|error| error.or_at(start))
    }
}

struct Elements<'a, 'de> {
    reader: &'a mut Reader<'de>,
    first: bool,
}

impl<'de> SeqAccess<'de> for Elements<'_, 'de> {
    type Error = DecodeError;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Read<Option<T::Value>> {
        if !self.first {
            if self.reader.peek_byte(JsonPart::CommaOrBracket)? == b']' {
                return Ok(None);
            }
            self.reader.expect_byte(b',', JsonPart::CommaOrBracket)?;
        }
        self.first = false;
        let start = self.reader.at;
        seed.deserialize(&mut *self.reader).map(Some).map_err(|error| error.or_at(start))
    }
}

const _: () = assert!(NOWHERE > 1 << 20, "a position never looks like no position");
