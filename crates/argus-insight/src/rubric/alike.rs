//! Whether judgements by two versions of a rubric say the same.

use super::{Item, Rubric};

impl Item {
    /// Whether an answer to this says what it says to `other`: the same question in the same words, on the same scale. How it is
    /// weighed, and what helps to answer it, may differ.
    #[must_use]
    pub fn is_same_question(&self, other: &Self) -> bool {
        self.asked() == other.asked()
    }

    fn asked(&self) -> impl PartialEq {
        (&self.id, &self.title, self.kind, &self.scale, self.allow_na)
    }
}

impl Rubric {
    /// Whether a score by this says what it says by `other`: the same questions, weighed alike, with the same bar for a pass.
    #[must_use]
    pub fn scores_alike(&self, other: &Self) -> bool {
        let weighed = |rubric: &Self| (rubric.scope, rubric.pass_percent);
        let sections = |rubric: &Self| -> Vec<(u32, usize)> {
            let sections = rubric.sections.iter();
            sections.map(|one| (one.weight, one.items.len())).collect()
        };
        weighed(self) == weighed(other)
            && sections(self) == sections(other)
            && self.items().zip(other.items()).all(|(one, other)| {
                one.is_same_question(other)
                    && (one.weight, one.auto_fail) == (other.weight, other.auto_fail)
            })
    }
}

#[cfg(test)]
mod tests {
    use super::super::starters;

    #[test]
    fn guidance_changes_no_question_and_words_scale_and_weight_do() {
        let (_, rubric) = starters().into_iter().next().unwrap();
        let changed = |change: fn(&mut super::Item)| {
            let mut other = rubric.clone();
            change(&mut other.sections[0].items[0]);
            let (one, two) = (&rubric.sections[0].items[0], &other.sections[0].items[0]);
            (one.is_same_question(two), rubric.scores_alike(&other))
        };
        assert_eq!(changed(|item| item.guidance.push('!')), (true, true));
        assert_eq!(changed(|item| item.weight += 1), (true, false));
        assert_eq!(
            changed(|item| item.auto_fail = !item.auto_fail),
            (true, false)
        );
        assert_eq!(changed(|item| item.title.push('!')), (false, false));
        assert_eq!(
            changed(|item| item.allow_na = !item.allow_na),
            (false, false)
        );
        assert_eq!(changed(|item| item.scale = None), (false, false));
        let mut shorter = rubric.clone();
        shorter.sections.pop();
        assert!(!rubric.scores_alike(&shorter));
        let mut stricter = rubric.clone();
        stricter.pass_percent += 1;
        assert!(!rubric.scores_alike(&stricter));
    }
}
