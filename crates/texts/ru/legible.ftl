### Документ, каким его читают перед подписью.
legible-author = составляет
legible-election = выборы
legible-territory = территория
legible-drawn-up = составлено
legible-place = по порядку
legible-place-value = { $n }-й документ этого подписывающего
legible-ledger = журнал
legible-ledger-hash = номер журнала
legible-hash = хэш документа
legible-warning = внимание
legible-test = УЧЕБНЫЙ ЖУРНАЛ: ничто здесь не является настоящим
legible-voids = вместо неотправленных
legible-no-names = Названия и имена не искали: назовите источник (`--ledger` или `--book`), тогда они стоят вместо обозначений в кавычках.
legible-names-of-book = Названия и имена – из книги участка (журнал из { $size } записей).
legible-precinct = участок № { $number }
legible-complaint = № { $id }, подал: { $by }
legible-unknown = «{ $id }» (в журнале такого нет)
legible-cec = Центральная избирательная комиссия
legible-office = аппарат ЦИК
legible-root = корневой ключ ЦИК
legible-service = ключ службы приёма
legible-log = ключ журнала
legible-key = ключ { $key }
legible-stamp = { $time } (всемирное время)
legible-document = файл, SHA-256 { $hash }, байт: { $bytes }
legible-sealed = файл закрыт, запечатанный хэш { $hash }
legible-none = не указано
legible-list = строк: { $count }, корень { $root }
legible-proof = приложена
legible-does-not-sign = не подписывает: { $who }
legible-was = [было { $before }]
scan-no-ledger = ПОДПИСАННЫЙ ПРОТОКОЛ, ЖУРНАЛА НЕТ: событие сходится со своим хэшем, все подписи под ним ({ $signers }) верны.
    Без журнала никто не знает, принадлежат ли эти ключи комиссии и действует ли ещё протокол: журнал спрашивает `hattama verify SOURCE --qr FILE`.
    Сравните с листом.
scan-no-ledger-act = ПОДПИСАННЫЙ ДОКУМЕНТ, ЖУРНАЛА НЕТ: событие сходится со своим хэшем, все подписи под ним ({ $signers }) верны.
    Без журнала никто не знает, принадлежат ли эти ключи комиссии и действует ли ещё документ: журнал спрашивает `hattama verify SOURCE --qr FILE`.
    Сравните с листом.
