//! Whether judgements can be trusted, and what may be concluded from them: agreement between reviewers, how lenient each is,
//! intervals, samples that anybody can draw again; rubrics and the arithmetic of their scores.
//!
//! Pure: no I/O, no clock; randomness is a seed that the caller gives. Every figure comes with the number of units that it
//! rests on, and one that would rest on too few is refused with the reason ([`Refused`]).
#![forbid(unsafe_code)]

pub mod agreement;
pub mod interval;
pub mod leniency;
mod refused;
pub mod rubric;
pub mod sample;

pub use refused::{Refused, UNITS_MIN};
