//! One operation as an expression.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::{table_name, weights_of};
use crate::emit::line::{Lines, combination};
use crate::graph::{Cell, FeatureReduction, Node, Op, Value};
use crate::integers::{Arithmetic, Integers, Norm, Scale};
use crate::numbers::count;

/// The expression of a node's output. `read` gives that of a value that it names; `state` is where what it keeps is.
pub(in crate::emit) fn expression(
    lines: &mut Lines<'_>,
    integers: &Integers,
    value: Value,
    state: &TokenStream,
    read: &dyn Fn(Value) -> TokenStream,
) -> TokenStream {
    let (graph, module) = (lines.graph, lines.module);
    let node = &graph[value];
    let inputs: Vec<_> = node.inputs.iter().map(|input| read(*input)).collect();
    let x = inputs.first().cloned().unwrap_or_default();
    let channels =
        |place: usize| count(node.inputs.get(place).map_or(0, |input| graph[*input].channels));
    let out = count(node.channels);
    match (&node.op, &integers.arithmetic[value]) {
        (_, Arithmetic::Matrix(_)) => products(lines, value, &x, state, read),
        (op @ (Op::Round | Op::Extend), _) => {
            let function = lines.function(if *op == Op::Round { "round" } else { "extend" });
            quote!(#function(#x))
        }
        (Op::Upsample { times }, _) => {
            let (upsample, times) = (lines.function("upsample"), count(*times));
            quote!(#upsample::<#times, #out>(#x))
        }
        (Op::Split { times }, _) => {
            let split = split(lines, *times, node.channels);
            quote!(#split(#x))
        }
        (Op::Recurrent(recurrent), Arithmetic::Cell(cell)) => {
            let tables = [cell.sigmoid, cell.tanh, cell.of_state].map(table_name);
            let [sigmoid, tanh, of_cell] = tables.map(|table| quote!(&#module::#table));
            let functions = match recurrent.cell {
                Cell::Lstm => {
                    let functions = lines.function("Functions");
                    quote!(#functions { sigmoid: #sigmoid, tanh: #tanh, of_cell: #of_cell })
                }
                Cell::GruResetAfter | Cell::GruResetBefore => quote!(#sigmoid, #tanh),
                Cell::Tanh | Cell::Relu => tanh,
            };
            let weights = weights_of(lines, value);
            quote!(#weights.push(&mut #state, #x, #functions))
        }
        (Op::Map(_), Arithmetic::Lookup(place)) => {
            let (lookup, table) = (lines.function("lookup"), table_name(*place));
            quote!(#lookup(&#module::#table, #x))
        }
        (Op::Map(_), Arithmetic::Clip { low, high }) => {
            let clip = lines.function("clip");
            let [low, high] = [*low, *high].map(integer);
            quote!(#clip(#x, #low, #high))
        }
        (Op::Map(_), Arithmetic::Leaky(slope)) => {
            let (leaky, slope) = (lines.function("leaky"), integer(*slope));
            quote!(#leaky(#x, #slope))
        }
        (Op::Prelu, _) => {
            let (prelu, slopes) = (lines.function("prelu"), weights_of(lines, value));
            quote!(#prelu(#x, &#slopes))
        }
        (_, Arithmetic::Softmax(factor)) => {
            let (softmax, exponent) = (lines.function("softmax"), lines.function("Exponent"));
            let [multiplier, shift] =
                [factor.multiplier, factor.shift].map(Literal::u32_unsuffixed);
            quote!(#softmax(#x, #exponent { multiplier: #multiplier, shift: #shift }))
        }
        (_, Arithmetic::Norm(norm)) => normalised(lines, *norm, &x),
        (Op::Blend | Op::Multiply, Arithmetic::Scale(scale)) => {
            let word = if node.op == Op::Blend { "blend" } else { "multiply" };
            let (function, scale) = (lines.function(word), self::scale(lines, *scale));
            quote!(#function(#(#inputs),*, #scale))
        }
        (Op::Pool(_) | Op::PoolFeatures(_) | Op::Mean { .. }, arithmetic) => {
            pooled(lines, node, arithmetic, state, &x)
        }
        (Op::Concat, _) => {
            let (concat, left, right) = (lines.function("concat"), channels(0), channels(1));
            quote!(#concat::<#left, #right, #out>(#(#inputs),*))
        }
        (Op::Slice { start }, _) => {
            let (slice, taken, start) = (lines.function("slice"), channels(0), count(*start));
            quote!(#slice::<#taken, #start, #out>(#x))
        }
        (Op::Gather { indices }, _) => {
            let gather = lines.function("gather");
            let indices = indices.iter().copied().map(count);
            quote!(#gather(#x, &[#(#indices),*]))
        }
        (Op::Crop { .. }, _) => quote!(#state.count().then_some(#x)),
        (Op::Newest { .. } | Op::Delay(_), _) => quote!(#state.push(#x)),
        (op @ (Op::Add { .. } | Op::Binary(_)), _) => {
            let function = lines.function(combination(op));
            quote!(#function(#(#inputs),*))
        }
        _ => x,
    }
}

/// A normalised frame.
fn normalised(lines: &mut Lines<'_>, norm: Norm, x: &TokenStream) -> TokenStream {
    let (normalize, ty) = (lines.function("normalize"), lines.function("Norm"));
    let [features, channels, groups] = [norm.features, norm.channels, norm.groups].map(count);
    let epsilon = Literal::u64_unsuffixed(norm.epsilon);
    let [multiplier, shift] = [norm.multiplier, norm.shift].map(Literal::u32_unsuffixed);
    quote! {
        #normalize(#x, #ty {
            features: #features,
            channels: #channels,
            groups: #groups,
            epsilon: #epsilon,
            multiplier: #multiplier,
            shift: #shift,
        })
    }
}

/// The expression of sums of products, of the input `x`.
fn products(
    lines: &mut Lines<'_>,
    value: Value,
    x: &TokenStream,
    state: &TokenStream,
    read: &dyn Fn(Value) -> TokenStream,
) -> TokenStream {
    let graph = lines.graph;
    let node = &graph[value];
    let (suffix, seed) = match node.seed.map(|seed| (seed, &graph[seed])) {
        None => ("", None),
        Some((_, mixed)) if mixed.is_inline => ("_mixed", mixed.input().map(read)),
        Some((seed, _)) => ("_add", Some(read(seed))),
    };
    let seed = seed.map(|seed| quote!(, #seed));
    let (word, state) = if state.is_empty() {
        ("apply", TokenStream::new())
    } else {
        ("push", quote!(&mut #state,))
    };
    let method = quote::format_ident!("{word}{suffix}");
    let weights = weights_of(lines, value);
    let outputs = quote!(#weights.#method(#state #x #seed));
    match &node.op {
        Op::ConvTranspose(conv) if conv.stride > 1 => {
            let split = split(lines, conv.stride, node.channels);
            if node.op.clock().is_scheduled() {
                quote!(#outputs.map(#split))
            } else {
                quote!(#split(#outputs))
            }
        }
        _ => outputs,
    }
}

/// The function that makes so many frames of one.
fn split(lines: &mut Lines<'_>, times: usize, channels: usize) -> TokenStream {
    let split = lines.function("split");
    let [times, channels, all] = [times, channels, times * channels].map(count);
    quote!(#split::<#times, #channels, #all>)
}

/// A pool, over frames or over features.
fn pooled(
    lines: &mut Lines<'_>,
    node: &Node,
    arithmetic: &Arithmetic,
    state: &TokenStream,
    x: &TokenStream,
) -> TokenStream {
    let scale = match arithmetic {
        Arithmetic::Scale(scale) => Some(self::scale(lines, *scale)),
        Arithmetic::Shares(scales) => {
            let scales = scales.iter().map(|scale| self::scale(lines, *scale)).collect::<Vec<_>>();
            Some(quote!(&[#(#scales),*]))
        }
        _ => None,
    };
    let scale = scale.map(|scale| quote!(, #scale));
    match &node.op {
        // The mean of one frame is the frame.
        Op::Mean { frames: 1 } => x.clone(),
        Op::PoolFeatures(pool) => {
            let function = lines.function(match (arithmetic, pool.reduction) {
                (Arithmetic::Scale(_), _) => "feature_sum",
                (Arithmetic::Shares(_), _) => "feature_mean",
                (_, FeatureReduction::Min) => "feature_min",
                _ => "feature_max",
            });
            let window = [pool.channels, pool.taps, pool.stride, pool.zeros].map(count);
            let [taken, out] = [pool.features * pool.channels, node.channels].map(count);
            quote!(#function::<#(#window),*, #taken, #out>(#x #scale))
        }
        Op::Pool(pool) if pool.has_history() => {
            let function = lines.function(match arithmetic {
                Arithmetic::Scale(_) => "avg_pool_with_zeros",
                Arithmetic::Shares(_) => "avg_pool",
                _ => "max_pool",
            });
            quote!(#function(&mut #state, #x #scale))
        }
        _ => quote!(#state.push(#x #scale)),
    }
}

/// A factor, as its value in Rust.
fn scale(lines: &mut Lines<'_>, Scale { multiplier, shift }: Scale) -> TokenStream {
    let scale = lines.function("Scale");
    let (multiplier, shift) = (integer(multiplier), Literal::u32_unsuffixed(shift));
    quote!(#scale { multiplier: #multiplier, shift: #shift })
}

/// A whole number as a person writes it.
pub(super) fn integer(number: i32) -> proc_macro2::TokenStream {
    let literal = Literal::u32_unsuffixed(number.unsigned_abs());
    if number < 0 { quote!(-#literal) } else { quote!(#literal) }
}
