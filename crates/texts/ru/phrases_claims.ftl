### Утверждения: что следует, чего не хватает, что не читается.

claim-same-election = журналы { $one } и { $other } содержат выборы одной должности, территории и дня
claim-elections = в журналах есть { $covered } из { $expected } выборов
claim-elections-unstated = в журналах выборов: { $covered }; сколько их всего, не сказано
claim-protocols = есть { $counted } из { $all } протоколов
claim-ballots = бюллетень утверждён на { $done } из { $all } выборов
claim-fixed = участки определены на { $done } из { $all } выборов
claim-voting = голосование открыто на { $done } из { $all } выборов
claim-results = итоги установлены на { $done } из { $all } выборов
claim-watching = наблюдающие сосчитаны на { $done } из { $all } выборов
claim-candidate = кандидатов по имени { $candidate }: { $found }
claim-already = объявлено { $printed }, уже на { $covered } выборах: { $found }
claim-about = объявлено около { $printed }, следует { $found }, округлено до { $unit }
claim-about-both = объявлено около { $printed }, следует около { $found }, округлено до { $unit }
claim-plain = объявлено { $printed }, следует { $found }
claim-over = объявлено более { $printed }, следует { $found }
claim-under = объявлено менее { $printed }, следует { $found }
claim-at-least = объявлено { $printed } или более, следует { $found }
claim-at-most = объявлено { $printed } или менее, следует { $found }
claim-of-nothing = нет того, от чего это было бы долей
claim-share = объявлено { $printed } %, следует { $part } из { $whole } = { $found } %, знаков после запятой: { $decimals }, половины вверх
claim-share-cut = объявлено { $printed } %, следует { $part } из { $whole } = { $found } %, знаков после запятой: { $decimals }, половины вверх; объявленное отсечено, а не округлено
claim-quotient = объявлено { $printed }, следует { $part } : { $whole } = { $found }, знаков после запятой: { $decimals }, половины вверх
claim-printed-fraction = число, на котором это основано, дробное
claim-sum = объявлено { $printed }, сумма напечатанных частей: { $sum }
claim-no-event = такого события ещё нет: { $fact }
claim-ranking-name = в этом ряду названных { $name }: { $found }
claim-synthetic = журнал сам говорит, что это вымышлено: { $kinds }
claim-approximate = { $measure }: около { $found }; журнал сам говорит, что подсчёты приблизительны, первый из них по { $election }
claim-unrecorded = ни одно событие журнала этого не записывает
claims-command-fault-read = { $path }: { $error }
claims-command-fault-failed-ledger = ожидался журнал, который верен, найден журнал с НАРУШЕНИЕМ (FAILED) по проверкам { $checks }: { $path }
claims-command-fault-same-ledger = ожидался каждый журнал один раз, найдены { $path } и { $other } с одним идентификатором
claims-command-fault-csv = не удаётся записать CSV: { $a }
claims-fault-utf8 = ожидался UTF-8, найден другой байт на месте { $at }
claims-fault-toml = строка { $line }: ожидался `TOML`, найдено: { $reason }
claims-fault-csv = строка { $line }: ожидался CSV, найдено: { $reason }
claims-fault-column-twice = ожидался каждый столбец один раз, `{ $key }` найден дважды
claims-fault-top-key = ожидались только `title`, `[defaults]` и `[[claim]]`, найден `{ $key }` или другое значение под ним
claims-fault-empty = ожидалось хотя бы одно утверждение, не найдено ни одного
claims-fault-too-many = ожидалось не более { $expected } утверждений, найдено { $found }
claims-fault-key = утверждение { $claim }: ожидался один из ключей { $expected }, найден `{ $found }`
claims-fault-missing = утверждение { $claim }: ожидался ключ `{ $key }`, его нет
claims-fault-beside = утверждение { $claim }: рядом с `{ $beside }` не должно быть `{ $key }`, он найден
claims-fault-other-value = утверждение { $claim }: под `{ $key }` ожидались текст, целое число или список, найдено другое значение
claims-fault-unquoted = утверждение { $claim }: под `{ $key }` ожидалась цифра в кавычках, чтобы сохранился каждый напечатанный знак, найдено { $found } без них
claims-fault-list = утверждение { $claim }: под `{ $key }` ожидалось одно слово, найден список
claims-fault-few = утверждение { $claim }: под `{ $key }` ожидалось { $expected } или более, найдено { $found }
claims-fault-word = утверждение { $claim }: под `{ $key }` ожидалось одно из { $expected }, найдено { $found }
claims-fault-figure = утверждение { $claim }: под `{ $key }` ожидались цифры вида 1553 или 62.79 без знаков между тысячами, найдено { $found }
claims-fault-fraction = утверждение { $claim }: для количества ожидалось целое число, найдено { $found }
claims-fault-day = утверждение { $claim }: под `{ $key }` ожидался день вида 2023-11-05, найдено { $found }
claims-fault-territory = утверждение { $claim }: ожидались от 2 до 9 цифр кода классификатора территорий (15 — область), найдено { $found }
claims-fault-id-twice = утверждение { $claim }: ожидался свой идентификатор, { $id } найден снова
claims-fault-reference = утверждение { $claim }: ожидался идентификатор другого утверждения этого файла с цифрой, найдено { $found }
claims-fault-text = утверждение { $claim }: под `{ $key }` ожидалось не более { $expected } байтов видимых знаков, найден другой текст
