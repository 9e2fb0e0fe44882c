//! One array of NumPy's: <https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html>.

use super::numbers::{Stored, tensor};
use super::recorded;
use crate::errors::Message;
use crate::tensor::Tensor;

/// The array's numbers; `None` where they are whole ones among the weights, which are counters and the like.
pub(super) fn read(name: &str, bytes: &[u8]) -> Result<Option<Tensor>, Message> {
    let header = header(bytes).ok_or_else(|| format!("`{name}` is not a NumPy array"))?;
    let Header { kind, fortran, mut shape, data } = header;
    let (order, kind) = kind.split_at_checked(1).unwrap_or_default();
    let is_recorded = name.starts_with(recorded::PREFIX);
    let stored = match kind {
        "u1" | "b1" if is_recorded => Stored::U8,
        "f2" => Stored::F16,
        "f4" => Stored::F32,
        "f8" => Stored::F64,
        kind if kind.starts_with(['i', 'u', 'b']) && !is_recorded => return Ok(None),
        kind => {
            let help = recorded::help(name);
            return Err(Message::new(format!("`{name}` has numbers of the type `{order}{kind}`"))
                .help(help));
        }
    };
    let swapped: Vec<u8>;
    let data = if order == ">" {
        let size = kind.get(1..).and_then(|size| size.parse().ok()).unwrap_or(1);
        swapped = data.chunks(size).flat_map(|number| number.iter().rev().copied()).collect();
        swapped.as_slice()
    } else {
        data
    };
    if fortran {
        shape.reverse();
    }
    let read = tensor(name, shape, stored, data)?;
    let reversed: Vec<_> = (0..read.shape.len()).rev().collect();
    Ok(Some(if fortran { read.permuted(&reversed) } else { read }))
}

struct Header<'a> {
    /// `<f4`
    kind: &'a str,
    /// Whether the first dimension is the fastest.
    fortran: bool,
    shape: Vec<usize>,
    data: &'a [u8],
}

fn header(bytes: &[u8]) -> Option<Header<'_>> {
    let rest = bytes.strip_prefix(b"\x93NUMPY")?;
    let (version, rest) = rest.split_at_checked(2)?;
    let (length, rest) = rest.split_at_checked(if version.first()? == &1 { 2 } else { 4 })?;
    let length = length.iter().rev().fold(0, |length, byte| length << 8 | usize::from(*byte));
    let (header, data) = rest.split_at_checked(length)?;
    // A dictionary as Python writes it: {'descr': '<f4', 'fortran_order': False, 'shape': (3, 2), }
    let header = str::from_utf8(header).ok()?;
    let value = |key: &str| Some(header.split_once(&format!("'{key}':"))?.1.trim_start());
    let (kind, _) = value("descr")?.strip_prefix('\'')?.split_once('\'')?;
    let fortran = value("fortran_order")?.starts_with("True");
    let (lengths, _) = value("shape")?.strip_prefix('(')?.split_once(')')?;
    let lengths = lengths.split(',').map(str::trim).filter(|length| !length.is_empty());
    let shape = lengths.map(|length| length.parse().ok()).collect::<Option<_>>()?;
    Some(Header { kind, fortran, shape, data })
}
