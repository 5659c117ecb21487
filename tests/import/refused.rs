//! Tables and mappings that cannot be taken.
//!
//! In: one fault each. Out: single rows that are refused (`import`).

use super::*;

#[test]
fn files_and_mappings_that_cannot_be_taken_say_why() {
    let desk = Desk::new(two_precincts());
    let good = rfc(&two());
    let (cyrillic, ..) = encoding_rs::WINDOWS_1251.encode("номер,имя\r\n1,Абенов\r\n");
    let bytes: [(&str, &[u8], &str); 6] = [
        ("old page", &cyrillic, "found the byte 0xed in line 1"),
        ("half of utf-16", b"\xff\xfea\0,", "found half a character"),
        ("old workbook", b"\xd0\xcf\x11\xe0\xa1\xb1", "old kind (.xls)"),
        ("packed", b"\x1f\x8b\x08", "found a packed file"),
        ("zip", b"PK\x03\x04nothing", "expected a workbook"),
        ("nothing", b"", "expected a header in line 1"),
    ];
    for (name, bytes, word) in bytes {
        let table = desk.file("t.csv", bytes);
        let (code, _, stderr) = desk.import(&table, MAP, "out", &[]);
        assert!(code == 2 && stderr.contains(word), "{name}: {stderr}");
    }
    let wide = "a,".repeat(1_001);
    let bomb = bomb();
    for (bytes, word) in
        [(wide.as_bytes(), "at most 1000 columns, found 1002"), (&bomb, "bytes unpacked, found more")]
    {
        let table = desk.file("t.csv", bytes);
        let (code, _, stderr) = desk.import(&table, MAP, "out", &[]);
        assert!(code == 2 && stderr.contains(word), "{stderr}");
    }
    let table = desk.file("t.csv", &good);
    let maps = [
        (MAP.replace("\"Алынды\"", "\"Жоқ\""), "figures.received: expected a column of the table"),
        (MAP.replace("\"Алынды\"", "\"#ZZ\""), "figures.received: expected a column"),
        (MAP.replace("received = \"Алынды\"\n", ""), "neither for: column C \"Алынды\""),
        (MAP.replace("received = \"Алынды\"", "recieved = \"Алынды\""), "line 10, column 1"),
        (MAP.replace("received = \"Алынды\"", "received = -3"), "at least 0"),
        (MAP.replace("qaliev = \"Қалиев\"\n", "") + "others = true\n", "expected the lines of the ballot"),
        (
            MAP.replace("number = \"Учаске\"", "key = [\"Учаске\"]").replace("digits = 4\n", ""),
            "id or number",
        ),
        (MAP.replace("absentee = \"Куәлік\"\n", "") + "others = true\n", "none for absentee"),
        (MAP.replace("seats = {", "seats = {{"), "expected a mapping"),
    ];
    for (map, word) in maps {
        let (code, stdout, stderr) = desk.import(&table, &map, "out", &[]);
        assert!(code == 1 && stderr.contains(word), "{word}: {stdout}{stderr}");
    }
    let strange = MAP.replace("chair deputy secretary m4", "chair deputy secretary m9");
    let (code, stdout, _) = desk.import(&table, &strange, "out", &[]);
    assert!(code == 1 && stdout.contains("expected seats with keys (chair"), "{stdout}");
    assert!(!desk.dir.path().join("out").exists());
}

/// A small workbook that unpacks to more than any table needs.
fn bomb() -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(io::Cursor::new(Vec::new()));
    let deflated =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    archive.start_file("xl/workbook.xml", deflated).unwrap();
    io::copy(&mut io::repeat(b' ').take((512 << 20) + 1), &mut archive).unwrap();
    archive.finish().unwrap().into_inner()
}
