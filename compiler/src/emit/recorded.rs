//! The run that the framework recorded, and the test that replays it.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::ext::IdentExt;

use super::captures::Capture;
use super::derives::cfgs;
use super::docs::line;
use super::names::{Names, local};
use super::start::forget;
use super::{Network, types};
use crate::frontend::weights::Reference;
use crate::integers::Integers;
use crate::names::snake;
use crate::numbers::{count, float, nested, rounded};

/// The frames, and a test of the user's crate. Without `#[self_test]`, both are in test builds alone.
pub(super) fn module(network: &Network<'_>, run: &Reference) -> TokenStream {
    let name = &network.ast.name;
    let (module, test) = (self::name(network), snake(name, "outputs_as_recorded"));
    // What was recorded began with nothing.
    let replay = if network.ast.starts_at_rest() {
        quote!(#module::RUN.compare(&mut #name::cold()))
    } else {
        quote!(#module::RUN.replay(&mut #name::new()))
    };
    of(network, network.integers, run, [&module, &test], &replay)
}

/// The same of one of several files.
pub(super) fn of_capture(
    network: &Network<'_>,
    capture: &Capture<'_>,
    names: &Names,
) -> Option<TokenStream> {
    let (run, name) = (capture.run?, &network.ast.name);
    let lower = capture.name.unraw().to_string().to_lowercase();
    let [module, test] = ["recorded", "outputs_as_recorded"]
        .map(|what| snake(name, &format!("{what}_{}", lower.trim_start_matches('_'))));
    let (net, constant) = (local("net"), capture.name);
    let forget = forget(network, names, &quote!(#net));
    let replay = quote! {
        let mut #net = #name::new();
        #net.load(#name::#constant);
        #forget
        #module::RUN.compare(&mut #net)
    };
    Some(of(network, capture.integers, run, [&module, &test], &replay))
}

fn of(
    network: &Network<'_>,
    integers: Option<&Integers>,
    run: &Reference,
    [module, test]: [&Ident; 2],
    replay: &TokenStream,
) -> TokenStream {
    if let Some(integers) = integers {
        return super::integer::recorded(network, integers, run, [module, test], replay);
    }
    let (ast, graph) = (network.ast, network.graph);
    let krate = ast.krate();
    let cfgs: Vec<_> = cfgs(ast).collect();
    let outputs: Vec<_> = run.output.iter().flatten().collect();
    let (frames, several) = (run.output.len(), graph.clock().frames);
    let f32 = types::f32();
    let input = nested(&[frames, graph.inputs()], &run.input.numbers);
    let numbers: Vec<f64> = outputs.iter().flat_map(|output| output.numbers.clone()).collect();
    let shape = [outputs.len(), several, graph.outputs()];
    let shape = if several == 1 { vec![outputs.len(), graph.outputs()] } else { shape.to_vec() };
    let output = nested(&shape, &numbers);
    let [frames, inputs, outputs, channels, several_] =
        [frames, graph.inputs(), outputs.len(), graph.outputs(), several].map(count);
    let ty = if several == 1 {
        quote!([#f32; #channels])
    } else {
        quote!([[#f32; #channels]; #several_])
    };
    let tolerance = float(rounded(run.tolerance));
    let in_tests = ast.attributes.self_test.is_none().then(|| quote!(#[cfg(test)]));
    quote! {
        #(#cfgs)*
        #in_tests
        #[allow(clippy::approx_constant, clippy::large_const_arrays, reason = "recorded numbers")]
        mod #module {
            pub(super) static RUN: #krate::Run<[#f32; #inputs], #ty, #frames, #outputs> =
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
pub(super) fn self_test(network: &Network<'_>, names: &Names) -> TokenStream {
    let ast = network.ast;
    let (krate, module) = (ast.krate(), name(network));
    let visibility = &ast.visibility;
    let (replay, begins) = if ast.starts_at_rest() {
        let forget = forget(network, names, &quote!(self));
        let compared = local("compared");
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
    let bound = match network.integers {
        Some(integers) => super::integer::bound(integers),
        // That of the file, or what f32 needs where that is more.
        None => {
            let tolerance = network.run.map_or(Reference::TOLERANCE, |run| run.tolerance);
            format!("{} of that, or of 1 where that is more", float(rounded(tolerance)))
        }
    };
    let error =
        line(&format!("The first number that differs from the recorded one by more than {bound}."));
    quote! {
        /// Pushes the frames of the recorded run and compares the outputs with the recorded ones.
        #begins
        ///
        /// # Errors
        ///
        #error
        #visibility fn self_test(&mut self) -> ::core::result::Result<(), #krate::Mismatch> {
            #replay
        }
    }
}

fn name(network: &Network<'_>) -> Ident {
    snake(&network.ast.name, "recorded")
}
