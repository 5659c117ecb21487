seat-chair = төраға
seat-deputy = төрағаның орынбасары
seat-secretary = хатшы
seat-member = комиссия мүшесі
