use crate::StreamingNet;

/// A [`StreamingNet`] that can be used as `dyn`: for networks of different layers whose inputs and outputs have the same
/// types.
///
/// Every network implements this trait, a network of integers with `T = i16`. A call through `dyn` costs one indirect jump.
///
/// ```
/// use streaming_net::{DynStreamingNet, streaming_net};
///
/// streaming_net! {
///     pub struct Clean < linear(in=1) >
///     pub struct Lead < tanh(in=1); delay(frames=1) >
/// }
///
/// let (mut clean, mut lead) = (Clean::new(), Lead::new());
/// let channels: [&mut dyn DynStreamingNet<[f32; 1], [f32; 1]>; 2] = [&mut clean, &mut lead];
/// let mut outputs = [[0.0]; 2];
/// for net in channels {
///     net.reset();
///     net.push_block(&[[0.5], [0.25]], &mut outputs);
/// }
/// ```
pub trait DynStreamingNet<Input, Output, T = f32> {
    /// Takes the next input frame, as [`StreamingNet::push`] does.
    fn push(&mut self, frame: Input) -> Option<Output>;

    /// Takes several input frames, as [`StreamingNet::push_block`] does.
    fn push_block(&mut self, frames: &[Input], outputs: &mut [Output]) -> usize;

    /// Returns to the initial state, as [`StreamingNet::reset`] does.
    fn reset(&mut self);
}

impl<T, N: StreamingNet<T>> DynStreamingNet<N::Input, N::Output, T> for N {
    fn push(&mut self, frame: N::Input) -> Option<N::Output> {
        <N as StreamingNet<T>>::push(self, frame)
    }

    fn push_block(&mut self, frames: &[N::Input], outputs: &mut [N::Output]) -> usize {
        <N as StreamingNet<T>>::push_block(self, frames, outputs)
    }

    fn reset(&mut self) {
        <N as StreamingNet<T>>::reset(self);
    }
}
