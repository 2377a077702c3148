//! Megabytes of input in a second of CPU time.

use argus_redact::Redactor;

use super::corpus::{Case, Kind};
use crate::speed::mb_per_cpu_s;

/// Size of the texts that secrets are put together to.
const DENSE_TEXT_BYTES: usize = 16 * 1024;

/// Of clean texts, as they are.
pub(super) fn of_clean(redactor: &Redactor, cases: &[&Case]) -> Option<f64> {
    let texts: Vec<&str> = cases
        .iter()
        .filter(|case| case.kind == Kind::Clean && case.group() == "text")
        .map(|case| case.text.as_str())
        .collect();
    mb_per_cpu_s(&texts, |text| drop(redactor.redact_text(text)))
}

/// Of texts that are made of nothing but cases in which something must go.
pub(super) fn of_dense(redactor: &Redactor, cases: &[&Case]) -> Option<f64> {
    let mut texts = vec![String::new()];
    for case in cases.iter().filter(|case| case.is_positive()) {
        if texts
            .last()
            .is_some_and(|text| text.len() > DENSE_TEXT_BYTES)
        {
            texts.push(String::new());
        }
        if let Some(text) = texts.last_mut() {
            text.push_str(&case.text);
            text.push('\n');
        }
    }
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    mb_per_cpu_s(&texts, |text| drop(redactor.redact_text(text)))
}
