//! Rubrics to start from: every workspace has them, and changes them like its own.

use super::Rubric;

/// Their ids and files.
const FILES: [(&str, &str); 3] = [
    (
        "client-delivery",
        include_str!("starters/client-delivery.json"),
    ),
    ("coding-change", include_str!("starters/coding-change.json")),
    ("compliance", include_str!("starters/compliance.json")),
];

/// The starter rubrics by their ids.
#[must_use]
pub fn starters() -> Vec<(&'static str, Rubric)> {
    FILES
        .into_iter()
        .filter_map(|(id, json)| Some((id, serde_json::from_str(json).ok()?)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_starter_can_be_used_and_explains_every_item() {
        let starters = starters();
        assert_eq!(starters.len(), FILES.len());
        for (id, rubric) in starters {
            assert_eq!(rubric.problems(), [], "{id}");
            for item in rubric.items() {
                let texts = [&item.guidance, &item.pass_example, &item.fail_example];
                assert!(texts.iter().all(|text| text.len() > 20), "{id} {}", item.id);
            }
        }
    }
}
