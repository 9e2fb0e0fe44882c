//! What editors show and complete within `streaming_net!`, from the table of layer kinds: a module for each kind, a field
//! for each of its keys and flags. An expansion names them where `cfg(rust_analyzer)` is set, and nothing else does.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use crate::frontend::build::limits::MOST;
use crate::frontend::kinds::{Flag, IN, KINDS, Key, Kind, Takes};
use crate::names::word;

/// The modules of all kinds.
pub(crate) fn modules() -> TokenStream {
    KINDS.iter().filter_map(module).collect()
}

fn module(kind: &Kind) -> Option<TokenStream> {
    let (name, doc) = (ident(kind.name)?, kind.doc);
    let (arguments, docs): (Vec<_>, Vec<_>) =
        arguments(kind).into_iter().filter_map(|(name, doc)| Some((ident(name)?, doc))).unzip();
    Some(quote! {
        #[doc = #doc]
        pub mod #name {
            /// The keys and flags of the layer kind.
            #[derive(Debug)]
            #[non_exhaustive]
            pub struct Arguments {
                #(#[doc = #docs] pub #arguments: (),)*
            }

            /// One value of each argument.
            pub const ARGUMENTS: Arguments = Arguments { #(#arguments: (),)* };
        }
    })
}

fn ident(name: &str) -> Option<Ident> {
    word(&Ident::new(name, Span::call_site()))
}

/// The keys and flags of a kind, and what an editor shows of each.
fn arguments(kind: &Kind) -> Vec<(&'static str, String)> {
    let first =
        "Required in the first layer; a later layer takes the channels of the layer before it.";
    let mut arguments = vec![(IN.name, format!("{} {first}", key(&IN)))];
    arguments.extend(kind.keys.iter().map(|one| (one.name, key(one))));
    for together in kind.flags {
        arguments.extend(together.iter().map(|one| (one.name, flag(one, together))));
    }
    arguments.extend(kind.activations().map(|kind| (kind.name, kind.doc.to_owned())));
    arguments
}

fn key(Key { name, doc, takes, .. }: &Key) -> String {
    let number = match takes {
        Takes::Count | Takes::OptionalCount => format!("A whole number from 1 to {MOST}."),
        Takes::Counts => format!("A list of whole numbers from 1 to {MOST}."),
        Takes::Real => "A number that fits in f32.".to_owned(),
        Takes::Size => "A whole number from 0.".to_owned(),
    };
    format!("`{name}=…`: {doc}. {number}")
}

/// A flag among those that stand together, of which the first is meant where none is given.
fn flag(Flag { name, doc }: &Flag, together: &[Flag]) -> String {
    let meant = match together {
        [first, _, ..] if first.name == *name => "; the default",
        _ => "",
    };
    format!("`{name}`: {doc}{meant}.")
}

#[cfg(test)]
mod tests {
    use super::{KINDS, arguments, module};

    fn shown(kind: &str, argument: &str) -> String {
        let kind = KINDS.iter().find(|one| one.name == kind).unwrap();
        arguments(kind).into_iter().find(|(name, _)| *name == argument).unwrap().1
    }

    #[test]
    fn a_key_shows_what_its_number_is() {
        let k = "`k=…`: the taps of the kernel. A whole number from 1 to 65535.";
        assert_eq!(shown("conv", "k"), k);
        let slope = "`slope=…`: the slope below zero. A number that fits in f32.";
        assert_eq!(shown("leaky_relu", "slope"), slope);
        assert!(shown("relu", "in").contains("takes the channels of the layer before it"));
    }

    #[test]
    fn a_flag_shows_whether_it_is_the_default() {
        let valid =
            "`valid`: no padding: no output before the kernel has all its frames; the default.";
        assert_eq!(shown("conv", "valid"), valid);
        let causal = "`causal`: zeros before the first frame, and an output for every frame.";
        assert_eq!(shown("conv", "causal"), causal);
        assert_eq!(shown("dense", "no_bias"), "`no_bias`: trained without a bias.");
    }

    #[test]
    fn every_kind_has_a_module_that_begins_with_its_example() {
        for kind in KINDS {
            assert!(module(kind).is_some(), "{}", kind.name);
            assert!(kind.doc.starts_with(&format!("`{}", kind.name)), "{}", kind.doc);
        }
    }
}
