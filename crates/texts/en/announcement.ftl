### A result as a press service would give it.

announce-test = REHEARSAL. Nothing here is real.
announce-preliminary = The results of the election are not determined yet; all figures are preliminary.
announce-elected = The territorial election commission has determined the results of the election. Elected: { $name }.
announce-tie = The territorial election commission has determined the results: several candidates have the equal highest number of votes; { $next ->
        [voting] repeat voting
       *[election] a repeat election
    } follows.
announce-invalid = The territorial election commission has determined the results: nobody can be elected, and a repeat election follows.
announce-no-protocols = No protocol of the { $all ->
        [one] { $all } precinct
       *[other] { $all } precincts
    } has come in yet; there are no figures.
announce-line = { $name }: { $votes ->
        [one] { $votes } vote
       *[other] { $votes } votes
    }, { $share }%
announce-against-all = Against all
announce-whole = The shares add up to { $sum }%.
announce-rounded = The shares add up to { $sum }% and not to 100.0%, because each is rounded on its own; the votes add up to { $votes } without a remainder.
announce-turnout = { $took ->
        [one] { $took } voter
       *[other] { $took } voters
    } of { $voters } on the lists took part: { $share }%. { $invalid ->
        [one] { $invalid } invalid ballot is
       *[other] { $invalid } invalid ballots are
    } not among them, as the law demands.
announce-issued = Ballots were issued to { $issued ->
        [one] { $issued } voter
       *[other] { $issued } voters
    } ({ $share }%).
announce-precincts = The figures come from the protocols of { $counted } out of { $all ->
        [one] { $all } precinct
       *[other] { $all } precincts
    }.
announce-invalidated = { $n ->
        [one] The result of { $n } precinct was
       *[other] The results of { $n } precincts were
    } declared invalid and stand in no sum.
announce-corrected = { $n ->
        [one] { $n } protocol was
       *[other] { $n } protocols were
    } replaced by a new one, with ground and old figures in the ledger.
announce-proof = Anyone can check this: ledger { $origin }, { $size ->
        [one] { $size } entry
       *[other] { $size } entries
    }, root { $root }.
