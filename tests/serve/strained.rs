//! Idle connections, floods that are put off, slow readers: nobody is kept out, and neither the log nor the memory grows with them.
//!
//! The long form is a job: `HATTAMA_STRAIN=1` (docs/jobs.md).

use std::{
    fs,
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpStream,
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use super::{Node, copied, reports};

fn connect(node: &Node) -> TcpStream {
    TcpStream::connect(node.address.strip_prefix("http://").unwrap()).unwrap()
}

fn find_figure(node: &Node, name: &str) -> Option<u64> {
    let told = node.get("/metrics").text();
    let value = told.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
    value.map(|value| value.parse().unwrap())
}

fn figure(node: &Node, name: &str) -> u64 {
    find_figure(node, name).unwrap_or_else(|| panic!("no {name}"))
}

#[test]
fn idle_connections_of_an_address_do_not_keep_it_out() {
    let dir = copied();
    let node = Node::writing(dir.path(), &[]);
    let idle: Vec<TcpStream> = (0..530).map(|_| connect(&node)).collect();
    assert_eq!(node.post(&reports(92, 1)[0]).status, 201);
    assert_eq!(node.get("/readyz").status, 200);
    assert!(figure(&node, "hattama_connections_evicted_total") >= 18);
    drop(idle);
    assert_eq!(node.end(), 0);
}

#[test]
fn a_flood_that_is_put_off_is_counted_and_not_logged_line_by_line() {
    let dir = copied();
    let node = Node::writing(dir.path(), &["--address-rate", "1"]);
    let before = node.told().len();
    let mut stream = connect(&node);
    let body = "[".repeat(50);
    let one = format!(
        "POST /events HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    let mut reader = stream.try_clone().unwrap();
    let (begun, requests) = (Instant::now(), 3000);
    let answers = thread::spawn(move || {
        let mut answers = Vec::new();
        let _broken = reader.read_to_end(&mut answers);
        String::from_utf8_lossy(&answers).matches("HTTP/1.1 4").count()
    });
    stream.write_all(one.repeat(requests - 1).as_bytes()).unwrap();
    stream.write_all(one.replacen("Host: a", "Host: a\r\nConnection: close", 1).as_bytes()).unwrap();
    assert_eq!(answers.join().unwrap(), requests);
    let lines = node.told()[before..].lines().filter(|line| line.contains("answered")).count();
    let most = 10 * (begun.elapsed().as_secs() as usize + 2);
    assert!(lines <= most, "{lines} lines");
    assert_eq!(node.end(), 0);
}

/// Connections from nine addresses of this machine, in a process of their own. `idle` ones say nothing; `body` and `batch` ones send a byte a
/// second; `read` ones ask for bundles and take a byte a second. Who is turned away comes again.
fn hold(node: &Node, count: usize, what: &str) -> Child {
    let script = "import socket,sys,time\n\
        port,count,what=int(sys.argv[1]),int(sys.argv[2]),sys.argv[3]\n\
        post='POST %s HTTP/1.1\\r\\nHost: a\\r\\nContent-Type: application/%s\\r\\nContent-Length: 9000\\r\\n\\r\\n'\n\
        first={'idle':'','body':post%('/events','json'),'batch':post%('/events/batch','x-ndjson'),\n\
        \x20'read':'GET /tile/entries/000 HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n'*20}[what].encode()\n\
        def begin(n):\n\
        \x20s=socket.socket(); s.settimeout(5)\n\
        \x20if what=='read': s.setsockopt(socket.SOL_SOCKET,socket.SO_RCVBUF,4096)\n\
        \x20s.bind(('127.0.0.%d'%(2+n%9),0)); s.connect(('127.0.0.1',port)); s.sendall(first); s.settimeout(0.01)\n\
        \x20return s\n\
        held=[None]*count\n\
        def round():\n\
        \x20for n in range(count):\n\
        \x20\x20try:\n\
        \x20\x20\x20if held[n] is None: held[n]=begin(n)\n\
        \x20\x20\x20elif what=='read':\n\
        \x20\x20\x20\x20if not held[n].recv(1): held[n]=None\n\
        \x20\x20\x20elif what!='idle': held[n].send(b'[')\n\
        \x20\x20except TimeoutError: pass\n\
        \x20\x20except OSError: held[n]=None\n\
        round(); print(sum(1 for s in held if s),flush=True)\n\
        while True: time.sleep(1); round() if what!='idle' else None\n";
    let port = node.address.rsplit(':').next().unwrap();
    let count = count.to_string();
    let words = ["-c", "ulimit -n 16384; exec python3 -c \"$@\"", "bash", script, port, &count, what];
    let mut child = Command::new("bash").args(words).stdout(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    eprintln!("{} connections open: {what}", line.trim());
    child
}

fn let_go(mut holder: Child) {
    holder.kill().unwrap();
    holder.wait().unwrap();
}

/// Eight bodies that come byte by byte take every place for long bodies, and a batch comes in all the same.
#[test]
fn slow_batches_keep_no_batch_out() {
    let dir = copied();
    let node = Node::writing(dir.path(), &["--address-rate", "0"]);
    if !Command::new("python3").arg("-V").output().is_ok_and(|done| done.status.success()) {
        eprintln!("skipped: no python3 here");
        return;
    }
    let holder = hold(&node, 16, "batch");
    let body = super::bytes_of(&reports(94, 1)[0]);
    node.until("taken in", |node| {
        let answer = node.send("/events/batch", "application/x-ndjson", &body).unwrap();
        answer.status == 200 && answer.text().contains("\"again\":")
    });
    let_go(holder);
    assert_eq!(node.end(), 0);
}

fn processor_seconds(node: &Node) -> f64 {
    let stat = fs::read_to_string(format!("/proc/{}/stat", node.child.id())).unwrap();
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap().split_whitespace().collect();
    (fields[11].parse::<f64>().unwrap() + fields[12].parse::<f64>().unwrap()) / 100.0
}

/// A job: prints the figures of docs/jobs.md.
#[test]
fn a_node_under_strain_serves_others() {
    if std::env::var_os("HATTAMA_STRAIN").is_none() {
        eprintln!("skipped: a node under strain runs with HATTAMA_STRAIN=1 (docs/jobs.md)");
        return;
    }
    let dir = copied();
    let node = Node::start_with(dir.path(), &["--address-rate", "0", "--key-rate", "0"], |command| {
        let inner = std::mem::replace(command, Command::new("bash"));
        command
            .args(["-c", "ulimit -n 16384; exec \"$@\"", "bash"])
            .arg(inner.get_program())
            .args(inner.get_args());
        for (name, value) in inner.get_envs() {
            if let Some(value) = value {
                command.env(name, value);
            }
        }
    });
    node.until("writing", |node| node.get("/readyz").status == 200);
    let (own, mut kept_out) = (node.told().len(), Vec::new());
    for (count, what) in [(4300, "idle"), (4300, "body"), (3900, "read")] {
        let (memory, used) = (node.memory(), processor_seconds(&node));
        let holder = hold(&node, count, what);
        // Whoever is slow has been so for some seconds.
        thread::sleep(Duration::from_secs(5));
        let (begun, asked) = (Instant::now(), 200);
        let served = (0..asked).filter(|_| connected_and_ready(&node)).count();
        let events = reports(93, 20);
        let is_taken = |signed: &&event::SignedEvent| {
            let answer = node.send("/events", "application/json", &super::bytes_of(signed));
            answer.is_ok_and(|answer| matches!(answer.status, 200 | 201))
        };
        let taken = events.iter().filter(is_taken).count();
        let cores = (processor_seconds(&node) - used) / (begun.elapsed().as_secs_f64() + 5.0);
        let during = node.memory();
        let_go(holder);
        thread::sleep(Duration::from_secs(20));
        eprintln!(
            "{count} {what}: {served} of {asked} health checks and {taken} of 20 events served, {cores:.2} cores, {memory} MiB before, {during} MiB during, {} MiB after; {:?} connections ended for others",
            node.memory(),
            find_figure(&node, "hattama_connections_evicted_total")
        );
        if (served, taken) != (asked, 20) {
            kept_out.push(what);
        }
    }
    slow_readers(&node);
    eprintln!("{} bytes of log", node.told().len() - own);
    assert!(kept_out.is_empty(), "{kept_out:?}");
    assert_eq!(node.end(), 0);
}

fn connected_and_ready(node: &Node) -> bool {
    let Ok(mut stream) = TcpStream::connect(node.address.strip_prefix("http://").unwrap()) else {
        return false;
    };
    stream.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
    let asked = stream.write_all(b"GET /readyz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    let mut answer = String::new();
    asked.is_ok() && stream.read_to_string(&mut answer).is_ok() && answer.starts_with("HTTP/1.1 200")
}

fn slow_readers(node: &Node) {
    let before = node.memory();
    let readers: Vec<TcpStream> = (0..400)
        .map(|_| {
            let mut stream = connect(node);
            stream
                .write_all(b"GET /tile/entries/000 HTTP/1.1\r\nHost: a\r\n\r\n".repeat(20).as_slice())
                .unwrap();
            stream
        })
        .collect();
    thread::sleep(Duration::from_secs(3));
    let during = node.memory();
    drop(readers);
    thread::sleep(Duration::from_secs(20));
    eprintln!("slow readers: {before} MiB before, {during} MiB with 400, {} MiB after", node.memory());
}
