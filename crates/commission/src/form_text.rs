//! The file of a form as text: what editors and word processors do to it is borne where it can be, else told by its cause.

use encoding_rs::{UTF_16BE, UTF_16LE};

/// Why a file is no text of a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FormTextFault {
    /// Another encoding than UTF-8 or UTF-16.
    Encoding,
    /// The document of a word processor.
    WordProcessor,
}

/// What the documents of word processors begin with: zip (docx, odt), the older container (doc), RTF, PDF.
const DOCUMENTS: [&[u8]; 4] = [b"PK\x03\x04", &[0xD0, 0xCF, 0x11, 0xE0], b"{\\rtf", b"%PDF"];

/// The text of a form's file: UTF-8, with a mark or without, or UTF-16 with its mark.
///
/// # Errors
/// [`FormTextFault`].
pub(crate) fn read_form_text(bytes: &[u8]) -> Result<String, FormTextFault> {
    if DOCUMENTS.iter().any(|start| bytes.starts_with(start)) {
        return Err(FormTextFault::WordProcessor);
    }
    let wide = match bytes {
        [0xFF, 0xFE, ..] => Some(UTF_16LE),
        [0xFE, 0xFF, ..] => Some(UTF_16BE),
        _ => None,
    };
    if let Some(encoding) = wide {
        let (text, _, broken) = encoding.decode(bytes);
        return if broken { Err(FormTextFault::Encoding) } else { Ok(text.into_owned()) };
    }
    let text = std::str::from_utf8(bytes).map_err(|_| FormTextFault::Encoding)?;
    Ok(text.trim_start_matches('\u{feff}').to_owned())
}

/// Words as they are compared: one space, one kind of quotation mark and of dash, whatever a word processor made of them.
#[must_use]
pub(crate) fn plain_words(text: &str) -> String {
    let plain = text.chars().filter(|sign| !texts::is_unseen(*sign)).map(|sign| match sign {
        '“' | '”' | '„' | '‟' | '«' | '»' | '″' | '"' => '"',
        '‘' | '’' | '‚' | '‛' | '′' | '`' => '\'',
        '‐' | '‑' | '‒' | '–' | '—' | '−' | '=' => '-',
        other => other,
    });
    plain.collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Quotation marks that a word processor puts around a name.
#[must_use]
pub(crate) fn strip_quotes(text: &str) -> &str {
    text.trim_matches(['"', '\'', '“', '”', '„', '«', '»', '‘', '’']).trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_editors_write_is_read_and_documents_of_word_processors_are_told() {
        assert_eq!(read_form_text("\u{feff}1) Ә =".as_bytes()).as_deref(), Ok("1) Ә ="));
        let wide: Vec<u8> =
            [0xFF, 0xFE].into_iter().chain("Ә".encode_utf16().flat_map(u16::to_le_bytes)).collect();
        assert_eq!(read_form_text(&wide).as_deref(), Ok("Ә"));
        assert_eq!(read_form_text(b"PK\x03\x04word/document.xml"), Err(FormTextFault::WordProcessor));
        assert_eq!(read_form_text(b"{\\rtf1"), Err(FormTextFault::WordProcessor));
        assert_eq!(read_form_text(&[0xCF, 0xF0]), Err(FormTextFault::Encoding));
    }

    #[test]
    fn words_are_the_same_whatever_quotes_and_dashes_they_got() {
        assert_eq!(plain_words("«Против всех»"), plain_words("“Против   всех”"));
        assert_eq!(plain_words("protocol-signed aul-1"), plain_words("protocol–signed aul‑1"));
        assert_ne!(plain_words("Абенов"), plain_words("Абенова"));
    }
}
