//! The strict reader as serde's source of values.
//!
//! What does not depend on the type that is read stands in `reader`, and is compiled once.

use alloc::borrow::Cow;

use phrase::{Phrase, Phrased as _};
use serde::de::{
    DeserializeSeed, Deserializer, IntoDeserializer, MapAccess, SeqAccess, Visitor, value::StrDeserializer,
};

use super::reader::{Read, Reader, show_byte};
use crate::{
    fault::{DecodeError, Fault},
    json_part::JsonPart,
};

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
        let start = self.enter_object()?;
        let value =
            visitor.visit_map(Fields { reader: self, before: None }).map_err(|error| error.or_at(start))?;
        self.leave_level(b'}', JsonPart::CommaOrBrace)?;
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
        let start = self.enter_list()?;
        let value =
            visitor.visit_seq(Elements { reader: self, first: true }).map_err(|error| error.or_at(start))?;
        self.leave_level(b']', JsonPart::CommaOrBracket)?;
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
                return Err(self.kind_fault(JsonPart::Object.phrase()));
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
            return Err(self.kind_fault(Phrase::verbatim(name)));
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
        let Some((start, name)) = self.reader.next_name(self.before.as_deref())? else { return Ok(None) };
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
        if !self.reader.has_next_element(self.first)? {
            return Ok(None);
        }
        self.first = false;
        let start = self.reader.at;
        seed.deserialize(&mut *self.reader).map(Some).map_err(|error| error.or_at(start))
    }
}
