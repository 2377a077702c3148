//! The wire format of protobuf: fields one after the other, nothing copied.

/// What is wrong with the bytes.
pub(super) type WireError = &'static str;

/// A field's value as the wire has it.
#[derive(Debug, Clone, Copy)]
pub(super) enum Wire<'a> {
    Varint(u64),
    Fixed64(u64),
    Fixed32(u32),
    Bytes(&'a [u8]),
}

/// Reads the fields of one message.
#[derive(Debug, Clone)]
pub(super) struct Fields<'a> {
    rest: &'a [u8],
}

impl<'a> Fields<'a> {
    pub(super) const fn new(message: &'a [u8]) -> Self {
        Self { rest: message }
    }

    /// The next field's number and value, or nothing at the end. Groups, which OTLP never had, are skipped.
    pub(super) fn next(&mut self) -> Result<Option<(u32, Wire<'a>)>, WireError> {
        let mut open_groups: u32 = 0;
        while !self.rest.is_empty() {
            let key = self.varint()?;
            let number = u32::try_from(key >> 3).map_err(|_| "a field number is too large")?;
            if number == 0 {
                return Err("a field has the number 0");
            }
            let value = match key & 7 {
                0 => Wire::Varint(self.varint()?),
                1 => Wire::Fixed64(u64::from_le_bytes(self.array()?)),
                2 => {
                    let length =
                        usize::try_from(self.varint()?).map_err(|_| "a length is too large")?;
                    Wire::Bytes(self.take(length)?)
                }
                3 => {
                    open_groups += 1;
                    continue;
                }
                4 => {
                    open_groups = open_groups
                        .checked_sub(1)
                        .ok_or("a group ends that did not begin")?;
                    continue;
                }
                5 => Wire::Fixed32(u32::from_le_bytes(self.array()?)),
                _ => return Err("a field has an unknown wire type"),
            };
            if open_groups == 0 {
                return Ok(Some((number, value)));
            }
        }
        if open_groups > 0 {
            Err("a group does not end")
        } else {
            Ok(None)
        }
    }

    fn take(&mut self, length: usize) -> Result<&'a [u8], WireError> {
        let (taken, rest) = self
            .rest
            .split_at_checked(length)
            .ok_or("it ends in the middle of a field")?;
        self.rest = rest;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], WireError> {
        let (array, rest) = self
            .rest
            .split_first_chunk::<N>()
            .ok_or("it ends in the middle of a number")?;
        self.rest = rest;
        Ok(*array)
    }

    fn varint(&mut self) -> Result<u64, WireError> {
        varint(&mut self.rest)
    }
}

/// Takes a varint from the front of `bytes`.
fn varint(bytes: &mut &[u8]) -> Result<u64, WireError> {
    let mut number = 0_u64;
    for shift in (0..64).step_by(7) {
        let (byte, rest) = bytes
            .split_first()
            .ok_or("it ends in the middle of a number")?;
        *bytes = rest;
        // The tenth byte has room for one bit.
        if shift == 63 && *byte > 1 {
            return Err("a number is longer than 64 bits");
        }
        number |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Ok(number);
        }
    }
    Err("a number is longer than 64 bits")
}

/// The varints of a packed field, one by one.
pub(super) fn packed_varints(mut bytes: &[u8], mut each: impl FnMut(u64)) -> Result<(), WireError> {
    while !bytes.is_empty() {
        each(varint(&mut bytes)?);
    }
    Ok(())
}

/// The 8-byte numbers of a packed field, one by one.
pub(super) fn packed_fixed64(bytes: &[u8], mut each: impl FnMut(u64)) -> Result<(), WireError> {
    let (chunks, rest) = bytes.as_chunks::<8>();
    if !rest.is_empty() {
        return Err("a list of 8-byte numbers ends in the middle of one");
    }
    for chunk in chunks {
        each(u64::from_le_bytes(*chunk));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_are_skipped_and_must_end() {
        // Group 5 { 1: 7 }, then 2: 9.
        let mut fields = Fields::new(&[0x2b, 0x08, 7, 0x2c, 0x10, 9]);
        assert!(matches!(fields.next(), Ok(Some((2, Wire::Varint(9))))));
        assert!(matches!(fields.next(), Ok(None)));
        assert!(Fields::new(&[0x2b, 0x08, 7]).next().is_err());
        assert!(Fields::new(&[0x2c]).next().is_err());
    }

    #[test]
    fn numbers_end_at_64_bits() {
        let mut most = vec![0x08];
        most.extend([0xff; 9]);
        most.push(1);
        assert!(matches!(
            Fields::new(&most).next(),
            Ok(Some((1, Wire::Varint(u64::MAX))))
        ));
        *most.last_mut().unwrap() = 2;
        assert!(Fields::new(&most).next().is_err());
    }
}
