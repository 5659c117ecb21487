//! Sixty-four clients at once, their requests shuffled and repeated: every event once, every answer the same.

use std::{collections::BTreeMap, thread};

use event::SignedEvent;

use super::{Node, copied, reports, stage};

#[test]
fn sixty_four_clients_shuffled_and_repeated() {
    let dir = copied();
    let node = Node::writing(dir.path(), &["--address-rate", "0", "--key-rate", "0"]);
    let chains: Vec<Vec<SignedEvent>> = (0..32).map(|place| reports(place, 4)).collect();
    let told: Vec<BTreeMap<String, (u64, String)>> = thread::scope(|scope| {
        let client = |number: usize| {
            let (node, chains) = (&node, &chains);
            move || {
                let mut seed = number as u64 + 1;
                let mut told = BTreeMap::new();
                // Two chains, forwards and backwards, each event twice: every client meets the others' events.
                let mut work: Vec<&SignedEvent> = chains[number / 2]
                    .iter()
                    .chain(&chains[(number / 2 + 7) % 32])
                    .flat_map(|one| [one, one])
                    .collect();
                while !work.is_empty() {
                    seed =
                        seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                    let place = (seed >> 33) as usize % work.len();
                    let signed = work[place];
                    let answer = node.post(signed);
                    if answer.status == 409 {
                        continue;
                    }
                    assert!(matches!(answer.status, 200 | 201), "{}", answer.text());
                    let answer = answer.json();
                    let stands =
                        (answer["index"].as_u64().unwrap(), answer["entry"].as_str().unwrap().to_owned());
                    let event = answer["event"].as_str().unwrap().to_owned();
                    assert_eq!(*told.entry(event).or_insert_with(|| stands.clone()), stands);
                    work.swap_remove(place);
                }
                told
            }
        };
        let clients: Vec<_> = (0..64).map(|number| scope.spawn(client(number))).collect();
        clients.into_iter().map(|client| client.join().unwrap()).collect()
    });
    let mut all: BTreeMap<String, (u64, String)> = BTreeMap::new();
    for (event, stands) in told.into_iter().flatten() {
        assert_eq!(*all.entry(event).or_insert_with(|| stands.clone()), stands);
    }
    let size = stage().head.size();
    let mut places: Vec<u64> = all.values().map(|(index, _)| *index).collect();
    places.sort_unstable();
    assert_eq!(places, (size..size + 128).collect::<Vec<_>>());
    assert_eq!(node.json("/readyz")["entries"].as_u64(), Some(size + 128));
    let metrics = node.get("/metrics").text();
    assert!(metrics.contains("hattama_acknowledged_total 128\n"), "{metrics}");
    let groups = metrics.lines().find_map(|line| line.strip_prefix("hattama_group_events_count ")).unwrap();
    eprintln!("64 clients: 128 events in {groups} groups");
    assert_eq!(node.end(), 0);
}
