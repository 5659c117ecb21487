### Жарияланған сандар журналдармен салыстырылды.

claims-title = Не жарияланды
claims-supported = расталады
claims-contradicted = теріске шығады
claims-undecidable = шешуге болмайды
claims-ledger = { $n }-журнал: { $origin }, жазбалар { $size }, сайлау { $elections }; { $source } орнынан оқылды
claims-limits = Әр журнал өз кілтімен заң бойынша қайта өткізілді. Барлығына бір журнал көрсетілгенін `hattama verify` айтады; тұжырымды өмір емес, журнал растайды.
claims-test = СЫНАҚ ЖУРНАЛЫ
claims-printed = тек басқа басылған сандар бойынша
claims-event = { $ledger }-журналдың { $entry } жазбасынан шығады, оқиға { $event }
claims-events = { $ledger }-журналдың { $n } оқиғасынан шығады, жазбалар { $first } – { $last }
claims-sum = расталады { $supported }, теріске шығады { $contradicted }, шешуге болмайды { $undecidable }
claims-column-claim = не жарияланды
claims-column-outcome = қорытынды
claims-column-why = сан мен сан қатар, не жетіспейтіні
claims-column-events = қай оқиғалардан
claims-day-unknown = күні белгісіз
