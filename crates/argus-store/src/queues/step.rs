//! What can happen to an item of a queue, and in which state it is then: pure. Everything that is done to an item goes through
//! [`Item::step`].

use super::dispute::disagree;
use super::refusal::Refusal;
use super::state::{ItemState, Part, Submission};

/// One person's part in an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Assignment {
    /// The account's id.
    pub account: String,
    /// What they have to do with it.
    pub part: Part,
    /// Until when a reservation holds, microseconds UTC.
    pub until_us: i64,
    /// What they said, once they are done.
    pub submission: Option<Submission>,
}

/// All that decides what can happen to an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Item {
    /// Whether everybody scores it by themselves until it is revealed.
    pub is_calibration: bool,
    /// Whether everybody gets it, to be compared with a reference.
    pub is_gold: bool,
    /// Whether references stand in its queue: only who has it now does anything with it, for what others may still do with it would
    /// tell them.
    pub is_handed_out: bool,
    /// How many judge it.
    pub reviewers: u32,
    /// Whether what was said in private is shown.
    pub is_revealed: bool,
    /// Whether somebody decided what is right.
    pub is_decided: bool,
    /// Whether its queue is closed.
    pub is_closed: bool,
    /// Who has to do with it, one row a person.
    pub assignments: Vec<Assignment>,
}

/// What is done to an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Event {
    /// Somebody takes it, until a time.
    Reserve(String, i64),
    /// Somebody is done.
    Complete(String, Submission),
    /// Somebody does not want it.
    Skip(String),
    /// Somebody gives it back.
    Release(String),
    /// It is given to somebody, in the place of another where one is named.
    Assign(Option<String>, String),
    /// It is decided what is right.
    Decide,
    /// What was said in private is shown.
    Reveal,
    /// Its queue is set up anew.
    SetUp,
    /// Its queue is closed.
    Close,
}

impl Item {
    /// In which state the item is at this time.
    #[must_use]
    pub(crate) fn state(&self, now_us: i64) -> ItemState {
        let submissions: Vec<&Submission> = self.submissions().collect();
        let is_done = if self.is_calibration {
            self.is_revealed
        } else {
            !self.is_gold && submissions.len() >= self.reviewers as usize
        };
        if self.is_decided {
            ItemState::Complete
        } else if is_done {
            if disagree(&submissions) {
                ItemState::Disputed
            } else {
                ItemState::Complete
            }
        } else if !submissions.is_empty() {
            ItemState::NeedsOthers
        } else if self.assignments.iter().any(|one| one.holds(now_us)) {
            ItemState::InReview
        } else {
            ItemState::NeedsReview
        }
    }

    /// What was said of it.
    pub(crate) fn submissions(&self) -> impl Iterator<Item = &Submission> {
        self.assignments
            .iter()
            .filter_map(|one| one.submission.as_ref())
    }

    /// A person's part in it.
    #[must_use]
    pub(crate) fn of(&self, account: &str) -> Option<&Assignment> {
        self.assignments.iter().find(|one| one.account == account)
    }

    /// The item after something was done to it.
    ///
    /// # Errors
    /// When that cannot be done to it: it is as it was.
    pub(crate) fn step(mut self, event: Event, now_us: i64) -> Result<Self, Refusal> {
        if self.is_closed {
            return Err(Refusal::Closed);
        }
        match event {
            Event::Reserve(account, until_us) => {
                self.check_may_take(&account, now_us)?;
                // What was given to somebody stays theirs, whatever the time.
                let is_assigned = self
                    .of(&account)
                    .is_some_and(|one| one.part == Part::Assigned);
                if !is_assigned {
                    self.put(account, Part::Reserved, until_us, None);
                }
            }
            Event::Complete(account, submission) => {
                self.check_has(&account, now_us)?;
                self.check_may_take(&account, now_us)?;
                self.put(account, Part::Done, 0, Some(submission));
            }
            Event::Skip(account) => {
                self.check_has(&account, now_us)?;
                self.check_is_new(&account)?;
                self.put(account, Part::Skipped, 0, None);
            }
            Event::Release(account) => {
                let has = |one: &Assignment| match self.is_handed_out {
                    true => one.holds(now_us),
                    false => one.has(),
                };
                if !self.of(&account).is_some_and(has) {
                    return Err(Refusal::NotTheirs);
                }
                self.put(account, Part::Released, 0, None);
            }
            Event::Assign(from, to) => {
                if let Some(from) = from {
                    if !self.of(&from).is_some_and(Assignment::has) {
                        return Err(Refusal::NotTheirs);
                    }
                    self.put(from, Part::Released, 0, None);
                }
                if self.of(&to).is_some_and(|one| one.holds(now_us)) {
                    return Err(Refusal::Theirs);
                }
                self.check_may_take(&to, now_us)?;
                self.put(to, Part::Assigned, 0, None);
            }
            Event::Decide => match self.state(now_us) {
                _ if self.is_decided => return Err(Refusal::Decided),
                ItemState::Disputed => self.is_decided = true,
                // What a calibration came to is worth writing down even when all agreed.
                ItemState::Complete if self.is_calibration => self.is_decided = true,
                _ => return Err(Refusal::NotDisputed),
            },
            Event::Reveal => {
                if !self.is_calibration {
                    return Err(Refusal::NoCalibration);
                }
                if self.is_revealed {
                    return Err(Refusal::Revealed);
                }
                self.is_revealed = true;
                self.let_go();
            }
            Event::SetUp => {}
            Event::Close => {
                self.is_closed = true;
                self.let_go();
            }
        }
        if self.state(now_us).is_settled() {
            self.let_go();
        }
        Ok(self)
    }

    /// Nobody has it any more.
    fn let_go(&mut self) {
        for one in self.assignments.iter_mut().filter(|one| one.has()) {
            one.part = Part::Released;
            one.until_us = 0;
        }
    }

    /// Where items are handed out, that the person has this one now. What they did before comes first: it is theirs to know.
    fn check_has(&self, account: &str, now_us: i64) -> Result<(), Refusal> {
        match self.of(account).map(|one| one.part) {
            Some(Part::Done) => Err(Refusal::Judged),
            Some(Part::Skipped) => Err(Refusal::Skipped),
            _ if !self.is_handed_out => Ok(()),
            _ if self.of(account).is_some_and(|one| one.holds(now_us)) => Ok(()),
            _ => Err(Refusal::NotTheirs),
        }
    }

    fn check_is_new(&self, account: &str) -> Result<(), Refusal> {
        let part = self.of(account).map(|one| one.part);
        match part {
            Some(Part::Done) => Err(Refusal::Judged),
            Some(Part::Skipped) => Err(Refusal::Skipped),
            _ if self.state(0).is_settled() => Err(Refusal::Settled),
            _ => Ok(()),
        }
    }

    fn check_may_take(&self, account: &str, now_us: i64) -> Result<(), Refusal> {
        self.check_is_new(account)?;
        let taken = self
            .assignments
            .iter()
            .filter(|one| one.account != account)
            .filter(|one| one.part == Part::Done || one.holds(now_us))
            .count();
        let is_bounded = !self.is_calibration && !self.is_gold;
        if is_bounded && taken >= self.reviewers as usize {
            return Err(Refusal::Taken);
        }
        Ok(())
    }

    fn put(&mut self, account: String, part: Part, until_us: i64, submission: Option<Submission>) {
        self.assignments.retain(|one| one.account != account);
        self.assignments.push(Assignment {
            account,
            part,
            until_us,
            submission,
        });
    }
}

impl Assignment {
    /// Whether the person has the item, be it that their time is over.
    #[must_use]
    pub(crate) const fn has(&self) -> bool {
        matches!(self.part, Part::Reserved | Part::Assigned)
    }

    /// Whether the person has the item at this time.
    #[must_use]
    pub(crate) const fn holds(&self, now_us: i64) -> bool {
        match self.part {
            Part::Assigned => true,
            Part::Reserved => self.until_us > now_us,
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const PEOPLE: [&str; 4] = ["a", "b", "c", "d"];

    fn said(verdict: &str, points: Option<i64>) -> Submission {
        Submission {
            verdict: Some(verdict.to_owned()),
            verdict_review: Some(1),
            score_review: points.map(|_| 2),
            basis_points: points,
            passed: points.map(|points| points >= 7_500),
            is_auto_failed: false,
        }
    }

    fn item(reviewers: u32) -> Item {
        Item {
            is_calibration: false,
            is_gold: false,
            is_handed_out: false,
            reviewers,
            is_revealed: false,
            is_decided: false,
            is_closed: false,
            assignments: Vec::new(),
        }
    }

    fn done(item: Item, who: &str, verdict: &str) -> Item {
        item.step(Event::Complete(who.to_owned(), said(verdict, None)), 0)
            .unwrap()
    }

    #[test]
    fn an_item_goes_from_review_to_dispute_to_decision() {
        let one = item(2);
        assert_eq!(one.state(0), ItemState::NeedsReview);
        let one = one.step(Event::Reserve("a".to_owned(), 10), 0).unwrap();
        assert_eq!(one.state(5), ItemState::InReview);
        assert_eq!(
            one.state(10),
            ItemState::NeedsReview,
            "the reservation is over"
        );
        let one = done(one, "a", "good");
        assert_eq!(one.state(0), ItemState::NeedsOthers);
        assert_eq!(
            one.clone().step(Event::Reserve("a".to_owned(), 10), 0),
            Err(Refusal::Judged)
        );
        assert_eq!(done(one.clone(), "b", "good").state(0), ItemState::Complete);
        let one = done(one, "b", "wrong");
        assert_eq!(one.state(0), ItemState::Disputed);
        assert_eq!(
            one.clone().step(Event::Reserve("c".to_owned(), 9), 0),
            Err(Refusal::Settled)
        );
        let one = one.step(Event::Decide, 0).unwrap();
        assert_eq!(one.state(0), ItemState::Complete);
        assert_eq!(one.submissions().count(), 2, "what both said stays");
        assert_eq!(one.step(Event::Decide, 0), Err(Refusal::Decided));
    }

    #[test]
    fn as_many_as_are_needed_are_at_it_and_a_reservation_ends_by_itself() {
        let one = item(1).step(Event::Reserve("a".to_owned(), 10), 0).unwrap();
        let other = |now| {
            one.clone()
                .step(Event::Reserve("b".to_owned(), now + 10), now)
        };
        assert_eq!(other(9), Err(Refusal::Taken));
        let taken = other(10).unwrap();
        // Who comes too late with a judgement is told so; who is in time needs no new reservation.
        let late = taken.step(Event::Complete("a".to_owned(), said("good", None)), 11);
        assert_eq!(late, Err(Refusal::Taken));
        let unheard = one.step(Event::Complete("a".to_owned(), said("good", None)), 11);
        assert_eq!(unheard.unwrap().state(11), ItemState::Complete);
    }

    #[test]
    fn what_was_given_to_somebody_stays_theirs() {
        let one = item(1).step(Event::Reserve("a".to_owned(), 10), 0).unwrap();
        let given = Event::Assign(Some("a".to_owned()), "b".to_owned());
        let one = one.step(given, 5).unwrap();
        assert_eq!(one.state(1_000), ItemState::InReview);
        assert_eq!(
            one.clone().step(Event::Reserve("a".to_owned(), 20), 11),
            Err(Refusal::Taken)
        );
        let again = Event::Assign(None, "b".to_owned());
        assert_eq!(one.clone().step(again, 11), Err(Refusal::Theirs));
        let back = one.step(Event::Release("b".to_owned()), 11).unwrap();
        assert_eq!(back.state(11), ItemState::NeedsReview);
        let skipped = back.step(Event::Skip("b".to_owned()), 11).unwrap();
        let again = Event::Assign(None, "b".to_owned());
        assert_eq!(skipped.step(again, 12), Err(Refusal::Skipped));
    }

    #[test]
    fn a_calibration_takes_everybody_until_it_is_revealed() {
        let mut one = Item {
            is_calibration: true,
            ..item(1)
        };
        for who in PEOPLE {
            one = done(one, who, "good");
            assert_eq!(one.state(0), ItemState::NeedsOthers);
        }
        assert_eq!(
            one.clone().step(Event::Decide, 0),
            Err(Refusal::NotDisputed)
        );
        let one = one.step(Event::Reveal, 0).unwrap();
        assert_eq!(one.state(0), ItemState::Complete);
        assert_eq!(one.clone().step(Event::Reveal, 0), Err(Refusal::Revealed));
        assert!(one.step(Event::Decide, 0).unwrap().is_decided);
        assert_eq!(item(1).step(Event::Reveal, 0), Err(Refusal::NoCalibration));
    }

    fn events() -> impl Strategy<Value = Vec<(Event, i64)>> {
        let who = || prop::sample::select(PEOPLE.to_vec()).prop_map(str::to_owned);
        let event = prop_oneof![
            4 => (who(), 0_i64..200).prop_map(|(who, until)| Event::Reserve(who, until)),
            4 => (who(), any::<bool>()).prop_map(|(who, good)| {
                Event::Complete(who, said(if good { "good" } else { "wrong" }, None))
            }),
            1 => who().prop_map(Event::Skip),
            2 => who().prop_map(Event::Release),
            2 => (prop::option::of(who()), who()).prop_map(|(from, to)| Event::Assign(from, to)),
            1 => Just(Event::Decide),
            1 => Just(Event::Reveal),
            1 => Just(Event::SetUp),
            1 => Just(Event::Close),
        ];
        prop::collection::vec((event, 0_i64..10), 0..40)
    }

    proptest! {
        #[test]
        fn whatever_happens_the_rules_hold(events in events(), reviewers in 1_u32..4, is_calibration: bool, is_gold: bool) {
            let mut now = 0;
            let is_gold = is_gold && !is_calibration;
            let mut held = Item { is_calibration, is_gold, is_handed_out: is_gold, ..item(reviewers) };
            for (event, passed) in events {
                now += passed;
                let before = held.clone();
                let Ok(after) = held.clone().step(event.clone(), now) else {
                    continue;
                };
                held = after;
                let count = |one: &Item, part: Part| one.assignments.iter().filter(|of| of.part == part).count();
                // Nobody has two parts; what was said stays said, word for word.
                let mut people: Vec<&str> = held.assignments.iter().map(|one| one.account.as_str()).collect();
                people.sort_unstable();
                people.dedup();
                prop_assert_eq!(people.len(), held.assignments.len());
                for one in before.assignments.iter().filter(|one| matches!(one.part, Part::Done | Part::Skipped)) {
                    prop_assert_eq!(held.of(&one.account), Some(one));
                }
                if !held.is_calibration && !held.is_gold {
                    let holding = held.assignments.iter().filter(|one| one.holds(now)).count();
                    prop_assert!(count(&held, Part::Done) + holding <= reviewers as usize);
                }
                // Only who is done has said something.
                for one in &held.assignments {
                    prop_assert_eq!(one.submission.is_some(), one.part == Part::Done);
                }
                // What is settled or closed stays it, and nobody is at it.
                prop_assert!(!before.is_closed);
                prop_assert!(!before.state(now).is_settled() || held.state(now).is_settled());
                if held.is_closed || held.state(now).is_settled() {
                    prop_assert!(held.assignments.iter().all(|one| !one.has()));
                }
                if before.state(now).is_settled() {
                    prop_assert_eq!(count(&before, Part::Done), count(&held, Part::Done));
                }
            }
            let again = held.clone().step(Event::Close, now);
            prop_assert_eq!(again.is_err(), held.is_closed);
        }
    }
}
