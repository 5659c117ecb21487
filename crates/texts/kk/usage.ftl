### Командалардың ешқайсысы түсінбейтін команда жолының сөздері

usage-error = қате сөздер: { $said }
usage-unknown = мұнда `{ $word }` жоқ
usage-no-command = `{ $word }` деген команда жоқ
usage-value = `{ $value }` деген `{ $word }` мәні бола алмайды
usage-value-of = `{ $value }` деген `{ $word }` мәні бола алмайды: { $error }
usage-number = шектен шықпайтын сан күтілді
usage-address = порты бар мекенжай күтілді, мысалы 127.0.0.1:8080
usage-values = болатыны: `{ $values }`
usage-no-value = `{ $word }` үшін мән керек
usage-missing = жетіспейді: `{ $words }`
usage-conflict = `{ $word }` пен `{ $other }` бірге берілмейді
usage-twice = `{ $word }` екі рет тұр
usage-count = `{ $word }` мәндерінің саны қате
usage-unreadable = бір сөз UTF-8 мәтіні емес
usage-other = бұл сөздер бірге берілмейді
usage-near = ұқсасы: `{ $words }`
usage-more = толығырақ `--help` айтады
