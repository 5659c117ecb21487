### The summary of a whole ledger.

summary-of = Summary of { $origin }, { $size } entries
summary-commissions = Commissions: { $n } without the CEC
summary-regional = regional { $n }
summary-district = territorial, of districts { $n }
summary-city = territorial, of cities { $n }
summary-rural = territorial, of rural units { $n }
summary-territorial = territorial without an election { $n }
summary-precinct = of precincts { $n }
summary-elections = Elections: { $called } called, { $determined } determined, { $published } published, { $certified } with a certificate
summary-repeated = Repeated by another election, and counted there: { $n }
summary-no-elections = No election is called.
summary-candidates = Candidates on the ballots: { $standing }; registered { $registered }, nominated { $nominated }
summary-no-protocols = No protocol is there yet: no turnout.
summary-age = Mean age of the elected: { $mean }, by year of birth (youngest { $youngest }, oldest { $oldest }); elected { $n }
summary-watching = Proxies, observers and media: { $n } = { $proxies } + { $observers } + { $media }, of foreign states { $foreign }; organisations { $organisations }
summary-watching-about = Proxies, observers and media: about { $n }; counts that are approximate come to { $proxies } + { $observers } + { $media }, of foreign states { $foreign }; organisations { $organisations }
summary-nominated-by = nominated by
summary-own = themselves
summary-higher-akim = a higher akim
summary-by-party = a party
summary-column-region = region
summary-column-year = year
summary-column-elections = elections
summary-column-precincts = precincts
summary-column-candidates = candidates
summary-column-elected = elected
summary-column-election = election
summary-column-voters = voters
summary-column-turnout = took part, %
