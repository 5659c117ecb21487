//! The node under load: durable appends and reads over loopback, as shares of what this machine allows.
//!
//! In: `cargo bench -p cli --bench load`. The real `hattama serve` takes signed events from 1, 16 and 64 clients that wait
//! for each answer; right after each row the bench checks the same signatures alone on every core, and writes groups of
//! the same size to a bare file of the same disk with two syncs each. Then tiles are read, beside a bare socket that
//! answers the same bytes. Then PostgreSQL and `git commit -S` keep the same bytes on the same disk, if they are here.
//! Out: what a group costs the writer alone (`speed`), the law alone (`admit`).
//!
//! `HATTAMA_BENCH_SECONDS=20` makes each row last that long instead of 5 seconds. Clients, node and databases share the
//! cores: a second machine would get more out of the node than this.
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a benchmark prints and may stop"
)]

mod clients;
mod floors;
mod git;
mod ground;
mod postgres;
mod server;
#[path = "../synthetic/contest.rs"]
mod synthetic;

use std::{fs, os::unix::fs::PermissionsExt as _, time::Duration};

use clients::Row;
use ground::Ready;
use server::Server;

/// Clients at a time.
const CLIENTS: [usize; 3] = [1, 16, 64];
/// Events a second that a row of so many clients never reaches: so many are signed before.
const READY: [usize; 3] = [5_000, 12_000, 16_000];
/// Protocols for each second of a row: their precincts have to be played, which takes longer than the row.
const PROTOCOLS: usize = 400;

fn main() {
    let seconds = std::env::var("HATTAMA_BENCH_SECONDS").ok().and_then(|text| text.parse().ok()).unwrap_or(5);
    let time = Duration::from_secs(seconds);
    let dir = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    // PostgreSQL runs as another user and has to come through.
    fs::set_permissions(dir.path(), fs::Permissions::from_mode(0o711)).unwrap();
    println!("{seconds} s a row; {}", machine());
    println!("node: hattama serve {}", server::WORDS.join(" "));

    let (reports, node) = turnout(&dir.path().join("turnout"), time);
    tiles(&node, time);
    drop(node);
    protocols(&dir.path().join("protocols"), seconds);
    postgres::rows(&dir.path().join("postgres"), &reports, time);
    git::rows(&dir.path().join("git"), &reports, time);
    println!("{}", machine());
    println!(
        "What differs: the node checks every signature, judges by the law and answers with a receipt under a signed"
    );
    println!(
        "checkpoint; PostgreSQL keeps bytes and checks nothing; git signs each commit and checks no signature."
    );
}

/// Reports of turnout, one signature each, by ever more clients; hands out what was sent, and the node.
fn turnout(dir: &std::path::Path, time: Duration) -> (Vec<Ready>, Server) {
    let seconds = usize::try_from(time.as_secs()).unwrap();
    let precincts = CLIENTS.iter().sum();
    let (head, mut cast, contests) = ground::opened(dir, precincts);
    let mut first = 0;
    // Signed before any clock runs. Each client has a precinct of its own, and sends its chain in order.
    let ready: Vec<Vec<Vec<Ready>>> = CLIENTS
        .iter()
        .zip(READY)
        .map(|(clients, ready)| {
            let each = ready * seconds / clients;
            let chains = (first..first + clients)
                .map(|place| ground::reports(&head, &mut cast, &contests, place, each))
                .collect();
            first += clients;
            chains
        })
        .collect();
    let node = Server::start(dir);
    let bytes = ready[0][0][0].body.len();
    println!("\nappends: reports of turnout, 1 signature, {bytes} bytes; at first {} entries", head.size());
    titles();
    let mut kept = Vec::new();
    for chains in ready {
        append(&node, &chains, time, dir);
        kept.extend(chains.into_iter().flat_map(|chain| chain.into_iter().take(128)));
    }
    let kib = |path: &str| written(&dir.join("ledger").join(path)) / 1024;
    let entries = node.figures().entries;
    println!("  on the disk: journal {} KiB, sled {} KiB for {entries} entries", kib("journal"), kib("sled"));
    (kept, node)
}

/// Protocols of precincts, signed by all five members, as they come in at night.
fn protocols(dir: &std::path::Path, seconds: u64) {
    let wanted = PROTOCOLS * usize::try_from(seconds).unwrap();
    let (ready, size) = ground::protocols(dir, wanted, CLIENTS[2]);
    let node = Server::start(dir);
    let bytes = ready[0][0].body.len();
    println!(
        "\nappends: protocols of {wanted} precincts, 5 signatures, {bytes} bytes; at first {size} entries"
    );
    titles();
    append(&node, &ready, Duration::from_secs(600), dir);
}

fn titles() {
    println!(
        "  clients   events  appends/s   p50 ms   p99 ms  group   signatures alone    two syncs a group   node's processor"
    );
}

/// One row: the clients, then both floors for what they sent.
fn append(node: &Server, chains: &[Vec<Ready>], time: Duration, dir: &std::path::Path) {
    let before = node.figures();
    let work = chains.iter().map(|chain| chain.iter().map(|one| one.request.as_slice()).collect()).collect();
    let row = clients::run(node.socket(), work, clients::Ends::WithTheWork, time, 201);
    let after = node.settled(before.entries + row.answers());
    let (events, groups) = (after.grouped - before.grouped, after.groups - before.groups);
    let sent: Vec<&Ready> =
        chains.iter().zip(&row.sent).flat_map(|(chain, sent)| chain.iter().take(*sent)).collect();
    let signatures = floors::signatures(&sent);
    let bytes = sent.iter().map(|one| one.body.len()).sum::<usize>() / sent.len();
    let syncs = floors::two_syncs(dir, events, groups, bytes);
    let rate = row.rate();
    let processor = after.processor.saturating_sub(before.processor);
    println!(
        "  {:>7} {:>8} {:>10.0} {:>8.2} {:>8.2} {:>6.1}  {:>8.0}/s = {:>4.2}    {:>8.0}/s = {:>4.2}    {:>4.0} us each, {:.2} cores",
        chains.len(),
        row.answers(),
        rate,
        row.percentile(50),
        row.percentile(99),
        events as f64 / groups as f64,
        signatures,
        rate / signatures,
        syncs,
        rate / syncs,
        processor.as_secs_f64() * 1e6 / row.answers() as f64,
        processor.as_secs_f64() / row.elapsed.as_secs_f64(),
    );
}

/// Tiles of the tree that the appends have made.
fn tiles(node: &Server, time: Duration) {
    let size = node.figures().entries;
    let whole = tlog::tile::tiles_for(size);
    let hashes: Vec<String> =
        whole.tiles().filter(|tile| tile.width() == 256).map(|tile| tile.to_string()).collect();
    let bundles: Vec<String> =
        whole.bundles().filter(|bundle| bundle.width() == 256).map(|bundle| bundle.to_string()).collect();
    println!("\nreads: full tiles of {size} entries over connections that stay open");
    println!("  clients   reads/s   p50 ms   p99 ms     bare socket       node's processor   what");
    let one = &hashes[..1];
    for (what, paths) in
        [("one hash tile", one), ("hash tiles in turn", &hashes), ("bundles in turn", &bundles)]
    {
        let requests: Vec<Vec<u8>> = paths.iter().map(|path| clients::get(path)).collect();
        for clients in CLIENTS {
            // Everybody starts somewhere else.
            let from = |client: usize| client * requests.len() / clients;
            let work = |client: usize| {
                requests[from(client)..].iter().chain(&requests[..from(client)]).map(Vec::as_slice).collect()
            };
            let before = node.figures().processor;
            let read = clients::run(
                node.socket(),
                (0..clients).map(work).collect(),
                clients::Ends::WithTheTime,
                time,
                200,
            );
            let processor = node.figures().processor.saturating_sub(before);
            let bare = floors::bare_socket(&read.last, clients, time.min(Duration::from_secs(2)));
            told(
                &read,
                &bare,
                processor,
                &format!("{what}: {} of {} KiB", paths.len(), read.last.len() / 1024),
            );
        }
    }
}

fn told(read: &Row, bare: &Row, processor: Duration, what: &str) {
    println!(
        "  {:>7} {:>9.0} {:>8.2} {:>8.2}  {:>8.0}/s = {:>4.2}   {:>4.0} us each, {:.2} cores   {what}",
        read.sent.len(),
        read.rate(),
        read.percentile(50),
        read.percentile(99),
        bare.rate(),
        read.rate() / bare.rate(),
        processor.as_secs_f64() * 1e6 / read.answers() as f64,
        processor.as_secs_f64() / read.elapsed.as_secs_f64(),
    );
}

/// Bytes of a file, or of all files in a folder.
fn written(path: &std::path::Path) -> u64 {
    let Ok(items) = fs::read_dir(path) else { return fs::metadata(path).map_or(0, |file| file.len()) };
    items.map(|item| written(&item.unwrap().path())).sum()
}

/// Cores, and whether somebody else is busy on them.
fn machine() -> String {
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let load = load.split(' ').next().unwrap_or("?").to_owned();
    format!("{} cores, load of the last minute {load}", std::thread::available_parallelism().unwrap())
}
