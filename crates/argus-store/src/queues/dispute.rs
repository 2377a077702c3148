//! When reviewers differ so far that somebody has to decide: pure.

use super::state::Submission;

/// Scores of one item that lie further apart than this are a dispute: 20 percent, in basis points.
pub(crate) const DISPUTE_BASIS_POINTS: i64 = 2_000;

/// Whether reviewers differ: in the verdict, in whether it is a pass or fails altogether, or in the score by more than
/// [`DISPUTE_BASIS_POINTS`]. What one of them did not say at all is no difference.
#[must_use]
pub(crate) fn disagree(submissions: &[&Submission]) -> bool {
    fn differ<T: PartialEq>(mut values: impl Iterator<Item = T>) -> bool {
        let first = values.next();
        first.is_some_and(|first| values.any(|value| value != first))
    }
    let scored = || submissions.iter().filter(|one| one.score_review.is_some());
    let points = || submissions.iter().filter_map(|one| one.basis_points);
    let spread = points().max().unwrap_or(0) - points().min().unwrap_or(0);
    differ(submissions.iter().filter_map(|one| one.verdict.as_ref()))
        || differ(scored().filter_map(|one| one.passed))
        || differ(scored().map(|one| one.is_auto_failed))
        || spread > DISPUTE_BASIS_POINTS
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scored(points: i64) -> Submission {
        Submission {
            score_review: Some(2),
            basis_points: Some(points),
            passed: Some(points >= 7_500),
            ..Submission::default()
        }
    }

    #[test]
    fn scores_differ_by_pass_by_auto_fail_or_by_more_than_the_threshold() {
        let differ = |one: Submission, other: Submission| disagree(&[&one, &other]);
        assert!(!differ(scored(8_000), scored(10_000)));
        assert!(differ(scored(7_999), scored(10_000)));
        assert!(
            differ(scored(7_499), scored(7_500)),
            "one passes, one does not"
        );
        let failed = Submission {
            is_auto_failed: true,
            ..scored(7_600)
        };
        assert!(differ(failed, scored(7_600)));
        assert!(!differ(scored(7_600), Submission::default()));
        assert!(!disagree(&[]));
    }
}
