//! [`ast`] to [`model`]: every kind, key and shape is proven here.

mod agreement;
mod around;
mod branches;
mod budget;
mod chain;
mod kinds;
mod limits;
mod merge;
mod names;
mod parts;
mod reference;
mod start;
mod upsampled;

pub(crate) use self::agreement::check as check_agreement;
pub(crate) use self::names::own_module;
pub(crate) use self::reference::check as check_reference;

use self::around::Before;
use self::chain::{Chains, Channels, CheckedChain};
use crate::ast;
use crate::errors::Errors;
use crate::layer;
use crate::model::{NamedLayer, Net};

/// What is known of a network, right or wrong.
pub(crate) struct Checked<'a> {
    /// `None` where a mistake was reported.
    pub(crate) net: Option<Net<'a>>,
    /// Then, those of its layers that are right.
    parts: Vec<Option<NamedLayer<'a>>>,
    pub(crate) inputs: Option<usize>,
    pub(crate) outputs: Option<usize>,
    /// Of an answer.
    pub(crate) frames: usize,
}

impl Checked<'_> {
    /// What the weights file is to be compared with: every layer that is right, each in its place. `None` where the
    /// places are not known, or nothing is wrong but the network as a whole.
    pub(crate) fn layers(&self, ast: &ast::Net) -> Option<Vec<Option<&NamedLayer<'_>>>> {
        if let Some(net) = &self.net {
            return Some(net.layers.iter().map(Some).collect());
        }
        let walked = ast.walk();
        let mut layers = walked.iter().zip(&self.parts);
        let places_are_known = ast.layers_are_whole
            && layers.all(|(layer, part)| part.is_some() || layer::has_known_place(layer));
        let some_are_wrong = self.parts.iter().any(Option::is_none);
        (places_are_known && some_are_wrong)
            .then(|| self.parts.iter().map(Option::as_ref).collect())
    }
}

pub(crate) fn check<'a>(ast: &'a ast::Net, errors: &mut Errors) -> Checked<'a> {
    let limits = budget::read(ast, errors);
    let before = errors.len();
    let (layers, chain) = all_layers(ast, errors);
    let (inputs, outputs, frames) = (chain.inputs, chain.outputs, chain.timing.frames);
    let complete =
        errors.len() == before && ast.layers_are_whole && layers.iter().all(Option::is_some);
    let Some((inputs_of_net, outputs_of_net)) = inputs.zip(outputs).filter(|_| complete) else {
        return Checked { net: None, parts: layers, inputs, outputs, frames };
    };
    let mut layers: Vec<_> = layers.into_iter().flatten().collect();
    merge::find(&ast.layers, &mut layers);
    let timing = chain.timing;
    let silence = start::silence(ast, inputs_of_net, errors);
    let net = Net { ast, layers, timing, inputs: inputs_of_net, outputs: outputs_of_net, silence };
    let fits = limits::check(&net, errors) && budget::check(&net, &limits, errors);
    Checked { net: fits.then_some(net), parts: Vec::new(), inputs, outputs, frames }
}

/// The layers, `None` where one is wrong, and what is known of them as a chain.
fn all_layers<'a>(
    ast: &'a ast::Net,
    errors: &mut Errors,
) -> (Vec<Option<NamedLayer<'a>>>, CheckedChain) {
    let walked = ast.walk();
    limits::layers(ast, &walked, errors);
    let names = names::check(&walked, errors);
    let mut chains = Chains::new(names, ast, errors);
    let chain = chains.chain(&ast.layers, Channels::Input, Before::START);
    (chains.layers, chain)
}
