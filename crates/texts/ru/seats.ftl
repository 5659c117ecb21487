seat-chair = председатель
seat-deputy = заместитель председателя
seat-secretary = секретарь
seat-member = член комиссии
