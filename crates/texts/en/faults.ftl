### Why a command stops, and how to mend it.

hint = hint: { $hint }
fault-output = cannot write the answer to standard output: { $error }
fault-panic = the program stopped itself, and nothing follows from that: what it said before says where; please report it
fault-body = { $path } is no JSON: { $error }
fault-not-appendable = expected a ledger's own folder (a published one takes no events), found no journal in { $path }
fault-refused = { $path }: refused under { $rule } ({ $article }): { $said }. { $question }
fault-unsigned = { $path }: expected the signatures of all { $expected } signers, found { $found }
fault-not-a-signer = { $path }: expected a key that the event names as signer, found { $found }
fault-replay = the replay stops: { $error }
fault-passphrase = wrong passphrase for { $file }
hint-refused = nothing was written, the file is as it was; `hattama checks { $rule }` says what is asked
hint-sign = each signer runs `hattama event sign { $path } --key KEY.pem`
hint-slip-draft = each signer runs `hattama event sign`; --draft prints the sheet with a mark across it
hint-slip-long = so long a protocol does not fit one sheet; hand on the event's file, which `hattama event show` reads
hint-facts = `hattama event facts` lists them
hint-state = remove the file to verify everything from the beginning; if it was not you who changed it, ask who did
hint-near = there is one close by: { $path }
hint-folder = a ledger's folder holds `journal`, a published ledger holds `checkpoint`
hint-failed-ledger = nothing in it supports or contradicts a claim; `hattama verify` says what is wrong
hint-one-snapshot = name the folder that `snapshots` lies in; a snapshot's folder can be a --pin
hint-file = name the folder that the file lies in
hint-server = if it is on a server, write https://{ $path }
hint-pin-short = a shortened id fits many ledgers: take it from where it is printed in full
hint-pin-case = write { $text }
hint-pin = a pin is a ledger's id, a file `checkpoint`, a folder, a zip or an address that has one
hint-fields = `hattama event facts { $fact }` says what each field means; `--form FILE` writes a form to fill in
