//! A mark that cannot be kept: the node says so, takes nothing in, and goes on by itself as soon as it can be kept.

use super::{World, is_read_only};
use crate::serve::{
    Node, copied,
    failing::{EIO, ENOSPC, FailingDisk},
    reports,
};

#[test]
fn a_mark_that_cannot_be_kept_stops_the_node_only_until_it_can() {
    for (code, place, with_policy) in [
        (EIO, "/state/", false),
        (ENOSPC, "/state/", false),
        (EIO, "/instance.", false),
        (ENOSPC, "/anchors.", false),
        (EIO, "/anchors.", true),
    ] {
        let dir = copied();
        let Some(disk) = FailingDisk::in_folder(dir.path()) else { return };
        let state = dir.path().join("state");
        let mut words = vec!["--state", state.to_str().unwrap(), "--key-rate", "0"];
        // Under a policy, whose text is remembered before the first event, too; nobody of it answers.
        let policy = World::new(dir.path()).policy(dir.path(), ["http://127.0.0.1:1"; 3]);
        if with_policy {
            words.extend(["--policy", &policy, "--accept-unanchored"]);
        }
        disk.fail("sync", code, place);
        let node = Node::start_with(dir.path(), &words, |command| disk.under(command));
        let says = if code == EIO { "Input/output error" } else { "No space left on device" };
        node.until("read-only", |node| is_read_only(node, says));
        let new = reports(1, 2);
        assert_eq!(node.post(&new[0]).status, 503, "{place}");
        assert_eq!(node.get("/entries/0").status, 200);
        disk.mend();
        node.until("writing", |node| node.get("/readyz").status == 200);
        assert_eq!(node.post(&new[0]).status, 201);
        assert_eq!(node.end(), 0);
        // Nothing half-made is left by which the ledger would be taken for a copy.
        let node = Node::start(dir.path(), &words);
        if with_policy {
            node.until("asked", |node| is_read_only(node, "is refused") || node.get("/readyz").status == 200);
        } else {
            node.until("writing", |node| node.get("/readyz").status == 200);
            assert_eq!(node.post(&new[1]).status, 201);
        }
        assert!(!node.get("/readyz").text().contains("is a copy"), "{}", node.get("/readyz").text());
        assert_eq!(node.end(), 0);
    }
}
