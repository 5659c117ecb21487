### Words of the command line that no command understands

usage-error = wrong words: { $said }
usage-unknown = there is no `{ $word }` here
usage-no-command = there is no command `{ $word }`
usage-value = `{ $value }` is no value of `{ $word }`
usage-value-of = `{ $value }` is no value of `{ $word }`: { $error }
usage-number = expected a number within bounds
usage-address = expected a host's number with a port, such as 127.0.0.1:8080
usage-values = possible: `{ $values }`
usage-no-value = `{ $word }` needs a value
usage-missing = missing: `{ $words }`
usage-conflict = `{ $word }` does not go with `{ $other }`
usage-twice = `{ $word }` stands twice
usage-count = `{ $word }` has a wrong number of values
usage-unreadable = a word is no text in UTF-8
usage-other = these words do not go together
usage-near = close to it: `{ $words }`
usage-more = `--help` says more
