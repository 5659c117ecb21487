//! The tables, their version, and who may do what with them.

use store::SharedFault;

use crate::connection::Connection;

/// The version that this program reads and writes.
const VERSION: u32 = 1;

/// The statements of each version, in order.
const STATEMENTS: [&str; 1] = [include_str!("schema/001.sql")];

/// Makes the tables, unless they are there.
pub(crate) fn make_tables(connection: &Connection) -> Result<(), SharedFault> {
    if find_version(connection)?.is_some() {
        return require_version(connection);
    }
    let all = format!("BEGIN; {} COMMIT", STATEMENTS.join("\n"));
    connection.ask_durably(|client| client.batch_execute(&all))
}

/// Refuses tables of another version, and a database without any.
pub(crate) fn require_version(connection: &Connection) -> Result<(), SharedFault> {
    match find_version(connection)? {
        None => Err(SharedFault::NoLedger { server: connection.server.clone() }),
        Some(VERSION) => Ok(()),
        Some(found) => Err(SharedFault::Version { expected: VERSION, found }),
    }
}

fn find_version(connection: &Connection) -> Result<Option<u32>, SharedFault> {
    // Asked of the catalogue: whoever may not look at a table may still know that it is there.
    let there = "SELECT EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace \
        WHERE n.nspname = 'hattama' AND c.relname = 'schema_version')";
    if !connection.ask(|client| client.query_one(there, &[]))?.get::<_, bool>(0) {
        return Ok(None);
    }
    let may = "SELECT has_schema_privilege('hattama', 'USAGE') AND has_table_privilege('hattama.schema_version', 'SELECT')";
    // The name of a table is looked up in a schema that must be open to the role.
    let open =
        connection.ask(|client| client.query_one("SELECT has_schema_privilege('hattama', 'USAGE')", &[]))?;
    if !open.get::<_, bool>(0) || !connection.ask(|client| client.query_one(may, &[]))?.get::<_, bool>(0) {
        return Err(SharedFault::MayNotWrite { role: connection.role()? });
    }
    let newest = "SELECT COALESCE(max(version), 0) FROM hattama.schema_version";
    let found: i32 = connection.ask(|client| client.query_one(newest, &[]))?.get(0);
    Ok(Some(u32::try_from(found).unwrap_or(0)))
}

/// Refuses a role that may not write, or does not see the standbys.
pub(crate) fn require_rights(connection: &Connection) -> Result<(), SharedFault> {
    let question = "SELECT has_table_privilege('hattama.entry', 'SELECT') AND has_table_privilege('hattama.entry', 'INSERT') \
        AND has_table_privilege('hattama.head', 'SELECT') AND has_table_privilege('hattama.head', 'UPDATE'), \
        pg_has_role('pg_read_all_stats', 'USAGE')";
    let row = connection.ask(|client| client.query_one(question, &[]))?;
    if !row.get::<_, bool>(0) {
        return Err(SharedFault::MayNotWrite { role: connection.role()? });
    }
    if !row.get::<_, bool>(1) {
        return Err(SharedFault::MayNotWatch { role: connection.role()? });
    }
    Ok(())
}
