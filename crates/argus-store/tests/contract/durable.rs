//! Nothing acknowledged is lost; a full disk passes.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Barrier};

use argus_store::{Store, StoreError};

use crate::support::{conversation, delivery, dump, new_store, options, put, settle};

#[test]
fn many_threads_append_at_once_and_nothing_is_lost_or_doubled() {
    let test = new_store();
    let barrier = Arc::new(Barrier::new(8));
    let threads: Vec<_> = (0..8)
        .map(|thread| {
            let (workspace, barrier) = (test.workspace.clone(), barrier.clone());
            std::thread::spawn(move || {
                barrier.wait();
                for n in 0..20 {
                    // Every session is delivered by two threads.
                    put(
                        &workspace,
                        conversation(&format!("s{}-{n}", thread / 2), "q", "a", n),
                    );
                }
            })
        })
        .collect();
    for thread in threads {
        thread.join().unwrap();
    }
    settle(&test.workspace);
    let status = test.workspace.status().unwrap();
    assert_eq!(
        (status.records["transcript"], status.sessions),
        (4 * 20 * 2, 80)
    );
    assert!(test.workspace.check_ledger().unwrap());
}

#[test]
fn what_was_acknowledged_is_there_when_the_files_are_taken_as_they_are() {
    let test = new_store();
    put(&test.workspace, conversation("s1", "hello", "hi", 0));
    // As after a power cut: the files as they stand, while the store is open.
    let copy = tempfile::tempdir().unwrap();
    for path in crate::support::files(test.folder.path()) {
        let target = copy
            .path()
            .join(path.strip_prefix(test.folder.path()).unwrap());
        std::fs::create_dir_all(target.parent().unwrap()).unwrap();
        std::fs::copy(&path, &target).unwrap();
    }
    let store = Store::open(copy.path(), options()).unwrap();
    let workspace = store.workspace("default").unwrap().unwrap();
    assert!(dump(&workspace).contains("hello"));
    assert!(workspace.check_ledger().unwrap());
}

#[test]
fn a_full_disk_is_said_and_passes() {
    let test = new_store();
    put(&test.workspace, conversation("s1", "hello", "hi", 0));
    settle(&test.workspace);
    test.workspace.limit_size_for_test(Some(0)).unwrap();
    let batch = conversation("s2", &crate::support::noise(20_000), "y", 0);
    let prepared: Vec<_> = batch
        .iter()
        .cloned()
        .map(|item| test.workspace.prepare(item, &delivery()).unwrap())
        .collect();
    let outcome = test.workspace.append(prepared);
    assert!(matches!(outcome, Err(StoreError::Full)), "{outcome:?}");
    assert!(matches!(
        test.workspace.check_writable(),
        Err(StoreError::Full)
    ));
    test.workspace.limit_size_for_test(None).unwrap();
    test.workspace.check_writable().unwrap();
    assert_eq!(put(&test.workspace, batch).new_records(), 2);
    settle(&test.workspace);
    assert!(test.workspace.session("s2").unwrap().is_some());
    assert!(test.workspace.check_ledger().unwrap());
}

#[test]
fn a_batch_that_is_submitted_is_answered_once_and_after_the_fact() {
    let test = new_store();
    let answered = Arc::new(AtomicUsize::new(0));
    let (sender, receiver) = std::sync::mpsc::channel();
    for n in 0..50 {
        let batch = conversation(&format!("s{n}"), "q", "a", n)
            .into_iter()
            .map(|item| test.workspace.prepare(item, &delivery()).unwrap())
            .collect();
        let (answered, sender) = (answered.clone(), sender.clone());
        test.workspace.submit(
            batch,
            Box::new(move |outcome| {
                answered.fetch_add(1, Ordering::SeqCst);
                sender.send(outcome.unwrap().new_records()).unwrap();
            }),
        );
    }
    drop(sender);
    let new: usize = receiver.iter().sum();
    assert_eq!((new, answered.load(Ordering::SeqCst)), (100, 50));
    assert_eq!(test.workspace.status().unwrap().records["transcript"], 100);
}
