//! Active time: time without the periods in which nothing ran.

/// A period without anything that is longer than this is cut out of the axis.
pub const GAP_US: i64 = 5 * 60 * 1_000_000;
/// Most stretches of an axis; of more gaps, the longest are cut out.
const SEGMENTS_MAX: usize = 500;
/// Shortest stretch, so that a lone moment has a place.
const SEGMENT_US_MIN: i64 = 1_000_000;

/// A stretch of time in which something ran.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Segment {
    /// Its beginning, microseconds UTC.
    pub from_us: i64,
    /// Its end.
    pub to_us: i64,
    /// Where it begins on the axis.
    pub position: i64,
}

/// The axis.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Axis {
    segments: Vec<Segment>,
    length: i64,
}

impl Axis {
    /// The axis over these periods, in any order.
    pub(super) fn of(mut periods: Vec<(i64, i64)>) -> Self {
        periods.sort_unstable();
        let mut busy: Vec<(i64, i64)> = Vec::new();
        for (from, to) in periods {
            match busy.last_mut() {
                Some(last) if from.saturating_sub(last.1) <= GAP_US => last.1 = last.1.max(to),
                _ => busy.push((from, to)),
            }
        }
        let least = least_gap(&busy);
        let mut segments: Vec<Segment> = Vec::new();
        let mut length: i64 = 0;
        for (from_us, to_us) in busy {
            let to_us = to_us.max(from_us.saturating_add(SEGMENT_US_MIN));
            if let Some(last) = segments.last_mut()
                && from_us.saturating_sub(last.to_us) < least
            {
                length = length.saturating_add(to_us.saturating_sub(last.to_us));
                last.to_us = to_us;
                continue;
            }
            segments.push(Segment {
                from_us,
                to_us,
                position: length,
            });
            length = length.saturating_add(to_us.saturating_sub(from_us));
        }
        Self { segments, length }
    }

    /// The stretches that it is made of, in order.
    #[must_use]
    pub fn segments(&self) -> &[Segment] {
        &self.segments
    }

    /// Its length: the sum of the stretches, microseconds.
    #[must_use]
    pub fn length(&self) -> i64 {
        self.length
    }

    /// Where a time lies. One within a gap lies at the gap.
    #[must_use]
    pub fn position(&self, at_us: i64) -> i64 {
        let after = self
            .segments
            .partition_point(|segment| segment.from_us <= at_us);
        let Some(segment) = after
            .checked_sub(1)
            .and_then(|place| self.segments.get(place))
        else {
            return 0;
        };
        let within = at_us.min(segment.to_us).saturating_sub(segment.from_us);
        segment.position.saturating_add(within)
    }
}

/// The shortest gap that is cut out: the longest ones, as many as there may be stretches.
fn least_gap(busy: &[(i64, i64)]) -> i64 {
    if busy.len() <= SEGMENTS_MAX {
        return 0;
    }
    let mut gaps: Vec<i64> = busy
        .windows(2)
        .map(|pair| pair[1].0.saturating_sub(pair[0].1))
        .collect();
    gaps.sort_unstable_by(|a, b| b.cmp(a));
    gaps[SEGMENTS_MAX - 2].saturating_add(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: i64 = 1_000_000;

    #[test]
    fn long_gaps_are_cut_out_and_short_ones_are_not() {
        let axis = Axis::of(vec![
            (1_000 * SECOND, 1_002 * SECOND),
            (0, 10 * SECOND),
            (12 * SECOND, 20 * SECOND),
        ]);
        assert_eq!(
            axis.segments(),
            [
                Segment {
                    from_us: 0,
                    to_us: 20 * SECOND,
                    position: 0
                },
                Segment {
                    from_us: 1_000 * SECOND,
                    to_us: 1_002 * SECOND,
                    position: 20 * SECOND
                },
            ]
        );
        assert_eq!(axis.length(), 22 * SECOND);
        assert_eq!(axis.position(11 * SECOND), 11 * SECOND);
        assert_eq!(axis.position(500 * SECOND), 20 * SECOND);
        assert_eq!(axis.position(1_001 * SECOND), 21 * SECOND);
        assert_eq!(axis.position(i64::MAX), 22 * SECOND);
        assert_eq!(axis.position(i64::MIN), 0);
    }

    #[test]
    fn a_hostile_number_of_gaps_and_hostile_times_are_held() {
        let periods = (0..5_000)
            .map(|n| (n * 2 * GAP_US, n * 2 * GAP_US + n))
            .collect();
        let axis = Axis::of(periods);
        assert!(
            axis.segments().len() <= SEGMENTS_MAX,
            "{}",
            axis.segments().len()
        );
        let axis = Axis::of(vec![(i64::MIN, i64::MIN), (i64::MAX, i64::MAX), (0, 5)]);
        assert_eq!(axis.segments().len(), 3);
        assert!(axis.length() > 0);
        assert_eq!(Axis::of(Vec::new()).length(), 0);
    }
}
