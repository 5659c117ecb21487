//! Photographs of slips as copies: from aside, turned, in uneven light, several of one sheet, in a folder; and what is no photograph.
//!
//! In: the codes of signed protocols, drawn and photographed by ourselves, as `--copies` of the real program. Out: what the codes
//! as text would have come to.

use std::{fs, path::Path};

use commission::slip::parts::cut_event;

use crate::{commands::run, contradicted};

/// A code as it is printed, photographed: a grey PNG.
pub(crate) fn photograph(text: &str) -> Vec<u8> {
    const SIZE: u32 = 1_100;
    let code = qrcode::QrCode::with_error_correction_level(text, qrcode::EcLevel::M).unwrap();
    let (modules, colors) = (code.width(), code.to_colors());
    let side = modules as f64;
    let printed = |u: f64, v: f64| {
        let (x, y) = (u * (side + 8.0) - 4.0, v * (side + 8.0) - 4.0);
        let outside = x < 0.0 || y < 0.0 || x >= side || y >= side;
        let dark = !outside && colors[y as usize * modules + x as usize] == qrcode::Color::Dark;
        if dark { 45.0 } else { 228.0 }
    };
    let (sin, cos) = 0.17_f64.sin_cos();
    let mut grey = Vec::new();
    for at in 0..SIZE * SIZE {
        let (x, y) =
            (f64::from(at % SIZE) / f64::from(SIZE) - 0.5, f64::from(at / SIZE) / f64::from(SIZE) - 0.5);
        let depth = 1.0 + 0.15 * x + 0.08 * y;
        let (u, v) = ((x * cos - y * sin) / depth * 1.25 + 0.5, (x * sin + y * cos) / depth * 1.25 + 0.5);
        let paper = (0.0..1.0).contains(&u) && (0.0..1.0).contains(&v);
        let light = (if paper { printed(u, v) } else { 110.0 }) * (1.0 - 0.3 * (x + 0.5));
        grey.push((light + f64::from(at % 1009 * 7919 % 11)) as u8);
    }
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, SIZE, SIZE);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.write_header().unwrap().write_image_data(&grey).unwrap();
    bytes
}

/// A folder with one photograph of each code.
pub(crate) fn photograph_codes(folder: &Path, codes: &[String]) {
    photograph_sheet(folder, "IMG", codes);
}

/// The same, of one sheet among several.
fn photograph_sheet(folder: &Path, name: &str, codes: &[String]) {
    fs::create_dir_all(folder).unwrap();
    for (code, n) in codes.iter().zip(1..) {
        fs::write(folder.join(format!("{name}_{n:04}.png")), photograph(code)).unwrap();
    }
    fs::write(folder.join(".DS_Store"), b"no copy").unwrap();
}

#[test]
fn photographs_say_what_the_codes_say() {
    contradicted::judge_photographs();
}

#[test]
fn what_is_no_photograph_of_a_slip_is_told_and_accuses_nobody() {
    let dir = tempfile::tempdir().unwrap();
    let at = |name: &str| dir.path().join(name).display().to_string();
    let source = contradicted::lay_scene(&dir.path().join("ledger"));
    let photo = photograph("hattama-slip-v1 1/1 not a hash\nnor an event");
    let blank = photograph("https://example.org/menu");
    let cases: [(&str, &[u8], &str); 5] = [
        ("blank.png", &blank, "expected the text of a slip's code"),
        ("cut.png", &photo[..photo.len() / 2], "found a damaged one"),
        ("cut.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF", "found a damaged one"),
        (
            "huge.png",
            b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\x7f\xff\xff\xff\x7f\xff\xff\xff\x08\0\0\0\0\0\0\0\0",
            "found",
        ),
        ("mark.png", &photo, "expected `hattama-slip-v1 <k>/<n>"),
    ];
    for (name, bytes, expected) in cases {
        let folder = at(name) + ".d";
        fs::create_dir_all(&folder).unwrap();
        fs::write(Path::new(&folder).join(name), bytes).unwrap();
        let (code, out, err) = run(&["verify", &source, "--copies", &folder]);
        assert_eq!(code, 2, "{name}: {out}{err}");
        assert!((out.clone() + &err).contains(expected), "{name}: {out}{err}");
    }
}

/// A party's folder on the evening: sheets of all kinds, each with its row, and every line in which one differs.
#[test]
fn many_photographs_make_a_table_of_what_became_of_each_sheet() {
    let dir = tempfile::tempdir().unwrap();
    let at = |name: &str| dir.path().join(name).display().to_string();
    let source = contradicted::lay_scene(&dir.path().join("ledger"));
    let photos = dir.path().join("photos");
    let sheets = contradicted::sheets_of_the_scene();
    for (name, signed, change) in &sheets {
        let text = String::from_utf8(event::json::encode(signed).unwrap()).unwrap();
        let changed = text.replacen(change.0, change.1, 1);
        assert_eq!(changed == text, change.0 == change.1, "{name}");
        photograph_sheet(&photos, name, &cut_event(&changed, &signed.hash(), 900));
    }
    fs::write(photos.join("menu.png"), photograph("https://example.org/menu")).unwrap();
    fs::write(photos.join("from-a-phone.heic"), b"\0\0\0\x18ftypheic\0\0\0\0").unwrap();
    let table = at("sheets.csv");
    let words = ["verify", &source, "--copies", &at("photos"), "--report", &table];
    let (code, out, err) = run(&words);
    assert_eq!(code, 1, "{out}{err}");
    let said = out + &err;
    for expected in ["altered_0001.png", "a part was changed", "from-a-phone.heic", "found HEIC", "menu.png"]
    {
        assert!(said.contains(expected), "{expected}: {said}");
    }
    let table = fs::read_to_string(table).unwrap();
    let rows: Vec<Vec<&str>> = table.lines().map(|row| row.split(',').collect()).collect();
    let of = |word: &str| rows.iter().filter(|row| row.contains(&word)).count();
    assert_eq!((of("same"), of("other-ledger")), (1, 1), "{table}{said}");
    assert_eq!(of("differs"), 2, "one row for each line that differs: {table}");
    let same = table.lines().find(|row| row.contains(",same,")).unwrap();
    assert!(same.contains("counts_0001.png") && !same.contains("altered"), "{table}");
}

/// A JPEG as a phone writes it, of a code of ours: `photographed/photograph.jpg`.
#[test]
fn a_jpeg_is_read_as_a_png_is() {
    let dir = tempfile::tempdir().unwrap();
    let source = contradicted::lay_scene(&dir.path().join("ledger"));
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/photographed/photograph.jpg");
    let (code, out, err) = run(&["verify", &source, "--copies", &file.display().to_string()]);
    assert_eq!(code, 2, "{out}{err}");
    assert!((out.clone() + &err).contains("expected a signed event in the parts"), "{out}{err}");
}
