//! Names of files in addresses: written with what may stand there, and read back once.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// What a name keeps.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_');

/// The address of a document by the name of its file.
pub(crate) fn document_path(name: &str) -> String {
    path_of("document", name)
}

/// The address of what the desk makes of a document.
pub(crate) fn path_of(what: &str, name: &str) -> String {
    format!("/{what}/{}", encode_name(name))
}

/// A name as it stands in an address or a header.
pub(crate) fn encode_name(name: &str) -> String {
    utf8_percent_encode(name, PLAIN).to_string()
}

/// The name that stands in an address.
pub(crate) fn read_name(written: &str) -> String {
    percent_decode_str(written).decode_utf8_lossy().into_owned()
}

/// The address of the form of a fact, with what it is about.
pub(crate) fn path_of_act(fact: &str, about: Option<&str>) -> String {
    about.map_or_else(|| format!("/act/{fact}"), |about| format!("/act/{fact}?{about}"))
}

/// A path of this desk to go back to; whatever else was given leads to the first page.
pub(crate) fn own_path(given: &str) -> &str {
    let plain = given.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/-._%".contains(&byte));
    if given.starts_with('/') && !given.starts_with("//") && plain { given } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_way_back_leads_nowhere_else() {
        for own in ["/", "/outbox", "/document/board-1-protocol-signed.json"] {
            assert_eq!(own_path(own), own);
        }
        for other in [
            "",
            "//evil.example",
            "https://evil.example",
            "/\\evil.example",
            "/a\r\nSet-Cookie: x",
            "javascript:1",
        ] {
            assert_eq!(own_path(other), "/", "{other}");
        }
    }

    #[test]
    fn a_name_comes_back_as_it_was() {
        for name in [
            "board-1-protocol-signed.json",
            "хаттама 1.json",
            "x (1).json",
            "50 %.json",
            "a/b",
            "..",
            "\"\r\n",
        ] {
            let path = document_path(name);
            assert!(path.bytes().all(|byte| byte.is_ascii_graphic()), "{path}");
            let written = path.strip_prefix("/document/").unwrap_or_default();
            assert!(!written.contains('/'), "{path}");
            assert_eq!(read_name(written), name);
        }
    }
}
