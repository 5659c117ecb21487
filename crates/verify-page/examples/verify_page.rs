//! Prints `verify.html`.

#![allow(clippy::print_stdout, reason = "that is what it is for")]

fn main() {
    print!("{}", verify_page::render_verify_page());
}
