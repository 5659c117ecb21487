//! An observer reads a live node like any published folder.

use std::path::Path;

use super::{Node, copied, reports, start::publish};
use crate::commands::run;

#[test]
fn a_live_node_verifies() {
    let dir = copied();
    let node = Node::writing(dir.path(), &[]);
    let (code, out, err) = run(&["verify", &node.address]);
    assert!(code == 0 && out.contains("VERIFIED"), "{code} {out}{err}");
    node.post(&reports(1, 1)[0]);
    let (code, out, err) =
        run(&["verify", &node.address, "--pin", dir.path().join("ledger").to_str().unwrap()]);
    assert!(code == 0 && out.contains("VERIFIED"), "{code} {out}{err}");
    let (code, out, _) = run(&["results", &node.address]);
    assert!(code == 0 && out.contains("0 of 128 precincts"), "{code} {out}");
    assert_eq!(node.end(), 0);
    let published = dir.path().join("published");
    publish(dir.path(), &published);
    let words = ["--to", published.to_str().unwrap(), "--published", published.to_str().unwrap()];
    let node = Node::writing(dir.path(), &words);
    node.post(&reports(2, 1)[0]);
    let (code, out, err) = run(&["verify", &node.address, "--pin", published.to_str().unwrap()]);
    assert!(code == 0 && out.contains("VERIFIED"), "{code} {out}{err}");
    let manifest = node.get("/snapshots/1/manifest.json");
    assert_eq!(manifest.body, std::fs::read(published.join("snapshots/1/manifest.json")).unwrap());
    // A file system says of each in its own way that it has none: the node says 404.
    let (long, deep, marks) = ("a".repeat(300), "a/".repeat(2500), "%CC%BA".repeat(200));
    for odd in
        [&long, &deep, &marks, "1/manifest.json/x", "1/%00", "1/..%2f..%2fcheckpoint", "1/a%20b", "1", ""]
    {
        for folder in ["snapshots", "attachments"] {
            let answer = node.get(&format!("/{folder}/{odd}"));
            assert_eq!(answer.status, 404, "/{folder}/{odd}: {}", answer.text());
        }
    }
    for outside in [
        "/snapshots/../checkpoint",
        "/snapshots/%2e%2e/checkpoint",
        "/snapshots//etc/passwd",
        "/attachments/none",
    ] {
        let answer = node.get(outside);
        assert!(
            answer.status == 404 || answer.body == node.get("/checkpoint").body,
            "{outside}: {}",
            answer.status
        );
    }
}

#[test]
fn tls_is_spoken_where_certificates_are_given() {
    let dir = copied();
    let files = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/serve");
    let (certificate, key) = (files.join("localhost.pem"), dir.path().join("localhost-key.pem"));
    // As it lies in a repository, everybody may read it.
    std::fs::copy(files.join("localhost-key.pem"), &key).unwrap();
    let mode =
        |mode| std::fs::set_permissions(&key, std::os::unix::fs::PermissionsExt::from_mode(mode)).unwrap();
    mode(0o644);
    let words = ["--tls-certificate", certificate.to_str().unwrap(), "--tls-key", key.to_str().unwrap()];
    let (code, err) = Node::try_start(dir.path(), &words).err().expect("a key that everybody reads");
    assert!(code == Some(2) && err.contains("expected mode 0600"), "{code:?} {err}");
    mode(0o600);
    let node = Node::start(dir.path(), &words);
    assert!(node.address.starts_with("https://127.0.0.1:"), "{}", node.address);
    let own = ureq::tls::Certificate::from_pem(&std::fs::read(&certificate).unwrap()).unwrap();
    let roots = ureq::tls::RootCerts::new_with_certs(&[own]);
    let tls = ureq::tls::TlsConfig::builder().root_certs(roots).build();
    let agent = ureq::Agent::config_builder().tls_config(tls).proxy(None).build().new_agent();
    let mut answer = agent.get(format!("{}/healthz", node.address)).call().unwrap();
    assert!(answer.body_mut().read_to_string().unwrap().contains("alive"));
    assert!(answer.headers().contains_key("strict-transport-security"));
    // Plain words on a secured port are not understood, and end nothing.
    assert!(ureq::get(node.address.replace("https", "http")).call().is_err());
    assert_eq!(node.end(), 0);
}
