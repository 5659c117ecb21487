### Почему команда остановилась и как это исправить.

hint = подсказка: { $hint }
fault-output = не удаётся записать ответ в стандартный вывод: { $error }
fault-panic = программа остановилась сама, и из этого ничего не следует; где именно, сказано выше; пожалуйста, сообщите об этом
fault-body = { $path } не JSON: { $error }
fault-not-appendable = ожидалась собственная папка журнала (опубликованный журнал событий не принимает); в { $path } файла `journal` нет
fault-refused = { $path }: отказано по правилу { $rule } ({ $article }); { $said }. { $question }
fault-unsigned = { $path }: ожидались подписи всех подписывающих ({ $expected }), обнаружено подписей: { $found }
fault-not-a-signer = { $path }: ожидался ключ, который событие называет подписывающим; обнаружен { $found }
fault-replay = пересчёт журнала останавливается: { $error }
fault-passphrase = неверный пароль к { $file }
hint-refused = ничего не записано, файл остался как был; что требуется, скажет `hattama checks { $rule }`
hint-sign = каждый подписывающий выполняет `hattama event sign { $path } --key KEY.pem`
hint-slip-draft = каждый подписывающий выполняет `hattama event sign`; с --draft лист печатается с пометкой поперёк
hint-slip-long = такой длинный протокол не помещается на лист; передайте файл события, его читает `hattama event show`
hint-facts = их перечислит `hattama event facts`
hint-state = удалите файл, чтобы проверить всё с начала; если изменили его не вы, спросите кто
hint-near = рядом есть: { $path }
hint-folder = в папке журнала лежит `journal`, в опубликованном журнале `checkpoint`
hint-failed-ledger = ничто в нём не подтверждает и не опровергает утверждений; что неверно, говорит `hattama verify`
hint-one-snapshot = назовите папку, в которой лежит `snapshots`; папка одного снимка годится для --pin
hint-file = назовите папку, в которой лежит файл
hint-server = если это на сервере, напишите https://{ $path }
hint-pin-short = сокращённый номер подходит многим журналам: возьмите его там, где он напечатан целиком
hint-pin-case = напишите { $text }
hint-pin = закрепить можно номер журнала, файл `checkpoint`, папку, zip или адрес, где он есть
hint-fields = `hattama event facts { $fact }` объясняет каждое поле; `--form ФАЙЛ` пишет бланк для заполнения
