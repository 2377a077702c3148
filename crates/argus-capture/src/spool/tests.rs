//! What a spool promises: order, bounds, survival.

use std::fs;

use proptest::prelude::*;

use super::*;

const NOW_US: i64 = 1_795_348_382_000_000;

fn envelope(session: &str, number: usize) -> Vec<u8> {
    serde_json::to_vec(&serde_json::json!({
        "version": 1, "source": "transcript", "session_id": session, "body": {"number": number},
    }))
    .unwrap()
}

fn open(folder: &Path, limits: Limits) -> (Spool, Losses) {
    let mut losses = Losses::default();
    let spool = Spool::open(folder, limits, NOW_US, &mut losses).unwrap();
    (spool, losses)
}

fn all(spool: &Spool) -> Vec<Vec<u8>> {
    spool.next_batch(usize::MAX, usize::MAX).unwrap().envelopes
}

#[test]
fn what_was_added_is_there_after_a_new_start_and_goes_when_acknowledged() {
    let root = tempfile::tempdir().unwrap();
    let given: Vec<Vec<u8>> = (0..10).map(|number| envelope("s", number)).collect();
    let (mut spool, _) = open(root.path(), Limits::default());
    spool.append(&given[..6], NOW_US).unwrap();
    spool.append(&given[6..], NOW_US).unwrap();
    drop(spool);
    let (mut spool, losses) = open(root.path(), Limits::default());
    assert!(losses.is_empty());
    assert_eq!(all(&spool), given);
    let batch = spool.next_batch(4, usize::MAX).unwrap();
    spool.acknowledge(&batch).unwrap();
    assert_eq!(all(&spool), given[4..]);
    assert_eq!(spool.count(), 6);
    drop(spool);
    let (mut spool, _) = open(root.path(), Limits::default());
    assert_eq!(all(&spool), given[4..]);
    spool.append(&[envelope("s", 99)], NOW_US).unwrap();
    let batch = spool.next_batch(100, usize::MAX).unwrap();
    assert_eq!(batch.envelopes.len(), 7);
    spool.acknowledge(&batch).unwrap();
    assert!(spool.is_empty());
    assert_eq!(spool.count(), 0);
}

#[test]
fn a_frame_that_was_cut_off_is_cut_away_without_a_loss() {
    let root = tempfile::tempdir().unwrap();
    let given: Vec<Vec<u8>> = (0..3).map(|number| envelope("s", number)).collect();
    let (mut spool, _) = open(root.path(), Limits::default());
    spool.append(&given, NOW_US).unwrap();
    drop(spool);
    let path = root.path().join("00000000000000000001.segment");
    let whole = fs::read(&path).unwrap();
    let frame = given[2].len() + 8;
    for cut in whole.len() - frame..whole.len() {
        fs::write(&path, &whole[..cut]).unwrap();
        let (mut spool, losses) = open(root.path(), Limits::default());
        assert!(losses.is_empty(), "{cut}");
        assert_eq!(all(&spool), given[..2], "{cut}");
        spool.append(&given[2..], NOW_US).unwrap();
        assert_eq!(all(&spool), given, "{cut}");
        drop(spool);
        for entry in fs::read_dir(root.path()).unwrap() {
            let other = entry.unwrap().path();
            if other != path {
                fs::remove_file(other).unwrap();
            }
        }
    }
}

#[test]
fn a_damaged_segment_is_set_aside_and_counted() {
    let root = tempfile::tempdir().unwrap();
    let given: Vec<Vec<u8>> = (0..5).map(|number| envelope("s", number)).collect();
    let (mut spool, _) = open(root.path(), Limits::default());
    spool.append(&given, NOW_US).unwrap();
    drop(spool);
    let path = root.path().join("00000000000000000001.segment");
    let mut bytes = fs::read(&path).unwrap();
    // In the payload of the third frame.
    let at = 16 + given[0].len() + 8 + given[1].len() + 8 + 8 + 3;
    bytes[at] ^= 1;
    fs::write(&path, bytes).unwrap();
    let (spool, losses) = open(root.path(), Limits::default());
    assert_eq!(all(&spool), given[..2]);
    assert_eq!(losses.losses.len(), 1);
    assert_eq!(losses.losses[0].count, 3);
    assert_eq!(losses.losses[0].from_us, NOW_US);
    assert!(root.path().join("damaged").read_dir().unwrap().count() == 1);
    drop(spool);
    fs::write(&path, "no segment at all, but long enough").unwrap();
    let (mut spool, losses) = open(root.path(), Limits::default());
    assert!(all(&spool).is_empty());
    assert_eq!(losses.losses[0].reason, Reason::CorruptSegment);
    spool.append(&given, NOW_US).unwrap();
    assert_eq!(all(&spool), given);
}

#[test]
fn what_waits_too_long_goes_and_is_counted_by_session() {
    let root = tempfile::tempdir().unwrap();
    let limits = Limits {
        bytes_max: 1_000_000,
        age_max_us: 1_000,
    };
    let (mut spool, _) = open(root.path(), limits);
    spool
        .append(
            &[envelope("a", 1), envelope("a", 2), envelope("b", 3)],
            NOW_US,
        )
        .unwrap();
    let mut losses = Losses::default();
    spool.enforce(NOW_US + 1_000, &mut losses).unwrap();
    assert!(losses.is_empty());
    spool.enforce(NOW_US + 1_001, &mut losses).unwrap();
    let counted: Vec<(Option<&str>, u64)> = losses
        .losses
        .iter()
        .map(|loss| (loss.session_id.as_deref(), loss.count))
        .collect();
    assert_eq!(counted, [(Some("a"), 2), (Some("b"), 1)]);
    assert!(spool.is_empty());
    spool.append(&[envelope("c", 4)], NOW_US + 2_000).unwrap();
    assert_eq!(all(&spool).len(), 1);
}

#[test]
fn what_was_sent_already_is_not_counted_as_lost() {
    let root = tempfile::tempdir().unwrap();
    let limits = Limits {
        bytes_max: 1_000_000,
        age_max_us: 1_000,
    };
    let (mut spool, _) = open(root.path(), limits);
    spool
        .append(&[envelope("a", 1), envelope("a", 2)], NOW_US)
        .unwrap();
    let batch = spool.next_batch(1, usize::MAX).unwrap();
    spool.acknowledge(&batch).unwrap();
    let mut losses = Losses::default();
    spool.enforce(NOW_US + 5_000, &mut losses).unwrap();
    assert_eq!(losses.losses[0].count, 1);
}

#[test]
fn a_full_spool_says_so() {
    let root = tempfile::tempdir().unwrap();
    let limits = Limits {
        bytes_max: 500,
        ..Limits::default()
    };
    let (mut spool, _) = open(root.path(), limits);
    assert!(!spool.is_full());
    spool
        .append(
            &(0..10).map(|n| envelope("a", n)).collect::<Vec<_>>(),
            NOW_US,
        )
        .unwrap();
    assert!(spool.is_full());
    let batch = spool.next_batch(10, usize::MAX).unwrap();
    spool.acknowledge(&batch).unwrap();
    assert!(!spool.is_full());
}

#[test]
fn nothing_of_a_forgotten_session_stays_on_the_disk() {
    let root = tempfile::tempdir().unwrap();
    let (mut spool, _) = open(root.path(), Limits::default());
    let given: Vec<Vec<u8>> = (0..6)
        .map(|number| {
            envelope(
                if number % 2 == 0 {
                    "private-one"
                } else {
                    "other"
                },
                number,
            )
        })
        .collect();
    spool.append(&given, NOW_US).unwrap();
    // One of each was sent already: it stands in the segment until all of that was.
    let batch = spool.next_batch(1, usize::MAX).unwrap();
    spool.acknowledge(&batch).unwrap();
    assert_eq!(
        spool.forget(&|session| session == "private-one").unwrap(),
        2
    );
    let left = all(&spool);
    assert_eq!(left, [given[1].clone(), given[3].clone(), given[5].clone()]);
    for entry in fs::read_dir(root.path()).unwrap() {
        let bytes = fs::read(entry.unwrap().path()).unwrap();
        assert!(!String::from_utf8_lossy(&bytes).contains("private-one"));
    }
    spool.append(&[envelope("other", 7)], NOW_US).unwrap();
    drop(spool);
    let (spool, losses) = open(root.path(), Limits::default());
    assert!(losses.is_empty());
    assert_eq!(all(&spool).len(), 4);
}

#[derive(Debug, Clone)]
enum Step {
    Append(usize),
    Send(usize),
    Restart,
    Forget(u8),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        (1usize..5).prop_map(Step::Append),
        (1usize..6).prop_map(Step::Send),
        Just(Step::Restart),
        (0u8..3).prop_map(Step::Forget),
    ];
    proptest::collection::vec(step, 1..40)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_spool_is_a_queue(steps in steps()) {
        let root = tempfile::tempdir().unwrap();
        let (mut spool, _) = open(root.path(), Limits::default());
        let mut model: Vec<Vec<u8>> = Vec::new();
        let mut number = 0;
        for step in steps {
            match step {
                Step::Append(count) => {
                    let new: Vec<Vec<u8>> = (0..count)
                        .map(|_| { number += 1; envelope(&format!("s{}", number % 3), number) })
                        .collect();
                    spool.append(&new, NOW_US).unwrap();
                    model.extend(new);
                }
                Step::Send(count) => {
                    let batch = spool.next_batch(count, usize::MAX).unwrap();
                    prop_assert_eq!(&batch.envelopes[..], &model[..count.min(model.len())]);
                    spool.acknowledge(&batch).unwrap();
                    model.drain(..count.min(model.len()));
                }
                Step::Restart => {
                    drop(spool);
                    let (anew, losses) = open(root.path(), Limits::default());
                    prop_assert!(losses.is_empty());
                    spool = anew;
                }
                Step::Forget(which) => {
                    let name = format!("s{which}");
                    spool.forget(&|session| session == name).unwrap();
                    model.retain(|payload| session_of(payload).as_deref() != Some(&name));
                }
            }
            prop_assert_eq!(all(&spool), model.clone());
            prop_assert_eq!(spool.count(), model.len() as u64);
        }
    }
}
