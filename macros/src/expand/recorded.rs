//! The run that the framework recorded, and the test that replays it.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::docs::line;
use super::items::cfgs;
use super::start::forget;
use crate::model::Net;
use crate::names::snake;
use crate::numbers::{count, float, nested, rounded};
use crate::tensor::Tensor;
use crate::weights::Reference;

/// The frames, and a test of the user's crate. Without `#[self_test]`, both are in test builds alone.
pub(super) fn module(net: &Net<'_>, run: &Reference) -> TokenStream {
    let (krate, name) = (net.ast.krate(), &net.ast.name);
    let (module, test) = (self::name(net), snake(name, "answers_as_recorded"));
    let cfgs: Vec<_> = cfgs(net.ast).collect();
    let answers: Vec<_> = run.output.iter().flatten().collect();
    let (frames, several) = (run.output.len(), net.timing.frames);
    let input = nested(&[frames, net.inputs], &run.input.numbers);
    let numbers: Vec<f64> = answers.iter().flat_map(|answer| answer.numbers.clone()).collect();
    let shape = [answers.len(), several, net.outputs];
    let shape = if several == 1 { vec![answers.len(), net.outputs] } else { shape.to_vec() };
    let output = nested(&shape, &numbers);
    let [frames, inputs, answers, outputs, several_] =
        [frames, net.inputs, answers.len(), net.outputs, several].map(count);
    let answer =
        if several == 1 { quote!([f32; #outputs]) } else { quote!([[f32; #outputs]; #several_]) };
    let tolerance = float(rounded(run.tolerance));
    let in_tests = net.ast.attributes.self_test.is_none().then(|| quote!(#[cfg(test)]));
    // What was recorded began with nothing.
    let replay = if net.ast.starts_at_rest() {
        quote!(#module::RUN.compare(&mut #name::cold()))
    } else {
        quote!(#module::RUN.replay(&mut #name::new()))
    };
    quote! {
        #(#cfgs)*
        #in_tests
        #[allow(clippy::approx_constant, clippy::large_const_arrays, reason = "recorded numbers")]
        mod #module {
            pub(super) static RUN: #krate::Run<[f32; #inputs], #answer, #frames, #answers> =
                #krate::Run { input: #input, output: #output, tolerance: #tolerance };
        }

        #(#cfgs)*
        #[cfg(test)]
        #[::core::prelude::v1::test]
        fn #test() -> ::core::result::Result<(), #krate::Mismatch> {
            #replay
        }
    }
}

/// The method that replays the run on the board.
pub(super) fn self_test(net: &Net<'_>, tensors: &[Vec<Tensor>]) -> TokenStream {
    let (krate, module) = (net.ast.krate(), name(net));
    let visibility = &net.ast.visibility;
    let (replay, begins) = if net.ast.starts_at_rest() {
        let forget = forget(net, tensors);
        let compared = Ident::new("compared", Span::mixed_site());
        let replay = quote! {
            #forget
            let #compared = #module::RUN.compare(self);
            self.reset();
            #compared
        };
        (
            replay,
            line("The run starts from zero state; the network is in its steady state afterwards."),
        )
    } else {
        (quote!(#module::RUN.replay(self)), line("The network is reset before and after."))
    };
    quote! {
        /// Pushes the frames of the recorded run and compares the outputs with the recorded ones.
        #begins
        ///
        /// # Errors
        ///
        /// The first output that differs from the recorded one by more than the tolerance of the weights file.
        #visibility fn self_test(&mut self) -> ::core::result::Result<(), #krate::Mismatch> {
            #replay
        }
    }
}

fn name(net: &Net<'_>) -> Ident {
    snake(&net.ast.name, "recorded")
}
