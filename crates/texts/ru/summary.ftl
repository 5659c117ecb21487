### Сводка по всему журналу.

summary-of = Сводка по журналу { $origin }, { $size ->
        [one] { $size } запись
        [few] { $size } записи
       *[other] { $size } записей
    }
summary-commissions = Избирательных комиссий без ЦИК: { $n }
summary-regional = областных { $n }
summary-district = районных { $n }
summary-city = городских { $n }
summary-rural = территориальных, выборы акимов сельского уровня, { $n }
summary-territorial = территориальных без выборов { $n }
summary-precinct = участковых { $n }
summary-elections = Выборы: назначено { $called }, итоги установлены { $determined }, опубликованы { $published }, удостоверений выдано { $certified }
summary-repeated = Повторены другими выборами и учтены там: { $n }
summary-no-elections = Выборы не назначены.
summary-candidates = Кандидатов в бюллетенях: { $standing }; зарегистрировано { $registered }, выдвинуто { $nominated }
summary-no-protocols = Протоколов ещё нет: явка неизвестна.
summary-age = Средний возраст избранных: { $mean } по году рождения (младшему { $youngest }, старшему { $oldest }); избрано { $n }
summary-watching = Доверенных лиц, наблюдателей и представителей СМИ: { $n } = { $proxies } + { $observers } + { $media }, от иностранных государств { $foreign }; организаций { $organisations }
summary-watching-about = Доверенных лиц, наблюдателей и представителей СМИ: около { $n }; приблизительные подсчёты дают { $proxies } + { $observers } + { $media }, от иностранных государств { $foreign }; организаций { $organisations }
summary-nominated-by = кем выдвинуты
summary-own = самовыдвижение
summary-higher-akim = вышестоящий аким
summary-by-party = партия
summary-column-region = область
summary-column-year = год
summary-column-elections = выборов
summary-column-precincts = участков
summary-column-candidates = кандидатов
summary-column-elected = избрано
summary-column-election = выборы
summary-column-voters = избирателей
summary-column-turnout = приняли участие, %
