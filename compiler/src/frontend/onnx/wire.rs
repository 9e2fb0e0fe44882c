//! Protocol buffers: a message as a list of numbered fields.

/// The fields of a message, in their order.
#[derive(Clone)]
pub(super) struct Fields<'b> {
    bytes: &'b [u8],
}

/// What a field holds. Only the message's description says what it means.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Field<'b> {
    Varint(u64),
    Fixed64([u8; 8]),
    Bytes(&'b [u8]),
    Fixed32([u8; 4]),
}

/// The message ends within a field, or has one of no known wire type.
#[derive(Debug, PartialEq)]
pub(super) struct Broken;

impl<'b> Fields<'b> {
    pub(super) fn of(bytes: &'b [u8]) -> Self {
        Self { bytes }
    }

    fn varint(&mut self) -> Result<u64, Broken> {
        let mut number = 0_u64;
        for shift in (0..64).step_by(7) {
            let (byte, rest) = self.bytes.split_first().ok_or(Broken)?;
            self.bytes = rest;
            number |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Ok(number);
            }
        }
        Err(Broken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], Broken> {
        let (array, rest) = self.bytes.split_first_chunk().ok_or(Broken)?;
        self.bytes = rest;
        Ok(*array)
    }

    fn field(&mut self) -> Result<(u64, Field<'b>), Broken> {
        let key = self.varint()?;
        let field = match key & 7 {
            0 => Field::Varint(self.varint()?),
            1 => Field::Fixed64(self.array()?),
            2 => {
                let length = usize::try_from(self.varint()?).map_err(|_| Broken)?;
                let (bytes, rest) = self.bytes.split_at_checked(length).ok_or(Broken)?;
                self.bytes = rest;
                Field::Bytes(bytes)
            }
            5 => Field::Fixed32(self.array()?),
            _ => return Err(Broken),
        };
        Ok((key >> 3, field))
    }
}

impl<'b> Iterator for Fields<'b> {
    type Item = Result<(u64, Field<'b>), Broken>;

    fn next(&mut self) -> Option<Self::Item> {
        (!self.bytes.is_empty()).then(|| {
            let field = self.field();
            if field.is_err() {
                self.bytes = &[];
            }
            field
        })
    }
}

impl<'b> Field<'b> {
    pub(super) fn bytes(self) -> Result<&'b [u8], Broken> {
        match self {
            Self::Bytes(bytes) => Ok(bytes),
            _ => Err(Broken),
        }
    }

    pub(super) fn text(self) -> Result<&'b str, Broken> {
        str::from_utf8(self.bytes()?).map_err(|_| Broken)
    }

    /// A signed number, in two's complement.
    pub(super) fn int(self) -> Result<i64, Broken> {
        match self {
            Self::Varint(number) => Ok(number.cast_signed()),
            _ => Err(Broken),
        }
    }

    pub(super) fn float(self) -> Result<f32, Broken> {
        match self {
            Self::Fixed32(bytes) => Ok(f32::from_le_bytes(bytes)),
            _ => Err(Broken),
        }
    }

    /// Appends the numbers of a repeated field, which holds one or all of them.
    pub(super) fn ints(self, numbers: &mut Vec<i64>) -> Result<(), Broken> {
        match self {
            Self::Bytes(bytes) => {
                let mut packed = Fields::of(bytes);
                while !packed.bytes.is_empty() {
                    numbers.push(packed.varint()?.cast_signed());
                }
            }
            one => numbers.push(one.int()?),
        }
        Ok(())
    }

    pub(super) fn floats(self, numbers: &mut Vec<f64>) -> Result<(), Broken> {
        match self {
            Self::Bytes(bytes) => {
                let (packed, []) = bytes.as_chunks() else { return Err(Broken) };
                numbers.extend(packed.iter().map(|bytes| f64::from(f32::from_le_bytes(*bytes))));
            }
            one => numbers.push(f64::from(one.float()?)),
        }
        Ok(())
    }

    pub(super) fn doubles(self, numbers: &mut Vec<f64>) -> Result<(), Broken> {
        match self {
            Self::Bytes(bytes) => {
                let (packed, []) = bytes.as_chunks() else { return Err(Broken) };
                numbers.extend(packed.iter().map(|bytes| f64::from_le_bytes(*bytes)));
            }
            Self::Fixed64(bytes) => numbers.push(f64::from_le_bytes(bytes)),
            _ => return Err(Broken),
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_of_every_wire_type() {
        let bytes = [
            0x08, 0x96, 0x01, // 1: 150
            0x12, 0x02, 0x68, 0x69, // 2: "hi"
            0x1d, 0, 0, 0x80, 0x3f, // 3: 1.0
            0x21, 0, 0, 0, 0, 0, 0, 0xf0, 0x3f, // 4: 1.0
        ];
        let fields: Result<Vec<_>, _> = Fields::of(&bytes).collect();
        let [(1, varint), (2, text), (3, float), (4, double)] = fields.unwrap()[..] else {
            panic!("other fields")
        };
        assert_eq!(varint.int(), Ok(150));
        assert_eq!(text.text(), Ok("hi"));
        assert_eq!(float.float(), Ok(1.0));
        let mut numbers = Vec::new();
        double.doubles(&mut numbers).unwrap();
        assert_eq!(numbers, [1.0]);
    }

    #[test]
    fn a_message_that_ends_within_a_field_is_broken() {
        let bytes = [0x08, 0x96, 0x01, 0x12, 0x02, 0x68, 0x69];
        for length in [1, 2, 4, 5, 6] {
            assert!(Fields::of(&bytes[..length]).any(|field| field == Err(Broken)), "{length}");
        }
        assert!(Fields::of(&[0x0f]).any(|field| field.is_err()));
        assert!(Fields::of(&[0xff; 12]).any(|field| field.is_err()));
    }

    #[test]
    fn repeated_numbers_stand_alone_or_packed() {
        let mut numbers = Vec::new();
        Field::Varint(7).ints(&mut numbers).unwrap();
        let minus_one = [0xff; 9].into_iter().chain([0x01]).collect::<Vec<_>>();
        Field::Bytes(&minus_one).ints(&mut numbers).unwrap();
        assert_eq!(numbers, [7, -1]);
        assert_eq!(Field::Bytes(&[0; 3]).floats(&mut Vec::new()), Err(Broken));
    }
}
