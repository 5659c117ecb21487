### Что было объявлено, в сличении с журналами.

claims-title = Что было объявлено
claims-supported = подтверждается
claims-contradicted = опровергается
claims-undecidable = нельзя решить
claims-ledger = Журнал { $n }: { $origin }, записей { $size }, выборов { $elections }; прочитан из { $source }
claims-limits = Каждый журнал воспроизведён по закону под его ключом. Один ли журнал показан всем, говорит `hattama verify`; утверждение подтверждается журналом, а не самой жизнью.
claims-test = УЧЕБНЫЙ ЖУРНАЛ
claims-printed = только по другим напечатанным цифрам
claims-event = следует из записи { $entry } журнала { $ledger }, событие { $event }
claims-events = следует из событий журнала { $ledger }: { $n }, записи с { $first } по { $last }
claims-sum = подтверждается { $supported }, опровергается { $contradicted }, нельзя решить { $undecidable }
claims-column-claim = что объявлено
claims-column-outcome = итог
claims-column-why = цифра против цифры или чего не хватает
claims-column-events = из каких событий
claims-day-unknown = дата неизвестна
