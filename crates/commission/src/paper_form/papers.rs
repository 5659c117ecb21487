//! Papers that events name by hash: a scan or an act, kept in the folder of the book.

use std::{fs, path::Path};

use client::files::{FileFault, read_bounded, write_atomically};

use super::fault::PaperFormFault;

/// Where papers lie in a book.
const PAPERS: &str = "papers";

/// A scan is a few megabytes.
const PAPER_BYTES_MAX: u64 = 64 << 20;

/// Characters of a name at most.
const NAME_CHARS_MAX: usize = 80;

/// Keeps a paper in the book, and tells the name by which a form names it. Nothing is overwritten: another paper of this name gets
/// another one.
///
/// # Errors
/// Where it is empty, too long, or cannot be written.
pub fn keep_paper(book: &Path, name: &str, bytes: &[u8]) -> Result<String, PaperFormFault> {
    let found = bytes.len() as u64;
    if found > PAPER_BYTES_MAX {
        return Err(PaperFormFault::PaperTooLong { expected: PAPER_BYTES_MAX, found });
    }
    if bytes.is_empty() {
        return Err(PaperFormFault::EmptyPaper);
    }
    let folder = book.join(PAPERS);
    fs::create_dir_all(&folder).map_err(|error| FileFault::Write { path: folder.clone(), error })?;
    let (stem, ending) = tame_name(name);
    for n in 1_usize.. {
        let name = if n == 1 { format!("{stem}{ending}") } else { format!("{stem}-{n}{ending}") };
        let path = folder.join(&name);
        if !path.exists() {
            write_atomically(&path, bytes)?;
            return Ok(format!("{PAPERS}/{name}"));
        }
        if read_bounded(&path, PAPER_BYTES_MAX).is_ok_and(|there| there == bytes) {
            return Ok(format!("{PAPERS}/{name}"));
        }
    }
    Err(PaperFormFault::EmptyPaper)
}

/// A name without ways out of the folder and without signs that a form or a shell reads otherwise.
fn tame_name(name: &str) -> (String, String) {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain =
        last.chars().map(|sign| if sign.is_alphanumeric() || ".-_".contains(sign) { sign } else { '-' });
    let plain: String = plain.collect::<String>().trim_matches(['.', '-']).to_owned();
    let (stem, ending) = match plain.rsplit_once('.') {
        Some((stem, ending)) if !stem.is_empty() && ending.chars().count() <= 8 => {
            (stem.to_owned(), format!(".{ending}"))
        }
        _ => (plain, String::new()),
    };
    let stem: String = stem.chars().take(NAME_CHARS_MAX).collect();
    (if stem.is_empty() { "paper".to_owned() } else { stem }, ending)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paper_stays_in_its_folder_and_overwrites_nothing() {
        let book = tempfile::tempdir().unwrap();
        let keep = |name: &str, bytes: &[u8]| keep_paper(book.path(), name, bytes).unwrap();
        assert_eq!(keep("акт № 1.pdf", b"one"), "papers/акт---1.pdf");
        assert_eq!(keep("акт № 1.pdf", b"one"), "papers/акт---1.pdf");
        assert_eq!(keep("акт № 1.pdf", b"two"), "papers/акт---1-2.pdf");
        assert_eq!(keep("../../book.json", b"x"), "papers/book.json");
        assert_eq!(keep("C:\\a\\..\\scan.pdf", b"x"), "papers/scan.pdf");
        assert_eq!(keep("..", b"x"), "papers/paper");
        assert!(matches!(keep_paper(book.path(), "a", b""), Err(PaperFormFault::EmptyPaper)));
        assert_eq!(fs::read_dir(book.path()).unwrap().count(), 1);
    }
}
