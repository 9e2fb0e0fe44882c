//! What a capture's file says of its signal, as constants.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::derives::cfgs;
use super::{Network, integer, types};
use crate::frontend::ast;
use crate::frontend::weights::Metadata;
use crate::frontend::weights::metadata::Knob;
use crate::numbers::{count, float, nested, rounded};

/// The constants of a network whose file is that of a capture.
pub(super) fn constants(network: &Network<'_>) -> Option<TokenStream> {
    let (ast, metadata) = (network.ast, network.metadata?);
    let (cfgs, name, visibility) = (cfgs(ast), &ast.name, &ast.visibility);
    let (krate, f32, str) = (ast.krate(), types::f32(), types::str());
    let rate = metadata.sample_rate.map(|rate| {
        let rate = float(rounded(rate));
        quote! {
            /// Frames a second that the weights file is made for.
            #visibility const SAMPLE_RATE: #f32 = #rate;
        }
    });
    // Of several files, each has its own.
    let own = network.captures.is_empty().then(|| {
        let value = value(ast, metadata);
        quote! {
            /// What the weights file says of the signal.
            #visibility const METADATA: #krate::Metadata = #value;
            /// The name that the weights file gives the capture.
            #visibility const NAME: ::core::option::Option<&'static #str> = Self::METADATA.name;
            /// How loud the capture is, in dB.
            #visibility const LOUDNESS: ::core::option::Option<#f32> = Self::METADATA.loudness;
            /// The analog level in dBu of an input of amplitude 1.
            #visibility const INPUT_LEVEL_DBU: ::core::option::Option<#f32> = Self::METADATA.input_level_dbu;
            /// The analog level in dBu of an output of amplitude 1.
            #visibility const OUTPUT_LEVEL_DBU: ::core::option::Option<#f32> = Self::METADATA.output_level_dbu;
            /// The gain in dB that the weights file asks for before the network, which does not apply it.
            #visibility const IN_GAIN_DB: ::core::option::Option<#f32> = Self::METADATA.in_gain_db;
            /// The gain in dB that the weights file asks for after the network, which does not apply it.
            #visibility const OUT_GAIN_DB: ::core::option::Option<#f32> = Self::METADATA.out_gain_db;
        }
    });
    Some(quote! {
        #(#cfgs)*
        impl #name {
            #rate
            #own
        }
    })
    .filter(|_| rate.is_some() || own.is_some())
}

/// The constant with the output in the steady state.
pub(super) fn at_rest(network: &Network<'_>) -> Option<TokenStream> {
    let (ast, output) = (network.ast, network.at_rest.filter(|_| network.captures.is_empty())?);
    let (cfgs, name, visibility) = (cfgs(ast), &ast.name, &ast.visibility);
    let (ty, value) = output_at_rest(network, output);
    Some(quote! {
        #(#cfgs)*
        impl #name {
            /// The output in the steady state: the offset of a capture in silence.
            #visibility const OUTPUT_AT_REST: #ty = #value;
        }
    })
}

/// The type and the value of an output.
pub(super) fn output_at_rest(network: &Network<'_>, output: &[f64]) -> (TokenStream, TokenStream) {
    let (channels, frames) = (network.graph.outputs(), network.graph.clock().frames);
    if network.ast.is_integer() {
        return integer::frame(channels, output);
    }
    let (f32, shape) = (types::f32(), [frames, channels]);
    let [frames_, channels_] = shape.map(count);
    if frames == 1 {
        (quote!([#f32; #channels_]), nested(&[channels], output))
    } else {
        (quote!([[#f32; #channels_]; #frames_]), nested(&shape, output))
    }
}

/// The constants of the trait that are another than it says itself.
pub(super) fn of_trait(network: &Network<'_>) -> TokenStream {
    let ast = network.ast;
    let krate = ast.krate();
    let metadata = network.metadata.map(|metadata| {
        let value =
            if network.captures.is_empty() { quote!(Self::METADATA) } else { value(ast, metadata) };
        quote!(const METADATA: #krate::Metadata = #value;)
    });
    let at_rest = network.at_rest.filter(|_| network.captures.is_empty()).map(|_| {
        quote! {
            const OUTPUT_AT_REST: ::core::option::Option<Self::Output> =
                ::core::option::Option::Some(Self::OUTPUT_AT_REST);
        }
    });
    quote!(#metadata #at_rest)
}

/// The value of the runtime's type.
pub(super) fn value(ast: &ast::Net, metadata: &Metadata) -> TokenStream {
    let krate = ast.krate();
    let Metadata {
        name,
        sample_rate,
        loudness,
        input_level_dbu,
        output_level_dbu,
        in_gain_db,
        out_gain_db,
        knobs,
    } = metadata;
    let some = |name: &str, value: Option<TokenStream>| {
        let field = proc_macro2::Ident::new(name, proc_macro2::Span::call_site());
        value.map(|value| quote!(#field: ::core::option::Option::Some(#value),))
    };
    let number =
        |name: &str, number: &Option<f64>| some(name, number.map(|number| float(rounded(number))));
    let fields: Vec<_> = [
        some(
            "name",
            name.as_ref()
                .map(|name| Literal::string(name).into())
                .map(|text: proc_macro2::TokenTree| text.into()),
        ),
        number("sample_rate", sample_rate),
        number("loudness", loudness),
        number("input_level_dbu", input_level_dbu),
        number("output_level_dbu", output_level_dbu),
        number("in_gain_db", in_gain_db),
        number("out_gain_db", out_gain_db),
        (!knobs.is_empty()).then(|| {
            let knobs = knobs.iter().map(|knob| self::knob(ast, knob));
            quote!(knobs: &[#(#knobs),*],)
        }),
    ]
    .into_iter()
    .flatten()
    .collect();
    if fields.is_empty() {
        return quote!(#krate::Metadata::NONE);
    }
    quote!(#krate::Metadata { #(#fields)* ..#krate::Metadata::NONE })
}

fn knob(ast: &ast::Net, knob: &Knob) -> TokenStream {
    let (krate, name, channel) = (ast.krate(), &knob.name, count(knob.channel));
    let [min, max, default] =
        [knob.min, knob.max, knob.default].map(|number| float(rounded(number)));
    quote! {
        #krate::Knob { name: #name, channel: #channel, min: #min, max: #max, default: #default }
    }
}
