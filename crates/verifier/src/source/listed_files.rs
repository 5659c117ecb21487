//! What of a manifest leads a reader to further files.

use serde::Deserialize;

/// What of a manifest leads to further files; everything else in it is for the checks.
#[derive(Deserialize)]
pub(crate) struct Listed {
    pub(crate) files: Vec<ListedFile>,
    #[serde(default)]
    pub(crate) attachments: Vec<ListedAttachment>,
    #[serde(default)]
    pub(crate) site: Option<u64>,
}

#[derive(Deserialize)]
pub(crate) struct ListedFile {
    pub(crate) name: String,
    pub(crate) sha256: String,
    pub(crate) size: u64,
}

#[derive(Deserialize)]
pub(crate) struct ListedAttachment {
    pub(crate) sha256: String,
    pub(crate) size: u64,
}

impl Listed {
    pub(crate) fn read_file_list(manifest: &[u8]) -> Option<Self> {
        serde_json::from_slice(manifest).ok()
    }
}

/// A name that leads nowhere but into the snapshot's own folder; another is not asked for, and the checks find nothing.
pub(crate) fn is_safe_name(name: &str) -> bool {
    let known = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'.' | b'_' | b'-' | b'/');
    name.len() <= 255
        && name.bytes().all(known)
        && name.split('/').all(|part| !part.is_empty() && part != "." && part != "..")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_lead_elsewhere_are_not_asked_for() {
        for name in ["checkpoint", "projections/tallies.json", "a_b-c/0.1"] {
            assert!(is_safe_name(name), "{name}");
        }
        for name in
            ["", "/etc/passwd", "../x", "a/../b", "a//b", "a/", "./a", "A", "a b", "a\\b", "a?b", "a%2e"]
        {
            assert!(!is_safe_name(name), "{name}");
        }
        assert!(!is_safe_name(&"a".repeat(256)));
    }
}
