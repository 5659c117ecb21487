### Слова закона и журнала: факты, состояния, что нужно проверкам, случаи из других мест.

## Facts
fact-ledger-opened = Журнал открыт
fact-snapshot-published = Снимок опубликован
fact-commission-formed = Комиссия образована
fact-key-enrolled = Ключ зарегистрирован
fact-key-revoked = Ключ отозван
fact-precinct-formed = Избирательный участок образован
fact-precincts-fixed = Перечень участков закреплён
fact-election-called = Выборы назначены
fact-candidate-nominated = Кандидат выдвинут
fact-eligibility-checked = Соответствие кандидата требованиям проверено
fact-signatures-verified = Подписные листы проверены
fact-candidate-registered = Кандидат зарегистрирован
fact-candidate-withdrew = Кандидат выбыл
fact-ballot-approved = Текст избирательного бюллетеня утверждён
fact-ballots-printed = Избирательные бюллетени изготовлены
fact-ballot-amended = Избирательный бюллетень изменён
fact-voter-list-handed-over = Список избирателей передан
fact-ballots-delivered = Избирательные бюллетени доставлены
fact-precinct-opened = Участок открыт
fact-turnout-reported = Сообщено о явке
fact-voting-closed = Голосование завершено
fact-ballots-accounted = Бюллетени сочтены до вскрытия урн
fact-protocol-signed = Протокол подписан
fact-copies-issued = Копии протокола выданы
fact-protocol-received = Протокол принят
fact-protocol-returned = Протокол возвращён
fact-recount-ordered = Назначен повторный подсчёт голосов
fact-protocol-superseded = Протокол заменён новым
fact-results-determined = Итоги выборов установлены
fact-results-published = Итоги выборов опубликованы
fact-duties-resigned = Несовместимые обязанности сложены
fact-akim-registered = Аким зарегистрирован
fact-certificate-issued = Удостоверение акима выдано
fact-root-keys-replaced = Корневые ключи ЦИК заменены
fact-office-keys-replaced = Служебные ключи ЦИК заменены
fact-log-key-replaced = Ключ журнала заменён
fact-rules-adopted = Правила приняты
fact-clock-corrected = Часы исправлены
fact-ledger-closed = Журнал закрыт
fact-commission-dissolved = Комиссия упразднена
fact-member-changed = Состав комиссии изменён
fact-member-suspended = Полномочия члена комиссии приостановлены
fact-key-replaced = Ключ заменён
fact-precincts-changed = Перечень участков изменён
fact-nomination-extended = Срок выдвижения продлён
fact-election-extended = Срок выборов продлён
fact-repeat-voting-called = Повторное голосование назначено
fact-repeat-election-called = Повторные выборы назначены
fact-candidate-refused = В регистрации кандидата отказано
fact-candidate-cancelled = Решение о регистрации кандидата отменено
fact-candidate-restored = Регистрация кандидата восстановлена
fact-organisation-accredited = Организация аккредитована
fact-proxies-registered = Доверенные лица зарегистрированы
fact-observers-counted = Наблюдатели учтены
fact-observer-removed = Наблюдатель удалён
fact-recount-requested = Заявлено требование о повторном подсчёте голосов
fact-copy-refused = В выдаче копии протокола отказано
fact-precinct-invalidated = Результаты на участке признаны недействительными
fact-complaint-filed = Жалоба подана
fact-complaint-decided = Жалоба рассмотрена
fact-decision-cancelled = Решение отменено
fact-akim-registration-denied = В регистрации акима отказано
fact-certificate-revoked = Удостоверение акима отозвано

## How far a precinct is
poll-formed = образован
poll-list-received = список избирателей получен
poll-ballots-received = бюллетени получены
poll-open = голосование идёт
poll-closed = голосование завершено
poll-accounted = бюллетени сочтены, урны ещё не вскрыты
poll-protocol-signed = протокол подписан
poll-protocol-received = протокол принят
poll-protocol-returned = протокол возвращён
poll-recount-ordered = назначен повторный подсчёт
poll-protocol-cancelled = протокол отменён вышестоящей комиссией
poll-invalidated = результаты признаны недействительными

## How far a candidate came
candidate-nominated = выдвинут
candidate-registered = зарегистрирован
candidate-withdrawn = выбыл
candidate-elected = избран
candidate-refused = в регистрации отказано
candidate-cancelled = решение о регистрации отменено
candidate-died = умер

## What became of a protocol
protocol-signed = подписан
protocol-received = принят
protocol-returned = возвращён
protocol-recount-ordered = назначен повторный подсчёт
protocol-superseded = заменён новым
protocol-cancelled = отменён вышестоящей комиссией
ground-recount = повторный подсчёт, назначенный вышестоящей комиссией (п. 9 ст. 43)
ground-transcription = ошибка при вводе, сама бумага не менялась
ground-decision = решение вышестоящей комиссии или суда

## What an election came to
outcome-elected = избран
outcome-tie = наибольшее одинаковое количество голосов: избранного нет
outcome-invalid = избранного нет: повторные выборы

## Checks
category-INT = целостность
category-SIG = подписи
category-ATY = полномочия
category-PRO = порядок
category-ARI = арифметика
category-COM = полнота
category-PUB = публикация
category-SNP = снимки
category-OBS = наблюдатели
category-MAN = своими руками
severity-F = при неудаче событие не принимается, а проверка не пройдена
severity-W = неудача есть предупреждение
severity-I = для сведения
built-yes = эта версия проверяет
built-no = ещё не реализована

## What a check needs
input-entries = записи журнала
input-charter = устав (первая запись)
input-checkpoint = подписанная контрольная точка
input-tiles = плитки дерева
input-snapshots = снимки с манифестами
input-projections = опубликованные таблицы состояния (JSON)
input-reports = опубликованные файлы отчётов (CSV, книга, NIST)
input-attachments = приложенные документы
input-pin = то, что вы сохранили из другого места: номер или прежняя контрольная точка (--pin)
input-store = хранилище самого узла
input-time-stamps = отметки времени третьих лиц
input-heads = корни из других мест вместе с размерами
input-mirrors = адреса зеркал
input-receipts = расписки на руках у подавших
input-policy = политика: какие свидетели и сколько
input-sheet = коды, считанные с листа (--qr)
input-copies = копии протоколов у наблюдателей
input-sealed = запечатанные хэши снимков наблюдателей
input-sample = быстрый подсчёт наблюдателей
input-print = напечатанный или вывешенный оригинал
input-program = сама программа

## Cases from elsewhere
incident-malawi-2019 = Малави, 2019: числа на подписанных листах меняли корректирующей жидкостью; суд отменил выборы.
incident-kenya-2017 = Кения, 2017: проверка серверов показала входы под чужими именами и формы, которые появлялись и исчезали; выборы отменены.
incident-kenya-2022 = Кения, 2022: почти все формы за несколько дней открыли на портале, и суд мог их сверить.
incident-ukraine-2004 = Украина, 2004: по свидетельствам того времени, результаты шли через сервер, который менял их в пути.
incident-ukraine-2012 = Украина, 2012: данные окружных комиссий расходились с протоколами участков.
incident-bolivia-2019 = Боливия, 2019: быстрый подсчёт прервался на сутки, и эксперты до сих пор спорят, что показывает его последняя часть.
incident-honduras-2017 = Гондурас, 2017: страница результатов около полутора суток не менялась; потом лидер оказался другим.
incident-kyrgyzstan-2021 = Кыргызстан, 2021: табло комиссии показало доли, в сумме больше 150 процентов, и погасло; пересчёт расхождений не нашёл.
incident-philippines-2016 = Филиппины, 2016: косметическая правка одной буквы (? на ñ) изменила хэши файлов на сервере и подорвала доверие.
incident-nigeria-2023 = Нигерия, 2019 и 2023: результаты исправляли на месте без записи, а портал запаздывал.
incident-sierra-leone-2023 = Сьерра-Леоне, 2023: результаты отдельных участков так и не опубликовали.
incident-venezuela-2024 = Венесуэла, 2024: объявили только общие числа; свидетели собрали и отсканировали листы с кодами большинства участков.
incident-belarus-2020 = Беларусь, 2020: результатов по участкам не публиковали; собранные гражданами протоколы не сходились с официальными числами.
incident-georgia-2020 = Грузия, 2020: наблюдатели нашли больше бюллетеней, чем подписей, примерно на каждом двенадцатом участке.
incident-germany-2017 = Германия, 2017: программа передачи результатов принимала неподписанные обновления и слабые пароли.
incident-immudb = Известная база с журналом однажды принимала поддельные доказательства: клиент верил серверу на слово.
incident-verifier-2023 = 2023: программа проверки другой системы показывала невыполненные проверки как пройденные.
incident-almaty-2007 = Алматы, 2007: у наблюдателей участка стояло 244 на 150, в вышестоящей комиссии 47 на 347; в суде члены комиссии усомнились в своих подписях.
incident-oskemen-2023 = Усть-Каменогорск, 2023: по протоколам всех 15 участков кандидат считала себя впереди, по официальному итогу отстала на 33 голоса.
incident-copies-2023 = Казахстан, 2023: кандидаты сообщали, что им отказали в копиях итоговых протоколов и ничего не вывесили.
incident-circulating-2023 = Алматы, 2023: комиссия назвала ходивший по рукам протокол поддельным по номеру формы; проверить не мог никто.
incident-astana-2023 = Астана, 2023: в опубликованных данных 56 045 голосов стояли как 19,96 процента при верных 16,96, а части не давали целого.

## Что в тестовом журнале вымышлено
synthetic-figures = ВЫМЫШЛЕНО: { $kinds }.
scope-synthetic = вымышлено
synthetic-birth-years = годы рождения
synthetic-candidates = имена кандидатов
synthetic-counts = числа бюллетеней и явка
synthetic-dates = даты до дня голосования
synthetic-members = имена членов комиссий
synthetic-nominators = кто кого выдвинул
synthetic-other-birth-years = годы рождения, кроме избранного
synthetic-other-candidates = имена кандидатов, которые сами об этом говорят
synthetic-outcomes = кто избран
synthetic-papers = документы
synthetic-precincts = показатели отдельных участков
synthetic-sizes = сколько избирателей, участков, членов и кандидатов
synthetic-territories = что здесь были выборы
synthetic-vote-numbers = числа голосов (но не доли)
synthetic-votes = голоса и доли
synthetic-watching = разбивка наблюдавших
