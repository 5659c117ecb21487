//! A picture as a file of its own: what the style sheet says of a page stands here in each mark, so that it looks the same
//! in any program and needs no style that a server could forbid.

use maud::{PreEscaped, html};
use texts::Language;

use crate::pictures::{PICTURE_WIDTH, Picture};

/// Around the drawing, and above it for the title.
const MARGIN: i64 = 160;
const ABOVE: i64 = 480;
const BELOW: i64 = 240;
/// Lines of the foot: their height, and how many letters fit in one.
const FOOT_LINE: i64 = 150;
const FOOT_LETTERS: usize = 76;

/// How each class of a drawing looks on white.
const LOOKS: [(&str, &str); 19] = [
    ("rule", "stroke=\"#d5d9de\" stroke-width=\"10\""),
    ("label", "font-size=\"140\" fill=\"#1a1a1a\""),
    ("label end", "font-size=\"140\" fill=\"#1a1a1a\" text-anchor=\"end\""),
    ("tick", "font-size=\"130\" fill=\"#555555\""),
    ("tick end", "font-size=\"130\" fill=\"#555555\" text-anchor=\"end\""),
    ("tick middle", "font-size=\"130\" fill=\"#555555\" text-anchor=\"middle\""),
    ("precincts", "fill=\"none\" stroke=\"#1d4f9e\" stroke-width=\"34\""),
    ("voters", "fill=\"none\" stroke=\"#a8480f\" stroke-width=\"26\" stroke-dasharray=\"90 60\""),
    ("pause", "fill=\"#f3d9c6\""),
    ("snapshot", "fill=\"#1a1a1a\""),
    ("dot", "fill=\"#1d4f9e\" fill-opacity=\".35\" stroke=\"#1d4f9e\" stroke-width=\"12\""),
    ("diamond", "fill=\"none\" stroke=\"#a8480f\" stroke-width=\"18\""),
    ("track", "fill=\"#eceef1\""),
    ("bar", "fill=\"#1d4f9e\""),
    ("bar list", "fill=\"#555555\""),
    ("bar whole", "fill=\"#1a1a1a\""),
    ("bar off", "fill=\"#a8480f\""),
    ("bar less", "fill=\"#a8480f\""),
    ("bar more", "fill=\"#1d4f9e\""),
];

/// The picture as a file, with its title above, what can be seen in it for who cannot, and its ledger below.
pub(crate) fn write_svg_file(picture: &Picture, lang: Language, foot: &str) -> String {
    let lines = break_lines(foot);
    let below = BELOW + FOOT_LINE * i64::try_from(lines.len()).unwrap_or(1);
    let (width, height) = (PICTURE_WIDTH + 2 * MARGIN, picture.height + ABOVE + below);
    let drawing = LOOKS
        .iter()
        .fold(picture.drawing.0.replace("class=\"bar vote\"", "class=\"bar\""), |text, (class, look)| {
            text.replace(&format!("class=\"{class}\""), look)
        });
    let marks = html! {
        svg xmlns="http://www.w3.org/2000/svg" viewBox=(format!("0 0 {width} {height}")) width=(width / 6) height=(height / 6)
            role="img" lang=(lang.iso_code()) aria-labelledby="title desc" font-family="system-ui, sans-serif" {
            title id="title" { (picture.title) }
            desc id="desc" { (picture.description) " " (picture.note) }
            rect width=(width) height=(height) fill="#ffffff" {}
            text x=(MARGIN) y="300" font-size="190" font-weight="bold" fill="#1a1a1a" { (picture.title) }
            g transform=(format!("translate({MARGIN} {ABOVE})")) { (PreEscaped(drawing)) }
            @for (n, line) in (1_i64..).zip(&lines) {
                text x=(MARGIN) y=(picture.height + ABOVE + 60 + n * FOOT_LINE) font-size="105" fill="#555555" { (line) }
            }
        }
    };
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{}\n", marks.into_string())
}

/// A text in lines that fit under a picture, broken between words.
fn break_lines(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if line.chars().count() + word.chars().count() < FOOT_LETTERS => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}
