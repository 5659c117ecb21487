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

fn figure(node: &Node, name: &str) -> u64 {
    let told = node.get("/metrics").text();
    let value = told.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
    value.unwrap_or_else(|| panic!("no {name} in {told}")).parse().unwrap()
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

/// Connections from nine addresses of this machine, held without a word, in a process of their own.
fn hold_idle(node: &Node, count: usize) -> Child {
    let script = "import socket,sys,time\n\
        port=int(sys.argv[1]); held=[]\n\
        for n in range(int(sys.argv[2])):\n\
        \x20s=socket.socket(); s.bind(('127.0.0.%d'%(2+n%9),0)); s.settimeout(5)\n\
        \x20try: s.connect(('127.0.0.1',port)); held.append(s)\n\
        \x20except OSError: pass\n\
        print(len(held),flush=True); time.sleep(600)\n";
    let port = node.address.rsplit(':').next().unwrap();
    let words =
        ["-c", "ulimit -n 16384; exec python3 -c \"$1\" $2 $3", "bash", script, port, &count.to_string()];
    let mut child = Command::new("bash").args(words).stdout(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    eprintln!("{} idle connections open", line.trim());
    child
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
    let (memory, used) = (node.memory(), processor_seconds(&node));
    let mut holder = hold_idle(&node, 4300);
    let begun = Instant::now();
    let asked = 200;
    let served = (0..asked).filter(|_| connected_and_ready(&node)).count();
    let events = reports(93, 20);
    let taken = events.iter().filter(|signed| node.post(signed).status == 201).count();
    eprintln!(
        "idle connections: {served} of {asked} health checks and {taken} of 20 events served, {:.2} cores, {} MiB (before {memory})",
        (processor_seconds(&node) - used) / begun.elapsed().as_secs_f64(),
        node.memory()
    );
    holder.kill().unwrap();
    holder.wait().unwrap();
    assert_eq!((served, taken), (asked, 20));
    slow_readers(&node);
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
