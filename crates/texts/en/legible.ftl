### A document as it is read before it is signed.
legible-author = drawn up by
legible-election = election
legible-territory = territory
legible-drawn-up = drawn up at
legible-place = place
legible-place-value = document { $n } of this signatory
legible-ledger = ledger
legible-ledger-hash = number of the ledger
legible-hash = hash of the document
legible-warning = note
legible-test = TEST LEDGER: nothing in it is real
legible-voids = in the place of unsent ones
legible-no-names = Names were not looked up: name the source (`--ledger` or `--book`), and they stand in the place of the ids in quotation marks.
legible-names-of-book = Names are those of the precinct's book (a ledger of { $size } entries).
legible-precinct = precinct No. { $number }
legible-complaint = No. { $id }, filed by { $by }
legible-unknown = «{ $id }» (not in the ledger)
legible-cec = Central Election Commission
legible-office = office of the CEC
legible-root = root key of the CEC
legible-service = key of the receiving service
legible-log = key of the log
legible-key = key { $key }
legible-stamp = { $time } (universal time)
legible-document = file, SHA-256 { $hash }, bytes: { $bytes }
legible-sealed = file withheld, sealed hash { $hash }
legible-none = not stated
legible-list = lines: { $count }, root { $root }
legible-proof = attached
legible-does-not-sign = does not sign: { $who }
legible-was = [was { $before }]
scan-no-ledger = SIGNED PROTOCOL, NO LEDGER: the event fits its hash, and all { $signers } signatures under it are good.
    Without a ledger nobody knows whether these keys belong to the commission, or whether this protocol still counts: `hattama verify SOURCE --qr FILE` asks a ledger.
    Compare these with the sheet.
scan-no-ledger-act = SIGNED ACT, NO LEDGER: the event fits its hash, and all { $signers } signatures under it are good.
    Without a ledger nobody knows whether these keys belong to the commission, or whether it still stands: `hattama verify SOURCE --qr FILE` asks a ledger.
    Compare these with the sheet.
