//! Where numbers, e-mail addresses and addresses of machines may stand.

use std::ops::Range;

use crate::found::Found;
use crate::identifiers;

/// Looks at every place where a number or an address may begin, at every `@` and at every colon of an address.
pub(crate) fn at_numbers(text: &str, found: &mut Vec<Found>) {
    let bytes = text.as_bytes();
    let mut push = |kind, range: Range<usize>| {
        let value = &text[range.clone()];
        found.push(Found::identifier(kind, range.clone(), value));
    };
    let mut from = 0;
    for at in Signs::new(bytes) {
        // Within what was found.
        if at < from {
            continue;
        }
        match bytes[at] {
            b'@' => {
                if let Some(range) = identifiers::email(text, at) {
                    push("email", range);
                }
            }
            b':' => {
                if bytes
                    .get(at + 1)
                    .is_some_and(|next| next.is_ascii_hexdigit() || *next == b':')
                    && let Some(range) = identifiers::ipv6(text, at)
                {
                    from = range.end;
                    push("ip-address", range);
                }
            }
            _ if at > 0 && bytes[at - 1].is_ascii_uppercase() => {
                if let Some(range) = identifiers::iban(text, at) {
                    from = range.end;
                    push("iban", range);
                }
            }
            _ => {
                if let Some(identifier) = identifiers::at_digit(text, at) {
                    from = identifier.range.end;
                    push(identifier.kind, identifier.range);
                }
            }
        }
    }
}

/// Bytes that are looked at together, as most are letters.
const CHUNK_BYTES: usize = 16;

/// The places of a text at which [`is_sign`] holds, in order.
struct Signs<'a> {
    bytes: &'a [u8],
    /// Where the bytes begin that are looked at next.
    next: usize,
    /// Where those began that were looked at last, and the signs among them: a byte of 1 for each.
    last: usize,
    left: u128,
}

impl<'a> Signs<'a> {
    fn new(bytes: &'a [u8]) -> Self {
        Self {
            bytes,
            next: 0,
            last: 0,
            left: 0,
        }
    }

    /// The signs among the bytes that are looked at next.
    fn chunk(&self) -> u128 {
        let of_whole = |from: usize| {
            let before = self.bytes[from - 1..].first_chunk()?;
            Some(signs(before, self.bytes[from..].first_chunk()?))
        };
        let first = || u128::from(is_sign(b' ', self.bytes[0]));
        if self.next > 0
            && let Some(signs) = of_whole(self.next)
        {
            return signs;
        }
        match self.bytes.len().checked_sub(CHUNK_BYTES) {
            None | Some(0) => first() | self.of_few(),
            Some(_) if self.next == 0 => first() | of_whole(1).unwrap_or_default() << u8::BITS,
            // The last ones, without those of them that were looked at.
            Some(from) => {
                let known = self.next - from;
                of_whole(from).unwrap_or_default() >> (known * u8::BITS as usize)
            }
        }
    }

    /// The signs of a text that is shorter than what is looked at together, but for the first.
    fn of_few(&self) -> u128 {
        let may_be = |may_be, byte: &u8| may_be | SIGN_BYTES[usize::from(*byte)];
        if !self.bytes.iter().fold(false, may_be) {
            return 0;
        }
        let pairs = self.bytes.iter().zip(&self.bytes[1..]);
        let signs = (1..)
            .zip(pairs)
            .filter(|(_, (before, byte))| is_sign(**before, **byte));
        signs.fold(0, |signs, (place, _)| signs | 1 << (place * u8::BITS))
    }
}

impl Iterator for Signs<'_> {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        while self.left == 0 {
            if self.next >= self.bytes.len() {
                return None;
            }
            self.left = self.chunk();
            self.last = self.next;
            self.next += CHUNK_BYTES;
        }
        let place = self.left.trailing_zeros() / u8::BITS;
        self.left &= self.left - 1;
        Some(self.last + place as usize)
    }
}

/// Which bytes are signs, of some and of those that stand before each: a byte of 1 for each.
fn signs(before: &[u8; CHUNK_BYTES], bytes: &[u8; CHUNK_BYTES]) -> u128 {
    let mut signs = [0; CHUNK_BYTES];
    for ((sign, before), byte) in signs.iter_mut().zip(before).zip(bytes) {
        *sign = u8::from(is_sign(*before, *byte));
    }
    u128::from_le_bytes(signs)
}

/// The bytes that may be signs.
static SIGN_BYTES: [bool; 256] = {
    let mut signs = [false; 256];
    let mut byte = b'0';
    while byte <= b':' {
        signs[byte as usize] = true;
        byte += 1;
    }
    signs[b'@' as usize] = true;
    signs
};

/// True for `@`, for a digit where no digit, small letter or `_` stands before it, and for a colon behind a hexadecimal digit:
/// all else begins neither a number nor an address. Without branches, so that the compiler takes many bytes at once.
fn is_sign(before: u8, byte: u8) -> bool {
    let is_digit = |byte: u8| byte.wrapping_sub(b'0') < 10;
    let goes_on = is_digit(before) | (before.wrapping_sub(b'a') < 26) | (before == b'_');
    let is_hex = is_digit(before) | ((before | 0x20).wrapping_sub(b'a') < 6);
    (is_digit(byte) & !goes_on) | ((byte == b':') & is_hex) | (byte == b'@')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sign_is_met_wherever_it_stands() {
        for length in 0..50 {
            for at in 0..length {
                let mut bytes = vec![b'x'; length];
                bytes[at] = b'@';
                assert_eq!(Signs::new(&bytes).collect::<Vec<_>>(), [at]);
            }
        }
        let places = |text: &str| Signs::new(text.as_bytes()).collect::<Vec<_>>();
        assert_eq!(places("12 A3 b4 _5 é6 f:7 g:8"), [0, 4, 14, 17, 18, 22]);
    }
}
