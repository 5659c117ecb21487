//! What a browser sees at the address of a node: the published pages, or what the address is.

use std::{fs, path::Path};

use super::{Answer, Node, agent, copied, stage};

/// Lays pages of the ledger down as a publication does.
pub(crate) fn lay_pages(published: &Path) {
    let files = ::site::make_site(&stage().head).unwrap();
    let own = files.into_iter().map(|(path, bytes)| (format!("snapshots/1/site/{path}"), bytes));
    let top = [("index.html".to_owned(), ::site::render_root_page(1))];
    let site = |path: &str| format!("snapshots/1/site/{path}");
    let picture = (site("ru/pictures/aul-2025-balance.svg"), b"<svg/>".to_vec());
    let program = [(site("verify.html"), b"<!doctype html>".to_vec()), picture];
    for (path, bytes) in own.chain(top).chain(program) {
        let path = published.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
}

fn ask(node: &Node, path: &str, tag: &str) -> Answer {
    let request = agent().get(format!("{}{path}", node.address)).header("If-None-Match", tag);
    request.call().map_err(|error| error.to_string()).and_then(Answer::of).unwrap()
}

#[test]
fn the_address_of_a_node_shows_the_published_pages() {
    let dir = copied();
    let published = dir.path().join("published");
    lay_pages(&published);
    let node = Node::writing(dir.path(), &["--published", published.to_str().unwrap()]);
    for path in ["/", "/index.html"] {
        let answer = node.get(path);
        assert_eq!(
            (answer.status, answer.header("content-type")),
            (200, "text/html; charset=utf-8"),
            "{path}"
        );
        assert_eq!(
            (answer.body.as_slice(), answer.header("cache-control")),
            (&*::site::render_root_page(1), "no-cache")
        );
    }
    // Whatever it leads to is there, says of what type it is, and may load its own style sheet, run its one script and nothing else.
    let page = node.get("/").text();
    let links: Vec<&str> =
        page.split("href=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    assert_eq!(links.len(), 3);
    let site = "/snapshots/1/site/";
    let own = [
        (format!("/{}", links[0]), "text/html; charset=utf-8"),
        (format!("{site}index.html"), "text/html; charset=utf-8"),
        (format!("{site}style.css"), "text/css; charset=utf-8"),
        (format!("{site}page.js"), "text/javascript; charset=utf-8"),
        (format!("{site}ru/feed.atom"), "application/atom+xml"),
        (format!("{site}data/results.csv"), "text/csv; charset=utf-8"),
        (format!("{site}data/datapackage.json"), "application/json"),
        (format!("{site}ru/pictures/aul-2025-balance.svg"), "image/svg+xml"),
    ];
    for (path, kind) in &own {
        let answer = node.get(path);
        assert_eq!((answer.status, answer.header("content-type")), (200, *kind), "{path}");
        let policy = answer.header("content-security-policy");
        assert!(
            policy.contains("style-src 'self'") && policy.contains("frame-ancestors 'none'"),
            "{path}: {policy}"
        );
        // The script beside the page, and none within it.
        let script = policy.split("; ").find(|part| part.starts_with("script-src")).unwrap();
        assert_eq!(script, "script-src 'self'", "{path}: {policy}");
        assert!(!policy.contains("unsafe") && !policy.contains("sandbox"), "{path}: {policy}");
        assert!(answer.header("cache-control").contains("immutable"), "{path}");
    }
    let program = node.get(&format!("{site}verify.html"));
    assert!(program.header("content-security-policy").contains("'wasm-unsafe-eval'"));
    assert!(node.get("/summary").header("content-security-policy").contains("sandbox"));
    // Who reloads and has it gets nothing.
    for path in own.iter().map(|(path, _)| path.as_str()).chain(["/", "/index.html", "/live"]) {
        let tag = node.get(path).header("etag").to_owned();
        assert!(!tag.is_empty(), "{path}");
        for _ in 0..20 {
            let answer = ask(&node, path, &tag);
            assert_eq!((answer.status, answer.body.len()), (304, 0), "{path}");
            assert_eq!(answer.header("etag"), tag, "{path}");
        }
        let answer = ask(&node, path, "\"another\"");
        assert!(answer.status == 200 && !answer.body.is_empty(), "{path}");
    }
    // Another page at the top of that folder is not shown: nobody could make it again.
    fs::write(published.join("index.html"), "<h1>52 %</h1>").unwrap();
    assert_eq!(node.get("/index.html").status, 404);
    assert!(!node.get("/").text().contains("52 %"));
    assert_eq!(node.end(), 0);
}

#[test]
fn the_address_of_a_node_without_pages_says_what_it_is() {
    let dir = copied();
    let node = Node::writing(dir.path(), &[]);
    let answer = node.get("/");
    assert_eq!((answer.status, answer.header("content-type")), (200, "text/html; charset=utf-8"));
    let page = answer.text();
    for lang in ["kk", "ru", "en"] {
        assert!(page.contains(&format!("<section lang=\"{lang}\">")), "{page}");
    }
    let links: Vec<&str> =
        page.split("href=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    assert!(links.len() > 3 && !page.contains("{ $"), "{page}");
    for link in links {
        assert_eq!(node.get(&format!("/{link}")).status, 200, "{link}");
    }
    let tag = answer.header("etag").to_owned();
    assert_eq!((ask(&node, "/", &tag).status, node.get("/index.html").status), (304, 404));
    assert_eq!(node.end(), 0);
}
