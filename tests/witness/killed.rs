//! Killed at random moments while two histories of one log ask: only one of them is ever cosigned.

use std::{
    fs,
    sync::{
        Barrier,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::Duration,
};

use super::{Log, Witness, cosigned_at};

#[test]
fn between_two_requests_it_forgets_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let mut log = Log::new("log.example/killed");
    log.grow(5, "common");
    let mut fork = log.clone();
    log.grow(30, "one");
    fork.grow(30, "other");
    let folder = dir.path().join("memory").join(event::sha256(&[log.origin.as_bytes()]).to_string());
    let mut last = 0;
    for size in [6, 7, 12, 29] {
        let mut witness = Witness::start(dir.path(), "witness.example", &log.vkey(), &[]);
        assert_eq!(witness.ask(&log, last, size).status, 200);
        witness.kill();
        // What a kill in the middle of a write leaves behind is never read.
        fs::write(folder.join("recording"), &log.checkpoint(5).as_bytes()[..40]).unwrap();
        let witness = Witness::start(dir.path(), "witness.example", &log.vkey(), &[]);
        assert_eq!(witness.newest(&log.origin).unwrap().0.size, size);
        assert_eq!((witness.ask(&log, last, size).status, witness.ask(&log, size, 5).status), (409, 400));
        for (old, new) in [(size, size), (size, 30), (0, 5), (last, 30)] {
            assert!([409, 422].contains(&witness.ask(&fork, old, new).status), "{size} {old} {new}");
        }
        cosigned_at(&witness.key, &log, size, &witness.ask(&log, size, size));
        last = size;
    }
}

#[test]
fn of_two_histories_one_is_cosigned_whenever_it_is_killed() {
    let dir = tempfile::tempdir().unwrap();
    let mut log = Log::new("log.example/raced");
    log.grow(5, "common");
    let mut fork = log.clone();
    log.grow(2000, "one");
    fork.grow(2000, "other");
    let (mut seed, mut answered, mut kills) = (7_u64, [0_u64; 2], 0);
    let mut newest = 0;
    while kills < 12 {
        let mut witness = Witness::start(dir.path(), "witness.example", &log.vkey(), &[]);
        // Nothing that was answered before the kill is forgotten.
        let known = witness.newest(&log.origin).map_or(0, |(checkpoint, _)| checkpoint.size);
        assert!(known >= newest, "{known} after {newest}");
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let wait = Duration::from_millis(20 + (seed >> 33) % 120);
        let over = AtomicBool::new(false);
        let most = thread::scope(|scope| {
            let ask = |log: &Log| {
                let (mut old, mut size, mut most, mut times) = (known, known.max(5) + 1, 0, 0);
                while !over.load(Ordering::Relaxed) && size < 2000 {
                    match witness.add(log.request(old, size).as_bytes()) {
                        Ok(answer) if answer.status == 200 => {
                            (old, most, size, times) = (size, size, size + 1, times + 1)
                        }
                        Ok(answer) if answer.status == 409 => old = answer.text().trim().parse().unwrap(),
                        Ok(answer) => assert_eq!(answer.status, 422, "{}", answer.text()),
                        Err(_) => break,
                    }
                    size = size.max(old + 1);
                }
                (most, times)
            };
            let asking = [&log, &fork].map(|log| scope.spawn(move || ask(log)));
            thread::sleep(wait);
            let id = witness.child.id().to_string();
            std::process::Command::new("kill").args(["-KILL", &id]).status().unwrap();
            over.store(true, Ordering::Relaxed);
            asking.map(|one| one.join().unwrap())
        });
        witness.kill();
        for (all, (_, times)) in answered.iter_mut().zip(most) {
            *all += times;
        }
        newest = newest.max(most[0].0).max(most[1].0);
        kills += 1;
    }
    eprintln!("12 kills, {answered:?} cosignatures of two histories, newest {newest}");
    assert!(answered[0] == 0 || answered[1] == 0, "both histories were cosigned: {answered:?}");
    assert!(answered[0] + answered[1] > 0);
}

/// Between deciding and recording nobody else records: eight ask at once, for two histories.
#[test]
fn of_two_histories_asked_at_once_one_is_cosigned() {
    let dir = tempfile::tempdir().unwrap();
    let two = |n: usize| {
        let mut log = Log::new(&format!("log.example/{n}"));
        let mut fork = log.clone();
        log.grow(7, "one");
        fork.grow(9, "other");
        (log, fork)
    };
    let logs: Vec<(Log, Log)> = (0..32).map(two).collect();
    let keys: Vec<String> = logs.iter().map(|(log, _)| log.vkey()).collect();
    let words: Vec<&str> = keys[1..].iter().flat_map(|key| ["--log", key]).collect();
    let witness = Witness::start(dir.path(), "witness.example", &keys[0], &words);
    for (log, fork) in &logs {
        let bodies = [log.request(0, 7), fork.request(0, 9)];
        let barrier = Barrier::new(8);
        let answers: Vec<(usize, u16)> = thread::scope(|scope| {
            let (barrier, witness, bodies) = (&barrier, &witness, &bodies);
            let ask = move |n: usize| {
                barrier.wait();
                (n % 2, witness.add(bodies[n % 2].as_bytes()).unwrap().status)
            };
            let asking: Vec<_> = (0..8).map(|n| scope.spawn(move || ask(n))).collect();
            asking.into_iter().map(|one| one.join().unwrap()).collect()
        });
        let cosigned: Vec<usize> =
            answers.iter().filter(|(_, status)| *status == 200).map(|(of, _)| *of).collect();
        assert_eq!(cosigned.len(), 1, "{answers:?}");
        assert!(answers.iter().all(|(_, status)| [200, 409].contains(status)), "{answers:?}");
        assert_eq!(witness.newest(&log.origin).unwrap().0.size, [7, 9][cosigned[0]]);
    }
}
