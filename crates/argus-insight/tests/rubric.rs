//! Scores: the arithmetic by hand, and by its properties.

use argus_insight::rubric::{
    Answer, Item, ItemKind, Rubric, Scale, Scope, Section, Value, starters,
};
use proptest::prelude::*;

fn yes_no(id: &str, weight: u32) -> Item {
    Item {
        id: id.to_owned(),
        title: id.to_owned(),
        guidance: String::new(),
        pass_example: String::new(),
        fail_example: String::new(),
        weight,
        kind: ItemKind::YesNo,
        scale: None,
        allow_na: true,
        auto_fail: false,
        evidence_required: false,
    }
}

fn scale(id: &str, weight: u32, min: i64, max: i64) -> Item {
    Item {
        kind: ItemKind::Scale,
        scale: Some(Scale {
            min,
            max,
            labels: Vec::new(),
        }),
        ..yes_no(id, weight)
    }
}

fn section(id: &str, weight: u32, items: Vec<Item>) -> Section {
    Section {
        id: id.to_owned(),
        title: id.to_owned(),
        weight,
        items,
    }
}

/// Truth 60: facts (weight 3, 0 to 4), sources (1, yes or no). Form 40: layout (1, 1 to 5), secrets (1, fails all).
fn rubric() -> Rubric {
    let secrets = Item {
        auto_fail: true,
        evidence_required: true,
        ..yes_no("secrets", 1)
    };
    let layout = Item {
        allow_na: false,
        ..scale("layout", 1, 1, 5)
    };
    Rubric {
        name: "Test".to_owned(),
        description: String::new(),
        scope: Scope::Session,
        pass_percent: 75,
        sections: vec![
            section(
                "truth",
                60,
                vec![scale("facts", 3, 0, 4), yes_no("sources", 1)],
            ),
            section("form", 40, vec![layout, secrets]),
        ],
    }
}

fn answer(item: &str, value: Value) -> Answer {
    Answer {
        item: item.to_owned(),
        value,
        evidence_turn: None,
        note: None,
    }
}

fn answers(values: [(&str, Value); 4]) -> Vec<Answer> {
    values
        .into_iter()
        .map(|(item, value)| answer(item, value))
        .collect()
}

use Value::{Na, Number, YesNo};

#[test]
fn the_arithmetic_is_that_of_the_manual() {
    let given = answers([
        ("facts", Number(3)),
        ("sources", YesNo(true)),
        ("layout", Number(3)),
        ("secrets", YesNo(true)),
    ]);
    let score = rubric().score(&given);
    // Truth: (3 · 3/4 + 1) / 4 = 81.25 %. Form: (1/2 + 1) / 2 = 75 %. 0.6 · 81.25 + 0.4 · 75 = 78.75 %.
    assert_eq!(
        (score.basis_points, score.passed),
        (Some(7_875), Some(true))
    );
    let [truth, form] = &score.sections[..] else {
        panic!("two sections")
    };
    assert_eq!(
        (truth.earned, truth.possible, truth.percent),
        (3.25, 4, Some(81.25))
    );
    assert_eq!(
        (form.earned, form.possible, form.percent),
        (1.5, 2, Some(75.0))
    );
    assert_eq!((score.auto_failed.len(), score.unanswered.len()), (0, 0));
}

#[test]
fn what_does_not_apply_takes_its_weight_out() {
    let given = answers([
        ("facts", Na),
        ("sources", YesNo(true)),
        ("layout", Number(1)),
        ("secrets", Na),
    ]);
    let score = rubric().score(&given);
    // Truth: 1 / 1. Form: 0 / 1. 60 of 100.
    assert_eq!(
        (score.basis_points, score.passed),
        (Some(6_000), Some(false))
    );
    let given = answers([
        ("facts", Na),
        ("sources", Na),
        ("layout", Number(5)),
        ("secrets", Na),
    ]);
    let score = rubric().score(&given);
    // Nothing of truth applies: form alone is the score.
    assert_eq!(
        (score.basis_points, score.sections[0].percent),
        (Some(10_000), None)
    );
}

#[test]
fn an_auto_fail_makes_the_score_zero_and_says_what_it_would_be() {
    let given = answers([
        ("facts", Number(4)),
        ("sources", YesNo(true)),
        ("layout", Number(5)),
        ("secrets", YesNo(false)),
    ]);
    let score = rubric().score(&given);
    assert_eq!((score.basis_points, score.passed), (Some(0), Some(false)));
    assert_eq!(score.basis_points_before_auto_fail, Some(8_000));
    assert_eq!(score.auto_failed, ["secrets"]);
}

#[test]
fn without_an_answer_that_applies_there_is_no_score() {
    let score = rubric().score(&[]);
    assert_eq!((score.basis_points, score.passed), (None, None));
    assert_eq!(score.unanswered, ["facts", "sources", "layout", "secrets"]);
}

#[test]
fn answers_that_do_not_fit_are_named() {
    let given = [
        answer("facts", Number(5)),
        answer("sources", Number(1)),
        answer("layout", Na),
        answer("secrets", YesNo(false)),
        answer("secrets", YesNo(false)),
        answer("other", YesNo(true)),
    ];
    let problems = rubric().problems_of(&given, false);
    let places: Vec<&str> = problems.iter().map(|problem| problem.at.as_str()).collect();
    assert_eq!(
        places,
        [
            "answers/facts",
            "answers/sources",
            "answers/layout",
            "answers/secrets/evidence_turn",
            "answers/secrets",
            "answers/other"
        ]
    );
    let deduction = [answer("secrets", YesNo(false))];
    assert_eq!(
        rubric().problems_of(&deduction, true),
        [],
        "the judged turn is the evidence"
    );
    let shown = [Answer {
        evidence_turn: Some("t1".to_owned()),
        ..answer("secrets", YesNo(false))
    }];
    assert_eq!(rubric().problems_of(&shown, false), []);
}

#[test]
fn a_rubric_that_cannot_be_used_says_where() {
    let mut bad = rubric();
    bad.name = " ".to_owned();
    bad.pass_percent = 101;
    bad.sections[0].weight = 0;
    bad.sections[0].items[0].scale = Some(Scale {
        min: 3,
        max: 3,
        labels: Vec::new(),
    });
    bad.sections[0].items[1].id = "facts".to_owned();
    bad.sections[1].items[0].scale = Some(Scale {
        min: 0,
        max: 2,
        labels: vec!["one".to_owned()],
    });
    bad.sections[1].items[1].id = "Not an id".to_owned();
    bad.sections.push(section("form", 1, Vec::new()));
    let places: Vec<String> = bad
        .problems()
        .into_iter()
        .map(|problem| problem.at)
        .collect();
    assert_eq!(
        places,
        [
            "name",
            "pass_percent",
            "sections/0/weight",
            "sections/0/items/0/scale",
            "sections/0/items/1/id",
            "sections/1/items/0/scale",
            "sections/1/items/1/id",
            "sections/2/id",
            "sections/2/items",
        ]
    );
    assert_eq!(rubric().problems(), []);
}

#[test]
fn answers_are_written_as_they_are_read() {
    for (text, value) in [("true", YesNo(true)), ("3", Number(3)), ("\"na\"", Na)] {
        assert_eq!(serde_json::from_str::<Value>(text).unwrap(), value);
        assert_eq!(serde_json::to_string(&value).unwrap(), text);
    }
    assert!(serde_json::from_str::<Value>("\"yes\"").is_err());
    assert!(serde_json::from_str::<Value>("1.5").is_err());
}

fn any_answers() -> impl Strategy<Value = Vec<Answer>> {
    let value = |max: i64, min: i64| prop_oneof![Just(Na), (min..=max).prop_map(Number)];
    let yes_no = || prop_oneof![Just(Na), any::<bool>().prop_map(YesNo)];
    (
        value(4, 0),
        yes_no(),
        (1_i64..=5).prop_map(Number),
        yes_no(),
    )
        .prop_map(|(a, b, c, d)| {
            answers([("facts", a), ("sources", b), ("layout", c), ("secrets", d)])
        })
}

proptest! {
    #[test]
    fn no_order_matters(given in any_answers()) {
        let score = rubric().score(&given);
        let mut turned = rubric();
        turned.sections.reverse();
        for section in &mut turned.sections {
            section.items.reverse();
        }
        let backwards: Vec<Answer> = given.into_iter().rev().collect();
        let other = turned.score(&backwards);
        prop_assert_eq!((score.basis_points, score.passed), (other.basis_points, other.passed));
    }

    #[test]
    fn a_better_answer_never_lowers_the_score(given in any_answers(), place in 0_usize..4) {
        let mut better = given.clone();
        better[place].value = match better[place].value {
            Number(number) => Number((number + 1).min(if place == 0 { 4 } else { 5 })),
            YesNo(_) => YesNo(true),
            Na => Na,
        };
        prop_assert!(rubric().score(&better).basis_points >= rubric().score(&given).basis_points);
    }

    #[test]
    fn all_weights_times_the_same_change_nothing(given in any_answers(), by in 1_u32..10) {
        let mut heavier = rubric();
        for section in &mut heavier.sections {
            section.weight *= by;
            for item in &mut section.items {
                item.weight *= by;
            }
        }
        prop_assert_eq!(rubric().score(&given).basis_points, heavier.score(&given).basis_points);
    }

    #[test]
    fn a_score_is_within_its_bounds(given in any_answers()) {
        let score = rubric().score(&given);
        prop_assert!(score.basis_points.is_none_or(|points| points <= 10_000));
        for part in score.sections {
            prop_assert!(part.percent.is_none_or(|percent| (0.0..=100.0).contains(&percent)));
        }
    }

    #[test]
    fn full_marks_are_a_hundred_percent(starter in 0_usize..3) {
        let (_, rubric) = &starters()[starter];
        let all: Vec<Answer> = rubric
            .items()
            .map(|item| answer(&item.id, item.scale.as_ref().map_or(YesNo(true), |scale| Number(scale.max))))
            .collect();
        prop_assert_eq!(rubric.problems_of(&all, false), []);
        prop_assert_eq!(rubric.score(&all).basis_points, Some(10_000));
    }
}
