//! Vectors of receipts: `tlog-proof`, where the checkpoint is any text.

use tlog::receipt::{Receipt, ReceiptError};

use crate::{array, json, number, text, unbase64};

#[test]
fn envelopes() {
    let Some(file) = json("tlog-proof/parse.json") else { return };
    for case in array(&file["valid"]) {
        let receipt = Receipt::parse(text(&case["proof"]).as_bytes()).unwrap();
        assert_eq!(receipt.index, number(&case["index"]));
        assert_eq!(receipt.checkpoint, text(&case["checkpoint"]));
        assert_eq!(receipt.extra, case.get("extra").map(unbase64));
        let proof: Vec<_> = array(&case["hashes"]).iter().map(unbase64).collect();
        assert_eq!(receipt.proof, *tlog::proof::parse_proof(&proof).unwrap());
        assert_eq!(receipt.encode().unwrap(), text(&case["proof"]));
    }
    assert_eq!(array(&file["valid"]).len(), 3);
}

#[test]
fn invalid_envelopes() {
    let Some(file) = json("tlog-proof/parse.json") else { return };
    for case in array(&file["invalid"]) {
        let name = text(&case["name"]);
        let fault = Receipt::parse(text(&case["proof"]).as_bytes()).unwrap_err();
        let expected = match name {
            "missing header" => fault == ReceiptError::FirstLine,
            "invalid extra data encoding" => fault == ReceiptError::ExtraSpelling,
            "missing index" => matches!(fault, ReceiptError::NoIndex { .. }),
            "index not a number" | "index negative" => matches!(fault, ReceiptError::IndexSpelling { .. }),
            "invalid hash base64" => fault == ReceiptError::HashSpelling { position: 0 },
            "hash of 64 bytes" => fault == ReceiptError::HashLength { position: 0, found: 64 },
            "one line of 65 KiB" => fault == ReceiptError::NoBlankLine,
            other => panic!("unknown case {other}"),
        };
        assert!(expected, "{name}: {fault}");
    }
    assert_eq!(array(&file["invalid"]).len(), 8);
    // Where another reader diverges from the text of the standard.
    let zeros = Receipt::parse(b"c2sp.org/tlog-proof@v1\nindex 007\n\ncheckpoint\n");
    assert_eq!(zeros, Err(ReceiptError::IndexSpelling { found: "007".to_owned() }));
    assert_eq!(array(&file["divergences"]).len(), 1);
}
