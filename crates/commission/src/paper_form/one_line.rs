//! A value as one line of a form has it.

/// More characters than any line of a form needs; a reason is a sentence or two.
const VALUE_CHARS_MAX: usize = 2_000;

/// Without line ends and other signs that nobody sees, and not longer than a line of a form is.
pub(super) fn one_line(value: &str) -> String {
    let plain = value.chars().map(|sign| if sign.is_control() { ' ' } else { sign });
    plain.filter(|sign| !texts::is_unseen(*sign)).take(VALUE_CHARS_MAX).collect::<String>().trim().to_owned()
}
