use proptest::prelude::*;

use super::*;

fn after(prompt: &str, answer: &str, reply: &str) -> Judged {
    let (prompt, answer, reply) = (Said::of(prompt), Said::of(answer), Said::of(reply));
    judge(&Seen {
        prompt: Some(&prompt),
        answer: Some(&answer),
        next: vec![Next::Prompt(&reply, 60_000_000)],
        ..Seen::default()
    })
}

#[test]
fn words_settle_it_or_nothing_does() {
    use Acceptance::{Accepted, NotAccepted, Unknown};
    let prompt = "Write the weekly report from tickets.csv";
    for (reply, expected) in [
        ("Thanks, that is what I needed", Accepted),
        ("commit, message \"weekly report\"", Accepted),
        ("now the chart for the board", Accepted),
        ("the totals are wrong", NotAccepted),
        ("make it shorter", NotAccepted),
        (
            "write the weekly report from tickets.csv please",
            NotAccepted,
        ),
        ("no further changes", Accepted),
        ("forget it, I'll do it by hand", NotAccepted),
        (
            "my mistake, the file is old. Do it again with the other",
            Unknown,
        ),
        ("I'll read it on the train and get back to you", Unknown),
        ("hm", Unknown),
        ("how many rows are that?", Unknown),
        ("Danke!", Accepted),
        ("Das stimmt nicht", NotAccepted),
        ("谢谢", Accepted),
        ("不对，应该是两个", NotAccepted),
        ("", Unknown),
    ] {
        assert_eq!(
            after(prompt, "Done.", reply).acceptance,
            expected,
            "{reply}"
        );
    }
}

#[test]
fn only_a_persons_acts_count() {
    let no = Seen {
        rejected_by_user: true,
        ..Seen::default()
    };
    assert_eq!(judge(&no).signals, [Signal::RejectedByUser]);
    assert_eq!(judge(&no).acceptance, Acceptance::NotAccepted);
    // Silence, and what a rule or hook decided (which is none of these), say nothing.
    assert_eq!(judge(&Seen::default()), Judged::default());
    let undo = Said::of("git checkout -- src");
    let seen = Seen {
        next: vec![Next::Command(&undo)],
        ..Seen::default()
    };
    assert_eq!(judge(&seen).signals, [Signal::Undone]);
    let kept = Said::of("git commit -am done");
    let seen = Seen {
        next: vec![Next::Command(&kept)],
        ..Seen::default()
    };
    assert_eq!(judge(&seen).acceptance, Acceptance::Accepted);
}

#[test]
fn a_scripted_next_prompt_says_nothing_and_a_person_who_returns_does() {
    let (next, fault) = (
        Said::of("Now append the table"),
        Said::of("that is wrong, run it without trials"),
    );
    let of = |reply| Seen {
        is_headless: true,
        next: vec![Next::Prompt(reply, 1)],
        ..Seen::default()
    };
    assert_eq!(judge(&of(&next)).acceptance, Acceptance::Unknown);
    assert_eq!(judge(&of(&fault)).acceptance, Acceptance::NotAccepted);
}

#[test]
fn a_fault_found_later_beats_a_thank_you() {
    let (thanks, late) = (
        Said::of("thank you!"),
        Said::of("hold on, that can't be the median"),
    );
    let seen = Seen {
        next: vec![Next::Prompt(&thanks, 1), Next::Prompt(&late, 2)],
        ..Seen::default()
    };
    assert_eq!(judge(&seen).acceptance, Acceptance::NotAccepted);
}

#[test]
fn a_turn_that_only_asked_is_not_judged_by_the_answer_to_it() {
    assert_eq!(
        after("Book it", "Which account?", "4964").acceptance,
        Acceptance::Unknown
    );
}

proptest! {
    #[test]
    fn any_text_is_read(text in any::<String>(), reply in any::<String>()) {
        let judged = after(&text, &reply, &text);
        prop_assert_eq!(judged.acceptance == Acceptance::Unknown, judged.signals.is_empty());
    }
}
