### Книга участка и формы, которые по ней заполняются.

## Книга
book-made = { $dir }: событий { $events }, каждое доказано в дереве размера { $size }
book-none = писать нечего: на выборах { $election } ещё нет участков («Перечень участков закреплён»)
book-ledger = журнал
book-election = выборы
book-precinct = участок
book-tree = дерево книги
book-proved = проверено
book-proved-value = событий { $entries }: все подписаны и есть в журнале размера { $size }; что добавлено позже, знает только журнал
book-list = избирателей в переданном списке
book-delivered = доставлено бюллетеней
book-status = состояние
book-own = свои события
book-own-value = подписано { $waiting }, ждёт подписей { $unsigned }
book-ballot = Кандидаты в порядке бюллетеня:
book-members = Члены комиссии и их ключи:
book-no-key = ключа нет
book-places = Следующий документ каждого:
book-board = комиссия
book-next = № { $number }; его файлы начинаются с { $form }-
book-no-pin = у книги нет читаемой контрольной точки ({ $found }); она делается заново, и с прежним сравнить нечего
book-refused = НЕ ПРИНЯТО { $path }: { $why }
book-guide-what = УЧАСТОК № { $number } ({ $precinct }): книга для выборов без связи
    Журнал { $ledger }
    Дерево размера { $size }, корень { $root }
    Сравните номер журнала с опубликованным в газете.
book-guide-steps = В течение дня, в этой папке. Первый запуск пишет форму в forms/; заполните её и запустите ту же команду ещё раз:
book-guide-sign = Каждый черновик в outbox/ затем проверяется и подписывается каждым членом комиссии на этом ноутбуке; содержание показывается раньше, чем спрашивается пароль:
    { "   " }hattama event check FILE --book .
    { "   " }hattama event sign FILE --key KEY
    { "   " }hattama slip FILE               # лист, который вывешивается на участке
book-guide-line = Когда есть связь, здесь или в территориальной комиссии:
    { "   " }hattama outbox send --dir outbox --to ADDRESS
    { "   " }hattama book renew . ADDRESS
    Прерванное не теряется: запустите ещё раз. Папку сохраните.
hint-book = `hattama book new` пишет по книге на каждый участок
hint-book-broken = `hattama book renew` пишет её заново; формы и исходящие остаются
hint-book-fork = сохраните папку и покажите наблюдателям её файл `checkpoint`: `hattama verify SOURCE --pin DIR/checkpoint` скажет больше
hint-add-up = сравните каждую строку с бумагой; если так стоит на самой бумаге, впишите правило и причину в строку 18 формы
hint-by-the-book = сначала посмотрите на форму; если она верна, а вышестоящая комиссия записала что-то после того, как сделана книга, обновите книгу или добавьте --anyway
hint-book-astray = уберите этот файл из исходящих, сохраните его и запишите это в протокол заседания; или составьте новый на его место с --voids FILE

## Черновики
form-written = { $path }: заполните в любом текстовом редакторе и запустите ту же команду ещё раз
draft-written = { $path }: черновик { $hash }, ждёт подписей: { $signers }
draft-gone = { $path }: черновик, который никто не подписал, удалён
draft-paper = храните { $path } вместе с событием: он назван по хэшу и передаётся в территориальную комиссию вместе с бумагой
draft-noted = отмечено     { $rule }  { $said }
form-not-filled-in = форма { $path } ещё не заполнена ({ $faults }):

## Формы
form-precinct = Избирательный участок № { $number }. { $election }
form-how = Впишите значение после каждого знака «=». Пустая строка не ноль: где нет, пишите 0.
    Цифры переписываются с бумаги; бумагу под программу не меняют.
form-how-members = Для каждого члена комиссии: + подписывает; или отсутствует, отказ, отстранён; или особое мнение, с «: ФАЙЛ» для самого мнения.
form-how-explained = Файлы указываются от папки книги.
form-part-day = Участок
form-part-stands-in = Только если председателя замещают
form-part-ballots = Списки и бюллетени (ст. 43)
form-part-home = Голосование вне помещения
form-part-votes = Что было в урнах
form-part-times = Подсчёт
form-part-members = Члены комиссии
form-part-paper = Бумага
form-part-explained = Только если контрольное соотношение не сходится на подписанной бумаге: правило и причина, например ARI-04: причина
form-part-copies = Копии
form-ballots = Получено бюллетеней
form-boxes = Урн, показанных пустыми и опломбированных
form-issued-so-far = Выдано бюллетеней к этому часу
form-stands-in = Почему
form-copies = Выдано копий
form-posted = Вывешен на участке (да или нет)
form-expected-count = число цифрами, 0 или больше
form-expected-time = время так: 12.10.2025 22:30
form-expected-words = слова
form-expected-file = файл, который есть
form-expected-member = + или отсутствует, отказ, особое мнение, отстранён
form-expected-explanation = правило и причина, например ARI-04: причина
form-expected-yes = да или нет
form-fault-no-text = ожидался текст в UTF-8: сохраните его в редакторе как UTF-8
form-fault-other = ожидалась форма «{ $expected }», найдена «{ $found }»
form-fault-no-line = строка { $line }: ожидалось «номер) слова = значение», найдено: { $found }
form-fault-number = строка { $line }: в форме нет строки { $found })
form-fault-twice = строка { $line }: { $number }) уже стоит в строке { $first }
form-fault-left-out = { $number }) { $label }: этой строки нет
form-fault-no-act = { $number }): для повреждённых бюллетеней нужен акт
form-fault-idle-act = { $number }): акт о повреждённых бюллетенях есть, а повреждённых нет
form-fault-rule-twice = { $number }) объясняет { $rule }, что уже объяснено в { $first })
form-fault-words = строка { $line }: { $number }) это «{ $expected }», найдены другие слова: { $found }
form-fault-empty = строка { $line }: { $number }) { $label }: не заполнено; пусто не ноль
form-fault-value = строка { $line }: { $number }) { $label }: ожидается { $expected }, найдено: { $found }
form-word-signs = подписывает
form-word-absent = отсутствует
form-word-refused = отказ
form-word-dissent = особое мнение
form-word-suspended = отстранён
form-word-yes = да
form-word-no = нет
draft-doubt = посмотрите, прежде чем подписывать ({ $rule }): { $message }
form-hint-time = время: 2:59 – час ночи после закрытия участков; или 13.10.2025 02:59
form-hint-damaged-act = файл акта, если в строке выше не ноль; если ноль, строка пуста
form-hint-box-act = файл акта, если бюллетеней в урне больше, чем заявлений; иначе строка пуста
form-hint-paper = путь к файлу от папки книги, например `scan.pdf`; если пусто, событие не называет бумагу; обязательна, если заполнена строка 18
form-hint-explanation = только если не сходятся числа на подписанной бумаге: какое правило и почему, например ARI-04: один бюллетень порван
form-hint-posted = да или нет; подойдут и + или -
form-fault-word-processor = ожидался простой текст, найден документ текстового процессора: сохраните форму в нём как простой текст (UTF-8, `.txt`)
form-fault-no-paper = { $number }) заполнена строка { $explained }: назовите скан бумаги, на которой стоит объяснение
