//! Convolutions of what a product makes of the condition around them: they take the condition itself, together with what
//! is mixed in behind them, and that is less work where the condition has fewer channels.

use crate::ast;
use crate::layer::{Branches, Side, kind};
use crate::model::{Fate, NamedLayer};

/// Finds them in a network.
pub(super) fn find(written: &[ast::Layer], layers: &mut [NamedLayer<'_>]) {
    Walk { layers, next: 0 }.chain(written, Frame::Other);
}

/// The frame at hand.
#[derive(Clone, Copy)]
enum Frame {
    /// It is the condition.
    Condition,
    /// The layer of that place makes it of the condition, as a product.
    Product(usize),
    Other,
}

struct Walk<'l, 'a> {
    layers: &'l mut [NamedLayer<'a>],
    /// The place of the next layer.
    next: usize,
}

impl Walk<'_, '_> {
    fn chain(&mut self, written: &[ast::Layer], mut frame: Frame) {
        for layer in written {
            frame = self.layer(layer, frame);
        }
    }

    /// Gives the frame behind it.
    fn layer(&mut self, layer: &ast::Layer, frame: Frame) -> Frame {
        let takes = kind(&layer.kind).map(|kind| kind.branches);
        if let (Frame::Product(product), Some(Branches::One)) = (frame, takes) {
            self.block(product, layer);
        }
        let inside = match takes {
            Some(Branches::Conditioned) if layer.branches.len() == 1 => Frame::Condition,
            Some(Branches::Tapped) => frame,
            _ => Frame::Other,
        };
        for branch in &layer.branches {
            self.chain(branch, inside);
        }
        let place = self.next;
        self.next += 1;
        let Some(NamedLayer { layer: checked, fate, .. }) = self.layers.get(place) else {
            return Frame::Other;
        };
        match frame {
            _ if !layer.branches.is_empty() => Frame::Other,
            // Others become part of it only where it stays one.
            _ if checked.tap().is_some() || *fate != Fate::Line => frame,
            Frame::Condition if checked.is_product() => Frame::Product(place),
            _ => Frame::Other,
        }
    }

    /// A block, whose first two layers may be such a convolution and what is mixed in.
    fn block(&mut self, product: usize, around: &ast::Layer) {
        let leaves = around.branches.first().and_then(|block| block.first_chunk());
        let Some([_, _]) = leaves.filter(|[a, b]| a.branches.is_empty() && b.branches.is_empty())
        else {
            return;
        };
        let Some(product_layer) = self.layers.get(product) else { return };
        let channels = product_layer.layer.inputs();
        let conv = self.next;
        let Some([first, second]) = self.layers.get_mut(conv..conv + 2) else { return };
        if first.takes_mixed(second) && channels < first.layer.inputs() {
            first.layer.take_condition(channels);
            first.through = Some(product);
            if let Some(activation) = second.layer.activation() {
                first.layer.end_with(activation);
            }
            second.fate = Fate::Part { of: conv, side: Side::Behind };
        }
    }
}
