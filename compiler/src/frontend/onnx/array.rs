//! Items in rows of rows, the last axis fastest, and how their places change.

/// As many items as its shape has places.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Array<T> {
    pub(super) shape: Vec<usize>,
    pub(super) items: Vec<T>,
}

/// The items of a shape; `None` where that is no number.
pub(super) fn count(shape: &[usize]) -> Option<usize> {
    shape.iter().try_fold(1_usize, |count, length| count.checked_mul(*length))
}

/// A change of places alone: the same for numbers, for lengths, and for what a frame holds.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Rearrangement {
    /// The new axis `n` is the old one of number `axes[n]`.
    Transpose(Vec<usize>),
    /// Another shape of as many items.
    Reshape(Vec<usize>),
    /// These places of an axis, in this order.
    Take { axis: usize, places: Vec<usize> },
    /// To a shape that has more, by repeating axes of one.
    Broadcast(Vec<usize>),
}

impl Rearrangement {
    /// The shape of what it makes of one of `shape`.
    pub(super) fn shape(&self, shape: &[usize]) -> Vec<usize> {
        match self {
            Self::Transpose(axes) => {
                axes.iter().filter_map(|axis| shape.get(*axis).copied()).collect()
            }
            Self::Reshape(shape) | Self::Broadcast(shape) => shape.clone(),
            Self::Take { axis, places } => {
                let mut shape = shape.to_vec();
                if let Some(length) = shape.get_mut(*axis) {
                    *length = places.len();
                }
                shape
            }
        }
    }

    pub(super) fn of<T: Clone>(&self, array: &Array<T>) -> Array<T> {
        let shape = self.shape(&array.shape);
        if let Self::Reshape(_) = self {
            return Array { shape, items: array.items.clone() };
        }
        if shape.contains(&0) {
            // The other lengths may be any.
            return Array { shape, items: Vec::new() };
        }
        let steps = steps(&array.shape);
        let step = |axis: usize| steps.get(axis).copied().unwrap_or_default();
        // For each axis of the new shape, how far each of its places is from the first one in the old items.
        let offsets: Vec<Vec<usize>> = shape
            .iter()
            .enumerate()
            .map(|(axis, length)| match self {
                Self::Transpose(axes) => {
                    let step = axes.get(axis).map_or(0, |axis| step(*axis));
                    (0..*length).map(|place| place * step).collect()
                }
                Self::Take { axis: taken, places } if *taken == axis => {
                    places.iter().map(|place| place * step(axis)).collect()
                }
                Self::Broadcast(_) => {
                    let old = (axis + array.shape.len()).checked_sub(shape.len());
                    let old = old.filter(|old| array.shape.get(*old).is_some_and(|one| *one != 1));
                    let step = old.map_or(0, step);
                    (0..*length).map(|place| place * step).collect()
                }
                _ => (0..*length).map(|place| place * step(axis)).collect(),
            })
            .collect();
        let mut places = vec![0_usize];
        for offsets in &offsets {
            places = places
                .iter()
                .flat_map(|place| offsets.iter().map(move |offset| place + offset))
                .collect();
        }
        let items = places.into_iter().filter_map(|place| array.items.get(place).cloned());
        Array { shape, items: items.collect() }
    }
}

/// How many items one place of each axis has.
fn steps(shape: &[usize]) -> Vec<usize> {
    let step = |behind| shape.get(behind..).and_then(count).unwrap_or_default();
    (1..=shape.len()).map(step).collect()
}

/// The shape to which both are broadcast; `None` where they do not fit.
pub(super) fn broadcast(a: &[usize], b: &[usize]) -> Option<Vec<usize>> {
    let length = a.len().max(b.len());
    let at = |shape: &[usize], axis: usize| {
        (axis + shape.len()).checked_sub(length).and_then(|axis| shape.get(axis).copied())
    };
    (0..length)
        .map(|axis| match (at(a, axis).unwrap_or(1), at(b, axis).unwrap_or(1)) {
            (a, b) if a == b => Some(a),
            (1, other) | (other, 1) => Some(other),
            _ => None,
        })
        .collect()
}

impl<T: Clone> Array<T> {
    pub(super) fn one(item: T) -> Self {
        Self { shape: Vec::new(), items: vec![item] }
    }

    pub(super) fn list(items: Vec<T>) -> Self {
        Self { shape: vec![items.len()], items }
    }

    pub(super) fn map<U>(&self, of: impl FnMut(&T) -> U) -> Array<U> {
        Array { shape: self.shape.clone(), items: self.items.iter().map(of).collect() }
    }

    /// Several arrays, one behind the other along an axis; `None` where their other axes differ.
    pub(super) fn joined(parts: &[Self], axis: usize) -> Option<Self> {
        let first = parts.first()?;
        let mut shape = first.shape.clone();
        let length = parts.iter().map(|part| part.shape.get(axis)).sum::<Option<usize>>()?;
        let others = |shape: &[usize]| {
            let mut shape = shape.to_vec();
            shape.get_mut(axis).map(|length| *length = 0).map(|()| shape)
        };
        if parts.iter().any(|part| others(&part.shape) != others(&first.shape)) {
            return None;
        }
        *shape.get_mut(axis)? = length;
        let outer = count(shape.get(..axis)?)?;
        let mut items = Vec::new();
        for row in 0..outer {
            for part in parts {
                let length = count(part.shape.get(axis..)?)?;
                items.extend(part.items.iter().skip(row * length).take(length).cloned());
            }
        }
        Some(Self { shape, items })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn array(shape: &[usize]) -> Array<usize> {
        Array { shape: shape.to_vec(), items: (0..count(shape).unwrap()).collect() }
    }

    #[test]
    fn places_change() {
        let array = array(&[2, 3]);
        let of = |change: Rearrangement| change.of(&array);
        let transposed = of(Rearrangement::Transpose(vec![1, 0]));
        assert_eq!((transposed.shape, transposed.items), (vec![3, 2], vec![0, 3, 1, 4, 2, 5]));
        let taken = of(Rearrangement::Take { axis: 1, places: vec![2, 0] });
        assert_eq!((taken.shape, taken.items), (vec![2, 2], vec![2, 0, 5, 3]));
        let column = Array { shape: vec![2, 1], items: vec![7, 8] };
        let repeated = Rearrangement::Broadcast(vec![2, 2, 3]).of(&column);
        assert_eq!(repeated.items, [7, 7, 7, 8, 8, 8, 7, 7, 7, 8, 8, 8]);
        let joined = Array::joined(&[column.clone(), array.clone()], 1).unwrap();
        assert_eq!(joined.items, [7, 0, 1, 2, 8, 3, 4, 5]);
        assert_eq!(Array::joined(&[column, array], 0), None);
        let none = Array::<usize> { shape: vec![0, usize::MAX, usize::MAX], items: Vec::new() };
        assert_eq!(Rearrangement::Take { axis: 0, places: Vec::new() }.of(&none), none);
    }

    #[test]
    fn shapes_meet() {
        assert_eq!(broadcast(&[1, 4, 1], &[3]), Some(vec![1, 4, 3]));
        assert_eq!(broadcast(&[2], &[3]), None);
        assert_eq!(broadcast(&[], &[2, 1]), Some(vec![2, 1]));
    }
}
