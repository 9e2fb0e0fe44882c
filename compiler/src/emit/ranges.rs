//! The channels of a model's own inputs and outputs, as constants.

use std::collections::HashSet;

use proc_macro2::{Span, TokenStream};
use quote::quote;

use super::derives::cfgs;
use super::{Network, docs, types};
use crate::names::upper_snake;
use crate::numbers::count;

/// A constant for each of the inputs, where the model has several, and for each of the outputs: `OUTPUT_VAD`.
pub(super) fn ranges(network: &Network<'_>) -> Option<TokenStream> {
    let (ast, usize) = (network.ast, types::usize());
    let (cfgs, name, visibility) = (cfgs(ast), &ast.name, &ast.visibility);
    let constants = network.named.iter().flat_map(|(what, ranges)| {
        let ranges = ranges.iter().zip(names(what, ranges.iter().map(|(name, _)| name.as_str())));
        ranges.map(move |((name, range), constant)| (what, name, range, constant))
    });
    let constants: TokenStream = constants
        .map(|(what, name, range, constant)| {
            let constant = proc_macro2::Ident::new(&constant, Span::call_site());
            let kind = what.to_lowercase();
            let doc =
                docs::line(&format!("Channels of the model's {kind} `{name}` in an {kind} frame."));
            let [start, end] = [range.start, range.end].map(count);
            quote!(#doc #visibility const #constant: ::core::ops::Range<#usize> = #start..#end;)
        })
        .collect();
    (!constants.is_empty()).then(|| {
        quote! {
            #(#cfgs)*
            impl #name {
                #constants
            }
        }
    })
}

/// The names of the constants, in the order of `names`: `OUTPUT_VAD` for `vad`, numbered where two would be the same.
fn names<'a>(what: &str, names: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut taken = HashSet::new();
    let name = |name: &str| {
        let base = format!("{what}_{}", upper_snake(name));
        let base = base.trim_end_matches('_').to_owned();
        let numbered = (2_usize..).map(|number| format!("{base}_{number}"));
        let mut fitting = std::iter::once(base.clone()).chain(numbered);
        fitting.find(|name| taken.insert(name.clone())).unwrap_or(base)
    };
    names.map(name).collect()
}

#[cfg(test)]
mod tests {
    use super::names;

    #[test]
    fn names_are_identifiers_that_differ() {
        let given = ["vad", "speechProb", "out/1", "out.1", "1", "größe", "::", "OUT_1_2", ""];
        let constants = names("OUTPUT", given.into_iter());
        let expected = [
            "OUTPUT_VAD",
            "OUTPUT_SPEECH_PROB",
            "OUTPUT_OUT_1",
            "OUTPUT_OUT_1_2",
            "OUTPUT_1",
            "OUTPUT_GR_E",
            "OUTPUT",
            "OUTPUT_OUT_1_2_2",
            "OUTPUT_2",
        ];
        assert_eq!(constants, expected);
        assert!(constants.iter().all(|name| syn::parse_str::<syn::Ident>(name).is_ok()));
    }
}
