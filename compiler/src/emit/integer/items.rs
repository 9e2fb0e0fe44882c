//! The constants and functions that only a network of integers has, and its documentation.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::derives::cfgs;
use crate::emit::docs::line;
use crate::emit::types;
use crate::frontend::ast;
use crate::graph::{Graph, Value};
use crate::integers::{Integers, Quality};
use crate::numbers::{float, plural, rounded};
use crate::passes::quantise::MARGIN;

/// What such a network loses, for its documentation.
pub(in crate::emit) fn docs(graph: &Graph, integers: &Integers) -> Vec<String> {
    let [input, output] =
        [Value::INPUT, graph.output].map(|value| float(rounded(integers.scale(value))));
    let Quality { frames, worst, steps, .. } = integers.quality;
    let lost = match decibels(integers.quality) {
        Some(snr) => format!(
            "Over {}, they have {snr} dB of signal to noise against those of the network in floating point, and the largest difference is {} ({}).",
            plural(frames, "frame"),
            float(rounded(worst)),
            plural(steps.into(), "step"),
        ),
        None => format!(
            "Over {}, they are those of the network in floating point.",
            plural(frames, "frame")
        ),
    };
    vec![
        format!(
            "Frames and weights are 16-bit integers. A number of an input frame stands for itself times {input}, one of an \
             output frame for itself times {output}. Values may be {MARGIN} times as large as in the frames from which the \
             scales come; larger ones saturate."
        ),
        String::new(),
        format!("What the outputs lose is known. {lost}"),
    ]
}

/// Decibels to one place; `None` where nothing is lost.
fn decibels(quality: Quality) -> Option<String> {
    (quality.snr < f64::INFINITY).then(|| format!("{:.1}", quality.snr))
}

/// The constants, and the functions to and from f32.
pub(in crate::emit) fn items(ast: &ast::Net, of: Option<(&Graph, &Integers)>) -> TokenStream {
    let (cfgs, name, visibility) = (cfgs(ast), &ast.name, &ast.visibility);
    let private = super::private(ast);
    let (f32, i16) = (types::f32(), types::i16());
    let scale = |value: fn(&Graph) -> Value| {
        float(of.map_or(1.0, |(graph, integers)| rounded(integers.scale(value(graph)))))
    };
    let (input, output) = (scale(|_| Value::INPUT), scale(|graph| graph.output));
    let quality = of.map(|(_, integers)| integers.quality).unwrap_or_default();
    let snr = match decibels(quality) {
        // Noise alone.
        Some(_) if quality.snr.is_infinite() => quote!(#f32::NEG_INFINITY),
        Some(snr) => {
            let snr: TokenStream = snr.parse().unwrap_or_default();
            quote!(#snr)
        }
        None => quote!(#f32::INFINITY),
    };
    let worst = float(rounded(quality.worst));
    let frames =
        line(&format!("Measured over {} while compiling.", plural(quality.frames, "frame")));
    quote! {
        #(#cfgs)*
        impl #name {
            /// What 1 of an input frame stands for.
            #visibility const INPUT_SCALE: #f32 = #input;
            /// What 1 of an output frame stands for.
            #visibility const OUTPUT_SCALE: #f32 = #output;
            /// Signal to noise in dB against the network in floating point.
            ///
            #frames
            #visibility const SNR: #f32 = #snr;
            /// The largest difference of an output from that of the network in floating point.
            ///
            #frames
            #visibility const WORST: #f32 = #worst;

            /// The number of an input frame that stands for `number`: the nearest, saturated.
            #[must_use]
            #visibility fn quantize(number: #f32) -> #i16 {
                #private::quantize(number, Self::INPUT_SCALE)
            }

            /// What `number` of an output frame stands for.
            #[must_use]
            #visibility fn dequantize(number: #i16) -> #f32 {
                #private::dequantize(number, Self::OUTPUT_SCALE)
            }
        }
    }
}
