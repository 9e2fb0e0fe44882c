//! Sums of products that an equation names: those of frames with one constant.

use super::super::array::{Array, Rearrangement};
use super::super::call::Call;
use super::super::reader::{Known, Reader};
use super::super::refusal::{Result, invalid, refuse_with};
use super::super::stream::{Stream, Time, shown};
use super::product::products;

/// `bti,io->bto`, the equation of a dense layer, has the letters of the first input, of the second, and of the output.
pub(super) fn einsum(reader: &mut Reader<'_>, call: &Call<'_, '_>) -> Result<Known> {
    let equation: String = call.node.text("equation").unwrap_or_default().replace(' ', "");
    let parts = equation.split_once("->").and_then(|(inputs, output)| {
        let (first, second) = inputs.split_once(',')?;
        Some([first, second, output])
    });
    let is_plain = |text: &str| {
        let distinct = text.chars().enumerate().all(|(at, letter)| text.find(letter) == Some(at));
        distinct && text.is_ascii()
    };
    let Some([first, second, output]) =
        parts.filter(|parts| parts.iter().all(|part| is_plain(part) && !part.contains(['.', ','])))
    else {
        return refuse_with(
            format!("its equation `{equation}` is not one of two inputs, each letter once in each"),
            "write it with `MatMul` and `Transpose`",
        );
    };
    let is_first = call.constant(0).is_some();
    let (place, own, letters) = if is_first { (0, second, first) } else { (1, first, second) };
    let weights = call.weights(place, "matrix")?;
    let stream = call.unpadded(1 - place)?.clone();
    Letters { own, weights: letters, output }.read(reader, &stream, &weights).map(Known::Stream)
}

/// The letters of the axes.
struct Letters<'e> {
    own: &'e str,
    weights: &'e str,
    output: &'e str,
}

impl Letters<'_> {
    fn read(
        &self,
        reader: &mut Reader<'_>,
        stream: &Stream,
        weights: &Array<f64>,
    ) -> Result<Stream> {
        let Self { own, weights: letters, output } = *self;
        if own.len() != stream.rank() || letters.len() != weights.shape.len() {
            return invalid(format!(
                "its equation does not fit an input {} and a constant {}",
                shown(&stream.shape()),
                crate::tensor::shape(&weights.shape)
            ));
        }
        let of = |text: &str, keeps: &dyn Fn(char) -> bool| -> Vec<char> {
            text.chars().filter(|letter| keeps(*letter)).collect()
        };
        let [has_own, has_weights, has_output] =
            [own, letters, output].map(|text| move |letter: char| text.contains(letter));
        // Letters of the frames alone, of both and the output, of what is summed, and of the constant alone.
        let free = of(own, &|letter| !has_weights(letter));
        let both = of(own, &|letter| has_weights(letter) && has_output(letter));
        let summed = of(own, &|letter| has_weights(letter) && !has_output(letter));
        let new = of(letters, &|letter| !has_own(letter));
        let all: Vec<char> = [free.as_slice(), &both, &new].concat();
        if !all.iter().all(|letter| has_output(*letter)) || all.len() != output.len() {
            return refuse_with(
                "its equation sums an axis of one input alone",
                "write it with `ReduceSum` and `MatMul`",
            );
        }
        let places = |text: &str, wanted: &[char]| -> Vec<usize> {
            wanted.iter().filter_map(|letter| text.find(*letter)).collect()
        };
        if stream.time.is_some_and(|time| places(own, &summed).contains(&time.axis)) {
            return refuse_with(
                "it sums all frames of the sequence, each times another number",
                "use a convolution over time",
            );
        }
        let lengths = |shape: &[usize], axes: &[usize]| -> Vec<usize> {
            axes.iter().filter_map(|axis| shape.get(*axis).copied()).collect()
        };
        let order = [places(own, &free), places(own, &both), places(own, &summed)];
        let of_weights = [places(letters, &both), places(letters, &summed), places(letters, &new)];
        let [several, sums, columns] =
            of_weights.each_ref().map(|axes| lengths(&weights.shape, axes));
        let shape = &stream.places.shape;
        let [rows, matrices, inputs] = order.each_ref().map(|axes| lengths(shape, axes));
        if inputs != sums {
            return invalid(format!(
                "its equation does not fit an input {} and a constant {}",
                shown(&stream.shape()),
                crate::tensor::shape(&weights.shape)
            ));
        }
        // The frames (free …, both …, 1, summed) times matrices (both …, summed, new).
        let flat = |lengths: &[usize]| lengths.iter().product::<usize>();
        let ordered = Rearrangement::Transpose(order.concat()).of(&stream.places);
        let time = stream.time.and_then(|time| {
            let axis = order.concat().iter().position(|axis| *axis == time.axis)?;
            Some(Time { axis, ..time })
        });
        let wide = [rows.as_slice(), &matrices, &[1, flat(&inputs)]].concat();
        let input = Stream { places: ordered, time, ..stream.clone() }.reshaped(wide, time);
        let kernel = Rearrangement::Transpose(of_weights.concat()).of(weights);
        let kernel = Array {
            shape: [several.as_slice(), &[flat(&sums), flat(&columns)]].concat(),
            items: kernel.items,
        };
        let product = products(reader, &input, kernel)?;
        let matrices = if several.is_empty() { matrices } else { several };
        let shape = [rows.as_slice(), &matrices, &columns].concat();
        let product = product.reshaped(shape, product.time);
        let order: Vec<usize> =
            output.chars().filter_map(|letter| all.iter().position(|own| *own == letter)).collect();
        let time = product.time.and_then(|time| {
            let axis = order.iter().position(|axis| *axis == time.axis)?;
            Some(Time { axis, ..time })
        });
        let places = Rearrangement::Transpose(order).of(&product.places);
        Ok(Stream { places, time, ..product })
    }
}
