seat-chair = chair
seat-deputy = deputy chair
seat-secretary = secretary
seat-member = member
