### Отчёт о проверке.

verdict-VERIFIED = ПРОВЕРЕНО (VERIFIED)
verdict-VERIFIED-WITH-WARNINGS = ПРОВЕРЕНО, ЕСТЬ ПРЕДУПРЕЖДЕНИЯ (VERIFIED WITH WARNINGS)
verdict-FAILED = НАРУШЕНИЕ (FAILED)
verdict-INCOMPLETE = ПРОВЕРЕНО НЕ ПОЛНОСТЬЮ (INCOMPLETE)
status-waiting = ждёт
status-running = выполняется
status-PASS = пройдена
status-FAIL = НАРУШЕНИЕ
status-WARN = предупреждение
status-INFO = к сведению
status-NOT-APPLICABLE = нечего проверять
status-NOT-RUN = не выполнялась
status-ERROR = ОШИБКА
sentence = { $verdict }: в журнале { $entries ->
        [one] { $entries } запись
        [few] { $entries } записи
       *[other] { $entries } записей
    }; { $ran ->
        [one] выполнена { $ran } проверка
        [few] выполнены { $ran } проверки
       *[other] выполнено { $ran } проверок
    } из { $all }, { $failed ->
        [one] { $failed } нарушение
        [few] { $failed } нарушения
       *[other] { $failed } нарушений
    }, { $warned ->
        [one] { $warned } предупреждение
        [few] { $warned } предупреждения
       *[other] { $warned } предупреждений
    }
sentence-idle = { $n ->
        [one] { $n } проверке
       *[other] { $n } проверкам
    } нечего было проверять
sentence-lacking = { $n ->
        [one] { $n } проверка не выполнялась
        [few] { $n } проверки не выполнялись
       *[other] { $n } проверок не выполнялось
    } (нет данных)
sentence-unbuilt = { $n ->
        [one] { $n } проверка ещё не реализована
        [few] { $n } проверки ещё не реализованы
       *[other] { $n } проверок ещё не реализовано
    }
anchor-by-id = закреплённый номер
anchor-by-checkpoint = закреплённая контрольная точка
anchor-by-witnesses = свидетели из вашей политики
anchor-all = Закреплено: все записи ({ $entries }), опора: { $by }.
anchor-part = Закреплено: { $range }, опора: { $by }; { $alone } только на слово самого журнала.
anchor-contradicted = Не закреплено: то, что вы закрепили, и этот журнал противоречат друг другу; смотрите INT-01, SNP-01 и SNP-02.
anchor-empty = Не закреплено: записей нет.
anchor-nothing = Не закреплено: прежняя контрольная точка не дана (--pin), { $alone } только на слово самого журнала. Обрезанный или целиком переписанный журнал выглядел бы так же.
range-one = запись { $from }
range-many = записи { $from }–{ $to }
stand-one = { $range } стоит
stand-many = { $range } стоят
report-title = ПРОВЕРКА ЖУРНАЛА ВЫБОРОВ
report-scope = Что проверено
report-eyes = Сверьте своими глазами
report-checks = Проверки (нарушений / рассмотрено)
report-findings = Найдено
report-more = и ещё { $n }
report-more-below = и ещё { $n }, ниже
report-explained = объяснение
report-innocent = без умысла
report-deliberate = с умыслом
report-article = основание
report-repeat = повторить
report-limits = Чего отчёт не доказывает: тайны голосования, честного подсчёта в помещении, права каждого быть в списке
    избирателей, того, что бумага передаёт волю избирателей. Он доказывает, что записано, кем, и что из этого следует.
frame = ожидалось: { $expected }; обнаружено: { $found }
frame-note = Сообщения под находками называют записи, хэши и идентификаторы так, как они стоят в журнале.
finding-entry = запись { $entry }, { $subject }
subject-snapshot = снимок { $n }
subject-checkpoint = контрольная точка
subject-folder = папка
subject-attachments = приложенные документы
scope-source = источник
scope-ledger = журнал
scope-origin = название журнала
scope-test = УЧЕБНЫЙ ЖУРНАЛ
scope-test-value = ничто в этом журнале не является настоящим: в уставе стоит отметка об учебном журнале
scope-clock = ЧАСЫ
scope-clock-value = условные: время приёма взято из сценария
scope-entries = записей
scope-received = принято
scope-received-value = с { $from } по { $to }
scope-snapshots = снимков
scope-elections = выборы
scope-pins = закреплено вами
scope-verifier = программа проверки
scope-scanned-protocol = считанный протокол
scope-ledger-id = номер журнала
scope-cec-root-key = корневой ключ ЦИК
scope-root-of-the-tree = корень дерева
scope-precincts = избирательных участков
scope-voters = избирателей
scope-candidates-nominated = кандидатов выдвинуто
scope-test-ledger = журнал учебный
yes = да
no = нет
reason-nothing = нечего рассматривать
reason-unbuilt = ещё не реализована
reason-no-entries = не прочиталась ни одна запись
reason-no-id = номер журнала не закреплён: дайте --pin с номером, напечатанным в другом месте
reason-no-older = прежняя контрольная точка не закреплена: дайте --pin с сохранённой ранее
reason-no-same-size = контрольная точка того же размера не закреплена
reason-no-code = считанных кодов не дано: дайте --qr с текстом кодов листа
reason-no-policy = политика не дана: дайте --policy со свидетелями, которым вы доверяете
reason-no-charter = нет устава, из которого взять ключ журнала
reason-no-checkpoint = нет контрольной точки под ключом журнала
reason-unreached-snapshot = пересчёт журнала не дошёл до размера снимка, или снимок никто не объявил
reason-unreached-size = пересчёт журнала не дошёл до размера { $n }
reason-site-format = страницы в форме { $n }, которой эта версия не знает: проверьте более новой
reason-no-verifier-page = эта программа не знает хэша выпущенного файла verify.html
reason-other-verifier-page = снимок и его verify.html сделала другая версия: сравните хэш с тем, который назван в её выпуске
reason-stopped = пересчёт журнала остановился на записи { $n }
article-one = ст. { $article }
article-span = ст. { $article } – { $last }
article-points = { $count ->
        [one] п.
       *[other] пп.
    } { $points } ст. { $article }
article-format = формат журнала (docs/format.md)
article-none = отдельной статьи нет
sentence-by-hand = { $n ->
        [one] { $n } проверка остаётся за вами
        [few] { $n } проверки остаются за вами
       *[other] { $n } проверок остаются за вами
    }
reason-no-cosignature = нет подписи ни одного свидетеля из политики
reason-simulated = часы условные: время приёма взято из сценария
reason-no-mirror = другая копия не дана: укажите --mirror с адресом, папкой или архивом
reason-no-export = опубликованная копия не дана: укажите --mirror с местом публикации
reason-no-store = источник — не собственное хранилище узла: эту проверку может сделать только оператор
reason-no-event = событие территориальной комиссии не дано: укажите --pin с подписанным файлом, который она выдала
reason-no-receipt = расписка не дана: укажите --pin с распиской (.tlog-proof)
reason-no-head = контрольная точка из другого источника не дана: укажите --pin с её размером и корнем
reason-no-sealed = запечатанные свидетельства не даны: укажите --sealed с таблицей запечатанных хэшей
reason-no-copies = копии протоколов не даны: укажите --copies с их таблицей
reason-no-copy-held = ни одной копии протокола, который есть в этом журнале
reason-no-quick-count = быстрый подсчёт не дан: укажите --by-lot, если участки для --copies выбраны по жребию
reason-small-sample = у выборки меньше 30 участков нет надёжной погрешности
reason-by-hand = остаётся за вами: сравните значения в блоке выше
scope-mirror = зеркало
scope-copies = копии
scope-detection-power = сила обнаружения
scope-publication-latency = задержка публикации
scope-this-program = эта программа (SHA-256)
scope-add-up-by-hand = сложить вручную
scope-resumed = продолжено
resumed-on = первые записи ({ $size }) разобраны и проверены в прошлый раз; теперь только заново посчитаны их хеши
resumed-not-program = нет, всё с начала: записи состояния ({ $size }) проверяла другая программа
resumed-not-shorter = нет, всё с начала: в состоянии записей { $size }, в источнике меньше
resumed-not-root = нет, всё с начала: первые записи ({ $size }) не те, что в состоянии
resumed-not-snapshots = нет, всё с начала: снимки первых записей ({ $size }) не те, что в состоянии
read-files = прочитано как файлы опубликованного журнала
read-folder = прочитано как опубликованная папка
read-zip = прочитано как zip опубликованного журнала
read-address = прочитано как опубликованный журнал по адресу
read-store = прочитано как собственное хранилище узла, опубликованное не смотрели
sentence-unverified = НЕ проверено, так как никем не объявлено: { $what }
unverified-snapshot = { $path } ({ $files ->
        [one] { $files } файл
        [few] { $files } файла
       *[other] { $files } файлов
    })
unverified-tiles = { $n ->
        [one] { $n } плитка за контрольной точкой
        [few] { $n } плитки за контрольной точкой
       *[other] { $n } плиток за контрольной точкой
    }
unverified-attachments = { $n ->
        [one] { $n } приложение, которого не называет ни одна запись до контрольной точки
        [few] { $n } приложения, которых не называет ни одна запись до контрольной точки
       *[other] { $n } приложений, которых не называет ни одна запись до контрольной точки
    }
scope-not-looked-at = не смотрели
scope-behind-head = за подписанной головой
scope-behind-head-value = записей журнала: { $n }; расписок на них никто не получал, они не проверялись
scope-not-listed = не перечислено
scope-not-listed-value = адрес не перечисляет файлы: что ещё лежит на сервере, кроме названного журналом, не видно
reason-unreadable = файл с записями не удалось прочитать
sentence-own = Сам журнал: { $verdict }. Из того, что вы принесли: { $brought }.
brought-unusable = не удалось использовать: { $n }
brought-differs = расходится с журналом, никем не подписано: { $n }
brought-other-ledger = от другого журнала: { $n }
brought-stranger = подписано не теми, кто вправе подписывать: { $n }
brought-not-there-yet = в журнале ещё нет: { $n }
brought-inside = взято из самого источника, который не может ручаться за себя: { $n }
anchor-unusable = Не закреплено: приложенное к сверке использовать не удалось, { $alone } только на слово самого журнала.

## Словами бумаги
paper-precinct = участок № { $number }
paper-protocol = протокол участка № { $number }
paper-votes-for = голоса за «{ $name }»
paper-number = номер участка
paper-name-kk = имя на казахском ({ $name })
paper-name-ru = имя на русском ({ $name })
paper-elected = кто избран
contradiction = { $where }, { $line }: опубликовано { $published }, в записи { $index } — { $stated }
contradiction-sum = { $where }, { $line }: опубликовано { $published }, сумма по протоколам — { $stated }
contradiction-unstated = { $where }, { $line }: опубликовано { $published }, такого нет ни в одной записи
contradiction-left-out = { $where }: в опубликованном его нет, а в записи { $index } он есть
contradiction-files = снимок { $n }: { $files }
stated-entry = { $place } ({ $what })
line-issued_by = Из них выдано каждым членом
numbered-line = { $number } { $line }
changed-order-value = { $place }, запись { $entry }: { $votes }; порядок кандидатов изменился { $scope }. Сверьте с бумагой
changed-order-in-both = на участке и на всех выборах
changed-order-in-election = на всех выборах
changed-order-in-precinct = на участке
scope-changed-order = ввод исправлен, порядок изменился
scope-more-changed-orders = ещё таких
