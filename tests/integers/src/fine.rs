//! Which sums have a fraction: those that others are added to, one after the other.

use super::graph::{Graph, Node};

impl Graph {
    /// Lets a product for each channel start from what is added to it, and takes a sum apart that is added to whole numbers, and to
    /// which nothing is added.
    pub(super) fn lengthen_sums(&mut self) {
        let uses: Vec<_> = (0..self.nodes.len()).map(|place| self.uses(place)).collect();
        // Of several frames at a push, sums start from none.
        let mut are_several = Vec::new();
        for node in &self.nodes {
            let is_one = !matches!(node, Node::Several { several, .. } if several.times() > 1);
            let is_several = !is_one || node.inputs().into_iter().any(|input| are_several[*input]);
            are_several.push(is_several);
        }
        for (place, is_several) in are_several.into_iter().enumerate() {
            let Node::Add { a, b } = self.nodes[place] else { continue };
            if is_several {
                continue;
            }
            let pair = [(b, a), (a, b)].into_iter().find_map(|(product, other)| {
                let conv = match &mut self.nodes[product] {
                    Node::Conv { x, conv, seed: None } if conv.is_product && uses[product] == 1 => {
                        (*x, conv.clone())
                    }
                    _ => return None,
                };
                Some((conv, other))
            });
            if let Some(((x, conv), other)) = pair {
                self.nodes[place] = Node::Conv { x, conv, seed: Some(other) };
            }
        }
        for place in (0..self.nodes.len()).rev() {
            let Node::Conv { seed: Some(seed), .. } = self.nodes[place] else { continue };
            let is_long = match &self.nodes[seed] {
                Node::Conv { conv, seed, .. } => !conv.is_rectified || seed.is_some(),
                _ => false,
            };
            if !(is_long || self.is_seed(place)) {
                if let Node::Conv { seed, .. } = &mut self.nodes[place] {
                    *seed = None;
                }
                self.insert_behind(place, |_| true, Node::Add { a: place, b: seed });
            }
        }
    }

    /// Whether sums start from a value.
    fn is_seed(&self, place: usize) -> bool {
        self.nodes
            .iter()
            .any(|node| matches!(node, Node::Conv { seed, .. } if *seed == Some(place)))
    }

    /// Sums that have a fraction and start from others that have one.
    pub(super) fn long_sums(&self) -> usize {
        let starts = self.nodes.iter().filter_map(|node| match node {
            Node::Conv { seed, .. } => *seed,
            _ => None,
        });
        starts.filter(|seed| self.is_fine(*seed)).count()
    }

    /// Whether the sums of a value have a fraction.
    pub(super) fn is_fine(&self, place: usize) -> bool {
        match &self.nodes[place] {
            Node::Conv { seed: Some(_), .. } => true,
            Node::Conv { conv, seed: None, .. } => !conv.is_rectified && self.is_seed(place),
            _ => false,
        }
    }
}
