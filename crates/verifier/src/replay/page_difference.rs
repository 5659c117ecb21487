//! Where a published page leaves the one that the ledger gives, in words that a reader finds on it.

use phrase::phrase;

use crate::{
    found_message::{FoundMessage, quote},
    replay::difference::{ReportFileDifference, bound_value, find_difference},
    source::snapshot::Snapshot,
};

/// What is wrong with one file of a site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum PageDifference {
    /// No page of this form.
    Extra { name: String },
    /// The first text that differs, and the one before it.
    Words { name: String, before: String, expected: String, found: String },
    /// A table, a file that is not there, or bytes that nobody reads.
    File(ReportFileDifference),
}

impl PageDifference {
    /// The file.
    pub(crate) fn name(&self) -> &str {
        match self {
            Self::Extra { name } | Self::Words { name, .. } => name,
            Self::File(difference) => difference.name(),
        }
    }

    /// What a finding says of it.
    pub(crate) fn message(&self) -> FoundMessage {
        match self {
            Self::Extra { name } => FoundMessage::expected(
                phrase!("found-only-pages-of-this-form", "only pages of this form"),
                quote(format_args!("{name:?}")),
            ),
            Self::Words { name, before, expected, found } => {
                FoundMessage::expected(quote(format_args!("{expected:?}")), quote(format_args!("{found:?}")))
                    .with_subject(phrase!("found-page-behind-the-words", "{name}, behind {before:?}"))
            }
            Self::File(difference) => difference.message(),
        }
    }
}

/// What is wrong with the published file of this name, if anything is.
pub(crate) fn compare_page(name: &str, expected: &[u8], snapshot: &Snapshot<'_>) -> Option<PageDifference> {
    let Some(there) = snapshot.files.get(name) else {
        return Some(PageDifference::File(ReportFileDifference::Missing { name: name.to_owned() }));
    };
    let at = there.find_difference(expected)?;
    let whole = match snapshot.of_office(name) {
        // What a stranger laid there is compared, and not taken apart.
        None => ReportFileDifference::Unlisted { name: name.to_owned(), at },
        Some(found) if is_page(name) => match find_words(name, expected, &found) {
            Some(words) => return Some(words),
            None => ReportFileDifference::Byte { name: name.to_owned(), at },
        },
        Some(found) => find_difference(name, expected, &found),
    };
    Some(PageDifference::File(whole))
}

fn is_page(name: &str) -> bool {
    [".html", ".svg", ".atom"].iter().any(|end| name.ends_with(end))
}

/// The first text between two marks that is another one.
fn find_words(name: &str, expected: &[u8], found: &[u8]) -> Option<PageDifference> {
    let (expected, found) = (String::from_utf8_lossy(expected), String::from_utf8_lossy(found));
    let (mut ours, mut theirs) = (list_texts(&expected), list_texts(&found));
    let mut before = "";
    loop {
        match (ours.next(), theirs.next()) {
            (None, None) => return None,
            (Some(a), Some(b)) if a == b => before = a,
            (a, b) => {
                let print = |text: Option<&str>| bound_value(text.unwrap_or_default());
                let (expected, found) = (print(a), print(b));
                return Some(PageDifference::Words {
                    name: name.to_owned(),
                    before: bound_value(before),
                    expected,
                    found,
                });
            }
        }
    }
}

/// The texts between marks, in order.
fn list_texts(page: &str) -> impl Iterator<Item = &str> {
    let texts = page.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text).trim());
    texts.filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_word_that_differs_is_told_with_the_one_before_it() {
        let ours = b"<tr><th>Valid</th><td class=\"n\">145</td></tr><p>end</p>";
        let told = |theirs: &[u8]| find_words("site/x.html", ours, theirs);
        let words = |before: &str, expected: &str, found: &str| {
            let [name, before, expected, found] = ["site/x.html", before, expected, found].map(str::to_owned);
            Some(PageDifference::Words { name, before, expected, found })
        };
        let changed = b"<tr><th>Valid</th><td class=\"n\">146</td></tr><p>end</p>";
        assert_eq!(told(changed), words("Valid", "145", "146"));
        assert_eq!(told(b"<tr><th>Valid</th><td class=\"n\">145</td></tr>"), words("145", "end", ""));
        assert_eq!(told(b"\xff<tr><th>Valid"), words("", "Valid", "\u{fffd}"));
        // Another mark around the same words.
        assert_eq!(told(b"<tr><th>Valid</th><td>145</td></tr><p>end</p>"), None);
    }
}
