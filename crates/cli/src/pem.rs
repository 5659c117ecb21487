//! The block of a secret key in a PEM file, as OpenSSL finds it: behind a byte-order mark, with white space at the ends of
//! lines, of any width, before or behind other blocks.

use zeroize::Zeroizing;

/// Characters in a line of base64 as RFC 7468 writes it.
const WIDTH: usize = 64;

/// Why a file has no one block of a secret key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum BlockFault {
    /// No line that begins a block.
    NoBegin,
    /// The line that ends the block is missing.
    NoEnd,
    /// Blocks of other things only; the label of the first.
    Other(String),
    /// More than one secret key.
    Several(usize),
    /// UTF-16, as some editors save text.
    Utf16,
    /// A byte of zero, which no text has.
    ZeroByte,
}

/// The one block with one of these labels, written as RFC 7468 has it.
pub(crate) fn find_block(bytes: &[u8], labels: &[&str]) -> Result<Zeroizing<String>, BlockFault> {
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return Err(BlockFault::Utf16);
    }
    let text = Zeroizing::new(String::from_utf8_lossy(bytes).into_owned());
    let mut found: Vec<Zeroizing<String>> = Vec::new();
    let mut others: Vec<String> = Vec::new();
    let mut open: Option<(String, Zeroizing<String>)> = None;
    let mut unfinished = false;
    for line in text.trim_start_matches('\u{feff}').split(['\n', '\r']) {
        let line = line.trim();
        if let Some(label) = label_of(line, "-----BEGIN ") {
            // Room for all of it at once: a text that grows would leave copies of the secret behind.
            open = Some((label.to_owned(), Zeroizing::new(String::with_capacity(bytes.len()))));
        } else if let Some(label) = label_of(line, "-----END ") {
            match open.take() {
                Some((own, body)) if own == label && labels.contains(&label) => {
                    found.push(write_block(&own, &body));
                }
                Some((own, _)) if own == label => others.push(own),
                Some(_) => unfinished = true,
                None => {}
            }
        } else if let Some((_, body)) = &mut open {
            line.split_whitespace().for_each(|part| body.push_str(part));
        }
    }
    match (found.len(), found.pop()) {
        (1, Some(block)) if block.contains('\0') => Err(BlockFault::ZeroByte),
        (1, Some(block)) => Ok(block),
        (several @ 2.., _) => Err(BlockFault::Several(several)),
        _ if unfinished || open.is_some() => Err(BlockFault::NoEnd),
        _ => Err(others.into_iter().next().map_or(BlockFault::NoBegin, BlockFault::Other)),
    }
}

fn label_of<'a>(line: &'a str, begins: &str) -> Option<&'a str> {
    line.strip_prefix(begins)?.strip_suffix("-----")
}

fn write_block(label: &str, body: &str) -> Zeroizing<String> {
    let mut block = Zeroizing::new(String::with_capacity(body.len() * 2 + 2 * label.len() + 64));
    block.push_str(&format!("-----BEGIN {label}-----\n"));
    for (place, c) in body.chars().enumerate() {
        if place > 0 && place % WIDTH == 0 {
            block.push('\n');
        }
        block.push(c);
    }
    block.push_str(&format!("\n-----END {label}-----\n"));
    block
}

#[cfg(test)]
mod tests {
    use super::{BlockFault, find_block};

    const PLAIN: &str = "-----BEGIN PRIVATE KEY-----\nMC4CAQ==\n-----END PRIVATE KEY-----\n";

    #[test]
    fn what_openssl_opens_is_found() {
        let public = "-----BEGIN PUBLIC KEY-----\nMCow\n-----END PUBLIC KEY-----\n";
        let labels = ["PRIVATE KEY"];
        for text in [
            PLAIN.to_owned(),
            format!("\u{feff}{PLAIN}"),
            format!("Bag Attributes\n{PLAIN}\n\n"),
            format!("{PLAIN}{public}"),
            format!("{public}{PLAIN}"),
            PLAIN.replace('\n', "   \r\n"),
            PLAIN.replace('\n', "\r"),
            PLAIN.replace("MC4C", "MC4\nC"),
            format!("{PLAIN}\0\0"),
        ] {
            assert_eq!(
                find_block(text.as_bytes(), &labels).as_deref().map(String::as_str),
                Ok(PLAIN),
                "{text:?}"
            );
        }
        let fault = |text: &str| find_block(text.as_bytes(), &labels).unwrap_err();
        assert_eq!(fault(""), BlockFault::NoBegin);
        assert_eq!(fault(&PLAIN[..40]), BlockFault::NoEnd);
        assert_eq!(fault(public), BlockFault::Other("PUBLIC KEY".to_owned()));
        assert_eq!(fault(&format!("{PLAIN}{PLAIN}")), BlockFault::Several(2));
        assert_eq!(find_block(&[0xFF, 0xFE, b'-', 0], &labels), Err(BlockFault::Utf16));
    }
}
