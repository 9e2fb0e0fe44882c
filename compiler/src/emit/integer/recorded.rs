//! The recorded run in integers, and the test that replays it.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::line::integer;
use crate::emit::derives::cfgs;
use crate::emit::{Network, types};
use crate::eval::integer::nearest;
use crate::frontend::weights::Reference;
use crate::graph::Value;
use crate::integers::Integers;
use crate::numbers::{count, plural};

/// The largest difference that the test allows, for its documentation.
pub(in crate::emit) fn bound(integers: &Integers) -> String {
    let steps = plural(integers.replayed.bound().into(), "step");
    format!(
        "{steps} of `OUTPUT_SCALE`: one more than the largest difference measured while compiling"
    )
}

/// The frames, and a test of the user's crate.
pub(in crate::emit) fn module(
    network: &Network<'_>,
    integers: &Integers,
    run: &Reference,
    [module, test]: [&Ident; 2],
    replay: &TokenStream,
) -> TokenStream {
    let (ast, graph) = (network.ast, network.graph);
    let krate = ast.krate();
    let cfgs: Vec<_> = cfgs(ast).collect();
    // The bound is that of the frames that were compared while compiling.
    let compared = integers.replayed.frames.min(run.output.len());
    let frame = |numbers: &[f64], value: Value| {
        let numbers = nearest(numbers, integers.scale(value)).into_iter().map(integer);
        quote!([#(#numbers),*])
    };
    let inputs = run.input.numbers.chunks(graph.inputs().max(1)).take(compared);
    let input: Vec<_> = inputs.map(|numbers| frame(numbers, Value::INPUT)).collect();
    let several = graph.clock().frames;
    let frames = |numbers: &[f64]| {
        let frames = numbers.chunks(graph.outputs().max(1));
        let frames = frames.map(|numbers| frame(numbers, graph.output));
        if several == 1 { quote!(#(#frames)*) } else { quote!([#(#frames),*]) }
    };
    let outputs = run.output.iter().take(compared).flatten();
    let output: Vec<_> = outputs.map(|tensor| frames(&tensor.numbers)).collect();
    let bound = proc_macro2::Literal::u16_unsuffixed(integers.replayed.bound());
    let [frames, inputs, outputs, channels] =
        [input.len(), graph.inputs(), output.len(), graph.outputs()].map(count);
    let i16 = types::i16();
    let ty = if several == 1 {
        quote!([#i16; #channels])
    } else {
        let several = count(several);
        quote!([[#i16; #channels]; #several])
    };
    let in_tests = ast.attributes.self_test.is_none().then(|| quote!(#[cfg(test)]));
    quote! {
        #(#cfgs)*
        #in_tests
        #[allow(clippy::large_const_arrays, reason = "recorded numbers")]
        mod #module {
            pub(super) static RUN: #krate::IntegerRun<
                [#i16; #inputs], #ty, #frames, #outputs
            > = #krate::IntegerRun { input: [#(#input),*], output: [#(#output),*], bound: #bound };
        }

        #(#cfgs)*
        #[cfg(test)]
        #[::core::prelude::v1::test]
        fn #test() -> ::core::result::Result<(), #krate::Mismatch> {
            #replay
        }
    }
}
