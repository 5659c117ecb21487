//! Whether something that was named lies inside the source that it should vouch for: then it is no word from elsewhere.

use std::{
    fs,
    net::IpAddr,
    path::{Path, PathBuf},
};

use verifier::address;

/// Whether a path or address leads into the source, or is the source.
pub(crate) fn lies_inside(source: &Path, named: &Path) -> bool {
    match (parse_address(source), parse_address(named)) {
        (Some(source), Some(named)) => named == source || named.starts_with(&format!("{source}/")),
        (None, None) => is_path_inside(source, named),
        _ => false,
    }
}

/// An address in one spelling: scheme and host in lower case, no usual port, no empty or dotted parts.
fn parse_address(path: &Path) -> Option<String> {
    let text = path.to_str()?;
    if !text.contains("://") {
        return None;
    }
    let base = address::parse_base(text).ok()?;
    let (scheme, rest) = base.split_once("://")?;
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let (scheme, host) = (scheme.to_lowercase(), host.to_lowercase());
    let usual = if scheme == "https" { ":443" } else { ":80" };
    let host = name_host(host.strip_suffix(usual).unwrap_or(&host));
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/').filter(|part| !part.is_empty() && *part != ".") {
        if part == ".." {
            parts.pop();
        } else {
            parts.push(part);
        }
    }
    // Two schemes of one host are one server.
    Some([host.as_str()].into_iter().chain(parts).collect::<Vec<_>>().join("/"))
}

/// A host and its port in one spelling: without the dot at the end, and this machine by one of its names.
fn name_host(host: &str) -> String {
    let (name, port) = match host.rsplit_once(':') {
        Some((name, port)) if !host.ends_with(']') => (name, Some(port)),
        _ => (host, None),
    };
    let name = name.trim_end_matches('.');
    let bare = name.trim_start_matches('[').trim_end_matches(']');
    let own = bare.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback() || ip.is_unspecified());
    let name = if own || bare == "localhost" || bare.ends_with(".localhost") { "localhost" } else { name };
    port.map_or_else(|| name.to_owned(), |port| format!("{name}:{port}"))
}

fn is_path_inside(source: &Path, named: &Path) -> bool {
    let (Ok(source), Ok(named)) = (fs::canonicalize(source), fs::canonicalize(named)) else { return false };
    named.starts_with(&source) || is_same_file(&source, &named)
}

/// Whether the file that would be read as a pin is one file with a checkpoint of the source, by another name (a hard link).
fn is_same_file(source: &Path, named: &Path) -> bool {
    let one_file = |own: &Path, named: &Path| {
        own.is_file() && named.is_file() && same_file::is_same_file(own, named).unwrap_or(false)
    };
    let of_named = [named.to_owned(), named.join("checkpoint")];
    list_checkpoints(source).iter().any(|own| of_named.iter().any(|named| one_file(own, named)))
}

/// Where a source has checkpoints: its own, and those of its snapshots; a zip is one file.
fn list_checkpoints(source: &Path) -> Vec<PathBuf> {
    let snapshots = fs::read_dir(source.join("snapshots")).into_iter().flatten().flatten();
    let snapshots = snapshots.map(|item| item.path().join("checkpoint"));
    [source.to_owned(), source.join("checkpoint")].into_iter().chain(snapshots).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_address_in_several_spellings_is_inside_itself() {
        let source = Path::new("https://Example.org/log/");
        for named in [
            "https://example.org/log",
            "HTTPS://EXAMPLE.ORG:443/log/checkpoint",
            "http://example.org/log",
            "https://example.org//log/./snapshots/1",
            "https://example.org/x/../log/snapshots/1/checkpoint",
        ] {
            assert!(lies_inside(source, Path::new(named)), "{named}");
        }
        for named in ["https://example.org./log", "https://example.org.:443/log/"] {
            assert!(lies_inside(source, Path::new(named)), "{named}");
        }
        let own = Path::new("http://127.0.0.1:8080/log");
        for named in
            ["http://localhost:8080/log", "http://[::1]:8080/log/checkpoint", "http://127.0.0.2:8080/log"]
        {
            assert!(lies_inside(own, Path::new(named)), "{named}");
        }
        assert!(!lies_inside(own, Path::new("http://localhost:8081/log")), "another port is another server");
        for named in
            ["https://example.org/logs", "https://mirror.example.org/log", "https://example.org", "log"]
        {
            assert!(!lies_inside(source, Path::new(named)), "{named}");
        }
    }
}
