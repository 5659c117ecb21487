### Слова командной строки, которых не понимает ни одна команда

usage-error = неверные слова: { $said }
usage-unknown = здесь нет `{ $word }`
usage-no-command = нет команды `{ $word }`
usage-value = `{ $value }` не годится как значение `{ $word }`
usage-value-of = `{ $value }` не годится как значение `{ $word }`: { $error }
usage-number = ожидалось число в допустимых пределах
usage-address = ожидался номер узла с портом, например 127.0.0.1:8080
usage-values = возможно: `{ $values }`
usage-no-value = для `{ $word }` нужно значение
usage-missing = не хватает: `{ $words }`
usage-conflict = `{ $word }` не сочетается с `{ $other }`
usage-twice = `{ $word }` стоит дважды
usage-count = у `{ $word }` неверное число значений
usage-unreadable = слово не является текстом в UTF-8
usage-other = эти слова вместе не годятся
usage-near = похоже на: `{ $words }`
usage-more = подробнее скажет `--help`
