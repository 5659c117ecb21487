-- Tables of a ledger, version 1. Entries are inserted and never changed; the head is one row.
CREATE SCHEMA hattama;

CREATE TABLE hattama.schema_version (
    version integer PRIMARY KEY,
    made timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE hattama.entry (
    index bigint PRIMARY KEY CHECK (index >= 0),
    entry bytea NOT NULL
);

CREATE TABLE hattama.head (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    -- Leaf hash of entry 0: which ledger this is.
    ledger bytea CHECK (octet_length(ledger) = 32),
    -- Entries, and leaf hash of the last.
    size bigint NOT NULL CHECK (size >= 0),
    hash bytea NOT NULL CHECK (octet_length(hash) = 32),
    -- One higher with each promotion.
    epoch bigint NOT NULL CHECK (epoch >= 1),
    -- Entries under the newest checkpoint, and its note.
    signed bigint NOT NULL CHECK (signed >= 0 AND signed <= size),
    checkpoint bytea CHECK (octet_length(checkpoint) > 0)
);

CREATE FUNCTION hattama.refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'entries of a ledger are never changed'; END $$;

CREATE TRIGGER entries_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON hattama.entry
    FOR EACH STATEMENT EXECUTE FUNCTION hattama.refuse_change();

INSERT INTO hattama.head (size, hash, epoch, signed) VALUES (0, decode(repeat('00', 32), 'hex'), 1, 0);
INSERT INTO hattama.schema_version (version) VALUES (1);
