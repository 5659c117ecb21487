### Что отвечают команды.

against-all = Против всех
column-votes = голоса
column-share = %
test-figures = УЧЕБНЫЙ ЖУРНАЛ: числа участков условные.
test-synthetic = УЧЕБНЫЙ ЖУРНАЛ. { $said }
protocols-counted = Учтено протоколов: { $counted } из { $all ->
        [one] { $all } избирательного участка
       *[other] { $all } избирательных участков
    }.
of-protocols = по { $counted } из { $all } протоколов
results-no-protocols = Протоколов ещё нет: нет ни голосов, ни явки.
voters-on-lists = Избирателей в списках: { $n }
turnout-issued = Явка по выданным бюллетеням: { $n } = { $share } %
turnout-found = Явка по бюллетеням в урнах: { $n } = { $share } %
turnout-law = Приняли участие по закону (без недействительных бюллетеней): { $n } = { $share } %
invalid-ballots = Недействительных бюллетеней: { $n }
corrected-protocols = { $n ->
        [one] Заменён новым { $n } протокол
        [few] Заменено новыми { $n } протокола
       *[other] Заменено новыми { $n } протоколов
    } (старые и новые числа покажет `hattama history`)
result-preliminary = Итоги не установлены: числа предварительные.
result-determined = Итоги установлены записью { $entry }, { $outcome }.
result-certified = Итоги установлены записью { $entry }, { $outcome }, удостоверение № { $number }.
history-precinct = Участок { $id }: { $status }
history-entry = запись { $entry }
history-ground = основание: { $ground }; причина: { $reason }
history-first = объявлено сначала
history-now = теперь
history-change = разница
history-none = ни один протокол не заменялся
figure-voters = избирателей в списке
figure-received = бюллетеней получено
figure-issued = бюллетеней выдано
figure-cancelled = неиспользованных, погашено
figure-found = найдено в урнах
figure-invalid = недействительных
figure-against-all = «Против всех»
signature-missing = подписи нет
signature-bad = НЕВЕРНАЯ ПОДПИСЬ: событие изменили после подписания; подпишите снова
signature-there = подписано
signed-already = этот ключ уже подписал; ничего не изменилось
signed-as = подписано ключом { $key }; { $missing ->
        [0] поставлены все подписи
        [one] не хватает { $missing } подписи
       *[other] не хватает { $missing } подписей
    }, всего { $all }
append-done = запись { $entry }, хэш записи { $hash }, хэш события { $event }, расписка { $receipt }
append-again = уже есть: запись { $entry }, хэш записи { $hash }, хэш события { $event }, расписка { $receipt }
append-test-unshown = это учебный журнал: события всех комиссий принимаются, хотя он ещё не опубликован и не подписан свидетелем
attach-done = приложен { $file }: { $hash }
attach-again = уже есть: приложен { $file }: { $hash }
published = снимок { $n } ({ $size ->
        [one] { $size } запись
        [few] { $size } записи
       *[other] { $size } записей
    }) опубликован: { $place }; записано файлов: { $written }; манифест { $manifest }
published-finished = снимок { $n } ({ $size ->
        [one] { $size } запись
        [few] { $size } записи
       *[other] { $size } записей
    }) опубликован: { $place } (объявлен раньше, завершён сейчас); записано файлов: { $written }; манифест { $manifest }
published-witnessed = контрольная точка несёт подписи свидетелей ({ $count }) и засчитывается по политике
published-unwitnessed = контрольная точка опубликована, но свидетелей не хватает: { $found }
published-silent = нет подписи свидетеля { $name }: { $found }
swept = неполных плиток убрано из { $place }: { $n }
receipt-holds = журнал принял это событие: запись { $entry } журнала { $origin }, принято { $received }
receipt-event = событие
receipt-entry = запись
receipt-checkpoint = контрольная точка
receipt-checkpoint-value = размер { $size }, корень { $root }
receipt-limits = законно ли оно и не заменено ли позже, скажет журнал: `hattama verify`
ledger-new = новый журнал в { $place }; его номер, который надо напечатать там, где никто его не изменит:
ledger-checked = { $entries ->
        [one] { $entries } запись
        [few] { $entries } записи
       *[other] { $entries } записей
    }, корень { $root }, всё на месте
ledger-head-rebuilt = вершина восстановлена: контрольная точка размера { $size } взята из { $from }; записей в журнале: { $entries }
ledger-joined = папка { $place } следует за базой данных; записей: { $entries }
ledger-promoted = резервный сервер стал основным; эпоха: { $epoch }; записей: { $entries }; ничего не принимается, пока у него нет своего синхронного резервного сервера
ledger-head-kept = повреждённая вершина сохранена: { $path }
ledger-backed-up = { $place }: резервная копия, записей { $size } (новых { $new }), корень { $root }; записано байтов { $written }, всего { $bytes }, { $seconds } с
ledger-backup-signatures = прочитано заново: все подписи проверены, все записи приняты, корень тот, что в подписанной контрольной точке
ledger-backup-hashes = только хеши: цепочка и корень верны, записанное сейчас прочитано заново; подписи не проверены, и то, что лежало раньше, заново не прочитано
ledger-backup-damaged = attachments/{ $name } не то, что говорит его имя: в резервную копию он не вошёл
ledger-restored = { $ledger }: восстановлено записей { $size } из { $from }, корень { $root }; теперь журнал — эта папка
ledger-restored-next = дальше: положите оба файла ключей в { $ledger }, убедитесь, что прежний узел ничто не запустит, затем `hattama serve --ledger` { $ledger }
ledger-restored-quorum = дальше: положите оба файла ключей в { $ledger }, затем `hattama serve --quorum-first --policy` ФАЙЛ `--ledger` { $ledger }; больше ничто не может писать в него до `hattama ledger check` { $ledger } `--old-node-gone`
ledger-id = журнал
ledger-log-key = ключ журнала
ledger-test = УЧЕБНЫЙ ЖУРНАЛ
ledger-test-value = ничто в этом журнале не является настоящим
ledger-synthetic = вымышлено
ledger-entries = записи
ledger-entries-value = { $n }, последняя принята { $at }
ledger-root = корень
ledger-commissions = комиссии
ledger-precincts = участки
ledger-elections = выборы
ledger-snapshots = снимки
page-algorithm = как
page-inputs = читает
page-innocent = неудача без умысла
page-deliberate = неудача с умыслом
page-incident = случай
page-article = основание
page-severity = важность
page-built = состояние

evidence-proved = ЛОЖЬ ДОКАЗАНА.
evidence-author-fork = Комиссия подписала два протокола одного участка с разными цифрами на одно место в своей цепи. Один стоит в журнале, другой мог бы стоять там же, и ни один не говорит, что заменяет другой. Подписано её ключами, действовавшими при указанном размере: сами члены или тот, у кого были их ключи, из файла не видно.
evidence-bad-entry = Журнал подписал дерево с записью, которую ни один журнал принимать не вправе.
evidence-false-announcement = Аппарат ЦИК объявил снимок с другими сводками, чем следуют из записей, чей корень он подписал вместе с ним.
evidence-false-file = Аппарат ЦИК подписал файл, который не следует из записей, чей корень он подписал вместе с ним.
evidence-receipt-not-honoured = Журнал доказал, что принял событие, и подписал другое дерево, в котором этой истории нет.
evidence-retired-key = Контрольная точка подписана ключом журнала, который при этом размере не действовал.
evidence-rule-broken = Журнал подписал дерево с событием, которое закон не допускает.
evidence-split-view = Журнал подписал две истории: ни одна не является началом другой.
evidence-stale-log = В ночь после голосования журнал стоял дольше, чем обещает его устав, как видели свидетели вашей политики.
evidence-two-roots = Аппарат ЦИК и журнал подписали два корня для одного размера журнала: один из двух ложен.
evidence-two-signed-acts = { $path }: ДВА ПОДПИСАННЫХ АКТА, ЛОЖЬ НЕ ДОКАЗАНА. Подписи под обоими верны, место { $place }: { $one } и { $other }. { $doubt } ({ $said })
evidence-doubt-replaces = Один из них заменяет прежние акты, и другой может быть среди них.
evidence-doubt-redraft = Это не два протокола одного участка с разными цифрами: тот, кто составил заново, мог просто забыть назвать старый черновик.
evidence-doubt-no-entries = В файле нет записей журнала, по которым видно, чьи ключи действовали.
evidence-doubt-not-in-ledger = Ни один из них не стоит в журнале: неотправленный черновик можно составить заново.
evidence-doubt-refused = Один из них не был бы принят там, где стоит другой: кем и почему он подписан, из файла не видно.
evidence-ledger = журнал
evidence-origin = источник
evidence-shown-entry = запись
evidence-shown-under = под
evidence-shown-what-is-wrong = что неверно
evidence-shown-rule = правило
evidence-shown-place = место
evidence-shown-one-event = одно событие
evidence-shown-other-event = другое событие
evidence-shown-in-the-ledger = в журнале
evidence-shown-signed-by-keys-in-force-at-size = подписано ключами, действующими при размере
evidence-shown-keys-that-signed-both = ключи, подписавшие оба
evidence-shown-snapshot = снимок
evidence-shown-file = файл
evidence-shown-signed-for = подписано
evidence-shown-follows-from-the-entries = следует из записей
evidence-shown-announced = объявлено
evidence-shown-root-that-the-office-signed = корень, подписанный аппаратом
evidence-shown-root-that-the-log-signed = корень, подписанный журналом
evidence-shown-older = прежнее дерево
evidence-shown-newer = новое дерево
evidence-shown-root-of-the-newer-at-the-older-size = корень нового при прежнем размере
evidence-shown-checkpoint = контрольная точка
evidence-shown-signed-under = подписана ключом
evidence-shown-in-force-at-its-size = действует при её размере
evidence-shown-event = событие
evidence-shown-acknowledged-at = подтверждено как
evidence-shown-not-in = нет в
evidence-shown-last-entry-received = последняя запись поступила
evidence-shown-promised = обещано
evidence-shown-cosigned-unchanged-later-by = позже неизменной заверили
evidence-limits = Доказано это о журнале с этим номером: сравните номер с тем, который напечатала ЦИК.
evidence-none = доказательств не записано: найденное нельзя доказать другим без самого источника
evidence-written = доказательство: { $path }
history-before = было
history-after = стало
history-signers = подписали: { $seats }
history-total = итог { $candidate }: { $before } → { $after } ({ $change })
history-order-same = порядок кандидатов: прежний ({ $order })
history-order-changed = порядок кандидатов: { $before } → { $after }
diff-older = старше: { $name }, записей { $size }, корень { $root }
diff-newer = новее: { $name }, записей { $size }, корень { $root }
diff-new = новое: { $thing }
diff-precinct = Участок { $precinct }: { $election }
diff-because = запись { $entry }, { $fact }, { $at }, подписали: { $seats }; событие { $event }
diff-totals = Итоги: { $election }
diff-sum = { $changed ->
        [one] изменился { $changed } участок
        [few] изменилось { $changed } участка
       *[other] изменилось { $changed } участков
    }; изменений без события: { $unexplained }
# The node
serve-ended = Узел завершил работу; журнал закрыт
witness-ended = Свидетель завершил работу
draft-filled = заполнено по журналу: { $fields }
check-lawful = журнал принял бы это событие, приди оно сейчас

## Where one stands
standing-not-opened = не открыт
standing-open = открыт
standing-closed = закрыт
standing-accounted = бюллетени учтены
standing-signed = протокол подписан
standing-superseded = подписан новый протокол
standing-received = протокол принят
standing-returned = протокол возвращён
standing-recount-ordered = назначен пересчёт
standing-cancelled = протокол отменён
standing-invalid = итоги недействительны
precincts-none = участки ещё не закреплены
precincts-number = №
precincts-id = участок
precincts-state = состояние
precincts-since = с какого времени
precincts-waits = ждёт
precincts-waiting = { $commission } ({ $id }): { $fact }
todo-nothing = сейчас делать нечего
todo-must = НУЖНО
todo-may = можно
todo-about = о ком или о чём
todo-from = не раньше
todo-by = до
todo-late = срок прошёл

## Many at once
table-column = «{ $heading }» — это `{ $field }`
table-unread = не прочитаны: { $columns }
table-refused = строка { $line } ({ $name }): { $why }
table-missing = нужно в таблице или через --set: { $fields }
table-more = и ещё строк: { $more }
table-done = строк { $rows }: черновиков { $drafts }, отклонено { $refused }
table-written = черновики в папке { $dir }; подпишите их командой `hattama event sign` и отправьте в порядке имён
table-dry = пробный прогон: ничего не записано; `--out` ПАПКА записывает черновики
table-none = ничего не записано: ни из одной строки не вышло черновика
batch-summary = Вместе подписываются черновики, всего { $all }:
batch-ask = номер открывает документ; `sign` подписывает все; иное останавливает
batch-not-signed = ничего не подписано
batch-signed = подписан { $path }; { $missing ->
        [0] все подписи поставлены
       *[other] ещё не хватает подписей: { $missing }
    }
batch-already = подписан раньше { $path }; { $missing ->
        [0] все подписи поставлены
       *[other] ещё не хватает подписей: { $missing }
    }
batch-done = сейчас подписано { $signed }, раньше { $already }
key-made =
    записан { $file }
    чтобы подписать, нужны и файл, и пароль: храните их в разных местах
key-made-open =
    записан { $file }
    пароля нет: кто получит этот файл, сможет им подписывать
passphrase-ask = {"пароль к "}{ $file }: {""}
passphrase-ask-new = {"новый пароль к "}{ $file }: {""}
passphrase-ask-again = то же ещё раз: {""}
passphrase-weak = внимание: слабый пароль: { $why }; сменить: `hattama key passphrase { $file }`
key-without-modes = внимание: { $file } лежит на диске без прав доступа (флешка, Windows): его защищает только пароль; уносите флешку с собой и не оставляйте копий
passphrase-changed = { $file } открывается только новым паролем; у прежних копий пароль старый
key-member-kept = { $file } уже есть: берётся его ключ
key-member-charter = устав нового журнала
key-member-whose =
    место            { $seat }, { $commission }
    журнал           { $ledger }
    открытый ключ    { $key }
    отпечаток        { $fingerprint }
key-member-hand-over = Передайте { $piece }: в нём открытый ключ, место и доказательство, ничего секретного. Затем прочтите друг другу отпечаток вслух.
key-member-never = Никогда не отдавайте { $file } и пароль: у кого есть оба, тот подписывает от вашего имени. Ни комиссия, ни поддержка их не спрашивают.
key-member-never-token = Никогда не отдавайте токен и его код: у кого есть оба, тот подписывает от вашего имени. Ни комиссия, ни поддержка их не спрашивают.
charter-id = обозначение журнала, прочтите вслух
charter-name = название
charter-name-kk = название по-казахски
charter-name-ru = название по-русски
charter-origin = имя журнала в контрольных точках
charter-root = последующие действия корня
charter-enough = подписывают { $threshold } из { $roots } корневых ключей
charter-quorum = протокол участка
charter-quorum-officers = подписывают двое должностных лиц
charter-quorum-majority = подписывают двое должностных лиц и более половины членов
charter-promise = публикации в ночь голосования
charter-minutes = не реже чем раз в { $minutes } мин
charter-at = время устава
charter-test = учебный журнал
charter-clock = часы
charter-clock-simulated = условные: время приёма равно времени события
charter-column-seat = место
charter-column-name = держатель
charter-column-fingerprint = отпечаток
charter-column-signed = устав
charter-read-aloud = Каждый держатель читает со своего экрана отпечаток своего ключа, и все читают это обозначение: { $id }. Кто слышит другое, останавливает церемонию.
charter-next-sign = подписывают: { $seats }; каждый сам: `hattama charter sign { $dir } --key` СВОЙ-КЛЮЧ
charter-next-open = подписали все; далее: `hattama charter open { $dir } --log-key log.pem --ledger` ПАПКА `--office-key office-1.pem --to` МЕСТО
charter-next-publish = далее, до первой комиссии: `hattama publish --ledger { $ledger } --office-key office-1.pem --to` МЕСТО
charter-collected = { $dir }: собрано ключей: { $number }
charter-undecided = ещё не решено: { $names } (слова этой команды или строки в { $file })
charter-missing = ещё нет ключей: { $seats }; каждый держатель делает свой и отдаёт карточку:
charter-ask = { $name } ({ $meaning }) =
charter-ask-number = нужно целое число, введено { $found }
charter-ask-quorum = нужно `officers` (председатель или заместитель и секретарь) или `majority` (ещё и больше половины членов), введено { $found }
charter-opened = { $ledger }: журнал { $id }; внесите обозначение в протокол церемонии и напечатайте в газете
send-not-yet = { $path }: пока не отправлен, не хватает подписей: { $missing }
site-made = Файлов со страницами: { $files }, в { $path }, по { $entries } записям. Откройте там `index.html`.
site-made-failed = НАРУШЕНИЕ (FAILED): эта копия не прошла проверку ({ $checks }). Файлов со страницами: { $files }, в { $path }; об этом сказано наверху каждой страницы. Сделаны по первым допущенным записям: { $entries }. Что именно не так, скажет `hattama verify`.
checkpoint-origin = журнал  { $value }
checkpoint-size = записи  { $value }
checkpoint-root = корень  { $value }
checkpoint-line = строка { $name }
checkpoint-line-unchecked = строка { $name } (не проверена: дайте --policy)
checkpoint-signed = подписано ключом журнала { $key }
checkpoint-counts = по политике она засчитывается
checkpoint-not-yet = ещё нет: { $why }
checkpoint-cosigned = подписал свидетель { $name }, { $time }
key-shown-public = открытый ключ
key-shown-hexadecimal = шестнадцатерично
key-shown-fingerprint = отпечаток
key-shown-verifier = ключ проверяющего
node-front-title = Узел журнала выборов
node-front-says = Этот адрес принимает подписанные события комиссий и показывает журнал программам. Страниц для людей здесь нет: они там, где журнал публикуется. Кто хочет его проверить, запускает `hattama verify` с этим адресом.
map-what = Какой столбец таблицы содержит какую строку протокола.
map-found = Обнаружено: { $note }.
map-how = Столбец называется его заголовком или буквой, как «#B»; список столбцов складывается;
    число стоит вместо строки, которой в файле нет. Каждый столбец сопоставлен или пропущен.
map-or-id = обозначение в журнале или
map-or-number = номер участка или
map-or-key = без журнала
slip-made = одна страница; `QR A`: кодов { $codes }, версия { $version }, байтов { $bytes }
slip-made-receipt = ; `QR B`: версия { $version }
receipt-itself = расписка
clock-behind-ledger = часы этого компьютера показывают { $now }, а новейшая запись журнала поступила { $newest }: часы отстают, поставьте их верно, прежде чем кто-либо подпишет (или дайте время словом `--at`)
clock-ahead-of-ledger = часы этого компьютера показывают { $now }, а новейшая запись, которую здесь видно, поступила { $newest }: если журнал не мог так долго молчать, часы спешат или копия старая
release-checked = подписано этим ключом; файлов, которые таковы, как сказано: { $same }; файлов, которых здесь нет: { $missing }
man-written = { $path }: страницы руководства
publisher-again = сейчас ничего не опубликовано, попытка будет повторена: { $found }
control-reading-only = узел ничего не принимает: { $found }
control-log-key-replaced = ключ журнала заменён записью { $index }: отныне запускайте узел с { $file }
