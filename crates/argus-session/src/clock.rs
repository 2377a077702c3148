//! The clock and the source of randomness, as parameters.
//!
//! Nothing outside the edges of the program asks the operating system for the time or for random bytes, so that every
//! test can say what they are.

/// Gives the present time.
pub trait Clock: Send + Sync + std::fmt::Debug {
    /// Microseconds since 1970-01-01 UTC.
    fn now_us(&self) -> i64;
}

/// Gives random bytes fit for keys, salts and nonces.
pub trait Random: Send + Sync + std::fmt::Debug {
    /// Fills `bytes` with random bytes.
    fn fill(&self, bytes: &mut [u8]);
}
