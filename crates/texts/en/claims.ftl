### What was announced, held against ledgers.

claims-title = What was announced
claims-supported = supported
claims-contradicted = contradicted
claims-undecidable = not decidable
claims-ledger = Ledger { $n }: { $origin }, { $size } entries, { $elections } elections; read from { $source }
claims-limits = Each ledger was replayed by the law under its log key. Whether everybody is shown the same ledger says `hattama verify`; a claim is supported by a ledger, not by the world.
claims-test = TEST LEDGER
claims-printed = by the other printed figures alone
claims-event = follows from entry { $entry } of ledger { $ledger }, event { $event }
claims-events = follows from { $n } events of ledger { $ledger }, entries { $first } to { $last }
claims-sum = { $supported } supported, { $contradicted } contradicted, { $undecidable } not decidable
claims-column-claim = what was announced
claims-column-outcome = outcome
claims-column-why = figure against figure, or what is missing
claims-column-events = from which events
claims-day-unknown = unknown
