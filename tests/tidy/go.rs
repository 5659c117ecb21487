//! Go source as figures, so that a model written in Go stands in the same table: lines of files, lines of functions.

/// The lines of every function: from `func` at the start of a line to the brace that closes it there.
pub(crate) fn functions(text: &str) -> Vec<usize> {
    let mut found = Vec::new();
    let mut open: Option<usize> = None;
    for (number, line) in text.lines().enumerate() {
        if line.starts_with("func ") {
            if line.ends_with('}') {
                found.push(1);
            } else {
                open = Some(number);
            }
        } else if line.starts_with('}')
            && let Some(start) = open.take()
        {
            found.push(number - start + 1);
        }
    }
    found
}

#[test]
fn a_function_ends_at_the_brace_at_the_start_of_a_line() {
    assert_eq!(functions("func a() {\n\tif b {\n\t}\n}\n\nfunc c() {}\n"), [4, 1]);
}
