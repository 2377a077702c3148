//! Sets of bytes as tables: what is asked of every byte of a text costs one look.

/// A set of bytes.
pub(crate) struct Bytes([bool; 256]);

impl Bytes {
    /// Some signs.
    pub(crate) const fn of(signs: &[u8]) -> Self {
        let mut held = [false; 256];
        let mut at = 0;
        while at < signs.len() {
            held[signs[at] as usize] = true;
            at += 1;
        }
        Self(held)
    }

    /// ASCII letters, digits and some signs.
    pub(crate) const fn alphanumeric_and(signs: &[u8]) -> Self {
        let mut bytes = Self::of(signs);
        let mut byte = 0;
        while byte < 128 {
            bytes.0[byte] |= (byte as u8).is_ascii_alphanumeric();
            byte += 1;
        }
        bytes
    }

    /// These and all bytes of characters beyond ASCII.
    pub(crate) const fn and_beyond_ascii(mut self) -> Self {
        let mut byte = 128;
        while byte < 256 {
            self.0[byte] = true;
            byte += 1;
        }
        self
    }

    pub(crate) const fn has(&self, byte: u8) -> bool {
        self.0[byte as usize]
    }

    /// How many bytes of a text in a row are of these.
    pub(crate) fn run<'a>(&self, text: impl IntoIterator<Item = &'a u8>) -> usize {
        text.into_iter().take_while(|byte| self.has(**byte)).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_holds_what_it_is_made_of() {
        let bytes = Bytes::alphanumeric_and(b"_").and_beyond_ascii();
        assert!(b"aZ09_\x80\xff".iter().all(|byte| bytes.has(*byte)));
        assert!(!b"-/:@[`{\x00\x7f".iter().any(|byte| bytes.has(*byte)));
        assert_eq!(bytes.run(b"ab-c"), 2);
    }
}
